// A pure model of offices that hand operations to each other: their capture as the triggers do it, their rows by the production fold.
import { HybridClock } from '../../db/capture/clock.ts';
import { coverageOf, covers, hasGap, missingFrom, NOTHING, type Coverage } from '../../domain/handoff/coverage.ts';
import type { FieldRule, FoldedField, FoldedRow } from '../../domain/handoff/fold.ts';
import {
  COMMON_STREAM,
  dotIn,
  type Operation,
  type OperationBody,
  type OperationKind,
  type Scalar,
} from '../../domain/handoff/operation.ts';
import type { Have, Rules } from './handoff-rules.ts';

export type Kind = 'ent' | 'child' | 'ext' | 'link' | 'alias';

const rule = (name: string, level: FieldRule['level'], more: Partial<FieldRule> = {}): FieldRule => ({
  name,
  level,
  isText: false,
  isReference: false,
  ...more,
});
const deletedAt = rule('deletedAt', 'must');

/** One kind of row per way of merging. */
export const FIELDS: Readonly<Record<Kind, readonly FieldRule[]>> = {
  ent: [
    rule('name', 'must'),
    rule('phone', 'may'),
    rule('place', 'auto'),
    rule('note', 'may', { isText: true }),
    rule('upId', 'must', { isReference: true }),
    deletedAt,
  ],
  child: [rule('entId', 'must', { isReference: true }), rule('label', 'must'), deletedAt],
  ext: [rule('entId', 'must', { isReference: true }), rule('a', 'must'), rule('b', 'may'), deletedAt],
  link: [rule('entId', 'must', { isReference: true }), rule('tag', 'auto'), deletedAt],
  alias: [rule('lowId', 'must'), rule('highId', 'must'), deletedAt],
};

/** Key of an operation in a log. */
export const keyOf = (op: Pick<Operation, 'stream' | 'device' | 'n'>): string => `${op.stream} ${op.device}:${op.n}`;

export const copyHave = (have: Have): Have => new Map([...have].map(([stream, devices]) => [stream, new Map(devices)]));

interface Import {
  readonly carried: ReadonlySet<string>;
  readonly taken: readonly Operation[];
  readonly rows: ReadonlySet<string>;
  undone: boolean;
  builtOn: boolean;
  passedOn: boolean;
}

/** Everything of an office that a copy of its database holds. */
interface Data {
  log: Map<string, Operation>;
  byRow: Map<string, Operation[]>;
  have: Have;
  proved: Map<string, Have>;
  imports: Import[];
  hlc: HybridClock;
}

const copyData = (d: Data, now: () => number): Data => ({
  log: new Map(d.log),
  byRow: new Map([...d.byRow].map(([id, ops]) => [id, [...ops]])),
  have: copyHave(d.have),
  proved: new Map([...d.proved].map(([tag, have]) => [tag, copyHave(have)])),
  imports: d.imports.map((i) => ({ ...i })),
  hlc: new HybridClock(d.hlc.state, now),
});

export class ModelOffice {
  tag: string;
  skewMs = 0;
  readonly #rules: Rules;
  readonly #time: () => number;
  #data: Data;
  readonly #folds = new Map<string, FoldedRow | null>();
  #roots: Map<string, string> | null = null;
  #members: Map<string, string[]> | null = null;
  backup: Data | null = null;

