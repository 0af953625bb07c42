// Tables that give each year, each day or each list a column of its own, turned into one row for each of them.
import { kindsNamed, ledgerLevels, meaningsOf, WHOLE } from './headings.ts';
import type { RegisterCell } from '../cell.ts';
import { LEDGER_KINDS, type RegisterKind } from '../kinds.ts';
import type { MappedColumn } from '../mapping.ts';
import { targetOf, type Target } from '../targets.ts';
import { wordOf } from '../words.ts';
import { headingParts, normaliseHeading, squeezeText } from '../../values/text.ts';
import type { LedgerTable, LedgerTableRow } from './wide.ts';

/** Columns that say the same of different years, days or lists. */
export interface Series {
  readonly kind: RegisterKind;
  readonly by: Target;
  /** Field that their cells are; null: they are only ticked. */
  readonly value: Target | null;
  /** What each column stands for, and the unit that its heading says. */
  readonly columns: readonly { readonly index: number; readonly says: string; readonly unit: string }[];
}

type TableColumn = LedgerTable['columns'][number];

const FEWEST = 2;
const YEAR = /^(20\d{2})(?:年度?)?(.*)$/u;
const DAY = /^20\d{2}([-./年])\d{1,2}(?:\1|月)\d{1,2}日?$/u;
const YES = /^(?:是|有|√|✓|✔|1|Y|YES)$/iu;
const TICK = /^(?:是|否|有|无|√|✓|✔|×|╳|1|0|Y|N|YES|NO|[-—/]|)$/iu;

const cellOf = (text: string): RegisterCell => ({ text, raw: text, kind: text === '' ? 'empty' : 'text' });
const fieldTarget = (kind: RegisterKind, field: string | undefined): Target | null =>
  field === undefined ? null : targetOf(`${kind.entity.name}.${field}`);

/** Do the words mean the field, or does nothing stand there while the kind is spoken of otherwise? */
function means(words: string, value: Target | null, isNamed: boolean): boolean {
  if (words === '') return isNamed;
  return meaningsOf(words).some(({ target, points }) => target === value && points >= WHOLE);
}

/** What a column stands for in a series by years or days, or null. */
function spotOf(
  { heading }: TableColumn,
  kind: RegisterKind,
  by: Target,
  value: Target,
  named: boolean,
): string | null {
  const levels = ledgerLevels(heading);
  const leaf = headingParts(levels.at(-1) ?? '').heading;
  const group = levels.slice(0, -1).join('/');
  if (by.meta.kind === 'day') {
    const day = [leaf, normaliseHeading(heading)].find((text) => DAY.test(text));
    return day !== undefined && (named || kindsNamed(group).has(kind.entity.name)) ? day : null;
  }
  const [, year, words = ''] = YEAR.exec(leaf) ?? [];
  if (year === undefined) return null;
  const spoken = named || kindsNamed(group).has(kind.entity.name) || (group !== '' && means(group, value, false));
  return means(words, value, spoken) ? year : null;
}

const isTicked = (table: LedgerTable, index: number): boolean =>
  table.rows.every(({ cells }) => TICK.test(squeezeText(cells[index]?.text ?? '')));

function columnsOf(
  table: LedgerTable,
  kind: RegisterKind,
  by: Target,
  value: Target | null,
  named: boolean,
): Series['columns'] {
  return table.columns.flatMap((column) => {
    const leaf = ledgerLevels(column.heading).at(-1) ?? '';
    const ticked = value === null && wordOf(by, leaf) !== null && isTicked(table, column.index);
    const says = value === null ? (ticked ? leaf : null) : spotOf(column, kind, by, value, named);
    return says === null ? [] : [{ index: column.index, says, unit: headingParts(leaf).unit ?? '' }];
  });
}

