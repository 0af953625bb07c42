// What deserves a second look in the basic information of enterprises, and what may be proposed (domain reference 2.2–2.4, 6).
import { UNASSIGNED_AREA } from '../areas/entities.ts';
import { defineCondition, type Condition, type Filter, type NamedCondition } from '../dictionary/filter.ts';
import {
  defineQualityCheck,
  textIn,
  type Proposal,
  type QualityCheck,
  type QualityRow,
} from '../dictionary/quality.ts';
import { guessKind } from '../registers/object-kind-guess.ts';
import { CHINA } from '../values/coordinates.ts';
import { checkCreditCode, creditCodeMeant, creditCodeOfPermit, creditCodeSentence } from '../values/credit-code.ts';
import { sectionOfCode, type IndustryIndex } from '../values/industry-code.ts';
import { OBJECT_KINDS } from './vocabulary.ts';

const of = 'enterprise';
const IN_SCOPE: Condition = { is: 'inScope' };

/** What these checks ask that only SQL can say. */
export const enterpriseQualityConditions: readonly NamedCondition[] = [
  defineCondition({ id: 'creditCodeWrong', of, label: '信用代码不合规则', where: 'sql', slow: true }),
  defineCondition({ id: 'industryCodeUnknown', of, label: '行业代码不在标准内', where: 'sql' }),
  defineCondition({ id: 'objectKindGuessed', of, label: '对象类型是推测的', where: 'sql', slow: true }),
  defineCondition({ id: 'farFromTown', of, label: '坐标远离本镇', where: 'sql', slow: true }),
];

/** A look-alike character or a tail that was put right. */
function codeMeant(text: string, beside: Proposal['values']): Proposal | null {
  const code = creditCodeMeant(text);
  return code ? { values: { creditCode: code, ...beside }, reason: `按校验规则，“${text}”应写作 ${code}` } : null;
}

const codes: readonly QualityCheck[] = [
  defineQualityCheck({
    id: 'creditCodeAside',
    of,
    topic: 'codes',
    label: '待核的信用代码',
    why: '名册里的代码不合校验规则，原文另放着，档案现在没有代码，同一家企业容易重复建档',
    todo: '有建议的核对后采用；没有的对照营业执照补填',
    where: [
      { field: 'creditCodeQuarantine', op: 'filled' },
      { field: 'creditCode', op: 'empty' },
    ],
    shows: ['creditCodeQuarantine'],
    says: (row) => creditCodeSentence(checkCreditCode(textIn(row, 'creditCodeQuarantine'))),
    propose: (row) => codeMeant(textIn(row, 'creditCodeQuarantine'), { creditCodeQuarantine: null }),
  }),
  defineQualityCheck({
    id: 'creditCodeWrong',
    of,
    topic: 'codes',
    label: '不合规则的信用代码',
    why: '代码校验不符，也没有人确认过执照上就是这样',
    todo: '有建议的核对后采用；执照上确实如此的，在档案里写明“代码确认依据”',
    where: [{ is: 'creditCodeWrong' }],
    shows: ['creditCode'],
    says: (row) => creditCodeSentence(checkCreditCode(textIn(row, 'creditCode'))),
    propose: (row) => codeMeant(textIn(row, 'creditCode'), {}),
  }),
  defineQualityCheck({
    id: 'creditCodeMissing',
    of,
    topic: 'codes',
    label: '没有信用代码',
    why: '没有代码也没有说明原因，查重、申报和移交都对不上',
    todo: '有建议的核对后采用；没有的补填代码，或选择无代码的原因',
    where: [
      { field: 'creditCode', op: 'empty' },
      { field: 'creditCodeQuarantine', op: 'empty' },
      {
        any: [
          [{ field: 'creditCodeMissingReason', op: 'empty' }],
          [{ field: 'creditCodeMissingReason', op: 'eq', value: 'unknown' }],
        ],
      },
      IN_SCOPE,
    ],
    shows: ['permitNumber', 'oldRegNo'],
    propose: (row) => {
      const number = textIn(row, 'permitNumber');
      const code = creditCodeOfPermit(number);
      return code ? { values: { creditCode: code }, reason: `排污许可编号 ${number} 的前 18 位` } : null;
    },
  }),
  defineQualityCheck({
    id: 'industryCodeMissing',
    of,
    topic: 'codes',
    label: '没有行业代码',
    why: '适用的检查项、许可类别和行业提示都按行业代码判断',
    todo: '行业名称能对上标准的，核对后采用建议；其余在档案里按词查找',
    where: [{ field: 'industryCode', op: 'empty' }, IN_SCOPE],
    shows: ['industryName'],
    propose: (row, { industries }) => industryMeant(row, industries),
  }),
  defineQualityCheck({
    id: 'industryCodeUnknown',
    of,
    topic: 'codes',
    label: '标准里没有的行业代码',
    why: 'GB/T 4754-2017 没有这个大类，按行业判断的内容都落空',
    todo: '行业名称能对上标准的，核对后采用建议；其余对照执照改正',
    where: [{ is: 'industryCodeUnknown' }],
    shows: ['industryCode', 'industryName'],
    propose: (row, { industries }) => industryMeant(row, industries),
  }),
];

