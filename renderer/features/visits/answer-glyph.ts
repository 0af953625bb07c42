// Glyphs of checklist answers; the same five everywhere on the visit screen.
import type { Tone } from '../../components/glyph-of.ts';
import type { AnswerResult } from '../../../contract/visits.ts';

/** Answers in the order of their keys 1 to 5. */
export const ANSWER_KEYS: readonly AnswerResult[] = [
  'conforming',
  'partial',
  'nonconforming',
  'not_applicable',
  'unchecked',
];

const GLYPHS: Readonly<Record<string, { glyph: string; tone: Tone }>> = {
  conforming: { glyph: 'ok', tone: 'green' },
  partial: { glyph: 'half', tone: 'amber' },
  nonconforming: { glyph: 'no', tone: 'red' },
  not_applicable: { glyph: 'na', tone: 't3' },
  unchecked: { glyph: 'open', tone: 't3' },
};

/** Glyph of an answer. */
export const answerGlyph = (result: string): { glyph: string; tone: Tone } =>
  GLYPHS[result] ?? { glyph: 'unk', tone: 't3' };
