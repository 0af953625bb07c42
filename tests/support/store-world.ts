// Offices on real stores under commands from a generator: real triggers, staging, plans, imports and their undoing.
import { vi } from 'vitest';
import { checkOperation, naturalId, tableOf, type Store, type Writer } from '../../db/index.ts';
import { area } from '../../domain/areas/entities.ts';
import type { EntityDefinition } from '../../domain/dictionary/entity.ts';
import { cateringBlock } from '../../domain/enterprises/blocks.ts';
import { contact, enterprise, enterpriseTeam, formerName } from '../../domain/enterprises/entities.ts';
import { entityNamed } from '../../domain/entities.ts';
import { finding, findingStep, findingStepPrev } from '../../domain/findings/entities.ts';
import { alias } from '../../domain/handoff/entities.ts';
import type { Operation, Scalar } from '../../domain/handoff/operation.ts';
import { staff } from '../../domain/identity/entities.ts';
import { Office } from './offices.ts';
import {
  Broken,
  checkDense,
  checkFields,
  checkRefold,
  checkStore,
  compareConflicts,
  comparePreview,
  conflictsIn,
  deepDump,
  forksIn,
  ownCount,
  same,
  snapshot,
} from './store-checks.ts';
import type { StoreCommand } from './store-commands.ts';
import { dropTemplate, fromTemplate } from './store-template.ts';

const SHADOW = '1970-01-01T00:00:00.000Z';
const USED: readonly EntityDefinition[] = [
  area,
  staff,
  enterprise,
  contact,
  formerName,
  cateringBlock,
  enterpriseTeam,
  finding,
  findingStep,
  findingStepPrev,
  alias,
];
const LOG = [
  'sync_op',
  'sync_row',
  'sync_field',
  'sync_have',
  'sync_conflict',
  'sync_alias_root',
  'sync_peer_have',
  'sync_note',
  'handoff_import',
  'handoff_export',
  'action_log',
  'search_entry',
];

/** Takes away the triggers of tables that no command writes: each staging file reads the schema of its store anew. */
async function dropIdleTriggers(store: Store): Promise<void> {
  const busy = new Set([...USED.map(tableOf), ...LOG, 'sync_change']);
  const triggers = await store.read.sql<{ name: string; tbl_name: string }>(
    "SELECT name, tbl_name FROM sqlite_master WHERE type = 'trigger'",
  );
  await store.withoutCapture(async (tx) => {
    for (const { name, tbl_name } of triggers) if (!busy.has(tbl_name)) await tx.execute(`DROP TRIGGER "${name}"`);
  });
}

export class StoreWorld {
  readonly #offices: Office[] = [];
  #late!: Office;
  #used: Office[] = [];
  #now = Date.UTC(2026, 0, 1);
  #skew = new Map<Office, number>();
  #ids = 0;
  #tags = 0;
  readonly #ownTags = new Map<Office, Set<string>>();
  readonly #imports = new Map<Office, string>();
  readonly met = new Map<string, number>();

