// What a row changes about the records that hang on an enterprise: each finds its record as the facet of its kind says.
import { nameKey } from '../values/name-key.ts';
import type { RowWarning } from './cell.ts';
import { diffFields, empty, toChange, type PlanContext } from './differences.ts';
import { displayValue, type Names } from './display.ts';
import { rowsOf, type EnterpriseState, type PlannedChange, type StateRow } from './enterprise-state.ts';
import { fieldOf, OTHER_NAMES, PEOPLE, REGISTER_KINDS, type RegisterKind } from './kinds.ts';
import { planContacts, UNNAMED_CONTACT, type StagedContact } from './plan-contacts.ts';
import { recordsOf, type FieldValues, type RowContent, type SaidCell, type StagedRecord } from './row-content.ts';
import { targetOf } from './targets.ts';

/** What the records of a row come to. */
export interface RecordsPlan {
  readonly changes: readonly PlannedChange[];
  /** Cells that no record could take: they go into the remark. */
  readonly left: readonly SaidCell[];
  readonly warnings: readonly RowWarning[];
}

interface Draft {
  readonly changes: PlannedChange[];
  readonly left: SaidCell[];
  readonly warnings: RowWarning[];
}

/**
 * Plans all records of a row. What lacks a needed field, or would overwrite what an earlier row of the file said, is
 * left over here and nowhere else.
 */
export function planRecords(content: RowContent, state: EnterpriseState, context: PlanContext): RecordsPlan {
  const draft: Draft = { changes: [], left: [], warnings: [] };
  for (const kind of REGISTER_KINDS) {
    const own = nameKey(String(state.own.values.name ?? ''));
    // The name that it has on file becomes a former one by itself when the row brings another.
    const records = recordsOf(content, kind.entity.name).filter(
      (record) => kind !== OTHER_NAMES || nameKey(String(record.values.name ?? '')) !== own,
    );
    if (kind === PEOPLE) planPeople(kind, records, state, draft);
    else {
      // Several records of one row are told apart among themselves too.
      const rows = [...rowsOf(state, kind.entity.name)];
      for (const record of records) planRecord(kind, record, rows, state, context, draft);
    }
  }
  return draft;
}

/** Words by which a text tells one record from another: without blanks and case; names as names are compared. */
function key(kind: RegisterKind, field: string, value: unknown): string {
  const text = String(value ?? '');
  return fieldOf(kind.entity, field)?.cell === 'otherName' ? nameKey(text) : text.replace(/\s/g, '').toUpperCase();
}

/** The record that a row speaks of; null: a new one. */
function findRecord(
  kind: RegisterKind,
  values: FieldValues,
  rows: readonly StateRow[],
  joined: boolean,
): StateRow | null {
  const { find, together, only: always, history } = kind.facet;
  const same = (row: StateRow, field: string): boolean =>
    key(kind, field, row.values[field]) === key(kind, field, values[field]);
  const differs = (row: StateRow, field: string): boolean =>
    !empty(row.values[field]) && !empty(values[field]) && !same(row, field);
  if (find.length === 0) return rows[0] ?? null;
  if (history)
    return (
      rows
        .filter((row) => find.every((field) => same(row, field)))
        .sort((a, b) => String(b.values[history]).localeCompare(String(a.values[history])))[0] ?? null
    );
  if (together) return rows.find((row) => find.every((field) => same(row, field))) ?? null;
  for (const [n, field] of find.entries()) {
    if (empty(values[field])) continue;
    const found = rows.find((row) => same(row, field) && !find.slice(0, n).some((stronger) => differs(row, stronger)));
    if (found) return found;
  }
  const [only] = rows;
  if (rows.length !== 1 || !only) return null;
  // A record that an earlier row of this file made is another one as soon as anything differs.
  if (joined && only.id === null) return Object.keys(values).some((field) => differs(only, field)) ? null : only;
  return always || !find.some((field) => differs(only, field)) ? only : null;
}

