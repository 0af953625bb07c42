// What a row of a ledger does to the records of its enterprise: new ones, blanks that are filled, and values that wait for a
// person because another source said otherwise (domain reference 8.2, 18).
import type { EntityDefinition } from '../../dictionary/entity.ts';
import { diffFields, empty, type FieldDiff } from '../differences.ts';
import { displayValue, type Names } from '../display.ts';
import { rowsOf, type EnterpriseState, type StateRow, type Write } from '../enterprise-state.ts';
import { fieldOf, type RegisterKind } from '../kinds.ts';
import type { FieldValues, StagedRecord } from '../row-content.ts';
import { foldText } from '../../values/text.ts';
import { completed, type Around } from './complete.ts';
import { findRecord } from './find.ts';
import { linked, type OwnRecords } from './links.ts';

/** A value that another source gave: the one on file stays until a person decides. */
export interface Question {
  readonly entity: string;
  readonly field: string;
  /** Label of the field. */
  readonly label: string;
  readonly row: StateRow;
  readonly ours: string;
  readonly theirs: string;
  /** What is written where the new value is taken. */
  readonly patch: Readonly<Record<string, unknown>>;
}

/** The id of the record that a question is about. */
export const recordOf = ({ row }: Question): string => row.id ?? String(row.values.id);

/** What becomes of one record of a row. */
export interface RecordOutcome {
  readonly entity: string;
  readonly result: 'created' | 'updated' | 'unchanged' | 'rejected' | 'left';
  readonly reason: string;
  readonly row: StateRow | null;
  readonly writes: readonly Write[];
  readonly questions: readonly Question[];
  /** Words that no field holds. */
  readonly notes: readonly string[];
  /** What a new record says of fields that its events set. */
  readonly steps?: FieldValues;
}

/** What planning asks of the place it runs in. */
export interface LedgerContext extends Around {
  readonly names: Names;
  /** Did this very source give the value on file? Only then a newer one takes its place. */
  readonly isOwnValue: (row: StateRow, field: string) => Promise<boolean>;
}

/** Do two values say the same, however they are written? */
export const sameValue = (a: unknown, b: unknown): boolean =>
  a === b || (typeof a === 'string' && typeof b === 'string' && foldText(a) === foldText(b));

/** A difference that waits for a person. */
export function questionOf(entity: EntityDefinition, row: StateRow, diff: FieldDiff, names: Names): Question {
  const meta = fieldOf(entity, diff.field);
  return {
    entity: entity.name,
    field: diff.field,
    label: meta?.label ?? diff.field,
    row,
    ours: displayValue(meta, diff.before, names),
    theirs: displayValue(meta, diff.after, names),
    patch: diff.patch,
  };
}

const refused = (entity: string, reason: string): RecordOutcome => ({
  entity,
  result: 'rejected',
  reason,
  row: null,
  writes: [],
  questions: [],
  notes: [],
});

/** The differences that a record on file takes, and those that wait. */
async function planKnown(
  kind: RegisterKind,
  row: StateRow,
  values: FieldValues,
  notes: readonly string[],
  context: LedgerContext,
): Promise<RecordOutcome> {
  const { entity } = kind;
  const patch: Record<string, unknown> = {};
  const questions: Question[] = [];
  for (const diff of diffFields(entity, values, row.values)) {
    if (sameValue(diff.before, diff.after)) continue;
    const fills = empty(diff.before);
    if (fills || (diff.keep === null && (await context.isOwnValue(row, diff.field)))) Object.assign(patch, diff.patch);
    else questions.push(questionOf(entity, row, diff, context.names));
  }
  const changed = Object.keys(patch).length > 0;
  const writes: Write[] = changed ? [{ kind: 'update', entity: entity.name, row, patch }] : [];
  return { entity: entity.name, result: changed ? 'updated' : 'unchanged', reason: '', row, writes, questions, notes };
}

/** What the program works out by itself, said otherwise by the row. */
function contradiction({ entity, facet }: RegisterKind, said: FieldValues, values: FieldValues): string | null {
  const worked = entity.derive?.(values) ?? {};
  for (const field of facet.ledger?.agrees ?? []) {
    const [claim, truth] = [said[field], worked[field]];
    if (empty(claim) || empty(truth)) continue;
    if (!foldText(String(claim)).includes(foldText(String(truth))))
      return `${fieldOf(entity, field)?.label ?? field}“${String(claim)}”与应有的“${String(truth)}”不符，请核对`;
  }
  return null;
}

