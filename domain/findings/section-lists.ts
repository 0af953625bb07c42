// Section 重点问题与逾期清单 and the annex 问题清单.
import { paragraph, sentence, textParagraph, type Block, type Cell } from '../reports/blocks.ts';
import type { FindingRow } from '../reports/figures.ts';
import { personText, phoneText, type Contacts } from '../reports/masking.ts';
import { isZero, type Writer } from '../reports/writer.ts';
import { dayLine, orDash } from '../reports/words.ts';

/** A short list of findings; with `late`, the days since their deadlines. */
function shortList(w: Writer, id: string, caption: string, rows: readonly FindingRow[], late: boolean): Block {
  return {
    type: 'table',
    id,
    caption: w.table(`${caption}（${w.asOf}）`),
    dense: true,
    columns: [
      { heading: '序号', weight: 8.5, align: 'center' },
      { heading: '问题编号\n发现日期', weight: 31, align: 'center' },
      { heading: '村居', weight: 16, align: 'center' },
      { heading: '企业名称', weight: 28 },
      { heading: '问题', weight: late ? 31 : 40 },
      { heading: '整改时限', weight: 20, align: 'center' },
      ...(late ? ([{ heading: '逾期\n天数', weight: 9, align: 'center' }] as const) : []),
      { heading: '状态', weight: 13, align: 'center' },
    ],
    rows: rows.map((row, index) => [
      String(index + 1),
      `${row.no}\n${dayLine(row.foundDate)}`,
      orDash(row.village),
      row.enterprise,
      description(w, row),
      dayLine(row.deadline),
      ...(late ? [row.overdueDays > 0 ? String(row.overdueDays) : '－'] : []),
      row.status,
    ]),
  };
}

/** （本月发现3项）, where a list of the year holds more than the period. */
function ofPeriod(w: Writer, rows: readonly FindingRow[]): string {
  if (!w.year) return '';
  const { from, to } = w.f.period;
  const inPeriod = rows.filter(({ foundDate }) => foundDate !== null && foundDate >= from && foundDate <= to).length;
  return `（其中${w.period}发现${inPeriod}项）`;
}

function majorFindings(w: Writer): Block[] {
  const { major } = w.f;
  const year = w.year ?? w.period;
  if (major.length === 0) return [textParagraph(`${w.asOf}，无未销号的重大问题。`)];
  return [
    textParagraph(
      `${w.asOf}，${year}发现的重大问题中未销号的有${major.length}项${ofPeriod(w, major)}，建议按专项帮扶方案持续跟踪。`,
    ),
    shortList(w, 'major', `${year}发现、未销号的重大问题`, major, false),
  ];
}

function overdueFindings(w: Writer): Block[] {
  const { overdue, figures } = w.f;
  const year = w.year ?? w.period;
  if (overdue.length === 0 && (isZero(w, 'overdueCount') || !figures.overdueCount))
    return [textParagraph(`${w.asOf}，无逾期未整改问题。`)];
  const said = sentence(figures, `${w.asOf}，${year}发现的问题`, [`逾期未整改{overdueCount}项${ofPeriod(w, overdue)}`]);
  return [
    paragraph([...said.slice(0, -1), { text: '，建议属地和企业抓紧整改，我单位将继续跟踪提示。' }]),
    ...(overdue.length > 0 ? [shortList(w, 'overdue', `${year}发现、逾期未整改的问题`, overdue, true)] : []),
  ];
}

/** Found before the year of service and still open, where there are any (domain reference 8.2). */
function earlierFindings(w: Writer): Block[] {
  const earlier = w.f.earlier ?? [];
  if (earlier.length === 0) return [];
  return [
    { type: 'heading', level: 2, text: '往年未销号' },
    textParagraph('以下问题为往年发现、至今未销号，建议逐项明确去向，不计入本年各项指标。'),
    shortList(w, 'earlier', '往年发现、未销号的问题', earlier, false),
  ];
}

/** Builds section 重点问题与逾期清单. */
export function attentionSection(w: Writer): Block[] {
  return [
    { type: 'heading', level: 2, text: '重大问题' },
    ...majorFindings(w),
    { type: 'heading', level: 2, text: '逾期清单' },
    ...overdueFindings(w),
    ...earlierFindings(w),
  ];
}

/** A column of the list of findings: what it shows of a row, and its characters in Excel. */
export interface FindingListColumn {
  heading: string;
  key: keyof FindingRow | 'position';
  kind: 'number' | 'day' | 'text';
  width: number;
}

