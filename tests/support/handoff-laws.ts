// The invariants of the hand-off, checked on a model office without asking the fold: from the raw operations and what authors really held.
import { laterInitials } from '../../domain/dictionary/entity.ts';
import { entityNamed, hasEntity } from '../../domain/entities.ts';
import type { FoldedRow } from '../../domain/handoff/fold.ts';
import { dotIn, type Operation, type Scalar } from '../../domain/handoff/operation.ts';
import { covers, NOTHING } from '../../domain/handoff/coverage.ts';
import { FIELDS, homeOf, keyOf, kindOf, type ModelOffice } from './handoff-model.ts';
import type { Have } from './handoff-rules.ts';

/** What the author of an operation really had before it. */
export interface Truth {
  readonly have: Have;
  /** Keys of the operations whose value was on the screen, by field. */ readonly shown: ReadonlyMap<
    string,
    ReadonlySet<string>
  >;
}
export type Truths = ReadonlyMap<Operation, Truth>;
export type Report = (law: string, what: string) => void;

export interface Said {
  readonly op: Operation;
  readonly value: Scalar;
  readonly basis: ReadonlySet<string>;
  readonly isEmptyCreate: boolean;
}

/** Key of an operation that a dot in a body names. */
const keyOfDot = (dot: string, stream: string): string => {
  const full = dotIn('', stream, dot);
  return `${full.slice(full.indexOf('@') + 1)} ${full.slice(0, full.indexOf('@'))}`;
};

/** Everything said about a field, straight from the bodies. */
/** Kinds of the model are not all of the dictionary. */
const initialOf = (entity: string, field: string): Scalar =>
  (hasEntity(entity) ? laterInitials(entityNamed(entity)).get(field) : undefined) ?? null;

export function saidOn(field: string, ops: readonly Operation[]): Said[] {
  return ops.flatMap((op): Said[] => {
    if (op.kind === 'c')
      return [
        {
          op,
          // A row from before a field that is never empty means what the field begins with.
          value: (op.body[field] ?? initialOf(op.entity, field)) as Scalar,
          basis: new Set(),
          isEmptyCreate: op.body[field] === undefined,
        },
      ];
    if (!(field in op.body)) return [];
    const [value, basis] = op.body[field] as [Scalar, string[]];
    return [{ op, value, basis: new Set(basis.map((b) => keyOfDot(b, op.stream))), isEmptyCreate: false }];
  });
}

/** What nothing else replaces. */
export function rawHeads(said: readonly Said[]): Said[] {
  const replaced = new Set(said.flatMap((s) => [...s.basis]));
  const heads = said.filter((s) => !replaced.has(keyOf(s.op)));
  return heads.some((h) => !h.isEmptyCreate) ? heads.filter((h) => !h.isEmptyCreate) : heads;
}

/** Groups by live edges, found by walking from each id; the smallest is shown. */
function groupsOf(edges: readonly (readonly [string, string])[]): (id: string) => string {
  return (id) => {
    const group = new Set([id]);
    for (let grown = true; grown;) {
      grown = false;
      for (const [a, b] of edges)
        if (group.has(a) !== group.has(b)) {
          group.add(a);
          group.add(b);
          grown = true;
        }
    }
    return [...group].sort()[0] as string;
  };
}

const liveEdges = (view: ReadonlyMap<string, FoldedRow>): [string, string][] =>
  [...view]
    .filter(([id, r]) => kindOf(id) === 'alias' && !r.deleted)
    .map(([, r]) => [String(r.fields.get('lowId')?.value), String(r.fields.get('highId')?.value)]);

