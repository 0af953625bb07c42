// Figures of complaints (domain reference 4, complaintTotals).
import { defineDimension, defineFigure } from '../dictionary/figure.ts';

const ofPeriod = { of: 'complaint', day: 'receivedDate' } as const;
const CLOSED = { field: 'state', op: 'eq', value: 'closed' } as const;

export const COMPLAINT_FIGURES = [
  defineFigure({
    ...ofPeriod,
    code: 'complaintCount',
    label: '信访量',
    unit: '件',
    definition: '期间内收到的信访',
    numerator: [],
  }),
  defineFigure({
    ...ofPeriod,
    code: 'complaintRepeats',
    label: '重复信访',
    unit: '件',
    definition: '期间内收到的信访中，12 个月内同一单位、同一污染类型已有过信访的',
    numerator: [{ is: 'repeat' }],
  }),
  defineFigure({
    ...ofPeriod,
    code: 'complaintRepeatRate',
    label: '重复信访率',
    unit: '%',
    definition: '重复信访 ÷ 期间内收到的信访',
    numerator: [{ is: 'repeat' }],
    denominator: [],
  }),
  defineFigure({
    ...ofPeriod,
    code: 'complaintClosingRate',
    label: '信访办结率',
    unit: '%',
    definition: '已办结的 ÷ 期间内收到的信访，不予受理的不计',
    numerator: [CLOSED],
    denominator: [{ field: 'state', op: 'ne', value: 'not_accepted' }],
  }),
  defineFigure({
    ...ofPeriod,
    code: 'complaintRelapseRate',
    label: '信访返潮率',
    unit: '%',
    definition: '办结后 90 天内同一单位、同一污染类型又有信访的 ÷ 期间内收到且已办结的信访',
    numerator: [CLOSED, { is: 'relapsed' }],
    denominator: [CLOSED],
  }),
];

export const COMPLAINT_DIMENSIONS = [
  defineDimension({ id: 'complaintMedium', label: '污染类型', of: 'complaint', by: { fields: ['medium'] } }),
  defineDimension({ id: 'complaintSource', label: '信访来源', of: 'complaint', by: { fields: ['source'] } }),
];