/** Is the kind spoken of by what stands around the table, or by a column that means one of its own fields? */
function isSpokenOf(kind: RegisterKind, table: LedgerTable, title: string): boolean {
  if (kindsNamed(title).has(kind.entity.name)) return true;
  const tells = kind.entity.title === null ? null : fieldTarget(kind, kind.entity.title);
  return table.columns.some(({ heading }) =>
    meaningsOf(heading).some(({ target, points }) => target === tells && points >= WHOLE),
  );
}

/** The series of columns in a table, or null. @param title what stands around it */
export function seriesOf(table: LedgerTable, title: string): Series | null {
  for (const kind of LEDGER_KINDS) {
    const { by: field, value: cells } = kind.facet.ledger?.across ?? {};
    const by = fieldTarget(kind, field);
    if (!by) continue;
    const value = fieldTarget(kind, cells);
    const columns = columnsOf(table, kind, by, value, isSpokenOf(kind, table, title));
    if (columns.length >= FEWEST) return { kind, by, value, columns };
  }
  return null;
}

/** The table with a row for each cell of the series. A row that says nothing there stays one row. */
export function spreadTable(table: LedgerTable, { by, value, columns }: Series): LedgerTable {
  const own = new Set(columns.map(({ index }) => index));
  const width = Math.max(...table.columns.map(({ index }) => index)) + 1;
  const says = (cell: RegisterCell | undefined): cell is RegisterCell => {
    const text = squeezeText(cell?.text ?? '');
    return value === null ? YES.test(text) : text !== '';
  };
  const rows = table.rows.flatMap((row): LedgerTableRow[] => {
    const base = Array.from({ length: width }, (_, c) => (own.has(c) ? cellOf('') : (row.cells[c] ?? cellOf(''))));
    const parts = columns.flatMap((column) => {
      const cell = row.cells[column.index];
      return says(cell) ? [{ ...column, cell }] : [];
    });
    if (parts.length === 0) return [{ ...row, cells: [...base, cellOf(''), cellOf('')] }];
    return parts.map(({ says: spot, cell }) => ({
      ...row,
      cells: [...base, cellOf(spot), value === null ? cellOf('') : cell],
      part: spot,
    }));
  });
  const headings = [`${by.group}${by.label}`, ...(value === null ? [] : [`${value.group}${value.label}`])];
  const added = headings.map((heading, n) => ({ index: width + n, heading, letter: '' }));
  return { columns: [...table.columns.filter(({ index }) => !own.has(index)), ...added], rows };
}

/** Recognitions by which a column only may be a field. */
const NEAR: ReadonlySet<string> = new Set(['contains', 'values']);
/** Columns that say no more of the enterprise than who it is. */
const WHO = /^(?:enterprise\.(?:name|creditCode|siteNo|legalRep)|contact\..*)$/u;

/**
 * A list of enterprises whose title says what each of them is (双随机抽查名单), with that in a column of its own; null where
 * the title says nothing, or the columns more than who they are.
 */
export function listedTable(table: LedgerTable, title: string, columns: readonly MappedColumn[]): LedgerTable | null {
  const says = columns.some(({ target, how }) => target !== null && !NEAR.has(how) && !WHO.test(target.key));
  if (says) return null;
  for (const kind of LEDGER_KINDS) {
    const { field, as = [] } = kind.facet.ledger?.listed ?? {};
    const target = fieldTarget(kind, field);
    const value = as.find(([pattern]) => pattern.test(title))?.[1];
    if (!target || value === undefined) continue;
    const index = Math.max(...table.columns.map((column) => column.index)) + 1;
    const filled = (cells: readonly RegisterCell[]): RegisterCell[] =>
      Array.from({ length: index + 1 }, (_, c) => (c === index ? cellOf(value) : (cells[c] ?? cellOf(''))));
    return {
      columns: [...table.columns, { index, heading: `${target.group}${target.label}`, letter: '' }],
      rows: table.rows.map((row) => ({ ...row, cells: filled(row.cells) })),
    };
  }
  return null;
}
