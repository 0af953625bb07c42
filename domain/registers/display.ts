// How values of the dictionary are shown in a review.
import type { FieldMeta } from '../dictionary/field.ts';
import { valueText } from '../dictionary/value-text.ts';
import { FOUR_STATES, labelOf } from '../dictionary/vocabulary.ts';

/** Names of rows by id. */
export type Names = ReadonlyMap<string, string>;

/** A value as people read it; a reference without a name stands as its id. `meta` is null for what is no field. */
export function displayValue(meta: FieldMeta | null, value: unknown, names: Names): string {
  if (meta) return valueText(meta, value, { name: (id) => names.get(id) ?? id });
  if (typeof value === 'boolean') return labelOf(FOUR_STATES, value ? 'yes' : 'no');
  return value === null || value === undefined ? '' : String(value);
}
