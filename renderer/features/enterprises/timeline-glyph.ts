// Which sign stands before an entry of an enterprise's timeline.
import type { TimelineEntry } from '../../../contract/enterprises.ts';
import { entityNamed } from '../../../domain/entities.ts';
import { glyphOf, type StateKind } from '../../components/glyph-of.ts';

/** Sign and tone of an entry; a step has the glyph of the state that it led to. */
export function timelineGlyph(entry: TimelineEntry): { glyph: string; tone: string } {
  const glyph = entityNamed(entry.kind).facets.timeline?.glyph;
  if (typeof glyph === 'object') return glyphOf(glyph.stateOf as StateKind, entry.glyph);
  return { glyph: entry.glyph, tone: 't3' };
}
