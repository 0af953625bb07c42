// Sections of the reports that tell of the service itself: its work, its comparisons, its plans.
import type { ReportKind } from '../reports/figures.ts';
import { REPORT_PAPERS } from '../reports/paper.ts';
import { comparisonSection } from '../reports/section-comparison.ts';
import { overviewSection } from '../reports/section-overview.ts';
import { adviceSection, causesSection, planSection, tasksSection } from '../reports/section-services.ts';
import { defineSection, EVERY_REPORT, LONGER_REPORTS } from '../reports/section.ts';

/** The section that compares carries the name of what the kind of report compares with. */
const COMPARISON = Object.fromEntries(REPORT_PAPERS.map(({ report }) => [report.kind, report.comparison])) as Record<
  ReportKind,
  string
>;

/** Whether somebody wrote something. */
const written = (lines: readonly string[] | undefined): boolean => (lines ?? []).some((line) => line.trim() !== '');

export const PROJECT_SECTIONS = [
  defineSection({
    id: 'overview',
    title: '工作概况',
    kinds: EVERY_REPORT,
    order: 10,
    lacking: '',
    has: () => true,
    blocks: overviewSection,
  }),
  defineSection({
    id: 'tasks',
    title: '专项任务完成情况',
    kinds: EVERY_REPORT,
    order: 40,
    lacking: '还没有登记专项任务',
    has: (f) => f.tasks !== undefined,
    blocks: tasksSection,
  }),
  defineSection({
    id: 'comparison',
    title: COMPARISON,
    kinds: EVERY_REPORT,
    order: 90,
    lacking: '没有可比的期间',
    has: (f) => [f.comparisons, f.ranking, f.years, f.villageYears].some((list) => list !== undefined),
    blocks: comparisonSection,
  }),
  defineSection({
    id: 'causes',
    title: '存在问题与原因分析',
    kinds: LONGER_REPORTS,
    order: 110,
    lacking: '还没有填写存在问题与原因分析',
    has: (f) => written(f.causes),
    blocks: causesSection,
  }),
  defineSection({
    id: 'advice',
    title: '工作建议',
    kinds: LONGER_REPORTS,
    order: 120,
    lacking: '还没有填写工作建议',
    has: (f) => written(f.advice),
    blocks: adviceSection,
  }),
  defineSection({
    id: 'plan',
    title: '下阶段计划',
    kinds: EVERY_REPORT,
    order: 130,
    lacking: '',
    has: () => true,
    blocks: planSection,
  }),
];
