// The store of one workspace: the write lane, the readers, the log, the attachments.
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import type { DataSource } from 'typeorm';
import { v7 } from 'uuid';
import { BlobStore } from './attachments/blob-store.ts';
import { BackgroundReader } from './background-reader.ts';
import type { ClockState, HybridClock } from './capture/clock.ts';
import { Checkpointer } from './checkpointer.ts';
import { rawOf } from './connection.ts';
import { StoreError, translateSqliteError } from './errors.ts';
import {
  applyStaging,
  removeImport,
  settleFold,
  undoBlock,
  type ApplyTools,
  type ImportFacts,
} from './handoff/index.ts';
import { Lane } from './lane.ts';
import { LogSync } from './log-sync.ts';
import { Reader } from './reader.ts';
import { undoInside, undoName } from './undo.ts';
import { databaseFile, type WorkspaceFacts } from './workspace-folder.ts';
import { Writer, type OwnDerivations, type Touched } from './writer.ts';

/** Who does what, from where: recorded with every change of an action. */
export interface ActionInfo {
  /** Name people see in the history, e.g. `修改企业`. */
  name: string;
  actor: string;
  /** `form`, `visit`, `import`, `cli`, `undo`, … with a detail after a colon. */
  source: string;
}

/** The rules of the layer above that keep derived columns true. */
export interface Derivations {
  own: OwnDerivations;
  /** Runs before an action commits, with the rows it wrote. */
  settle(tx: Writer, touched: Touched): Promise<void>;
}

/** What an action returned, and its id for undo. */
export interface ActionResult<T> {
  value: T;
  actionId: string;
}

/** An open workspace. Exactly one process has it. */
export class Store {
  readonly folder: string;
  readonly facts: WorkspaceFacts;
  readonly read: Reader;
  /** For queries that may take more than 50 ms: statistics, reports. Sees what is committed. */
  readonly slow: BackgroundReader;
  readonly blobs: BlobStore;
  readonly lane = new Lane();
  /** Set when the installed triggers are not ours: nothing may be written then. */
  readOnlyReason: string | null = null;
  readonly #writing: DataSource;
  readonly #reading: DataSource;
  readonly #inLane: Reader;
  readonly #checkpointer: Checkpointer;
  readonly #sync: LogSync;
  readonly #clock: HybridClock;
  readonly #derivations: Derivations;
  readonly #unlock: () => void;
  readonly #statements = new Map<string, Database.Statement>();
  readonly #listeners = new Set<(touched: Touched) => void>();
  #device: { no: number; tag: string };
  #officeCode = 'XX';
  #closed = false;

  constructor(parts: {
    folder: string;
    facts: WorkspaceFacts;
    writing: DataSource;
    reading: DataSource;
    clock: HybridClock;
    device: { no: number; tag: string };
    derivations: Derivations;
    unlock: () => void;
  }) {
    this.folder = parts.folder;
    this.facts = parts.facts;
    this.#writing = parts.writing;
    this.#reading = parts.reading;
    this.#clock = parts.clock;
    this.#device = parts.device;
    this.#derivations = parts.derivations;
    this.#unlock = parts.unlock;
    this.read = new Reader(parts.reading);
    this.slow = new BackgroundReader(this.file);
    this.#inLane = new Reader(parts.writing);
    this.blobs = new BlobStore(parts.folder);
    this.#checkpointer = new Checkpointer(rawOf(parts.writing), this.file);
    this.#sync = new LogSync(this.file);
  }

  /** Tag of the device that writes here; empty until one is enrolled. */
  get deviceTag(): string {
    return this.#device.tag;
  }

  /** The database file, for worker threads that open their own read-only connection. */
  get file(): string {
    return databaseFile(this.folder);
  }

  /** Prefix of human numbers: office code and the first 3 characters of the device tag. */
  get numberPrefix(): string {
    return `${this.#officeCode}${this.#device.tag.slice(0, 3)}`;
  }

  /** Sets the office code used in human numbers. */
  useOfficeCode(code: string): void {
    this.#officeCode = code;
  }

