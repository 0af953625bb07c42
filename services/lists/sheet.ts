// A list as a sheet: the same rows in the same order, values as people read them.
import { filterLine, listedKind, listOf, shownColumn, type ShownColumn } from '../../domain/lists.ts';
import type { SheetHeading } from '../../domain/dictionary/list.ts';
import { personText, phoneText, type Contacts } from '../../domain/reports/masking.ts';
import type { ListRow } from '../../contract/lists.ts';
import type { Context } from '../context.ts';
import type { Sheet, SheetColumn, SheetValue } from '../documents/index.ts';
import { refused } from '../errors.ts';
import { filterNames, listIds, rowsById } from './list.ts';
import type { Chosen } from './plan.ts';
import { columnText } from './text.ts';

/** Column of a sheet that counts its rows. */
export const POSITION = '#';
/** Rows whose columns are computed at once: between them others are answered. */
const PORTION = 500;

const WIDTHS: Readonly<Partial<Record<string, number>>> = { text: 18, longText: 40, reference: 16, instant: 17 };

function kindOf({ meta }: ShownColumn): SheetColumn['kind'] {
  if (meta.kind === 'day') return 'day';
  return ['integer', 'decimal', 'money'].includes(meta.kind) ? 'number' : 'text';
}

/** Heading of a column: its label, with the unit of a number. */
const heading = ({ label, meta }: ShownColumn): string =>
  meta.unit && meta.unit !== '%' && kindOf({ meta } as ShownColumn) === 'number' ? `${label}/${meta.unit}` : label;

function sheetColumn(c: ShownColumn): SheetColumn {
  const text = heading(c);
  return {
    heading: text,
    kind: kindOf(c),
    width: c.column.chars ?? WIDTHS[c.meta.kind] ?? Math.max(9, text.length * 2 + 1),
  };
}

/** A number as a sheet holds it; null for what is written in words. */
function numeric(c: ShownColumn, value: string | number | boolean): SheetValue {
  const { meta, column } = c;
  if (column.text) return null;
  if (meta.kind === 'money') return (Number(value) / 100).toFixed(2);
  // A rate is printed with its sign, and becomes a number of that format in the sheet.
  if (meta.unit === '%') return /[%－]$/.test(String(value)) ? String(value) : `${String(value)}%`;
  if (kindOf(c) === 'number') return meta.kind === 'decimal' ? String(value) : Number(value);
  return null;
}

/** A value as a sheet holds it: numbers and days stay such, everything else is what people read. */
function sheetValue(c: ShownColumn, row: ListRow, contacts: Contacts): SheetValue {
  const value = row.values[c.key] ?? null;
  if (value === null || value === '') return null;
  const number = numeric(c, value);
  if (number !== null) return number;
  const text = columnText(c, row);
  return c.meta.person
    ? personText(text, contacts)
    : c.meta.masked
      ? phoneText(personText(text, contacts), contacts)
      : text;
}

/** A column of the sheet under its heading; `column` null: the running number, or nothing. */
interface Printed {
  readonly key: string;
  readonly column: ShownColumn | null;
  readonly shown: SheetColumn;
}

function printed(kind: string, item: SheetHeading): Printed {
  const { key, heading: own } = typeof item === 'string' ? { key: item, heading: null } : item;
  if (key === POSITION) return { key, column: null, shown: { heading: own ?? '序号', width: 6, kind: 'number' } };
  if (key === '') return { key, column: null, shown: { heading: own ?? '', width: 18, kind: 'text' } };
  const column = shownColumn(kind, key);
  if (!column) throw refused(`没有“${key}”这一列`);
  return { key, column, shown: { ...sheetColumn(column), ...(own !== null && { heading: own }) } };
}

/** Whether the sum of a column says something: amounts of money and counts of what hangs on a row. */
const sums = ({ column, meta }: ShownColumn): boolean => !column.text && (meta.kind === 'money' || 'count' in column);

/** How many rows are in which state: 待整改2项，已销号9项. */
function statesText(
  columns: readonly Printed[],
  rows: readonly (readonly SheetValue[])[],
  at: number,
  counted: string,
) {
  const words = rows.map((row) => String(row[at] ?? ''));
  return [...Map.groupBy(words, (word) => word)]
    .filter(([word]) => word !== '' && columns[at])
    .map(([word, all]) => `${word}${all.length}${counted}`)
    .join('，');
}

/** The last row: how many there are, the sums that say something, and how many are in which state. */
function totalsOf(kind: string, columns: readonly Printed[], rows: readonly (readonly SheetValue[])[]): SheetValue[] {
  const { counted } = listOf(kind);
  const state = listedKind(kind).workflow?.state;
  return columns.map(({ column }, at): SheetValue => {
    if (at === 0) return `合计${rows.length}${counted}`;
    if (!column) return null;
    if (column.key === state) return statesText(columns, rows, at, counted);
    if (!sums(column)) return null;
    const hundredths = rows.reduce((sum, row) => sum + Math.round(Number(row[at] ?? 0) * 100), 0);
    return column.meta.kind === 'money' ? (hundredths / 100).toFixed(2) : hundredths / 100;
  });
}

/** What stands below the title: as of when, how many, and by which conditions. */
async function noteOf(ctx: Context, { kind, filter }: Chosen, rows: number): Promise<string> {
  const names = filter.length > 0 ? await filterNames(ctx, kind, filter) : {};
  const conditions = filter.length > 0 ? `　条件：${filterLine(kind, filter, (id) => names[id])}` : '';
  return `截至 ${ctx.today()}　共 ${rows} ${listOf(kind).counted}${conditions.slice(0, 300)}`;
}

/**
 * All rows of a choice as a sheet that can be printed. `columns`: keys or paths; null: the list's own sheet in its own order, else all
 * of the list.
 * @throws REFUSED for a filter or a column that does not fit
 */
export async function listSheet(
  ctx: Context,
  chosen: Chosen & { columns: readonly string[] | null; personal: Contacts; most?: number },
): Promise<Sheet> {
  const { kind } = chosen;
  const list = listOf(kind);
  const own = chosen.columns ? null : list.sheet;
  const columns = (chosen.columns ?? own?.columns ?? list.columns.map((c) => c.key)).map((item) => printed(kind, item));
  const keys = columns.flatMap((c) => c.column?.key ?? []);
  const all = await listIds(ctx, !chosen.sort && own?.order ? { ...chosen, order: [...own.order, 'id'] } : chosen);
  const ids = all.slice(0, chosen.most ?? all.length);
  const rows: SheetValue[][] = [];
  for (let at = 0; at < ids.length; at += PORTION)
    for (const row of await rowsById(ctx, kind, ids.slice(at, at + PORTION), keys))
      rows.push(
        columns.map(({ key, column }) =>
          column ? sheetValue(column, row, chosen.personal) : key === POSITION ? rows.length + 1 : null,
        ),
      );
  return {
    name: list.title,
    title: list.title,
    note: await noteOf(ctx, chosen, rows.length),
    columns: columns.map((c) => c.shown),
    rows,
    totals: totalsOf(kind, columns, rows),
  };
}
