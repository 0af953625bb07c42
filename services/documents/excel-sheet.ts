// Sheets as they are given to the writer: plain data that crosses a worker boundary.

/**
 * One column; `width` in characters. `text` stays text whatever it looks like; `day` takes `YYYY-MM-DD`; `number` takes digits and rates
 * as printed (83.4%); `words` are texts among which days and rates may stand.
 */
export interface SheetColumn {
  readonly heading: string;
  readonly width: number;
  readonly kind: 'text' | 'number' | 'day' | 'words';
}

/** A cell's value; a number column also takes digits as text (decimals are kept as entered). */
export type SheetValue = string | number | null | undefined;

/** One sheet. */
export interface Sheet {
  readonly name: string;
  readonly columns: readonly SheetColumn[];
  readonly rows: readonly (readonly SheetValue[])[];
  /** Stands over the table, with a line below it that says as of when it is; neither for a sheet that is to be read by programs. */
  readonly title?: string;
  readonly note?: string;
  /** The last row of the table: sums and counts. */
  readonly totals?: readonly SheetValue[];
}
