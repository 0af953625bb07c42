// Periodic reports: types of their figures and the text made of them.
export * from './blocks.ts';
export * from './citation.ts';
export * from './consistency.ts';
export * from './figures.ts';
export * from './masking.ts';
export { reportText, unsaidFigures, type ReportTextOptions } from './report-text.ts';
export { FINDING_LIST_COLUMNS, findingListValue, statesText } from '../findings/section-lists.ts';
export * from './paper.ts';
export * from './sections.ts';
export * from './words.ts';
