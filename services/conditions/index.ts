// Conditions that services share: the rules of the domain as SQL, and what named conditions and columns of lists need of SQL.
export * from './rules.ts';
export { nameWaits, siteWaits, townMiddles, valueWaits } from './quality.ts';
export { SQL_COLUMNS, SQL_CONDITIONS, type Asked } from './named.ts';
export { atTrainings, ATTENDED, EXPECTED, IN_AUDIENCE, INVITED, trainingCounts, type Basis } from './training.ts';
