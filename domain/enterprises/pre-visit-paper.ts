// 拜访前资料: what an engineer reads before a visit, and what is missing of it (domain reference 1.4; five parts of public facts).
import { definePaper } from '../dictionary/paper.ts';
import { NOT_OPEN_STATES } from '../findings/machine.ts';

/** What stands where a ledger is not on file: it is missed where the file says that it is needed, asked for where it does not say. */
export const LEDGERS = {
  noTransfers: {
    needs: 'waste.hazardous',
    unless: null,
    yes: '缺：档案里没有转移联单，请企业准备危废台账和联单。',
    no: '档案记载不产生危险废物，不需要转移联单。',
    unknown: '缺：档案没有说是否产生危险废物；产生的，请企业准备台账和联单。',
  },
  noReports: {
    needs: 'permit.certificate',
    unless: 'permit.registration',
    yes: '缺：档案里没有执行报告，请企业准备。',
    no: '不是排污许可证管理，不需要执行报告。',
    unknown: '缺：档案没有说有无排污许可证；持证的，请企业准备执行报告。',
  },
} as const;

/** What stands where no acceptance is on file: projects that are only registered need none. */
export const ACCEPTANCES = {
  asked: 'eia.approved',
  needless: 'eia.registration_form',
  yes: '缺：档案里没有验收资料，请企业准备验收意见和公示记录。',
  no: '环评是登记表，不需要竣工环保验收。',
} as const;

/** One paper for the bag: who, what papers there are, what was measured, what is open, what to look at and what to ask for. */
export const preVisitPaper = definePaper({
  id: 'pre_visit',
  label: '拜访前资料',
  of: 'enterprise',
  archive: false,
  contacts: 'shown',
  title: '拜访前资料（{name}）',
  file: '拜访前资料_{name}',
  given: { gaps: null, hints: null, lastVisit: null, noTransfers: null, noReports: null, noAcceptance: null },
  blocks: [
    { type: 'title', text: '拜访前资料', subtitle: '{name}' },
    {
      type: 'form',
      rows: [
        'address',
        'objectKind',
        'industryName',
        'operatingStatus',
        { label: '联系人', text: '{contact.name} {contact.mobile}', wide: true },
        { label: '最近一次到访', text: '{lastVisit|没有到访记录}', wide: true },
      ],
    },
    { type: 'heading', text: '环评' },
    { type: 'table', of: 'eiaProject', by: 'approvalDate', none: '缺：档案里没有环评资料，请企业准备批复或登记表。' },
    { type: 'heading', text: '竣工验收' },
    {
      type: 'table',
      of: 'acceptance',
      by: 'opinionDate',
      none: '{noAcceptance}',
    },
    { type: 'heading', text: '排污许可' },
    {
      type: 'table',
      of: 'permit',
      by: 'validTo',
      none: '缺：档案里没有排污许可或登记，请企业准备许可证副本或登记回执。',
    },
    { type: 'heading', text: '监测数据' },
    {
      type: 'table',
      of: 'monitoringRecord',
      by: 'date',
      newest: 12,
      columns: ['date', 'outletId', 'pollutant', 'value', 'unit', 'limitHigh', 'judgement'],
      none: '缺：档案里没有监测结果，请企业准备最近一年的监测报告。',
    },
    { type: 'heading', text: '台账' },
    {
      type: 'table',
      of: 'wasteTransfer',
      caption: '危废转移联单',
      by: 'date',
      newest: 8,
      columns: [
        'date',
        'manifestNo',
        'name',
        { heading: '转移量', text: '{amount} {unit}', align: 'center' },
        'receiver',
      ],
      none: '{noTransfers}',
    },
    {
      type: 'table',
      of: 'executionReport',
      caption: '执行报告',
      by: 'dueDate',
      newest: 6,
      none: '{noReports}',
    },
    { type: 'heading', text: '未销号的问题' },
    {
      type: 'table',
      of: 'finding',
      by: 'foundDate',
      unless: { status: NOT_OPEN_STATES },
      columns: ['no', 'foundDate', 'description', 'deadline', 'status'],
      none: '没有未销号的问题。',
    },
    { type: 'heading', text: '到现场留意', when: 'hints' },
    { type: 'lines', of: 'hints' },
    { type: 'heading', text: '档案里还缺' },
    { type: 'lines', of: 'gaps', none: '档案应有的内容都有。' },
  ],
});
