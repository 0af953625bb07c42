// Section 问题发现与整改: by handling class, category, village and month, each as text, table or chart.
import { figureCell, paragraph, sentence, textParagraph, type Block, type Cell, type FigureScope, type Span } from './blocks.ts';
import { topCategories, type FigureCode, type GroupRow } from './figures.ts';
import { isZero, NOTHING_FOUND } from './section-overview.ts';
import type { Writer } from './writer.ts';
import { enumerate, monthText } from './words.ts';
import { meetsTarget, missingToTarget } from '../statistics/percent.ts';

/** Builds section 问题发现与整改. */
export function findingsSection(w: Writer): Block[] {
  if (isZero(w, 'foundCount')) return [textParagraph(w.f.cumulative ? `${w.asOf}，${w.f.cumulative.label}未发现问题。` : NOTHING_FOUND)];
  const parts: [string, Block[]][] = [
    ['总体情况', overall(w)], ['按问题类别', byCategory(w)], ['按村居', byVillage(w)], ['按月份', byMonth(w)],
  ];
  return parts
    .filter(([, blocks]) => blocks.length > 0)
    .flatMap(([title, blocks]) => [{ type: 'heading', level: 2, text: title } as const, ...blocks]);
}

function overall(w: Writer): Block[] {
  const blocks: Block[] = [];
  const { figures } = w.f;
  const rate = sentence(figures, '', [
    '发现问题{foundCount}项，已完成整改{rectifiedCount}项',
    '整改率{rectificationRate}（{rectificationRate:n}/{rectificationRate:d}）',
    ...againstTarget(w),
    '按期整改率{onTimeRate}（{onTimeRate:n}/{onTimeRate:d}）',
    '复核退回率{returnRate}（{returnRate:n}/{returnRate:d}）',
    '重复发生率{recurrenceRate}（{recurrenceRate:n}/{recurrenceRate:d}）',
  ]);
  if (rate.length > 0) blocks.push(paragraph(rate));
  const classes = w.f.byClass.filter((row) => row.found > 0);
  if (classes.length > 0) {
    const spans: Span[] = [{ text: '按处理类别分，' }];
    classes.forEach((row, index) => {
      const scope: FigureScope = { by: 'class', id: row.id };
      spans.push({ text: `${index > 0 ? '；' : ''}${row.label}` }, group('foundCount', row.found, scope), { text: '项，已完成整改' },
        group('rectifiedCount', row.rectified, scope), { text: '项' });
    });
    blocks.push(paragraph([...spans, { text: '。' }]));
  }
  return blocks;
}

/** Whether the target is reached, and how many findings are still to be closed for it. */
function againstTarget(w: Writer): string[] {
  const rate = w.f.figures.rectificationRate;
  const { target } = w.f;
  const met = rate ? meetsTarget(rate.numerator, rate.denominator ?? 0, target ?? null) : null;
  if (!rate || !target || met === null) return [];
  return [met ? `达到${target}%的目标` : `距${target}%的目标还差${missingToTarget(rate.numerator, rate.denominator ?? 0, target)}项`];
}

function byCategory(w: Writer): Block[] {
  const rows = w.f.byCategory.filter((row) => row.found > 0);
  if (rows.length === 0) return [];
  const blocks: Block[] = [];
  const top = topCategories(rows);
  const spans: Span[] = [{ text: '问题以' }];
  top.forEach((row, index) => {
    spans.push({ text: `${index > 0 ? '、' : ''}${row.label}（` }, group('foundCount', row.found, { by: 'category', id: row.id }), { text: '项）' });
  });
  spans.push({ text: '为主' });
  const share = w.f.figures.topCategoryShare;
  const sum = top.reduce((total, row) => total + row.found, 0);
  // Only said when the frozen share is the share of just these categories.
  if (share && share.numerator === sum && top.length > 1) {
    spans.push({ text: `，${['', '', '两', '三'][top.length] ?? top.length}类合计占` }, { text: share.printed, figure: 'topCategoryShare' });
  }
  blocks.push(paragraph([...spans, { text: '。同一企业可涉及多类问题。' }]));
  blocks.push(groupTable(w, 'byCategory', '问题类别', `各类问题整改情况（${w.asOf}）`, rows, 'category'));
  const charted = rows.toSorted((a, b) => b.found - a.found).slice(0, 10);
  blocks.push({
    type: 'chart', id: 'byCategory', shape: 'bars', unit: '项',
    caption: w.chart(`各类问题整改情况${rows.length > charted.length ? `（前${charted.length}类）` : ''}`),
    categories: charted.map((row) => row.label),
    series: [
      { name: '已完成整改', values: charted.map((row) => row.rectified), meaning: 'done' },
      { name: '未完成整改', values: charted.map((row) => row.unrectified), meaning: 'open' },
    ],
    description: `条形图，${w.asOf}各类问题数：${charted.map((row) => `${row.label}${row.found}项，已完成整改${row.rectified}项`).join('；')}。`,
  });
  return blocks;
}

