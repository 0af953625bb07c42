// Recurring duties of enterprises and measurements against plans.
export { readFiles, wayHome, type ReadFile } from './files.ts';
export { monitoringYear } from './monitoring.ts';
export { DICTIONARY, kindsRead, loadedDuties, type LoadedDuty } from './rules.ts';
export { dutyYear } from './year.ts';
