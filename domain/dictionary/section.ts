// Sections of the periodic reports, as the capability describes them whose they are; typed in domain/reports/section.ts.
import type { Path } from './facets.ts';

/** Rows of a kind whose day lies in the reported period, read by the report itself. */
export interface SectionRows {
  readonly of: string;
  /** The field that says when. */
  readonly day: Path;
  readonly columns: readonly {
    readonly path: Path;
    /** The field's own label when absent. */
    readonly heading?: string;
    readonly weight: number;
    readonly align?: 'left' | 'center' | 'right';
  }[];
  /** Values of a field that are not printed. */
  readonly unless?: Readonly<Record<Path, readonly string[]>>;
}

/** A section of the periodic reports. */
export interface SectionDefinition {
  readonly id: string;
  /** Without its number; by the kind of report where it differs. */
  readonly title: string | Readonly<Record<string, string>>;
  /** Reports that carry it unless somebody chooses otherwise: `week`, `month`, `quarter`, `year`. */
  readonly kinds: readonly string[];
  /** Place among the sections; they are numbered over those printed. */
  readonly order: number;
  /** Said in the preview where there is nothing to print: what would have to be entered. */
  readonly lacking: string;
  /** Stands behind the signature on pages of its own. */
  readonly annex: boolean;
  readonly rows: SectionRows | null;
  /** Whether there is anything to print. */
  has(figures: never): boolean;
  blocks(writer: never): readonly unknown[];
}
