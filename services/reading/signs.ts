// Signs out of what the recognition gives: for each narrow column of a strip how likely each sign is (CTC).
import type { ReadSign } from '../../domain/scans/lines.ts';
import type { Numbers } from './runtime.ts';

/** The two likeliest places of a column. */
function likeliest(data: Float32Array, from: number, count: number): { first: number; second: number } {
  let [first, second] = [0, 0];
  for (let n = 1; n < count; n += 1) {
    const value = data[from + n] ?? 0;
    if (value > (data[from + first] ?? 0)) [second, first] = [first, n];
    else if (second === first || value > (data[from + second] ?? 0)) second = n;
  }
  return { first, second };
}

/** Reads columns as signs: the same sign in neighbouring columns is one, columns of no sign part two. */
export function signsIn({ data, dims }: Numbers, signs: readonly string[]): ReadSign[] {
  const [, columns = 0, count = 0] = dims;
  const read: (ReadSign & { place: number })[] = [];
  let before = 0;
  for (let column = 0; column < columns; column += 1) {
    const { first, second } = likeliest(data, column * count, count);
    const score = data[column * count + first] ?? 0;
    const last = read.at(-1);
    if (first !== 0 && first === before && last) {
      if (score > last.score) read[read.length - 1] = { ...last, score };
    } else if (first !== 0)
      read.push({ sign: signs[first] ?? '', score, other: signs[second] ?? '', place: (column + 0.5) / columns });
    before = first;
  }
  return read;
}