function byVillage(w: Writer): Block[] {
  const rows = w.f.byVillage;
  if (rows.length === 0) return [];
  const blocks: Block[] = [];
  const { target } = w.f;
  if (target) {
    const below = rows.filter((row) => meetsTarget(row.rectified, row.found, target) === false);
    blocks.push(textParagraph(below.length === 0
      ? `各村居整改率均达到${target}%的目标。`
      : `整改率未达到${target}%目标的有${enumerate(below.map((row) => row.label), 5, '个村居')}，建议加强督促。`));
  }
  blocks.push({
    type: 'table', id: 'byVillage', caption: w.table(`各村居问题整改情况（${w.asOf}）`),
    columns: [
      { heading: '村居', weight: 4, align: 'center' }, { heading: '检查企业', weight: 3, align: 'center' }, ...COUNT_COLUMNS,
    ],
    rows: rows.map((row) => {
      const scope: FigureScope = { by: 'village', id: row.id };
      return [row.label, group('visitedEnterprises', row.visited, scope), ...countCells(row, scope)];
    }),
    totals: ['合计', figureCell(w.f.figures, 'visitedEnterprises'), ...totalCells(w)],
  });
  return blocks;
}

function byMonth(w: Writer): Block[] {
  const rows = w.f.byMonth;
  if (rows.length === 0) return [];
  const years = new Set(rows.map((row) => row.month.slice(0, 4)));
  const categories = rows.map((row, index) => monthText(row.month, years.size > 1 && (index === 0 || row.month.endsWith('-01'))));
  return [{
    type: 'chart', id: 'byMonth', shape: 'months', unit: '项', caption: w.chart(`各月发现与销号情况（${w.asOf}）`), categories,
    series: [
      { name: '当月发现', values: rows.map((row) => row.found), meaning: 'open' },
      { name: '当月销号', values: rows.map((row) => row.closed), meaning: 'done' },
      { name: '月末未销号', values: rows.map((row) => row.open), meaning: 'running' },
    ],
    description: `柱形图，${w.asOf}各月发现、销号和月末未销号数：${rows
      .map((row) => `${monthText(row.month, years.size > 1)}发现${row.found}项、销号${row.closed}项、未销号${row.open}项`).join('；')}。`,
  }];
}

const COUNT_COLUMNS = [
  { heading: '发现', weight: 2.4, align: 'center' }, { heading: '已整改', weight: 2.4, align: 'center' },
  { heading: '未整改', weight: 2.4, align: 'center' }, { heading: '逾期', weight: 2, align: 'center' },
  { heading: '整改率', weight: 2.8, align: 'center' },
] as const;

function groupTable(w: Writer, id: string, heading: string, caption: string, rows: readonly GroupRow[], by: FigureScope['by']): Block {
  return {
    type: 'table', id, caption: w.table(caption),
    columns: [{ heading, weight: 5, align: 'center' }, ...COUNT_COLUMNS],
    rows: rows.map((row) => [row.label, ...countCells(row, { by, id: row.id })]),
    totals: ['合计', ...totalCells(w)],
  };
}

function countCells(row: GroupRow, scope: FigureScope): Cell[] {
  return [
    group('foundCount', row.found, scope), group('rectifiedCount', row.rectified, scope), group('unrectified', row.unrectified, scope),
    group('overdueCount', row.overdue, scope), { text: row.rate, figure: 'rectificationRate', scope },
  ];
}

function totalCells(w: Writer): Cell[] {
  return (['foundCount', 'rectifiedCount', 'unrectified', 'overdueCount', 'rectificationRate'] as const)
    .map((code) => figureCell(w.f.figures, code));
}

function group(figure: FigureCode, value: number, scope: FigureScope): Span {
  return { text: String(value), figure, scope };
}