function checkField(
  office: ModelOffice,
  root: string,
  row: FoldedRow,
  field: string,
  ops: readonly Operation[],
  truths: Truths,
  report: Report,
): void {
  const said = saidOn(field, ops);
  const heads = rawHeads(said);
  const folded = row.fields.get(field);
  if (!folded) {
    report('I5', `${root}.${field} is not shown`);
    return;
  }
  const meant = (v: Scalar): Scalar =>
    field.endsWith('Id') && kindOf(root) !== 'alias' && typeof v === 'string' ? office.rootOf(v) : v;
  const named = new Set([...folded.w, ...folded.rivals].map((d) => keyOfDot(d, homeOf(root))));
  for (const h of heads)
    if (!named.has(keyOf(h.op))) report('I5', `${root}.${field}: ${keyOf(h.op)} is neither shown nor a head`);
  if (!said.some((s) => meant(s.value) === folded.value))
    report('I6', `${root}.${field} shows ${folded.value}, which nobody said`);
  const winners = folded.w.map((d) => keyOfDot(d, homeOf(root)));
  for (const s of said) {
    const seen = truths.get(s.op)?.shown.get(field);
    for (const w of winners)
      if (seen?.has(w) && w !== keyOf(s.op))
        report('I8', `${root}.${field} shows ${w}, which ${keyOf(s.op)} had replaced`);
  }
  const conflict = row.conflicts.find((c) => c.field === field);
  const level = FIELDS[kindOf(root)].find((f) => f.name === field)?.level;
  if (conflict && (level === 'auto' || kindOf(root) === 'link' || new Set(heads.map((h) => meant(h.value))).size < 2))
    report('I10', `${root}.${field} is in conflict about nothing`);
  if (conflict) checkProvisional(office, `${root}.${field}`, conflict.provisional, heads, report);
}

/** A conflict waits exactly while something is missing that could settle it. */
function checkProvisional(
  office: ModelOffice,
  where: string,
  provisional: boolean,
  heads: readonly Said[],
  report: Report,
  more = false,
): void {
  const keys = [...office.log.values()];
  const missing =
    more ||
    heads.some((h) => {
      const held = keys.filter((op) => op.stream === h.op.stream && op.device === h.op.device);
      return held.length < Math.max(...held.map((op) => op.n)) || [...h.basis].some((key) => !office.log.has(key));
    });
  if (missing !== provisional)
    report(
      'I19',
      `${where}: data are ${missing ? 'missing' : 'complete'} but the conflict is ${provisional ? 'waiting' : 'final'}`,
    );
}

/** Whether an operation names one of its own stream that is not held. */
function namesMissing(op: Operation, office: ModelOffice): boolean {
  const dots =
    op.kind === 'c'
      ? []
      : Object.entries(op.body).flatMap(([name, said]) =>
          name === '_seen' ? (said as string[]) : (said as [Scalar, string[]])[1],
        );
  return dots.some((dot) => !dot.includes('@') && !office.log.has(keyOfDot(dot, op.stream)));
}

function checkDeletion(
  office: ModelOffice,
  root: string,
  row: FoldedRow,
  ops: readonly Operation[],
  truths: Truths,
  report: Report,
): void {
  const heads = rawHeads(saidOn('deletedAt', ops)).filter((h) => !(h.op.kind === 'c'));
  const deletions = heads.filter((h) => h.value !== null);
  const isUndeleted = heads.some((h) => h.value === null);
  const knew = (op: Operation): boolean =>
    deletions.some((d) => covers(truths.get(d.op)?.have.get(op.stream)?.get(op.device) ?? NOTHING, op.n));
  const fields = FIELDS[kindOf(root)].filter((f) => f.name !== 'deletedAt');
  const unseen = fields.flatMap((f) => rawHeads(saidOn(f.name, ops))).filter((h) => !knew(h.op));
  const orphans = office
    .childrenOf(root)
    .filter((id) => office.row(id)?.deleted === false && !office.opsOf(id).some((op) => op.kind === 'c' && knew(op)));
  if (row.deleted && (unseen.length > 0 || orphans.length > 0))
    report('I11', `${root} is in the bin with ${[...unseen.map((h) => keyOf(h.op)), ...orphans].join(', ')} unseen`);
  const conflict = row.conflicts.find((c) => c.field === 'deletedAt');
  if (conflict)
    checkProvisional(
      office,
      `${root}.deletedAt`,
      conflict.provisional,
      rawHeads(saidOn('deletedAt', ops)),
      report,
      ops.some((op) => namesMissing(op, office)),
    );
  if (row.deleted && isUndeleted) report('I11', `${root} is in the bin although somebody took it out`);
  // The deletion of one of several merged rows had seen that row only; without all that the row is about it can't be judged.
  const isWhole = new Set(ops.map((op) => op.row)).size === 1 && !ops.some((op) => namesMissing(op, office));
  if (
    isWhole &&
    row.deleted !== deletions.length > 0 &&
    !isUndeleted &&
    unseen.length === 0 &&
    !office.childrenOf(root).some((id) => office.row(id)?.deleted === false)
  )
    report('I8', `${root}: a deletion that saw everything does not count`);
}

