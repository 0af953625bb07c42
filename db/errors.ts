// What can go wrong with the store, each with a code that the contract knows.

/** Reasons for which a workspace can't be opened or a write can't be done. */
export type StoreErrorCode =
  | 'WORKSPACE_LOCKED'
  | 'WORKSPACE_NEWER'
  | 'WORKSPACE_FOREIGN'
  | 'WORKSPACE_CORRUPT'
  | 'WORKSPACE_NOT_FOUND'
  | 'WORKSPACE_READ_ONLY'
  | 'WORKSPACE_EXISTS'
  | 'ROW_NOT_FOUND'
  | 'ROW_INVALID'
  | 'REFERENCE_GONE'
  | 'UNDO_BLOCKED'
  | 'DISK_FULL'
  | 'DISK_FAULTY'
  | 'DATABASE_BUSY'
  | 'STORE_CLOSED';

/** An expected failure of the store. `data` holds what a person needs to know about it. */
export class StoreError extends Error {
  readonly code: StoreErrorCode;
  readonly data: Record<string, unknown>;

  constructor(code: StoreErrorCode, message: string, data: Record<string, unknown> = {}, cause?: unknown) {
    super(message, { cause });
    this.name = 'StoreError';
    this.code = code;
    this.data = data;
  }
}

/** SQLite's own error as ours where it has a meaning for people; everything else unchanged. */
export function translateSqliteError(error: unknown): unknown {
  const code =
    (error as { code?: string; driverError?: { code?: string } } | null)?.code ??
    (error as { driverError?: { code?: string } } | null)?.driverError?.code;
  if (code === 'SQLITE_FULL') return new StoreError('DISK_FULL', 'the disk is full', {}, error);
  if (code?.startsWith('SQLITE_BUSY') || code?.startsWith('SQLITE_LOCKED'))
    return new StoreError('DATABASE_BUSY', 'another program holds the database', {}, error);
  if (code?.startsWith('SQLITE_IOERR')) return new StoreError('DISK_FAULTY', 'the medium did not answer', {}, error);
  if (code === 'SQLITE_CORRUPT' || code === 'SQLITE_NOTADB')
    return new StoreError('WORKSPACE_CORRUPT', 'the database is damaged', {}, error);
  if (code?.startsWith('SQLITE_READONLY') || code?.startsWith('SQLITE_CANTOPEN'))
    return new StoreError('WORKSPACE_READ_ONLY', 'the database can only be read', {}, error);
  if (code === 'SQLITE_CONSTRAINT_FOREIGNKEY')
    return new StoreError('REFERENCE_GONE', 'a row refers to one that is not there', {}, error);
  return error;
}
