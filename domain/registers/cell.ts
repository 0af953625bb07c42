// What an import knows of a cell and says about it; the shape every reader of spreadsheets produces.

/** One cell as it was read: what a person sees, the stored value, and what kind of thing it is. */
export interface RegisterCell {
  readonly text: string;
  readonly raw: string | number | boolean | null;
  readonly kind: 'text' | 'number' | 'date' | 'boolean' | 'error' | 'empty';
}

/** Something doubtful about a row that does not stop it. */
export interface RowWarning {
  readonly code: string;
  /** Chinese; says what was found and what was done with it. */
  readonly sentence: string;
  /** The column that it is about, where one is. */
  readonly column?: number;
  /** What the cell may be meant to say: a person adopts it. */
  readonly proposal?: string;
  /** A code that breaks the check rule alone: a person may say that the paper has it so. */
  readonly confirmable?: string;
}

/** A value of a field, ready to be stored. */
export type StoredValue = string | number | boolean;

/** What a cell gave: a value (null: nothing), what is doubtful, and what has to be kept in the remark. */
export interface CellValue {
  readonly value: StoredValue | null;
  readonly warnings: readonly RowWarning[];
  /** Words that could not be stored in the field itself; they go into the remark with the field's label. */
  readonly keep: string | null;
}

/** A cell that says nothing. */
export const NO_VALUE: CellValue = Object.freeze({ value: null, warnings: [], keep: null });

/** A plain value without doubts. */
export const plainValue = (value: StoredValue): CellValue => ({ value, warnings: [], keep: null });
