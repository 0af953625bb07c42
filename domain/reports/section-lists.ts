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

/** Columns of the list of findings, domain reference 5.6; the Excel export has the same headings in the same order. */
export const FINDING_LIST_HEADINGS = [
  '序号', '村居/园区', '企业名称', '信用代码', '检查日期', '轮次', '问题类别', '问题描述', '处理类别', '责任人',
  '整改措施', '整改时限', '整改状态', '完成日期', '复核结果/日期', '备注',
] as const;

/** Millimetres on a landscape page of 225 mm. */
const LIST_WEIGHTS = [6.5, 11.5, 20, 17, 14.5, 9.5, 12, 29, 8.5, 15, 21, 14.5, 9.5, 14.5, 13.5, 8.5];
const LEFT = new Set(['企业名称', '问题描述', '整改措施', '备注']);

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
      columns: FINDING_LIST_HEADINGS.map((heading, index) => ({
        heading, weight: LIST_WEIGHTS[index] ?? 1, align: LEFT.has(heading) ? 'left' : 'center',
      })),
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
