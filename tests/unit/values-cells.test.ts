// Numbers, money, phones, positions, yes/no and headings as registers write them (domain reference 6.1, 6.2).
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { parseCoordinate, parsePosition } from '../../domain/values/coordinates.ts';
import { compareDecimals, parseDecimal } from '../../domain/values/decimal.ts';
import { parseFourState } from '../../domain/values/four-state.ts';
import { formatFen, parseFen } from '../../domain/values/money.ts';
import { isMobile, maskPhone, splitPhones } from '../../domain/values/phone.ts';
import {
  headingParts,
  isUnknownToken,
  normaliseHeading,
  normaliseText,
  squeezeText,
  trimEdges,
} from '../../domain/values/text.ts';

test.each([
  ['1,200', '1200'],
  ['１２．５０', '12.50'],
  ['约120', '120'],
  ['100以上', '100'],
  ['<0.05', '0.05'],
  ['1.5E-3', '0.0015'],
  ['1.2万', '12000'],
  ['-0', '0'],
  ['007.50', '7.50'],
  ['.5', '0.5'],
  ['1 200', '1200'],
])('the number %s is stored as %s', (text, value) => {
  expect(parseDecimal(text)).toMatchObject({ kind: 'value', value });
});

test('words around a number are kept, and its unit', () => {
  expect(parseDecimal('约1,200吨/年')).toEqual({
    kind: 'value',
    value: '1200',
    unit: '吨/年',
    qualifier: 'about',
    note: '约',
  });
  expect(parseDecimal('50人以上')).toMatchObject({ value: '50', unit: '人', qualifier: 'at_least' });
  expect(parseDecimal('300万元')).toMatchObject({ value: '300', unit: '万元' });
  expect(parseDecimal('1200m3/d')).toMatchObject({ value: '1200', unit: 'm3/d' });
});

test('a range and a decimal comma are asked about; words are refused', () => {
  expect(parseDecimal('10-20')).toMatchObject({ kind: 'ask', candidates: ['10', '20'] });
  expect(parseDecimal('1,2')).toMatchObject({ kind: 'ask', candidates: ['1.2', '12'] });
  expect(parseDecimal('很多').kind).toBe('invalid');
  expect(parseDecimal('不详').kind).toBe('unknown');
  expect(parseDecimal('').kind).toBe('empty');
});

test('a spreadsheet number loses its floating-point tail, not its value', () => {
  expect(parseDecimal(0.1 + 0.2)).toMatchObject({ value: '0.3' });
  expect(parseDecimal(1e-7)).toMatchObject({ value: '0.0000001' });
  expect(parseDecimal(Number.NaN).kind).toBe('invalid');
});

test('decimals compare exactly', () => {
  expect(compareDecimals('0.30', '0.3')).toBe(0);
  expect(compareDecimals('-1.5', '-1.49')).toBe(-1);
  expect(compareDecimals('90071992547409930.1', '90071992547409930.2')).toBe(-1);
  fc.assert(
    fc.property(fc.integer(), fc.integer(), (a, b) => compareDecimals(String(a), `${b}.0`) === Math.sign(a - b)),
  );
});

test('money is exact: fen, rounded half up beyond it', () => {
  expect(parseFen('1234.565')).toBe(123457);
  expect(parseFen('￥1,200.50')).toBe(120050);
  expect(parseFen('12.5万元')).toBe(12_500_000);
  expect(parseFen('12吨')).toBeNull();
  expect(formatFen(123456789)).toBe('1,234,567.89');
  expect(formatFen(-5)).toBe('-0.05');
});

test('several phones in one cell are separated, names beside them kept', () => {
  expect(splitPhones('13812346021、021-58881234/张三13900001111').map((p) => [p.number, p.kind])).toEqual([
    ['13812346021', 'mobile'],
    ['021-58881234', 'landline'],
    ['13900001111', 'mobile'],
  ]);
  expect(splitPhones('张三 138-1234-6021')).toEqual([{ number: '13812346021', kind: 'mobile', note: '张三' }]);
  expect(splitPhones('1381234602113900001111').map((p) => p.number)).toEqual(['13812346021', '13900001111']);
  expect(splitPhones('138 1234 6021 139 0000 1111').map((p) => p.number)).toEqual(['13812346021', '13900001111']);
  expect(splitPhones(13812346021)).toEqual([{ number: '13812346021', kind: 'mobile' }]);
  expect(splitPhones('13812346021.0').map((p) => p.number)).toEqual(['13812346021']);
  expect(splitPhones('58881234-802').map((p) => p.number)).toEqual(['58881234-802']);
  for (const text of [
    '(138)12346021',
    '138.1234.6021',
    '138－1234－6021',
    '86-13812346021',
    '１３８　１２３４　６０２１',
    '（+86）13812346021',
    '(86) 138-1234-6021',
    '手机：13812346021',
    'Tel: 138 1234 6021',
  ])
    expect(splitPhones(text)).toEqual([{ number: '13812346021', kind: 'mobile' }]);
  for (const text of [
    '021 5888 1234',
    '02158881234',
    '（021）58881234',
    '021—58881234',
    '+86-21-58881234',
    '0086 21 5888 1234',
    '+8602158881234',
    '电话 021-58881234',
  ])
    expect(splitPhones(text)).toEqual([{ number: '021-58881234', kind: 'landline' }]);
  expect(splitPhones('2024.5.1').map((p) => p.number)).toEqual(['2024.5.1']);
  expect(splitPhones('找门卫')).toEqual([{ number: '找门卫', kind: 'other' }]);
  expect(splitPhones('')).toEqual([]);
});