function checkCoverage(office: ModelOffice, report: Report): void {
  const held = new Map<string, Set<number>>();
  for (const op of office.log.values()) {
    const k = `${op.stream} ${op.device}`;
    held.set(k, (held.get(k) ?? new Set()).add(op.n));
  }
  for (const [stream, devices] of office.have) {
    for (const [device, c] of devices) {
      const real = held.get(`${stream} ${device}`) ?? new Set();
      const last = Math.max(0, c.upto, ...c.extra.map(([, to]) => to), ...real);
      for (let n = 1; n <= last; n += 1)
        if (covers(c, n) !== real.has(n))
          report('I14', `${stream} ${device}:${n} is ${real.has(n) ? 'held' : 'not held'} but coverage says otherwise`);
      if (device === office.tag && real.size !== last) report('I14', `own numbers of ${stream} have holes`);
      held.delete(`${stream} ${device}`);
    }
  }
  if (held.size > 0) report('I14', `no coverage of ${[...held.keys()].join(', ')}`);
}

/** Checks what one office shows. */
export function checkOffice(office: ModelOffice, truths: Truths, report: Report): void {
  checkCoverage(office, report);
  const view = office.view();
  const root = groupsOf(liveEdges(view));
  const shownAs = new Set<string>();
  for (const op of office.log.values()) {
    if (kindOf(op.row) !== 'ent') continue;
    if (root(op.row) !== office.rootOf(op.row))
      report('I12', `${op.row} is shown as ${office.rootOf(op.row)} instead of ${root(op.row)}`);
    if (op.kind === 'c') shownAs.add(root(op.row));
  }
  const ents = [...view.keys()].filter((id) => kindOf(id) === 'ent');
  if (ents.length !== shownAs.size) report('I7', `${ents.length} enterprises are shown instead of ${shownAs.size}`);
  for (const [id, row] of view) {
    const ops = office.opsOf(id);
    if (!ops.some((op) => op.kind === 'c')) report('I7', `${id} is shown but was never born`);
    for (const { name } of FIELDS[kindOf(id)])
      if (name !== 'deletedAt') checkField(office, id, row, name, ops, truths, report);
    checkDeletion(office, id, row, ops, truths, report);
  }
}

/** What was on the screen for each field of a row, as keys of operations. */
export function shownOf(office: ModelOffice, root: string): Map<string, ReadonlySet<string>> {
  const row = office.row(root);
  const ops = office.opsOf(root);
  const meant = (field: string, v: Scalar): Scalar =>
    field.endsWith('Id') && kindOf(root) !== 'alias' && typeof v === 'string' ? office.rootOf(v) : v;
  return new Map(
    FIELDS[kindOf(root)].map(({ name }) => [
      name,
      new Set(
        row
          ? rawHeads(saidOn(name, ops))
              .filter((h) => meant(name, h.value) === row.fields.get(name)?.value)
              .map((h) => keyOf(h.op))
          : [],
      ),
    ]),
  );
}
