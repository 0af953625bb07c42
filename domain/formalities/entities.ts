// Environmental formalities: EIA, acceptance, discharge permit, emergency plan, hazardous-waste profile (domain reference 2.5, 2.6).
import { defineEntity } from '../dictionary/entity.ts';
import {
  choice,
  day,
  decimal,
  flag,
  fourState,
  longText,
  money,
  reference,
  text,
  vagueDay,
  type Advised,
} from '../dictionary/field.ts';
import { daysInOrder } from '../dictionary/period.ts';
import { PRODUCING_KINDS } from '../enterprises/vocabulary.ts';
import { ACCEPTANCE_IN_ORDER, EIA_IN_ORDER, PERMIT_IN_ORDER, PLAN_IN_ORDER, WASTE_IN_ORDER } from './in-order.ts';
import { vocabulary } from '../dictionary/vocabulary.ts';
import { blockOfEnterprise, enterpriseId, ofEnterprise } from '../enterprises/part.ts';
import { addDays, addYears } from '../values/day.ts';
import { HAZARDOUS_KINDS } from '../waste/vocabulary.ts';
import { inForce } from './conditions.ts';
import { otherLicence } from './licences.ts';
import { executionReport } from './reports.ts';
import { eiaTotal } from './totals.ts';
import { ACCEPTANCE_SCANS, EIA_SCANS, PERMIT_SCANS, PLAN_SCANS } from './scans.ts';
import { PERMIT_TODAY, PLAN_TODAY, WASTE_TODAY } from './today.ts';

export const EIA_KINDS = vocabulary(
  {
    report_book: '报告书',
    report_form: '报告表',
    registration_form: '登记表',
    exempt: '不纳入/豁免',
    missing: '缺',
  },
  {
    report_book: '书 环评报告书 环境影响报告书',
    report_form: '表 环评报告表 环境影响报告表',
    registration_form: '环评登记表 环境影响登记表 备案登记表 登记 备案 登记备案',
    exempt: '豁免 无需环评 免于环评 不纳入 不涉及 无需办理 无需',
    missing: '无环评 未办理 未办 未批先建 缺失 未做环评 无手续',
  },
);
export const EIA_NATURES = vocabulary(
  {
    new: '新建',
    rebuild: '改建',
    expand: '扩建',
    technical_change: '技改',
    relocate: '迁建',
  },
  {
    new: '新建项目',
    rebuild: '改建项目',
    expand: '改扩建 扩建项目 改、扩建',
    technical_change: '技术改造 技改项目',
    relocate: '搬迁 迁建项目 异地迁建',
  },
);
export const ACCEPTANCE_KINDS = vocabulary(
  {
    self: '自主验收',
    authority_solid_noise_legacy: '行政验收',
    exempt: '无需验收',
    pending: '待验收',
  },
  {
    self: '自验收 企业自主验收 已自主验收 自主',
    authority_solid_noise_legacy: '环保局验收 行政许可验收 已通过环保局验收',
    exempt: '无需 不需要 不涉及 豁免',
    pending: '未验收 否 未 未完成验收 待验收 验收中 未办理 N NO × 0',
  },
);
export const PERMIT_CLASSES = vocabulary(
  {
    key: '重点管理',
    simplified: '简化管理',
    registration: '登记管理',
    not_required: '无需办理',
    missing: '缺',
  },
  {
    key: '重点 重点排污许可 重点管理类',
    simplified: '简化 简化管理类',
    registration: '登记 排污登记 登记管理类 登记类 排污许可登记 固定污染源排污登记',
    not_required: '无需 不需要 无须办理 豁免 免于登记 不涉及 未纳入 无需申领 无需登记',
    missing: '未办理 未办 未申领 未登记 应办未办 未取得',
  },
);
export const PLAN_RISK_GRADES = vocabulary(
  { general: '一般', larger: '较大', major: '重大' },
  {
    general: '一般环境风险 一般风险 一般级 L',
    larger: '较大环境风险 较大风险 较大级 M',
    major: '重大环境风险 重大风险 重大级 H',
  },
);
export const HAZ_WASTE_CLASSES = vocabulary(
  { key: '重点监管', simplified: '简化管理', registration: '登记管理' },
  { key: '重点 重点管理 重点源', simplified: '简化', registration: '登记' },
);

