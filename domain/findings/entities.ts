// Findings and their closed loop: steps are append-only rows from which state, dates and counts are derived (domain reference 2.7, 3.3).
import { defineEntity, defineSet } from '../dictionary/entity.ts';
import { INNER } from '../dictionary/facets.ts';
import { choice, day, instant, integer, longText, reference, text } from '../dictionary/field.ts';
import { vocabulary } from '../dictionary/vocabulary.ts';
import {
  DELIVERY_KINDS,
  FINDING_CATEGORIES,
  FINDING_OWNERS,
  FOLLOW_UP_CHANNELS,
  HANDLING_CLASSES,
  NOTICE_KINDS,
  NOTICE_STATES,
  PHOTO_EXEMPTIONS,
  REPEAT_DECISIONS,
  VERIFICATION_METHODS,
  VERIFICATION_RESULTS,
} from './vocabulary.ts';
import { FINDING_TODAY } from './today.ts';
import { findingConditions, findingList } from './list.ts';
import { FINDING_DIMENSIONS, FINDING_FIGURES, VERIFICATION_DIMENSIONS, VERIFICATION_FIGURES } from './figures.ts';
import { rectificationNoticePaper } from './paper.ts';
import { FINDING_SECTIONS } from './section.ts';
import { findingStoryPaper } from './story-paper.ts';
import { FINDING_STATE_VOCABULARY } from './machine.ts';
import { noticeWorkflow } from './notice-workflow.ts';
import { FINDING_EVENTS, findingWorkflow } from './workflow.ts';

export { FINDING_STATE_VOCABULARY } from './machine.ts';
/** Events of the finding machine as a vocabulary of the dictionary. */
export const FINDING_EVENT_VOCABULARY = vocabulary(Object.fromEntries(FINDING_EVENTS.map((e) => [e.id, e.label])));

export const CLOSE_REASONS = vocabulary({
  fixed_on_site: '现场整改',
  verified: '复核通过',
  source_removed: '污染源已消除',
  after_transfer: '移交后办结',
});
export const HOLDERS = vocabulary({
  enterprise: '企业',
  village: '村居',
  client: '委托方',
  consultant: '服务单位',
  enforcement: '执法部门',
});

/** Schema number of the exchange that brought whose a finding is, and the client's consent. */
const SINCE = 4;
/** Schema number of the exchange that brought the radar of repeats and what people decide. */
const SINCE_RADAR = 9;
const byEnterprise = { follow: ['enterpriseId'] };

