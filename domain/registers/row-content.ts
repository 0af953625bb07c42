// What one row of a register says, field by field, before anybody asked the workspace about it.
import type { RowWarning, StoredValue } from './cell.ts';

/** Values of one record by field. */
export type FieldValues = Record<string, StoredValue>;

/** A person named in a row. */
export interface StagedContact { name: string; post: string; mobile: string | null; landline: string | null }

/** Levels of areas that a row may name. */
export const AREA_FIELDS = { town: 'townId', village: 'villageId', park: 'parkId', parcel: 'parcelId', building: 'buildingId' } as const;
export type AreaLevel = keyof typeof AREA_FIELDS;

/** The content of a row. Blank cells and cells that say "not known" are absent. */
export interface RowContent {
  /** Fields of the enterprise but its areas, grid and remark. `creditCode` is only here when it is valid. */
  readonly enterprise: FieldValues;
  readonly areas: Partial<Record<AreaLevel, string>>;
  readonly grid: string | null;
  readonly contacts: readonly StagedContact[];
  readonly formerNames: readonly string[];
  readonly products: readonly string[];
  readonly eiaProjects: readonly FieldValues[];
  readonly acceptance: FieldValues | null;
  readonly permit: FieldValues | null;
  readonly hazWasteProfile: FieldValues | null;
  readonly label: { readonly system: string; readonly value: string } | null;
  /** Parts of the remark: the row's own one, and what no field could hold. */
  readonly remarks: readonly string[];
  /** Targets whose column is there but whose cell is blank. */
  readonly blanks: readonly string[];
  /** Cells of columns without a field, by heading: kept with the import. */
  readonly unmapped: Readonly<Record<string, string>>;
  readonly warnings: readonly RowWarning[];
}
