// Reading of registers: any spreadsheet file to sheets, any sheet to a table. No database, no dictionary.
export type { ReadCell } from './cell.ts';
export { dayOfSerial } from './cell.ts';
export type { UnreadableCode } from './refusal.ts';
export { UNREADABLE_FILES, UnreadableFile } from './refusal.ts';
export type { Merge, ReadSheet } from './sheet.ts';
export type { Table, TableColumn, TableRow } from './table.ts';
export { findTable } from './table.ts';
export type { ReadWorkbook } from './workbook.ts';
export { readWorkbook } from './workbook.ts';
