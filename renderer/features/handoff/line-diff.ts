// What one long text has that the other has not, line by line.

/** One line of a comparison. */
export interface DiffLine {
  kind: 'same' | 'gone' | 'new';
  text: string;
}

/** Above this many lines on either side the texts are shown whole: the table of the comparison grows with their product. */
const MOST = 1000;

/** Lines of `before` and `after` in reading order: kept, gone, new (longest common subsequence). */
export function lineDiff(before: string, after: string): DiffLine[] {
  const [a, b] = [before === '' ? [] : before.split('\n'), after === '' ? [] : after.split('\n')];
  if (a.length > MOST || b.length > MOST)
    return [
      ...a.map((text): DiffLine => ({ kind: 'gone', text })),
      ...b.map((text): DiffLine => ({ kind: 'new', text })),
    ];
  const width = b.length + 1;
  const longest = new Uint16Array((a.length + 1) * width);
  const at = (i: number, j: number): number => longest[i * width + j] ?? 0;
  for (let i = a.length - 1; i >= 0; i -= 1) {
    for (let j = b.length - 1; j >= 0; j -= 1)
      longest[i * width + j] = a[i] === b[j] ? at(i + 1, j + 1) + 1 : Math.max(at(i + 1, j), at(i, j + 1));
  }
  const lines: DiffLine[] = [];
  let [i, j] = [0, 0];
  while (i < a.length || j < b.length) {
    if (i < a.length && j < b.length && a[i] === b[j]) {
      lines.push({ kind: 'same', text: a[i] ?? '' });
      i += 1;
      j += 1;
    } else if (i < a.length && (j >= b.length || at(i + 1, j) >= at(i, j + 1))) {
      lines.push({ kind: 'gone', text: a[i] ?? '' });
      i += 1;
    } else {
      lines.push({ kind: 'new', text: b[j] ?? '' });
      j += 1;
    }
  }
  return lines;
}
