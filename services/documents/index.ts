// Documents: plain data in, bytes of Word and Excel files out. No database, no HTTP; callable in a worker thread.
export { DOCUMENT_ERRORS, DocumentError, type DocumentErrorCode } from './errors.ts';
export { sheetName, writeWorkbook } from './excel.ts';
export type { Sheet, SheetColumn, SheetValue } from './excel-sheet.ts';
export { dossier, type DossierData, type DossierFact, type DossierSection } from './dossier.ts';
export { inspectionRecord, type InspectionRecordData } from './inspection-record.ts';
export { makePaper, type PaperOptions } from './paper.ts';
export type { WholeTable } from './blocks/tables.ts';
export type { PaperData } from '../paper-words/index.ts';
export type { PhotoRef } from '../../domain/reports/figures.ts';
export type { PhotoBytes } from './layout/picture.ts';
export type { BodySize, FontScheme, LayoutOptions } from './layout/theme.ts';
export { periodicReport, type PeriodicReportOptions } from './periodic-report.ts';
export { rectificationNotice, type NoticeFinding, type RectificationNoticeData } from './rectification-notice.ts';
export { trainingSignIn, trainingSummary, type Attendee, type TrainingData } from './training-signin.ts';
