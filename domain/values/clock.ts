// Days and times of instants by the clock of this computer. Instants are stored in UTC; whoever shows one, or counts
// days from one, asks here.
import type { Day } from './calendar.ts';

const two = (n: number): string => String(n).padStart(2, '0');

/** The calendar day here of an instant (ISO text or milliseconds), or of now. */
export function localDay(at: string | number = Date.now()): Day {
  const d = new Date(at);
  return `${d.getFullYear()}-${two(d.getMonth() + 1)}-${two(d.getDate())}`;
}

/** The time of day here of an instant, `08:05`. */
export function localTime(at: string | number = Date.now()): string {
  const d = new Date(at);
  return `${two(d.getHours())}:${two(d.getMinutes())}`;
}

/** `20261127-0730`: an instant by the clock here, for names of files and folders. */
export function localStamp(at: string | number = Date.now()): string {
  return `${localDay(at).replaceAll('-', '')}-${localTime(at).replace(':', '')}`;
}