/** What the program works out by itself and can not of this row: the words are named, not stored. */
function unjudged({ entity, facet }: RegisterKind, said: FieldValues, values: FieldValues): string[] {
  const claimed = (facet.ledger?.agrees ?? []).filter((field) => !empty(said[field]));
  if (claimed.length === 0) return [];
  const worked = entity.derive?.(values) ?? {};
  return claimed
    .filter((field) => empty(worked[field]))
    .map(
      (field) =>
        `${fieldOf(entity, field)?.label ?? field}“${String(said[field])}”由其他栏得出，这一行得不出，没有导入`,
    );
}

/** Is there something in a record by which it can be told: of a kind that an enterprise has once, anything? */
const isTold = ({ facet }: RegisterKind, values: FieldValues): boolean =>
  facet.find.length === 0 || facet.only === true || facet.find.some((field) => !empty(values[field]));

const without = (values: FieldValues, fields: readonly string[]): FieldValues =>
  Object.fromEntries(Object.entries(values).filter(([field]) => !fields.includes(field)));

/** Of a kind that keeps its past: does the row say another value than the one that holds? */
const saysOther = ({ facet }: RegisterKind, row: StateRow, said: FieldValues): boolean =>
  Object.entries(said).some(
    ([field, value]) =>
      field !== facet.history && !facet.find.includes(field) && !empty(value) && !sameValue(row.values[field], value),
  );

/** What a row says of fields that only events of a record on file set: named, since the import takes no steps for anybody. */
function stepsSaid(
  { entity, facet }: RegisterKind,
  row: StateRow,
  said: FieldValues,
  { names }: LedgerContext,
): string[] {
  return (facet.ledger?.steps ?? []).flatMap((field) => {
    if (empty(said[field]) || sameValue(said[field], row.values[field])) return [];
    const meta = fieldOf(entity, field);
    const value = displayValue(meta, said[field], names);
    return [`${meta?.label ?? field}“${value}”与记录不同，请打开${entity.label}办理，导入不改动`];
  });
}

/** Plans one record of a row. `isMain`: the row is this record, so what it lacks refuses the row; `own`: others of the row. */
export async function planLedgerRecord(
  kind: RegisterKind,
  record: StagedRecord,
  state: EnterpriseState,
  isMain: boolean,
  context: LedgerContext,
  own: OwnRecords = new Map(),
): Promise<RecordOutcome> {
  const { entity, facet } = kind;
  const link = linked(kind, record, state, own);
  if (link.lost !== null) return refused(entity.name, link.lost);
  const { agrees = [], steps = [] } = facet.ledger ?? {};
  const said = { ...without(record.values, [...agrees, ...steps]), ...link.values };
  const values = completed(kind, said, state, context);
  const lacks = kind.needs.filter((field) => empty(values[field]));
  const rows = rowsOf(state, entity.name).filter(
    (row) => kind.within === null || row.values[kind.parent] === values[kind.parent],
  );
  const row = findRecord(kind, values, rows, isMain);
  const wrong = contradiction(kind, record.values, values);
  if (wrong !== null) return refused(entity.name, wrong);
  const changed = row && facet.history !== undefined && saysOther(kind, row, said);
  const notes = [...link.notes, ...unjudged(kind, record.values, values)];
  if (row && !changed) {
    const stepped = stepsSaid(kind, row, record.values, context);
    return await planKnown(kind, row, said, [...notes, ...stepped], context);
  }
  const isBlank = Object.values(said).every(empty);
  if (lacks.length > 0 || !isTold(kind, values) || isBlank) {
    const labels = (lacks.length > 0 ? lacks : facet.find.slice(0, 1)).map(
      (field) => fieldOf(entity, field)?.label ?? field,
    );
    const reason = [`没有${labels.join('、')}，不能记入${entity.label}`, ...link.notes].join('；');
    return isMain ? refused(entity.name, reason) : { ...refused(entity.name, reason), result: 'left' };
  }
  // A form that an enterprise has once is known by the enterprise.
  const id = entity.shape === 'extension' ? {} : { id: context.newId() };
  const fresh: StateRow = { id: null, values: { ...values, ...id } };
  const write: Write = { kind: 'insert', entity: entity.name, row: fresh };
  const first = Object.fromEntries(Object.entries(record.values).filter(([field]) => steps.includes(field)));
  return {
    steps: first,
    entity: entity.name,
    result: 'created',
    reason: '',
    row: fresh,
    writes: [write],
    questions: [],
    notes,
  };
}
