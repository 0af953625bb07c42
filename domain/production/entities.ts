// What an enterprise makes with, lets out and treats, each subject in a file of its own.
import { treatmentFacility } from './facilities.ts';
import { layoutMark } from './layout.ts';
import { material } from './materials.ts';
import { noiseSource } from './noise.ts';
import { outlet, outletLimit } from './outlets.ts';
import { equipment, process } from './processes.ts';

export { equipment, layoutMark, material, noiseSource, outlet, outletLimit, process, treatmentFacility };

export const PRODUCTION_ENTITIES = [
  material,
  process,
  equipment,
  outlet,
  outletLimit,
  treatmentFacility,
  noiseSource,
  layoutMark,
] as const;
