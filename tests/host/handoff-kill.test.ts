// Import and export as processes, killed at chosen moments: the workspace is as before or as after, and half a package
// is never taken for one.
import { existsSync, mkdirSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { checkDatabase } from '../../db/index.ts';
import type { Context } from '../../services/context.ts';
import * as handoff from '../../services/handoff/index.ts';
import { closeWorkers } from '../../services/workers/index.ts';
import { startNode } from '../support/child.ts';
import { addDocuments, addMany, Desks, dumpAt, preview } from '../support/handoff-desks.ts';

interface Moment {
  on: string;
  match: string;
  nth?: number;
  after?: boolean;
  since?: string;
}

/** Each kill is a process of its own, which a busy machine is slow to start. */
let desks: Desks;
let tmp: string;
let package1: string;
let partnerId: string;
let before: { a: string; b: string };
const realTmp = process.env.TMPDIR;

beforeAll(async () => {
  desks = new Desks();
  tmp = join(desks.root, 'tmp');
  mkdirSync(tmp);
  process.env.TMPDIR = tmp;
  const { a, b, townId, id } = await desks.pair();
  await addMany(a, townId, 150);
  await addDocuments(a, id, [3_000, 90_000, 500]);
  package1 = (await desks.send(a, b)).folder;
  partnerId = (await handoff.handoffState(a)).partners[0]?.office as string;
  before = { a: await dumpAt(a.store), b: await dumpAt(b.store) };
  expect(before.a).not.toBe(before.b);
  for (const d of desks.desks.values()) await d.close();
  // Compiled once for all the processes that follow.
  await startNode(join('host', 'cli.ts'), ['--version'], { NODE_COMPILE_CACHE: join(desks.root, 'compiled') }).exit();
});
afterAll(async () => {
  if (realTmp === undefined) delete process.env.TMPDIR;
  else process.env.TMPDIR = realTmp;
  await closeWorkers();
  await desks.close();
});

/** Runs a command until the moment comes. */
async function killed(code: string, args: readonly string[], moment: Moment): Promise<void> {
  const { signal, said } = await run(code, args, moment);
  expect(signal, `${JSON.stringify(moment)} did not come: ${said}`).toBe('SIGKILL');
}

/** Runs a command that may end before the moment comes. */
async function run(
  code: string,
  args: readonly string[],
  moment: Moment,
): Promise<{ signal: string | null; said: string }> {
  const child = startNode(
    '--import',
    [
      './tests/support/processes/kill-at.ts',
      join('host', 'cli.ts'),
      'handoff',
      ...args,
      '--workspace',
      desks.folder(code),
      '--json',
    ],
    {
      STEWARD_CONFIG: desks.config(code),
      TMPDIR: tmp,
      NODE_COMPILE_CACHE: join(desks.root, 'compiled'),
      STEWARD_KILL_AT: JSON.stringify(moment),
    },
  );
  await child.exit();
  return { signal: child.process.signalCode, said: `${child.lines.join('\n')}${child.errors()}` };
}

/** What an office shows after it is opened again. */
async function reopened<T>(code: string, work: (ctx: Context) => Promise<T>): Promise<T> {
  const ctx = await desks.open(code);
  try {
    return await work(ctx);
  } finally {
    await desks.desk(code).close();
  }
}

const left = (kind: string): string[] => readdirSync(tmp).filter((name) => name.startsWith(`steward-${kind}-`));
const blobs = (code: string): string[] =>
  readdirSync(join(desks.folder(code), 'attachments'), { recursive: true, encoding: 'utf8' }).filter((f) =>
    /[0-9a-f]{64}$/.test(f),
  );

describe.concurrent('killed', () => {
  test('[F4][I20] an import leaves the workspace as before it; one that is killed after its commit leaves it as after', async () => {
    const moments: [string, Moment][] = [
      ['opened', { on: 'open', match: 'index.ehx' }],
      ['while operations are staged', { on: 'run', match: 'INSERT INTO main.staged_op', nth: 40 }],
      ['while rows are planned', { on: 'run', match: 'INSERT INTO main.plan(', nth: 40 }],
      ['before the first attachment gets its name', { on: 'rename', match: 'attachments' }],
      ['between attachments', { on: 'rename', match: 'attachments', nth: 2, after: true }],
      ['at the first operation', { on: 'run', match: 'INSERT INTO sync_op(stream_no', after: true }],
      [
        'while rows are written',
        { on: 'run', match: 'INSERT INTO "enterprise"', nth: 60, since: 'INSERT INTO sync_op(stream_no' },
      ],
      ['after the last table, before the commit', { on: 'exec', match: 'COMMIT', since: 'INSERT INTO handoff_import' }],
    ];
    for (const [name, moment] of moments) {
      await killed('XH', ['import', package1], moment);
      expect(await reopened('XH', async (b) => await dumpAt(b.store)), name).toBe(before.b);
      expect(checkDatabase(join(desks.folder('XH'), 'steward.db'), true), name).toEqual([]);
      // Staged data of one killed process at most: the next one clears up behind the one before.
      expect(left('incoming').length, name).toBeLessThanOrEqual(1);
    }
    // At any statement: three times as far each time, until one comes too late.
    let [nth, times] = [20, 0];
    for (; (await run('XH', ['import', package1], { on: 'run', match: '', nth })).signal === 'SIGKILL'; nth *= 3) {
      times += 1;
      expect(await reopened('XH', async (b) => await dumpAt(b.store)), `at statement ${nth}`).toBe(before.b);
    }
    expect(times).toBeGreaterThan(3);
    await reopened('XH', async (b) => {
      await handoff.undoImport(b, (await handoff.handoffState(b)).imports[0]?.id as string);
    });
    expect(blobs('XH')).toHaveLength(3);
    expect(
      existsSync(join(desks.folder('XH'), 'attachments', 'tmp'))
        ? readdirSync(join(desks.folder('XH'), 'attachments', 'tmp'))
        : [],
    ).toEqual([]);
    await killed('XH', ['import', package1], {
      on: 'exec',
      match: 'COMMIT',
      since: 'INSERT INTO handoff_import',
      after: true,
    });
    await reopened('XH', async (b) => {
      expect(await dumpAt(b.store)).toBe(before.a);
      const seen = await preview(b, package1);
      expect(seen).toMatchObject({
        operations: 0,
        attachments: { missing: 0 },
        facts: { alreadyImported: expect.any(String) as string },
      });
      await handoff.discardPreview(seen.previewId);
      expect(left('incoming')).toEqual([]);
    });
  });

  test('[F4] an export leaves nothing that is taken for a package; the next clears up on the stick and in the temporary one', async () => {
    const stick = join(desks.root, 'other stick');
    mkdirSync(stick);
    const moments: [string, Moment, boolean][] = [
      ['with an empty folder', { on: 'mkdir', match: 'handoff_', after: true }, false],
      ['while operations are packed', { on: 'open', match: 'have.ndjson.gz', after: true }, false],
      ['while attachments are written', { on: 'open', match: 'part-0001.ehp.partial', nth: 2, after: true }, false],
      ['with the index under its first name', { on: 'rename', match: 'sums.txt' }, false],
      ['before the index gets its name', { on: 'rename', match: 'index.ehx' }, false],
      ['after the index got its name', { on: 'rename', match: 'index.ehx', after: true }, true],
    ];
    let whole = 0;
    for (const [name, moment, isWhole] of moments) {
      await killed('HC', ['export', '--to', partnerId, '--out', stick], moment);
      whole += isWhole ? 1 : 0;
      const made = await reopened('HC', async (a) => {
        expect(await dumpAt(a.store), name).toBe(before.a);
        return await Promise.all(
          readdirSync(stick).map(async (folder) => (await handoff.viewPackage(a, join(stick, folder), null)).result),
        );
      });
      expect(
        made.filter((result) => result === null),
        name,
      ).toHaveLength(whole);
      expect(
        made.filter((result) => result !== null && result !== 'NOT_A_PACKAGE'),
        name,
      ).toEqual([]);
      expect(made.length - whole, name).toBeLessThanOrEqual(1);
      expect(left('outgoing').length, name).toBeLessThanOrEqual(1);
    }
    await reopened('HC', async (a) => {
      const { folder } = await desks.send(a, a, { target: stick, offices: [partnerId] });
      expect(readdirSync(stick)).toHaveLength(whole + 1);
      expect(readdirSync(folder).sort()).toEqual(['READ-ME.txt', 'index.ehx', 'part-0001.ehp', 'sums.txt']);
      expect(left('outgoing')).toEqual([]);
    });
  });
});
