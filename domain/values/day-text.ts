// A day in the words of a document.

const DAY = /^(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?$/;

/** `2026-05-01` -> 2026年5月1日 (no leading zero, domain reference 5.1); a month or a year alone too; null -> 不详. */
export function dayText(day: string | null | undefined): string {
  if (!day) return '不详';
  const match = DAY.exec(day.slice(0, 10));
  if (!match) return day;
  const [, year, month, date] = match;
  return `${year}年${month ? `${Number(month)}月` : ''}${date ? `${Number(date)}日` : ''}`;
}