  /** Calls `listener` with the rows of every committed action. Returns a function that ends it. */
  onCommit(listener: (touched: Touched) => void): () => void {
    this.#listeners.add(listener);
    return () => {
      this.#listeners.delete(listener);
    };
  }

  /**
   * Runs `work` as one action: one transaction, one entry in the history, undoable as a whole.
   * Waits behind all earlier actions. `work` must await nothing but the writer.
   * @throws whatever `work` throws, after a rollback; StoreError WORKSPACE_READ_ONLY, DISK_FULL
   */
  async withAction<T>(info: ActionInfo, work: (tx: Writer) => Promise<T>): Promise<ActionResult<T>> {
    return await this.lane.run(async () => await this.#transaction(info, work, { capture: true, undoOf: null }));
  }

  /** Takes an action back. @throws StoreError UNDO_BLOCKED */
  async undo(actionId: string, actor: string): Promise<ActionResult<number>> {
    return await this.lane.run(async () => {
      const action = await this.#inLane.sqlOne<{ name: string; undoneBy: string | null }>(
        'SELECT name, undone_by AS undoneBy FROM action_log WHERE id = ?',
        [actionId],
      );
      if (!action || action.undoneBy)
        throw new StoreError('UNDO_BLOCKED', 'already undone or unknown', { obstacles: [] });
      const info = { name: undoName(action.name), actor, source: `undo:${actionId}` };
      return await this.#transaction(info, async (tx) => await undoInside(tx, actionId), {
        capture: true,
        undoOf: actionId,
      });
    });
  }

  /** Writes without capture, for built-in content and derived tables only. */
  async withoutCapture<T>(work: (tx: Writer) => Promise<T>): Promise<T> {
    return await this.lane.run(
      async () =>
        (await this.#transaction({ name: '', actor: '', source: '' }, work, { capture: false, undoOf: null })).value,
    );
  }

  /**
   * Takes a staged and planned package in: whole or not at all. `onProgress` gets the rows written so far; what it throws rolls back.
   * @throws StoreMoved when something was written since the plan was made
   */
  async applyHandoff(
    stagingFile: string,
    facts: ImportFacts,
    onProgress: (done: number) => void = () => undefined,
  ): Promise<{ operations: number }> {
    const staging = new Database(stagingFile, { readonly: true, fileMustExist: true });
    try {
      return await this.withoutCapture(
        async (tx) => await applyStaging(this.#applyTools(tx), staging, facts, onProgress),
      );
    } finally {
      staging.close();
    }
  }

  /** Takes an import back as if it had never been. Returns how many operations went. @throws StoreError UNDO_BLOCKED with `block` */
  async undoHandoff(importId: string): Promise<number> {
    return await this.withoutCapture(async (tx) => {
      const tools = this.#applyTools(tx);
      const block = undoBlock(tools.db, importId);
      if (block) throw new StoreError('UNDO_BLOCKED', block, { block, obstacles: [] });
      return await removeImport(tools, importId);
    });
  }

  #applyTools(tx: Writer): ApplyTools {
    return {
      db: rawOf(this.#writing),
      own: this.#derivations.own,
      touched: tx.touched,
      now: tx.now,
      breathe: async () => {
        await tx.breathe();
      },
      advance: (hlc) => {
        this.#clock.advanceTo(hlc);
      },
    };
  }

  /** Makes the rows written from now on carry another device: a new incarnation of this database. */
  async enrolDevice(tag: string): Promise<void> {
    await this.lane.run(async () => {
      await this.#writing.query('INSERT INTO sync_device(tag) VALUES (?) ON CONFLICT(tag) DO NOTHING', [tag]);
      const row = await this.#inLane.sqlOne<{ no: number }>('SELECT no FROM sync_device WHERE tag = ?', [tag]);
      await this.#writing.query('UPDATE sync_local SET device_no = ?, tag = ?', [row?.no ?? 0, tag]);
      this.#device = { no: row?.no ?? 0, tag };
      await this.#confirm();
    });
  }

  /** Copies the database with SQLite's own backup call while work goes on. */
  async backupTo(file: string, onProgress?: (done: number, total: number) => boolean): Promise<void> {
    mkdirSync(join(file, '..'), { recursive: true });
    await rawOf(this.#reading).backup(file, {
      progress: ({ totalPages, remainingPages }) => {
        if (onProgress && !onProgress(totalPages - remainingPages, totalPages)) throw new Error('cancelled');
        return 128;
      },
    });
  }

  /** Waits for the lane, checkpoints and releases the workspace. */
  async close(): Promise<void> {
    if (this.#closed) return;
    this.#closed = true;
    await this.lane.idle();
    await this.#checkpointer.close();
    await this.#sync.close();
    await this.slow.close();
    await this.#reading.destroy();
    if (!this.readOnlyReason) rawOf(this.#writing).pragma('wal_checkpoint(TRUNCATE)');
    await this.#writing.destroy();
    this.#unlock();
  }

  async #transaction<T>(
    info: ActionInfo,
    work: (tx: Writer) => Promise<T>,
    how: { capture: boolean; undoOf: string | null },
  ): Promise<ActionResult<T>> {
    if (this.#closed) throw new StoreError('STORE_CLOSED', 'the workspace is closed');
    if (this.readOnlyReason) throw new StoreError('WORKSPACE_READ_ONLY', this.readOnlyReason);
    await this.#checkpointer.room();
    const actionId = v7();
    let before: ClockState | null = this.#clock.state;
    const now = new Date().toISOString();
    const db = rawOf(this.#writing);
    const tx = new Writer({
      db,
      read: this.#inLane,
      own: this.#derivations.own,
      statements: this.#statements,
      now,
      deviceNo: this.#device.no,
      numberPrefix: () => this.numberPrefix,
    });
    try {
      db.exec('BEGIN IMMEDIATE');
      db.prepare('UPDATE sync_local SET capture = ?, actor = ?, batch = ?, src = ?, at = ?').run(
        how.capture ? 1 : 0,
        info.actor,
        actionId,
        info.source,
        now,
      );
      const value = await work(tx);
      await settleFold(
        {
          db,
          own: this.#derivations.own,
          touched: tx.touched,
          breathe: async () => {
            await tx.breathe();
          },
        },
        how.capture,
      );
      await this.#derivations.settle(tx, tx.touched);
      if (how.capture) this.#recordAction(db, actionId, info, now, how.undoOf);
      // What came meanwhile is answered first: a big commit holds the thread for some time.
      await tx.breathe(true);
      tx.checkWhole();
      tx.end();
      const { ms, c } = this.#clock.state;
      db.prepare(
        'UPDATE sync_local SET ms = ?, c = ?, capture = 1, actor = NULL, batch = NULL, src = NULL, at = NULL',
      ).run(ms, c);
      db.exec('COMMIT');
      before = null;
      this.#committed(tx.touched);
      await this.#confirm();
      return { value, actionId };
    } catch (error) {
      tx.end();
      if (db.inTransaction) db.exec('ROLLBACK');
      if (before) this.#clock.returnTo(before);
      throw translateSqliteError(error);
    }
  }

  /**
   * COMMIT only hands the log to the system: an action is done when the log is on the medium. A medium that refuses
   * once is not written to again.
   */
  async #confirm(): Promise<void> {
    try {
      await this.#sync.done();
    } catch (error) {
      this.readOnlyReason = '磁盘没有确认写入，最近一次修改可能没有保存。请检查磁盘后重新打开工作区。';
      throw error;
    }
  }

  /** What follows a commit can't make it fail any more. */
  #committed(touched: Touched): void {
    this.#checkpointer.committed();
    for (const listener of this.#listeners) listener(touched);
  }

  #recordAction(db: Database.Database, id: string, info: ActionInfo, now: string, undoOf: string | null): void {
    const { ops } = db.prepare('SELECT count(*) AS ops FROM sync_op WHERE batch = ?').get(id) as { ops: number };
    db.prepare('INSERT INTO action_log(id, name, actor, source, at, undo_of, ops) VALUES (?, ?, ?, ?, ?, ?, ?)').run(
      id,
      info.name,
      info.actor,
      info.source,
      now,
      undoOf,
      ops,
    );
    if (undoOf) db.prepare('UPDATE action_log SET undone_by = ? WHERE id = ?').run(id, undoOf);
  }
}
