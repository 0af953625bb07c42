// Section 问题发现与整改: by handling class, category, village and month, each as text, table or chart.
import { paragraph, textParagraph, type Block, type FigureScope, type Span } from '../reports/blocks.ts';
import { topCategories, type FigureCode } from '../reports/figures.ts';
import { cohortText, isZero, NOTHING_FOUND, type Writer } from '../reports/writer.ts';
import { enumerate, monthText } from '../reports/words.ts';
import { groupTable } from './count-table.ts';
import { meetsTarget, missingToTarget } from '../statistics/percent.ts';

/** Builds section 问题发现与整改. */
export function findingsSection(w: Writer): Block[] {
  if (isZero(w, 'foundCount'))
    return [textParagraph(w.f.cumulative ? `${w.asOf}，${w.f.cumulative.label}未发现问题。` : NOTHING_FOUND)];
  const parts: [string, Block[]][] = [
    ['总体情况', overall(w)],
    ['按问题类别', byCategory(w)],
    ['按村居', byVillage(w)],
    ['按月份', byMonth(w)],
  ];
  return parts
    .filter(([, blocks]) => blocks.length > 0)
    .flatMap(([title, blocks]) => [{ type: 'heading', level: 2, text: title } as const, ...blocks]);
}

function overall(w: Writer): Block[] {
  const blocks: Block[] = [];
  const against = againstTarget(w);
  if (against) blocks.push(textParagraph(against));
  const rows = w.f.byClass.filter((row) => row.found > 0);
  if (rows.length > 0)
    blocks.push(groupTable(w, 'byClass', '处理类别', `各处理类别整改情况（${cohortText(w)}）`, rows, 'class'));
  const major = rows.find((row) => row.id === 'major');
  if (major) {
    const scope: FigureScope = { by: 'class', id: 'major' };
    blocks.push(
      paragraph([
        { text: `${w.year ?? ''}重大问题全部` },
        group('foundCount', major.found, scope),
        { text: '项，其中已完成整改' },
        group('rectifiedCount', major.rectified, scope),
        { text: '项、未完成整改' },
        group('unrectified', major.unrectified, scope),
        { text: '项。' },
      ]),
    );
  }
  return blocks;
}

/** Whether the target is reached, and how many findings are still to be closed for it; null without one. */
function againstTarget(w: Writer): string | null {
  const rate = w.f.figures.rectificationRate;
  const { target } = w.f;
  const met = rate ? meetsTarget(rate.numerator, rate.denominator ?? 0, target ?? null) : null;
  if (!rate || !target || met === null) return null;
  const over = `按${w.year ?? w.period}计，整改率`;
  return met
    ? `${over}达到${target}%的目标。`
    : `${over}距${target}%的目标还差${missingToTarget(rate.numerator, rate.denominator ?? 0, target)}项。`;
}

function byCategory(w: Writer): Block[] {
  const rows = w.f.byCategory.filter((row) => row.found > 0);
  if (rows.length === 0) return [];
  const blocks: Block[] = [];
  const top = topCategories(rows);
  const spans: Span[] = [{ text: `${w.year ?? w.period}的问题以` }];
  top.forEach((row, index) => {
    spans.push(
      { text: `${index > 0 ? '、' : ''}${row.label}（` },
      group('foundCount', row.found, { by: 'category', id: row.id }),
      { text: '项）' },
    );
  });
  spans.push({ text: '为主' });
  const share = w.f.figures.topCategoryShare;
  const sum = top.reduce((total, row) => total + row.found, 0);
  // Only said when the frozen share is the share of just these categories.
  if (share && share.numerator === sum && top.length > 1) {
    spans.push(
      { text: `，${['', '', '两', '三'][top.length] ?? top.length}类合计占` },
      {
        text: share.printed,
        figure: 'topCategoryShare',
        ask: {
          figure: 'foundCount',
          title: `${top.map((row) => row.label).join('、')}　发现`,
          at: { category: top.map((row) => row.id) },
        },
      },
    );
  }
  blocks.push(paragraph([...spans, { text: '。同一企业可涉及多类问题。' }]));
  blocks.push(groupTable(w, 'byCategory', '问题类别', `各类问题整改情况（${cohortText(w)}）`, rows, 'category'));
  const charted = rows.toSorted((a, b) => b.found - a.found).slice(0, 10);
  blocks.push({
    type: 'chart',
    id: 'byCategory',
    shape: 'bars',
    unit: '项',
    caption: w.chart(
      `各类问题整改情况（${yearCohort(w)}${rows.length > charted.length ? `，前${charted.length}类` : ''}）`,
    ),
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
    blocks.push(
      textParagraph(
        below.length === 0
          ? `按${w.year ?? w.period}计，各村居整改率均达到${target}%的目标。`
          : `按${w.year ?? w.period}计，整改率未达到${target}%目标的有${enumerate(
              below.map((row) => row.label),
              5,
              '个村居',
            )}，建议加强督促。`,
      ),
    );
  }
  blocks.push(
    groupTable(w, 'byVillage', '村居', `各村居问题整改情况（${cohortText(w)}）`, rows, 'village', {
      heading: '检查\n企业',
      period: (row) => row.periodVisited ?? 0,
      year: (row) => row.visited,
    }),
  );
  return blocks;
}

function byMonth(w: Writer): Block[] {
  const rows = w.f.byMonth;
  if (rows.length === 0) return [];
  const years = new Set(rows.map((row) => row.month.slice(0, 4)));
  const categories = rows.map((row, index) =>
    monthText(row.month, years.size > 1 && (index === 0 || row.month.endsWith('-01'))),
  );
  return [
    {
      type: 'chart',
      id: 'byMonth',
      shape: 'months',
      unit: '项',
      caption: w.chart(`各月发现与销号情况（${yearCohort(w)}）`),
      categories,
      series: [
        { name: '当月发现', values: rows.map((row) => row.found), meaning: 'open' },
        { name: '当月销号', values: rows.map((row) => row.closed), meaning: 'done' },
        { name: '月末未销号', values: rows.map((row) => row.open), meaning: 'running' },
      ],
      description: `柱形图，${w.asOf}各月发现、销号和月末未销号数：${rows
        .map(
          (row) =>
            `${monthText(row.month, years.size > 1)}发现${row.found}项、销号${row.closed}项、未销号${row.open}项`,
        )
        .join('；')}。`,
    },
  ];
}

/** What a chart counts, and as of when. */
const yearCohort = (w: Writer): string => `${w.year ?? w.period}发现的问题，${w.asOf}`;

function group(figure: FigureCode, value: number, scope: FigureScope): Span {
  return { text: String(value), figure, scope };
}
