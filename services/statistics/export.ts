// The dashboard as Excel sheets.
import type { Overview, VillageLine } from '../../contract/statistics.ts';
import { FINDING_CATEGORIES } from '../../domain/findings/vocabulary.ts';
import { labelOf } from '../../domain/dictionary/vocabulary.ts';
import type { Sheet } from '../documents/index.ts';

const text = (heading: string, width = 14) => ({ heading, width, kind: 'text' as const });
/** A rate is a number too, printed as it is in the window. */
const number = (heading: string, width = 10) => ({ heading, width, kind: 'number' as const });

/** The dashboard's figures with their definitions, and its tables. */
export function exportOverview(o: Overview): Sheet[] {
  const note = `统计期间 ${o.scope.from} 至 ${o.scope.to}　截至 ${o.scope.asOf}`;
  const headed = (name: string, title: string) => ({ name, title, note });
  const sum = <T>(rows: readonly T[], of: (row: T) => number): number => rows.reduce((n, row) => n + of(row), 0);
  const village = (v: VillageLine) => [
    v.name,
    v.enterprises,
    v.visited,
    v.coverage,
    v.found,
    v.closed,
    v.open,
    v.overdue,
    v.rate,
    v.officer,
  ];
  return [
    {
      ...headed('指标', '统计指标'),
      columns: [
        text('指标', 18),
        number('数值', 12),
        number('分子'),
        number('分母'),
        text('单位', 8),
        text('口径', 60),
      ],
      rows: Object.values(o.figures).map((f) => [f.label, f.printed, f.numerator, f.denominator, f.unit, f.definition]),
    },
    {
      ...headed('村居', '各村居情况'),
      columns: [
        text('村居', 16),
        number('企业'),
        number('已查'),
        number('覆盖率'),
        number('发现'),
        number('已销号'),
        number('未销号'),
        number('逾期'),
        number('整改率'),
        text('村环保干部', 12),
      ],
      rows: o.byVillage.map(village),
      totals: village(o.total),
    },
    {
      ...headed('问题类别', '各类问题情况'),
      columns: [text('类别', 20), number('发现'), number('已销号'), number('未销号'), number('涉及企业')],
      rows: o.byCategory.map((c) => [
        labelOf(FINDING_CATEGORIES, c.category),
        c.found,
        c.closed,
        c.open,
        c.enterprises,
      ]),
      totals: [
        '合计',
        sum(o.byCategory, (c) => c.found),
        sum(o.byCategory, (c) => c.closed),
        sum(o.byCategory, (c) => c.open),
        null,
      ],
    },
    {
      ...headed('月度', '各月发现与销号'),
      columns: [text('月份', 10), number('发现'), number('销号'), number('月末未销号', 12)],
      rows: o.byMonth.map((m) => [m.month, m.found, m.closed, m.openAtEnd]),
      totals: ['合计', sum(o.byMonth, (m) => m.found), sum(o.byMonth, (m) => m.closed), null],
    },
  ];
}
