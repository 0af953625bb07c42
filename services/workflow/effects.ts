// What events do beyond the table, collected: one line per capability that has any.
import type { Effects } from '../effects.ts';
import { FINDING_EFFECTS } from '../findings/index.ts';
import { ROUND_EFFECTS } from '../rounds/index.ts';
import { TRAINING_EFFECTS } from '../training/index.ts';
import { VISIT_EFFECTS } from '../visits/index.ts';

const ALL: readonly Effects[] = [...ROUND_EFFECTS, ...VISIT_EFFECTS, ...FINDING_EFFECTS, ...TRAINING_EFFECTS];

const byKind = new Map(ALL.map((effects) => [effects.of, effects]));

/** Effects of a kind; empty for one that has none. */
export const effectsOf = (kind: string): Effects => byKind.get(kind) ?? { of: kind };