/** Asked of those that make or store something, and only where nobody said that there is none. */
const WITH_PRODUCTION: Advised = { objectKinds: PRODUCING_KINDS };
const NONE = ['no', 'not_applicable'];
const PLAN_NEEDED: Advised = { ...WITH_PRODUCTION, unless: { field: 'required', is: NONE } };
const WASTE_MADE: Advised = { ...WITH_PRODUCTION, unless: { field: 'generates', is: NONE } };
/** What stands with the hazardous wastes themselves is not asked for once more. */
const WASTE_TOLD = (field: string): Advised => ({
  ...WASTE_MADE,
  also: { kind: 'wasteStream', field, where: { field: 'kind', is: HAZARDOUS_KINDS } },
});
const PERMIT_HELD: Advised = { unless: { field: 'managementClass', is: ['not_required'] } };

export const eiaProject = defineEntity({
  name: 'eiaProject',
  label: '环评项目',
  ...ofEnterprise,
  title: 'projectName',
  inOrder: EIA_IN_ORDER,
  scanned: EIA_SCANS,
  facets: {
    file: { tab: 'formalities', order: 1, count: true },
    timeline: null,
    dossier: { section: 'formalities', order: 1 },
    register: {
      order: 4,
      find: ['approvalNo', 'filingNo', 'projectName'],
      otherwise: { projectName: '{enterprise}建设项目' },
      ledger: {
        called: ['环评', '环评手续', '环境影响评价'],
        headings: {
          projectName: ['工程名称', '建设项目', '项目'],
          documentKind: ['环评文件类型', '文件类型', '报告类型'],
          compiler: ['编制单位'],
          totalInvestment: ['总投资', '投资额'],
          note: ['备注', '说明'],
        },
        remark: 'note',
      },
    },
    attach: ['document', 'photo', 'signed_paper'],
    search: null,
    page: { within: 'enterpriseId' },
    write: 'plain',
    travels: 'parent',
    since: 1,
  },
  fields: {
    enterpriseId,
    projectName: text({
      label: '项目名称',
      required: 'F',
      max: 200,
      list: true,
      headings: ['环评项目名称', '项目名称', '建设项目名称'],
    }),
    documentKind: choice(EIA_KINDS, {
      label: '环评类型',
      level: 'must',
      list: true,
      headings: ['环评类型', '环评形式', '环评类别', '环评情况'],
    }),
    nature: choice(EIA_NATURES, { label: '建设性质', headings: ['建设性质', '项目性质'] }),
    approvalNo: text({
      label: '批复文号',
      level: 'must',
      max: 100,
      list: true,
      cell: 'numbers',
      headings: [
        '环评批复文号',
        '批文号',
        '环评文号',
        '环评批复',
        '批复编号',
        '环评批复号',
        '审批文号',
        '批复文号/备案号',
      ],
    }),
    approvalAuthority: text({
      label: '批复部门',
      max: 100,
      headings: ['批复部门', '审批部门', '批复机关', '审批单位'],
    }),
    ...vagueDay('approvalDate', {
      label: '批复日期',
      list: true,
      happened: true,
      headings: ['环评时间', '批复日期', '环评批复时间', '审批日期', '环评审批日期'],
    }),
    filingNo: text({ label: '备案号', max: 100, list: true, headings: ['登记表备案号', '环评备案号'] }),
    filingDate: day({ label: '备案日期', happened: true, headings: ['登记表备案日期', '环评备案日期'] }),
    constructionStartDate: day({ label: '开工日期' }),
    majorChange: fourState({ label: '重大变动' }),
    approvedContent: longText({ label: '批复内容' }),
    actualContent: longText({ label: '实际建设' }),
    combinedWithPermit: flag({ label: '两证合一' }),
    compiler: text({ label: '编制单位', max: 100, since: 8, headings: ['环评编制单位'] }),
    totalInvestment: money({ label: '总投资', since: 8, headings: ['项目总投资', '环评总投资'] }),
    envInvestment: money({ label: '环保投资', since: 8, headings: ['环保投资', '环保投资额'] }),
    note: longText({ label: '备注', max: 2000, since: 8 }),
  },
  indexes: [['enterpriseId']],
});

