// From touched rows to what their tables must hold: folds each row, groups merged ones, keeps parents of unseen children alive.
import {
  capturedFields,
  fieldsOf,
  laterInitials,
  snake,
  type EntityDefinition,
} from '../../domain/dictionary/entity.ts';
import { dependantsOf, ENTITIES, entityNamed } from '../../domain/entities.ts';
import { alias } from '../../domain/handoff/entities.ts';
import { aliasRoots } from '../../domain/handoff/alias.ts';
import { foldRow, type FoldContext, type FieldRule, type FoldedRow } from '../../domain/handoff/fold.ts';
import { COMMON_STREAM, dotIn, PERSONAL_SUFFIX, type Operation, type Scalar } from '../../domain/handoff/operation.ts';
import { naturalKeyFields, naturalId } from '../natural-id.ts';
import { columnsOf, tableOf } from '../schema/columns.ts';
import { MARK, Marks } from './marks.ts';
import { placeholder, SHADOW } from './placeholder.ts';
import type { RowPlan } from './row-plan.ts';
import type { FoldSource } from './source.ts';
import { statementOf, valuesOf } from './statements.ts';

const rules = new Map<string, readonly FieldRule[]>();

function rulesOf(entity: EntityDefinition): readonly FieldRule[] {
  const known = rules.get(entity.name);
  if (known) return known;
  const metas = new Map(fieldsOf(entity).map((f) => [f.name, f.meta]));
  const made = capturedFields(entity).map((name): FieldRule => {
    const meta = metas.get(name);
    return {
      name,
      level: meta?.level ?? 'must',
      isText: meta?.kind === 'longText',
      isReference: meta?.kind === 'reference',
    };
  });
  rules.set(entity.name, made);
  return made;
}

/** Rows whose operations are read together. */
const PAGE = 500;

/** Takes so many out of a set. */
function takeFrom(set: Set<string>, count: number): string[] {
  const taken: string[] = [];
  for (const id of set) {
    if (taken.length === count) break;
    taken.push(id);
    set.delete(id);
  }
  return taken;
}

/** Plans rows one entity after the other, parts before what they belong to. */
export class Planner {
  readonly #source: FoldSource;
  readonly #touched = new Map<string, Set<string>>();
  readonly #marks = new Marks();
  /** Live rows planned here, by a row with a deletion that they hang on. */
  readonly #children = new Map<string, { stream: string; birth: string }[]>();
  readonly #wanted = new Map<string, EntityDefinition>();
  rootsChanged = false;

  constructor(source: FoldSource) {
    this.#source = source;
  }

  /** Roots of merged rows after the plan. */
  get roots(): ReadonlyMap<string, string> {
    return this.#source.roots;
  }

  /** Plans of these rows and of all that depend on them. */
  *plan(touched: Iterable<readonly [entity: string, id: string]>): Generator<RowPlan> {
    for (const [entity, id] of touched) this.#touch(entity, id);
    for (const [entity, id] of this.#source.rowsInDoubt()) this.#touch(entity, id);
    yield* this.#planAliases();
    for (const entity of [...ENTITIES].reverse()) {
      if (entity.name === alias.name || entity.scope === 'local') continue;
      yield* this.#planEntity(entity);
    }
    yield* this.#stubs();
  }

  #touch(entity: string, id: string): void {
    const ids = this.#touched.get(entity);
    if (ids) ids.add(id);
    else this.#touched.set(entity, new Set([id]));
  }

