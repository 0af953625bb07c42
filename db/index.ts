// What the layers above may use of the store.
export { openStore } from './open-store.ts';
export type { Store, ActionInfo, ActionResult, Derivations } from './store.ts';
export type { SqlReader } from './background-reader.ts';
export type { SqlValue } from './positional.ts';
export type { Reader, Where } from './reader.ts';
export type { Writer, Touched } from './writer.ts';
export { naturalId } from './natural-id.ts';
export { StoreError, type StoreErrorCode } from './errors.ts';
export { BlobStore, BlobTooBig, renameWithRetry, type Blob } from './attachments/blob-store.ts';
export { changesOf, changesOfAction, recentActions, type Action, type Change } from './history.ts';
export { isWorkspace, lockFile, readFacts, writeFacts, writeFileAtomic, databaseFile, backupFolder, type WorkspaceFacts } from './workspace-folder.ts';
export { isRunning } from './running.ts';
export { mayBeOne } from './rules.ts';
export { columnsOf, tableOf, encode } from './schema/columns.ts';
export { checkDatabase, copyDatabase, databaseFacts, databaseOwner, forgetIncarnation, type DatabaseFacts } from './copies.ts';
export {
  adoptedIn, BadContent, canonicalDump, checkOperation, checkSeals, deviceTag, ForkedDevice, isSignedBy, likeEnterprises, Outgoing, operationLine, operationOf, planStaging, possibleDuplicates, previewRows, previewRowsIn, selectOperations, stagedBlobs, SHADOW, Staging, StoreMoved,
  type Adopting, type ConflictHead, type ImportFacts, type OperationRecord, type PlanSummary, type StagedDuplicate, type PreviewRow, type StagedBlob, type Scope, type Seal,
} from './handoff/index.ts';
export { UNDO_PREFIX } from './undo.ts';
