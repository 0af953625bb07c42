// Names of enterprises and areas, and industries, for matching (domain reference 2.4, 6.3, 6.4).
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { AreaResolver } from '../../domain/registers/area-resolver.ts';
import { townStem, villageKind, villageStem } from '../../domain/values/area-key.ts';
import { CLASS_NAMES } from '../../domain/values/industry-classes.ts';
import { makeIndustryIndex, sectionOfDivision, type IndustryContent } from '../../domain/values/industry-code.ts';
import { areSimilarNames, nameComparisonKey, nameKey, nameParts } from '../../domain/values/name-key.ts';

const { industries } = JSON.parse(
  readFileSync(new URL('../../resources/content/classifications.json', import.meta.url), 'utf8'),
) as { industries: IndustryContent };
const index = makeIndustryIndex(industries);

test('a name keeps what belongs to it and loses what was noted on it', () => {
  expect(nameKey(' 上海 甲乙（中国）有限公司（已搬迁）。')).toBe('上海甲乙(中国)有限公司');
  expect(nameKey('上海甲乙(有限合伙)')).toBe('上海甲乙(有限合伙)');
  expect(nameParts('上海甲乙厂（停产）').statusHint).toBe('suspended');
  expect(nameParts('上海甲乙厂【关停】').statusHint).toBe('closed');
  expect(nameParts('上海甲乙机械厂-已搬迁')).toMatchObject({ key: '上海甲乙机械厂', statusHint: 'relocated' });
  expect(nameParts('上海甲乙机械厂(拟搬迁)').statusHint).toBe('relocating');
  expect(nameParts('上海新厂（原上海旧厂）')).toEqual({ key: '上海新厂', statusHint: null, formerName: '上海旧厂' });
  expect(nameKey('Ａbc有限公司')).toBe('ABC有限公司');
});

test('有限公司 and 有限责任公司, one works and the next, a branch and its parent stay different', () => {
  expect(nameComparisonKey('上海市甲乙有限公司')).toBe(nameComparisonKey('甲乙有限公司'));
  expect(nameComparisonKey('甲乙有限公司')).not.toBe(nameComparisonKey('甲乙有限责任公司'));
  expect(nameComparisonKey('甲乙机械一厂')).not.toBe(nameComparisonKey('甲乙机械二厂'));
  expect(nameComparisonKey('甲乙公司分公司')).not.toBe(nameComparisonKey('甲乙公司'));
});

test('similarity only for six characters and more, one character apart', () => {
  expect(areSimilarNames('上海甲乙机械有限公司', '上海甲己机械有限公司')).toBe(true);
  expect(areSimilarNames('甲乙饭店', '甲己饭店')).toBe(false);
  expect(areSimilarNames('甲乙机械有限公司', '甲乙机械有限责任公司')).toBe(false);
});

test('villages and towns are found by their stems', () => {
  expect(['许浦村', '许浦村委会', '许浦村村民委员会', '许浦', '华漕镇许浦村'].map((n) => villageStem(n))).toEqual(
    Array(5).fill('许浦'),
  );
  expect(villageStem('村')).toBe('村');
  expect(['华漕镇', '华漕镇人民政府', '闵行区华漕镇', '上海市闵行区华漕镇', '华漕'].map(townStem)).toEqual(
    Array(5).fill('华漕'),
  );
  expect(townStem('南码头路街道办事处')).toBe('南码头路');
  expect([villageKind('新华村'), villageKind('新华居委会'), villageKind('新华')]).toEqual([
    'village',
    'residents',
    null,
  ]);
});

test('a stem that fits a village and a residents committee is asked about', () => {
  const at = { level: 'village', parentId: null, aliases: [] };
  const resolve = (name: string) =>
    new AreaResolver([
      { ...at, id: 'v', name: '新华村' },
      { ...at, id: 'r', name: '新华居委会', aliases: ['老新华'] },
    ]).resolve('village', name, null);
  expect(resolve('新华')).toMatchObject({ kind: 'ambiguous', names: ['新华村', '新华居委会'] });
  expect(resolve('新华村')).toMatchObject({ kind: 'found', area: { id: 'v' }, by: 'name' });
  expect(resolve('新华村委会')).toMatchObject({ kind: 'found', area: { id: 'v' }, by: 'stem' });
  expect(resolve('老新华')).toMatchObject({ kind: 'found', area: { id: 'r' }, by: 'alias' });
  expect(resolve('别处')).toMatchObject({ kind: 'new', area: { name: '别处' } });
});

test('section letters follow from divisions for all 97 of the content library', () => {
  expect(index.divisions).toHaveLength(97);
  for (const division of index.divisions)
    expect([division.code, sectionOfDivision(division.code)]).toEqual([division.code, division.section]);
  expect([sectionOfDivision('00'), sectionOfDivision(98)]).toEqual([null, null]);
});

test.each([
  ['C3311', '3311', 'C', 'class'],
  ['3311', '3311', 'C', 'class'],
  ['金属制品业', '33', 'C', 'division'],
  ['金属制品', '33', 'C', 'division'],
  ['C', '', 'C', 'section'],
  ['Ｃ３３', '33', 'C', 'division'],
  ['33金属制品业', '33', 'C', 'division'],
  ['制造业-金属制品业', '33', 'C', 'division'],
  ['金属制品业（33）', '33', 'C', 'division'],
  ['C制造业', '', 'C', 'section'],
  ['0111', '0111', 'A', 'class'],
])('the industry %s is understood', (text, code, section, level) => {
  expect(index.parse(text)).toMatchObject({ ok: true, industry: { code, section, level } });
});

test('a wrong letter is corrected with a sentence, an unknown division refused', () => {
  const wrong = index.parse('A3311');
  expect(wrong).toMatchObject({ ok: true, industry: { section: 'C' } });
  expect(wrong.ok && wrong.sentence).toContain('门类 C');
  expect(index.parse('9911')).toMatchObject({ ok: false, reason: 'unknown_code' });
  expect(index.parse('造飞船')).toMatchObject({ ok: false, reason: 'unknown_name' });
  expect(index.nameOf('3311')).toBe('金属结构制造');
});

test('classes of four digits and names of older editions are known; each leads to a code that exists', () => {
  for (const [name, code] of [
    ['汽车零部件及配件制造', '3670'],
    ['日用塑料制品制造', '2927'],
    ['其他未列明金属制品制造', '3399'],
    ['机械零部件加工', '3484'],
    ['洗染服务', '8030'],
    ['造纸及纸制品业', '22'],
    ['化学原料及化学制品制造业', '26'],
    ['黑色金属冶炼及压延加工业', '31'],
    ['包装装潢印刷', '2319'],
  ] as const)
    expect(index.parse(name)).toMatchObject({ ok: true, industry: { code } });
  for (const [name, code] of CLASS_NAMES) {
    expect([name, index.nameOf(code)]).not.toEqual([name, null]);
    expect(index.parse(name).ok).toBe(true);
  }
  expect(index.nameOf('2927')).toBe('日用塑料制品制造');
});
