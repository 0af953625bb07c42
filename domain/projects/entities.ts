// A service contract: client, period, territory, targets and the settings that a project may change.
import { defineEntity, defineSet } from '../dictionary/entity.ts';
import { INNER } from '../dictionary/facets.ts';
import { choice, day, decimal, flag, integer, money, reference, text } from '../dictionary/field.ts';
import { daysInOrder } from '../dictionary/period.ts';
import { vocabulary } from '../dictionary/vocabulary.ts';
import { OBJECT_KINDS } from '../enterprises/vocabulary.ts';
import { REPORT_PAPERS } from '../reports/paper.ts';
import { VISIT_ACTS } from './act.ts';
import { projectBasis } from './basis.ts';
import { PROJECT_SECTIONS } from './section.ts';
import { PROJECT_TODAY } from './today.ts';
import { TRAINING_DENOMINATORS } from './vocabulary.ts';

/** What "a year" means in minimum-visit rules and yearly targets (domain reference 2.1). */
export const STATISTICS_YEARS = vocabulary({ calendar: '自然年', contract: '合同年' });

export { TRAINING_DENOMINATORS };

/** Schema number of the exchange that brought the client's consent to notices in its name. */
const SINCE = 4;
/** That which brought what is said before a visit. */
const SINCE_OPENING = 9;

export const serviceProject = defineEntity({
  name: 'serviceProject',
  label: '服务项目',
  home: 'self',
  title: 'name',
  offer: { detail: '{startDate} 至 {endDate}' },
  papers: REPORT_PAPERS,
  sections: PROJECT_SECTIONS,
  today: PROJECT_TODAY,
  facets: {
    file: null,
    timeline: null,
    dossier: null,
    register: null,
    attach: ['document', 'signed_paper', 'consent'],
    search: null,
    page: null,
    write: ['workspace.saveProject'],
    travels: 'area',
    since: 1,
  },
  fields: {
    name: text({ label: '项目名称', required: 'F', level: 'must', list: true }),
    code: text({ label: '项目编号', max: 40, list: true }),
    clientId: reference('organisation', { label: '委托方', list: true }),
    clientDept: text({ label: '委托方部门', max: 60, since: SINCE_OPENING, help: '如：镇生态环境办公室' }),
    organisationId: reference('organisation', { label: '服务单位' }),
    contractAmount: money({ label: '合同金额' }),
    startDate: day({ label: '开始日期', required: 'F', level: 'must', list: true }),
    endDate: day({ label: '结束日期', required: 'F', level: 'must', list: true }),
    visitAct: choice(VISIT_ACTS, {
      label: '到访用词',
      required: 'F',
      initial: 'patrol',
      since: SINCE,
      help: '文书、报告、指标和窗口里怎样称呼到企业的服务',
    }),
    statisticsYear: choice(STATISTICS_YEARS, { label: '统计年度', required: 'F', initial: 'calendar' }),
    rectificationTarget: decimal({ label: '整改率目标', unit: '%' }),
    immediateDays: integer({ label: '即知即改默认期限', unit: '天', required: 'F', initial: 3, min: 1, max: 400 }),
    deadlineDays: integer({ label: '限期整改默认期限', unit: '天', required: 'F', initial: 15, min: 1, max: 400 }),
    majorDays: integer({ label: '重大问题默认期限', unit: '天', required: 'F', initial: 30, min: 1, max: 400 }),
    repeatDays: integer({
      label: '重复问题回看天数',
      unit: '天',
      required: 'F',
      initial: 90,
      min: 0,
      max: 3650,
      since: 9,
      help: '以前的问题销号后过了这么多天再出现，只提示“以前出现过”，不作为疑似重复',
    }),
    countSourceRemoved: flag({ label: '污染源已消除计入完成整改' }),
    secondPersonVerifies: flag({ label: '复核人须与检查人不同' }),
    trainingDenominator: choice(TRAINING_DENOMINATORS, { label: '培训覆盖率分母', required: 'F', initial: 'audience' }),
    noticeConsentBy: text({
      label: '委托方同意人',
      max: 60,
      since: SINCE,
      help: '同意在一段期间内以委托方名义出具整改通知单',
    }),
    noticeConsentAt: day({ label: '委托方同意日期', happened: true, since: SINCE }),
    noticeConsentFrom: day({ label: '同意期间自', since: SINCE }),
    noticeConsentTo: day({ label: '同意期间至', since: SINCE }),
    noticeConsentAttachmentId: reference('attachment', { label: '委托方同意材料', since: SINCE }),
    complaintPhone: text({
      label: '意见反映电话',
      max: 60,
      since: SINCE_OPENING,
      help: '企业对我们的服务有意见时打这个电话，印在到访说明卡上',
    }),
    serviceBoundary: text({
      label: '服务边界说明',
      max: 200,
      since: SINCE_OPENING,
      help: '印在到访说明卡上；不填印“不作处罚决定，不向企业收取费用”',
    }),
    declineText: text({
      label: '可以谢绝的说明',
      max: 200,
      since: SINCE_OPENING,
      help: '印在到访说明卡上；不填印“贵单位可以改约或不接受本次到访”',
    }),
    openingRequired: flag({
      label: '先做首次沟通再记问题',
      since: SINCE_OPENING,
      help: '打开后，没有登记首次沟通（时间、参加人、说明的要点）的检查不能记问题',
    }),
    ownVillageMayClose: flag({
      label: '允许村干部核销简单事项',
      help: '打开后，村居人员可以核销检查表里标“村可核销”的事项；关闭时一项也不能',
    }),
  },
  checks: [
    daysInOrder({
      code: 'PROJECT_PERIOD',
      from: 'startDate',
      to: 'endDate',
      sentence: '结束日期早于开始日期，请核对合同期',
    }),
    daysInOrder({
      code: 'NOTICE_CONSENT_PERIOD',
      from: 'noticeConsentFrom',
      to: 'noticeConsentTo',
      sentence: '同意期间的结束早于开始，请核对',
    }),
    {
      code: 'TARGET_RANGE',
      field: 'rectificationTarget',
      severity: { form: 'error', import: 'warn', handoff: 'warn' },
      run: (r) =>
        r.rectificationTarget && (Number(r.rectificationTarget) < 0 || Number(r.rectificationTarget) > 100)
          ? '整改率目标在 0 到 100 之间'
          : null,
    },
  ],
});

export const projectArea = defineSet({
  name: 'projectArea',
  label: '服务区域',
  parent: { entity: 'serviceProject', field: 'projectId' },
  of: { entity: 'area', field: 'areaId' },
  facets: { ...INNER, write: 'parent', travels: 'parent', since: 1 },
});

export const projectObjectKind = defineSet({
  name: 'projectObjectKind',
  label: '服务对象类型',
  parent: { entity: 'serviceProject', field: 'projectId' },
  of: { vocabulary: OBJECT_KINDS, field: 'objectKind' },
  facets: { ...INNER, write: 'parent', travels: 'parent', since: 1 },
});

export const PROJECT_ENTITIES = [serviceProject, projectArea, projectObjectKind, projectBasis] as const;
