// A text is searched in one form: what the store tells by itself is what the normaliser of the domain says.
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { containsWord, folded } from '../../db/index.ts';
import { searchKey, searchTerms } from '../../domain/values/search-key.ts';
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

const texts = fc.sample(
  fc.oneof(
    fc.array(fc.constantFrom(...PIECES), { maxLength: 5 }).map((pieces) => pieces.join('')),
    fc.string({ unit: 'grapheme', maxLength: 12 }),
  ),
  { numRuns: 4000, seed: 14 },
);

test('of any text the store says the key that the domain says: phones, other widths, blanks, rare letters', async () => {
  const rows = await t.ctx.store.read.sql<{ text: string }>(
    `SELECT ${folded('"value"')} AS text FROM json_each(?) ORDER BY json_each.id`,
    [JSON.stringify(texts)],
  );
  expect(rows.map(({ text }) => text)).toEqual(texts.map(searchKey));
});

test.each([
  'da001',
  'ＤＡ００１',
  '138-0000 1111',
  '+86 13800001111',
  '废机油',
  '机',
  'da',
  '(一)',
  '-',
  '①',
  'é',
  'm2',
])('of any text the store says whether %s is in it, also where it is left out before it is folded', async (word) => {
  const all = [
    ...texts,
    '①',
    'DA00１',
    'ｄａ001',
    'D A-0 01',
    '㏈',
    '13800001111',
    '1 3800-001111',
    'm²',
    'DA01',
    '0DA0',
    '１',
  ];
  const terms = searchTerms(word);
  const tests = terms.map((forms) => containsWord('"value"', forms));
  const rows = await t.ctx.store.read.sql<{ text: string }>(
    `SELECT "value" AS text FROM json_each(?) WHERE ${tests.map(({ sql }) => sql).join(' AND ')} ORDER BY json_each.id`,
    [JSON.stringify(all), ...tests.flatMap(({ parameters }) => parameters)],
  );
  const said = (text: string): boolean => terms.every((forms) => forms.some((form) => searchKey(text).includes(form)));
  expect(rows.map(({ text }) => text)).toEqual(all.filter(said));
  expect(rows.length).toBeGreaterThan(0);
});
