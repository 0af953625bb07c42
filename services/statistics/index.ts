// Figures and the lists behind them.
export { overview } from './overview.ts';
export { figuresOf, NOTHING_TO_MEASURE, unfedOf } from './figure.ts';
export { askedUnder, lastDay, type Asked } from './asked.ts';
export { behind, exportBehind, figuresBy } from './behind.ts';
export type { Drill } from './behind-kind.ts';
export { idsBehind, measure, type Cell } from './measure.ts';
export { cohort, CONDITIONS, enterpriseScope, inNarrowed, isNarrowed } from './cohort.ts';
export { toOwner } from './source.ts';
export { exportOverview } from './export.ts';
