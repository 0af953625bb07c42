// A workspace to back up, and what tests of backups ask of the files.
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { expect } from 'vitest';
import { area } from '../../domain/areas/entities.ts';
import { attachment } from '../../domain/attachments/entities.ts';
import type { BackupMade } from '../../contract/backup.ts';
import type { Context } from '../../services/context.ts';
import { createBackup, restoreBackup, verifyBackup, type BackupOrder } from '../../services/backup/index.ts';
import { createEnterprise } from '../../services/enterprises/index.ts';
import { Desk } from '../../services/workspace/index.ts';

export const PASSPHRASE = '青山绿水 2026';

/** Progress that nobody looks at. */
export const control = (signal: AbortSignal = new AbortController().signal) => ({ progress: () => undefined, signal });
/** A whole backup, not encrypted, beside the workspace, unless told otherwise. */
export const order = (over: Partial<BackupOrder> = {}): BackupOrder => ({
  folder: null,
  attachments: true,
  passphrase: null,
  appVersion: 'test',
  ...over,
});
/** What an error of that code looks like, with a sentence for people. */
export const coded = (code: string) => ({ data: { code, sentence: expect.stringMatching(/[一-龥]/) as string } });
/** Left-overs in a folder. */
export const left = (folder: string): string[] =>
  readdirSync(folder).filter((n) => /partial|^\.tmp|^\.restoring/.test(n));
/** How many enterprises a database file has. */
export const enterprises = (file: string): number => {
  const db = new Database(file, { readonly: true });
  try {
    return db.prepare('SELECT count(*) FROM enterprise').pluck().get() as number;
  } finally {
    db.close();
  }
};

/** A workspace with a town and an enterprise, in the folder `w` of `root`. */
export class BackupPlace {
  readonly root = mkdtempSync(join(tmpdir(), 'steward-backup-'));
  readonly desk = this.newDesk();
  ctx!: Context;
  townId = '';

  static async open(): Promise<BackupPlace> {
    const place = new BackupPlace();
    place.ctx = await place.desk.create({
      folder: join(place.root, 'w'),
      organisation: '甲公司',
      office: '华漕驻点',
      code: 'HC',
      operator: '陈思远',
      role: 'leader',
    });
    place.townId = (
      await place.ctx.store.withAction(
        { name: 't', actor: 'a', source: 'form' },
        async (tx) => await tx.insert(area, { level: 'town', name: '华漕镇' }),
      )
    ).value.id;
    await createEnterprise(place.ctx, { name: '上海海明科技有限公司', townId: place.townId });
    return place;
  }

  async close(): Promise<void> {
    await this.desk.close();
    rmSync(this.root, { recursive: true, force: true });
  }

  newDesk(config = 'config'): Desk {
    return new Desk({ resources: 'resources', version: 'test', configFolder: join(this.root, config) });
  }

  async make(over: Partial<BackupOrder> = {}): Promise<BackupMade> {
    return await createBackup(this.ctx, order(over), control());
  }
  async verify(file: string, passphrase: string | null = null) {
    return await verifyBackup({ file, passphrase, near: null }, control());
  }
  async restore(file: string, folder: string, over: { passphrase?: string | null; replaceDamaged?: boolean } = {}) {
    return await restoreBackup({ file, folder, passphrase: null, replaceDamaged: false, ...over }, control());
  }

  /** Keeps a file for the town. Returns its hash. */
  async addAttachment(name: string, content: string): Promise<string> {
    const blob = await this.ctx.store.blobs.addBytes(Buffer.from(content));
    await this.ctx.store.withAction(
      { name: 't', actor: 'a', source: 'form' },
      async (tx) =>
        await tx.insert(attachment, {
          ownerEntity: 'area',
          ownerId: this.townId,
          name,
          mime: 'text/plain',
          kind: 'document',
          ...blob,
        } as never),
    );
    return blob.sha256;
  }
}
