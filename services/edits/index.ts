// Changes of many rows at once: judged row by row, looked at, made in one action.
export { applyChanges } from './apply.ts';
export { applyEdit, previewEdit, type BatchEdit } from './batch.ts';
export { planChanges, previewOf, type Change, type Changes, type EditControl } from './plan.ts';
