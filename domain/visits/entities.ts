// Visits with their checklist answers (domain reference 2.7, 3.1).
import { defineEntity, defineSet } from '../dictionary/entity.ts';
import { choice, day, decimal, flag, integer, longText, reference, text } from '../dictionary/field.ts';
import { vocabulary } from '../dictionary/vocabulary.ts';

export const VISIT_STATES = vocabulary({ draft: '检查中', recorded: '已记录', signed: '已签字', locked: '已锁定' });
export const VISIT_OUTCOMES = vocabulary({
  completed: '完成', partial: '部分完成', refused: '拒查', closed_door: '关门', not_found: '查无', moved: '已搬离',
});
/** Only these count as visited (domain reference 2.7). */
export const VISITED_OUTCOMES = ['completed', 'partial'] as const;
/** Did the inspection take place? */
export const isVisited = (outcome: string | null): boolean => (VISITED_OUTCOMES as readonly (string | null)[]).includes(outcome);
export const VISIT_PURPOSES = vocabulary({
  baseline: '摸底', routine: '例行', special: '专项', look_back: '回头看', verification: '复核', complaint: '信访', consultation: '咨询',
});
export const SERVICE_STYLES = vocabulary({ supervise: '以查代管', teach: '以查带教' });
export const ANSWER_RESULTS = vocabulary({
  conforming: '符合', partial: '部分符合', nonconforming: '不符合', not_applicable: '不涉及', unchecked: '未查',
});
const TIME = /^([01]\d|2[0-3]):[0-5]\d$/;

export const visit = defineEntity({
  name: 'visit', label: '现场检查', home: { follow: ['enterpriseId'] }, title: 'date',
  fields: {
    no: text({ label: '编号', required: 'F', level: 'must', max: 40, list: true }),
    enterpriseId: reference('enterprise', { label: '企业', required: 'F', list: true }),
    roundId: reference('round', { label: '轮次', list: true }),
    roundTargetId: reference('roundTarget', { label: '轮次对象' }),
    projectId: reference('serviceProject', { label: '服务项目' }),
    date: day({ label: '检查日期', required: 'F', level: 'must', list: true }),
    timeFrom: text({ label: '开始', max: 5, pattern: TIME }),
    timeTo: text({ label: '结束', max: 5, pattern: TIME, help: '早于开始时间表示过了零点' }),
    isNight: flag({ label: '夜间' }),
    state: choice(VISIT_STATES, { label: '状态', required: 'F', level: 'must', initial: 'draft', list: true }),
    outcome: choice(VISIT_OUTCOMES, { label: '结果', level: 'must', list: true }),
    accompanyingName: text({ label: '陪同人', max: 60 }),
    accompanyingPost: text({ label: '陪同人职务', max: 60 }),
    villageOfficer: text({ label: '村居人员', max: 60 }),
    openingTalk: longText({ label: '首次沟通' }),
    summary: longText({ label: '小结' }),
    guidance: longText({ label: '现场指导' }),
    serviceStyle: choice(SERVICE_STYLES, { label: '服务方式' }),
    lawExplained: flag({ label: '现场普法' }),
    cooperationMark: integer({ label: '配合度', min: 1, max: 5 }),
    checkinLongitude: decimal({ label: '签到经度' }),
    checkinLatitude: decimal({ label: '签到纬度' }),
    signerName: text({ label: '签字人', max: 60 }),
    signerPost: text({ label: '签字人职务', max: 60 }),
    signedDate: day({ label: '签字日期' }),
    refusedSign: flag({ label: '拒签' }),
    refusedSignReason: text({ label: '拒签原因', max: 300 }),
    signedContentHash: text({ label: '签字内容指纹', max: 64 }),
  },
  indexes: [['enterpriseId', 'date'], ['roundId'], ['date'], ['state']],
});

export const visitPurpose = defineSet({
  name: 'visitPurpose', label: '检查目的',
  parent: { entity: 'visit', field: 'visitId' }, of: { vocabulary: VISIT_PURPOSES, field: 'purpose' },
});

export const visitStaff = defineSet({
  name: 'visitStaff', label: '检查人员',
  parent: { entity: 'visit', field: 'visitId' }, of: { entity: 'staff', field: 'staffId' },
});

export const visitChecklist = defineSet({
  name: 'visitChecklist', label: '检查表',
  parent: { entity: 'visit', field: 'visitId' }, of: { entity: 'checklist', field: 'checklistId' },
});

export const checklistAnswer = defineEntity({
  name: 'checklistAnswer', label: '检查结果', shape: 'extension', home: { follow: ['visitId'] }, parent: 'visitId',
  fields: {
    visitId: reference('visit', { label: '现场检查', required: 'F' }),
    itemId: reference('checklistItem', { label: '检查项', required: 'F' }),
    itemVersion: text({ label: '版本', max: 20 }),
    result: choice(ANSWER_RESULTS, { label: '结果', required: 'F', level: 'must', initial: 'unchecked' }),
    remark: longText({ label: '备注', max: 1000 }),
  },
  indexes: [['visitId'], ['itemId']],
});

export const VISIT_ENTITIES = [visit, visitPurpose, visitStaff, visitChecklist, checklistAnswer];
