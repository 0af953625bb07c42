// Findings and their closed loop: steps are append-only rows from which state, dates and counts are derived (domain reference 2.7, 3.3).
import { defineEntity, defineSet } from '../dictionary/entity.ts';
import { choice, day, instant, integer, longText, reference, text } from '../dictionary/field.ts';
import { vocabulary } from '../dictionary/vocabulary.ts';
import {
  DELIVERY_KINDS, FINDING_CATEGORIES, FOLLOW_UP_CHANNELS, HANDLING_CLASSES, NOTICE_KINDS, NOTICE_STATES,
  PHOTO_EXEMPTIONS, VERIFICATION_METHODS, VERIFICATION_RESULTS,
} from './vocabulary.ts';
import { FINDING_EVENTS, FINDING_STATES } from './machine.ts';

const asVocabulary = (items: readonly { id: string; label: string }[]) => vocabulary(Object.fromEntries(items.map((i) => [i.id, i.label])));

/** States and events of the finding machine as vocabularies of the dictionary. */
export const FINDING_STATE_VOCABULARY = asVocabulary(FINDING_STATES);
export const FINDING_EVENT_VOCABULARY = asVocabulary(FINDING_EVENTS);

export const CLOSE_REASONS = vocabulary({
  fixed_on_site: '现场整改', verified: '复核通过', source_removed: '污染源已消除', after_transfer: '移交后办结',
});
export const HOLDERS = vocabulary({ enterprise: '企业', village: '村居', client: '委托方', consultant: '服务单位', enforcement: '执法部门' });

const byEnterprise = { follow: ['enterpriseId'] };

export const finding = defineEntity({
  name: 'finding', label: '问题', home: byEnterprise, title: 'description',
  fields: {
    no: text({ label: '问题编号', required: 'F', level: 'must', max: 40, list: true }),
    enterpriseId: reference('enterprise', { label: '企业', required: 'F', list: true }),
    visitId: reference('visit', { label: '现场检查' }),
    roundId: reference('round', { label: '轮次', list: true }),
    checklistItemId: reference('checklistItem', { label: '检查项' }),
    foundDate: day({ label: '发现日期', required: 'F', level: 'must', list: true }),
    category: choice(FINDING_CATEGORIES, { label: '问题类别', required: 'F', level: 'must', list: true, initial: 'other' }),
    handlingClass: choice(HANDLING_CLASSES, { label: '处理类别', required: 'F', level: 'must', list: true, initial: 'deadline' }),
    description: longText({ label: '问题', required: 'F', level: 'must', list: true, headings: ['问题', '存在问题', '问题描述', '检查问题'] }),
    location: text({ label: '位置', max: 200 }),
    responsibleUnit: text({ label: '责任单位', level: 'must', max: 100 }),
    responsiblePerson: text({ label: '责任人', level: 'must', max: 60, list: true }),
    measure: longText({ label: '措施', level: 'must', headings: ['整改要求', '整改措施', '建议'] }),
    suggestion: longText({ label: '建议' }),
    proposedDeadline: day({ label: '拟定时限', level: 'must', headings: ['整改期限', '时限'] }),
    photoExemption: choice(PHOTO_EXEMPTIONS, { label: '无照片原因' }),
    toldToName: text({ label: '现场告知', max: 60 }),
    toldAt: text({ label: '告知时间', max: 40 }),
    toldReply: text({ label: '对方意见', max: 500 }),
    helpPlan: longText({ label: '专项帮扶' }),
    enforcementContact: text({ label: '管执联动联系人', max: 100 }),
    spotCount: integer({ label: '同类点位数', min: 1 }),
    recurrenceOfId: reference('finding', { label: '重复发生于' }),
    status: choice(FINDING_STATE_VOCABULARY, { label: '状态', required: 'F', derived: true, list: true, initial: 'draft' }),
    deadline: day({ label: '时限', derived: true, list: true }),
    originalDeadline: day({ label: '原定时限', derived: true }),
    extensionCount: integer({ label: '延期次数', required: 'F', derived: true, initial: 0 }),
    issuedDate: day({ label: '开单日期', derived: true }),
    reportDate: day({ label: '提交日期', derived: true }),
    closedDate: day({ label: '销号日期', derived: true, list: true }),
    rectifiedDate: day({ label: '整改日期', derived: true }),
    closeReason: choice(CLOSE_REASONS, { label: '销号方式', derived: true }),
    returnCount: integer({ label: '退回次数', required: 'F', derived: true, initial: 0 }),
    currentHolder: choice(HOLDERS, { label: '当前持有', derived: true }),
  },
  indexes: [['enterpriseId'], ['visitId'], ['roundId'], ['foundDate', 'status'], ['status', 'deadline'], ['closedDate'], ['no'], ['category'], ['checklistItemId']],
});

export const findingLaw = defineSet({
  name: 'findingLaw', label: '法规依据',
  parent: { entity: 'finding', field: 'findingId' }, of: { entity: 'legalBasis', field: 'legalBasisId' },
});

export const findingStep = defineEntity({
  name: 'findingStep', label: '流转', shape: 'steps', home: { follow: ['findingId'] }, parent: 'findingId', title: 'event',
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
  name: 'findingStepPrev', label: '承接步骤',
  parent: { entity: 'findingStep', field: 'stepId' }, of: { entity: 'findingStep', field: 'prevId' },
});

export const rectificationNotice = defineEntity({
  name: 'rectificationNotice', label: '整改单', home: byEnterprise, title: 'no',
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
    signerName: text({ label: '签收人', max: 60 }),
    replyDate: day({ label: '回复期限' }),
  },
  indexes: [['enterpriseId'], ['visitId']],
});

export const noticeFinding = defineSet({
  name: 'noticeFinding', label: '整改单问题',
  parent: { entity: 'rectificationNotice', field: 'noticeId' }, of: { entity: 'finding', field: 'findingId' },
});

export const followUp = defineEntity({
  name: 'followUp', label: '跟踪', shape: 'child', home: { follow: ['findingId'] }, parent: 'findingId', title: 'content',
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
  name: 'verification', label: '复核', shape: 'child', home: { follow: ['findingId'] }, parent: 'findingId', title: 'result',
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

export const FINDING_ENTITIES = [
  finding, findingLaw, findingStep, findingStepPrev, rectificationNotice, noticeFinding, followUp, verification,
];
