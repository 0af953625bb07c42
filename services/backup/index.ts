// Backup and restore of a workspace.
export { checkIntegrity, isThoroughDue, lastIntegrity } from './integrity.ts';
export {
  createBackup,
  isBackupDue,
  lastRecord,
  setSecondFolder,
  type BackupControl,
  type BackupOrder,
} from './make.ts';
export { restoreBackup, verifyBackup, type RestoreOrder } from './restore.ts';
export { backupState, listBackups, listBackupsAt, noticesOf } from './state.ts';