export const finding = defineEntity({
  name: 'finding',
  label: '问题',
  home: byEnterprise,
  title: 'description',
  sections: FINDING_SECTIONS,
  facets: {
    file: { tab: 'inspection', order: 2, count: true, drawn: true },
    timeline: null,
    dossier: {
      section: 'inspection',
      order: 2,
      caption: '问题整改',
      by: 'foundDate',
      unless: { status: ['draft', 'voided'] },
      columns: [
        { path: 'no', weight: 2.8 },
        { path: 'foundDate', weight: 2.8, align: 'center' },
        { path: 'description', weight: 4.8 },
        { path: 'category', text: '{category}\n{handlingClass}', weight: 2.6, align: 'center' },
        { path: 'deadline', weight: 2.8, align: 'center' },
        { path: 'status', weight: 2, align: 'center' },
        { path: 'closedDate', weight: 2.8, align: 'center' },
      ],
    },
    register: {
      order: 41,
      find: ['no', 'description'],
      ledger: {
        only: true,
        called: ['问题整改', '检查问题', '隐患'],
        numbers: 'no',
        steps: ['status', 'closedDate'],
      },
    },
    attach: ['photo_before', 'photo_after', 'evidence', 'document', 'signed_paper', 'consent'],
    search: {
      order: 1,
      icon: 'find',
      title: '{no} {description}',
      detail: '{enterpriseId.name}',
      tail: '{status}',
      spelled: [],
      words: ['no', 'description'],
      parent: 'enterpriseId',
    },
    page: { route: '/findings', room: 'findings', order: 1 },
    write: ['findings.create', 'findings.update', 'findings.assign', 'findings.removeDraft', 'workflow.act'],
    travels: 'enterprises',
    since: 1,
  },
  papers: [findingStoryPaper],
  workflow: findingWorkflow,
  figures: FINDING_FIGURES,
  dimensions: FINDING_DIMENSIONS,
  fields: {
    no: text({ label: '问题编号', required: 'F', level: 'must', max: 40, list: true }),
    enterpriseId: reference('enterprise', { label: '企业', required: 'F', list: true }),
    visitId: reference('visit', { label: '现场检查' }),
    roundId: reference('round', { label: '轮次', list: true }),
    checklistItemId: reference('checklistItem', { label: '检查项' }),
    foundDate: day({
      label: '发现日期',
      required: 'F',
      level: 'must',
      list: true,
      headings: ['检查日期', '检查时间', '发现时间'],
    }),
    category: choice(FINDING_CATEGORIES, {
      label: '问题类别',
      required: 'F',
      level: 'must',
      list: true,
      initial: 'other',
      headings: ['问题类型', '问题分类', '违法类型'],
    }),
    handlingClass: choice(HANDLING_CLASSES, {
      label: '处理类别',
      required: 'F',
      level: 'must',
      list: true,
      initial: 'deadline',
      headings: ['处理方式', '整改类别', '整改方式'],
    }),
    description: longText({
      label: '问题',
      required: 'F',
      level: 'must',
      list: true,
      headings: ['问题', '存在问题', '问题描述', '检查问题', '发现问题', '问题内容', '主要问题', '隐患', '隐患描述'],
    }),
    location: text({
      label: '具体位置',
      max: 200,
      headings: ['区域位置', '位置', '问题位置', '问题部位', '问题点位', '点位'],
    }),
    responsibleUnit: text({ label: '责任单位', level: 'must', max: 100 }),
    responsiblePerson: text({
      label: '责任人',
      headings: ['整改负责人', '整改责任人'],
      level: 'must',
      max: 60,
      person: true,
      list: true,
    }),
    measure: longText({ label: '措施', level: 'must', headings: ['整改要求', '整改措施', '建议'] }),
    suggestion: longText({ label: '建议', headings: ['整改建议', '建议措施', '管家建议'] }),
    proposedDeadline: day({
      label: '拟定时限',
      level: 'must',
      headings: ['整改期限', '时限', '整改时限', '完成时限', '整改截止日期', '要求完成日期', '计划完成日期'],
    }),
    photoExemption: choice(PHOTO_EXEMPTIONS, { label: '无照片原因' }),
    toldToName: text({ label: '现场告知', max: 60 }),
    toldAt: text({ label: '告知时间', max: 40 }),
    toldReply: text({ label: '对方意见', max: 500 }),
    helpPlan: longText({ label: '专项帮扶' }),
    enforcementContact: text({ label: '管执联动联系人', max: 100 }),
    owner: choice(FINDING_OWNERS, { label: '归属', required: 'F', level: 'must', initial: 'service', since: SINCE }),
    spotCount: integer({ label: '同类点位数', min: 1 }),
    recurrenceOfId: reference('finding', { label: '重复发生于' }),
    status: choice(FINDING_STATE_VOCABULARY, {
      label: '状态',
      required: 'F',
      derived: true,
      list: true,
      initial: 'draft',
      headings: ['整改状态', '是否整改', '整改情况', '是否完成整改', '整改落实情况', '是否闭环', '是否销号'],
    }),
    deadline: day({ label: '时限', derived: true, list: true }),
    originalDeadline: day({ label: '原定时限', derived: true }),
    extensionCount: integer({ label: '延期次数', required: 'F', derived: true, initial: 0 }),
    issuedDate: day({ label: '开单日期', derived: true }),
    reportDate: day({ label: '提交日期', derived: true }),
    closedDate: day({
      label: '销号日期',
      derived: true,
      list: true,
      headings: ['完成日期', '整改完成日期', '完成时间', '销号时间', '实际完成日期', '闭环日期'],
    }),
    rectifiedDate: day({ label: '整改日期', derived: true }),
    closeReason: choice(CLOSE_REASONS, { label: '销号方式', derived: true }),
    returnCount: integer({ label: '退回次数', required: 'F', derived: true, initial: 0 }),
    currentHolder: choice(HOLDERS, { label: '当前持有', derived: true }),
    placeId: reference('enterprisePlace', { label: '位置', level: 'may', since: 4 }),
    suspectedRepeatOfId: reference('finding', {
      label: '疑似重复于',
      derived: true,
      since: SINCE_RADAR,
      help: '同一企业以前的问题里最像的一项，还没有人判断过',
    }),
  },
  indexes: [
    ['enterpriseId', 'status', 'deletedAt'],
    ['visitId', 'status', 'deletedAt'],
    ['roundId'],
    ['foundDate', 'status'],
    ['status', 'deadline'],
    ['closedDate'],
    ['no'],
    ['category'],
    ['checklistItemId'],
    ['placeId'],
    ['suspectedRepeatOfId'],
  ],
  list: findingList,
  conditions: findingConditions,
  today: FINDING_TODAY,
});

