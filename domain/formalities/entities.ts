// Environmental formalities: EIA, acceptance, discharge permit, emergency plan, hazardous-waste profile (domain reference 2.5, 2.6).
import { defineEntity } from '../dictionary/entity.ts';
import { choice, day, flag, fourState, longText, reference, text, vagueDay, decimal } from '../dictionary/field.ts';
import { vocabulary } from '../dictionary/vocabulary.ts';
import { addDays, addYears } from '../values/day.ts';

export const EIA_KINDS = vocabulary({
  report_book: '报告书', report_form: '报告表', registration_form: '登记表', exempt: '不纳入/豁免', missing: '缺',
});
export const EIA_NATURES = vocabulary({ new: '新建', rebuild: '改建', expand: '扩建', technical_change: '技改', relocate: '迁建' });
export const ACCEPTANCE_KINDS = vocabulary({
  self: '自主验收', authority_solid_noise_legacy: '行政验收', exempt: '无需验收', pending: '待验收',
});
export const PERMIT_CLASSES = vocabulary({
  key: '重点管理', simplified: '简化管理', registration: '登记管理', not_required: '无需办理', missing: '缺',
});
export const PLAN_RISK_GRADES = vocabulary({ general: '一般', larger: '较大', major: '重大' });
export const HAZ_WASTE_CLASSES = vocabulary({ key: '重点监管', simplified: '简化管理', registration: '登记管理' });

const ofEnterprise = { home: { follow: ['enterpriseId'] }, parent: 'enterpriseId', shape: 'child' } as const;
const enterpriseId = reference('enterprise', { label: '企业', required: 'F' });

export const eiaProject = defineEntity({
  name: 'eiaProject', label: '环评项目', ...ofEnterprise, title: 'projectName',
  fields: {
    enterpriseId,
    projectName: text({ label: '项目名称', required: 'F', max: 200, list: true, headings: ['环评项目名称', '项目名称'] }),
    documentKind: choice(EIA_KINDS, { label: '环评类型', level: 'must', list: true, headings: ['环评类型', '环评形式', '环评类别', '环评情况'] }),
    nature: choice(EIA_NATURES, { label: '建设性质' }),
    approvalNo: text({ label: '批复文号', level: 'must', max: 100, list: true, headings: ['环评批复文号', '批文号', '环评文号', '环评批复'] }),
    approvalAuthority: text({ label: '批复部门', max: 100 }),
    ...vagueDay('approvalDate', { label: '批复日期', list: true, happened: true, headings: ['环评时间', '批复日期', '环评批复时间', '批复时间', '环评日期'] }),
    filingNo: text({ label: '备案号', max: 100 }),
    filingDate: day({ label: '备案日期', happened: true }),
    constructionStartDate: day({ label: '开工日期' }),
    majorChange: fourState({ label: '重大变动' }),
    approvedContent: longText({ label: '批复内容' }),
    actualContent: longText({ label: '实际建设' }),
    combinedWithPermit: flag({ label: '两证合一' }),
  },
  indexes: [['enterpriseId']],
});

export const acceptance = defineEntity({
  name: 'acceptance', label: '竣工环保验收', ...ofEnterprise, title: 'documentNo',
  fields: {
    enterpriseId,
    eiaProjectId: reference('eiaProject', { label: '环评项目' }),
    kind: choice(ACCEPTANCE_KINDS, { label: '验收类型', list: true, headings: ['验收', '是否验收', '竣工验收', '验收情况'] }),
    documentNo: text({ label: '验收文号', max: 100, list: true, headings: ['验收文号', '验收批复文号'] }),
    ...vagueDay('opinionDate', { label: '验收日期', list: true, happened: true, headings: ['验收日期', '验收时间'] }),
    passed: fourState({ label: '是否通过', list: true }),
    completionDate: day({ label: '竣工日期' }),
    publicityStart: day({ label: '公示开始' }),
    publicityEnd: day({ label: '公示结束' }),
    platformFilingDate: day({ label: '平台填报日期' }),
  },
  indexes: [['enterpriseId']],
});

