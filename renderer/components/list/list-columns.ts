// Columns of the list of a kind: those of its definition, and every further field of it and of what it refers to.
import type { FieldKind, FieldMeta } from '../../../domain/dictionary/field.ts';
import { filterables, shownColumn, shownColumns, type ShownColumn } from '../../../domain/lists.ts';
import type { Column } from '../column-store.ts';
import { referredFields } from './subjects.ts';

/** Name of the slot that draws every cell of a record list. */
export const CELL = 'cell';

const WIDTHS: Readonly<Partial<Record<FieldKind, number>>> = {
  day: 100,
  instant: 130,
  flag: 64,
  integer: 84,
  decimal: 84,
  money: 96,
  fourState: 84,
  choice: 110,
  reference: 130,
};
const NUMBERS: readonly FieldKind[] = ['integer', 'decimal', 'money'];

/** Whether a field is written to the right, as numbers are. */
export const isNumber = (meta: FieldMeta): boolean => NUMBERS.includes(meta.kind);

function columnOf({ key, label, meta, sortable, column }: ShownColumn, further: boolean): Column {
  return {
    key,
    label,
    slot: CELL,
    sortable,
    width: column.width ?? WIDTHS[meta.kind] ?? 140,
    ...((column.align === 'right' || (further && isNumber(meta))) && { align: 'right' as const }),
    ...((column.hidden || further) && { hidden: true }),
    ...(column.fixed && { fixed: true }),
    ...(further && { further: true }),
  };
}

/** Whole documents kept in a field are no column. */
const isLong = ({ kind, max = 0 }: FieldMeta): boolean => kind === 'longText' && max > 100_000;

/** All columns that the list of a kind may show, its own first. */
export function columnsOfKind(kind: string): Column[] {
  const own = shownColumns(kind);
  const taken = new Set(own.flatMap((c) => ('path' in c.column ? [c.key, c.column.path] : [c.key])));
  const paths = [
    ...filterables(kind).fields.flatMap((f) => (f.name === 'id' || f.name === 'deletedAt' ? [] : [f.name])),
    ...referredFields(kind).map((f) => f.path),
  ];
  return [
    ...own.map((c) => columnOf(c, false)),
    ...paths.flatMap((path) => {
      const shown = taken.has(path) ? null : shownColumn(kind, path);
      return shown && !isLong(shown.meta) ? [columnOf(shown, true)] : [];
    }),
  ];
}
