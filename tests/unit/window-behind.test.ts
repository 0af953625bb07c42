// The list behind a number as lines: a heading per village, rows in between, none of them laid out beforehand.
import { expect, test } from 'vitest';
import { behindLines } from '../../renderer/features/statistics/behind-lines.ts';
import { cpuMs } from '../support/limits.ts';

const groups = [
  { village: '许浦村', rows: 3 },
  { village: '王泥浜村', rows: 1 },
  { village: null, rows: 2 },
];

test('every row stands once, in the order of the whole list, under the heading of its village', () => {
  const { count, at } = behindLines(groups);
  const said = Array.from({ length: count }, (_, n) => {
    const line = at(n);
    return line?.kind === 'row' ? line.index : (line?.group.village ?? '未划分');
  });
  expect(said).toEqual(['许浦村', 0, 1, 2, '王泥浜村', 3, '未划分', 4, 5]);
  expect([at(-1), at(count)]).toEqual([null, null]);
  expect(behindLines([])).toMatchObject({ count: 0 });
});

test('a line of a list of a hundred thousand is found without walking through those before it', async () => {
  const many = behindLines(Array.from({ length: 400 }, (_, n) => ({ village: `村${n}`, rows: 250 })));
  const took = await cpuMs(() => {
    for (let n = 0; n < many.count; n += 97) many.at(n);
  });
  expect(took).toBeLessThan(200);
  expect(many.at(many.count - 1)).toEqual({ kind: 'row', index: 99_999 });
});
