// What the layers above may use of the store.
export { openStore } from './open-store.ts';
export type { Store, ActionInfo, ActionResult, Derivations } from './store.ts';
export type { SqlReader } from './background-reader.ts';
export type { SqlValue } from './positional.ts';
export type { Reader, Where } from './reader.ts';
export type { Writer, Touched } from './writer.ts';
export { naturalId } from './natural-id.ts';
export { StoreError, translateSqliteError, type StoreErrorCode } from './errors.ts';
export { blobPath, BlobStore, BlobTooBig, renameWithRetry, type Blob } from './attachments/blob-store.ts';
export { NAMED_AT_MOST, stateOfFile, type LostFile } from './attachments/lost.ts';
export {
  actionNamed,
  changesOf,
  changesOfAction,
  createdBy,
  rowsWrittenBy,
  creatorsOf,
  currentAction,
  isTakenBack,
  removedBy,
  recentActions,
  fileOfRow,
  rowsInStreamOf,
  rowsOfActions,
  tableOfRow,
  undoingActions,
  type Action,
  type Change,
} from './history.ts';
export {
  isWorkspace,
  lockFile,
  readFacts,
  writeFacts,
  writeFileAtomic,
  databaseFile,
  backupFolder,
  type WorkspaceFacts,
} from './workspace-folder.ts';
export { clearUnfinished, isUnfinished } from './unfinished.ts';
export { isRunning } from './running.ts';
export { keepPrivate, makePrivate } from './private.ts';
export { isRightCode, mayBeOne, nameKeyOf } from './rules.ts';
export { columnsOf, tableOf, encode } from './schema/columns.ts';
export {
  ALWAYS,
  asNumber,
  begins,
  contains,
  containsWord,
  folded,
  daysBetween,
  differs,
  holds,
  inJson,
  inList,
  isNot,
  joined,
  listParameter,
  localDay,
  named,
  NEVER,
  ordered,
  inOrderOf,
  same,
  unindexed,
} from './dialect/index.ts';
export { indexesOf } from './schema/indexes.ts';
export { loadDriver } from './driver.ts';
export {
  checkDatabase,
  copyDatabase,
  databaseFacts,
  contentsIn,
  databaseOwner,
  fileStates,
  foreignSchema,
  forgetIncarnation,
  lostFilesIn,
  namesIn,
  type DatabaseFacts,
} from './copies.ts';
export {
  adoptedIn,
  BadContent,
  canonicalDump,
  checkOperation,
  checkSeals,
  clockNow,
  conflictNumbers,
  conflictRecord,
  conflictRecords,
  devicesBeside,
  devicesThatTold,
  deviceTag,
  ForkedDevice,
  isSignedBy,
  keepNote,
  keepSeals,
  likeEnterprises,
  Outgoing,
  operationLine,
  operationOf,
  planStaging,
  possibleDuplicates,
  previewRows,
  previewRowsIn,
  selectOperations,
  stagedBlobs,
  SHADOW,
  shownAs,
  Staging,
  StoreMoved,
  type Adopting,
  type ConflictHead,
  type ConflictRecord,
  type ImportFacts,
  type OperationRecord,
  type PlanSummary,
  type StagedDuplicate,
  type PreviewRow,
  type StagedBlob,
  type Scope,
  type Seal,
} from './handoff/index.ts';
export { faultsOf, rowCounts } from './faults.ts';
export { UNDO_PREFIX } from './undo.ts';
export {
  dayMinus,
  firstInJson,
  inJsonUnder,
  leadsTo,
  MEMBER_SEPARATOR,
  pathMeta,
  pathSql,
  says,
} from './dialect/index.ts';
