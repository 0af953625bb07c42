// Columns of a sheet that no field took, each with how many cells say something and why, where that is known; and those guessed.
import type { ColumnMatch, GuessedColumn, LeftColumn } from '../../contract/registers.ts';
import { normaliseHeading } from '../../domain/values/text.ts';

interface Sheet {
  readonly columns: readonly ColumnMatch[];
  readonly rows: readonly { readonly rowNumber: number; readonly cells: readonly string[] }[];
}

/** @param reasons by heading in its normal form (`notTakenOf`) */
export function leftColumns({ columns, rows }: Sheet, reasons: ReadonlyMap<string, string>): LeftColumn[] {
  // One row of a sheet may be read as several results.
  const once = [...new Map(rows.map((row) => [row.rowNumber, row])).values()];
  return columns
    .filter(({ target, how }) => target === null && how !== 'ignored')
    .map(({ index, heading, letter }) => ({
      heading: heading || `${letter} 列`,
      cells: once.filter(({ cells }) => (cells[index] ?? '').trim() !== '').length,
      why: reasons.get(normaliseHeading(heading)) ?? null,
    }))
    .filter(({ cells }) => cells > 0);
}

/** Columns whose field is a guess that nobody has confirmed. */
export const guessesIn = (columns: readonly ColumnMatch[]): GuessedColumn[] =>
  columns
    .filter(({ guessed }) => guessed)
    .map(({ heading, letter, target, targetLabel }) => ({
      heading: heading || `${letter} 列`,
      target: target ?? '',
      label: targetLabel ?? '',
    }));
