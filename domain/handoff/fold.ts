// The fold: from all operations held on a row to the row as it is shown, and what people must decide (hand-off design 5).
// A pure function of a set: order, repetition and route of the operations make no difference.
import type { MergeLevel } from '../dictionary/field.ts';
import { dotIn, partsOf, type Operation, type Scalar } from './operation.ts';

/** How a field is merged. */
export interface FieldRule {
  readonly name: string;
  readonly level: MergeLevel;
  /** Long texts are offered merged line by line. */
  readonly isText: boolean;
  /** References are compared by the row that they lead to. */
  readonly isReference: boolean;
}

/** What the fold must know beside the operations. */
export interface FoldContext {
  readonly fields: readonly FieldRule[];
  /** Home stream of the row that is shown. */
  readonly home: string;
  /** Links of a set never make a conflict: adding wins over removing. */
  readonly isSet: boolean;
  /** Dots of the births of rows that hang on this one and are not deleted. */
  readonly children: readonly string[];
  /** The row that an id stands for. */
  root(id: string): string;
  /** Whether operations of that device are missing below the highest one held of that stream. */
  gap(stream: string, device: string): boolean;
  /** Whether an operation is held, on whatever row: an edit of a merged row replaces what was said of its other members. */
  holds(stream: string, device: string, n: number): boolean;
}

/** An operation on one field that no other one replaces. */
export interface Head {
  readonly dot: string;
  readonly value: Scalar;
  readonly op: Operation;
}

export type ConflictClass = 'value' | 'text' | 'delete-vs-edit' | 'resolution-disagrees';

/** Values of one field that people have to choose from. */
export interface FieldConflict {
  readonly field: string;
  readonly class: ConflictClass;
  readonly level: MergeLevel;
  /** The shown one first, then by clock, newest first. */
  readonly heads: readonly Head[];
  /** What the field held before both changes, when that is known. */
  readonly base: { readonly value: Scalar } | null;
  /** Data are missing: the conflict may vanish when they come. */
  readonly provisional: boolean;
}

/** One field as shown, and its heads: those that hold the shown value, and the others. */
export interface FoldedField {
  readonly value: Scalar;
  readonly w: readonly string[];
  readonly rivals: readonly string[];
}

/** A row as shown. */
export interface FoldedRow {
  /** Dot of the first create by clock. */
  readonly birth: string;
  readonly bornAt: string;
  readonly changedAt: string;
  readonly fields: ReadonlyMap<string, FoldedField>;
  readonly deleted: boolean;
  /** Born once and never merged: a field without entry in the log of heads has the birth as its only head. */
  readonly single: boolean;
  readonly conflicts: readonly FieldConflict[];
}

interface Statement {
  dot: string;
  value: Scalar;
  basis: readonly string[];
  op: Operation;
  isEmptyCreate: boolean;
}

const byClock = (a: { op: Operation }, b: { op: Operation }): number =>
  a.op.hlc < b.op.hlc
    ? 1
    : a.op.hlc > b.op.hlc
      ? -1
      : a.op.device < b.op.device
        ? 1
        : a.op.device > b.op.device
          ? -1
          : 0;

const DELETED = 'deletedAt';

/** What each operation says about one field. */
function statementsOn(field: string, ops: readonly Operation[], home: string): Statement[] {
  const statements: Statement[] = [];
  for (const op of ops) {
    const dot = dotIn(home, op.stream, `${op.device}:${op.n}`);
    if (op.kind === 'c') {
      const value = (op.body[field] ?? null) as Scalar;
      statements.push({ dot, value, basis: [], op, isEmptyCreate: value === null });
    } else if (field in op.body) {
      const [value, basis] = op.body[field] as [Scalar, readonly string[]];
      statements.push({ dot, value, basis: basis.map((b) => dotIn(home, op.stream, b)), op, isEmptyCreate: false });
    }
  }
  return statements;
}

/** Statements that no other one replaces. A field that a create leaves empty says nothing beside one that was filled in. */
function headsOf(statements: readonly Statement[]): Statement[] {
  const replaced = new Set(statements.flatMap((s) => [...s.basis]));
  const heads = statements.filter((s) => !replaced.has(s.dot));
  const filled = heads.filter((s) => !s.isEmptyCreate);
  return (filled.length > 0 ? filled : heads).sort(byClock);
}

/** The value that all heads replaced, when there is exactly one such operation. */
function baseOf(heads: readonly Statement[], statements: readonly Statement[]): { value: Scalar } | null {
  // What was said again replaces a decision, not what both had changed.
  if (heads.some((h) => h.op.body._by !== undefined)) return null;
  const [first, ...others] = heads;
  const common = first?.basis.filter((dot) => others.every((h) => h.basis.includes(dot))) ?? [];
  const found = statements.filter((s) => common.includes(s.dot));
  const value = found[0]?.value ?? null;
  return found.length > 0 && found.every((s) => s.value === value) ? { value } : null;
}

function isMissing(home: string, dot: string, context: FoldContext): boolean {
  const { stream, device, n } = partsOf(home, dot);
  return !context.holds(stream, device, n);
}