  async open(): Promise<void> {
    vi.useFakeTimers({ toFake: ['Date'], now: this.#now });
    for (const name of ['甲', '乙', '丙', '后']) this.#offices.push(Office.on(name, await fromTemplate()));
    for (const { store } of this.#offices) await dropIdleTriggers(store);
    this.#late = this.#offices.pop() as Office;
  }

  async close(): Promise<void> {
    for (const o of [...this.#offices, this.#late]) await o.t.close();
    dropTemplate();
    vi.useRealTimers();
  }

  #meet(what: string): void {
    this.met.set(what, (this.met.get(what) ?? 0) + 1);
  }

  /** Empties the stores instead of opening new ones: the clocks go on, so each run begins after all that was. */
  async #reset(size: number): Promise<void> {
    this.#ids = 0;
    this.#tags = 0;
    this.#imports.clear();
    this.#ownTags.clear();
    this.#used = this.#offices.slice(0, size);
    for (const o of [...this.#used, this.#late]) {
      await o.store.withoutCapture(async (tx) => {
        for (const entity of USED) await tx.execute(`DELETE FROM "${tableOf(entity)}"`);
        for (const table of LOG) await tx.execute(`DELETE FROM ${table}`);
      });
      await this.#enrol(o);
      const { ms } = (await o.store.read.sqlOne<{ ms: number }>('SELECT ms FROM sync_local')) as { ms: number };
      this.#now = Math.max(this.#now, ms + 86_400_000);
      this.#skew.set(o, 0);
    }
  }

  async #enrol(o: Office): Promise<void> {
    this.#tags += 1;
    const tag = `T${String((this.#tags * 37) % 101).padStart(9, '0')}`;
    await o.store.enrolDevice(tag);
    this.#ownTags.set(o, (this.#ownTags.get(o) ?? new Set()).add(tag));
  }

  #tick(o: Office): void {
    this.#now += 1000;
    vi.setSystemTime(this.#now + (this.#skew.get(o) ?? 0));
  }

  /** Ids whose order has nothing to do with their age. */
  #newId(): string {
    this.#ids += 1;
    return `00000000-0000-4000-8000-${String((this.#ids * 7919 + 300) % 997).padStart(12, '0')}`;
  }

  // Runs.

  /** Carries commands out and checks everything. @throws Broken */
  async run(size: number, list: readonly StoreCommand[]): Promise<void> {
    await this.#reset(size);
    await this.#begin();
    for (const [name, o, x, y, z] of list) {
      const office = this.#used[o % size] as Office;
      this.#tick(office);
      await this.#do(name, office, x, y, z);
    }
    await this.#finish();
  }

  async #begin(): Promise<void> {
    const [first, ...others] = this.#used as [Office, ...Office[]];
    this.#tick(first);
    await first.act(async (tx) => {
      const town = await tx.insert(area, { id: this.#newId(), level: 'town', name: '华漕镇' } as never);
      await tx.insert(staff, { id: this.#newId(), name: '老王' } as never);
      for (const name of ['海明科技', '瑞崧五金'])
        await tx.insert(enterprise, {
          id: this.#newId(),
          name,
          internalCode: name,
          siteNo: '001',
          townId: (town as { id: string }).id,
        } as never);
    });
    for (const o of others) await this.#take(o, await first.operations());
    // Something to disagree about, as soon as they meet.
    for (const o of this.#used) {
      this.#tick(o);
      await o.act(async (tx) => {
        await tx.update(
          enterprise,
          (await this.#idsOf(o, enterprise))[0] as string,
          { address: `${o.name}写的地址` } as never,
        );
      });
    }
  }

  async #idsOf(o: Office, entity: EntityDefinition, where = 'deleted_at IS NULL'): Promise<string[]> {
    return (
      await o.store.read.sql<{ id: string }>(
        `SELECT t.id FROM "${tableOf(entity)}" t JOIN sync_row r ON r.id = t.id WHERE ${where} AND t.deleted_at IS NOT '${SHADOW}' ORDER BY t.id`,
      )
    ).map((r) => r.id);
  }

  async #pick(o: Office, entity: EntityDefinition, n: number, where?: string): Promise<string | null> {
    const ids = await this.#idsOf(o, entity, where);
    return ids.length > 0 ? (ids[n % ids.length] as string) : null;
  }

  async #do(name: StoreCommand[0], o: Office, x: number, y: number, z: number): Promise<void> {
    const ent = async () => await this.#pick(o, enterprise, x);
    const make = async (entity: EntityDefinition, values: Record<string, unknown>) => {
      await o.act(async (tx) => await tx.insert(entity, values as never));
    };
    switch (name) {
      case 'create':
      case 'twins': {
        for (const one of name === 'twins' ? [o, this.#used[x % this.#used.length] as Office] : [o]) {
          const townId = await this.#pick(one, area, 0);
          if (townId)
            await one.act(
              async (tx) =>
                await tx.insert(enterprise, {
                  id: this.#newId(),
                  name: `企业${y % 3}`,
                  internalCode: `C${z % 5}`,
                  siteNo: '001',
                  townId,
                  ...(one === o && { remark: '甲写' }),
                } as never),
            );
        }
        break;
      }
      case 'edit':
        await this.#edit(o, x, y, z, 'deleted_at IS NULL');
        break;
      case 'editInBin':
        await this.#edit(o, x, y, z, 'deleted_at IS NOT NULL');
        break;
      case 'partInBin': {
        const id = await this.#pick(o, enterprise, x, 'deleted_at IS NOT NULL');
        if (id) await make(formerName, { id: this.#newId(), enterpriseId: id, name: `曾用${y % 2}` });
        break;
      }
      case 'remove': {
        const e = [enterprise, enterprise, contact, formerName, cateringBlock, finding][y % 6] as EntityDefinition;
        const id = await this.#pick(o, e, x);
        if (id) {
          this.#meet('deletion');
          await o.act(async (tx) => {
            await tx.remove(e, id);
          });
        }
        break;
      }
      case 'restore': {
        const e = [enterprise, contact, cateringBlock][y % 3] as EntityDefinition;
        const id = await this.#pick(o, e, x, 'deleted_at IS NOT NULL');
        if (id)
          await o.act(async (tx) => {
            await tx.restore(e, id);
          });
        break;
      }
      case 'contact': {
        const id = await ent();
        if (id) await make(contact, { id: this.#newId(), enterpriseId: id, name: `人${y % 3}` });
        break;
      }
      case 'formerName': {
        const id = await ent();
        if (id) await make(formerName, { id: this.#newId(), enterpriseId: id, name: `曾用${y % 2}` });
        break;
      }
      case 'block': {
        const id = await ent();
        if (id)
          await o.act(
            async (tx) =>
              await tx.put(cateringBlock, {
                enterpriseId: id,
                ...(y % 2 ? { seats: z % 4 } : { stoves: z % 3 }),
              } as never),
          );
        break;
      }
      case 'team': {
        const [id, who] = [await ent(), await this.#pick(o, staff, 0)];
        if (id && who)
          await o.act(async (tx) => {
            await tx.setMembers(enterpriseTeam, id, y % 2 ? [who] : []);
          });
        break;
      }
      case 'finding':
        await this.#finding(o, x);
        break;
      case 'step':
        await this.#step(o, x, y);
        break;
      case 'merge':
        await this.#merge(o, x, y);
        break;
      case 'unmerge': {
        const id = await this.#pick(o, alias, x);
        if (id)
          await o.act(async (tx) => {
            await tx.remove(alias, id);
          });
        break;
      }
      case 'decide':
        await this.#decide(o, x, y);
        break;
      default:
        await this.#carry(name, o, x, y);
    }
  }

  async #edit(o: Office, x: number, y: number, z: number, where: string): Promise<void> {
    const [entity, field] = (
      [
        [enterprise, 'name'],
        [enterprise, 'address'],
        [enterprise, 'remark'],
        [enterprise, 'address'],
        [enterprise, 'remark'],
        [enterprise, 'internalCode'],
        [enterprise, 'hostEnterpriseId'],
        [enterprise, 'isModelEnterprise'],
        [contact, 'name'],
        [contact, 'mobile'],
        [cateringBlock, 'seats'],
        [formerName, 'name'],
        [finding, 'description'],
      ] as const
    )[y % 13] as readonly [EntityDefinition, string];
    const id = await this.#pick(o, entity, x, where);
    if (!id) return;
    const value =
      field === 'hostEnterpriseId'
        ? await this.#pick(o, enterprise, z)
        : field === 'isModelEnterprise'
          ? z % 2 === 1
          : field === 'seats'
            ? z % 4
            : `值${z % 3}`;
    await o.act(async (tx) => await tx.update(entity, id, { [field]: value } as never));
    const shown = ((await o.store.read.get(entity, id)) as Record<string, unknown> | null)?.[field];
    if (shown !== value)
      throw new Broken('I8', `${entity.name}.${field} shows ${String(shown)} after an edit to ${String(value)}`);
  }

  async #finding(o: Office, x: number): Promise<void> {
    const id = await this.#pick(o, enterprise, x);
    if (!id) return;
    await o.act(async (tx) => {
      const f = (await tx.insert(finding, {
        id: this.#newId(),
        no: 'F',
        enterpriseId: id,
        foundDate: '2026-03-01',
        description: '标签缺失',
      } as never)) as { id: string };
      await this.#insertStep(tx, f.id, 'issue', 'draft', 'open', []);
    });
  }

  async #insertStep(
    tx: Writer,
    findingId: string,
    event: string,
    from: string,
    to: string,
    prev: readonly string[],
  ): Promise<void> {
    const step = (await tx.insert(findingStep, {
      id: this.#newId(),
      findingId,
      event,
      from,
      to,
      date: '2026-03-01',
      at: new Date().toISOString(),
      by: '甲',
    } as never)) as { id: string };
    for (const p of prev) await tx.insert(findingStepPrev, { stepId: step.id, prevId: p } as never);
  }

  async #step(o: Office, x: number, y: number): Promise<void> {
    const id = await this.#pick(o, finding, x);
    if (!id) return;
    const heads = (
      await o.store.read.sql<{ id: string }>(
        `SELECT s.id FROM finding_step s WHERE s.finding_id = ? AND s.deleted_at IS NULL AND NOT EXISTS
      (SELECT 1 FROM finding_step_prev p WHERE p.prev_id = s.id AND p.deleted_at IS NULL) ORDER BY s.id`,
        [id],
      )
    ).map((r) => r.id);
    const [event, to] = (
      [
        ['start', 'in_progress'],
        ['report', 'submitted'],
        ['source_removed', 'closed'],
      ] as const
    )[y % 3] as readonly [string, string];
    await o.act(async (tx) => {
      await this.#insertStep(tx, id, event, 'open', to, heads);
    });
  }

  async #merge(o: Office, x: number, y: number): Promise<void> {
    const ids = await this.#idsOf(o, enterprise);
    if (ids.length < 2) return;
    const a = ids[x % ids.length] as string;
    const b = ids[(x + 1 + (y % (ids.length - 1))) % ids.length] as string;
    const [low, high] = a < b ? [a, b] : [b, a];
    const id = naturalId(alias, low, high);
    this.#meet('merge');
    const present = await o.store.read.get(alias, id);
    await o.act(async (tx) => {
      if (!present) await tx.insert(alias, { id, entity: 'enterprise', lowId: low, highId: high } as never);
      else if (present.deletedAt) await tx.restore(alias, id);
    });
  }

  async #decide(o: Office, x: number, y: number): Promise<void> {
    const open = await o.store.read.sql<{ tbl: string; rowId: string; field: string; heads: string }>(
      "SELECT tbl, row_id AS rowId, field, heads FROM sync_conflict WHERE provisional = 0 AND class <> 'closed-loop' ORDER BY row_id, field",
    );
    const c = open[x % Math.max(1, open.length)];
    if (!c) return;
    this.#meet('decision');
    const heads = JSON.parse(c.heads) as { value: Scalar }[];
    const value = c.field === 'deletedAt' ? null : (heads[y % heads.length]?.value ?? null);
    await o.act(async (tx) => {
      if (c.field === 'deletedAt' && y % 2) await tx.remove(entityNamed(c.tbl), c.rowId);
      else await tx.resolve(entityNamed(c.tbl), c.rowId, { [c.field]: value }, null);
    });
    const left = await o.store.read.sqlOne<{ n: number }>(
      "SELECT count(*) AS n FROM sync_conflict WHERE row_id = ? AND field = ? AND class <> 'closed-loop'",
      [c.rowId, c.field],
    );
    if (left?.n) throw new Broken('I9', `a decision on ${c.tbl}.${c.field} did not end its conflict`);
  }

  // Carrying.

  async #carry(name: string, o: Office, x: number, y: number): Promise<void> {
    const to = this.#used.filter((u) => u !== o)[x % (this.#used.length - 1)] as Office;
    const ops = async () => await o.operations();
    switch (name) {
      case 'pass':
        await this.#take(to, await ops());
        break;
      case 'passSome':
        await this.#take(
          to,
          (await ops()).filter(
            (op) => (op.n * 31 + Number(op.device.slice(1)) * 7 + op.row.charCodeAt(35) * 13 + y) % 3 !== 0,
          ),
        );
        break;
      case 'passStream': {
        const all = await ops();
        const streams = [...new Set(all.map((op) => op.stream))].sort();
        const s = streams[y % streams.length];
        await this.#take(
          to,
          all.filter((op) => op.stream === 'g' || op.stream === s),
        );
        break;
      }
      case 'passTwice': {
        const all = await ops();
        await this.#take(to, all);
        const once = await to.dump();
        await this.#take(to, all);
        if ((await to.dump()) !== once) throw new Broken('I3', 'taking a package in twice changed something');
        break;
      }
      case 'passAndUndo':
        await this.#passAndUndo(o, to, y);
        break;
      case 'undoImport':
        await this.#undoImport(o);
        break;
      case 'undoAction':
        await this.#undoAction(o);
        break;
      case 'clock':
        this.#skew.set(o, ((y % 21) - 10) * 10 * 86_400_000);
        break;
      case 'enrol':
        await this.#enrol(o);
        break;
      default:
        break;
    }
  }

  async #passAndUndo(o: Office, to: Office, y: number): Promise<void> {
    const all = await o.operations();
    const part = y % 2 ? all : all.filter((op) => (op.n + y) % 3 !== 0);
    const before = await deepDump(to);
    await this.#take(to, part);
    const after = await deepDump(to);
    await to.store.undoHandoff(to.lastImport);
    same('I22', 'an import that was taken back left something behind', before, await deepDump(to));
    await this.#take(to, part);
    same('I22', 'the import did something else the second time', after, await deepDump(to));
  }

  async #undoImport(o: Office): Promise<void> {
    const last = this.#imports.get(o);
    if (!last) return;
    try {
      await o.store.undoHandoff(last);
    } catch (error) {
      if ((error as { code?: string }).code !== 'UNDO_BLOCKED') throw error;
      return;
    }
    this.#meet('undo');
    this.#imports.delete(o);
    await checkStore(o);
  }

