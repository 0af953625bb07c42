// What reading a register gives: plain data that crosses from the worker thread to the main one.
import type { ColumnMatch } from '../../contract/registers.ts';
import type { RegisterCell } from '../../domain/registers/cell.ts';
import type { OwnProfile } from '../../domain/registers/own-profiles.ts';
import type { RowContent } from '../../domain/registers/row-content.ts';

/** Why a sheet was left out that the person did not choose. */
export const NOT_CHOSEN = '没有选这张表';

/** A code that breaks the check rule, as a person saw it on a paper. */
export interface Confirmed {
  readonly code: string;
  readonly from: string;
  readonly by: string;
  readonly day: string;
}

/** What a person said of a row: texts by column that stand instead of what came, and a code that is so on its paper. */
export interface Mend {
  readonly cells: ReadonlyMap<number, string>;
  readonly confirmed: Confirmed | null;
}

/** A row as it was read. */
export interface StagedRow {
  /** 1-based, as the spreadsheet shows it. */
  readonly rowNumber: number;
  readonly hidden: boolean;
  /** Texts of the original cells by column. */
  readonly cells: readonly string[];
  /** SHA-256 of the normalised cells, whatever sheet they stand in. */
  readonly fingerprint: string;
  readonly content: RowContent;
  /** The cells of a row that cannot be taken as it came, or that was mended: for reading it again. */
  readonly raw?: readonly RegisterCell[];
  /** What a person said instead of what came. */
  readonly mended?: Mend | undefined;
}

/** A sheet as it was read and mapped. */
export interface StagedSheet {
  readonly file: number;
  readonly name: string;
  readonly headerRow: number;
  readonly headerRows: number;
  readonly columns: readonly ColumnMatch[];
  /** Says which column went into which field: two imports with the same one understand a row alike. */
  readonly signature: string;
  readonly rows: readonly StagedRow[];
  /** What a row is read by beside its columns: which of several alike each column is, and what holds for the sheet. */
  readonly slots: readonly number[];
  readonly date1904: boolean;
  readonly labelSystem: string | null;
  readonly coordinateSystem: string | null;
  /** Profile whose words its cells are read by. */
  readonly profile: string | null;
  /** Profile of the office by which it was understood. */
  readonly own: OwnProfile | null;
  readonly hiddenRows: number;
  readonly droppedTotals: number;
  readonly droppedBlank: number;
  readonly droppedNotes: number;
  /** Rows above the headings that look like data. */
  readonly rowsAbove: number;
  /** Why nothing was taken from this sheet, or null. */
  readonly skipped: string | null;
}

/** A file as it was read. */
export interface StagedFile {
  readonly name: string;
  readonly format: string;
  readonly encoding: string | null;
  readonly sheets: readonly StagedSheet[];
}

/** All files of an import. */
export interface Staged {
  readonly files: readonly StagedFile[];
  readonly sha256: string;
}

/** A file to be read. */
export interface SourceFile {
  readonly name: string;
  readonly bytes: Uint8Array;
}

/** What the import says about its work; the host's job has this shape. */
export interface ImportControl {
  progress(done: number, total: number, step?: string): void;
  /** Throws when somebody asked to stop. */
  check(): void;
  readonly signal: AbortSignal;
}
