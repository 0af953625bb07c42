// Which sign stands before an entry of an enterprise's timeline.
import type { TimelineEntry } from '../../../contract/enterprises.ts';

const BY_KIND: Readonly<Record<string, { glyph: string; tone: string }>> = {
  visit: { glyph: 'i-insp', tone: 'acc' }, training: { glyph: 'i-train', tone: 't3' }, attendance: { glyph: 'i-train', tone: 't3' }, followUp: { glyph: 'i-phone', tone: 't3' },
  notice: { glyph: 'i-doc', tone: 't3' }, document: { glyph: 'i-doc', tone: 't3' }, attachment: { glyph: 'i-clip', tone: 't3' }, label: { glyph: 'i-star', tone: 't3' },
  status: { glyph: 'i-ent', tone: 't3' }, import: { glyph: 'i-sheet', tone: 't3' }, edit: { glyph: 'i-edit', tone: 't3' }, created: { glyph: 'i-plus', tone: 't3' }, permit: { glyph: 'i-doc', tone: 't3' },
};
const TONES: Readonly<Record<string, string>> = { open: 'amber', prog: 'blue', sub: 'violet', closed: 'green', over: 'red', trans: 'violet', ok: 'green' };

/** Sign and tone; the back end's own glyph goes first when the sheet has it. */
export function timelineGlyph(entry: TimelineEntry): { glyph: string; tone: string } {
  const own = entry.glyph.replace(/^g-/, '');
  if (entry.glyph.startsWith('i-')) return { glyph: entry.glyph, tone: BY_KIND[entry.kind]?.tone ?? 't3' };
  if (own && document.getElementById(`g-${own}`)) return { glyph: own, tone: TONES[own] ?? 't3' };
  if (own && document.getElementById(`i-${own}`)) return { glyph: `i-${own}`, tone: BY_KIND[entry.kind]?.tone ?? 't3' };
  return BY_KIND[entry.kind] ?? { glyph: 'dot', tone: 't3' };
}
