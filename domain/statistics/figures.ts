// Definitions of the figures: label, unit, and in one sentence what is counted and what is left out (domain reference 4.2).

/** A figure's definition. `of` names what the rows behind it are. */
export interface FigureDefinition { code: string; label: string; unit: string; of: 'finding' | 'enterprise' | 'visit'; definition: string; decimals?: number }

const define = (code: string, label: string, unit: string, of: FigureDefinition['of'], definition: string): FigureDefinition => ({ code, label, unit, of, definition });

/** All figures by code. Dashboards, reports and exports print these and no others. */
export const FIGURES = {
  foundCount: define('foundCount', '发现问题数', '项', 'finding', '按发现日期归入期间的问题，草稿和作废不计'),
  rectifiedCount: define('rectifiedCount', '完成整改数', '项', 'finding', '截至日已销号的问题；“污染源已消除”按项目设置决定是否计入'),
  closedCount: define('closedCount', '销号数', '项', 'finding', '截至日已销号的问题，含污染源已消除'),
  closedInPeriod: define('closedInPeriod', '期间销号数', '项', 'finding', '销号日期在期间内的问题，不论何时发现，含污染源已消除'),
  unrectified: define('unrectified', '未整改数', '项', 'finding', '发现问题数减完成整改数，含中止、移交和待复核'),
  sourceRemovedCount: define('sourceRemovedCount', '污染源已消除', '项', 'finding', '因企业关停、搬迁而销号的问题，单列'),
  rectificationRate: define('rectificationRate', '整改率', '%', 'finding', '完成整改数 ÷ 发现问题数，截至日的状态'),
  overdueCount: define('overdueCount', '逾期数', '项', 'finding', '期限早于截至日且仍待整改、整改中的问题，以及过期才提交、尚未复核的问题'),
  overdueRate: define('overdueRate', '逾期率', '%', 'finding', '逾期数 ÷ 未整改数'),
  onTimeRate: define('onTimeRate', '按期整改率', '%', 'finding', '按原定时限完成整改的问题 ÷ 原定时限已到的问题'),
  immediateShare: define('immediateShare', '即知即改占比', '%', 'finding', '即知即改的问题 ÷ 发现问题数'),
  recurrenceRate: define('recurrenceRate', '重复发生率', '%', 'finding', '经人工认定重复发生的问题 ÷ 发现问题数'),
  returnRate: define('returnRate', '复核退回率', '%', 'finding', '复核不通过的次数 ÷ 复核次数；名单按问题列，退回几次的只列一次'),
  problemEnterprises: define('problemEnterprises', '问题企业数', '家', 'enterprise', '期间内发现问题的企业，每家只计一次'),
  enterpriseRectificationRate: define('enterpriseRectificationRate', '问题企业整改率', '%', 'enterprise', '问题全部完成整改的企业 ÷ 有问题的企业'),
  inScopeEnterprises: define('inScopeEnterprises', '在册企业数', '家', 'enterprise', '截至日未关停、未搬离的企业；选了轮次时为该轮对象（关停、搬离、查无、重复除外）'),
  visitedEnterprises: define('visitedEnterprises', '检查企业数', '家', 'enterprise', '期间内至少有一次完成或部分完成检查的企业'),
  unvisitedEnterprises: define('unvisitedEnterprises', '未查企业数', '家', 'enterprise', '应查企业中期间内没有完成检查的'),
  coverageRate: define('coverageRate', '检查覆盖率', '%', 'enterprise', '检查过的应查企业 ÷ 应查企业'),
  visitCount: define('visitCount', '检查家次', '家次', 'visit', '期间内结果为完成或部分完成的检查'),
  nightVisitCount: define('nightVisitCount', '夜间巡查', '次', 'visit', '期间内的夜间检查'),
  problemEnterpriseRate: define('problemEnterpriseRate', '问题企业占比', '%', 'enterprise', '检查中发现问题的企业 ÷ 检查企业数'),
  findingsPerEnterprise: define('findingsPerEnterprise', '家均问题数', '项/家', 'finding', '发现问题数 ÷ 检查企业数'),
  fileRate: define('fileRate', '建档率', '%', 'enterprise', '已建档企业 ÷ 在册企业'),
} as const satisfies Record<string, FigureDefinition>;

export type FigureId = keyof typeof FIGURES;
