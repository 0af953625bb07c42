// Figures of enterprises, and what everything that belongs to an enterprise is split by (domain reference 4.2).
import { defineCounted, defineDimension, defineFigure } from '../dictionary/figure.ts';
import { FOUND } from '../findings/figures.ts';
import { VISITED } from '../visits/figures.ts';

/** Enterprises that should be visited, as of the as-of day: those of the round chosen, else those in scope. */
const measured = { of: 'enterprise', cohort: 'targets', scope: 'asOf' } as const;
const target = { ...measured, zeroTells: true } as const;
/** Enterprises with a part of their file verified in the period. */
const CHECKED = defineCounted({ of: 'sectionCheck', day: 'date', through: 'enterpriseId' });
const visitedOnes = { by: 'id', in: { ...VISITED, through: 'enterpriseId' } } as const;

/** Enterprises in scope by whether they filled in their sheet in the period; nothing is said where none ever did. */
const sheet = { of: 'enterprise', cohort: 'targets', scope: 'asOf', input: { of: 'enterpriseSheet' } } as const;
const sheetFilled = {
  by: 'id',
  in: defineCounted({ of: 'enterpriseSheet', day: 'filledDate', through: 'enterpriseId' }),
} as const;

export const ENTERPRISE_FIGURES = [
  defineFigure({
    ...target,
    code: 'inScopeEnterprises',
    label: '在册企业数',
    report: {},
    unit: '家',
    definition: '截至日未关停、未搬离的企业；选了轮次时为该轮对象（关停、搬离、查无、重复除外）',
    numerator: [],
  }),
  defineFigure({
    ...target,
    cohort: 'leftTargets',
    code: 'leftEnterprises',
    label: '不计入应查的企业',
    report: {},
    unit: '家',
    definition: '期间内关停、搬离的企业；选了轮次时为该轮中关停、搬离、查无、重复的对象',
    numerator: [],
  }),
  defineFigure({
    code: 'visitedEnterprises',
    label: '检查企业数',
    report: { year: 'visitedEnterprises', period: 'periodVisitedEnterprises' },
    unit: '家',
    of: 'enterprise',
    definition: '期间内至少有一次完成或部分完成检查的企业',
    numerator: { ...VISITED, through: 'enterpriseId' },
    zeroTells: true,
  }),
  defineFigure({
    ...target,
    code: 'unvisitedEnterprises',
    label: '未查企业数',
    report: {},
    unit: '家',
    definition: '应查企业中期间内没有完成检查的',
    numerator: { among: { ...visitedOnes, not: true } },
  }),
  defineFigure({
    ...target,
    code: 'coverageRate',
    label: '巡查覆盖率',
    report: { year: 'coverageRate' },
    unit: '%',
    definition: '检查过的应查企业 ÷ 应查企业',
    numerator: { among: visitedOnes },
    denominator: [],
  }),
  defineFigure({
    code: 'problemEnterpriseRate',
    label: '问题企业占比',
    report: { year: 'problemEnterpriseRate' },
    unit: '%',
    of: 'enterprise',
    definition: '检查中发现问题的企业 ÷ 检查企业数',
    numerator: {
      ...VISITED,
      through: 'enterpriseId',
      among: { by: 'enterpriseId', in: { ...FOUND, through: 'enterpriseId' } },
    },
    denominator: { ...VISITED, through: 'enterpriseId' },
    zeroTells: true,
  }),
  defineFigure({
    code: 'findingsPerEnterprise',
    label: '家均问题数',
    report: {},
    unit: '项/家',
    of: 'finding',
    definition: '发现问题数 ÷ 检查企业数',
    numerator: FOUND,
    denominator: { ...VISITED, through: 'enterpriseId' },
    zeroTells: true,
  }),
  defineFigure({
    ...target,
    code: 'fileRate',
    label: '建档率',
    report: { year: 'fileRate' },
    unit: '%',
    definition: '已建档企业 ÷ 在册企业',
    numerator: [{ field: 'fileEstablishedDate', op: 'le', value: { today: 0 } }],
    denominator: [],
  }),
  defineFigure({
    ...measured,
    code: 'fileUpdateRate',
    label: '档案更新率',
    report: { period: 'fileUpdateRate' },
    unit: '%',
    definition: '期间内有一部分以上经过核实的在册企业 ÷ 在册企业',
    numerator: { among: { by: 'id', in: CHECKED } },
    denominator: [],
    input: { of: 'sectionCheck', lacking: '还没有核实过档案' },
  }),
  defineFigure({
    ...sheet,
    code: 'sheetRate',
    label: '一企一表建立率',
    report: { year: 'sheetRate' },
    unit: '%',
    definition: '期间内填过一企一表的在册企业 ÷ 在册企业',
    numerator: { among: sheetFilled },
    denominator: [],
  }),
  defineFigure({
    ...sheet,
    code: 'sheetMissing',
    label: '未填一企一表的企业',
    report: {},
    unit: '家',
    definition: '在册企业中期间内没有填过一企一表的',
    numerator: { among: { ...sheetFilled, not: true } },
  }),
];

const ofEnterprise = { of: 'enterprise' } as const;

export const ENTERPRISE_DIMENSIONS = [
  defineDimension({ id: 'village', label: '村居', ...ofEnterprise, by: { place: true }, none: '未划分' }),
  defineDimension({ id: 'town', label: '街镇', ...ofEnterprise, by: { area: 'town', field: 'townId' } }),
  defineDimension({ id: 'provider', label: '服务单位', ...ofEnterprise, by: { fields: ['organisationId'] } }),
  defineDimension({
    id: 'team',
    label: '协同人员',
    ...ofEnterprise,
    by: { each: 'enterpriseTeam', fields: ['staffId'] },
    none: '无',
  }),
  defineDimension({
    id: 'person',
    label: '责任人',
    ...ofEnterprise,
    by: { fields: ['responsibleStaffId'] },
    none: '未分配',
  }),
  defineDimension({ id: 'objectKind', label: '对象类型', ...ofEnterprise, by: { fields: ['objectKind'] } }),
  defineDimension({
    id: 'industry',
    label: '行业大类',
    ...ofEnterprise,
    by: { fields: ['industryCode'], first: 2 },
  }),
  defineDimension({
    id: 'permitClass',
    label: '许可类别',
    ...ofEnterprise,
    by: { pick: 'permit', field: 'managementClass', last: 'validTo' },
  }),
  defineDimension({
    id: 'label',
    label: '标签等级',
    ...ofEnterprise,
    by: {
      each: 'label',
      fields: ['system', 'medium', 'value'],
      newest: { by: ['system', 'medium'], day: 'assessedDate', until: 'validTo' },
    },
    none: '未评定',
  }),
];

/** Set over the enterprises in scope, for figures of other kinds. */
export const TARGETS = defineCounted({ of: 'enterprise', cohort: 'targets' });
