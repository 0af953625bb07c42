// Simulated offices on real stores: what one says is carried to another as operations, without files.
import { randomBytes } from 'node:crypto';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { v7 } from 'uuid';
import {
  canonicalDump,
  operationOf,
  planStaging,
  selectOperations,
  Staging,
  type OperationRecord,
  type PlanSummary,
  type Store,
} from '../../db/index.ts';
import { ENTITIES } from '../../domain/entities.ts';
import type { Operation } from '../../domain/handoff/operation.ts';
import { DERIVATIONS } from '../../services/derived/index.ts';
import { openTestStore, type TestStore } from './store.ts';

const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const newTag = (): string => [...randomBytes(10)].map((b) => ALPHABET[b % 32]).join('');
const shared = new Set(ENTITIES.filter((e) => e.scope === 'shared').map((e) => e.name));

/** One office: a store, and the hands that carry. */
export class Office {
  readonly name: string;
  readonly t: TestStore;
  #files = 0;
  lastImport = '';

  private constructor(name: string, t: TestStore) {
    this.name = name;
    this.t = t;
  }

  static async open(name: string): Promise<Office> {
    const t = await openTestStore(DERIVATIONS);
    await t.store.enrolDevice(newTag());
    return new Office(name, t);
  }

  /** An office on a store that somebody else opened. */
  static on(name: string, t: TestStore): Office {
    return new Office(name, t);
  }

  get store(): Store {
    return this.t.store;
  }

  /** Operations that this office holds and may pass on. */
  async operations(keep: (op: Operation) => boolean = () => true): Promise<Operation[]> {
    const records = await this.store.read.sql<OperationRecord>(`${selectOperations('main')} ORDER BY s.id, d.tag, o.n`);
    return records.map(operationOf).filter((op) => shared.has(op.entity) && keep(op));
  }

  /** A staging database with these operations, planned; the caller closes it. */
  stage(operations: readonly Operation[]): { staging: Staging; file: string; summary: PlanSummary } {
    const file = join(this.t.root, `staging-${(this.#files += 1)}.db`);
    const staging = new Staging(file, this.store.file);
    staging.addOperations(operations);
    return { staging, file, summary: planStaging(staging) };
  }

  /** Takes operations in. */
  async take(operations: readonly Operation[], from = 'AAAAAAAAAA'): Promise<PlanSummary> {
    return (await this.takePlanned(operations, from)).summary;
  }

  /** Takes operations in, and says which rows were planned and which of them the new operations are about. */
  async takePlanned(
    operations: readonly Operation[],
    from = 'AAAAAAAAAA',
  ): Promise<{ summary: PlanSummary; planned: ReadonlySet<string>; said: ReadonlySet<string> }> {
    const { staging, file, summary } = this.stage(operations);
    const planned = new Set(staging.db.prepare('SELECT row_id FROM main.plan').pluck().all() as string[]);
    const said = new Set(staging.db.prepare('SELECT row FROM main.staged_op').pluck().all() as string[]);
    staging.close();
    this.lastImport = v7();
    await this.store.applyHandoff(file, {
      id: this.lastImport,
      packageId: v7(),
      office: from,
      device: from,
      madeAt: new Date().toISOString(),
      kind: 'full',
      actor: this.name,
      summary: '{}',
    });
    rmSync(file);
    return { summary, planned, said };
  }

  async act<T>(work: Parameters<Store['withAction']>[1], name = '测试'): Promise<T> {
    return (await this.store.withAction({ name, actor: this.name, source: 'form' }, work)).value as T;
  }

  async dump(): Promise<string> {
    return (await canonicalDump(this.store.read)).join('\n');
  }

  async conflicts(): Promise<{ id: string; rowId: string; field: string; class: string; provisional: number }[]> {
    return await this.store.read.sql(
      'SELECT id, row_id AS rowId, field, class, provisional FROM sync_conflict ORDER BY id',
    );
  }
}
