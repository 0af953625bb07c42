// Real packages between three offices in every order: the invariants of the hand-off hold for all of them (hand-off design 15, c).
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { closeWorkers } from '../../services/workers/index.ts';
import { LOSING_COMMANDS, PACKAGE_COMMANDS, PackageWorld, type PackageCommand } from '../support/package-world.ts';

const RUNS = 30;
/** Emoji, characters beyond the first plane, right to left, combining marks, quotes and line ends. */
const text = fc
  .array(
    fc.constantFrom('甲', '𠮷', '👩‍🔬', 'שלום', 'e\u0301', '\u200f', '"', "'", '\\', '\n', '\t', '；', '0.1', ' a'),
    { minLength: 1, maxLength: 12 },
  )
  .map((parts) => `x${parts.join('')}y`);
const of = (names: readonly PackageCommand[0][]): fc.Arbitrary<PackageCommand[]> =>
  fc.noBias(
    fc.array(fc.tuple(fc.constantFrom(...names), fc.nat(2), fc.nat(999), fc.nat(99_999), text), {
      minLength: 4,
      maxLength: 9,
      size: 'max',
    }),
  );

let world: PackageWorld;
beforeAll(async () => {
  world = new PackageWorld();
  await world.open();
});
afterAll(async () => {
  await closeWorkers();
  await world.close();
});

test('[I1][I2][I3][I4][I16][I17][I18][I20][I21][I22][I23][I26][I27][I28] offices that hand over by file', async () => {
  const seed = Number(process.env.STEWARD_SEED ?? 20261124);
  await fc.assert(
    fc.asyncProperty(of(PACKAGE_COMMANDS), async (list) => {
      await world.run(list);
    }),
    { numRuns: RUNS, seed, endOnFailure: true },
  );
  const met = Object.fromEntries(world.met);
  // A share that is not met would mean that the runs prove nothing about it.
  for (const [what, share] of Object.entries({
    conflict: 0.2,
    deletion: 0.15,
    attachment: 0.15,
    part: 0.2,
    late: 0.2,
    damaged: 0.05,
    cancel: 0.03,
    relay: 0.05,
    'relayed news': 0.03,
    undone: 0.1,
    delta: 0.05,
    bare: 0.1,
  })) {
    expect(met[what] ?? 0, `${what} in ${RUNS} runs with seed ${seed}: ${JSON.stringify(met)}`).toBeGreaterThanOrEqual(
      share * RUNS,
    );
  }
});

test(
  '[F12][I1][I5][I15][I17][I22][I28] offices whose computers lose their keys: all that was written reaches ' +
    'all, under the key of its office',
  async () => {
    const [seed, runs] = [Number(process.env.STEWARD_SEED ?? 20261127), 8];
    const before = new Map(world.met);
    await fc.assert(
      fc.asyncProperty(of(LOSING_COMMANDS), async (list) => {
        await world.run(list);
      }),
      { numRuns: runs, seed, endOnFailure: true },
    );
    const met = Object.fromEntries([...world.met].map(([what, n]) => [what, n - (before.get(what) ?? 0)]));
    for (const [what, share] of Object.entries({ lost: 0.8, undone: 0.2, late: 0.2, relay: 0.2 })) {
      expect(
        met[what] ?? 0,
        `${what} in ${runs} runs with seed ${seed}: ${JSON.stringify(met)}`,
      ).toBeGreaterThanOrEqual(share * runs);
    }
  },
);
