// Numbers as people read them: digits in groups of three.

/** Digits in groups of three with a comma between; a sign before them and what follows a point stay as they are. */
export function inThousands(digits: string): string {
  const start = digits.startsWith('-') ? 1 : 0;
  const point = digits.indexOf('.');
  const end = point < 0 ? digits.length : point;
  const groups: string[] = [];
  for (let to = end; to > start; to -= 3) groups.push(digits.slice(Math.max(start, to - 3), to));
  return digits.slice(0, start) + groups.reverse().join(',') + digits.slice(end);
}