  async #undoAction(o: Office): Promise<void> {
    const last = await o.store.read.sqlOne<{ id: string }>(
      'SELECT id FROM action_log WHERE undone_by IS NULL AND undo_of IS NULL ORDER BY rowid DESC LIMIT 1',
    );
    if (!last) return;
    await o.store.undo(last.id, '甲').catch((error: { code?: string }) => {
      if (error.code !== 'UNDO_BLOCKED') throw error;
    });
  }

  /** Takes operations in, and compares what the preview said with what became of it. */
  async #take(o: Office, operations: readonly Operation[]): Promise<void> {
    this.#tick(o);
    // What a store here wrote must be what a receiver takes.
    for (const op of operations) checkOperation(op);
    const own = await ownCount(o);
    const before = await snapshot(o, USED);
    const open = new Set((await conflictsIn(o)).map((c) => `${c.id} ${c.provisional}`));
    const { summary, planned, said } = await o.takePlanned(operations);
    const after = await snapshot(o, USED);
    if ((await ownCount(o)) !== own) throw new Broken('I10', 'an import made operations');
    comparePreview(summary, before, after);
    const conflicts = (await conflictsIn(o)).filter(
      (k) => planned.has(k.rowId) && (said.has(k.rowId) || !open.has(`${k.id} ${k.provisional}`)),
    );
    compareConflicts(summary, [...conflicts, ...(await forksIn(o, planned))]);
    if (conflicts.length > 0) this.#meet('conflict');
    if (summary.gaps.length > 0) this.#meet('gap');
    this.#imports.set(o, o.lastImport);
    await checkStore(o);
  }

  /** Everybody gets everything, in one package or two: all show the same, and so does a new office that got it in another order. */
  async #finish(): Promise<void> {
    for (const o of this.#used) {
      await checkFields(o);
      await checkRefold(o);
      await checkDense(o, this.#ownTags.get(o) ?? new Set());
    }
    const everything = [
      ...new Map(
        (await Promise.all(this.#used.map(async (o) => await o.operations())))
          .flat()
          .map((op) => [`${op.stream} ${op.device}:${op.n}`, op]),
      ).values(),
    ];
    for (const o of this.#used) if ((await o.operations()).length < everything.length) await this.#take(o, everything);
    const [first, ...others] = this.#used as [Office, ...Office[]];
    const dump = await deepDump(first);
    for (const o of others)
      same('I1', 'offices with the same operations show different things', dump, await deepDump(o));
    const shuffled = [...everything].sort(
      (a, b) =>
        ((a.n * 31 + a.row.charCodeAt(35) * 7 + a.device.charCodeAt(9)) % 5) -
        ((b.n * 31 + b.row.charCodeAt(35) * 7 + b.device.charCodeAt(9)) % 5),
    );
    for (const k of [1, 0])
      await this.#take(
        this.#late,
        shuffled.filter((_, i) => i > shuffled.length / 2 === (k === 1)),
      );
    same(
      'I2',
      'a new office that got the operations in another order shows something else',
      dump,
      await deepDump(this.#late),
    );
    await checkFields(this.#late);
    await checkRefold(this.#late);
    for (const o of [first, this.#late])
      if ((await o.store.read.sqlOne<{ integrity_check: string }>('PRAGMA integrity_check'))?.integrity_check !== 'ok')
        throw new Broken('I27', 'integrity_check');
  }
}