/** The code of an industry that is given in words. */
function industryMeant(row: QualityRow, industries: IndustryIndex): Proposal | null {
  const found = industries.parse(textIn(row, 'industryName'));
  if (!found.ok || found.industry.code === '') return null;
  const { code, name } = found.industry;
  return { values: { industryCode: code }, reason: `行业名称与 ${code} ${name} 对应` };
}

const PLACED: Filter = [
  { field: 'longitude', op: 'filled' },
  { field: 'latitude', op: 'filled' },
];

const places: readonly QualityCheck[] = [
  defineQualityCheck({
    id: 'coordinatesSwapped',
    of,
    topic: 'places',
    label: '经纬度填反',
    why: '国内的经度总比纬度大，填反的点落在国外',
    todo: '采用建议，两个值对调',
    where: [
      { field: 'longitude', op: 'between', value: CHINA.latitude.map(Number) },
      { field: 'latitude', op: 'between', value: CHINA.longitude.map(Number) },
    ],
    shows: ['longitude', 'latitude'],
    propose: (row) => ({
      values: { longitude: textIn(row, 'latitude'), latitude: textIn(row, 'longitude') },
      reason: '经度和纬度填反了，对调后在国内',
    }),
  }),
  defineQualityCheck({
    id: 'farFromTown',
    of,
    topic: 'places',
    label: '坐标不在本镇',
    why: '不在国内，或离同街镇其他企业约 50 公里以上，多半是数字写错',
    todo: '到档案里核对经纬度，或换成别的街镇',
    where: [{ is: 'farFromTown' }],
    shows: ['townId', 'longitude', 'latitude'],
  }),
  defineQualityCheck({
    id: 'coordinatesHalf',
    of,
    topic: 'places',
    label: '只有经度或只有纬度',
    why: '一个值定不了位置',
    todo: '补全，或都清空',
    where: [
      {
        any: [
          [
            { field: 'longitude', op: 'filled' },
            { field: 'latitude', op: 'empty' },
          ],
          [
            { field: 'longitude', op: 'empty' },
            { field: 'latitude', op: 'filled' },
          ],
        ],
      },
    ],
    shows: ['longitude', 'latitude'],
  }),
  defineQualityCheck({
    id: 'coordinateSystemUnknown',
    of,
    topic: 'places',
    label: '坐标系不详',
    why: '不同坐标系的同一个点可差几百米，不猜',
    todo: '问清提供坐标的人；同一来源的可以选中后批量修改坐标系',
    where: [
      ...PLACED,
      {
        any: [
          [{ field: 'coordinateSystem', op: 'empty' }],
          [{ field: 'coordinateSystem', op: 'eq', value: 'unknown' }],
        ],
      },
    ],
    shows: ['longitude', 'latitude', 'coordinateSystem'],
  }),
];

