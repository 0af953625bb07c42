// Figures of visits, and what they are split by (domain reference 4.2).
import { defineCounted, defineDimension, defineFigure } from '../dictionary/figure.ts';
import type { Filter } from '../dictionary/filter.ts';
import { VISITED_OUTCOMES } from './vocabulary.ts';

const DONE: Filter = [{ field: 'outcome', op: 'in', value: VISITED_OUTCOMES }];
/** Visits of the period that count, for figures of other kinds. */
export const VISITED = defineCounted({ of: 'visit', day: 'date', where: DONE });

export const VISIT_FIGURES = [
  defineFigure({
    code: 'visitCount',
    label: '检查家次',
    report: { year: 'visitCount', period: 'periodVisitCount' },
    unit: '家次',
    of: 'visit',
    definition: '期间内结果为完成或部分完成的检查',
    day: 'date',
    numerator: DONE,
    zeroTells: true,
  }),
  defineFigure({
    code: 'nightVisitCount',
    label: '夜间巡查次数',
    report: { period: 'periodNightVisits' },
    unit: '次',
    of: 'visit',
    definition: '期间内的夜间检查',
    day: 'date',
    numerator: [...DONE, { field: 'isNight', op: 'eq', value: true }],
    zeroTells: true,
  }),
];

export const VISIT_DIMENSIONS = [
  defineDimension({
    id: 'purpose',
    label: '检查目的',
    of: 'visit',
    by: { each: 'visitPurpose', fields: ['purpose'] },
  }),
  defineDimension({
    id: 'inspector',
    label: '检查人员',
    of: 'visit',
    by: { each: 'visitStaff', fields: ['staffId'] },
  }),
];
