// 培训签到表 and 培训总结 on paper (domain reference 5.8).
import { definePaper } from '../dictionary/paper.ts';

/** What both papers are made from. */
const GIVEN = {
  orgName: 'organisation.name',
  audience: null,
  attendees: null,
  'attendees.unit': 'enterprise.name',
  'attendees.name': 'trainingAttendance.personName',
  'attendees.post': 'trainingAttendance.post',
  'attendees.phone': 'trainingAttendance.phone',
  blankRows: null,
  name: null,
  hours: null,
  summary: null,
  'summary.invited': null,
  'summary.attended': null,
  'summary.persons': null,
  'summary.officers': null,
  'summary.coverage': null,
  'summary.content': null,
  'summary.questions': null,
  'summary.assessment': null,
  'summary.improvements': null,
  'summary.photos': null,
  'summary.materials': null,
  'summary.issuedOn': null,
} as const;

/** The sheet to sign in: what is not known is left to the pen. */
export const trainingSignInPaper = definePaper({
  id: 'training_signin',
  label: '培训签到表',
  of: 'training',
  archive: false,
  title: '{title}培训签到表',
  file: '培训签到表_{title}',
  bodySize: 14,
  given: GIVEN,
  blocks: [
    { type: 'title', text: '培训签到表' },
    {
      type: 'form',
      rows: [
        { label: '培训主题', text: '{title}', wide: true },
        { label: '时间', text: '{date|不详}[（{hours}学时）]' },
        { label: '地点', text: '{place}' },
        { label: '授课人', text: '{trainer}' },
        { label: '组织单位', text: '{orgName}' },
      ],
    },
    {
      type: 'table',
      of: 'attendees',
      height: 9,
      blank: 'blankRows',
      toWrite: true,
      columns: [
        { heading: '序号', text: '{#}', weight: 1.2 },
        { heading: '单位', text: '{unit}', weight: 4.6, align: 'left' },
        { heading: '姓名', text: '{name}' },
        { heading: '职务', text: '{post}', weight: 2.8 },
        { heading: '电话', text: '{phone}', weight: 3 },
        { heading: '签名', text: '', weight: 3, align: 'left' },
      ],
    },
  ],
});

/** The summary of a training that has been held. */
export const trainingSummaryPaper = definePaper({
  id: 'training_summary',
  label: '培训总结',
  of: 'training',
  archive: false,
  title: '{name}',
  file: '{name}',
  bodySize: 14,
  given: GIVEN,
  blocks: [
    {
      type: 'repeat',
      of: 'summary',
      blocks: [
        { type: 'title', text: '{name}' },
        { type: 'heading', text: '基本情况' },
        {
          type: 'paragraph',
          text:
            '{date|不详}在{place|（地点不详）}组织“{title}”培训[（{kind}）]，授课人{trainer|不详}，培训对象为{audience|不详}。' +
            '应到企业[{invited}家||不详]，实到企业{attended}家、{persons}人次[，其中村居人员{officers}人][，覆盖率{coverage}（{attended}/{invited}）]。',
        },
        { type: 'heading', text: '培训内容' },
        { type: 'lines', of: 'content', none: '培训内容待补充。' },
        { type: 'heading', text: '现场互动与答疑', when: 'questions' },
        { type: 'lines', of: 'questions' },
        { type: 'heading', text: '考核与满意度', when: 'assessment' },
        { type: 'lines', of: 'assessment' },
        { type: 'heading', text: '问题与改进', when: 'improvements' },
        { type: 'lines', of: 'improvements' },
        { type: 'heading', text: '现场照片', when: 'photos' },
        { type: 'photos', of: 'photos' },
        { type: 'paragraph', text: '附件：{materials}', keepNext: true },
        { type: 'signed', unit: '{orgName}', day: 'issuedOn' },
      ],
    },
  ],
});