/** Whether data are missing that could still show that one head had seen the other. */
function isProvisional(heads: readonly Statement[], statements: readonly Statement[], context: FoldContext): boolean {
  const held = new Set(statements.map((s) => s.dot));
  return heads.some(
    (h) =>
      context.gap(h.op.stream, h.op.device) ||
      h.basis.some((dot) => !held.has(dot) && isMissing(context.home, dot, context)),
  );
}

function foldField(
  rule: FieldRule,
  statements: readonly Statement[],
  context: FoldContext,
): { folded: FoldedField; conflict: FieldConflict | null } {
  const heads = headsOf(statements);
  const winner = heads[0] as Statement;
  const meant = (value: Scalar): Scalar =>
    rule.isReference && typeof value === 'string' ? context.root(value) : value;
  const same = heads.filter((h) => meant(h.value) === meant(winner.value));
  const rivals = heads.filter((h) => meant(h.value) !== meant(winner.value));
  const folded = {
    value: meant(winner.value),
    w: same.map((h) => h.dot).sort(),
    rivals: rivals.map((h) => h.dot).sort(),
  };
  if (rivals.length === 0 || rule.level === 'auto' || context.isSet) return { folded, conflict: null };
  const resolutions = heads.filter((h) => h.op.kind === 'r').length;
  return {
    folded,
    conflict: {
      field: rule.name,
      level: rule.level,
      class: resolutions > 1 ? 'resolution-disagrees' : rule.isText ? 'text' : 'value',
      heads: [...same, ...rivals],
      base: baseOf(heads, statements),
      provisional: isProvisional(heads, statements, context),
    },
  };
}

/**
 * Whether an operation replaces or saw something that is not held: what seems to be unseen may have been replaced.
 * Other streams may never come.
 */
function namesMissing(op: Operation, context: FoldContext): boolean {
  if (op.kind === 'c') return false;
  return Object.entries(op.body).some(([name, said]) => {
    if (name === '_reason' || name === '_by') return false;
    const dots = name === '_seen' ? (said as string[]) : (said as [Scalar, string[]])[1];
    return dots.some((dot) => !dot.includes('@') && isMissing(op.stream, dot, context));
  });
}

/** A deletion counts when its authors saw everything that is there now; otherwise the row lives and people decide. */
function foldDeletion(
  ops: readonly Operation[],
  others: ReadonlyMap<string, FoldedField>,
  context: FoldContext,
): { folded: FoldedField; conflict: FieldConflict | null } {
  const statements = statementsOn(DELETED, ops, context.home);
  const heads = headsOf(statements);
  const deletions = heads.filter((h) => h.value !== null);
  const living = heads.filter((h) => h.value === null);
  const dots = (list: readonly Statement[]) => list.map((h) => h.dot).sort();
  if (deletions.length === 0) return { folded: { value: null, w: dots(living), rivals: [] }, conflict: null };
  const seen = new Set(
    deletions.flatMap((d) => ((d.op.body._seen ?? []) as string[]).map((dot) => dotIn(context.home, d.op.stream, dot))),
  );
  const unseen =
    [...others.values()].some((f) => [...f.w, ...f.rivals].some((dot) => !seen.has(dot))) ||
    context.children.some((dot) => !seen.has(dot));
  if (living.length === 0 && !unseen)
    return { folded: { value: (deletions[0] as Statement).value, w: dots(deletions), rivals: [] }, conflict: null };
  return {
    folded: { value: null, w: dots(living), rivals: dots(deletions) },
    conflict: context.isSet
      ? null
      : {
          field: DELETED,
          class: 'delete-vs-edit',
          level: 'must',
          heads: [...living, ...deletions],
          base: null,
          provisional: isProvisional(heads, statements, context) || ops.some((op) => namesMissing(op, context)),
        },
  };
}

/** Folds all held operations of a row (of a group of merged rows, of all its members). Null when no create is among them. */
export function foldRow(operations: readonly Operation[], context: FoldContext): FoldedRow | null {
  const ops = [...new Map(operations.map((op) => [`${op.stream} ${op.device}:${op.n}`, op])).values()];
  const births = ops
    .filter((op) => op.kind === 'c')
    .map((op) => ({ op }))
    .sort(byClock);
  const first = births.at(-1)?.op;
  if (!first) return null;
  const fields = new Map<string, FoldedField>();
  const conflicts: FieldConflict[] = [];
  const keep = (name: string, result: { folded: FoldedField; conflict: FieldConflict | null }): void => {
    fields.set(name, result.folded);
    if (result.conflict) conflicts.push(result.conflict);
  };
  for (const rule of context.fields)
    if (rule.name !== DELETED) keep(rule.name, foldField(rule, statementsOn(rule.name, ops, context.home), context));
  keep(DELETED, foldDeletion(ops, fields, context));
  const deleted = fields.get(DELETED)?.value !== null;
  const changedAt = ops.reduce((last, op) => (op.at > last ? op.at : last), first.at);
  return {
    birth: dotIn(context.home, first.stream, `${first.device}:${first.n}`),
    bornAt: first.at,
    changedAt,
    fields,
    deleted,
    single: births.length === 1 && ops.every((op) => op.stream === context.home),
    conflicts: deleted ? [] : conflicts,
  };
}
