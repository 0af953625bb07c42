// Figures and the lists behind them.
export { overview, figuresOf, figureSettings, struckOff, type FigureSettings } from './overview.ts';
export { behind, type Drill } from './behind.ts';
export { cohort, CONDITIONS } from './cohort.ts';
export { exportBehind, exportOverview } from './export.ts';
