// The first start of a workspace and the upgrade to a later release, killed at any statement: the next start finds all of it or nothing.
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { captureTriggers } from '../../db/capture/triggers.ts';
import { checkDatabase } from '../../db/index.ts';
import { MIGRATION_NAMES } from '../../db/migrations/index.ts';
import { area } from '../../domain/areas/entities.ts';
import { contact } from '../../domain/enterprises/entities.ts';
import { listFolder } from '../../services/backup/files.ts';
import { startNode } from '../support/child.ts';
import { act, addEnterprise, canonicalDumpOf, newFolder, openTestStore } from '../support/store.ts';

const OPEN = join('tests', 'support', 'processes', 'open-store.ts');
const env = { NODE_COMPILE_CACHE: '' };
let root: string;
/** A closed workspace of the first release, with rows. */
let first: string;

beforeAll(async () => {
  root = mkdtempSync(join(tmpdir(), 'steward-migration-'));
  env.NODE_COMPILE_CACHE = join(root, 'compiled');
  const t = await openTestStore();
  await act(t.store, async (tx) => {
    const town = await tx.insert(area, { level: 'town', name: '华漕镇' } as never);
    for (let n = 0; n < 200; n += 1) {
      const { id } = await addEnterprise(tx, town.id, { name: `企业${n}`, internalCode: `M-${n}` });
      await tx.insert(contact, { enterpriseId: id, name: `人${n}` } as never);
    }
  });
  await t.store.close();
  first = join(root, 'first');
  cpSync(t.folder, first, { recursive: true });
  await t.close();
});
afterAll(() => {
  rmSync(root, { recursive: true, force: true });
});

interface Moment {
  on: 'run' | 'exec' | 'copy' | 'rename';
  match: string;
  nth?: number;
  after?: boolean;
}

/** Opens a workspace in a process of its own. Returns whether it was killed at that moment, or what it said. */
async function opened(
  folder: string,
  mode: string,
  moment: Moment | null,
): Promise<'killed' | { readOnlyReason: string | null }> {
  const child = startNode('--import', ['./tests/support/processes/kill-at.ts', OPEN, folder, mode], {
    ...env,
    STEWARD_KILL_AT: JSON.stringify(moment),
  });
  const code = await child.exit();
  if (child.process.signalCode === 'SIGKILL') return 'killed';
  expect(code, child.errors()).toBe(0);
  return JSON.parse(child.lines.at(-1) ?? '') as { readOnlyReason: string | null };
}

/** What a database file is, without opening it as a store. */
function look(folder: string): {
  migrations: string[];
  triggers: number;
  whole: boolean;
  sound: string;
  pages: number;
} {
  const db = new Database(join(folder, 'steward.db'), { readonly: true, fileMustExist: true });
  try {
    const columns = db.prepare("SELECT name FROM pragma_table_info('enterprise')").pluck().all() as string[];
    return {
      migrations: db.prepare('SELECT name FROM migration ORDER BY id').pluck().all() as string[],
      triggers: db.prepare("SELECT count(*) FROM sqlite_master WHERE type = 'trigger'").pluck().get() as number,
      whole:
        columns.includes('next_text') &&
        db.prepare('SELECT count(*) FROM enterprise WHERE next_text IS NOT name').pluck().get() === 0,
      sound: db.pragma('integrity_check', { simple: true }) as string,
      pages: db.pragma('page_count', { simple: true }) as number,
    };
  } finally {
    db.close();
  }
}

const MOMENTS: readonly (readonly [string, Moment])[] = [
  ['before anything', { on: 'exec', match: 'BEGIN' }],
  ['while triggers are taken away', { on: 'exec', match: 'DROP TRIGGER', nth: 7 }],
  ['at the first statement of the upgrade', { on: 'run', match: 'ALTER TABLE enterprise', after: true }],
  ['while a column is filled', { on: 'run', match: 'UPDATE enterprise SET next_text', after: true }],
  ['with the table gone', { on: 'run', match: 'DROP TABLE contact', after: true }],
  ['with the upgrade noted', { on: 'run', match: 'INSERT INTO "migration"', after: true }],
  ['at the first trigger', { on: 'exec', match: 'CREATE TRIGGER', after: true }],
  ['at the last triggers', { on: 'exec', match: 'CREATE TRIGGER', nth: captureTriggers().size }],
  ['before the commit', { on: 'exec', match: 'COMMIT' }],
];

