// What every group of Today is asked with, and how a group is made of its rows.
import type { TodayGroup, TodayPage } from '../../contract/today.ts';
import { formatDayShort } from '../../domain/values/day.ts';
import type { SqlReader } from '../../db/index.ts';

/** The day, the store, and the id of the person whose work alone is asked for, or null for everybody's. */
export interface Ask { read: SqlReader; today: string; mine: string | null }

/** A group, or the line that says there is nothing of its kind. */
export type Answer = { group: TodayGroup } | { nothing: TodayPage['done'][number] };

/** Rows shown per group; the rest is counted. */
export const SHOWN = 5;

/** A day as Today writes it; empty for none. */
export const short = (day: string | null, today: string): string => (day ? formatDayShort(day, today) : '');

/** How often each label comes, in the order they come first. */
export function counted(labels: readonly string[]): { label: string; count: number }[] {
  const counts = new Map<string, number>();
  for (const label of labels) counts.set(label, (counts.get(label) ?? 0) + 1);
  return [...counts].map(([label, count]) => ({ label, count }));
}
