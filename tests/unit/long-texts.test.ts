// Texts as long as a hostile file makes them: whoever reads one ends, since no pattern needs more than linear time. What takes the
// square of the length, or doubles with each word, does not come back within the limit of a test.
import { expect, test } from 'vitest';
import { safeFileName } from '../../domain/values/file-name.ts';
import { formatFen, parseFen } from '../../domain/values/money.ts';
import { inThousands } from '../../domain/values/thousands.ts';
import { areSimilarNames, nameKey } from '../../domain/values/name-key.ts';
import { parseDay } from '../../domain/values/day-parse.ts';
import { parseDecimal } from '../../domain/values/decimal.ts';
import { splitPhones } from '../../domain/values/phone.ts';
import { headingParts, isUnitText } from '../../domain/values/text.ts';
import { townStem } from '../../domain/values/area-key.ts';
import { placeHeading } from '../../domain/registers/heading-stems.ts';
import { textCell } from '../../services/spreadsheets/cell.ts';
import { readHtmlTables } from '../../services/spreadsheets/html.ts';
import { cpuMs } from '../support/limits.ts';

const LONG = 200_000;
const SEEDS = [
  '。',
  ' ',
  '9',
  '0',
  '-',
  '—',
  ',',
  '()',
  ')',
  'ha',
  'm',
  '村居',
  '街镇',
  '号',
  '2023年1月',
  '.',
  '\n',
  '原',
];

/** Each seed over and over, alone, behind a digit, and with an end that nothing takes. */
const hostile = SEEDS.flatMap((seed) => {
  const run = seed.repeat(LONG / seed.length);
  return [run, `${run}x`, `1${run}x`];
});

test.each<[string, (text: string) => unknown]>([
  ['the key of a name', nameKey],
  ['the likeness of two names', (text) => areSimilarNames(text, `${text}甲`)],
  ['a heading', headingParts],
  ['a heading of territory', placeHeading],
  ['a unit', isUnitText],
  ['a day', (text) => parseDay(text)],
  ['a number', parseDecimal],
  ['telephone numbers', splitPhones],
  ['a town', townStem],
  ['the name of a file', safeFileName],
])('%s is read to its end, however long the text', (_what, read) => {
  for (const text of hostile) expect(() => read(text)).not.toThrow();
});

test.each([
  ['tags that are never closed', '<'],
  ['cells with a quote that is never closed', '<td "'],
  ['cells with quotes of two kinds', `<td "'`],
  ['comments that are never closed', '<!--'],
  ['scripts that are never closed', '<script '],
])('a page of %s is read to its end', (_what, seed) => {
  const page = `<table><tr><td>企业名称</td></tr></table>${seed.repeat(LONG / seed.length)}`;
  expect(readHtmlTables(page)[0]?.rows[0]?.[0]?.text).toContain('企业名称');
});

test('what the patterns did before they still do: groups of three, units, territory, amounts', () => {
  expect(['1', '123', '1234', '-1234567.8901', '1000'].map(inThousands)).toEqual([
    '1',
    '123',
    '1,234',
    '-1,234,567.8901',
    '1,000',
  ]);
  expect([formatFen(123_456_789), formatFen(-100_000), parseFen('12.5万元')]).toEqual([
    '1,234,567.89',
    '-1,000.00',
    12_500_000,
  ]);
  expect(['吨/年', 'm2', 'ha', 'dB(A)', '万元', '人次', '甲'].map(isUnitText)).toEqual([
    true,
    true,
    true,
    true,
    true,
    true,
    false,
  ]);
  expect(['村居', '居村委', '街镇', '镇街', '乡镇', '村(社区)'].map(placeHeading)).toEqual([
    'village',
    'village',
    'town',
    'town',
    'town',
    'village',
  ]);
  expect(nameKey('上海某某厂(已搬迁)。')).toBe('上海某某厂');
});

test('a page with comments, styles, quoted marks and unclosed tags reads as a browser shows it', () => {
  const page =
    '<!-- <td>no</td> --><style>td { color: red }</style><table><tr><td title="a > b">一</td><td bgcolor=\'x\'>二<br>三</td>' +
    '<td colspan= "2">四<td>五</tr></table><script>var x = "<td>no</td>"';
  const [sheet] = readHtmlTables(page);
  expect(sheet?.rows[0]?.map((cell) => cell.text)).toEqual(['一', '二\n三', '四', '', '五']);
});

test.each([
  ['nothing to clean', '长文'],
  ['blanks inside', '长 文 '],
  ['ends of lines of Windows', '长\r\n'],
  ['characters that nobody sees', '长\u200b文'],
])(
  'a text with %s that 3,000 cells share costs less than 30 such texts (a pattern for its end in each cell)',
  async (_what, seed) => {
    const texts = Array.from({ length: 30 }, (_, i) => `${i}${seed.repeat(330_000 / seed.length)}尾`);
    const apart = await cpuMs(() => texts.forEach((text) => textCell(text)));
    const shared = await cpuMs(() => {
      for (let cell = 0; cell < 3000; cell += 1) textCell(texts[0] ?? '');
    });
    expect(shared).toBeLessThan(apart);
  },
);