export const permit = defineEntity({
  name: 'permit', label: '排污许可', ...ofEnterprise, title: 'number',
  fields: {
    enterpriseId,
    managementClass: choice(PERMIT_CLASSES, { label: '管理类别', level: 'must', list: true, headings: ['排污许可类别', '许可管理类型', '排污许可管理类别', '许可类别', '管理类别'] }),
    number: text({ label: '证书/登记编号', level: 'must', max: 60, list: true, headings: ['排污许可证编号', '登记编号', '许可证编号', '排污许可编号', '许可证', '排污许可证', '许可证号', '排污登记编号'] }),
    issueAuthority: text({ label: '核发部门', max: 100 }),
    issueDate: day({ label: '核发日期', list: true, happened: true, headings: ['发证日期', '核发日期'] }),
    validFrom: day({ label: '有效期自' }),
    validTo: day({ label: '有效期至', level: 'must', list: true, headings: ['有效期至', '到期日期', '许可证有效期', '有效期', '许可有效期'] }),
    ledgerKept: fourState({ label: '台账已建立' }),
    monitoringDone: fourState({ label: '自行监测已开展' }),
    reportFiled: fourState({ label: '执行报告已提交' }),
    disclosed: fourState({ label: '信息已公开' }),
    renewDueDate: day({ label: '延续申请期限', derived: true }),
  },
  indexes: [['enterpriseId'], ['validTo']],
  checks: [{
    code: 'PERMIT_PERIOD', field: 'validTo', severity: { form: 'error', import: 'warn', handoff: 'warn' },
    run: (r) => (r.validFrom && r.validTo && r.validTo < r.validFrom ? '有效期至早于有效期自，请核对许可证' : null),
  }],
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
  name: 'emergencyPlan', label: '应急预案', ...ofEnterprise, title: 'filingNo',
  fields: {
    enterpriseId,
    required: fourState({ label: '需要编制', list: true }),
    riskGrade: choice(PLAN_RISK_GRADES, { label: '风险等级', list: true }),
    signedDate: day({ label: '签署日期', happened: true }),
    filingNo: text({ label: '备案编号', max: 60, list: true }),
    filingDate: day({ label: '备案日期', list: true, happened: true }),
    filingAuthority: text({ label: '备案部门', max: 100 }),
    reviewDueDate: day({ label: '复审期限', derived: true }),
  },
  indexes: [['enterpriseId'], ['reviewDueDate']],
});

/** Review of an emergency plan is due three years after filing (domain reference 2.5, not verified: configurable later). */
export function reviewDueDate(row: { filingDate: string | null }): string | null {
  return row.filingDate ? addYears(row.filingDate, 3) : null;
}

export const hazWasteProfile = defineEntity({
  name: 'hazWasteProfile', label: '危废管理', shape: 'extension', home: { follow: ['enterpriseId'] }, parent: 'enterpriseId',
  fields: {
    enterpriseId,
    generates: fourState({ label: '产生危废', headings: ['是否产生危废', '危废'] }),
    managementClass: choice(HAZ_WASTE_CLASSES, { label: '危废管理类别', level: 'must' }),
    codes: text({ label: '危废代码', max: 200, headings: ['危废种类', '危废代码', '危废类别'] }),
    yearlyAmount: decimal({ label: '年产生量', unit: 't', headings: ['危废年产量', '危废产生量'] }),
    planFiledDate: day({ label: '管理计划备案日期', happened: true }),
    disposalUnit: text({ label: '处置单位', max: 100 }),
    contractEnd: day({ label: '处置合同到期' }),
  },
  indexes: [['enterpriseId'], ['contractEnd']],
});

export const FORMALITY_ENTITIES = [eiaProject, acceptance, permit, emergencyPlan, hazWasteProfile];

/** Papers that run out within this many days are announced (domain reference 2.5, alert levels). */
export const EXPIRY_HORIZON_DAYS = 90;
