// The check of long lines: characters are counted, not bytes, and only SQL may be longer.
import { expect, test } from 'vitest';
import { longLines, MOST_CHARACTERS } from '../../scripts/lib/long-lines.ts';

const long = 'x'.repeat(MOST_CHARACTERS);

test('characters are counted, not bytes: 140 Chinese ones are no long line, 141 are', () => {
  expect(longLines(`// ${'环'.repeat(MOST_CHARACTERS - 3)}`)).toEqual([]);
  expect(longLines(`// ${'环'.repeat(MOST_CHARACTERS - 2)}`)).toEqual([{ line: 1, characters: MOST_CHARACTERS + 1 }]);
});

test('SQL may be longer, in any literal, also over several lines; other texts, comments and windows may not', () => {
  expect(longLines(`a;\nconst sql = \`SELECT ${long}\n  FROM ${long}\`;`)).toEqual([]);
  expect(longLines(`const sql = 'EXISTS (SELECT id FROM ${long})';`)).toEqual([]);
  expect(longLines(`const text = '${long}';`)).toHaveLength(1);
  expect(longLines(`const text = 'Select a file ${long}';`)).toHaveLength(1);
  expect(longLines(`// SELECT ${long}`)).toHaveLength(1);
  expect(longLines(`<p>SELECT ${long}</p>`, false)).toHaveLength(1);
});