const basics: readonly QualityCheck[] = [
  defineQualityCheck({
    id: 'objectKindOther',
    of,
    topic: 'basics',
    label: '对象类型没有确定',
    why: '“其他”不知道该填哪些资料、查哪些项目',
    todo: '有建议的核对后采用；其余在档案里选定',
    where: [{ field: 'objectKind', op: 'eq', value: 'other' }, IN_SCOPE],
    shows: ['industryCode', 'industryName'],
    propose: (row, { industries }) => {
      const [code, industry] = [textIn(row, 'industryCode'), textIn(row, 'industryName')];
      const facts = { name: textIn(row, 'name'), code, industry, section: sectionOfCode(code) };
      const guess = guessKind(facts, industries);
      if (!guess || guess.objectKind === 'other') return null;
      const kind = OBJECT_KINDS.labels[guess.objectKind as keyof typeof OBJECT_KINDS.labels];
      const from = guess.from === 'industry' ? '行业' : '单位名称';
      return { values: { objectKind: guess.objectKind }, reason: `按${from}里的“${guess.word}”推测是${kind}` };
    },
  }),
  defineQualityCheck({
    id: 'operatingStatusUnknown',
    of,
    topic: 'basics',
    label: '经营状态不详',
    why: '不知道是否在产，仍按在服务范围内统计',
    todo: '走访或电话核实后填写；查不到的选“查无”',
    where: [{ field: 'operatingStatus', op: 'eq', value: 'unknown' }],
    shows: ['operatingStatus', 'operatingStatusDate'],
  }),
  defineQualityCheck({
    id: 'townUnassigned',
    of,
    topic: 'basics',
    label: '街镇未划分',
    why: '名册没有写街镇，报告里归不到任何地方',
    todo: '填村居，街镇跟着村居；或选中后批量修改街镇',
    where: [{ field: 'townId.name', op: 'eq', value: UNASSIGNED_AREA }],
    shows: ['address', 'villageId'],
  }),
  defineQualityCheck({
    id: 'placeMissing',
    of,
    topic: 'basics',
    label: '没有村居或园区',
    why: '按村居分组的名单和排名里找不到它',
    todo: '按地址补填村居或园区，可以选中后批量修改',
    where: [{ is: 'withoutVillage' }, IN_SCOPE],
    shows: ['address', 'townId'],
  }),
];

/** All checks of the enterprise itself. */
export const ENTERPRISE_QUALITY: readonly QualityCheck[] = [
  defineQualityCheck({
    id: 'suspectedDuplicate',
    of,
    topic: 'twins',
    label: '疑似重复',
    why: '同一家企业两份档案，检查和问题各记各的；同一法人的不同厂区不算重复',
    todo: '逐对核对：是一家就合并；同一法人的不同厂区把厂区序号改开；名册误标的在档案里点“不是重复”',
    where: [{ is: 'suspectedDuplicate' }],
    shows: ['creditCode', 'address'],
    settled: 'merge',
  }),
  ...codes,
  ...places,
  ...basics,
  defineQualityCheck({
    id: 'objectKindGuessed',
    of,
    topic: 'guesses',
    label: '推测的对象类型',
    why: '名册没有写类型，导入时按行业或名称推测，还没有人核实过基本信息',
    todo: '对的在档案里点“核实”基本信息；不对的改对象类型，可以选中后批量修改',
    where: [{ is: 'objectKindGuessed' }],
    shows: ['objectKind', 'industryName'],
  }),
  defineQualityCheck({
    id: 'fileStale',
    of,
    topic: 'stale',
    label: '档案久未核实',
    why: '180 天没有人核实过任何一部分，现场多半已有变化',
    todo: '排入计划，现场核实后在档案里点“核实”',
    where: [{ is: 'stale', value: 180 }, IN_SCOPE],
    shows: ['fileUpdatedDate', 'lastVisitDate', 'responsibleStaffId'],
  }),
];