  *#planAliases(): Generator<RowPlan> {
    const ids = this.#touched.get(alias.name);
    if (!ids || ids.size === 0) return;
    const { db, store, roots } = this.#source;
    const edges = new Map(
      (
        db
          .prepare(`SELECT id, entity, low_id AS low, high_id AS high FROM ${store}.alias WHERE deleted_at IS NULL`)
          .all() as { id: string; entity: string; low: string; high: string }[]
      ).map((e) => [e.id, e]),
    );
    for (const plan of this.#planEntity(alias)) {
      if (plan.action === 'drop' || plan.deleted) edges.delete(plan.id);
      else
        edges.set(plan.id, {
          id: plan.id,
          entity: String(plan.values.entity),
          low: String(plan.values.lowId),
          high: String(plan.values.highId),
        });
      yield plan;
    }
    const after = aliasRoots([...edges.values()].map((e) => [e.low, e.high]));
    const kinds = new Map(
      [...edges.values()].flatMap(
        (e) =>
          [
            [e.low, e.entity],
            [e.high, e.entity],
          ] as const,
      ),
    );
    const affected = new Set<string>();
    for (const [id, root] of [...roots, ...after])
      if (roots.get(id) !== after.get(id)) {
        affected.add(id);
        affected.add(root);
      }
    this.rootsChanged = affected.size > 0;
    roots.clear();
    for (const [id, root] of after) roots.set(id, root);
    this.#touchAffected(affected, kinds);
  }

  /** Rows of changed groups, and all rows that refer to one of them. */
  #touchAffected(affected: ReadonlySet<string>, kinds: ReadonlyMap<string, string>): void {
    const { db, store } = this.#source;
    const list = JSON.stringify([...affected]);
    for (const row of db
      .prepare(`SELECT id, tbl FROM ${store}.sync_row WHERE id IN (SELECT value FROM json_each(?))`)
      .all(list) as { id: string; tbl: string }[])
      this.#touch(row.tbl, row.id);
    for (const id of affected) {
      const kind = kinds.get(id);
      if (kind) this.#touch(kind, id);
    }
    for (const entity of ENTITIES) {
      if (entity.scope === 'local' || entity.name === alias.name) continue;
      for (const { name, meta } of fieldsOf(entity)) {
        if (meta.kind !== 'reference') continue;
        const rows = db
          .prepare(
            `SELECT id FROM ${store}."${tableOf(entity)}" WHERE "${snake(name)}" IN (SELECT value FROM json_each(?)) AND id IN (SELECT id FROM ${store}.sync_row)`,
          )
          .pluck()
          .all(list) as string[];
        for (const id of rows) this.#touch(entity.name, id);
      }
    }
    // A part that was merged because its owner was is shown under its own id again when the owner is.
    for (const id of db.prepare(`SELECT id FROM ${store}.sync_alias_root`).pluck().all() as string[]) {
      const row = db.prepare(`SELECT tbl FROM ${store}.sync_row WHERE id = ?`).pluck().get(id) as string | undefined;
      if (row && row !== alias.name) this.#touch(row, id);
    }
  }

  *#planEntity(entity: EntityDefinition): Generator<RowPlan> {
    const pending = this.#touched.get(entity.name) ?? new Set<string>();
    while (pending.size > 0) {
      const ids = takeFrom(pending, PAGE);
      const operations = this.#source.operations(ids);
      if (this.#source.roots.size > 0 && naturalKeyFields(entity).length > 0)
        this.#alignNatural(entity, ids, operations, pending);
      for (const id of ids) {
        if (this.#marks.has(id, MARK.planned)) continue;
        this.#marks.add(id, MARK.planned);
        const root = this.#source.root(id);
        if (root !== id && !this.#marks.has(root, MARK.planned)) pending.add(root);
        yield root === id
          ? this.#planRow(entity, id, operations.get(id) ?? [])
          : this.#shadow(entity, id, operations.get(id) ?? []);
      }
    }
  }

  /**
   * Links and parts of a merged row take the id that they would have had on the row that is shown; what was taken back
   * stands for nothing.
   */
  #alignNatural(
    entity: EntityDefinition,
    ids: readonly string[],
    operations: ReadonlyMap<string, readonly Operation[]>,
    pending: Set<string>,
  ): void {
    for (const id of ids) {
      const create = operations.get(id)?.find((op) => op.kind === 'c');
      const canonical = create
        ? naturalId(entity, ...naturalKeyFields(entity).map((f) => this.#source.root(String(create.body[f] ?? ''))))
        : id;
      const before = this.#source.root(id);
      if (before === canonical) continue;
      this.rootsChanged = true;
      if (canonical === id) this.#source.roots.delete(id);
      else this.#source.roots.set(id, canonical);
      if (before !== id && !this.#marks.has(before, MARK.planned)) pending.add(before);
    }
  }

  #planRow(entity: EntityDefinition, id: string, own: readonly Operation[]): RowPlan {
    const members = [...this.#source.roots].filter(([, root]) => root === id).map(([member]) => member);
    const ops = members.length === 0 ? own : [...own, ...[...this.#source.operations(members).values()].flat()];
    const home = this.#homeOf(entity, id, own, ops);
    const folded = foldRow(ops, { ...this.#context(entity, home), children: this.#childrenOf(entity, id, home) });
    const current = this.#source.current(entity, id);
    if (!folded) return this.#unknown(entity, id, home, current !== null);
    const plan = planOf(entity, id, home, folded, current);
    this.#remember(entity, plan);
    return plan;
  }

  /**
   * Stream of a row, the same in whatever order operations come: where it was first made; for a merged part whose own create is not held,
   * or was never said, where the row that it belongs to is at home.
   */
  #homeOf(entity: EntityDefinition, id: string, own: readonly Operation[], all: readonly Operation[]): string {
    const create = firstCreate(own);
    if (create) return create.stream;
    if (entity.home === 'g' || entity.home === 'self') return entity.home === 'g' ? COMMON_STREAM : id;
    const member = firstCreate(all);
    const parent = entity.home.follow
      .map((field) => ({
        id: member?.body[field],
        target: fieldsOf(entity).find((f) => f.name === field)?.meta.target,
      }))
      .find((p) => typeof p.id === 'string');
    if (!member || !parent?.target) return this.#source.homeOf(id) ?? own[0]?.stream ?? id;
    const root = this.#source.root(String(parent.id));
    const said = this.#source.operations([root]).get(root) ?? [];
    const home = this.#homeOf(entityNamed(parent.target), root, said, said);
    return entity.personal ? `${home}${PERSONAL_SUFFIX}` : home;
  }

  #childrenOf(entity: EntityDefinition, id: string, home: string): string[] {
    if (!this.#isDeletable(id)) return [];
    const held = this.#source
      .liveChildren(entity, id, home)
      .filter((c) => !this.#marks.has(c.id, MARK.planned))
      .map((c) => c.dot);
    return [...held, ...(this.#children.get(id) ?? []).map((c) => dotIn(home, c.stream, c.birth))];
  }

  /** Notes on what a planned row hangs and what it refers to. */
  #remember(entity: EntityDefinition, plan: RowPlan): void {
    for (const { name, meta } of fieldsOf(entity)) {
      if (meta.kind !== 'reference') continue;
      const to = plan.values[name];
      if (typeof to !== 'string') continue;
      if (meta.target) this.#marks.add(to, MARK.referred);
      if (meta.target && (this.#marks.has(to, MARK.dropped) || !this.#isPresent(meta.target, to)))
        this.#wanted.set(to, entityNamed(meta.target));
      if (!this.#isDeletable(to)) continue;
      const target = meta.target || String(plan.values[meta.kindIn ?? ''] ?? '');
      if (
        !ENTITIES.some((e) => e.name === target) ||
        !dependantsOf(entityNamed(target)).some((d) => d.entity === entity && d.field === name)
      )
        continue;
      if (!plan.deleted)
        this.#children.set(to, [...(this.#children.get(to) ?? []), { stream: plan.stream, birth: plan.birth }]);
      if (!this.#marks.has(to, MARK.planned)) this.#touch(target, to);
    }
  }

  /** Whether some operation deletes the row. */
  #isDeletable(id: string): boolean {
    return this.#marks.know(id, MARK.deletable, MARK.lasting, () => this.#source.hasDeletion(id));
  }

  #isPresent(target: string, id: string): boolean {
    return this.#marks.know(
      id,
      MARK.present,
      MARK.absent,
      () =>
        statementOf(
          this.#source.db,
          `SELECT 1 FROM ${this.#source.store}."${tableOf(entityNamed(target))}" WHERE id = ?`,
        ).get(id) !== undefined,
    );
  }

  /** A merged row keeps its own values in the table, in the bin, for whatever still names its id. */
  #shadow(entity: EntityDefinition, id: string, ops: readonly Operation[]): RowPlan {
    const home = this.#homeOf(entity, id, ops, ops);
    const folded = foldRow(ops, { ...this.#context(entity, home), children: [] });
    if (!folded) return this.#unknown(entity, id, home, this.#source.current(entity, id) !== null);
    const plan = {
      ...placeholder(entity, id, 'shadow'),
      stream: home,
      heads: headsOf(folded),
      birth: folded.birth,
      createdAt: folded.bornAt,
      updatedAt: folded.changedAt,
      values: { ...valuesIn(entity, folded), deletedAt: SHADOW },
    };
    this.#remember(entity, plan);
    return plan;
  }

  #context(entity: EntityDefinition, home: string): Omit<FoldContext, 'children'> {
    return {
      fields: rulesOf(entity),
      home,
      isSet: entity.shape === 'set',
      // An edge keeps the ids that it was made between: which row they are shown as depends on all edges together.
      root: (value) => (entity.name === alias.name ? value : this.#source.root(value)),
      gap: (stream, device) => this.#source.gap(stream, device),
      holds: (stream, device, n) => this.#source.holds(stream, device, n),
    };
  }

  /** No create is held: the row goes, unless others that stay refer to it. */
  #unknown(entity: EntityDefinition, id: string, home: string, isThere: boolean): RowPlan {
    const { db, store } = this.#source;
    const needed =
      this.#marks.has(id, MARK.referred) ||
      (isThere &&
        ENTITIES.some((e) =>
          fieldsOf(e).some(
            (f) =>
              f.meta.target === entity.name &&
              (
                valuesOf(db, `SELECT id FROM ${store}."${tableOf(e)}" WHERE "${snake(f.name)}" = ?`).all(id) as string[]
              ).some((user) => !this.#marks.has(user, MARK.dropped)),
          ),
        ));
    if (!needed) this.#marks.add(id, MARK.dropped);
    const plan = { ...placeholder(entity, id, needed ? ('stub' as const) : ('drop' as const)), stream: home };
    if (needed) this.#remember(entity, plan);
    return plan;
  }

  *#stubs(): Generator<RowPlan> {
    while (this.#wanted.size > 0) {
      const wanted = [...this.#wanted];
      this.#wanted.clear();
      for (const [id, entity] of wanted) {
        // What was planned as unknown before something turned out to refer to it is needed after all.
        if (this.#marks.has(id, MARK.planned) && !this.#marks.delete(id, MARK.dropped)) continue;
        this.#marks.add(id, MARK.planned);
        const plan = placeholder(entity, id, 'stub');
        this.#remember(entity, plan);
        yield plan;
      }
    }
  }
}

/** The create that came first by clock. */
function firstCreate(ops: readonly Operation[]): Operation | null {
  return ops
    .filter((op) => op.kind === 'c')
    .reduce<Operation | null>(
      (first, op) => (first === null || `${op.hlc}${op.device}` < `${first.hlc}${first.device}` ? op : first),
      null,
    );
}

/** Heads of the fields that have others than the birth. */
const headsOf = (folded: FoldedRow): RowPlan['heads'] =>
  [...folded.fields]
    .filter(([, f]) => !folded.single || f.rivals.length > 0 || f.w.length !== 1 || f.w[0] !== folded.birth)
    .map(([name, f]) => [name, f.w, f.rivals] as const);

/** A row has dozens of fields and few of them filled: what a column holds anyway is left out. */
function withoutEmpty(entity: EntityDefinition, values: Readonly<Record<string, Scalar>>): Record<string, Scalar> {
  const filled = new Set(
    columnsOf(entity)
      .filter((c) => c.initial !== null)
      .map((c) => c.field),
  );
  return Object.fromEntries(Object.entries(values).filter(([name, value]) => value !== null || filled.has(name)));
}

/** Values of a row as its table holds them. */
function valuesIn(entity: EntityDefinition, folded: FoldedRow): Record<string, Scalar> {
  const values = Object.fromEntries([...folded.fields].map(([name, f]) => [name, f.value]));
  for (const [name, initial] of laterInitials(entity)) values[name] ??= initial;
  return values;
}

function planOf(
  entity: EntityDefinition,
  id: string,
  home: string,
  folded: FoldedRow,
  current: Readonly<Record<string, Scalar>> | null,
): RowPlan {
  const values = valuesIn(entity, folded);
  const isShown = current !== null && current.deleted_at !== SHADOW;
  const before: Record<string, Scalar> = {};
  if (isShown)
    for (const [name, value] of Object.entries(values))
      if ((current[snake(name)] ?? null) !== value) before[name] = current[snake(name)] ?? null;
  return {
    entity: entity.name,
    id,
    action: !isShown ? 'insert' : Object.keys(before).length > 0 ? 'update' : 'same',
    values: withoutEmpty(entity, values),
    createdAt: folded.bornAt,
    updatedAt: folded.changedAt,
    stream: home,
    birth: folded.birth,
    heads: headsOf(folded),
    conflicts: folded.conflicts,
    deleted: folded.deleted,
    before: isShown ? before : null,
  };
}