export const acceptance = defineEntity({
  name: 'acceptance',
  label: '竣工环保验收',
  ...ofEnterprise,
  title: 'documentNo',
  inOrder: ACCEPTANCE_IN_ORDER,
  scanned: ACCEPTANCE_SCANS,
  facets: {
    file: { tab: 'formalities', order: 2, count: true },
    timeline: null,
    dossier: { section: 'formalities', order: 2 },
    register: {
      order: 5,
      find: ['documentNo', 'eiaProjectId'],
      ledger: {
        called: ['验收', '竣工验收', '三同时'],
        headings: {
          passed: ['验收结论', '验收是否合格', '验收是否完成'],
          completionDate: ['竣工日期', '建成日期'],
          publicityStart: ['公示起始日期', '公示开始时间'],
          platformFilingDate: ['平台备案日期', '平台登记日期', '全国平台备案日期'],
        },
      },
    },
    attach: ['document', 'photo', 'signed_paper'],
    search: null,
    page: { within: 'enterpriseId' },
    write: 'plain',
    travels: 'parent',
    since: 1,
  },
  fields: {
    enterpriseId,
    eiaProjectId: reference('eiaProject', {
      label: '环评项目',
      headings: ['项目名称', '建设项目名称', '环评文号', '环评批复文号', '批复文号', '环评批复号'],
    }),
    kind: choice(ACCEPTANCE_KINDS, {
      advised: WITH_PRODUCTION,
      label: '验收类型',
      list: true,
      cell: 'answer',
      headings: ['验收', '是否验收', '竣工验收', '验收情况', '验收方式'],
    }),
    documentNo: text({ label: '验收文号', max: 100, list: true, headings: ['验收文号', '验收批复文号', '验收编号'] }),
    ...vagueDay('opinionDate', {
      label: '验收日期',
      list: true,
      happened: true,
      headings: ['验收日期', '验收时间', '验收意见日期'],
    }),
    passed: fourState({ label: '是否通过', list: true, headings: ['是否通过验收', '验收是否通过'] }),
    completionDate: day({ label: '竣工日期', headings: ['竣工时间', '项目竣工日期'] }),
    publicityStart: day({ label: '公示开始', headings: ['公示开始日期'] }),
    publicityEnd: day({
      label: '公示结束',
      headings: ['公示起止日期', '公示日期', '公示时间', '公示期', '公示结束日期'],
    }),
    platformFilingDate: day({ label: '平台填报日期', headings: ['全国平台填报日期', '验收平台填报日期'] }),
  },
  indexes: [['enterpriseId']],
});