export const findingLaw = defineSet({
  name: 'findingLaw',
  label: '法规依据',
  parent: { entity: 'finding', field: 'findingId' },
  of: { entity: 'legalBasis', field: 'legalBasisId' },
  facets: { ...INNER, write: 'parent', travels: 'parent', since: 1 },
});

export const findingStep = defineEntity({
  name: 'findingStep',
  label: '流转',
  shape: 'steps',
  home: { follow: ['findingId'] },
  parent: 'findingId',
  title: 'event',
  facets: {
    file: null,
    timeline: {
      day: 'date',
      at: 'at',
      title: '{event}',
      detail: '{findingId.description}',
      who: '{by}',
      glyph: { stateOf: 'finding', field: 'to' },
      enterprise: 'findingId.enterpriseId',
      opens: 'findingId',
      unless: { event: ['record'] },
    },
    dossier: null,
    register: null,
    attach: null,
    search: null,
    page: { within: 'findingId' },
    write: ['workflow.act', 'findings.followUp'],
    travels: 'parent',
    since: 1,
  },
  fields: {
    findingId: reference('finding', { label: '问题', required: 'F' }),
    event: choice(FINDING_EVENT_VOCABULARY, { label: '事项', required: 'F', level: 'must' }),
    from: choice(FINDING_STATE_VOCABULARY, { label: '原状态', level: 'must' }),
    to: choice(FINDING_STATE_VOCABULARY, { label: '新状态', required: 'F', level: 'must' }),
    date: day({ label: '日期', required: 'F', level: 'must' }),
    at: instant({ label: '登记时间', required: 'F', level: 'must' }),
    by: text({ label: '经办人', required: 'F', level: 'must', max: 60 }),
    approver: text({ label: '批准人', max: 60 }),
    deadline: day({ label: '时限', level: 'must' }),
    reason: longText({ label: '说明' }),
    evidence: longText({ label: '证据' }),
  },
  indexes: [['findingId', 'date']],
});

export const findingStepPrev = defineSet({
  name: 'findingStepPrev',
  label: '承接步骤',
  parent: { entity: 'findingStep', field: 'stepId' },
  of: { entity: 'findingStep', field: 'prevId' },
  facets: { ...INNER, write: 'parent', travels: 'parent', since: 1 },
});

export const rectificationNotice = defineEntity({
  name: 'rectificationNotice',
  label: '整改单',
  home: byEnterprise,
  title: 'no',
  papers: [rectificationNoticePaper],
  facets: {
    file: null,
    timeline: {
      day: 'issuedDate',
      title: '开具{kind}',
      detail: '{no}',
      who: '{issuedBy}',
      glyph: 'i-doc',
      enterprise: 'enterpriseId',
    },
    dossier: null,
    register: null,
    attach: ['signed_paper', 'document', 'consent'],
    search: null,
    page: { within: 'enterpriseId' },
    write: ['findings.issueNotice', 'workflow.act'],
    travels: 'enterprises',
    since: 1,
  },
  workflow: noticeWorkflow,
  fields: {
    no: text({ label: '编号', required: 'F', level: 'must', max: 40, list: true }),
    kind: choice(NOTICE_KINDS, { label: '种类', required: 'F', initial: 'advice', list: true }),
    enterpriseId: reference('enterprise', { label: '企业', required: 'F' }),
    visitId: reference('visit', { label: '现场检查' }),
    state: choice(NOTICE_STATES, { label: '状态', required: 'F', initial: 'issued', list: true }),
    issuedDate: day({ label: '开具日期', required: 'F', list: true }),
    issuedBy: text({ label: '开具人', max: 60 }),
    deliveredBy: choice(DELIVERY_KINDS, { label: '送达方式' }),
    deliveredDate: day({ label: '送达日期' }),
    signerName: text({ label: '签收人', max: 60, person: true }),
    replyDate: day({ label: '回复期限' }),
    clientConsentBy: text({ label: '委托方同意人', max: 60, since: SINCE }),
    clientConsentAt: day({ label: '委托方同意日期', happened: true, since: SINCE }),
    clientConsentAttachmentId: reference('attachment', { label: '委托方同意材料', since: SINCE }),
  },
  indexes: [['enterpriseId'], ['visitId']],
});

