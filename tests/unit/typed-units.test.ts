// Numbers that bring their unit into the field beside them; a unit that neither field knows is said instead of dropped.
import { expect, test } from 'vitest';
import { measuredText } from '../../domain/values/measured.ts';
import { fieldMetaOf } from '../../renderer/components/record-fields.ts';
import { unitUnknown, withUnit } from '../../renderer/components/typed-unit.ts';

const AMOUNT = fieldMetaOf('material', 'unit');
const LIMIT = fieldMetaOf('outletLimit', 'unit');

test.each([
  ['45 mg/L', LIMIT, { number: '45', unit: 'mg_L' }],
  ['80 μg/m³', LIMIT, { number: '0.08', unit: 'mg_m3' }],
  ['1,200公斤', AMOUNT, { number: '1200', unit: 'kg' }],
  ['3万吨/年', AMOUNT, { number: '30000', unit: 't' }],
  ['500 克', AMOUNT, { number: '0.5', unit: 'kg' }],
  ['250毫升', AMOUNT, { number: '0.25', unit: 'L' }],
  ['8万度', AMOUNT, { number: '80000', unit: 'kWh' }],
  ['45', AMOUNT, null],
] as const)('%s is taken with its unit', (typed, meta, expected) => {
  expect(withUnit(typed, meta)).toEqual(expected);
  expect(unitUnknown('45', meta)).toBeNull();
});

test('beside a number that has its unit another unit is turned into it, so that the first does not change its meaning', () => {
  expect(withUnit('300公斤', AMOUNT, 't')).toEqual({ number: '0.3', unit: 't' });
  expect(withUnit('20升', AMOUNT, 't')).toBeNull();
  expect(unitUnknown('20升', AMOUNT, 't')).toBe('“升”换算不成 t，请按 t 填写');
  expect(withUnit('760万件/年', fieldMetaOf('product', 'unit'), '万件')).toEqual({ number: '760', unit: '万件' });
});

test('a unit of any words keeps its powers, and a range or a sign is no unit', () => {
  expect(withUnit('20000 m³/h', fieldMetaOf('treatmentFacility', 'capacityUnit'))).toEqual({
    ...{ number: '20000', unit: 'm³/h' },
  });
  expect(withUnit('20000m3/h', fieldMetaOf('treatmentFacility', 'capacityUnit'))?.unit).toBe('m³/h');
  expect([withUnit('6-9', LIMIT), unitUnknown('6-9', LIMIT)]).toEqual([null, null]);
});

test.each([
  ['<0.05', 'lt', '0.05'],
  ['0.004L', 'lt', '0.004'],
  ['ND（0.03）', 'lt', '0.03'],
  ['未检出', 'lt', ''],
  ['>24000', 'gt', '24000'],
  ['7.6', null, '7.6'],
] as const)('the result %s is %s %s', (written, operator, number) => {
  expect(measuredText(written)).toEqual({ operator, number });
});

test('a unit that cannot be turned into one of the field is told with those that can', () => {
  expect(withUnit('3 箩筐', AMOUNT)).toBeNull();
  expect(unitUnknown('3 箩筐', AMOUNT)).toBe('单位里没有“箩筐”，可写 t、kg、L、m³、kWh、万m³、件');
});
