// How the text of a report names a figure of the year to date beside that of the reported period.

const capital = (code: string): string => code.charAt(0).toUpperCase() + code.slice(1);

/** `periodVisitCount` of `visitCount`. */
const periodCode = (year: string): string => `period${capital(year)}`;

/** `yearTrainingCount` of `trainingCount`, `yearNightVisits` of `periodNightVisits`. */
export const yearCode = (period: string): string => `year${capital(period.replace(/^period/, ''))}`;

/** Both codes of a figure that names itself for one of the two spans at least; null for one that reports do not know. */
export function reportCodes(report: { year?: string; period?: string }): { year: string; period: string } | null {
  const { year, period } = report;
  if (year === undefined) return period === undefined ? null : { year: yearCode(period), period };
  return { year, period: period ?? periodCode(year) };
}
