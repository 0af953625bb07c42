// Counts of an import: per sheet and in all, for the window, the command line and the record of the run.
import type { ImportPreview, SheetSummary } from '../../contract/registers.ts';
import { TARGETS } from '../../domain/registers/targets.ts';
import type { Matched, RowDecision } from './match.ts';
import { NOT_CHOSEN, type Staged, type StagedSheet } from './staged.ts';

type Totals = ImportPreview['totals'];

/** What a run keeps about itself. */
export interface RunReport {
  files: { name: string; format: string; encoding: string | null; sheets: SheetSummary[] }[];
  totals: Totals;
  /** Per sheet name: how its columns were understood (see StagedSheet.signature); several with a space between where sheets are called alike. */
  signatures: Record<string, string>;
}

/** What the command line prints. */
export interface ImportReport {
  files: { file: string; format: string; encoding: string | null; sheets: Omit<SheetSummary, 'columns'>[] }[];
  sheets: Omit<SheetSummary, 'columns'>[];
  totals: Totals;
}

function summaryOf(sheet: StagedSheet, matched: Matched): SheetSummary {
  const summary: SheetSummary = {
    name: sheet.name, headerRow: sheet.headerRow, headerRows: sheet.headerRows, rows: 0, created: 0, updated: 0, unchanged: 0, duplicates: 0, rejected: 0, warnings: {},
    unmapped: sheet.columns.filter((c) => c.target === null && c.how !== 'ignored').map((c) => c.heading || `${c.letter}列`), columns: [...sheet.columns],
    hiddenRows: sheet.hiddenRows, droppedTotals: sheet.droppedTotals, droppedBlank: sheet.droppedBlank, droppedNotes: sheet.droppedNotes, skipped: sheet.skipped,
  };
  for (const r of matched.rows) {
    if (r.sheet !== sheet) continue;
    summary.rows += 1;
    summary[r.result] += 1;
    if (r.duplicate) summary.duplicates += 1;
    for (const w of r.warnings) summary.warnings[w.code] = (summary.warnings[w.code] ?? 0) + 1;
  }
  return summary;
}

/** Counts everything. `decisions`: suspected duplicates without one are undecided. */
export function countImport(staged: Staged, matched: Matched, decisions: ReadonlyMap<number, RowDecision>): RunReport {
  const totals: Totals = { rows: 0, created: 0, updated: 0, unchanged: 0, duplicates: 0, rejected: 0, undecided: 0, other: 0 };
  const signatures: Record<string, string> = {};
  const files = staged.files.map((file) => ({
    name: file.name, format: file.format, encoding: file.encoding,
    sheets: file.sheets.map((sheet) => {
      const summary = summaryOf(sheet, matched);
      for (const key of ['rows', 'created', 'updated', 'unchanged', 'duplicates', 'rejected'] as const) totals[key] += summary[key];
      totals.other += summary.droppedTotals + summary.droppedBlank + summary.droppedNotes;
      signatures[sheet.name] = [...new Set([...(signatures[sheet.name]?.split(' ') ?? []), sheet.signature])].join(' ');
      return summary;
    }),
  }));
  totals.undecided = matched.rows.filter((r) => r.duplicate && (decisions.get(r.key)?.decision ?? 'default') === 'default').length;
  return { files, totals, signatures };
}

/** The targets that a column may be given, for the window's list. */
export const TARGET_CHOICES: ImportPreview['targets'] = TARGETS.map((t) => ({ target: t.key, label: t.label, group: t.group }));

/** The report of an import for the command line: counts only, without samples of cells. */
export function toImportReport(report: RunReport): ImportReport {
  const files = report.files.map((f) => ({
    file: f.name, format: f.format, encoding: f.encoding,
    sheets: f.sheets.filter((s) => s.skipped !== NOT_CHOSEN).map(({ columns, ...rest }) => { void columns; return rest; }),
  }));
  return { files, sheets: files.flatMap((f) => f.sheets), totals: report.totals };
}
