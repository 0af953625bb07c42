// Duties of fixed days and of periods: on which days they are due, and up to which they are done.
import { addDays, daysInMonth, makeDay, monthsRange, type Day, type DayRange } from '../values/day.ts';
import { MONTHS, type DueRule } from './definition.ts';

/** The fixed day of a year; the last of the month where that is shorter. */
function fixedDay(due: DueRule, year: number): Day {
  const [month = 12, day = 31] = due.fallbackMonthDay?.split('-').map(Number) ?? [due.month, due.day];
  return makeDay(year, month, Math.min(day, daysInMonth(year, month))) as Day;
}

const isFixed = (due: DueRule): boolean => due.kind === 'fixed_date' || due.fallbackMonthDay !== undefined;

/** Its period, and how long after the end it is due. */
const periodic = (due: DueRule): { months: number; days: number } => {
  const { period, offsetDays } = due.fallbackOffset ?? due;
  return { months: MONTHS[period ?? 'year'], days: offsetDays ?? 0 };
};

/** Days of a duty within a range, in their order. */
export function daysWithin(due: DueRule, range: DayRange): Day[] {
  const days: Day[] = [];
  if (isFixed(due)) {
    for (let year = Number(range.from.slice(0, 4)); year <= Number(range.to.slice(0, 4)); year += 1)
      days.push(fixedDay(due, year));
  } else {
    const { months, days: later } = periodic(due);
    for (let at = monthsRange(addDays(range.from, -later), months); addDays(at.to, later) <= range.to;) {
      days.push(addDays(at.to, later));
      at = monthsRange(addDays(at.to, 1), months);
    }
  }
  return days.filter((day) => day >= range.from && day <= range.to);
}

/** The occurrence that something done on a day did: that of its year, or of the period that had ended. */
export function occurrenceOf(due: DueRule, done: Day): Day {
  if (isFixed(due)) return fixedDay(due, Number(done.slice(0, 4)));
  const { months, days } = periodic(due);
  return addDays(addDays(monthsRange(done, months).from, -1), days);
}
