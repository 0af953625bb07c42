// Which sign stands before an entry of an enterprise's timeline.
import type { TimelineEntry } from '../../../contract/enterprises.ts';
import { glyphOf } from '../../components/glyph-of.ts';

const BY_KIND: Readonly<Record<string, { glyph: string; tone: string }>> = {
  visit: { glyph: 'i-insp', tone: 'acc' }, training: { glyph: 'i-train', tone: 't3' }, followUp: { glyph: 'i-phone', tone: 't3' }, notice: { glyph: 'i-doc', tone: 't3' },
  label: { glyph: 'i-star', tone: 't3' }, status: { glyph: 'i-ent', tone: 't3' }, check: { glyph: 'i-eye', tone: 't3' }, created: { glyph: 'i-plus', tone: 't3' },
};

/** Sign and tone of an entry; a step of a finding has the glyph of the state it led to. */
export function timelineGlyph(entry: TimelineEntry): { glyph: string; tone: string } {
  if (entry.kind === 'step') return glyphOf('finding', entry.glyph);
  return BY_KIND[entry.kind] ?? { glyph: 'dot', tone: 't3' };
}
