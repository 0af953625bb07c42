// Long forms are divided by their definition: a field that no group names would be asked for nowhere.
import { expect, test } from 'vitest';
import { writableFields } from '../../domain/dictionary/entity.ts';
import { ENTITIES } from '../../domain/entities.ts';
import { industriesOf } from '../../services/knowledge/index.ts';
import { inUnit } from '../../domain/registers/units.ts';

test.each(ENTITIES.filter(({ groups }) => groups.length > 0).map((entity) => [entity.label, entity] as const))(
  'every field of the form of %s stands in one group, and none twice',
  (_label, entity) => {
    const named = entity.groups.flatMap(({ fields }) => fields);
    const asked = writableFields(entity as never)
      .filter(({ name, meta }) => !meta.numbered && !name.endsWith('Precision'))
      .map(({ name }) => name);
    expect(asked.filter((name) => !named.includes(name))).toEqual([]);
    expect(named).toHaveLength(new Set(named).size);
  },
);

test('an industry is found by what people call it, by a part of its name, by the beginning of its code, and not by chance', () => {
  const { find } = industriesOf('resources');
  expect(find('电镀', 5).map(({ code }) => code)).toEqual(['3360']);
  expect(find('汽修', 5)).toMatchObject([{ code: '8111', spoken: '汽修' }]);
  expect(find('黑色金属铸造', 5)[0]?.code).toBe('3391');
  expect(find('339', 9).map(({ code }) => code)).toEqual(expect.arrayContaining(['3391', '3392']));
  expect(find('C3360', 5).map(({ code }) => code)).toEqual(['3360']);
  expect(find('天外', 5)).toEqual([]);
});

test.each([
  ['5', 'm', 'm', '5'],
  ['2500', '毫米', 'm', '2.5'],
  ['8', '小时', 'h', '8'],
  ['35', '度', '℃', '35'],
  ['78', 'dB', 'dB(A)', '78'],
  ['0.8', '吨', 'kg', '800'],
  ['8.6', '万元', '元', '86000'],
  ['15', '亩', 'm²', '10000'],
  ['7.5', '亩', 'm²', '5000'],
  ['7', '亩', 'm²', '4666.67'],
  ['1.2', '公顷', 'm²', '12000'],
  ['3', '万平方米', 'm²', '30000'],
  ['250', '公斤/年', 't', '0.25'],
  ['0.3', '万吨', 't', '3000'],
  ['30', '斤', 'kg', '15'],
  ['2401', '斤', 't', '1.2005'],
  ['5', '万斤', 't', '25'],
  ['1', '条', '台', '1'],
  ['3', '个月', '天', '90'],
  ['86000', '度', '万kWh', '8.6'],
  ['12000', '立方米', '万m³', '1.2'],
  ['420', '克/升', 'g/L', '420'],
  ['80', 'µg/m³', 'mg/m³', '0.08'],
  ['6', '亩', 't', null],
])('%s %s in %s is %s', (value, from, to, expected) => {
  expect(inUnit(value, from, to)).toBe(expected);
});
