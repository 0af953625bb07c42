// Visits with their checklist answers (domain reference 2.7, 3.1).
import { defineEntity, defineSet } from '../dictionary/entity.ts';
import { INNER } from '../dictionary/facets.ts';
import { choice, day, decimal, flag, integer, longText, reference, text } from '../dictionary/field.ts';
import { serviceConsentPaper, visitCardPaper } from './card-paper.ts';
import { VISIT_DIMENSIONS, VISIT_FIGURES } from './figures.ts';
import { inspectionRecordPaper } from './paper.ts';
import { visitConditions, visitList } from './list.ts';
import { VISIT_TODAY } from './today.ts';
import {
  ANSWER_RESULTS,
  FACILITY_STATES,
  OPENING_POINTS,
  ROUND_CHOICES,
  SERVICE_STYLES,
  VISIT_CONSENTS,
  VISIT_NATURES,
  FILE_VERIFIED,
  VISIT_OUTCOMES,
  VISIT_PURPOSES,
  VISIT_STATES,
} from './vocabulary.ts';

import { visitChecks } from './checks.ts';
import { visitWorkflow } from './workflow.ts';

export * from './vocabulary.ts';

/** Schema number of the exchange that brought nature, consent and key quantities. */
const SINCE = 4;
/** That which brought who was told what before looking around. */
const SINCE_OPENING = 9;
const MOMENT = /^\d{4}-\d{2}-\d{2}( ([01]\d|2[0-3]):[0-5]\d)?$/;
const TIME = /^([01]\d|2[0-3]):[0-5]\d$/;

export const visit = defineEntity({
  name: 'visit',
  label: '现场检查',
  home: { follow: ['enterpriseId'] },
  title: 'date',
  papers: [inspectionRecordPaper, visitCardPaper, serviceConsentPaper],
  facets: {
    file: { tab: 'inspection', order: 1, drawn: true, count: true },
    timeline: {
      day: 'date',
      title: '现场检查：{outcome|进行中}',
      detail: '{summary}',
      who: '',
      glyph: 'i-insp',
      enterprise: 'enterpriseId',
    },
    dossier: {
      section: 'inspection',
      order: 1,
      caption: '历次检查',
      by: 'date',
      columns: [
        { path: 'date', weight: 3, align: 'center' },
        { path: 'roundId', weight: 3 },
        { path: 'outcome', text: '{outcome|{state}}', weight: 2, align: 'center' },
        { path: 'visitStaff.staffId', weight: 3 },
        { count: 'finding', weight: 1, align: 'center' },
      ],
    },
    register: null,
    attach: ['photo', 'signed_paper', 'signature', 'document', 'consent'],
    search: null,
    page: { route: '/visits', room: 'inspections', order: 2 },
    write: ['visits.start', 'visits.update', 'visits.setRound', 'workflow.act', 'visits.remove'],
    travels: 'enterprises',
    since: 1,
  },
  workflow: visitWorkflow,
  figures: VISIT_FIGURES,
  dimensions: VISIT_DIMENSIONS,
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
    nature: choice(VISIT_NATURES, { label: '性质', required: 'F', level: 'must', initial: 'service', since: SINCE }),
    inspectionCode: text({ label: '检查码', max: 60, since: SINCE, help: '协助执法时，执法机关的入企检查码' }),
    approvalNo: text({ label: '批准文号', max: 60, since: SINCE }),
    consent: choice(VISIT_CONSENTS, {
      label: '服务同意',
      required: 'F',
      level: 'must',
      initial: 'not_recorded',
      since: SINCE,
    }),
    consentBy: text({ label: '同意人', max: 60, person: true, since: SINCE }),
    consentPost: text({ label: '同意人职务', max: 60, since: SINCE }),
    consentAt: text({ label: '同意时间', max: 16, pattern: MOMENT, since: SINCE }),
    consentAttachmentId: reference('attachment', { label: '同意材料', since: SINCE }),
    cardLeft: flag({ label: '已留到访说明卡', since: SINCE }),
    state: choice(VISIT_STATES, { label: '状态', required: 'F', level: 'must', initial: 'draft', list: true }),
    outcome: choice(VISIT_OUTCOMES, { label: '结果', level: 'must', list: true }),
    accompanyingName: text({ label: '陪同人', max: 60, person: true }),
    accompanyingPost: text({ label: '陪同人职务', max: 60 }),
    villageOfficer: text({ label: '村居人员', max: 60, person: true }),
    openingAt: text({ label: '首次沟通时间', max: 5, pattern: TIME, since: SINCE_OPENING }),
    openingTalk: longText({ label: '首次沟通' }),
    productionLoad: integer({ label: '生产负荷', unit: '%', min: 0, max: 200, since: SINCE }),
    wasteStock: decimal({ label: '危废贮存量', unit: '吨', since: SINCE }),
    wasteOldestDate: day({ label: '最早贮存日期', happened: true, since: SINCE }),
    facilityState: choice(FACILITY_STATES, { label: '治理设施运行', since: SINCE, observed: true }),
    enterpriseOpinion: longText({ label: '企业意见', max: 1000, since: SINCE }),
    summary: longText({ label: '小结' }),
    guidance: longText({ label: '现场指导' }),
    serviceStyle: choice(SERVICE_STYLES, { label: '服务方式' }),
    lawExplained: flag({ label: '现场普法' }),
    cooperationMark: integer({ label: '配合度', min: 1, max: 5 }),
    checkinLongitude: decimal({
      label: '签到经度',
      unit: '°',
      axis: 'longitude',
      help: '手机定位或现场照片里的经度，如 121.31',
    }),
    checkinLatitude: decimal({ label: '签到纬度', unit: '°', axis: 'latitude', help: '如 31.02' }),
    signerName: text({ label: '签字人', max: 60, person: true }),
    signerPost: text({ label: '签字人职务', max: 60 }),
    signedDate: day({ label: '签字日期' }),
    refusedSign: flag({ label: '拒签' }),
    refusedSignReason: text({ label: '拒签原因', max: 300 }),
    signedContentHash: text({ label: '签字内容指纹', max: 64 }),
    roundChoice: choice(ROUND_CHOICES, { label: '轮次选择', since: 4 }),
    verifiesFile: choice(FILE_VERIFIED, {
      label: '档案核实',
      since: 4,
      help: '核实的是基本信息和这次查过的方面，记为检查那天已核实',
    }),
  },
  indexes: [['enterpriseId', 'date'], ['roundId'], ['date'], ['state']],
  checks: visitChecks,
  list: visitList,
  conditions: visitConditions,
  today: VISIT_TODAY,
});

