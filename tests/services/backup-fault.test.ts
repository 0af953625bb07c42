// Backups under faults: a database copied in the middle of writing, disks that are full or can only be read.
import {
  copyFileSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterAll, afterEach, beforeEach, describe, expect, test } from 'vitest';
import { checkDatabase } from '../../db/index.ts';
import { area } from '../../domain/areas/entities.ts';
import { enterprise } from '../../domain/enterprises/entities.ts';
import { createBackup, restoreBackup, verifyBackup } from '../../services/backup/index.ts';
import { act, type Context } from '../../services/context.ts';
import { verifyStore } from '../../services/maintenance/index.ts';
import { closeWorkers } from '../../services/workers/index.ts';
import { codeOf, control, Desks } from '../support/handoff-desks.ts';
import { noise } from '../support/handoff-package.ts';
import { canMount, smallDisk, type SmallDisk } from '../support/small-disk.ts';
import { countOf, dumpOf } from '../support/store.ts';

const MIB = 1024 * 1024;
const probe = mkdtempSync(join(tmpdir(), 'steward-probe-'));
const mounts = canMount(probe);
rmSync(probe, { recursive: true, force: true });

let desks: Desks;
beforeEach(() => {
  desks = new Desks();
});
afterEach(async () => {
  await desks.close();
});
afterAll(async () => {
  await closeWorkers();
});

const order = { attachments: true, passphrase: null, appVersion: 'test' } as const;
async function town(ctx: Context): Promise<string> {
  return (await act(ctx, '建档', 'form', async (tx) => await tx.insert(area, { level: 'town', name: '华漕镇' }))).value
    .id;
}

/** A series of numbers that is the same each time. */
function* numbers(seed: number): Generator<number> {
  for (let x = seed; ;) {
    x = (x * 1_103_515_245 + 12_345) % 2_147_483_648;
    yield x;
  }
}

test(
  '[F5][I5][I20] database and log copied at any moment of writing open as after some action, whole, with all ' +
    'that was confirmed before',
  async () => {
    const ctx = await desks.office('华漕驻点', 'HC');
    const townId = await town(ctx);
    const next = numbers(20261124);
    const copies: { folder: string; confirmed: number; begun: number }[] = [];
    let [confirmed, begun, countdown] = [0, 0, 3];
    /** Called between statements of actions: now and then a power cut, as the files on the disk show it. */
    const cut = (): void => {
      countdown -= 1;
      if (countdown > 0 || copies.length === 12) return;
      countdown = 5 + ((next.next().value as number) % 60);
      const folder = join(desks.root, `cut-${copies.length}`);
      mkdirSync(folder);
      // The log is copied first or last: a moment has no length, but a copy does, and nothing is written in between.
      for (const name of ['steward.db-wal', 'steward.db', 'workspace.json'])
        if (existsSync(join(ctx.store.folder, name))) copyFileSync(join(ctx.store.folder, name), join(folder, name));
      copies.push({ folder, confirmed, begun });
    };
    for (let n = 0; copies.length < 12; n += 1) {
      begun += 1;
      await act(ctx, `第${n}`, 'form', async (tx) => {
        for (let i = 0; i < 10; i += 1) {
          await tx.insert(enterprise, {
            name: `企业${n}-${i}`,
            internalCode: `K-${n}-${i}`,
            siteNo: '001',
            townId,
            remark: noise(n % 3 === 0 ? 700 : 60, `${n}-${i}`).toString('base64'),
          } as never);
          cut();
        }
      });
      confirmed += 1;
      cut();
    }
    await desks.desk('HC').close();
    for (const [n, { folder, confirmed: sure, begun: some }] of copies.entries()) {
      expect(checkDatabase(join(folder, 'steward.db'), true), `copy ${n}`).toEqual([]);
      const copy = await desks.desk('HC').open(folder);
      const rows = await countOf(copy.store, 'enterprise');
      expect(rows % 10, `copy ${n}: half an action`).toBe(0);
      expect(rows / 10, `copy ${n}`).toBeGreaterThanOrEqual(sure);
      expect(rows / 10, `copy ${n}`).toBeLessThanOrEqual(some);
      expect((await verifyStore(copy)).problems, `copy ${n}`).toEqual([]);
      await desks.desk('HC').close();
    }
  },
);