  constructor(tag: string, rules: Rules, time: () => number, from?: ModelOffice) {
    this.tag = tag;
    this.#rules = rules;
    this.#time = time;
    this.#data = from
      ? copyData(from.#data, this.now)
      : {
          log: new Map(),
          byRow: new Map(),
          have: new Map(),
          proved: new Map(),
          imports: [],
          hlc: new HybridClock({ ms: 0, c: 0 }, this.now),
        };
  }

  now = (): number => this.#time() + this.skewMs;

  get log(): ReadonlyMap<string, Operation> {
    return this.#data.log;
  }
  get have(): Have {
    return this.#data.have;
  }
  get imports(): Import[] {
    return this.#data.imports;
  }
  proved(tag: string): Have {
    return this.#rules.base(this.#data.proved.get(tag) ?? new Map());
  }
  opsOn(id: string): readonly Operation[] {
    return this.#data.byRow.get(id) ?? [];
  }
  coverage(stream: string, device: string): Coverage {
    return this.#data.have.get(stream)?.get(device) ?? NOTHING;
  }

  // Identity: backup, restore.

  keepBackup(): void {
    this.backup = copyData(this.#data, this.now);
  }

  /** Goes back to the backup; the tag must be a new one, or numbers are used twice. */
  restore(newTag: string): void {
    if (!this.backup) return;
    this.#data = copyData(this.backup, this.now);
    if (this.#rules.renewsTag) this.tag = newTag;
    this.#forget();
  }

  // What is shown.

  #forget(): void {
    this.#folds.clear();
    this.#roots = null;
    this.#members = null;
  }

  /** The live edges decide which enterprises are one. */
  get roots(): Map<string, string> {
    if (!this.#roots) {
      const edges: [string, string][] = [];
      for (const [id, ops] of this.#data.byRow) {
        if (kindOf(id) !== 'alias') continue;
        const row = this.#foldOps(id, ops, []);
        if (row && !row.deleted)
          edges.push([String(row.fields.get('lowId')?.value), String(row.fields.get('highId')?.value)]);
      }
      this.#roots = this.#rules.roots(edges);
    }
    return this.#roots;
  }

  #foldOps(
    id: string,
    ops: readonly Operation[],
    children: readonly string[],
    isAlias = kindOf(id) === 'alias',
  ): FoldedRow | null {
    return this.#rules.fold(ops, {
      fields: FIELDS[kindOf(id)],
      home: homeOf(id),
      isSet: kindOf(id) === 'link',
      children,
      root: (value) => (isAlias ? value : this.rootOf(value)),
      gap: (stream, device) => hasGap(this.coverage(stream, device)),
      holds: (stream, device, n) => covers(this.coverage(stream, device), n),
    });
  }

  /** The row under which a row is shown: parts of a merged enterprise with natural ids are merged with it. */
  rootOf(id: string): string {
    const kind = kindOf(id);
    if (kind === 'ent') return this.roots.get(id) ?? id;
    if (kind === 'ext') return `ext:${this.rootOf(id.slice(4))}`;
    if (kind === 'link') return `link:${this.rootOf(homeOf(id))}${id.slice(id.lastIndexOf(':'))}`;
    return id;
  }

  /** Rows of the log by the row under which they are shown. */
  get members(): Map<string, string[]> {
    if (!this.#members) {
      this.#members = new Map();
      for (const id of this.#data.byRow.keys()) {
        const root = this.rootOf(id);
        this.#members.set(root, [...(this.#members.get(root) ?? []), id]);
      }
    }
    return this.#members;
  }

  /** Parts of an enterprise, by the row under which they are shown. */
  childrenOf(root: string): string[] {
    if (kindOf(root) !== 'ent') return [];
    return [...this.members.keys()].filter((id) => {
      const parent = parentOf(id);
      return parent !== null && this.rootOf(parent) === root;
    });
  }

  opsOf(root: string): Operation[] {
    return (this.members.get(root) ?? []).flatMap((id) => this.#data.byRow.get(id) ?? []);
  }

  /** The row shown under this id. */
  row(root: string): FoldedRow | null {
    const known = this.#folds.get(root);
    if (known !== undefined) return known;
    const births = this.childrenOf(root).flatMap((id) => {
      const child = this.row(id);
      return child && !child.deleted ? [dotIn(homeOf(root), homeOf(id), child.birth)] : [];
    });
    const folded = this.#foldOps(root, this.opsOf(root), births);
    this.#folds.set(root, folded);
    return folded;
  }

  /** Every row of the log as shown, by id. */
  view(): Map<string, FoldedRow> {
    const shown = new Map<string, FoldedRow>();
    for (const root of [...this.members.keys()].sort()) {
      const row = this.row(root);
      if (row) shown.set(root, row);
    }
    return shown;
  }

  /** Text that is equal for two offices exactly when they show the same. */
  dump(without: (id: string) => boolean = () => false): string {
    const lines = [...this.view()]
      .filter(([id]) => !without(id))
      .map(([id, r]) =>
        JSON.stringify([
          id,
          r.birth,
          r.deleted,
          [...r.fields].map(([name, f]) => [name, f.value, f.w, f.rivals]),
          r.conflicts.map((c) => [c.field, c.class, c.level, c.provisional, c.base, c.heads.map((h) => h.dot)]),
        ]),
      );
    return [...lines, JSON.stringify([...this.roots].sort())].join('\n');
  }

  // What people do here.

  /** Writes an operation into the log, as the trigger of its table does. */
  say(row: string, kind: OperationKind, body: OperationBody): Operation {
    const [stream, entity] = [homeOf(row), kindOf(row)];
    const n = this.coverage(stream, this.tag).upto + 1;
    const hlc = this.#data.hlc.next();
    const op: Operation = {
      stream,
      device: this.tag,
      n,
      hlc,
      at: new Date(this.now()).toISOString(),
      entity,
      row,
      kind,
      body,
      actor: this.tag,
      batch: null,
      source: null,
      schema: 1,
    };
    this.#keep([op]);
    for (const i of this.#data.imports) if (i.rows.has(row) || i.rows.has(parentOf(row) ?? '')) i.builtOn = true;
    return op;
  }

  /** Changes fields of a shown row: each replaces the heads that hold the shown value. */
  edit(root: string, values: Readonly<Record<string, Scalar>>): Operation {
    const row = this.row(root) as FoldedRow;
    return this.say(
      root,
      'u',
      Object.fromEntries(
        Object.entries(values).map(([field, value]) => {
          const f = row.fields.get(field) as FoldedField;
          return [field, [value, field === 'deletedAt' ? [...f.w, ...f.rivals] : this.#rules.editBasis(f)]];
        }),
      ),
    );
  }

  /** Puts a row into the bin, with all that its author saw of it and its parts. */
  remove(root: string): Operation {
    const row = this.row(root) as FoldedRow;
    const f = row.fields.get('deletedAt') as FoldedField;
    const heads = [...row.fields.values()].flatMap((x) => [...x.w, ...x.rivals]);
    const births = this.childrenOf(root).flatMap((id) => {
      const child = this.row(id);
      return child ? [dotIn(homeOf(root), homeOf(id), child.birth)] : [];
    });
    return this.say(root, 'd', {
      deletedAt: [new Date(this.now()).toISOString(), [...f.w, ...f.rivals]],
      _seen: [...new Set([row.birth, ...heads, ...births])],
    });
  }

  decide(root: string, field: string, value: Scalar): Operation {
    const f = this.row(root)?.fields.get(field) as FoldedField;
    return this.say(root, 'r', { [field]: [value, this.#rules.decisionBasis(f)] });
  }

  // What comes and goes.

  /** Operations beyond what the receiver proved to hold. */
  beyond(base: Have): Operation[] {
    return [...this.#data.log.values()].filter(
      (op) =>
        missingFrom(base.get(op.stream)?.get(op.device) ?? NOTHING, { upto: 0, extra: [[op.n, op.n]] }).length > 0,
    );
  }

  /** What a package about these streams holds. */
  about(streams: ReadonlySet<string>): { ops: readonly Operation[]; have: Have } {
    return {
      ops: this.#rules.inScope([...this.#data.log.values()], streams),
      have: copyHave(this.#rules.haveOf(this.have, streams)),
    };
  }

  sent(): void {
    for (const i of this.#data.imports) i.passedOn = true;
  }

  /** Takes a package in: unknown numbers only. */
  take(ops: readonly Operation[], proof?: { tag: string; have: Have }): void {
    const taken = this.#rules.taken(ops).filter((op) => !this.#rules.isHeld(this.coverage(op.stream, op.device), op.n));
    this.#keep(taken);
    if (this.#rules.followsClocks) for (const op of taken) this.#data.hlc.advanceTo(op.hlc);
    this.#data.imports.push({
      carried: new Set(ops.map(keyOf)),
      taken,
      rows: new Set(taken.map((op) => op.row)),
      undone: false,
      builtOn: false,
      passedOn: false,
    });
    // A package about some streams says nothing of the others.
    if (proof) this.#data.proved.set(proof.tag, new Map([...(this.#data.proved.get(proof.tag) ?? []), ...proof.have]));
  }

  /** Takes the last import back, when nothing stands in the way. Returns whether it did. */
  undoImport(): boolean {
    const last = this.#data.imports.findLast((i) => !i.undone);
    if (!last || last.builtOn || last.passedOn) return false;
    last.undone = true;
    for (const op of last.taken) {
      if (this.#data.imports.some((i) => !i.undone && i.carried.has(keyOf(op)))) continue;
      this.#data.log.delete(keyOf(op));
      const left = this.opsOn(op.row).filter((o) => o !== op);
      if (left.length > 0) this.#data.byRow.set(op.row, left);
      else this.#data.byRow.delete(op.row);
      const devices = this.#data.have.get(op.stream);
      const rest = missingFrom({ upto: 0, extra: [[op.n, op.n]] }, this.coverage(op.stream, op.device));
      if (rest.length > 0) devices?.set(op.device, coverageOf(rest));
      else devices?.delete(op.device);
    }
    this.#forget();
    return true;
  }

  #keep(ops: readonly Operation[]): void {
    for (const op of ops) {
      this.#data.log.set(keyOf(op), op);
      const list = this.#data.byRow.get(op.row);
      if (list) list.push(op);
      else this.#data.byRow.set(op.row, [op]);
    }
    const ranges = new Map<string, [number, number][]>();
    for (const op of ops) {
      const k = `${op.stream} ${op.device}`;
      ranges.set(k, [...(ranges.get(k) ?? []), [op.n, op.n]]);
    }
    for (const [k, list] of ranges) {
      const [stream, device] = k.split(' ') as [string, string];
      const devices = this.#data.have.get(stream) ?? new Map<string, Coverage>();
      this.#data.have.set(
        stream,
        devices.set(device, this.#rules.union(devices.get(device) ?? NOTHING, coverageOf(list))),
      );
    }
    if (ops.length > 0) this.#forget();
  }
}

export const kindOf = (id: string): Kind => id.slice(0, id.indexOf(':')) as Kind;

/** The enterprise that a part was made under; null for what is no part. Ids of parts name it. */
export function parentOf(id: string): string | null {
  const kind = kindOf(id);
  return kind === 'ent' || kind === 'alias' ? null : homeOf(id);
}

/** Home stream of a row: that of its enterprise. */
export function homeOf(id: string): string {
  switch (kindOf(id)) {
    case 'alias':
      return COMMON_STREAM;
    case 'ent':
      return id;
    case 'ext':
      return id.slice(4);
    case 'link':
      return id.slice(5, id.lastIndexOf(':'));
    default:
      return id.slice(6, id.lastIndexOf('/'));
  }
}
