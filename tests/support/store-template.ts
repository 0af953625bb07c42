// Stores that are copies of one migrated database: quicker to open than new ones, and in memory where there is a place.
import { copyFileSync, existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { v7 } from 'uuid';
import { openStore, writeFacts } from '../../db/index.ts';
import { DERIVATIONS } from '../../services/derived/index.ts';
import { openTestStore, type TestStore } from './store.ts';

const PLACE = existsSync('/dev/shm') ? '/dev/shm' : tmpdir();

let template: string | null = null;

/** A store without an enrolled device. */
export async function fromTemplate(): Promise<TestStore> {
  if (!template) {
    const made = await openTestStore(DERIVATIONS);
    await made.store.close();
    template = join(mkdtempSync(join(PLACE, 'steward-template-')), 'steward.db');
    copyFileSync(join(made.folder, 'steward.db'), template);
    await made.close();
  }
  const root = mkdtempSync(join(PLACE, 'steward-office-'));
  const folder = join(root, 'w');
  mkdirSync(folder);
  copyFileSync(template, join(folder, 'steward.db'));
  await writeFacts(folder, {
    format: 1,
    id: v7(),
    office: '测试驻点',
    createdAt: '2026-01-01T00:00:00.000Z',
    demo: false,
  });
  const t: TestStore = {
    root,
    folder,
    store: await openStore(folder, DERIVATIONS),
    reopen: async () => await Promise.resolve(t.store),
    close: async () => {
      await t.store.close();
      rmSync(root, { recursive: true, force: true });
    },
  };
  return t;
}

/** Removes the template; the next store makes a new one. */
export function dropTemplate(): void {
  if (template) rmSync(join(template, '..'), { recursive: true, force: true });
  template = null;
}
