// A closed loop that goes on in several offices: shown closed only where every branch is finished [I13].
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { FINDING_STATES, type FindingState } from '../../domain/findings/machine.ts';
import { foldSteps, type Step } from '../../domain/findings/steps.ts';

const states = FINDING_STATES.map((s) => s.id as FindingState);

/** Steps in any shape of forks and joins: each follows some of those before it, as offices would write them on partial knowledge. */
const loops = fc
  .array(
    fc.record({
      to: fc.constantFrom(...states),
      day: fc.integer({ min: 1, max: 28 }),
      prev: fc.array(fc.nat(), { maxLength: 3 }),
      reconcile: fc.boolean(),
    }),
    { minLength: 1, maxLength: 9, size: 'max' },
  )
  .map((given) =>
    given.map((g, i): Step => {
      const prev = [...new Set(g.prev.map((p) => p % Math.max(1, i)))].filter((p) => p < i).map((p) => `s${p}`);
      return {
        id: `s${i}`,
        event: g.reconcile ? 'reconcile' : 'issue',
        from: null,
        to: g.to,
        date: `2026-03-${String(g.day).padStart(2, '0')}`,
        at: `2026-03-01T00:00:0${i % 10}.000Z`,
        by: '甲',
        deadline: null,
        reason: null,
        evidence: null,
        prev,
      };
    }),
  );

const headsOf = (steps: readonly Step[]): Step[] => {
  const followed = new Set(steps.flatMap((s) => [...s.prev]));
  return steps.filter((s) => !followed.has(s.id));
};

type Fold = (steps: readonly Step[]) => { status: FindingState } | null;

/** The invariant, for whatever folds. */
function holds(fold: Fold, steps: readonly Step[]): boolean {
  const heads = headsOf(steps);
  const status = fold(steps)?.status;
  const finished = heads.every((h) => h.to === 'closed' || h.to === 'voided');
  if ((status === 'closed') !== (finished && heads.some((h) => h.to === 'closed'))) return false;
  if ((status === 'voided') !== heads.every((h) => h.to === 'voided')) return false;
  return fold([...steps].reverse())?.status === status;
}

test('[I13] shown closed exactly when every head is closed or voided and one is closed, in any order of steps', () => {
  let forked = 0;
  fc.assert(
    fc.property(loops, (steps) => {
      if (headsOf(steps).length > 1) forked += 1;
      expect(holds(foldSteps, steps)).toBe(true);
    }),
    { numRuns: 3000, seed: 13 },
  );
  expect(forked).toBeGreaterThan(1000);
});

const latest = (steps: readonly Step[]) =>
  [...steps].sort((a, b) => `${a.date}${a.at}`.localeCompare(`${b.date}${b.at}`)).at(-1) as Step;
const FAULTS: readonly (readonly [string, Fold])[] = [
  ['the latest step by date is shown', (steps) => ({ status: latest(steps).to })],
  [
    'any closed head closes the loop',
    (steps) => ({
      status: headsOf(steps).find((h) => h.to === 'closed')?.to ?? (foldSteps(steps)?.status as FindingState),
    }),
  ],
  [
    'a voided head hides an unfinished one',
    (steps) => ({
      status: headsOf(steps).find((h) => h.to === 'voided')?.to ?? (foldSteps(steps)?.status as FindingState),
    }),
  ],
  ['the step that came last is shown', (steps) => ({ status: (headsOf(steps).at(-1) as Step).to })],
];

describe('a planted fault is noticed', () => {
  test.each(FAULTS)('[I13] %s', (_name, fault) => {
    const checked = fc.check(
      fc.property(loops, (steps) => holds(fault, steps)),
      { numRuns: 3000, seed: 13 },
    );
    expect(checked.failed).toBe(true);
    expect((checked.errorInstance as Error).message).toBe('Property failed by returning false');
  });
});
