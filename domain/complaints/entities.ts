// Complaints (信访): who complained of what, how the service surveyed it, what was answered (domain reference 3.6, 8.1).
import { defineEntity } from '../dictionary/entity.ts';
import { choice, day, decimal, flag, longText, reference, text } from '../dictionary/field.ts';
import { daysInOrder } from '../dictionary/period.ts';
import { COMPLAINT_DIMENSIONS, COMPLAINT_FIGURES } from './figures.ts';
import { COMPLAINT_TODAY, complaintConditions, complaintList } from './list.ts';
import { complaintSurveyPaper } from './paper.ts';
import { complaintReportSection } from './section.ts';
import {
  COMPLAINT_CONCLUSIONS,
  COMPLAINT_MEDIA,
  COMPLAINT_SOURCES,
  COMPLAINT_STATES,
  complaintWorkflow,
} from './workflow.ts';

/** A complaint of the same enterprise and medium within this many days is a repeat (domain reference 3.6). */
const REPEAT_DAYS = 365;
/** One that comes within this many days after an earlier one was closed is a relapse (domain reference 4, complaintTotals). */
const RELAPSE_DAYS = 90;

export const complaint = defineEntity({
  name: 'complaint',
  label: '信访',
  home: { follow: ['enterpriseId'] },
  title: 'no',
  list: complaintList,
  conditions: complaintConditions,
  workflow: complaintWorkflow,
  figures: COMPLAINT_FIGURES,
  dimensions: COMPLAINT_DIMENSIONS,
  papers: [complaintSurveyPaper],
  sections: [complaintReportSection],
  today: COMPLAINT_TODAY,
  earlier: [
    {
      field: 'previousId',
      same: ['enterpriseId', 'medium'],
      day: 'receivedDate',
      after: 'receivedDate',
      days: REPEAT_DAYS,
    },
    {
      field: 'relapseOfId',
      same: ['enterpriseId', 'medium'],
      day: 'receivedDate',
      after: 'closedDate',
      days: RELAPSE_DAYS,
    },
  ],
  work: [
    { who: 'handlerId', day: 'surveyDate' },
    { who: 'expertStaffId', day: 'surveyDate' },
    { who: 'handlerId', day: 'answeredDate' },
  ],
  facets: {
    file: { tab: 'inspection', order: 4, count: true },
    timeline: {
      day: 'receivedDate',
      title: '信访（{source}）：{medium}',
      detail: '{content}',
      who: '{handlerId.name}',
      glyph: 'i-phone',
      enterprise: 'enterpriseId',
    },
    dossier: {
      section: 'services',
      order: 2,
      by: 'receivedDate',
      columns: [
        { path: 'receivedDate', weight: 3, align: 'center' },
        { path: 'source', weight: 2, align: 'center' },
        { path: 'medium', weight: 2, align: 'center' },
        { path: 'content', weight: 6 },
        { path: 'state', weight: 2, align: 'center' },
      ],
    },
    register: {
      order: 40,
      find: ['orderNo'],
      ledger: {
        only: true,
        called: ['信访工单', '工单', '投诉', '诉求'],
        numbers: 'no',
        remark: 'content',
        steps: ['state', 'closedDate'],
      },
    },
    attach: ['photo', 'evidence', 'document', 'signed_paper'],
    search: {
      order: 6,
      icon: 'phone',
      title: '{no} {content}',
      detail: '{enterpriseId.name|{place}}',
      tail: '{state}',
      spelled: [],
      words: ['no', 'orderNo', 'content', 'place'],
      parent: 'enterpriseId',
    },
    page: { route: '/complaints', room: 'complaints', order: 1 },
    write: 'plain',
    travels: 'area',
    since: 3,
  },
  fields: {
    no: text({ label: '编号', required: 'F', level: 'must', max: 40, list: true, numbered: true }),
    state: choice(COMPLAINT_STATES, {
      label: '状态',
      required: 'F',
      level: 'must',
      initial: 'received',
      list: true,
      headings: ['工单状态', '办理状态', '是否办结', '办结情况'],
    }),
    source: choice(COMPLAINT_SOURCES, {
      label: '来源',
      required: 'F',
      initial: 'hotline_12345',
      list: true,
      headings: ['诉求渠道', '信访来源', '来源渠道'],
    }),
    orderNo: text({
      label: '工单号',
      headings: ['工单编号', '热线单号', '平台单号', '信访编号', '案件编号'],
      max: 60,
      help: '来源系统里的编号',
    }),
    receivedDate: day({
      label: '收到日期',
      headings: [
        '受理日期',
        '受理时间',
        '登记时间',
        '来电时间',
        '交办时间',
        '市交办时间',
        '信访日期',
        '投诉日期',
        '来信日期',
      ],
      required: 'F',
      level: 'must',
      list: true,
      happened: true,
    }),
    medium: choice(COMPLAINT_MEDIA, {
      label: '污染类型',
      headings: ['诉求类别', '诉求类型', '信访类别', '投诉类别'],
      required: 'F',
      level: 'must',
      initial: 'other',
      list: true,
    }),
    content: longText({
      label: '反映内容',
      headings: ['诉求内容', '投诉内容', '信访内容', '反映问题'],
      required: 'F',
      level: 'must',
      list: true,
    }),
    isAnonymous: flag({ label: '匿名', headings: ['是否匿名'] }),
    complainantName: text({
      label: '信访人',
      max: 60,
      masked: true,
      headings: ['来电人', '反映人', '诉求人', '投诉人'],
    }),
    complainantPhone: text({
      label: '信访人电话',
      max: 60,
      masked: true,
      headings: ['联系方式', '来电号码', '联系电话', '求助号码', '投诉人电话'],
    }),
    enterpriseId: reference('enterprise', { label: '被反映单位', list: true }),
    place: text({
      label: '地点',
      max: 200,
      headings: ['事发地点', '事件发生地', '诉求详细地址', '反映地点', '投诉地址'],
    }),
    areaId: reference('area', { label: '村居' }),
    gridId: reference('grid', { label: '网格' }),
    longitude: decimal({ label: '经度', unit: '°', axis: 'longitude' }),
    latitude: decimal({ label: '纬度', unit: '°', axis: 'latitude' }),
    dueDate: day({
      label: '办结期限',
      list: true,
      headings: ['办理时限', '办理期限', '截止时间', '办结时限', '市交办办结期限', '要求办结日期', '应办结日期'],
    }),
    handlerId: reference('staff', { label: '经办人', list: true }),
    expertStaffId: reference('staff', { label: '专家' }),
    surveyDate: day({ label: '现场调查日期', happened: true }),
    visitId: reference('visit', { label: '现场检查', help: '调查时另做了现场检查的，选在这里' }),
    surveyNote: longText({ label: '现场情况' }),
    conclusion: choice(COMPLAINT_CONCLUSIONS, { label: '调查结论' }),
    analysis: longText({ label: '原因分析' }),
    answer: longText({ label: '答复内容', headings: ['处理结果', '办理结果', '处理情况', '调查处理情况'] }),
    answeredDate: day({ label: '答复日期', happened: true }),
    notAcceptedReason: longText({ label: '不予受理原因', max: 500 }),
    closedDate: day({
      label: '办结日期',
      level: 'must',
      list: true,
      happened: true,
      headings: ['办结时间', '结案日期', '处理完成日期'],
    }),
    previousId: reference('complaint', { label: '重复于', derived: true }),
    relapseOfId: reference('complaint', { label: '返潮于', derived: true }),
  },
  indexes: [
    ['enterpriseId', 'medium'],
    ['receivedDate'],
    ['state', 'dueDate'],
    ['areaId'],
    ['previousId'],
    ['relapseOfId'],
  ],
  checks: [
    {
      code: 'ANONYMOUS_NAMED',
      field: 'complainantName',
      severity: { form: 'warn' },
      run: (r) => (r.isAnonymous && r.complainantName ? '匿名信访不登记姓名，请去掉姓名或取消“匿名”' : null),
    },
    {
      code: 'WHERE_UNKNOWN',
      field: 'place',
      severity: { form: 'error', import: 'warn' },
      run: (r) => (r.enterpriseId || r.place || r.areaId ? null : '请填写被反映单位、地点或村居中的一项'),
    },
    daysInOrder({
      code: 'DUE_BEFORE_RECEIVED',
      from: 'receivedDate',
      to: 'dueDate',
      sentence: '办结期限早于收到日期，请核对',
    }),
  ],
});

export const COMPLAINT_ENTITIES = [complaint] as const;
