// 周报, 月报, 季报 and 年度总结 among the papers (domain reference 5.5); their sections come from the kinds of record.
import { definePaper, type PaperDefinition, type ReportPaper } from '../dictionary/paper.ts';
import type { ReportKind } from './figures.ts';

/** A periodic report. */
export interface ReportPaperDefinition<I extends string = string> extends PaperDefinition<I> {
  readonly report: ReportPaper & { readonly kind: ReportKind };
}

function reportPaper<const I extends string>(
  id: I,
  label: string,
  report: ReportPaper & { readonly kind: ReportKind },
): ReportPaperDefinition<I> {
  const paper = definePaper({
    id,
    label,
    of: 'serviceProject',
    archive: true,
    bodySize: 16,
    blocks: [{ type: 'sections' }],
  });
  return { ...paper, report };
}

/** The reports in the order in which they are offered. */
export const REPORT_PAPERS = [
  reportPaper('weekly_report', '周报', {
    kind: 'week',
    name: '周报',
    title: '工作周报',
    months: 0,
    comparison: '排名情况',
    compares: [],
    cover: false,
  }),
  reportPaper('monthly_report', '月报', {
    kind: 'month',
    name: '月报',
    title: '工作月报',
    months: 1,
    comparison: '环比情况',
    compares: ['环比'],
    cover: false,
  }),
  reportPaper('quarterly_report', '季报', {
    kind: 'quarter',
    name: '季报',
    title: '工作季报',
    months: 3,
    comparison: '同比环比情况',
    compares: ['环比', '同比'],
    cover: true,
  }),
  reportPaper('annual_report', '年报', {
    kind: 'year',
    name: '年度总结',
    title: '年度工作总结',
    months: 12,
    comparison: '同比情况',
    compares: ['同比'],
    cover: true,
  }),
] as const;

/** Id of a report, as it is asked for and archived. */
export type ReportId = (typeof REPORT_PAPERS)[number]['id'];

/** The report of that id. */
export function reportNamed(id: ReportId): ReportPaperDefinition {
  return REPORT_PAPERS.find((paper) => paper.id === id) ?? REPORT_PAPERS[1];
}

/** What a kind of report is called and compares with. */
export function reportOf(kind: ReportKind): ReportPaper {
  return (REPORT_PAPERS.find(({ report }) => report.kind === kind) ?? REPORT_PAPERS[1]).report;
}
