// Measured values against their limits, exactly; codes of wastes and chemicals (domain reference 2.6).
import { expect, test } from 'vitest';
import { judge } from '../../domain/monitoring/judgement.ts';
import { casNumberSentence, isCasNumber } from '../../domain/values/cas-number.ts';
import { isWasteCode, wasteCategory } from '../../domain/values/waste-code.ts';

const measured = (
  value: string | null,
  given: { operator?: string; low?: string; high?: string; unit?: string | null; limitUnit?: string } = {},
): string =>
  judge({
    value,
    operator: given.operator ?? null,
    unit: given.unit === undefined ? 'mg_L' : given.unit,
    limitLow: given.low ?? null,
    limitHigh: given.high ?? null,
    limitUnit: given.limitUnit ?? null,
  });

test.each([
  ['equal to the limit, written otherwise', '500.0', { high: '500' }, 'within'],
  ['over it by what floating point would lose', '500.0000000000000001', { high: '500' }, 'exceeds'],
  ['a pH in its range', '6', { low: '6', high: '9' }, 'within'],
  ['a pH below', '5.9', { low: '6', high: '9' }, 'exceeds'],
  ['a pH above', '9.01', { low: '6', high: '9' }, 'exceeds'],
  ['below a detection limit under the limit', '0.05', { operator: 'lt', high: '0.5' }, 'within'],
  ['below a detection limit over the limit says nothing', '1', { operator: 'lt', high: '0.5' }, 'unjudged'],
  ['more than what is over the limit', '0.6', { operator: 'gt', high: '0.5' }, 'exceeds'],
  ['more than what is under the limit says nothing', '0.4', { operator: 'gt', high: '0.5' }, 'unjudged'],
  ['in another unit than the limit', '900', { high: '0.5', limitUnit: 'mg_m3' }, 'unjudged'],
  ['without a unit beside a limit that has one', '900', { high: '500', unit: null, limitUnit: 'mg_L' }, 'unjudged'],
  ['without a limit', '900', {}, 'unjudged'],
  ['without a value', null, { high: '5' }, 'unjudged'],
] as const)('a value %s: %s', (_, value, given, judgement) => {
  expect(measured(value, given)).toBe(judgement);
});

test('a CAS number is told by its check digit', () => {
  expect(['7732-18-5', '1330-20-7', '64-17-5', '50-00-0'].every(isCasNumber)).toBe(true);
  expect(['7732-18-4', '1330207', '1330-20-8', ''].some(isCasNumber)).toBe(false);
  expect(casNumberSentence('7732-18-4')).toMatch(/校验位不符/);
  expect(casNumberSentence('水')).toMatch(/写作“7732-18-5”/);
});

test('a hazardous waste names its category in its last two digits', () => {
  expect(wasteCategory('900-249-08')).toBe('HW08');
  expect(wasteCategory('900-003-S17')).toBeNull();
  expect([isWasteCode('900-003-S17'), isWasteCode('900-249-8'), isWasteCode('HW08')]).toEqual([true, false, false]);
});
