// Documents: plain data in, bytes of Word and Excel files out. No database, no HTTP; callable in a worker thread.
export { DOCUMENT_ERRORS, DocumentError, type DocumentErrorCode } from './errors.ts';
export { sheetName, writeWorkbook, type Sheet, type SheetColumn, type SheetValue } from './excel.ts';
export { dossier, type DossierData, type DossierFact, type DossierOptions, type DossierSection, type DossierTable } from './dossier.ts';
export { inspectionRecord, type InspectionRecordData, type InspectionRecordOptions } from './inspection-record.ts';
export type { PhotoRef } from '../../domain/reports/figures.ts';
export type { PhotoBytes } from './layout/picture.ts';
export type { BodySize, FontScheme, LayoutOptions } from './layout/theme.ts';
export { periodicReport, type PeriodicReportOptions } from './periodic-report.ts';
export {
  rectificationNotice, type NoticeFinding, type RectificationNoticeData, type RectificationNoticeOptions,
} from './rectification-notice.ts';
export { trainingSignIn, type Attendee, type TrainingData, type TrainingOptions } from './training-signin.ts';