test('masking hides the middle of every kind of number', () => {
  expect(maskPhone('13812346021')).toBe('138****6021');
  expect(maskPhone('+86 138 1234 6021')).toBe('138****6021');
  expect(maskPhone('021-58881234')).toBe('021-****1234');
  expect(maskPhone('13812346021/１３９ ００００ １１１１')).toBe('138****6021/139****1111');
  expect(maskPhone('张三 138.1234.6021')).toBe('张三 138****6021');
  expect(maskPhone('')).toBe('');
  expect([isMobile('12812346021'), isMobile('1381234602'), isMobile('138-1234-6021')]).toEqual([false, false, true]);
});

test('degree-minute-second becomes decimal, exactly rounded', () => {
  expect(parseCoordinate('121°30\'44.5"')).toMatchObject({ degrees: '121.5123611', converted: true });
  expect(parseCoordinate('东经121度30分')).toMatchObject({ degrees: '121.5000000', axis: 'longitude' });
  expect(parseCoordinate('31.123456')).toMatchObject({ degrees: '31.123456', converted: false });
  expect(parseCoordinate('121°75\'00"').kind).toBe('invalid');
});

test('swapped coordinates are put right and said; a position elsewhere is refused', () => {
  expect(parsePosition('31.2', '121.5')).toMatchObject({ longitude: '121.5', latitude: '31.2', swapped: true });
  expect(parsePosition('121.5', '31.2')).toMatchObject({ swapped: false });
  expect(parsePosition('-12345.6', '2345.1').kind).toBe('invalid');
  expect(parsePosition('121.5', '').kind).toBe('invalid');
  expect(parsePosition('', '').kind).toBe('empty');
});

test('yes and no in all their forms; blank is unknown, never no', () => {
  const value = (text: string | number | boolean | null) => parseFourState(text)?.value ?? null;
  expect(['是', '有', '√', 1, 'Y', 'ｙｅｓ', true].map(value)).toEqual(Array(7).fill('yes'));
  expect(['否', '无', '×', 0, 'N', false, '没有'].map(value)).toEqual(Array(7).fill('no'));
  expect(['', null, '不详', '/'].map(value)).toEqual(Array(4).fill('unknown'));
  expect(value('不涉及')).toBe('not_applicable');
  expect(value('厂房东侧')).toBeNull();
  expect(parseFourState('有（危废间20平方米）')).toEqual({ value: 'yes', note: '危废间20平方米' });
});

test('headings lose spaces, stars, (必填) and units, but not brackets that belong to them', () => {
  expect(normaliseHeading(' 统一社会\n信用代码（必填）* ')).toBe('统一社会信用代码');
  expect(headingParts('危废年产量（吨/年）')).toEqual({ heading: '危废年产量', unit: '吨/年' });
  expect(headingParts('噪声(dB(A))')).toEqual({ heading: '噪声', unit: 'dB(A)' });
  expect(normaliseHeading('村（居）')).toBe('村(居)');
  expect(normaliseHeading('单位名称(全称)')).toBe('单位名称(全称)');
  expect(normaliseHeading('检查日期(如:2023-5-6)')).toBe('检查日期');
});

test(
  'what needs no cleaning is left alone, and nothing that needs it: full width, invisible and control ' +
    'characters, spaces, compatibility forms',
  () => {
    const unit = fc.constantFrom(
      '企',
      '龥',
      'A',
      '~',
      '!',
      '7',
      'Ａ',
      '７',
      '㎡',
      '\uFEFF',
      '\u200B',
      '\u0007',
      '\u007F',
      ' ',
      '　',
      '\n',
      '\uF900',
      '①',
      '、',
      'é',
      'e\u0301',
      '\u{20000}',
      '/',
      '无',
    );
    fc.assert(
      fc.property(fc.string({ unit, maxLength: 8 }), (text) => {
        const trimmed = (given: string): string =>
          given
            .replace(/[\u00AD\u200B-\u200F\u202A-\u202E\u2060-\u2064\uFEFF]/g, '')
            .replace(/[\u0000-\u0008\u000B\u000C\u000E-\u001F\u007F]/g, '')
            .trim();
        expect(trimEdges(text)).toBe(trimmed(text));
        expect(normaliseText(text)).toBe(trimmed(text.normalize('NFKC')));
        expect(squeezeText(text)).toBe(trimmed(text.normalize('NFKC')).replace(/\s+/gu, ''));
      }),
    );
  },
);

test.each(['无', ' 不 详 ', 'n/a', 'Null', 'ＮＯＮＥ', '——', '/', '＃N／A', '待补充', '待 核 实', '无　　　　　　'])(
  '%s says that nothing is known',
  (text) => {
    expect(isUnknownToken(text)).toBe(true);
  },
);
test.each(['', '无锡某厂', '无锡市', '0', '7', '1/2', 'NONEX', '暂无许可证'])(
  '%s says something, or nothing at all',
  (text) => {
    expect(isUnknownToken(text)).toBe(false);
  },
);
