// Lists and filters over every kind of record.
export { compilation, compileFilter, type CompileFor } from './compile.ts';
export {
  askedNow,
  countRows,
  filterNames,
  hasRow,
  listIds,
  listPage,
  readerFor,
  requireFilter,
  rowsById,
} from './list.ts';
export { compileRows } from './live.ts';
export { type Chosen } from './plan.ts';
export { listSheet } from './sheet.ts';
export { joinSql, sql, within, type Sql } from './sql.ts';
export { columnText } from './text.ts';
export { removeView, savedViews, saveView } from './views.ts';
