// Section 重点问题与逾期清单 and the annex 问题清单.
import { paragraph, sentence, textParagraph, type Block, type Cell } from './blocks.ts';
import type { FindingRow } from './figures.ts';
import { personText, phoneText } from './masking.ts';
import { isZero } from './section-overview.ts';
import type { Writer } from './writer.ts';
import { dayCell, orDash } from './words.ts';

/** Builds section 重点问题与逾期清单. */
export function attentionSection(w: Writer): Block[] {
  const { major, overdue, figures } = w.f;
  const blocks: Block[] = [{ type: 'heading', level: 2, text: '重大问题' }];
  if (major.length === 0) blocks.push(textParagraph(`${w.asOf}，无重大问题。`));
  else {
    blocks.push(textParagraph(`重大问题共${major.length}项，建议按专项帮扶方案持续跟踪。`), {
      type: 'table', id: 'major', caption: w.table(`重大问题清单（${w.asOf}）`),
      columns: [
        { heading: '序号', weight: 1.3, align: 'center' }, { heading: '村居', weight: 2.2, align: 'center' }, { heading: '企业名称', weight: 4 },
        { heading: '问题', weight: 6 }, { heading: '整改时限', weight: 2.6, align: 'center' }, { heading: '状态', weight: 2, align: 'center' },
      ],
      rows: major.map((row, index) => [
        String(index + 1), orDash(row.village), row.enterprise, description(w, row), dayCell(row.deadline), row.status,
      ]),
    });
  }
  blocks.push({ type: 'heading', level: 2, text: '逾期清单' });
  if (overdue.length === 0 && (isZero(w, 'overdueCount') || !figures.overdueCount)) {
    blocks.push(textParagraph(`${w.asOf}，无逾期未整改问题。`));
    return blocks;
  }
  const spans = sentence(figures, `${w.asOf}，`, ['未完成整改{unrectified}项', '其中逾期{overdueCount}项']);
  blocks.push(paragraph([...spans, { text: '建议属地和企业抓紧整改，我单位将继续跟踪督促。' }]));
  if (overdue.length > 0) {
    blocks.push({
      type: 'table', id: 'overdue', caption: w.table(`逾期问题清单（${w.asOf}）`),
      columns: [
        { heading: '序号', weight: 1.3, align: 'center' }, { heading: '村居', weight: 2.2, align: 'center' }, { heading: '企业名称', weight: 4 },
        { heading: '问题', weight: 5 }, { heading: '整改时限', weight: 2.6, align: 'center' },
        { heading: '逾期\n天数', weight: 1.4, align: 'center' }, { heading: '状态', weight: 2, align: 'center' },
      ],
      rows: overdue.map((row, index) => [
        String(index + 1), orDash(row.village), row.enterprise, description(w, row), dayCell(row.deadline),
        row.overdueDays > 0 ? String(row.overdueDays) : '－', row.status,
      ]),
    });
  }
  return blocks;
}

/** A column of the list of findings: what it shows of a row, its millimetres on a landscape page of 225 mm, its characters in Excel. */
export interface FindingListColumn { heading: string; key: keyof FindingRow | 'position'; kind: 'number' | 'day' | 'text'; weight: number; width: number; left?: true }

/** Columns of the list of findings, domain reference 5.6: of the report's annex and of the Excel export. */
export const FINDING_LIST_COLUMNS: readonly FindingListColumn[] = [
  { heading: '序号', key: 'position', kind: 'number', weight: 6.5, width: 6 },
  { heading: '村居/园区', key: 'village', kind: 'text', weight: 11.5, width: 14 },
  { heading: '企业名称', key: 'enterprise', kind: 'text', weight: 20, width: 28, left: true },
  { heading: '信用代码', key: 'creditCode', kind: 'text', weight: 17, width: 22 },
  { heading: '检查日期', key: 'foundDate', kind: 'day', weight: 14.5, width: 12 },
  { heading: '轮次', key: 'round', kind: 'text', weight: 9.5, width: 10 },
  { heading: '问题类别', key: 'category', kind: 'text', weight: 12, width: 16 },
  { heading: '问题描述', key: 'description', kind: 'text', weight: 29, width: 40, left: true },
  { heading: '处理类别', key: 'handlingClass', kind: 'text', weight: 8.5, width: 12 },
  { heading: '责任人', key: 'responsible', kind: 'text', weight: 15, width: 16 },
  { heading: '整改措施', key: 'measure', kind: 'text', weight: 21, width: 32, left: true },
  { heading: '整改时限', key: 'deadline', kind: 'day', weight: 14.5, width: 12 },
  { heading: '整改状态', key: 'status', kind: 'text', weight: 9.5, width: 12 },
  { heading: '完成日期', key: 'closedDate', kind: 'day', weight: 14.5, width: 12 },
  { heading: '复核结果/日期', key: 'verification', kind: 'text', weight: 13.5, width: 18 },
  { heading: '备注', key: 'remark', kind: 'text', weight: 8.5, width: 18, left: true },
];

/** Builds the annex: the list of findings on landscape pages, with a row of counts per status. */
export function annexSection(w: Writer): Block[] {
  const rows = w.f.findings;
  const title: Block[] = [textParagraph('附件', 'annexLabel'), { type: 'heading', level: 1, text: `问题清单（${w.asOf}）`, section: 'annex' }];
  if (rows.length === 0) return [{ type: 'page', orientation: 'portrait' }, ...title, textParagraph('本期无问题清单。')];
  const counts = new Map<string, number>();
  for (const row of rows) counts.set(row.status, (counts.get(row.status) ?? 0) + 1);
  const summary = [...counts].map(([status, count]) => `${status}${count}项`).join('，');
  return [
    { type: 'page', orientation: 'landscape' },
    ...title,
    {
      type: 'table', id: 'findings', caption: w.table(`问题清单（共${rows.length}项，其中${summary}）`), dense: true,
      columns: FINDING_LIST_COLUMNS.map(({ heading, weight, left }) => ({ heading, weight, align: left ? 'left' : 'center' })),
      rows: rows.map((row, index) => findingCells(w, row, index)),
      totals: ['合计', '', `${rows.length}项`, '', '', '', '', summary.replaceAll('，', '\n'), '', '', '', '', '', '', '', ''],
    },
  ];
}

function findingCells(w: Writer, row: FindingRow, index: number): Cell[] {
  return [
    String(index + 1), orDash(row.village), row.enterprise, orDash(row.creditCode), dayCell(row.foundDate), orDash(row.round),
    orDash(row.category), description(w, row), orDash(row.handlingClass),
    row.responsible ? personText(row.responsible, w.contacts).replaceAll(' ', '\n') : '－',
    row.measure ? phoneText(row.measure, w.contacts) : '－', dayCell(row.deadline), row.status,
    dayCell(row.closedDate), row.verification ? phoneText(row.verification, w.contacts).replaceAll(' ', '\n') : '－',
    row.remark ? phoneText(row.remark, w.contacts) : '－',
  ];
}

function description(w: Writer, row: FindingRow): string {
  return row.description ? phoneText(row.description, w.contacts) : '－';
}
