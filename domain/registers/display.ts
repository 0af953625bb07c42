// How values of the dictionary are shown in a review: labels for choices, names for areas.
import type { FieldMeta } from '../dictionary/field.ts';
import { FOUR_STATES, labelOf } from '../dictionary/vocabulary.ts';

/** Names of rows by id. */
export type Names = ReadonlyMap<string, string>;

/** A value as people read it. */
export function displayValue(meta: FieldMeta | null, value: unknown, names: Names): string {
  if (value === null || value === undefined) return '';
  if (typeof value === 'boolean') return labelOf(FOUR_STATES, value ? 'yes' : 'no');
  if (meta?.vocabulary) return labelOf(meta.vocabulary, String(value));
  if (meta?.kind === 'reference') return names.get(String(value)) ?? String(value);
  return String(value);
}
