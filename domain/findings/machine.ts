// The states of a finding and what follows from them; its transition table is in workflow.ts (domain reference 3.3).
import { vocabulary } from '../dictionary/vocabulary.ts';

/** States with their Chinese labels, least finished first (hand-off design 6.4); voided last. */
export const FINDING_STATES = [
  { id: 'draft', label: '草稿' },
  { id: 'open', label: '待整改' },
  { id: 'in_progress', label: '整改中' },
  { id: 'suspended', label: '中止' },
  { id: 'transferred', label: '已移交' },
  { id: 'submitted', label: '待复核' },
  { id: 'closed', label: '已销号' },
  { id: 'voided', label: '作废' },
] as const;
export type FindingState = (typeof FINDING_STATES)[number]['id'];

/** The states as a vocabulary of the dictionary. */
export const FINDING_STATE_VOCABULARY = vocabulary(Object.fromEntries(FINDING_STATES.map((s) => [s.id, s.label])));

/** Out of every count: not issued yet, or issued by mistake (domain reference 4.1). */
export const NOT_COUNTED_STATES = ['draft', 'voided'] as const satisfies readonly FindingState[];
/** Nothing is left to do: neither counted out nor closed is open. */
export const NOT_OPEN_STATES = [...NOT_COUNTED_STATES, 'closed'] as const satisfies readonly FindingState[];
/** The enterprise has to act and has not reported: only these run out of time (domain reference 3.3). */
export const AWAITING_STATES = ['open', 'in_progress'] as const satisfies readonly FindingState[];
