// The radar of repeated findings: measured on labelled pairs made before it; places as people write them; what it says.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { radar } from '../../domain/findings/radar.ts';
import { comparePlaces } from '../../domain/findings/radar-places.ts';
import { RADAR_WORDS } from '../../domain/findings/radar-words.ts';
import { measureRadar } from '../../services/findings/index.ts';

const pairs = (name: string): string => readFileSync(join('tests', 'fixtures', 'radar', `${name}.jsonl`), 'utf8');

test.each(['seen', 'measured', 'other-style', 'second-hand'])(
  'finds repeats and few others among the pairs %s',
  (name) => {
    const { precision, recall } = measureRadar(pairs(name));
    expect(precision).toBeGreaterThanOrEqual(0.9);
    expect(recall).toBeGreaterThanOrEqual(0.85);
  },
);

test('300 pairs with items, places and wordings of all trades: precision and recall', () => {
  const { wrong: _wrong, ...measure } = measureRadar(pairs('seen') + pairs('measured'));
  expect(measure.pairs).toBe(300);
  expect(measure.precision).toBeGreaterThanOrEqual(0.9);
  expect(measure.recall).toBeGreaterThanOrEqual(0.85);
});

test.each([
  ['危废间', '危险废物仓库', 'same'],
  ['1#车间', '一号车间', 'same'],
  ['DA001', '1号排气筒', 'same'],
  ['A栋二楼', 'A栋2层', 'same'],
  ['东厂界', '厂界东侧', 'same'],
  ['301实验室', '3楼301室', 'same'],
  ['三楼实验室', '3F实验室', 'same'],
  ['医废间', '医疗废物暂存间', 'same'],
  ['雨水口', '西侧雨水排口', 'near'],
  ['危废间', '1#危废间', 'numbered'],
  ['全厂', 'DA001', 'unknown'],
  [null, '危废间', 'unknown'],
  ['东门雨水口', '西侧雨水口', 'other'],
  ['1号喷漆房', '2#喷漆房', 'other'],
  ['3号楼', '13号楼', 'other'],
  ['A车间', 'B车间', 'other'],
  ['成品仓库', '包材仓库', 'other'],
  ['前处理车间', '后处理车间', 'other'],
])('places %s and %s are %s', (a, b, verdict) => {
  expect(comparePlaces(a, b)).toBe(verdict);
  expect(comparePlaces(b, a)).toBe(verdict);
});

const label = { item: 'GEN-07-04', place: '危废间', text: '三只油桶没有标签' };

test('the same words at another place, and another matter of the same item at the same place, are no repeats', () => {
  expect(radar(label, { ...label, place: '三车间暂存点' }).likely).toBe(false);
  const sign = radar(label, { ...label, text: '门口标志牌脱落' });
  expect(sign.likely).toBe(false);
  expect(sign.reasons).toContain('描述说的不是一件事：危险废物标签；危险废物标志牌');
});

test('says why: item or matter, place, words', () => {
  const { likely, reasons } = radar(label, { item: 'HWR-04-03', place: '危险废物仓库', text: '容器未贴标签' });
  expect(likely).toBe(true);
  expect(reasons).toEqual([
    '同一类问题：危险废物标签',
    '同一位置：危废间（也写作危险废物仓库）',
    '描述都说到：危险废物标签',
  ]);
  expect(radar(label, label).reasons[0]).toBe('同一检查项 GEN-07-04');
});

test('a place that is a record of the enterprise is one place, whatever it is called', () => {
  const here = { ...label, placeId: 'p1' };
  expect(radar(here, { ...here, place: '后院' }).likely).toBe(true);
});

test('every matter names items of the checklists and words that can be looked for', () => {
  const content = JSON.parse(readFileSync(join('resources', 'content', 'checklists.json'), 'utf8')) as {
    templates: { items: { id: string }[] }[];
  };
  const known = new Set(content.templates.flatMap(({ items }) => items.map(({ id }) => id)));
  const unknown = RADAR_WORDS.matters.flatMap(({ items }) => items.filter((item) => !known.has(item)));
  expect(unknown).toEqual([]);
  expect(new Set(RADAR_WORDS.matters.map(({ id }) => id)).size).toBe(RADAR_WORDS.matters.length);
});

test.each([
  ['{"a":{"text":"x"},"b":{"text":"y"},"same":"yes"}\nnonsense', '第 2 行：不是 JSON'],
  ['{"a":{"text":"x"},"b":{"text":""},"same":"yes"}', '第 1 行：缺少 b.text'],
  ['\n\n{"a":{"text":"x"},"b":{"text":"y"},"same":"maybe"}', '第 3 行：same 只能是 yes 或 no'],
  ['[]', '第 1 行：不是一对问题'],
  ['\n', '没有一对问题'],
])('a file of pairs that is not one is refused with its line: %s', (text, sentence) => {
  expect(() => measureRadar(text)).toThrow(sentence);
});
