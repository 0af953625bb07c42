// Other records of the enterprise that a row of a ledger names: the outlet of a limit, the project of an acceptance.
import { fieldsOf } from '../../dictionary/entity.ts';
import { empty } from '../differences.ts';
import { rowsOf, type EnterpriseState, type StateRow } from '../enterprise-state.ts';
import { fieldOf, registerKind, type RegisterKind } from '../kinds.ts';
import type { FieldValues, StagedRecord } from '../row-content.ts';
import { foldText } from '../../values/text.ts';

/** The references of a record, what of its words leads nowhere, and why it can not be without the record that it hangs on. */
export interface Linked {
  readonly values: FieldValues;
  readonly notes: readonly string[];
  readonly lost: string | null;
}

const key = (value: unknown): string => foldText(String(value ?? ''));
const idOf = (row: StateRow): string => row.id ?? String(row.values.id);

/** The record of that kind that the words name, by what tells it or by its title. */
function namedBy(kind: RegisterKind, words: readonly string[], state: EnterpriseState): StateRow | null {
  const { entity, facet } = kind;
  const fields = [...new Set([...facet.find, ...(entity.title === null ? [] : [entity.title])])];
  const rows = rowsOf(state, entity.name);
  for (const field of fields) {
    const found = rows.filter(
      (row) => !empty(row.values[field]) && words.some((word) => key(word) === key(row.values[field])),
    );
    if (found.length === 1 && found[0]) return found[0];
  }
  return null;
}

/** The record that says the same in all of these fields that both have, the first of which has to be said. */
function sayingSame(rows: readonly StateRow[], fields: readonly string[], values: FieldValues): StateRow | null {
  const agree = (row: StateRow, some: readonly string[]): boolean =>
    some.some((field) => !empty(values[field])) &&
    some.every((field) => empty(values[field]) || key(values[field]) === key(row.values[field]));
  const all = rows.filter((row) => agree(row, fields));
  const some = all.length > 0 ? all : rows.filter((row) => agree(row, fields.slice(0, 1)));
  return some.length === 1 ? (some[0] ?? null) : null;
}

/** Records that the row itself speaks of, by kind. */
export type OwnRecords = ReadonlyMap<string, StateRow>;

const referring = new Map<RegisterKind, { name: string; to: string }[]>();

/** The references of a kind that another record of its row may be meant by. */
function referencesOf(kind: RegisterKind): { name: string; to: string }[] {
  const known = referring.get(kind);
  if (known) return known;
  const found = fieldsOf(kind.entity)
    .filter(({ name, meta }) => meta.kind === 'reference' && (name !== kind.parent || kind.within !== null))
    .map(({ name, meta }) => ({ name, to: meta.target ?? '' }));
  referring.set(kind, found);
  return found;
}

/** Other records of its own row that a record refers to without naming them: the outlet in the row of a limit. */
function besides(kind: RegisterKind, own: OwnRecords, known: FieldValues): FieldValues {
  const values: FieldValues = {};
  if (own.size === 0) return values;
  for (const { name, to } of referencesOf(kind)) {
    const beside = empty(known[name]) ? own.get(to) : undefined;
    if (beside) values[name] = idOf(beside);
  }
  return values;
}

/** Finds what a record refers to among the records of its enterprise: those of its row, of earlier rows, and on file. */
export function linked(kind: RegisterKind, record: StagedRecord, state: EnterpriseState, own: OwnRecords): Linked {
  const { entity, facet, parent, within } = kind;
  const values: FieldValues = {};
  const notes: string[] = [];
  for (const [field, words] of Object.entries(record.links ?? {})) {
    const target = registerKind(fieldOf(entity, field)?.target ?? '');
    const found = target && namedBy(target, words, state);
    const label = fieldOf(entity, field)?.label ?? field;
    const instead = facet.ledger?.unlinked?.[field];
    const [first = ''] = words;
    if (found) values[field] = idOf(found);
    else if (within !== null && field === parent)
      return { values, notes, lost: `${label}“${first}”不在企业档案里，请先登记` };
    else if (instead !== undefined) values[instead] = first;
    else notes.push(`${label}“${words.join('、')}”不在企业档案里，没有关联`);
  }
  for (const [field, fields] of Object.entries(facet.ledger?.links ?? {})) {
    const target = fieldOf(entity, field)?.target ?? '';
    const found = sayingSame(rowsOf(state, target), fields, record.values);
    if (found) values[field] = idOf(found);
  }
  Object.assign(values, besides(kind, own, { ...record.values, ...values }));
  const lost =
    within !== null && empty(values[parent]) ? `没有写明是哪个${fieldOf(entity, parent)?.label ?? parent}` : null;
  return { values, notes, lost };
}
