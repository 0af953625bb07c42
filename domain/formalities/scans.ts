// What papers of the formalities are called on scans.
import type { ScannedPaper } from '../dictionary/scanned.ts';

export const EIA_SCANS = [
  {
    id: 'eia_approval',
    label: '环评批复',
    words: [
      '环评审批意见',
      '环评批文',
      '环境影响评价批复',
      '环境影响报告表批复',
      '环评报告表批复',
      '环境影响报告表的批复',
      '环境影响报告书的批复',
      '环境影响报告表的审批意见',
      '批复',
    ],
    number: 'approvalNo',
  },
  {
    id: 'eia_filing',
    label: '环评登记表',
    words: ['环境影响登记表', '建设项目环境影响登记表', '登记表备案', '环评备案'],
    number: 'filingNo',
  },
  {
    id: 'eia_report',
    label: '环评报告',
    words: ['环评报告表', '环评报告书', '环境影响报告表', '环境影响报告书', '环评文件', '环评'],
  },
] as const satisfies readonly ScannedPaper[];

export const ACCEPTANCE_SCANS = [
  {
    id: 'acceptance_opinion',
    label: '验收意见',
    words: ['自主验收意见', '验收批复', '竣工环保验收意见'],
    number: 'documentNo',
  },
  {
    id: 'acceptance_report',
    label: '验收报告',
    words: [
      '验收监测报告',
      '验收监测报告表',
      '竣工验收报告',
      '竣工环保验收',
      '竣工验收',
      '三同时验收',
      '自主验收',
      '验收',
    ],
  },
] as const satisfies readonly ScannedPaper[];

export const PERMIT_SCANS = [
  {
    id: 'discharge_permit',
    label: '排污许可证',
    words: ['排污许可证正本', '排污许可证副本', '排污许可', '排污证', '许可证正本', '许可证副本'],
    number: 'number',
  },
  {
    id: 'discharge_registration',
    label: '排污登记回执',
    words: ['固定污染源排污登记回执', '固定污染源排污登记', '登记回执', '排污登记'],
    number: 'number',
  },
] as const satisfies readonly ScannedPaper[];

export const PLAN_SCANS = [
  { id: 'plan_filing', label: '应急预案备案表', words: ['预案备案表', '预案备案', '应急预案备案'], number: 'filingNo' },
  {
    id: 'emergency_plan',
    label: '应急预案',
    words: ['突发环境事件应急预案', '环境应急预案', '预案'],
    number: 'filingNo',
  },
] as const satisfies readonly ScannedPaper[];
