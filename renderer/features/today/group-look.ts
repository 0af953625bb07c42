// How a group of today looks and where its whole list is.
import type { Tone } from '../../components/glyph-of.ts';

/** Glyph, tone and list of a group. */
export interface GroupLook { glyph: string; tone: Tone; path: string | null }

const LOOKS: Readonly<Record<string, GroupLook>> = {
  overdue: { glyph: 'over', tone: 'red', path: '/findings?overdue=1' },
  due: { glyph: 'clock', tone: 'amber', path: '/findings?dueWithinDays=3' },
  visits: { glyph: 'clock', tone: 't2', path: '/visits' },
  verify: { glyph: 'sub', tone: 'violet', path: '/findings?statuses=submitted' },
  expiring: { glyph: 'clock', tone: 'amber', path: `/enterprises?filter=${encodeURIComponent('{"permitExpiringDays":90}')}` },
  followUp: { glyph: 'prog', tone: 'blue', path: '/findings?statuses=open,in_progress' },
};

/** Look of a group; a group that this window does not know gets a clock. */
export function groupLook(id: string): GroupLook {
  return LOOKS[id] ?? { glyph: 'clock', tone: 't2', path: null };
}
