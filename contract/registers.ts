// Register import: upload, preview, decide, apply, report.
import { type as typed } from '@orpc/contract';
import { z } from 'zod';
import { base, id, page, uploadId, type FileLink, type Page, type Started } from './shared.ts';

/** Choices that hold for the whole import. */
export const importOptions = z.object({
  townName: z.string().max(60).nullable().default(null),
  objectKind: z.string().max(30).nullable().default(null),
  coordinateSystem: z.string().max(20).nullable().default(null),
  blankOverwrites: z.boolean().default(false),
  sheets: z.array(z.string().max(200)).max(200).nullable().default(null),
  /** Corrections of the recognised columns: sheet, column index, `entity.field` or null for "do not import". */
  mapping: z.array(z.object({ sheet: z.string().max(200), column: z.int().min(0), target: z.string().max(80).nullable() })).max(2000).default([]),
});
export type ImportOptions = z.input<typeof importOptions>;

/** How a column was recognised. */
export interface ColumnMatch {
  index: number; letter: string; heading: string; target: string | null; targetLabel: string | null;
  how: 'exact' | 'synonym' | 'contains' | 'values' | 'remembered' | 'chosen' | 'ignored' | 'none'; samples: string[];
}

/** The row equation of one sheet: rows = created + updated + unchanged + rejected. */
export interface SheetSummary {
  name: string; headerRow: number; headerRows: number; rows: number; created: number; updated: number; unchanged: number; duplicates: number; rejected: number;
  warnings: Record<string, number>; unmapped: string[]; columns: ColumnMatch[]; hiddenRows: number; droppedTotals: number; droppedBlank: number; droppedNotes: number; skipped: string | null;
}

export interface ImportPreview {
  previewId: string; files: { name: string; format: string; encoding: string | null }[];
  sheets: SheetSummary[]; totals: { rows: number; created: number; updated: number; unchanged: number; duplicates: number; rejected: number; undecided: number; other: number };
  targets: { target: string; label: string; group: string }[];
  options: z.infer<typeof importOptions>; alreadyImported: string | null;
}

/** What one row will do. */
export interface PreviewRow {
  key: number; sheet: string; rowNumber: number; result: 'created' | 'updated' | 'unchanged' | 'rejected';
  duplicate: boolean; duplicateOf: { id: string; name: string; reason: string } | null;
  name: string; creditCode: string; reason: string; warnings: { code: string; sentence: string }[];
  changes: { target: string; label: string; before: string | null; after: string | null; use: 'new' | 'old'; note: string }[];
  decision: 'default' | 'merge' | 'separate' | 'skip'; cells: Record<string, string>;
  /** Cells that may be mended while the row is refused or in doubt, or was before it was mended: heading, field, what came and what stands there now. */
  mend: { column: number; heading: string; label: string | null; was: string; text: string }[]; isMended: boolean;
}

export const registers = {
  /** Reads, maps, matches; writes nothing. Result of the job: ImportPreview. */
  preview: base.input(z.object({ uploads: z.array(z.object({ id: uploadId, name: z.string().max(260) })).min(1).max(50), options: importOptions.prefault({}) }))
    .output(typed<Started>()),
  /** The same files with other options or mapping. Result of the job: ImportPreview. */
  repreview: base.input(z.object({ previewId: z.string(), options: importOptions })).output(typed<Started>()),
  rows: base.input(z.object({
    previewId: z.string(), show: z.enum(['attention', 'all', 'created', 'updated', 'unchanged', 'duplicate', 'rejected']).default('attention'),
    sheet: z.string().nullable().default(null), page: page.prefault({}),
  })).output(typed<Page<PreviewRow>>()),
  /** A decision on rows: what to do with a suspected duplicate, which value to use. */
  decide: base.input(z.object({
    previewId: z.string(), keys: z.array(z.int()).min(1).max(50_000), decision: z.enum(['default', 'merge', 'separate', 'skip']).optional(),
    field: z.object({ target: z.string(), use: z.enum(['new', 'old']) }).optional(),
  })).output(typed<{ totals: ImportPreview['totals'] }>()),
  /** Other texts for cells of a refused row, which is matched again at once; no cells: as it came. */
  mend: base.input(z.object({ previewId: z.string(), key: z.int(), cells: z.array(z.object({ column: z.int().min(0), text: z.string().max(2000) })).max(500) }))
    .output(typed<{ totals: ImportPreview['totals']; row: PreviewRow }>()),
  /** Writes everything in one transaction. Result of the job: `{ runId, actionId, totals }`. */
  apply: base.input(z.object({ previewId: z.string() })).output(typed<Started>()),
  discard: base.input(z.object({ previewId: z.string() })).output(typed<{ discarded: boolean }>()),
  runs: base.output(typed<{ id: string; fileName: string; appliedAt: string; actorName: string; state: string; created: number; updated: number; unchanged: number; rejected: number; duplicates: number; actionId: string }[]>()),
  /** The original rows with a result column, as Excel. */
  exportResult: base.input(z.object({ runId: id })).output(typed<FileLink>()),
  exportPreview: base.input(z.object({ previewId: z.string() })).output(typed<FileLink>()),
};