export const permit = defineEntity({
  name: 'permit',
  label: '排污许可',
  conditions: inForce('permit'),
  today: PERMIT_TODAY,
  ...ofEnterprise,
  title: 'number',
  derive: (row) => ({ renewDueDate: renewDueDate(row as never) }),
  inOrder: PERMIT_IN_ORDER,
  scanned: PERMIT_SCANS,
  facets: {
    file: { tab: 'formalities', order: 3, count: true },
    timeline: null,
    dossier: { section: 'formalities', order: 3 },
    register: {
      order: 6,
      find: ['number'],
      only: true,
      ledger: {
        called: ['许可证', '排污登记'],
        headings: {
          managementClass: ['管理级别', '管理方式'],
          validFrom: ['起始日期', '开始日期', '有效期开始'],
          validTo: ['截止日期', '终止日期', '有效期截止', '有效期截止日期', '许可有效期限止'],
          issueDate: ['登记日期', '发放日期'],
        },
      },
    },
    attach: ['document', 'photo', 'signed_paper'],
    search: null,
    page: { within: 'enterpriseId' },
    write: 'plain',
    travels: 'parent',
    since: 1,
  },
  fields: {
    enterpriseId,
    managementClass: choice(PERMIT_CLASSES, {
      label: '管理类别',
      level: 'must',
      list: true,
      headings: ['排污许可', '排污许可类别', '许可管理类型', '排污许可管理类别', '许可类别', '管理类别'],
    }),
    number: text({
      advised: PERMIT_HELD,
      label: '证书/登记编号',
      level: 'must',
      max: 60,
      list: true,
      cell: 'number',
      headings: [
        '排污许可证编号',
        '登记编号',
        '许可证编号',
        '排污许可编号',
        '许可证',
        '排污许可证',
        '许可证号',
        '排污登记编号',
        '排污许可证书编号',
      ],
    }),
    issueAuthority: text({ label: '核发部门', max: 100, headings: ['核发部门', '发证机关', '核发机关', '发证部门'] }),
    issueDate: day({ label: '核发日期', list: true, happened: true, headings: ['发证日期', '核发日期'] }),
    validFrom: day({ label: '有效期自', headings: ['有效期自', '有效期起', '许可有效期限起'] }),
    validTo: day({
      advised: PERMIT_HELD,
      label: '有效期至',
      level: 'must',
      list: true,
      forward: true,
      headings: ['有效期至', '有效期止', '有效期限', '到期日期', '许可证有效期', '有效期', '许可有效期'],
    }),
    ledgerKept: fourState({ label: '台账已建立' }),
    monitoringDone: fourState({ label: '自行监测已开展' }),
    reportFiled: fourState({ label: '执行报告已提交' }),
    disclosed: fourState({ label: '信息已公开' }),
    renewFiledDate: day({ label: '延续申请日期', happened: true, since: 5 }),
    changeFiledDate: day({ label: '变更申请日期', happened: true, since: 5 }),
    reapplyDate: day({ label: '重新申请日期', happened: true, since: 5 }),
    renewDueDate: day({ label: '延续申请期限', derived: true }),
  },
  indexes: [['enterpriseId', 'validTo', 'deletedAt'], ['validTo']],
  checks: [
    daysInOrder({
      code: 'PERMIT_PERIOD',
      from: 'validFrom',
      to: 'validTo',
      sentence: '有效期至早于有效期自，请核对许可证',
    }),
  ],
});

/**
 * Last day to apply for renewal: permit 60 days before expiry, registration from 20 days before (domain reference 2.5).
 * Null where there is no end or the class needs none.
 */
export function renewDueDate(row: { managementClass: string | null; validTo: string | null }): string | null {
  if (!row.validTo) return null;
  if (row.managementClass === 'registration') return addDays(row.validTo, -20);
  if (row.managementClass === 'key' || row.managementClass === 'simplified') return addDays(row.validTo, -60);
  return null;
}

