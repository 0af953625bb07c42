// Cells of ledgers that say more than one thing: limits of two ends, codes and names in many spellings, amounts in characters.
import { expect, test } from 'vitest';
import { nameAndSite } from '../../domain/registers/ledgers/whose.ts';
import { yearIn } from '../../domain/registers/ledgers/complete.ts';
import { limitEnds } from '../../domain/values/limit-ends.ts';
import { wasteCodeText } from '../../domain/values/waste-code.ts';
import { knownPollutant, pollutantName } from '../../domain/monitoring/pollutants.ts';
import { hanNumber } from '../../domain/values/han-number.ts';
import { parseFen } from '../../domain/values/money.ts';

test.each([
  ['6-9', '6', '9'],
  ['６～９', '6', '9'],
  ['6.5至8.5', '6.5', '8.5'],
  ['≤60', null, '60'],
  ['不超过 20', null, '20'],
  ['500', null, '500'],
])('the limit %s ends at %s and %s', (text, low, high) => {
  expect(limitEnds(text)).toEqual({ low, high });
});

test.each([
  ['900-249-08', '900-249-08'],
  ['90024908', '900-249-08'],
  ['HW08（900-249-08）', '900-249-08'],
  ['HW17 336-062-17', '336-062-17'],
  ['HW17/336-062-17', '336-062-17'],
  ['900/003/S17', '900-003-S17'],
  ['废油', '废油'],
])('the waste code %s is %s', (text, code) => {
  expect(wasteCodeText(text)).toBe(code);
});

test('one thing that is measured has one name; what is not known keeps its own', () => {
  expect(['CODcr', 'COD', '化学需氧量'].map(pollutantName)).toEqual(['化学需氧量', '化学需氧量', '化学需氧量']);
  expect([pollutantName('pH'), pollutantName('ＮＨ３－Ｎ'), pollutantName(' 四氯乙烯 ')]).toEqual([
    'pH值',
    '氨氮',
    '四氯乙烯',
  ]);
  expect(knownPollutant('报告编号')).toBeNull();
});

test('amounts in characters are amounts, other characters are none', () => {
  expect([hanNumber('贰'), hanNumber('十二'), hanNumber('三万五千'), hanNumber('一亿零二十')]).toEqual([
    2, 12, 35_000, 100_000_020,
  ]);
  expect([hanNumber(''), hanNumber('若干')]).toEqual([null, null]);
  expect([parseFen('贰万元整'), parseFen('人民币壹仟圆伍角'), parseFen('5万元'), parseFen('警告')]).toEqual([
    2_000_000,
    100_050,
    5_000_000,
    null,
  ]);
});

test('a site in brackets is told from a bracket that belongs to the name; a title says a year only where it says one', () => {
  expect(nameAndSite('上海双塘机械有限公司（禾东路厂区）')).toEqual({ name: '上海双塘机械有限公司', site: '禾东路' });
  expect(nameAndSite('上海双塘（中国）有限公司')).toEqual({ name: '上海双塘（中国）有限公司', site: null });
  expect([
    yearIn(['2024年度', '']),
    yearIn(['评价结果', '2023年度结果']),
    yearIn(['2023年和2024年']),
    yearIn([]),
  ]).toEqual([2024, 2023, null, null]);
});