function planRecord(
  kind: RegisterKind,
  record: StagedRecord,
  rows: StateRow[],
  state: EnterpriseState,
  context: PlanContext,
  draft: Draft,
): void {
  const { entity } = kind;
  const row = findRecord(kind, record.values, rows, context.joined === true);
  if (row && kind.facet.history) {
    planHistory(kind, record, row, state, context, draft);
    return;
  }
  if (row) {
    const clash = (before: unknown): boolean => context.joined === true && row.id === null && !empty(before);
    for (const diff of diffFields(entity, record.values, row.values)) {
      if (clash(diff.before)) leave(record, [diff.field], '与同一企业前一行写的不同', draft);
      else
        draft.changes.push(
          toChange(entity.name, diff, (patch) => [{ kind: 'update', entity: entity.name, row, patch }], context.names),
        );
    }
    return;
  }
  const values = complete(kind, record.values, state, context);
  const missing = kind.needs.filter((field) => empty(values[field]));
  if (missing.length > 0) {
    const labels = missing.map((field) => fieldOf(entity, field)?.label ?? field).join('、');
    leave(record, null, `没有${labels}，不能记入${entity.label}`, draft);
    return;
  }
  insert(kind, record, values, null, rows, context.names, draft);
}

/** Another value than the one that holds makes a record of its own. */
function planHistory(
  kind: RegisterKind,
  record: StagedRecord,
  latest: StateRow,
  state: EnterpriseState,
  context: PlanContext,
  draft: Draft,
): void {
  const said = Object.keys(record.values).filter((field) => !kind.facet.find.includes(field));
  const changed = said.filter((field) => latest.values[field] !== record.values[field]);
  const [first] = changed;
  if (first === undefined) return;
  const values = complete(kind, record.values, state, context);
  const before = displayValue(fieldOf(kind.entity, first), latest.values[first], context.names);
  insert(kind, { ...record, values: pick(record.values, said) }, values, before, [], context.names, draft);
}

const pick = (values: FieldValues, fields: readonly string[]): FieldValues =>
  Object.fromEntries(Object.entries(values).filter(([field]) => fields.includes(field)));

/** The values with what a new record says where registers leave it out. */
function complete(kind: RegisterKind, values: FieldValues, state: EnterpriseState, context: PlanContext): FieldValues {
  const name = String(state.own.values.name ?? '');
  const full: FieldValues = { ...values };
  for (const [field, text] of Object.entries(kind.facet.otherwise ?? {}))
    if (empty(full[field]))
      full[field] = text
        .replace('{enterprise}', name)
        .replace('{today}', context.today)
        .slice(0, fieldOf(kind.entity, field)?.max ?? 200);
  return full;
}

function insert(
  kind: RegisterKind,
  record: StagedRecord,
  values: FieldValues,
  before: string | null,
  rows: StateRow[],
  names: Names,
  draft: Draft,
): void {
  const { entity } = kind;
  const seq = 'seq' in entity.fields ? { seq: rows.length + 1 } : {};
  const row: StateRow = { id: null, values: { ...seq, ...values } };
  rows.push(row);
  const fields = Object.keys(record.values).filter((f) => !f.endsWith('Precision') && targetOf(`${entity.name}.${f}`));
  const first = targetOf(`${entity.name}.${fields[0] ?? ''}`);
  draft.changes.push({
    target: first?.key ?? entity.name,
    label: fields.length === 1 ? (first?.label ?? entity.label) : entity.label,
    before,
    after: fields.map((f) => displayValue(fieldOf(entity, f), record.values[f], names)).join('，'),
    use: 'new',
    note: '',
    writes: [{ kind: 'insert', entity: entity.name, row }],
  });
}

/** Puts cells of a record into the remark; `fields`: only those that gave one of these. */
function leave(record: StagedRecord, fields: readonly string[] | null, why: string, draft: Draft): void {
  const cells = record.said.filter((cell) => fields === null || cell.fields.some((field) => fields.includes(field)));
  if (cells.length === 0) return;
  draft.left.push(...cells);
  // One cell may have given two fields: a number and its unit.
  const said = [...new Set(cells.map((cell) => `${cell.heading}“${cell.text}”`))].join('、');
  draft.warnings.push({ code: 'RECORD_INCOMPLETE', sentence: `${said}${why}，已写入备注` });
}

/** People are found by name or phone; what a row says of one beside these is said of its first. */
function planPeople(kind: RegisterKind, records: readonly StagedRecord[], state: EnterpriseState, draft: Draft): void {
  const named = records.filter((record) => typeof record.values.name === 'string');
  for (const record of records)
    if (!named.includes(record)) leave(record, null, `没有姓名，不能记入${kind.entity.label}`, draft);
  const people = named.map(({ values }): StagedContact => ({
    ...values,
    name: String(values.name ?? UNNAMED_CONTACT),
    post: String(values.post ?? 'other'),
    mobile: (values.mobile as string | undefined) ?? null,
    landline: (values.landline as string | undefined) ?? null,
  }));
  draft.changes.push(...planContacts(people, state));
}
