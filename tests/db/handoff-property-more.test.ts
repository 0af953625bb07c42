// Generated commands of two and three offices on real stores: triggers, staging, plans, imports and their undoing.
// The other half of the runs, so that two workers share them.
import { afterAll, beforeAll, test } from 'vitest';
import { runOnStores } from '../support/store-commands.ts';
import { StoreWorld } from '../support/store-world.ts';

const SEED = Number(process.env.HANDOFF_SEED ?? 20260312);
const world = new StoreWorld();
beforeAll(async () => {
  await world.open();
});
afterAll(async () => {
  await world.close();
});

test(`[I1][I2][I3][I5][I6][I8][I9][I10][I14][I21][I22][I25][I27] hold in 150 runs (seed ${SEED})`, async () => {
  await runOnStores(world, SEED, 150);
});
