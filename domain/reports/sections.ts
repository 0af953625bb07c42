// Sections of the periodic reports: their titles, their order and the kinds of report that carry them.
import type { ReportFigures, ReportKind } from './figures.ts';

/** Sections in printing order (domain reference 5.5). Numbers 一、二、… are given over those actually printed. */
export const REPORT_SECTIONS = [
  { id: 'overview', title: '工作概况', kinds: ['week', 'month', 'quarter', 'year'] },
  { id: 'findings', title: '问题发现与整改', kinds: ['week', 'month', 'quarter', 'year'] },
  { id: 'attention', title: '重点问题与逾期清单', kinds: ['week', 'month', 'quarter', 'year'] },
  { id: 'tasks', title: '专项任务完成情况', kinds: ['week', 'month', 'quarter', 'year'] },
  { id: 'complaints', title: '信访处置', kinds: ['month', 'quarter', 'year'] },
  { id: 'training', title: '培训与咨询', kinds: ['month', 'quarter', 'year'] },
  { id: 'files', title: '档案建设与数据更新', kinds: ['month', 'quarter', 'year'] },
  { id: 'labels', title: '风险分级与标签变化', kinds: ['quarter', 'year'] },
  { id: 'comparison', title: '同比环比与排名', kinds: ['week', 'month', 'quarter', 'year'] },
  { id: 'cases', title: '典型案例', kinds: ['year'] },
  { id: 'causes', title: '存在问题与原因分析', kinds: ['month', 'quarter', 'year'] },
  { id: 'advice', title: '工作建议', kinds: ['year'] },
  { id: 'plan', title: '下阶段计划', kinds: ['week', 'month', 'quarter', 'year'] },
  { id: 'annex', title: '问题清单', kinds: ['week', 'month', 'quarter', 'year'] },
] as const satisfies readonly { id: string; title: string; kinds: readonly ReportKind[] }[];

/** Id of a section. */
export type SectionId = (typeof REPORT_SECTIONS)[number]['id'];

/** Section 九 carries the name of what the kind of report compares with. */
const COMPARISON_TITLES: Readonly<Record<ReportKind, string>> = {
  week: '排名情况', month: '环比情况', quarter: '同比环比情况', year: '同比情况',
};

/** Title of a section without its number. */
export function sectionTitle(id: SectionId, kind: ReportKind): string {
  if (id === 'comparison') return COMPARISON_TITLES[kind];
  return REPORT_SECTIONS.find((section) => section.id === id)?.title ?? '';
}

const hasData: Readonly<Record<SectionId, (f: ReportFigures) => boolean>> = {
  overview: () => true,
  findings: () => true,
  attention: () => true,
  tasks: (f) => f.tasks !== undefined,
  complaints: (f) => f.complaints !== undefined,
  training: (f) => f.trainings !== undefined,
  files: (f) => f.statusChanges !== undefined || f.figures.fileRate !== undefined,
  labels: (f) => f.labelChanges !== undefined,
  comparison: (f) => [f.comparisons, f.ranking, f.years, f.villageYears].some((list) => list !== undefined),
  cases: (f) => f.cases !== undefined,
  causes: (f) => f.causes !== undefined,
  advice: (f) => f.advice !== undefined,
  plan: () => true,
  annex: () => true,
};

/**
 * Sections a report prints: those chosen, else those of its kind, and only where data is given for them.
 * @returns ids in printing order
 */
export function printedSections(figures: ReportFigures, chosen?: readonly SectionId[]): SectionId[] {
  return REPORT_SECTIONS
    .filter((section) => (chosen ? chosen.includes(section.id) : (section.kinds as readonly ReportKind[]).includes(figures.kind)))
    .filter((section) => hasData[section.id](figures))
    .map((section) => section.id);
}
