// Papers that belong to the enterprise itself, as they are called on scans.
import type { ScannedPaper } from '../dictionary/scanned.ts';

export const ENTERPRISE_SCANS = [
  { id: 'business_licence', label: '营业执照', words: ['工商执照', '工商营业执照'] },
  { id: 'layout_plan', label: '平面布置图', words: ['厂区平面图', '总平面图', '平面图'], as: 'layout' },
  {
    id: 'waste_contract',
    label: '危废处置合同',
    words: [
      '危险废物处置合同',
      '危废合同',
      '危废处置协议',
      '危险废物委托处置合同',
      '委托处置合同',
      '处置合同',
      '处置协议',
    ],
  },
  { id: 'waste_plan', label: '危废管理计划', words: ['危险废物管理计划', '管理计划'] },
  // A report holds many results: it stays whole, and each result names it by its number.
  {
    id: 'monitoring_report',
    label: '监测报告',
    words: [
      '检测报告',
      '自行监测报告',
      '废气监测',
      '废水监测',
      '噪声监测',
      '废气检测',
      '废水检测',
      '噪声检测',
      '自行监测',
    ],
  },
  { id: 'rules', label: '环保管理制度', words: ['环境管理制度', '环保制度', '管理制度'] },
  { id: 'ledger', label: '环保台账', words: ['环境管理台账', '管理台账', '台账'] },
  { id: 'other_paper', label: '其他资料', words: [] },
] as const satisfies readonly ScannedPaper[];