export const visitPurpose = defineSet({
  name: 'visitPurpose',
  label: '检查目的',
  parent: { entity: 'visit', field: 'visitId' },
  of: { vocabulary: VISIT_PURPOSES, field: 'purpose' },
  facets: { ...INNER, write: 'parent', travels: 'parent', since: 1 },
});

export const visitStaff = defineSet({
  name: 'visitStaff',
  label: '检查人员',
  parent: { entity: 'visit', field: 'visitId' },
  of: { entity: 'staff', field: 'staffId' },
  facets: { ...INNER, write: 'parent', travels: 'parent', since: 1 },
});

/** Authorised officers whom the steward accompanies. */
export const visitOfficer = defineEntity({
  name: 'visitOfficer',
  label: '执法人员',
  shape: 'child',
  home: { follow: ['visitId'] },
  parent: 'visitId',
  title: 'name',
  facets: { ...INNER, write: 'plain', travels: 'parent', since: SINCE },
  fields: {
    visitId: reference('visit', { label: '现场检查', required: 'F' }),
    name: text({ label: '姓名', required: 'F', max: 60, list: true }),
    unit: text({ label: '单位', required: 'F', max: 100, list: true }),
    certificateNo: text({ label: '证件号', max: 60, list: true }),
  },
  indexes: [['visitId']],
});

export const visitOpeningPoint = defineSet({
  name: 'visitOpeningPoint',
  label: '说明的要点',
  parent: { entity: 'visit', field: 'visitId' },
  of: { vocabulary: OPENING_POINTS, field: 'point' },
  facets: { ...INNER, write: 'parent', travels: 'parent', since: SINCE_OPENING },
});

/** Who of the enterprise, the village or others was there at the opening talk. */
export const visitAttendee = defineEntity({
  name: 'visitAttendee',
  label: '参加人',
  shape: 'child',
  home: { follow: ['visitId'] },
  parent: 'visitId',
  title: 'name',
  facets: { ...INNER, write: 'plain', travels: 'parent', since: SINCE_OPENING },
  fields: {
    visitId: reference('visit', { label: '现场检查', required: 'F' }),
    name: text({ label: '姓名', required: 'F', max: 60, person: true, list: true }),
    unit: text({ label: '单位', max: 100, list: true, help: '不填为本企业' }),
    post: text({ label: '职务', max: 60, list: true }),
  },
  indexes: [['visitId']],
});

export const visitChecklist = defineSet({
  name: 'visitChecklist',
  label: '检查表',
  parent: { entity: 'visit', field: 'visitId' },
  of: { entity: 'checklist', field: 'checklistId' },
  facets: { ...INNER, write: 'parent', travels: 'parent', since: 1 },
});

export const checklistAnswer = defineEntity({
  name: 'checklistAnswer',
  label: '检查结果',
  shape: 'extension',
  home: { follow: ['visitId'] },
  parent: 'visitId',
  facets: { ...INNER, write: ['visits.answer'], travels: 'parent', since: 1 },
  fields: {
    visitId: reference('visit', { label: '现场检查', required: 'F' }),
    itemId: reference('checklistItem', { label: '检查项', required: 'F' }),
    itemVersion: text({ label: '版本', max: 20 }),
    result: choice(ANSWER_RESULTS, { label: '结果', required: 'F', level: 'must', initial: 'unchecked' }),
    remark: longText({ label: '备注', max: 1000 }),
  },
  indexes: [['visitId'], ['itemId']],
});

export const VISIT_ENTITIES = [
  visit,
  visitPurpose,
  visitStaff,
  visitOfficer,
  visitOpeningPoint,
  visitAttendee,
  visitChecklist,
  checklistAnswer,
] as const;
