// What names of files say: paper, number, day, whose. A name that says two things says nothing for sure.
import { expect, test } from 'vitest';
import { SCANNED } from '../../domain/entities.ts';
import { fieldsOf } from '../../domain/dictionary/entity.ts';
import { readFileName, titleOf } from '../../domain/scans/file-name.ts';
import { whoseScan, type KnownEnterprise } from '../../domain/scans/whose.ts';
import { ATTACHMENT_KINDS } from '../../domain/attachments/entities.ts';
import { nameKey } from '../../domain/values/name-key.ts';
import { makeCode } from '../support/register-import.ts';

const PAPERS = [...SCANNED.values()].map(({ paper: { id, label, words = [] } }) => ({ id, label, words }));
const [CODE, OTHER] = [makeCode('1'), makeCode('2')];
const known = (id: string, name: string, more: Partial<KnownEnterprise> = {}): KnownEnterprise => ({
  ...{
    id,
    name,
    key: nameKey(name).toLowerCase(),
    creditCode: null,
    siteNo: '001',
    internalCode: `HC-${id}`,
    others: [],
  },
  ...more,
});
const TOWN = [
  known('0001', '上海宏达塑料制品有限公司', { creditCode: CODE }),
  known('0002', '上海宏达塑料制品有限公司青禾分公司'),
  known('0003', '上海川岚金属制品有限公司', { others: ['上海青禾金属厂'] }),
  known('0004', '上海绿屏金属制品有限公司', { creditCode: OTHER }),
  known('0005', '上海绿屏金属制品有限公司', { creditCode: OTHER, siteNo: '002' }),
];
const whose = (name: string) => {
  const { id, doubt } = whoseScan(readFileName(name, PAPERS), TOWN);
  return [id, doubt === null ? 'sure' : 'doubt'];
};

test.each([
  ['环评批复_沪浦环保许评〔2021〕12号.pdf', 'eia_approval', '环评批复 沪浦环保许评〔2021〕12号'],
  [
    '关于新建项目环境影响报告表的批复 沪环许评[2020]305号.pdf',
    'eia_approval',
    '环评批复 沪环许评[2020]305号 关于新建项目',
  ],
  ['排污许可证执行报告2024年度.pdf', 'execution_report', '执行报告 2024年度'],
  ['排污许可证副本.jpg', 'discharge_permit', '排污许可证'],
  ['应急预案备案表 310112-2024-045-L.png', 'plan_filing', '应急预案备案表 310112-2024-045-L'],
  ['验收监测报告 2023-06-30.pdf', 'acceptance_report', '验收报告 2023-06-30'],
  ['监测报告 20250312 废水.pdf', 'monitoring_report', '监测报告 2025-03-12 废水'],
  ['危废合同 2025年度.pdf', 'waste_contract', '危废处置合同 2025年度'],
  ['行政处罚决定书.pdf', 'penalty_decision', '行政处罚决定书'],
])('%s is %s', (name, paper, title) => {
  const read = readFileName(name, PAPERS);
  expect(read.papers).toEqual([paper]);
  expect(titleOf(SCANNED.get(paper)?.paper.label ?? '', read, read.rest)).toBe(title);
});

test('two papers in one name are a question, and a camera names none', () => {
  expect(readFileName('环评批复及验收意见.pdf', PAPERS).papers).toEqual(['eia_approval', 'acceptance_opinion']);
  expect(readFileName('IMG_20250312_103022.jpg', PAPERS)).toMatchObject({ papers: [], day: '2025-03-12' });
  expect(readFileName('20251345.jpg', PAPERS).day).toBeNull();
});

test('whose a file is: code, number, the longest name, a former name; a part of a name only proposes', () => {
  expect(whose(`${CODE}001U 排污许可证.pdf`)).toEqual(['0001', 'sure']);
  expect(whose('HC-0003 营业执照.pdf')).toEqual(['0003', 'sure']);
  expect(whose('XHC-00031 营业执照.pdf')).toEqual([null, 'doubt']);
  expect(whose('上海宏达塑料制品有限公司青禾分公司-环评.pdf')).toEqual(['0002', 'sure']);
  expect(whose('上海青禾金属厂 验收意见.pdf')).toEqual(['0003', 'sure']);
  expect(whose('川岚 金属/川岚金属 环评批复.pdf')).toEqual(['0003', 'doubt']);
  expect(whose('金属制品 环评批复.pdf')).toEqual([null, 'doubt']);
  expect(whose('IMG_0001.jpg')).toEqual([null, 'doubt']);
});

test('two sites of one code are told by the site in the number, else a question; name and code of two are one too', () => {
  expect(whose(`${OTHER}002R.pdf`)).toEqual(['0005', 'sure']);
  expect(whose(`${OTHER}.pdf`)).toEqual([null, 'doubt']);
  expect(whose(`上海川岚金属制品有限公司 ${CODE}.pdf`)).toEqual([null, 'doubt']);
});

test('a code that is not that of the enterprise on file is looked at', () => {
  expect(whose(`上海宏达塑料制品有限公司 ${makeCode('3')} 营业执照.pdf`)).toEqual(['0001', 'doubt']);
});

test('papers of the kinds name fields and kinds of attachment that are there, and no word tells two of them', () => {
  const words = new Map<string, string>();
  for (const { of, paper } of SCANNED.values()) {
    const fields = fieldsOf(of).map(({ name }) => name);
    for (const field of [paper.number, ...Object.keys(paper.of ?? {})]) if (field) expect(fields).toContain(field);
    const as = paper.as ?? 'document';
    expect(ATTACHMENT_KINDS.ids).toContain(as);
    expect(of.facets.attach).toContain(as);
    for (const word of [paper.label, ...(paper.words ?? [])]) {
      expect(words.get(word) ?? paper.id, word).toBe(paper.id);
      words.set(word, paper.id);
    }
  }
});