export const noticeFinding = defineSet({
  name: 'noticeFinding',
  label: '整改单问题',
  parent: { entity: 'rectificationNotice', field: 'noticeId' },
  of: { entity: 'finding', field: 'findingId' },
  facets: { ...INNER, write: 'parent', travels: 'parent', since: 1 },
});

export const followUp = defineEntity({
  name: 'followUp',
  label: '跟踪',
  shape: 'child',
  home: { follow: ['findingId'] },
  parent: 'findingId',
  title: 'content',
  facets: {
    file: null,
    timeline: {
      day: 'date',
      title: '{channel}跟进',
      detail: '{content}',
      who: '{byName}',
      glyph: 'i-phone',
      enterprise: 'findingId.enterpriseId',
      opens: 'findingId',
    },
    dossier: null,
    register: null,
    attach: ['photo', 'document', 'evidence'],
    search: null,
    page: { within: 'findingId' },
    write: ['findings.followUp'],
    travels: 'parent',
    since: 1,
  },
  fields: {
    findingId: reference('finding', { label: '问题', required: 'F' }),
    date: day({ label: '日期', required: 'F', list: true }),
    byName: text({ label: '跟踪人', required: 'F', max: 60, list: true }),
    channel: choice(FOLLOW_UP_CHANNELS, { label: '方式', required: 'F', initial: 'phone', list: true }),
    content: longText({ label: '内容', required: 'F', list: true }),
    progressPercent: integer({ label: '进度', unit: '%', min: 0, max: 100, list: true }),
    nextDate: day({ label: '下次跟踪', list: true, help: '问题未整改完时必填' }),
  },
  indexes: [['findingId', 'date'], ['nextDate']],
});

export const verification = defineEntity({
  name: 'verification',
  label: '复核',
  shape: 'child',
  home: { follow: ['findingId'] },
  parent: 'findingId',
  title: 'result',
  facets: {
    file: null,
    timeline: null,
    dossier: null,
    register: null,
    attach: ['photo_after', 'evidence', 'document'],
    search: null,
    page: { within: 'findingId' },
    write: ['workflow.act'],
    travels: 'parent',
    since: 1,
  },
  figures: VERIFICATION_FIGURES,
  dimensions: VERIFICATION_DIMENSIONS,
  fields: {
    findingId: reference('finding', { label: '问题', required: 'F' }),
    date: day({ label: '复核日期', required: 'F', level: 'must', list: true }),
    byName: text({ label: '复核人', required: 'F', max: 100, list: true }),
    method: choice(VERIFICATION_METHODS, { label: '方式', required: 'F', initial: 'on_site', list: true }),
    result: choice(VERIFICATION_RESULTS, { label: '结果', required: 'F', level: 'must', list: true }),
    comment: longText({ label: '意见', list: true }),
    clientConfirmer: text({ label: '委托方确认人', max: 60 }),
  },
  indexes: [['findingId', 'date']],
});

export const repeatDecision = defineEntity({
  name: 'repeatDecision',
  label: '重复判断',
  shape: 'child',
  home: { follow: ['findingId'] },
  parent: 'findingId',
  title: 'decision',
  facets: {
    file: null,
    timeline: null,
    dossier: null,
    register: null,
    attach: null,
    search: null,
    page: { within: 'findingId' },
    write: ['findings.decideRepeat', 'findings.withdrawRepeat', 'findings.update'],
    travels: 'parent',
    since: SINCE_RADAR,
  },
  fields: {
    findingId: reference('finding', { label: '问题', required: 'F' }),
    earlierId: reference('finding', { label: '以前的问题', required: 'F', list: true }),
    decision: choice(REPEAT_DECISIONS, { label: '判断', required: 'F', level: 'must', list: true }),
    date: day({ label: '判断日期', required: 'F', level: 'must', list: true }),
    byName: text({ label: '判断人', required: 'F', level: 'must', max: 60, list: true }),
    reasons: longText({ label: '当时的理由', list: true, max: 1000 }),
  },
  indexes: [['findingId'], ['earlierId']],
});

export const FINDING_ENTITIES = [
  finding,
  findingLaw,
  findingStep,
  findingStepPrev,
  rectificationNotice,
  noticeFinding,
  followUp,
  verification,
  repeatDecision,
] as const;
