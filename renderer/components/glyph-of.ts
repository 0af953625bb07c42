// Which glyph and tone stand for a state: the shape carries the meaning, the tone only helps.
import { OPERATING_STATUSES, LABEL_VALUES } from '../../domain/enterprises/vocabulary.ts';
import { FINDING_STATE_VOCABULARY } from '../../domain/findings/entities.ts';
import { JUDGEMENTS } from '../../domain/monitoring/vocabulary.ts';
import { phaseOf, type Phase } from '../../domain/dictionary/workflow.ts';
import { WORKFLOWS } from '../../domain/workflows.ts';
import { FOUR_STATES, labelOf, type Vocabulary } from '../../domain/dictionary/vocabulary.ts';

export type Tone = 'red' | 'amber' | 'blue' | 'green' | 'violet' | 't2' | 't3';

/** A glyph of the sprite sheet (without `g-`) and its tone. */
export interface Glyph {
  glyph: string;
  tone: Tone;
}

/** Families of states that have glyphs. */
export type StateKind = 'finding' | 'operating' | 'risk' | 'fourState' | 'judgement';

const GLYPHS: Readonly<Record<StateKind, Readonly<Record<string, Glyph>>>> = {
  finding: {
    draft: { glyph: 'draft', tone: 't3' },
    open: { glyph: 'open', tone: 'amber' },
    in_progress: { glyph: 'prog', tone: 'blue' },
    submitted: { glyph: 'sub', tone: 'violet' },
    closed: { glyph: 'closed', tone: 'green' },
    suspended: { glyph: 'susp', tone: 't3' },
    transferred: { glyph: 'trans', tone: 'violet' },
    voided: { glyph: 'void', tone: 't3' },
  },
  operating: {
    operating: { glyph: 'dot', tone: 'green' },
    suspended: { glyph: 'pause', tone: 'amber' },
    closed: { glyph: 'sq', tone: 't3' },
    relocating: { glyph: 'move', tone: 'amber' },
    relocated: { glyph: 'move', tone: 't3' },
    not_found: { glyph: 'unk', tone: 't3' },
    under_construction: { glyph: 'diao', tone: 'blue' },
    trial: { glyph: 'half', tone: 'blue' },
    unknown: { glyph: 'unk', tone: 't3' },
  },
  risk: {
    critical: { glyph: 'r4', tone: 'red' },
    serious: { glyph: 'r3', tone: 'amber' },
    ordinary: { glyph: 'r2', tone: 't2' },
    slight: { glyph: 'r1', tone: 't3' },
    high: { glyph: 'r4', tone: 'red' },
    medium: { glyph: 'r3', tone: 'amber' },
    low: { glyph: 'r1', tone: 't3' },
  },
  fourState: {
    yes: { glyph: 'ok', tone: 'green' },
    no: { glyph: 'no', tone: 'red' },
    unknown: { glyph: 'unk', tone: 'amber' },
    not_applicable: { glyph: 'na', tone: 't3' },
  },
  judgement: {
    exceeds: { glyph: 'over', tone: 'red' },
    within: { glyph: 'ok', tone: 'green' },
    unjudged: { glyph: 'unk', tone: 't3' },
  },
};

const WORDS: Readonly<Record<StateKind, Vocabulary>> = {
  finding: FINDING_STATE_VOCABULARY,
  operating: OPERATING_STATUSES,
  risk: LABEL_VALUES,
  fourState: FOUR_STATES,
  judgement: JUDGEMENTS,
};

/** Glyph of a state; an unknown state (newer data) gets the question mark. */
export function glyphOf(kind: StateKind, value: string | null | undefined): Glyph {
  return (value ? GLYPHS[kind][value] : undefined) ?? { glyph: 'unk', tone: 't3' };
}

/** Word of a state, from its vocabulary. */
export function wordOf(kind: StateKind, value: string | null | undefined): string {
  return labelOf(WORDS[kind], value);
}

/** The family that a value of a vocabulary belongs to, where it has a glyph. */
export function stateKindOf(vocabulary: Vocabulary | undefined, value: string): StateKind | null {
  const family = (Object.keys(WORDS) as StateKind[]).find((kind) => WORDS[kind] === vocabulary);
  return family && GLYPHS[family][value] ? family : null;
}

const PHASE_GLYPHS: Readonly<Record<Phase, Glyph>> = {
  new: { glyph: 'open', tone: 'amber' },
  underWay: { glyph: 'prog', tone: 'blue' },
  done: { glyph: 'closed', tone: 'green' },
  dropped: { glyph: 'void', tone: 't3' },
};

/** Glyph of a state of any machine, by where it stands in the life of the record; null for what is no state. */
export function phaseGlyphOf(kind: string, field: string, state: string): Glyph | null {
  const workflow = WORKFLOWS.get(kind)?.workflow;
  if (workflow?.state !== field || !(state in workflow.states.labels)) return null;
  return PHASE_GLYPHS[phaseOf(workflow, state)];
}
