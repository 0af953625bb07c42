// Makes committed actions safe from a power cut: the write-ahead log is synced beside the thread that answers, not inside COMMIT.
import { open, type FileHandle } from 'node:fs/promises';

/** Syncs the log of one database. SQLite deletes that file only with its last connection: it may stay open as long as the store is. */
export class LogSync {
  readonly #log: string;
  #handle: FileHandle | null = null;

  constructor(file: string) {
    this.#log = `${file}-wal`;
  }

  /** Resolves when everything committed before the call is on the medium. @throws what the system says when it can't be written */
  async done(): Promise<void> {
    // Windows syncs only what is open for writing.
    this.#handle ??= await open(this.#log, 'r+');
    await this.#handle.datasync();
  }

  /** Lets go of the log, so that it can be deleted. */
  async close(): Promise<void> {
    const handle = this.#handle;
    this.#handle = null;
    await handle?.close();
  }
}
