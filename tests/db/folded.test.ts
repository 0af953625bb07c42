// A text is searched in one form: what the store tells by itself is what the normaliser of the domain says.
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { folded } from '../../db/index.ts';
import { searchKey } from '../../domain/values/search-key.ts';
import { openDesk, type TestDesk } from '../support/register-import.ts';

let t: TestDesk;
beforeAll(async () => {
  t = await openDesk();
});
afterAll(() => t.close());

const PIECES = [
  'DA001',
  '86',
  '0086',
  '13800001111',
  '废机油',
  'ＤＡ',
  '（一）',
  '-',
  ' ',
  '\n',
  'é',
  '㎡',
  '龘',
  '𠮷',
  'İ',
  '·',
];

test('of any text the store says the key that the domain says: phones, other widths, blanks, rare letters', async () => {
  const texts = fc.sample(
    fc.oneof(
      fc.array(fc.constantFrom(...PIECES), { maxLength: 5 }).map((pieces) => pieces.join('')),
      fc.string({ unit: 'grapheme', maxLength: 12 }),
    ),
    { numRuns: 4000, seed: 14 },
  );
  const rows = await t.ctx.store.read.sql<{ text: string }>(
    `SELECT ${folded('"value"')} AS text FROM json_each(?) ORDER BY json_each.id`,
    [JSON.stringify(texts)],
  );
  expect(rows.map(({ text }) => text)).toEqual(texts.map(searchKey));
});
