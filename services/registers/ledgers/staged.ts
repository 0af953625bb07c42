// What reading a ledger gives: plain data that crosses from the reading thread to the main one.
import type { ColumnMatch } from '../../../contract/registers.ts';
import type { OwnProfile } from '../../../domain/registers/own-profiles.ts';
import type { RowContent } from '../../../domain/registers/row-content.ts';

/** A row as it was read; one of several results of a wide row says in `part` which. */
export interface LedgerRow {
  readonly rowNumber: number;
  readonly part: string | null;
  readonly hidden: boolean;
  readonly cells: readonly string[];
  readonly content: RowContent;
}

/** A sheet as it was read and understood. */
export interface LedgerSheet {
  readonly file: number;
  readonly name: string;
  readonly headerRow: number;
  readonly columns: readonly ColumnMatch[];
  /** Profile of the office by which it was understood. */
  readonly own: OwnProfile | null;
  /** The kind that its rows are; null where they speak of the enterprise itself. */
  readonly main: string | null;
  /** All kinds that its columns fill, the main one first. */
  readonly kinds: readonly string[];
  /** What stands around its rows, by kind: headings over its columns, sheet, title, file. */
  readonly words: Readonly<Record<string, readonly string[]>>;
  readonly title: string;
  /** Two sheets with the same one come from one source. */
  readonly signature: string;
  readonly rows: readonly LedgerRow[];
  readonly hiddenRows: number;
  readonly dropped: number;
  /** Why nothing was taken from it, or null. */
  readonly skipped: string | null;
}

/** A file as it was read. */
export interface LedgerFile {
  readonly name: string;
  readonly format: string;
  readonly encoding: string | null;
  readonly sheets: readonly LedgerSheet[];
}

/** What a sheet is called among those of all files. */
export function sheetLabel(staged: StagedLedgers, sheet: LedgerSheet): string {
  const file = staged.files[sheet.file]?.name.replace(/\.[a-z]+$/iu, '') ?? '';
  return staged.files.length > 1 && file !== sheet.name ? `${file} ${sheet.name}` : sheet.name;
}

/** All files of an import, in the order in which they are taken in. */
export interface StagedLedgers {
  readonly files: readonly LedgerFile[];
  readonly sha256: string;
  /** Why headings that are known fill no field. */
  readonly notTaken: ReadonlyMap<string, string>;
}
