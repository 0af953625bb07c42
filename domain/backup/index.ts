// Backups: what is kept, where a workspace should not lie, how their state is said.
export { KEEP_RULE, toRemove, type KeepRule, type Rotated } from './rotation.ts';
export {
  parseMacMounts,
  parseProcMounts,
  placeWarning,
  type Mount,
  type PlaceFacts,
  type PlaceWarning,
} from './place.ts';
export {
  backupNotices,
  OVERDUE_DAYS,
  type BackupNotice,
  type BackupRecord,
  type IntegrityRecord,
  type NoticeFacts,
  type SecondCopy,
} from './state.ts';
