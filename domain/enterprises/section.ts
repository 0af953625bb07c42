// Sections 档案建设与数据更新 and 风险分级与标签变化 of the reports.
import { said, sentence, textParagraph, type Block } from '../reports/blocks.ts';
import type { ChangeCount, ChangeRow } from '../reports/figures.ts';
import { defineSection, LONGER_REPORTS } from '../reports/section.ts';
import { dayLine, orDash } from '../reports/words.ts';
import type { Writer } from '../reports/writer.ts';

/** How often what became what, in the period and in the year; the changes one by one where the list is long in the annex. */
function changes(w: Writer, of: ChangeCount['of'], what: string, rows: readonly ChangeRow[]): Block[] {
  const counts = (w.f.changeCounts ?? []).filter((count) => count.of === of);
  const sum = (span: 'period' | 'year'): number => counts.reduce((total, count) => total + count[span], 0);
  if (counts.length === 0)
    return [textParagraph(rows.length === 0 ? `本期${what}无变化。` : `${w.period}${what}变化${rows.length}家次。`)];
  return [
    textParagraph(
      `${w.period}${what}变化${sum('period')}家次${w.year ? `；${w.asOf}，${w.year}累计${sum('year')}家次` : ''}。`,
    ),
    {
      type: 'table',
      id: `${of}ChangeCounts`,
      caption: w.table(`${what}变化汇总（${[w.period, ...(w.year ? [w.year] : [])].join('、')}，${w.asOf}）`),
      columns: [
        { heading: '项目', weight: 3, align: 'center' },
        { heading: '原', weight: 3, align: 'center' },
        { heading: '现', weight: 3, align: 'center' },
        ...(w.year ? [{ heading: `${w.period}（家次）`, weight: 2.4, align: 'center' as const }] : []),
        { heading: `${w.year ?? w.period}（家次）`, weight: 2.4, align: 'center' },
      ],
      rows: counts.map((count) => [
        count.what,
        orDash(count.from),
        orDash(count.to),
        ...(w.year ? [String(count.period)] : []),
        String(count.year),
      ]),
      totals: ['合计', '', '', ...(w.year ? [String(sum('period'))] : []), String(sum('year'))],
    },
    ...(rows.length > 0 ? changeList(w, of, `${what}变化清单`, rows) : []),
  ];
}

function changeList(w: Writer, of: string, title: string, rows: readonly ChangeRow[]): Block[] {
  return w.list(title, '家次变化', {
    id: `${of}Changes`,
    columns: [
      { heading: '序号', weight: 1.3, align: 'center' },
      { heading: '村居', weight: 2.4, align: 'center' },
      { heading: '企业名称', weight: 5 },
      { heading: '项目', weight: 2.6, align: 'center' },
      { heading: '原', weight: 2, align: 'center' },
      { heading: '现', weight: 2, align: 'center' },
      { heading: '日期', weight: 2.6, align: 'center' },
    ],
    rows: rows.map((row, index) => [
      String(index + 1),
      orDash(row.village),
      row.enterprise,
      row.what,
      orDash(row.from),
      orDash(row.to),
      dayLine(row.date),
    ]),
  });
}

/** Rates of the files of the period and, where they differ in their days, of the year. */
function filesSection(w: Writer): Block[] {
  return [
    ...said(sentence(w.f.figures, `${w.asOf}，`, ['建档率{fileRate}（已建档{fileRate:n}家，在册{fileRate:d}家）'])),
    ...said(sentence(w.f.figures, w.period, ['档案更新率{fileUpdateRate}（{fileUpdateRate:n}/{fileUpdateRate:d}）'])),
    ...sheetBlocks(w),
    ...changes(w, 'status', '企业经营状态', w.f.statusChanges ?? []),
  ];
}

/** How many filled in their sheet, and the names of those that have not yet. */
function sheetBlocks(w: Writer): Block[] {
  const missing = w.f.withoutSheet ?? [];
  const told = '一企一表建立率{sheetRate}（已填{sheetRate:n}家，在册{sheetRate:d}家）';
  return [
    ...said(sentence(w.f.figures, `${w.asOf}，${w.year ?? w.period}`, [told])),
    ...(missing.length === 0
      ? []
      : w.list('尚未填报一企一表的企业', '家', {
          id: 'withoutSheet',
          columns: [
            { heading: '序号', weight: 1.3, align: 'center' },
            { heading: '村居', weight: 2.4, align: 'center' },
            { heading: '企业名称', weight: 6 },
          ],
          rows: missing.map((row, index) => [String(index + 1), orDash(row.village), row.enterprise]),
        })),
  ];
}

function labelsSection(w: Writer): Block[] {
  return changes(w, 'label', '分级与标签', w.f.labelChanges ?? []);
}

export const ENTERPRISE_SECTIONS = [
  defineSection({
    id: 'files',
    title: '档案建设与数据更新',
    kinds: LONGER_REPORTS,
    order: 70,
    lacking: '还没有企业档案的变动',
    has: (f) => f.statusChanges !== undefined || f.figures.fileRate !== undefined,
    blocks: filesSection,
  }),
  defineSection({
    id: 'labels',
    title: '风险分级与标签变化',
    kinds: ['quarter', 'year'],
    order: 80,
    lacking: '还没有可比的分级与标签',
    has: (f) => f.labelChanges !== undefined,
    blocks: labelsSection,
  }),
];
