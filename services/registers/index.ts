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
export { answerRow, waitingRows } from './waiting-rows.ts';
export { listProfiles, profileChoices, removeProfile, saveProfile, shownProfile } from './own-profiles.ts';
export { importFiles, previewFiles, type FilesDone } from './ledgers/files.ts';
export { relookLedgers, takeFile } from './ledgers/sessions.ts';
export { closeReader } from './read-files.ts';
export type { ImportControl, SourceFile } from './staged.ts';