test('[F5] a backup made while others write is whole and of one moment, each time', async () => {
  const ctx = await desks.office('华漕驻点', 'HC');
  const townId = await town(ctx);
  let stop = false;
  let written = 0;
  const writing = (async (): Promise<void> => {
    while (!stop) {
      await act(ctx, '写', 'form', async (tx) => {
        for (let i = 0; i < 10; i += 1)
          await tx.insert(enterprise, {
            name: `企业${written}-${i}`,
            internalCode: `W-${written}-${i}`,
            siteNo: '001',
            townId,
          } as never);
      });
      written += 1;
    }
  })();
  try {
    for (let n = 0; n < 3; n += 1) {
      const sure = written;
      const { path } = await createBackup(ctx, { folder: null, ...order }, control);
      expect(await verifyBackup({ file: path, passphrase: null, near: null }, control)).toMatchObject({
        ok: true,
        problems: [],
      });
      const folder = join(desks.root, `restored-${n}`);
      await restoreBackup({ file: path, folder, passphrase: null, replaceDamaged: false }, control);
      const db = new Database(join(folder, 'steward.db'), { readonly: true });
      try {
        const rows = db.prepare('SELECT count(*) FROM enterprise').pluck().get() as number;
        expect([rows % 10, rows / 10 >= sure]).toEqual([0, true]);
      } finally {
        db.close();
      }
    }
  } finally {
    stop = true;
    await writing;
  }
});

describe.skipIf(!mounts)('[F6] full', () => {
  const filled = async (ctx: Context): Promise<void> => {
    await town(ctx);
    for (let n = 0; n < 4; n += 1) await ctx.store.blobs.addBytes(noise(2 * MIB, `file ${n}`));
  };
  const leftIn = (folder: string): string[] =>
    readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((n) => /partial|\.tmp|restoring/.test(n));

  test(
    'the disk of the workspace, and a stick that is full or can only be read: its own sentence, no half ' +
      'backup, the workspace goes on',
    async () => {
      const disk = smallDisk(join(desks.root, 'disk'), 96 * MIB) as SmallDisk;
      const stick = smallDisk(join(desks.root, 'usb'), 48 * MIB) as SmallDisk;
      try {
        const ctx = await desks.office('华漕驻点', 'HC', join(disk.path, 'w'));
        await filled(ctx);
        const before = dumpOf(ctx.store.file);
        for (const left of [0, 4 * MIB, 20 * MIB]) {
          stick.fill(left);
          expect(
            await codeOf(createBackup(ctx, { folder: stick.path, ...order }, control)),
            `${left} bytes left on the stick`,
          ).toBe('NO_SPACE');
          expect(readdirSync(stick.path)).toEqual(['.filler']);
          stick.free();
        }
        stick.setReadOnly(true);
        expect(await codeOf(createBackup(ctx, { folder: stick.path, ...order }, control))).toBe('NOT_WRITABLE');
        stick.setReadOnly(false);
        expect(dumpOf(ctx.store.file)).toBe(before);
        disk.fill(2 * MIB);
        expect(await codeOf(createBackup(ctx, { folder: null, ...order }, control))).toBe('NO_SPACE');
        disk.free();
        expect(leftIn(ctx.store.folder)).toEqual([]);
        const { path } = await createBackup(ctx, { folder: null, ...order }, control);
        expect(existsSync(path)).toBe(true);
      } finally {
        for (const d of desks.desks.values()) await d.close();
        disk.remove();
        stick.remove();
      }
    },
  );

  test('where a backup is to be restored: NO_SPACE, and the folder is as it was', async () => {
    const disk = smallDisk(join(desks.root, 'disk'), 96 * MIB) as SmallDisk;
    try {
      const ctx = await desks.office('华漕驻点', 'HC');
      await filled(ctx);
      const { path } = await createBackup(ctx, { folder: null, ...order }, control);
      for (const left of [8192, 3 * MIB, 12 * MIB]) {
        disk.fill(left);
        expect(
          await codeOf(
            restoreBackup(
              { file: path, folder: join(disk.path, 'new'), passphrase: null, replaceDamaged: false },
              control,
            ),
          ),
          `${left} bytes left`,
        ).toBe('NO_SPACE');
        expect(readdirSync(disk.path)).toEqual(['.filler']);
        disk.free();
      }
      // Beside a damaged workspace: nothing of it is moved before the backup was unpacked whole.
      const damaged = join(disk.path, 'damaged');
      await desks.desk('HC').close();
      cpSync(desks.folder('HC'), damaged, { recursive: true });
      const bytes = readFileSync(join(damaged, 'steward.db'));
      bytes.fill(0x5a, 0, 4096);
      writeFileSync(join(damaged, 'steward.db'), bytes);
      const files = readdirSync(damaged).sort();
      disk.fill(MIB);
      const code = await codeOf(
        restoreBackup({ file: path, folder: damaged, passphrase: null, replaceDamaged: true }, control),
      );
      expect(code).toBe('NO_SPACE');
      expect(
        readdirSync(damaged)
          .filter((n) => n !== 'workspace.lock')
          .sort(),
      ).toEqual(files.filter((n) => n !== 'workspace.lock'));
      disk.free();
      await restoreBackup({ file: path, folder: damaged, passphrase: null, replaceDamaged: true }, control);
      expect((await verifyStore(await desks.desk('HC').open(damaged))).problems).toEqual([]);
    } finally {
      for (const d of desks.desks.values()) await d.close();
      disk.remove();
    }
  });
});
