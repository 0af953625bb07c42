// Imports in memory that wait for a decision, until they are written or given up.
import { v7 } from 'uuid';
import type { Context } from '../context.ts';
import { ServiceError } from '../errors.ts';

/** What every kept import has. */
interface Kept {
  readonly id: string;
  /** Folder of the workspace it was matched against. */
  readonly workspace: string;
  /** Set while it is being written. */
  busy: boolean;
}

/** So many wait; older ones are given up. */
const KEEP = 5;

/** Imports of one sort. */
export class Shelf<T extends Kept> {
  readonly #kept = new Map<string, T>();

  /** Keeps one and gives it an id. */
  keep(given: Omit<T, 'id' | 'busy'>): T {
    const kept = { ...given, id: v7(), busy: false } as T;
    this.#kept.set(kept.id, kept);
    const idle = [...this.#kept.values()].filter((one) => !one.busy);
    for (const old of idle.slice(0, Math.max(0, this.#kept.size - KEEP))) this.#kept.delete(old.id);
    return kept;
  }

  /** Is there one of that id? */
  has = (id: string): boolean => this.#kept.has(id);

  /** The one of that id. @throws NOT_FOUND when it was written, given up or belongs to another workspace */
  of(ctx: Context, id: string): T {
    const kept = this.#kept.get(id);
    if (!kept || kept.workspace !== ctx.store.folder)
      throw new ServiceError('NOT_FOUND', '这次核对已结束，请重新选择文件');
    return kept;
  }

  /** Gives one up; false where there is none, or it is being written. */
  drop(id: string): boolean {
    const kept = this.#kept.get(id);
    return kept !== undefined && !kept.busy && this.#kept.delete(id);
  }
}