/** The list of findings beside a report, domain reference 5.6, as a sheet: a value to a column. */
export const FINDING_LIST_COLUMNS: readonly FindingListColumn[] = [
  { heading: '序号', key: 'position', kind: 'number', width: 6 },
  { heading: '问题编号', key: 'no', kind: 'text', width: 18 },
  { heading: '村居/园区', key: 'village', kind: 'text', width: 12 },
  { heading: '企业名称', key: 'enterprise', kind: 'text', width: 24 },
  { heading: '信用代码', key: 'creditCode', kind: 'text', width: 20 },
  { heading: '检查日期', key: 'foundDate', kind: 'day', width: 11 },
  { heading: '轮次', key: 'round', kind: 'text', width: 10 },
  { heading: '问题类别', key: 'category', kind: 'text', width: 13 },
  { heading: '问题描述', key: 'description', kind: 'text', width: 34 },
  { heading: '处理类别', key: 'handlingClass', kind: 'text', width: 10 },
  { heading: '责任人', key: 'responsible', kind: 'text', width: 12 },
  { heading: '整改措施', key: 'measure', kind: 'text', width: 28 },
  { heading: '整改时限', key: 'deadline', kind: 'day', width: 11 },
  { heading: '整改状态', key: 'status', kind: 'text', width: 10 },
  { heading: '完成日期', key: 'closedDate', kind: 'day', width: 11 },
  { heading: '复核结果/日期', key: 'verification', kind: 'text', width: 14 },
  { heading: '备注', key: 'remark', kind: 'text', width: 12 },
];

/** What a row of the list says in a column, masked as the report is. */
export function findingListValue(row: FindingRow, key: FindingListColumn['key'], at: number, contacts: Contacts) {
  if (key === 'position') return at + 1;
  const value = row[key];
  if (typeof value !== 'string') return value;
  return key === 'responsible' ? personText(value, contacts) : TOLD.has(key) ? phoneText(value, contacts) : value;
}
/** Texts in which somebody may have written a phone. */
const TOLD: ReadonlySet<string> = new Set(['description', 'measure', 'verification', 'remark']);

/** How many findings are in which state: 待整改2项，已销号9项. */
export function statesText(rows: readonly FindingRow[], joint = '，'): string {
  const counts = new Map<string, number>();
  for (const row of rows) counts.set(row.status, (counts.get(row.status) ?? 0) + 1);
  return [...counts].map(([status, count]) => `${status}${count}项`).join(joint);
}

/** The same list on landscape pages in 五号: values that belong together share a cell, each on lines of its own; millimetres. */
const ON_PAPER: readonly {
  readonly heading: string;
  readonly keys: readonly FindingListColumn['key'][];
  readonly weight: number;
  readonly left?: true;
}[] = [
  { heading: '序号', keys: ['position'], weight: 8.5 },
  { heading: '问题编号\n检查日期\n轮次', keys: ['no', 'foundDate', 'round'], weight: 30 },
  { heading: '村居/\n园区', keys: ['village'], weight: 13 },
  { heading: '企业名称\n信用代码', keys: ['enterprise', 'creditCode'], weight: 41, left: true },
  { heading: '问题类别\n处理类别', keys: ['category', 'handlingClass'], weight: 17 },
  { heading: '问题描述', keys: ['description'], weight: 30, left: true },
  { heading: '责任人', keys: ['responsible'], weight: 12.5 },
  { heading: '整改措施', keys: ['measure'], weight: 34.5, left: true },
  { heading: '整改时限', keys: ['deadline'], weight: 19 },
  { heading: '整改状态\n完成日期\n复核结果', keys: ['status', 'closedDate', 'verification'], weight: 19.5 },
];

/** Values whose parts are told apart by blanks, each on a line of its own: 现场通过 2026-11-17. */
const BROKEN: ReadonlySet<string> = new Set(['responsible', 'verification']);

/** Builds the annex: the list of findings on landscape pages, with a row of counts per status. */
export function annexSection(w: Writer): Block[] {
  const rows = w.f.findings;
  if (rows.length === 0) return [textParagraph('本期无问题清单。')];
  const cells = (row: FindingRow, at: number): Cell[] =>
    ON_PAPER.map(({ keys }) => {
      const values = keys.map((key) => findingListValue(row, key, at, w.contacts));
      const text = values.filter((value) => value !== null && value !== '').join('\n');
      return (BROKEN.has(keys.at(-1) ?? '') ? text.replaceAll(' ', '\n') : text) || '－';
    });
  return [
    {
      type: 'table',
      id: 'findings',
      caption: w.table(`${w.f.period.label}发现的问题（共${rows.length}项，状态${w.asOf}）`),
      dense: true,
      columns: ON_PAPER.map(({ heading, weight, left }) => ({ heading, weight, align: left ? 'left' : 'center' })),
      rows: rows.map(cells),
      totals: ['合计', `${rows.length}项`, '', '', '', '', '', '', '', statesText(rows, '\n')],
    },
  ];
}

function description(w: Writer, row: FindingRow): string {
  return row.description ? phoneText(row.description, w.contacts) : '－';
}
