// The merge of a hand-off under any commands of up to five offices: the invariants hold, and each planted fault is noticed by its own.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { FAULTS, withFault } from '../support/handoff-faults.ts';
import { commands, World, type Command } from '../support/handoff-world.ts';

const SEEDS = process.env.HANDOFF_SEED ? [Number(process.env.HANDOFF_SEED)] : [20260301, 20260302, 20260303, 20260304];
const RUNS = 5000;

const world = fc.tuple(fc.integer({ min: 2, max: 4 }), commands());

describe('any commands of up to five offices', () => {
  test.each(SEEDS)(
    '[I1][I2][I3][I4][I5][I6][I7][I8][I9][I10][I11][I12][I14][I15][I16][I17][I18][I19] hold (seed %i)',
    (seed) => {
      const met = new Map<string, number>();
      fc.assert(
        fc.property(world, ([offices, list]) => {
          const w = new World(offices).run(list);
          for (const m of w.met) met.set(m, (met.get(m) ?? 0) + 1);
          expect(Object.fromEntries(w.violations)).toEqual({});
        }),
        { numRuns: RUNS, seed },
      );
      const share = (what: string) => (met.get(what) ?? 0) / RUNS;
      // A generator that met none of these would prove nothing.
      expect(share('conflict')).toBeGreaterThan(0.3);
      expect(share('deletion')).toBeGreaterThan(0.5);
      expect(share('gap')).toBeGreaterThan(0.1);
      expect(share('merge')).toBeGreaterThan(0.25);
      expect(share('decision')).toBeGreaterThan(0.1);
      expect(share('undo')).toBeGreaterThan(0.1);
    },
  );
});

describe('a planted fault is noticed', () => {
  test.each(FAULTS)('%s: [%s]', (_name, law, fault) => {
    const noticed = fc.check(
      fc.property(world, ([offices, list]) => !new World(offices, withFault(fault)).run(list).violations.has(law)),
      { numRuns: RUNS, seed: 1, endOnFailure: true },
    );
    expect(noticed.failed).toBe(true);
    // An error inside the fault would fail the property too, and prove nothing.
    expect((noticed.errorInstance as Error).message).toBe('Property failed by returning false');
  });
});

// Counterexamples that were found once.
const FOUND: readonly (readonly [string, number, readonly Command[]])[] = [
  [
    '[I19] a conflict after un-merging waits for nothing: what the edit of the merged row replaced is held',
    2,
    [
      ['edit', 0, 851, 0, 0],
      ['merge', 0, 0, 151, 0],
      ['edit', 0, 764, 0, 1],
      ['unmerge', 0, 0, 0, 0],
    ],
  ],
  [
    '[I19] a decision about a merged row waits for nothing either, after un-merging',
    2,
    [
      ['merge', 0, 349, 0, 0],
      ['decide', 0, 0, 0, 0],
      ['unmerge', 0, 0, 0, 0],
      ['merge', 0, 251, 321, 0],
    ],
  ],
  [
    '[I19] a deletion whose author saw more than is held waits',
    2,
    [
      ['ext', 0, 272, 0, 0],
      ['edit', 0, 0, 0, 0],
      ['twins', 0, 0, 0, 0],
      ['edit', 0, 126, 0, 0],
      ['edit', 0, 0, 0, 8],
      ['remove', 0, 0, 0, 0],
      ['sendSome', 0, 0, 67, 199],
      ['deliver', 1, 0, 0, 0],
    ],
  ],
  [
    '[I19] a deletion waits while an edit between those that are held is missing',
    2,
    [
      ['edit', 0, 0, 0, 1],
      ['edit', 0, 0, 0, 0],
      ['edit', 0, 0, 0, 1],
      ['remove', 0, 0, 0, 0],
      ['sendSome', 0, 0, 115, 512],
      ['deliver', 1, 0, 0, 0],
    ],
  ],
];

describe('once found', () => {
  test.each(FOUND)('%s', (_name, offices, list) => {
    expect(Object.fromEntries(new World(offices).run(list).violations)).toEqual({});
  });
});
