// What the times of a visit say of it, whenever they were written down (domain reference 2.7, 8.2).

/** Nightly hours: from the evening over midnight to the morning. */
const EVENING = 22 * 60;
const MORNING = 6 * 60;
const DAY = 24 * 60;

const minutes = (time: string): number => Number(time.slice(0, 2)) * 60 + Number(time.slice(3, 5));

/** Minutes of a stretch that lie in the night; it may reach over midnight. */
function nightly(from: number, to: number): number {
  const nights = [
    [0, MORNING],
    [EVENING, DAY + MORNING],
    [DAY + EVENING, 2 * DAY],
  ] as const;
  return nights.reduce((sum, [a, b]) => sum + Math.max(0, Math.min(to, b) - Math.max(from, a)), 0);
}

/** A night visit: at least half of it lay between 22:00 and 06:00; without an end its beginning decides, without a beginning none is. */
export function isNight(timeFrom: string | null, timeTo: string | null): boolean {
  if (!timeFrom) return false;
  const from = minutes(timeFrom);
  const end = timeTo ? minutes(timeTo) : from + 1;
  const to = end < from ? end + DAY : Math.max(end, from + 1);
  return nightly(from, to) * 2 >= to - from;
}

/** Whether a clock tells the end of a visit that is being ended now: on its own day, or past the midnight that it reached over. */
export function endsNow(
  visit: { date: string; timeFrom: string | null },
  today: string,
  nextDay: string,
  now: string,
): boolean {
  if (!visit.timeFrom) return false;
  return (
    visit.date === today || (nextDay === today && now < visit.timeFrom && now < '12:00' && visit.timeFrom >= '18:00')
  );
}
