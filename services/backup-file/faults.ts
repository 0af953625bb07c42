// What can go wrong with a backup file, as codes that cross a thread.

/** Reasons for which a backup can't be made, read or restored. */
export type BackupFaultCode =
  | 'NOT_A_BACKUP'
  | 'NEEDS_PASSPHRASE'
  | 'WRONG_PASSPHRASE'
  | 'CUT_SHORT'
  | 'DAMAGED'
  | 'NEWER_FORMAT'
  | 'NEWER_SCHEMA'
  | 'FOREIGN_SCHEMA'
  | 'TOO_LONG'
  | 'NO_SPACE'
  | 'TOO_BIG_FOR_MEDIUM'
  | 'CANCELLED'
  | 'NOT_WRITABLE'
  | 'FILE_NOT_FOUND'
  | 'DATABASE_DAMAGED'
  | 'MEDIUM_FAILED';

/** An expected failure; `detail` says where. */
export class BackupFault extends Error {
  readonly code: BackupFaultCode;
  readonly detail: string;

  constructor(code: BackupFaultCode, detail = '', cause?: unknown) {
    super(`${code}${detail && `: ${detail}`}`, { cause });
    this.name = 'BackupFault';
    this.code = code;
    this.detail = detail;
  }
}

const BY_ERRNO: Readonly<Record<string, BackupFaultCode>> = {
  ENOSPC: 'NO_SPACE',
  EDQUOT: 'NO_SPACE',
  SQLITE_FULL: 'NO_SPACE',
  EFBIG: 'TOO_BIG_FOR_MEDIUM',
  EROFS: 'NOT_WRITABLE',
  EACCES: 'NOT_WRITABLE',
  EPERM: 'NOT_WRITABLE',
  ENOENT: 'FILE_NOT_FOUND',
  EISDIR: 'NOT_A_BACKUP',
  EIO: 'MEDIUM_FAILED',
  ENODEV: 'MEDIUM_FAILED',
  ENXIO: 'MEDIUM_FAILED',
  SQLITE_CORRUPT: 'DATABASE_DAMAGED',
  SQLITE_NOTADB: 'DATABASE_DAMAGED',
  SQLITE_IOERR_WRITE: 'NO_SPACE',
};

/** An error of the system or of SQLite as ours where it has a meaning for people; everything else unchanged. */
export function asFault(error: unknown): unknown {
  if (error instanceof BackupFault) return error;
  const code = BY_ERRNO[(error as { code?: string } | null)?.code ?? ''];
  return code ? new BackupFault(code, '', error) : error;
}
