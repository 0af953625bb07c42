// What one row of a register says, kind by kind and field by field, before anybody asked the workspace about it.
import type { RowWarning, StoredValue } from './cell.ts';

/** Values of one record by field. */
export type FieldValues = Record<string, StoredValue>;

/** A cell that gave values of a record: its heading, what it said, and the fields that came of it. */
export interface SaidCell {
  readonly heading: string;
  readonly text: string;
  readonly fields: readonly string[];
}

/** A record that a row speaks of, with the cells that it was made of. */
export interface StagedRecord {
  readonly values: FieldValues;
  readonly said: readonly SaidCell[];
  /** Words for other records of the enterprise, by the field that refers to them. */
  readonly links?: Readonly<Record<string, readonly string[]>>;
}

/** Levels of areas that a row may name. */
export const AREA_FIELDS = {
  town: 'townId',
  village: 'villageId',
  park: 'parkId',
  parcel: 'parcelId',
  building: 'buildingId',
} as const;
export type AreaLevel = keyof typeof AREA_FIELDS;
/** Levels that a row may name: those of the enterprise, and the one between town and village, which says where its village lies. */
export type NamedArea = AreaLevel | 'sector';

/** What the object kind was told from where the register does not say it. */
export interface KindGuess {
  readonly objectKind: string;
  /** From the industry, or from words in the name. */
  readonly from: 'industry' | 'name';
  /** What told it: `C 制造业`, `汽修`. */
  readonly word: string;
}

/** The content of a row. Blank cells and cells that say "not known" are absent. */
export interface RowContent {
  /** Fields of the enterprise but its areas, grid and remark. `creditCode` is only here when it is valid. */
  readonly enterprise: FieldValues;
  /** The row says no name: the one it has stands in, and says nothing against a name on file. */
  readonly standIn: boolean;
  /** Records that hang on the enterprise, by kind. */
  readonly records: Readonly<Record<string, readonly StagedRecord[]>>;
  readonly areas: Partial<Record<NamedArea, string>>;
  readonly grid: string | null;
  /** Name of the person of the office who is responsible. */
  readonly staff: string | null;
  readonly guess: KindGuess | null;
  /** The code inside the number of a permit, and its site, where no other column says a code: it says whose row this is. */
  readonly byPermit: { readonly code: string; readonly siteNo: string } | null;
  /** Parts of the remark: the row's own one, and what no field could hold. */
  readonly remarks: readonly string[];
  /** What no field could hold, by the kind whose column it stood in. */
  readonly kept: Readonly<Record<string, readonly string[]>>;
  /** Targets whose column is there but whose cell is blank. */
  readonly blanks: readonly string[];
  /** Cells of columns without a field, by heading: kept with the import. */
  readonly unmapped: Readonly<Record<string, string>>;
  readonly warnings: readonly RowWarning[];
}

/** The records of a kind that a row speaks of. */
export const recordsOf = (content: RowContent, kind: string): readonly StagedRecord[] => content.records[kind] ?? [];
