// The record on file that a row of a ledger speaks of.
import { empty } from '../differences.ts';
import type { StateRow } from '../enterprise-state.ts';
import type { RegisterKind } from '../kinds.ts';
import type { FieldValues } from '../row-content.ts';
import { foldText } from '../../values/text.ts';

const key = (value: unknown): string => (empty(value) ? '' : foldText(String(value)));
const same = (row: StateRow, values: FieldValues, field: string): boolean =>
  key(row.values[field]) === key(values[field]);
const differs = (row: StateRow, values: FieldValues, field: string): boolean =>
  !empty(row.values[field]) && !empty(values[field]) && !same(row, values, field);

/**
 * The record that tells itself by the fields of its facet; null: a new one. Where all fields count together they are all
 * compared, else the strongest that the row says; beside what the row is, a record without any of them is the only one there is.
 */
export function findRecord(
  { facet }: RegisterKind,
  values: FieldValues,
  rows: readonly StateRow[],
  isMain: boolean,
): StateRow | null {
  const { find, together, history } = facet;
  if (find.length === 0) return rows[0] ?? null;
  if (together) {
    const all = rows.filter((row) => find.every((field) => same(row, values, field)));
    // Of a kind that keeps its past the latest holds.
    const latest = (row: StateRow): string => String(row.values[history ?? ''] ?? '');
    return [...all].sort((a, b) => latest(b).localeCompare(latest(a)))[0] ?? null;
  }
  for (const [n, field] of find.entries()) {
    if (empty(values[field])) continue;
    const stronger = find.slice(0, n);
    const found = rows.find((row) => same(row, values, field) && !stronger.some((one) => differs(row, values, one)));
    if (found) return found;
  }
  const [only, ...others] = rows;
  const says = find.some((field) => !empty(values[field]));
  const mayBeOnly = facet.only === true || !isMain;
  return only && others.length === 0 && !says && mayBeOnly ? only : null;
}
