// What holds for all rows of a sheet.
import type { IndustryIndex } from '../values/industry-code.ts';
import type { RegisterCell } from './cell.ts';
import { labelSystemOf } from './label-words.ts';
import type { MappedColumn } from './mapping.ts';

/** What holds for a whole sheet. */
export interface SheetRules {
  readonly columns: readonly MappedColumn[];
  readonly date1904: boolean;
  readonly industries: IndustryIndex;
  /** Of the whole import; null: not said. */
  readonly coordinateSystem: string | null;
  /** Label system of the column of grades, found from all its cells. */
  readonly labelSystem: string | null;
  /** Words of the profile by target: what a text means there, before the words of the dictionary. */
  readonly codeLists?: ReadonlyMap<string, ReadonlyMap<string, string>>;
}

/** The label system of a sheet's column of grades: what most of its words belong to. */
export function labelSystemFor(
  columns: readonly MappedColumn[],
  rows: Iterable<readonly RegisterCell[]>,
): string | null {
  const column = columns.find((c) => c.target?.meta.cell === 'grade');
  if (!column) return null;
  const texts: string[] = [];
  for (const row of rows) {
    texts.push(row[column.index]?.text ?? '');
    if (texts.length >= 2000) break;
  }
  return labelSystemOf(texts);
}
