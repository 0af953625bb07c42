// Counts of an import: per sheet and in all, for the window, the command line and the record of the run.
import type { ImportPreview, SheetSummary } from '../../contract/registers.ts';
import type { KindCounts } from '../../domain/registers/kind-text.ts';
import { OBJECT_KINDS } from '../../domain/enterprises/vocabulary.ts';
import { labelOf } from '../../domain/dictionary/vocabulary.ts';
import { empty } from '../../domain/registers/differences.ts';
import { TARGETS } from '../../domain/registers/targets.ts';
import type { Matched, MatchedRow, RowDecision } from './match.ts';
import { NOT_CHOSEN, type Staged, type StagedSheet } from './staged.ts';

/** Fields of which one says what number an enterprise has. */
const CODES = ['creditCode', 'creditCodeQuarantine', 'oldRegNo'] as const;

type Totals = ImportPreview['totals'];

/** What a run keeps about itself. */
export interface RunReport {
  files: { name: string; format: string; encoding: string | null; sheets: SheetSummary[] }[];
  totals: Totals;
  /** Profile that it was read by. */
  profile: string | null;
  objectKinds: KindCounts;
  /**
   * Per sheet name: how its columns were understood (see StagedSheet.signature); several with a space between where
   * sheets are called alike.
   */
  signatures: Record<string, string>;
}

/** What the command line prints. */
export interface ImportReport {
  files: { file: string; format: string; encoding: string | null; sheets: Omit<SheetSummary, 'columns'>[] }[];
  sheets: Omit<SheetSummary, 'columns'>[];
  totals: Totals;
  profile: string | null;
  objectKinds: KindCounts;
}

function summaryOf(sheet: StagedSheet, matched: Matched): SheetSummary {
  const summary: SheetSummary = {
    name: sheet.name,
    headerRow: sheet.headerRow,
    headerRows: sheet.headerRows,
    rows: 0,
    created: 0,
    updated: 0,
    unchanged: 0,
    duplicates: 0,
    rejected: 0,
    joined: 0,
    warnings: {},
    unmapped: sheet.columns
      .filter((c) => c.target === null && c.how !== 'ignored')
      .map((c) => c.heading || `${c.letter}列`),
    proposed: sheet.columns.flatMap((c) => (c.proposedLabel === null ? [] : [`${c.heading}→${c.proposedLabel}`])),
    columns: [...sheet.columns],
    hiddenRows: sheet.hiddenRows,
    droppedTotals: sheet.droppedTotals,
    droppedBlank: sheet.droppedBlank,
    droppedNotes: sheet.droppedNotes,
    rowsAbove: sheet.rowsAbove,
    skipped: sheet.skipped,
    own: sheet.own?.name ?? null,
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

/** Where the object kinds of new enterprises come from. */
function countKinds(rows: readonly MatchedRow[]): KindCounts {
  const counts: KindCounts = { said: 0, guessed: 0, unknown: 0, by: [] };
  for (const r of rows) {
    if (r.result !== 'created' || !r.state) continue;
    if (r.guess) {
      counts.guessed += 1;
      const { objectKind, from, word } = r.guess;
      const known = counts.by.find((one) => one.objectKind === objectKind && one.from === from && one.word === word);
      if (known) known.rows += 1;
      else counts.by.push({ objectKind, label: labelOf(OBJECT_KINDS, objectKind), from, word, rows: 1 });
    } else if (r.row.content.enterprise.objectKind !== undefined || r.state.own.values.objectKind !== 'other')
      counts.said += 1;
    else counts.unknown += 1;
  }
  counts.by.sort((a, b) => b.rows - a.rows);
  return counts;
}

const profileIn = (staged: Staged): string | null =>
  staged.files.flatMap((file) => file.sheets).find((sheet) => sheet.profile !== null)?.profile ?? null;

/** Counts everything. `decisions`: suspected duplicates without one are undecided. */
export function countImport(staged: Staged, matched: Matched, decisions: ReadonlyMap<number, RowDecision>): RunReport {
  const totals: Totals = {
    rows: 0,
    created: 0,
    updated: 0,
    unchanged: 0,
    duplicates: 0,
    rejected: 0,
    joined: 0,
    undecided: 0,
    proposals: 0,
    other: 0,
    above: 0,
    waiting: 0,
    codesInDoubt: 0,
    withoutCode: 0,
  };
  const signatures: Record<string, string> = {};
  const files = staged.files.map((file) => ({
    name: file.name,
    format: file.format,
    encoding: file.encoding,
    sheets: file.sheets.map((sheet) => {
      const summary = summaryOf(sheet, matched);
      for (const key of ['rows', 'created', 'updated', 'unchanged', 'duplicates', 'rejected', 'joined'] as const)
        totals[key] += summary[key];
      totals.other += summary.droppedTotals + summary.droppedBlank + summary.droppedNotes;
      totals.above += summary.rowsAbove;
      signatures[sheet.name] = [...new Set([...(signatures[sheet.name]?.split(' ') ?? []), sheet.signature])].join(' ');
      return summary;
    }),
  }));
  totals.undecided = matched.rows.filter(
    (r) => r.duplicate && (decisions.get(r.key)?.decision ?? 'default') === 'default',
  ).length;
  const made = matched.rows.filter((r) => r.result === 'created' && r.state);
  totals.codesInDoubt = made.filter((r) => !empty(r.state?.own.values.creditCodeQuarantine)).length;
  const says = (r: MatchedRow, field: string): boolean => !empty(r.state?.own.values[field]);
  totals.withoutCode = made.filter((r) => !CODES.some((field) => says(r, field))).length;
  totals.proposals = matched.rows.filter((r) => r.warnings.some((w) => w.proposal !== undefined)).length;
  totals.waiting = matched.rows.filter((r) => r.changes.some((c) => c.waits === true && c.use === 'old')).length;
  return { files, totals, profile: profileIn(staged), objectKinds: countKinds(matched.rows), signatures };
}

/** The targets that a column may be given, for the window's list. */
export const TARGET_CHOICES: ImportPreview['targets'] = TARGETS.map((t) => ({
  target: t.key,
  label: t.label,
  group: t.group,
}));

/** The report of an import for the command line: counts only, without samples of cells. */
export function toImportReport(report: RunReport): ImportReport {
  const files = report.files.map((f) => ({
    file: f.name,
    format: f.format,
    encoding: f.encoding,
    sheets: f.sheets
      .filter((s) => s.skipped !== NOT_CHOSEN)
      .map(({ columns, ...rest }) => {
        void columns;
        return rest;
      }),
  }));
  return {
    files,
    sheets: files.flatMap((f) => f.sheets),
    totals: report.totals,
    profile: report.profile,
    objectKinds: report.objectKinds,
  };
}
