// What figures are split by where rounds are concerned.
import { defineDimension } from '../dictionary/figure.ts';

export const ROUND_DIMENSIONS = [
  defineDimension({ id: 'round', label: '轮次', by: { target: 'round' }, none: '不属轮次' }),
];
