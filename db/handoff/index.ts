// Hand-off inside the store: operations staged, planned, written, taken back.
export {
  applyStaging,
  refold,
  removeImport,
  StoreMoved,
  undoBlock,
  type ApplyTools,
  type ImportFacts,
  type UndoBlock,
} from './apply.ts';
export { conflictNumbers, conflictRecord, conflictRecords, keepNote, type ConflictRecord } from './conflicts.ts';
export { clockNow, devicesBeside, devicesThatTold, keepSeals, shownAs } from './known.ts';
export { Outgoing, type Adopting } from './outgoing.ts';
export type { Scope } from './scope.ts';
export { adoptedIn, checkSeals, deviceTag, isSignedBy, type Seal } from './seals.ts';
export { BadContent, checkOperation, ForkedDevice, Staging } from './staging.ts';
export { operationLine, operationOf, selectOperations, type OperationRecord } from './operations.ts';
export {
  planStaging,
  previewRows,
  previewRowsIn,
  stagedBlobs,
  type PlanSummary,
  type PreviewRow,
  type StagedBlob,
} from './plan-staging.ts';
export { canonicalDump } from './dump.ts';
export { likeEnterprises, possibleDuplicates, type StagedDuplicate } from './duplicates.ts';
export { settleFold } from './settle.ts';
export { conflictId, type ConflictHead } from './write-plan.ts';
export { SHADOW } from './placeholder.ts';
