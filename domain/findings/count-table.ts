// Tables that count findings by a group: what was found in the period and in the year to date, side by side.
import { figureCell, type Block, type Cell, type FigureScope, type TableColumn } from '../reports/blocks.ts';
import type { FigureCode, GroupCounts, GroupRow } from '../reports/figures.ts';
import type { Writer } from '../reports/writer.ts';
import { reportCodes } from '../statistics/report-codes.ts';

/** Counts of findings in a table: heading, its figure of the year, what it counts of a group. */
const COUNTS: readonly {
  readonly heading: string;
  readonly code: FigureCode;
  readonly weight: number;
  readonly of: (counts: GroupCounts) => string;
  /** It stands beside the year for the period too. */
  readonly both?: true;
}[] = [
  { heading: '发现', code: 'foundCount', weight: 2, of: (c) => String(c.found), both: true },
  { heading: '已整改', code: 'rectifiedCount', weight: 2.2, of: (c) => String(c.rectified), both: true },
  { heading: '未整改', code: 'unrectified', weight: 2.2, of: (c) => String(c.unrectified) },
  { heading: '逾期', code: 'overdueCount', weight: 1.8, of: (c) => String(c.overdue) },
  { heading: '整改率', code: 'rectificationRate', weight: 2.7, of: (c) => c.rate, both: true },
];

/** A column of its own beside the counts of findings. */
interface OwnCount<T> {
  readonly heading: string;
  readonly period: (row: T) => number;
  readonly year: (row: T) => number;
}

/** One number of a group in one span of days. */
interface CountColumn<T> {
  readonly column: TableColumn;
  readonly cell: (row: T) => Cell;
  readonly total: Cell;
}

/** The columns of one span: of the period, which is shorter, or of the year. */
function countColumns<T extends GroupRow>(
  w: Writer,
  span: 'period' | 'year',
  by: FigureScope['by'],
  own?: OwnCount<T>,
) {
  const { figures } = w.f;
  const named = (code: string): string => (span === 'year' ? code : (reportCodes({ year: code })?.period ?? code));
  const heading = span === 'year' ? w.year : w.period;
  const group = heading === null ? {} : { group: heading };
  const columns: CountColumn<T>[] = COUNTS.filter((count) => span === 'year' || count.both).map((count) => ({
    column: { heading: count.heading, weight: count.weight, align: 'center', ...group },
    cell: (row) => {
      const counts = span === 'year' ? row : row.period;
      return counts ? { text: count.of(counts), figure: named(count.code), scope: { by, id: row.id } } : '－';
    },
    total: figureCell(figures, named(count.code)),
  }));
  const first: CountColumn<T>[] = own
    ? [
        {
          column: { heading: own.heading, weight: 2, align: 'center', ...group },
          cell: (row) => ({
            text: String(own[span](row)),
            figure: named('visitedEnterprises'),
            scope: { by, id: row.id },
          }),
          total: figureCell(figures, named('visitedEnterprises')),
        },
      ]
    : [];
  return [...first, ...columns];
}

/** Groups with what was found in the period and in the year, side by side. */
export function groupTable<T extends GroupRow>(
  w: Writer,
  id: string,
  heading: string,
  caption: string,
  rows: readonly T[],
  by: FigureScope['by'],
  own?: OwnCount<T>,
): Block {
  const counts = [
    ...(w.year && rows.some((row) => row.period) ? countColumns<T>(w, 'period', by, own) : []),
    ...countColumns<T>(w, 'year', by, own),
  ];
  return {
    type: 'table',
    id,
    caption: w.table(caption),
    columns: [{ heading, weight: 4.6, align: 'center' }, ...counts.map(({ column }) => column)],
    rows: rows.map((row) => [row.label, ...counts.map(({ cell }) => cell(row))]),
    totals: ['合计', ...counts.map(({ total }) => total)],
  };
}
