// Commands for offices on real stores, and how many of what they must have met to prove anything.
import fc from 'fast-check';
import type { StoreWorld } from './store-world.ts';

const COMMANDS = {
  create: 2,
  twins: 2,
  edit: 14,
  remove: 7,
  restore: 4,
  contact: 3,
  formerName: 2,
  block: 4,
  team: 3,
  finding: 2,
  step: 3,
  merge: 6,
  unmerge: 3,
  decide: 8,
  editInBin: 1,
  partInBin: 1,
  pass: 6,
  passSome: 4,
  passStream: 2,
  passTwice: 1,
  passAndUndo: 2,
  undoImport: 2,
  undoAction: 3,
  clock: 2,
  enrol: 1,
} as const;
export type StoreCommand = readonly [keyof typeof COMMANDS, number, number, number, number];
const weighted = Object.entries(COMMANDS).flatMap(([name, weight]) =>
  Array.from({ length: weight }, () => name as keyof typeof COMMANDS),
);
export const storeCommands: fc.Arbitrary<StoreCommand[]> = fc.noBias(
  fc.array(fc.tuple(fc.constantFrom(...weighted), fc.nat(2), fc.nat(999), fc.nat(999), fc.nat(999)), {
    minLength: 8,
    maxLength: 25,
    size: 'max',
  }),
);

/**
 * Runs generated commands on real stores and asserts that they met what they are about.
 * Not shrunk on failure: the report holds the seed and the commands, which are few.
 */
export async function runOnStores(world: StoreWorld, seed: number, numRuns: number): Promise<void> {
  await fc.assert(
    fc.asyncProperty(fc.integer({ min: 2, max: 3 }), storeCommands, async (size, list) => {
      await world.run(size, list);
    }),
    { numRuns, seed, endOnFailure: true },
  );
  for (const [what, share] of [
    ['conflict', 2],
    ['gap', 0.5],
    ['merge', 0.4],
    ['deletion', 0.2],
    ['decision', 0.3],
    ['undo', 0.02],
  ] as const) {
    const times = world.met.get(what) ?? 0;
    if (times < share * numRuns) throw new Error(`met ${what} only ${times} times in ${numRuns} runs`);
  }
}
