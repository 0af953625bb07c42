// Working days by the published holidays; a year without a notice goes by weekends, and that is said (domain reference 8.2, 13).
import { addDays, weekday, type Day, type DayRange } from './calendar.ts';

/** Published days off and days worked instead. */
export interface WorkCalendar {
  /** Years whose notice is published. */
  readonly years: readonly number[];
  readonly holidays: readonly DayRange[];
  readonly makeUp: readonly Day[];
}

const SATURDAY = 6;

/** Whether a day is worked. */
export function isWorkDay(calendar: WorkCalendar, day: Day): boolean {
  if (calendar.makeUp.includes(day)) return true;
  if (calendar.holidays.some((range) => day >= range.from && day <= range.to)) return false;
  return weekday(day) < SATURDAY;
}

/** The working day that lies `count` working days after a day. */
export function addWorkDays(calendar: WorkCalendar, day: Day, count: number): Day {
  let at = day;
  for (let left = count; left > 0;) {
    at = addDays(at, 1);
    if (isWorkDay(calendar, at)) left -= 1;
  }
  return at;
}

/** Whether the holidays of the year of a day are published. */
export const isPublished = (calendar: WorkCalendar, day: Day): boolean =>
  calendar.years.includes(Number(day.slice(0, 4)));