describe.concurrent('killed', () => {
  test('[F4][I20] an upgrade leaves a workspace of the first release or the next, whole; the next start ends it and writes', async () => {
    const before = await canonicalDumpOf(join(first, 'steward.db'));
    const broken: unknown[] = [];
    for (const [name, moment] of [
      ...MOMENTS,
      ['after the commit', { on: 'exec', match: 'COMMIT', after: true }],
    ] as const) {
      const folder = join(root, `upgrade ${name}`);
      cpSync(first, folder, { recursive: true });
      const killed = await opened(folder, 'next', moment);
      const shown = await canonicalDumpOf(join(folder, 'steward.db'));
      const again = await opened(folder, 'next', null);
      const found = look(folder);
      const copies = await Promise.all(
        readdirSync(join(folder, 'backups')).map(
          async (copy) => (await canonicalDumpOf(join(folder, 'backups', copy))) === before,
        ),
      );
      if (
        killed !== 'killed' ||
        copies.length === 0 ||
        copies.includes(false) ||
        shown !== before ||
        again === 'killed' ||
        again.readOnlyReason !== null ||
        !found.whole ||
        found.sound !== 'ok' ||
        found.triggers !== captureTriggers().size ||
        found.migrations.length !== MIGRATION_NAMES.length + 1
      )
        broken.push([name, killed, shown === before, again, found]);
    }
    expect(broken).toEqual([]);
  });

  test('[F4][I20] before an upgrade: the workspace stays as it was, half a copy is never one, attempts do not pile up', async () => {
    const pages = look(first).pages;
    expect(pages, 'enough pages for several steps').toBeGreaterThan(60);
    const bytes = readFileSync(join(first, 'steward.db'));
    const before = await canonicalDumpOf(join(first, 'steward.db'));
    const folder = join(root, 'copies');
    const backups = join(folder, 'backups');
    const broken: unknown[] = [];
    cpSync(first, folder, { recursive: true });
    // One workspace, killed again and again: what each attempt leaves is there for the next one.
    for (const [name, moment] of [
      ['with nothing copied', { on: 'copy', match: '.partial' }],
      ['at the first pages', { on: 'copy', match: '.partial', nth: 2 }],
      ['half way', { on: 'copy', match: '.partial', nth: Math.floor(pages / 20) }],
      ['all but whole', { on: 'copy', match: '.partial', nth: Math.ceil(pages / 10) }],
      ['whole, without its name', { on: 'rename', match: 'before-upgrade' }],
    ] as const) {
      const killed = await opened(folder, 'next', moment);
      const listed = await listFolder(backups);
      const left = readdirSync(backups).filter((file) => !file.endsWith('-journal'));
      if (
        killed !== 'killed' ||
        listed.length > 0 ||
        left.length > 1 ||
        !readFileSync(join(folder, 'steward.db')).equals(bytes)
      )
        broken.push([name, killed, listed, readdirSync(backups)]);
    }
    // With its name, and later: the next attempt takes its place.
    for (const moment of [
      { on: 'rename', match: 'before-upgrade', after: true },
      { on: 'run', match: 'ALTER TABLE enterprise', after: true },
    ] as const) {
      expect(await opened(folder, 'next', moment)).toBe('killed');
      expect(await canonicalDumpOf(join(folder, 'steward.db'))).toBe(before);
    }
    expect(broken).toEqual([]);
    expect(await opened(folder, 'next', null)).toEqual({ readOnlyReason: null });
    const copies = readdirSync(backups);
    expect(copies, 'one whole copy, and nothing of the attempts').toEqual([
      expect.stringMatching(/^before-upgrade-.+\.db$/),
    ]);
    expect((await listFolder(backups)).map((b) => [b.kind, b.problem])).toEqual([['database', null]]);
    expect(checkDatabase(join(backups, copies[0] as string), true)).toEqual([]);
    expect(await canonicalDumpOf(join(backups, copies[0] as string))).toBe(before);
    expect(look(folder)).toMatchObject({ whole: true, sound: 'ok' });
  });

  test('[F4] the first start of a new workspace', async () => {
    const broken: unknown[] = [];
    for (const [name, moment] of [
      ['at the first table', { on: 'run', match: 'CREATE TABLE "organisation"', after: true }],
      ['at the last table', { on: 'run', match: 'INSERT INTO sync_local' }],
      ['with the schema noted', { on: 'run', match: 'INSERT INTO "migration"', after: true }],
      ['at the first trigger', { on: 'exec', match: 'CREATE TRIGGER' }],
      ['among the triggers', { on: 'exec', match: 'CREATE TRIGGER', nth: 90 }],
    ] as const) {
      const { root: place, folder } = await newFolder();
      const killed = await opened(folder, '', moment);
      const again = await opened(folder, '', null);
      if (
        killed !== 'killed' ||
        again === 'killed' ||
        again.readOnlyReason !== null ||
        readdirSync(folder).some((f) => /-(wal|shm)$/.test(f))
      )
        broken.push([name, killed, again]);
      rmSync(place, { recursive: true });
    }
    expect(broken).toEqual([]);
  });
});
