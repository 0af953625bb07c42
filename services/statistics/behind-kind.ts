// How the rows behind a number are read and written down, kind by kind.
import type { z } from 'zod';
import type { BehindRow, drill } from '../../contract/statistics.ts';
import type { SqlValue } from '../../db/index.ts';
import type { Context } from '../context.ts';

export type Drill = z.output<typeof drill>;

/** A column of the exported list with what it says of a row. */
export interface BehindColumn {
  heading: string;
  width: number;
  of: (row: BehindRow) => string | null;
}

/** Reading the rows of a kind behind a number: they are `alias` in `from`, their enterprise is `enterprise`. */
export interface BehindKind {
  readonly of: string;
  readonly label: string;
  readonly unit: string;
  readonly alias: string;
  readonly enterprise: string;
  /** SQL of the day on which a row happened, by which its village is told; null: as of the day of the scope. */
  readonly day: string | null;
  readonly from: string;
  /** Order within a village. */
  readonly order: string;
  readonly columns: readonly BehindColumn[];
  rows(ctx: Context, d: Drill, where: string, parameters: readonly SqlValue[], tail: string): Promise<BehindRow[]>;
}

/** A column that says a value of the row in words. */
export const column = (heading: string, width: number, of: BehindColumn['of']): BehindColumn => ({
  heading,
  width,
  of,
});

/** A value of a row as text, or null. */
export const said = (row: BehindRow, key: string): string | null => {
  const value = row[key];
  return value === null || value === undefined || value === '' ? null : String(value as string | number);
};
