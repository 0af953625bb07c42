// Which rows of two offices are proposed as one: too few leaves everything doubled, too many joins what are two.
import { expect, test } from 'vitest';
import {
  areaDuplicates,
  enterpriseDuplicate,
  type AreaFacts,
  type EnterpriseFacts,
} from '../../domain/handoff/duplicates.ts';

const area = (id: string, level: string, name: string, parentId: string | null = null): AreaFacts => ({
  id,
  level,
  name,
  parentId,
});

test('areas are one below the same areas; a village of that name in another town is another village', () => {
  const here = [
    area('h1', 'town', '华漕镇'),
    area('h2', 'village', '新华村', 'h1'),
    area('h3', 'town', '徐泾镇'),
    area('h4', 'village', '新华村', 'h3'),
  ];
  const there = [
    area('t3', 'village', '新华村', 't1'),
    area('t1', 'town', '华漕镇'),
    area('t4', 'village', '诸翟村', 't1'),
  ];
  expect(areaDuplicates(there, here).map((d) => [d.id, d.otherId, d.proposed])).toEqual([
    ['t1', 'h1', true],
    ['t3', 'h2', true],
  ]);
});

test('a town entered below its district is offered, not proposed, beside one without a district; a ring of parents ends', () => {
  const here = [area('h1', 'town', '华漕镇')];
  const there = [
    area('t0', 'district', '闵行区'),
    area('t1', 'town', '华漕镇', 't0'),
    area('r1', 'village', '甲村', 'r2'),
    area('r2', 'village', '乙村', 'r1'),
  ];
  expect(areaDuplicates(there, here)).toEqual([
    expect.objectContaining({ id: 't1', otherId: 'h1', proposed: false, reason: 'area' }),
  ]);
});

const enterprise = (id: string, over: Partial<EnterpriseFacts> = {}): EnterpriseFacts => ({
  id,
  name: '上海海明科技有限公司',
  creditCode: '91310000MA1FL3UG2F',
  siteNo: '001',
  townId: 'town',
  villageId: 'village',
  parkId: null,
  address: '联友路1号',
  ...over,
});
const same = (a: string | null, b: string | null): boolean => a !== null && a === b;

test('an equal code proposes only with a like name at a like place; a wrong code and a second site say nothing', () => {
  const judge = (a: Partial<EnterpriseFacts>, b: Partial<EnterpriseFacts> = {}) => {
    const found = enterpriseDuplicate(enterprise('a', a), enterprise('b', b), same);
    return found ? `${found.reason}${found.proposed ? '!' : ''}` : null;
  };
  const valid = '91350100M000100Y43';
  expect(judge({ creditCode: valid }, { creditCode: valid })).toBe('code!');
  expect(judge({ creditCode: valid, villageId: 'x', address: '别处' }, { creditCode: valid })).toBe('code');
  expect(judge({ creditCode: '12345', name: '甲' }, { creditCode: '12345', name: '乙' })).toBeNull();
  expect(judge({ siteNo: '002', name: '上海海明科技有限公司二厂' })).toBeNull();
  expect(judge({ creditCode: null }, { creditCode: null })).toBe('name');
  expect(judge({ creditCode: null, townId: 'other' }, { creditCode: null })).toBeNull();
});
