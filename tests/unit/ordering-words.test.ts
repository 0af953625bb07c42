// The one list of ordering words (domain reference 8.1): orders are found, facts, citations and denials are not, and
// whatever the program says of its own is free of them.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { ENTITIES, PAPERS } from '../../domain/entities.ts';
import { fieldsOf } from '../../domain/dictionary/entity.ts';
import { orderingWords, type Speech } from '../../domain/values/ordering-words.ts';

const FOUND: readonly (readonly [string, string])[] = [
  ['责令你单位立即改正上述问题。', '责令'],
  ['逾期不改的，将依法处罚。', '处罚'],
  ['必须安装活性炭吸附装置。', '必须'],
  ['请立即停止生产，等待复查。', '立即停止'],
  ['对存在问题限期改正，逾期上报。', '限期改正'],
  ['我单位于今日对你单位开展执法检查。', '执法检查'],
  ['责 令\n改正', '责令'],
  ['立即\n停止排放', '立即停止'],
  ['严禁露天焚烧固废。', '严禁'],
  ['务必于月底前完成。', '务必'],
  ['勒令停产整顿。', '停产整顿'],
  ['对你单位予以查封。', '查封'],
  ['限你单位七日内拆除违法建筑。', '拆除'],
  ['拒不配合的，罚款两万元。', '罚款'],
  ['请贵单位立即开启治理设施，不得停运。', '不得'],
  ['停止建设经营并另行选址', '停止建设'],
  ['请立即改正，否则移送执法。', '移送执法'],
  ['对没有环评的责令停产', '责令'],
  ['不改的将移交执法部门处理', '移交执法'],
  ['限期三日内整改完毕', '限期三日内'],
  ['停业整顿期间不对外营业', '停业整顿'],
  ['逾期不改，后果自负。', '后果自负'],
  ['屡改屡犯的，将严肃处理', '严肃处理'],
  ['否则追究你单位负责人的责任', '追究你单位负责人的责任'],
];
const INNOCENT: readonly (readonly [Speech, string])[] = [
  ['own', '建议更换破损的吨桶，并做好防渗。'],
  ['own', '本次为技术服务巡查，不属于行政检查，也不代表行政机关。'],
  ['own', '我单位没有处罚权，以下内容仅供参考。'],
  ['own', '本单不作为行政处罚依据。'],
  ['own', '即知即改 3 项，限期整改 5 项，重大问题 1 项。'],
  ['own', '七、行政处罚与信用评价'],
  ['own', '责令、处罚由主管部门依法作出。'],
  ['own', '建议在停止使用后的一个月内清运废油漆。'],
  ['own', '查封面上的编号与台账一致'],
  ['own', '立即可用的应急物资清单'],
  ['own', '改正后的照片请一并提供。'],
  ['own', '《责令改正违法行为决定书》已于5月整改完成。'],
  ['data', '2025年收到行政处罚决定书（云环罚字〔2025〕12号），罚款5万元，已履行。'],
  ['data', '企业反映：执法检查时未提出其他问题。'],
  ['data', '风机停止运转时请同步停止喷涂。'],
  ['data', '处罚类案例不在本次培训内容中。'],
  ['data', '请核对责任人和令状编号'],
  ['law', '不得在饮用水水源保护区内设置排污口'],
];

test.each(FOUND)('“%s” orders: %s', (text, word) => {
  expect(orderingWords(text)).toContain(word);
});

test.each(INNOCENT)('as %s, “%s” orders nothing', (speech, text) => {
  expect(orderingWords(text, speech)).toEqual([]);
});

/** All texts of a value with their keys. */
function texts(value: unknown, key = ''): [string, string][] {
  if (typeof value === 'string') return [[key, value]];
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, inner]) => texts(inner, Array.isArray(value) ? key : name));
}
const offences = (found: readonly (readonly [string, string])[], speech: Speech = 'own'): string[] =>
  found.flatMap(([key, text]) => {
    const words = orderingWords(text, speech);
    return words.length > 0 ? [`${key}：${text.slice(0, 60)}（${words.join('、')}）`] : [];
  });

describe('what the program says', () => {
  test('papers: every template and label', () => {
    expect(PAPERS.length).toBeGreaterThan(5);
    expect(offences(PAPERS.flatMap((paper) => texts(paper, paper.id)))).toEqual([]);
  });

  test('the dictionary: labels, choices, sentences of every kind', () => {
    const said = ENTITIES.flatMap((entity) => [
      [entity.name, entity.label] as [string, string],
      ...fieldsOf(entity).flatMap(({ name, meta }) => [
        ...texts(meta.label, `${entity.name}.${name}`),
        ...texts(meta.help ?? '', `${entity.name}.${name}`),
        ...texts(meta.vocabulary?.labels ?? {}, `${entity.name}.${name}`),
      ]),
    ]);
    expect(offences(said)).toEqual([]);
  });

  /** Content by its key: suggestions and wordings are printed as they stand, what a law says is cited. */
  const SPEECH: Readonly<Record<string, Speech>> = {
    suggestion: 'suggestion',
    findingWording: 'suggestion',
    findingWordings: 'suggestion',
    consequence: 'law',
  };
  /** What a rule of law asks, in the form of an item to look at. */
  const OF_THE_LAW = ['烟道密闭无泄漏不得改变用途', '污水不得排入雨水管道或外溢'];

  test('checklists: what is looked at, found and suggested', () => {
    const list = texts(JSON.parse(readFileSync('resources/content/checklists.json', 'utf8')));
    expect(list.length).toBeGreaterThan(2000);
    const own = list.filter(([, text]) => !OF_THE_LAW.includes(text));
    expect(own.flatMap(([key, text]) => offences([[key, text]], SPEECH[key] ?? 'own'))).toEqual([]);
  });

  test('the recipe of the demonstration town', () => {
    expect(offences(texts(JSON.parse(readFileSync('resources/demo/recipe.json', 'utf8'))))).toEqual([]);
  });

  /** Headings of ledgers are the words of the offices that keep them: they are read, and never said. */
  const HEADINGS = /\b(?:headings|called): \[[^\]]*\]/gu;

  /** The list itself, and what reads the words of clients' registers. */
  const READS_OTHERS = /ordering-words|registers\/|name-key|enterprises\/vocabulary/;

  test('text blocks in the sources of papers, reports and the demonstration', () => {
    const folders = ['domain', 'services/documents', 'services/reports', 'services/findings', 'services/visits'];
    const files = [...folders, 'services/training', 'services/demonstration'].flatMap((folder) =>
      readdirSync(folder, { recursive: true, encoding: 'utf8' })
        .filter((name) => name.endsWith('.ts') && !READS_OTHERS.test(name))
        .map((name) => join(folder, name)),
    );
    expect(files.length).toBeGreaterThan(100);
    const said = files.flatMap((file) =>
      [
        ...readFileSync(file, 'utf8')
          .replaceAll(HEADINGS, '')
          .matchAll(/(['`])((?:(?!\1)[^\\]|\\.)*\p{Script=Han}(?:(?!\1)[^\\]|\\.)*)\1/gu),
      ].map((match): [string, string] => [file, match[2] ?? '']),
    );
    expect(offences(said)).toEqual([]);
  });
});
