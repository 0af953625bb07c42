// What a row of a list says, as people read it.
import type { ShownColumn } from '../../domain/lists.ts';
import { valueText } from '../../domain/dictionary/value-text.ts';
import type { ListRow } from '../../contract/lists.ts';

/** A column of a row in words; empty where it says nothing. */
export function columnText({ key, meta, column }: ShownColumn, row: ListRow): string {
  const value = row.values[key] ?? null;
  if (value === null || value === '') return '';
  if (column.text) return column.text(String(value));
  if (meta.kind === 'reference') return row.names[key] ?? '－';
  if ('join' in column && meta.vocabulary)
    return String(value)
      .split(',')
      .map((id) => valueText(meta, id))
      .join('、');
  return valueText(meta, value, { precision: row.values[`${key}Precision`] });
}