export const emergencyPlan = defineEntity({
  name: 'emergencyPlan',
  label: '应急预案',
  conditions: inForce('emergencyPlan'),
  today: PLAN_TODAY,
  ...ofEnterprise,
  title: 'filingNo',
  derive: (row) => ({ reviewDueDate: reviewDueDate(row as never) }),
  inOrder: PLAN_IN_ORDER,
  scanned: PLAN_SCANS,
  facets: {
    file: { tab: 'emergency', order: 1, count: true },
    timeline: null,
    dossier: { section: 'emergency', order: 1 },
    register: { order: 10, find: ['filingNo'], ledger: { called: ['预案', '突发环境事件应急预案'] } },
    attach: ['document', 'photo', 'signed_paper'],
    search: null,
    page: { within: 'enterpriseId' },
    write: 'plain',
    travels: 'parent',
    since: 1,
  },
  fields: {
    enterpriseId,
    required: fourState({
      advised: WITH_PRODUCTION,
      label: '需要编制',
      list: true,
      headings: ['应急预案', '是否编制应急预案', '是否有应急预案', '是否需要预案', '是否编制突发环境事件应急预案'],
    }),
    riskGrade: choice(PLAN_RISK_GRADES, {
      label: '风险等级',
      list: true,
      headings: [
        '环境风险等级',
        '企业环境风险等级',
        '环境风险级别',
        '突发环境事件风险等级',
        '预案风险等级',
        '风险级别',
      ],
    }),
    signedDate: day({
      label: '签署日期',
      happened: true,
      headings: ['预案签署日期', '预案发布日期', '签署日期', '签署发布日期'],
    }),
    filingNo: text({
      label: '备案编号',
      max: 60,
      list: true,
      headings: [
        '预案备案编号',
        '预案备案号',
        '应急预案备案编号',
        '应急预案备案号',
        '应急预案编号',
        '突发环境事件应急预案备案编号',
      ],
    }),
    filingDate: day({
      advised: PLAN_NEEDED,
      label: '备案日期',
      list: true,
      happened: true,
      headings: ['预案备案日期', '应急预案备案日期', '预案备案时间', '应急预案备案时间'],
    }),
    filingAuthority: text({ label: '备案部门', max: 100, headings: ['预案备案部门', '备案部门', '备案机关'] }),
    reviewDueDate: day({ label: '复审期限', derived: true }),
  },
  indexes: [['enterpriseId'], ['reviewDueDate']],
});

/** Review of an emergency plan is due three years after filing (domain reference 2.5, not verified: configurable later). */
export function reviewDueDate(row: { filingDate: string | null }): string | null {
  return row.filingDate ? addYears(row.filingDate, 3) : null;
}

export const hazWasteProfile = defineEntity({
  name: 'hazWasteProfile',
  label: '危废管理',
  conditions: inForce('hazWasteProfile'),
  today: WASTE_TODAY,
  ...blockOfEnterprise,
  inOrder: WASTE_IN_ORDER,
  facets: {
    file: { tab: 'waste', order: 1 },
    timeline: null,
    dossier: { section: 'waste', order: 1 },
    register: { order: 7, find: [], ledger: { called: ['危险废物', '危废', '产废'] } },
    attach: null,
    search: null,
    page: { within: 'enterpriseId' },
    write: 'plain',
    travels: 'parent',
    since: 1,
  },
  fields: {
    enterpriseId,
    generates: fourState({
      advised: WITH_PRODUCTION,
      label: '产生危废',
      headings: ['是否产生危废', '危废', '危险废物是否产生', '是否产生危险废物'],
    }),
    managementClass: choice(HAZ_WASTE_CLASSES, {
      label: '危废管理类别',
      level: 'must',
      headings: ['危险废物管理类别', '危废监管类别'],
    }),
    codes: text({
      advised: WASTE_TOLD('code'),
      label: '危废代码',
      cell: 'wasteCodes',
      max: 200,
      headings: ['危废种类', '危废代码', '危废类别', '危险废物代码'],
    }),
    yearlyAmount: decimal({
      advised: WASTE_TOLD('yearlyAmount'),
      label: '年产生量',
      unit: 't',
      headings: ['危废年产量', '危废产生量', '危废年产生量', '危险废物产生量'],
    }),
    planFiledDate: day({ advised: WASTE_MADE, label: '管理计划备案日期', happened: true }),
    lastReportDate: day({ label: '最近申报日期', happened: true, since: 5 }),
    disposalUnit: text({
      advised: WASTE_TOLD('disposalUnitName'),
      label: '处置单位',
      max: 100,
      headings: ['处置单位', '危废处置单位'],
    }),
    contractEnd: day({
      advised: WASTE_TOLD('contractEnd'),
      label: '处置合同到期',
      forward: true,
      headings: ['处置合同到期', '危废合同到期', '危废合同有效期'],
    }),
  },
  indexes: [['enterpriseId'], ['contractEnd']],
});

export { eiaTotal };

export const FORMALITY_ENTITIES = [
  eiaProject,
  eiaTotal,
  acceptance,
  permit,
  executionReport,
  otherLicence,
  emergencyPlan,
  hazWasteProfile,
] as const;
