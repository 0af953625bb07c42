// What "a year" means in reports and for yearly targets: the calendar's, or the contract's (domain reference 2.1, statisticsYear).
import { addYears, type Day } from '../values/day.ts';

/** A year of service: its first day, and the word that reports use for it. */
export interface ServiceYear {
  readonly from: Day;
  readonly label: string;
}

/**
 * The year of service that a day lies in; years of a contract begin on its first day and on each anniversary. Without a
 * project: the calendar's.
 */
export function serviceYear(project: { statisticsYear: string; startDate: Day | null } | null, day: Day): ServiceYear {
  if (project?.statisticsYear !== 'contract' || !project.startDate)
    return { from: `${day.slice(0, 4)}-01-01`, label: '本年' };
  let years = Number(day.slice(0, 4)) - Number(project.startDate.slice(0, 4));
  if (addYears(project.startDate, years) > day) years -= 1;
  return { from: addYears(project.startDate, years), label: '本合同年度' };
}
