// Planted faults on real stores: each invariant's own check must notice what is wrong there.
import { afterEach, describe, expect, test, vi } from 'vitest';
import type { applyStaging as ApplyStaging, removeImport as RemoveImport } from '../../db/handoff/apply.ts';
import type { planStaging as PlanStaging } from '../../db/handoff/plan-staging.ts';
import { plant, reportOf, unplant } from '../support/planted.ts';
import type { StoreCommand } from '../support/store-commands.ts';
import { StoreWorld } from '../support/store-world.ts';

vi.mock('../../db/handoff/apply.ts', async (original) =>
  (await import('../support/planted.ts')).replaceable(await original()),
);
vi.mock('../../db/handoff/plan-staging.ts', async (original) =>
  (await import('../support/planted.ts')).replaceable(await original()),
);

afterEach(() => {
  unplant();
});

/** Something of everything: rival edits, a merge, parts, a deletion, packages in two pieces, one that is taken back. */
const LIST: readonly StoreCommand[] = [
  ['edit', 0, 0, 4, 0],
  ['edit', 1, 0, 4, 0],
  ['create', 0, 1, 1, 1],
  ['twins', 0, 1, 2, 2],
  ['contact', 0, 0, 1, 0],
  ['block', 1, 0, 1, 1],
  ['team', 0, 0, 1, 0],
  ['formerName', 0, 1, 0, 0],
  ['edit', 0, 0, 0, 1],
  ['edit', 1, 0, 0, 2],
  ['edit', 0, 0, 2, 1],
  ['edit', 1, 0, 2, 2],
  ['finding', 0, 0, 0, 0],
  ['step', 0, 0, 0, 0],
  ['remove', 0, 2, 0, 0],
  ['merge', 0, 0, 1, 0],
  ['passAndUndo', 0, 0, 1, 0],
  ['passSome', 1, 0, 1, 0],
  ['pass', 1, 0, 0, 0],
  ['passTwice', 0, 0, 0, 0],
  ['decide', 1, 0, 0, 0],
  ['pass', 1, 0, 0, 0],
];

/** What the checks report when the commands are carried out. */
async function reported(): Promise<string> {
  const world = new StoreWorld();
  await world.open();
  try {
    return await reportOf(async () => {
      await world.run(2, LIST);
    });
  } finally {
    await world.close();
  }
}

test('without a fault nothing is noticed (bug: a check that reports whatever there is)', async () => {
  expect(await reported()).toBe('nothing was noticed');
});

/** Taking back forgets one table: what went from it, or was there only since, stays. */
const forgetting =
  (table: string) =>
  (real: typeof RemoveImport): typeof RemoveImport =>
  async (tools, id) => {
    const { db } = tools;
    const before = db.prepare(`SELECT * FROM ${table}`).all() as Record<string, unknown>[];
    const removed = await real(tools, id);
    db.exec(`PRAGMA defer_foreign_keys = ON; UPDATE sync_local SET capture = 0; DELETE FROM ${table}`);
    for (const row of before)
      db.prepare(
        `INSERT INTO ${table} (${Object.keys(row)
          .map((c) => `"${c}"`)
          .join()}) VALUES (${Object.keys(row)
          .map(() => '?')
          .join()})`,
      ).run(...Object.values(row));
    return removed;
  };

const captured =
  (real: typeof ApplyStaging): typeof ApplyStaging =>
  async (tools, ...rest) => {
    tools.db.exec('UPDATE sync_local SET capture = 1');
    return await real(tools, ...rest);
  };

const counted =
  (change: (summary: ReturnType<typeof PlanStaging>) => void) =>
  (real: typeof PlanStaging): typeof PlanStaging =>
  (staging, onRow) => {
    const summary = real(staging, onRow);
    change(summary);
    return summary;
  };

const FAULTS: readonly (readonly [law: string, what: string, name: string, fault: (real: never) => unknown])[] = [
  ['I22', 'taking back forgets the heads of fields', 'removeImport', forgetting('sync_field')],
  ['I22', 'taking back forgets the conflicts', 'removeImport', forgetting('sync_conflict')],
  ['I22', 'taking back forgets which rows are one', 'removeImport', forgetting('sync_alias_root')],
  ['I22', 'taking back forgets what was held', 'removeImport', forgetting('sync_have')],
  ['I22', 'taking back forgets the births of rows', 'removeImport', forgetting('sync_row')],
  ['I22', 'taking back forgets a table of records', 'removeImport', forgetting('enterprise')],
  [
    'I21',
    'a preview counts one new row too many',
    'planStaging',
    counted((s) => {
      for (const counts of Object.values(s.byEntity)) counts.created += 1;
    }),
  ],
  [
    'I21',
    'a preview counts changed rows as new',
    'planStaging',
    counted((s) => {
      for (const counts of Object.values(s.byEntity)) {
        counts.created += counts.changed;
        counts.changed = 0;
      }
    }),
  ],
  [
    'I21',
    'a preview keeps quiet about deletions',
    'planStaging',
    counted((s) => {
      for (const counts of Object.values(s.byEntity)) counts.deleted = 0;
    }),
  ],
  [
    'I21',
    'a preview announces fewer conflicts',
    'planStaging',
    counted((s) => {
      s.conflicts.must = Math.max(0, s.conflicts.must - 1);
    }),
  ],
  ['I10', 'an import is captured as if people had typed it', 'applyStaging', captured],
];

describe('a planted fault is noticed', () => {
  test.each(FAULTS)('[%s] %s', async (law, _what, name, fault) => {
    plant(name, fault as never);
    expect(await reported()).toContain(`[${law}]`);
  });
});
