// Imports of clients' registers and ledgers.
export {
  previewImport,
  repreview,
  previewRows,
  decide,
  mendRow,
  adoptProposals,
  takeWaitingNames,
  applyImport,
  discardPreview,
  exportPreview,
  importReport,
  type ImportDone,
} from './imports.ts';
export { exportResult, listRuns, type RunRow } from './runs.ts';
export type { ImportReport } from './report.ts';
export { settleValues, waitingValues } from './waiting.ts';
export { importFiles, previewFiles, type FilesDone } from './ledgers/files.ts';
export { takeLedgers } from './ledgers/index.ts';
export { closeReader } from './read-files.ts';
export type { ImportControl, SourceFile } from './staged.ts';
