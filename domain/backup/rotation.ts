// Which automatic backups are kept: the newest of each of 7 days, 5 weeks and 12 months.
import { daysBetween, weekStart, type Day } from '../values/day.ts';

/** An automatic backup: `day` is the local calendar day it was made on, `at` orders those of one day. */
export interface Rotated {
  id: string;
  day: Day;
  at: string;
}

/** How many days (today included), weeks (from Monday) and months are covered. */
export interface KeepRule {
  days: number;
  weeks: number;
  months: number;
}

export const KEEP_RULE: KeepRule = { days: 7, weeks: 5, months: 12 };

const monthIndex = (day: Day): number => Number(day.slice(0, 4)) * 12 + Number(day.slice(5, 7));

/**
 * Ids of the backups to remove, oldest first. Per day, week and month the newest one is kept; the newest of all always stays,
 * and so does whatever is dated after `today` (the clock was wrong then or is wrong now).
 */
export function toRemove(backups: readonly Rotated[], today: Day, rule: KeepRule = KEEP_RULE): string[] {
  const newestFirst = [...backups].sort((a, b) => (a.at < b.at ? 1 : a.at > b.at ? -1 : a.id < b.id ? 1 : -1));
  const thisWeek = weekStart(today);
  const keep = new Set<string>(newestFirst.slice(0, 1).map((b) => b.id));
  const taken = new Set<string>();
  for (const { id, day } of newestFirst) {
    if (day > today) {
      keep.add(id);
      continue;
    }
    const periods = [
      daysBetween(day, today) < rule.days && `d${day}`,
      daysBetween(weekStart(day), thisWeek) / 7 < rule.weeks && `w${weekStart(day)}`,
      monthIndex(today) - monthIndex(day) < rule.months && `m${day.slice(0, 7)}`,
    ];
    for (const period of periods) {
      if (!period || taken.has(period)) continue;
      taken.add(period);
      keep.add(id);
    }
  }
  return newestFirst
    .filter((b) => !keep.has(b.id))
    .map((b) => b.id)
    .reverse();
}
