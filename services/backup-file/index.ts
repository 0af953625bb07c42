// The backup file: writing, reading, checking. Runs in a worker thread; knows no desk and no open store.
export { asFault, BackupFault, type BackupFaultCode } from './faults.ts';
export { DATABASE_NAME, ENDING, type Manifest } from './format.ts';
export {
  kindOf,
  needOwnSchema,
  peekManifest,
  readBackup,
  type Checked,
  type FileKind,
  type ReadInput,
} from './read.ts';
export { hashOf, needSpace, writeBackup, type Progress, type WriteInput, type Written } from './write.ts';
