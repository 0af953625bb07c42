// Files as a town hands them over: each is taken for what its columns say it is, registers first.
import type { AskedValue, FileCounts, FilesPreview, RowSaid, TableKind } from '../../../contract/registers.ts';
import type { EntityCounts } from '../../../domain/registers/ledgers/counts.ts';
import type { Context } from '../../context.ts';
import { enterprise } from '../../../domain/enterprises/entities.ts';
import { askedField, SUBJECT } from '../../../domain/registers/kinds.ts';
import type { MatchedRow, Options } from '../match.ts';
import { countRegister } from '../register-counts.ts';
import type { ImportControl, SourceFile } from '../staged.ts';
import { applyImport, discardPreview, previewImport } from '../imports.ts';
import { leftColumns } from '../left-columns.ts';
import { sessionOf } from '../previews.ts';
import { notTakenOf } from '../profiles.ts';
import { ledgerReport, planLedgers, takeLedgers } from './index.ts';
import { recognise } from './recognise.ts';

/** What became of files, one by one and in all. */
export interface FilesDone {
  readonly files: readonly (FileCounts & { readonly kind: TableKind })[];
  readonly entities: readonly EntityCounts[];
  readonly refused: readonly RowSaid[];
  readonly questions: readonly AskedValue[];
  readonly notes: readonly RowSaid[];
  /** Actions that wrote them, the register's first; none where nothing was written. */
  readonly actionIds: readonly string[];
}

/** How files are taken in. `as`: what a person says they are; null: what their columns say. */
export interface TakingFiles {
  readonly options: Options;
  readonly as: TableKind | null;
  readonly dryRun: boolean;
}

type Part = Omit<FilesDone, 'actionIds'> & { readonly actionId: string | null };

/** So many rows of a sheet tell what it is. */
const SAMPLE = 200;

async function kindOf(ctx: Context, file: SourceFile, options: Options, control: ImportControl): Promise<TableKind> {
  const { staged, matches } = await planLedgers(ctx, [file], options, control, SAMPLE);
  const [only] = staged.files;
  return only ? recognise(only, matches) : 'register';
}

/** What a register says otherwise and a person is asked about. */
const questionsOf = (file: string, rows: readonly MatchedRow[]): AskedValue[] =>
  rows.flatMap(({ sheet, row, state, changes }) =>
    changes
      .filter(({ waits, use }) => waits === true && use === 'old')
      .map(({ target, label, before, after }) => ({
        ...{ entity: enterprise.name, file, sheet: sheet.name, row: row.rowNumber },
        ...{ field: askedField(SUBJECT, target.split('.')[1] ?? ''), label, who: String(state?.own.values.name ?? '') },
        ...{ ours: before ?? '', theirs: after ?? '' },
      })),
  );

async function takeRegister(ctx: Context, file: SourceFile, how: TakingFiles, control: ImportControl): Promise<Part> {
  const { previewId } = await previewImport(ctx, [file], { ...how.options, profile: null }, control);
  const session = sessionOf(ctx, previewId);
  const entities = countRegister(session.matched.rows);
  const refused = session.matched.rows
    .filter(({ result }) => result === 'rejected')
    .map(({ sheet, row, reason }) => ({ file: file.name, sheet: sheet.name, row: row.rowNumber, reason }));
  const sheets = session.staged.files.flatMap((one) =>
    one.sheets.map((sheet) => ({
      name: sheet.name,
      kind: null,
      rows: sheet.rows.length,
      hiddenRows: sheet.hiddenRows,
      skipped: sheet.skipped,
      left: sheet.skipped === null ? leftColumns(sheet, notTakenOf(ctx.resources)) : [],
    })),
  );
  const notes = session.matched.rows.flatMap(({ sheet, row, warnings }) =>
    warnings.map(({ sentence }) => ({ file: file.name, sheet: sheet.name, row: row.rowNumber, reason: sentence })),
  );
  const done = how.dryRun ? null : await applyImport(ctx, previewId, control);
  if (how.dryRun) discardPreview(previewId);
  return {
    files: [{ file: file.name, kind: 'register', sheets, entities }],
    entities,
    refused,
    questions: questionsOf(file.name, session.matched.rows),
    notes,
    actionId: done?.actionId ?? null,
  };
}

async function takeLedger(
  ctx: Context,
  files: readonly SourceFile[],
  how: TakingFiles,
  control: ImportControl,
): Promise<Part> {
  const taken = how.dryRun ? null : await takeLedgers(ctx, files, how.options, control);
  const done = taken ?? ledgerReport(await planLedgers(ctx, files, how.options, control));
  return {
    ...done,
    files: done.files.map((one) => ({ ...one, kind: 'ledger' as const })),
    actionId: taken?.actionId ?? null,
  };
}

/**
 * Says of each file what it is, and what the ledgers among them would do. Writes nothing.
 * @throws ServiceError UNREADABLE_FILE
 */
export async function previewFiles(
  ctx: Context,
  files: readonly SourceFile[],
  options: Options,
  control: ImportControl,
): Promise<FilesPreview> {
  const kinds: FilesPreview['files'] = [];
  for (const file of files) kinds.push({ file: file.name, kind: await kindOf(ctx, file, options, control) });
  const ledgers = files.filter((_, n) => kinds[n]?.kind === 'ledger');
  const plan = ledgers.length === 0 ? null : await planLedgers(ctx, ledgers, options, control);
  return { files: kinds, ledgers: plan && ledgerReport(plan) };
}

/** Counts of several parts by kind. */
function sumOf(parts: readonly EntityCounts[]): EntityCounts[] {
  const sums = new Map<string, EntityCounts>();
  for (const part of parts) {
    const known = sums.get(part.entity);
    if (!known) sums.set(part.entity, { ...part });
    else
      for (const key of ['rows', 'created', 'updated', 'unchanged', 'rejected', 'waiting', 'queued'] as const)
        known[key] += part[key];
  }
  return [...sums.values()];
}

/**
 * Takes files in, each as what it is: registers one by one, since a later one may speak of what an earlier one made, then
 * all ledgers in one action.
 * @throws ServiceError UNREADABLE_FILE for a file that can't be read, before anything is written; REFUSED for a register without rows
 */
export async function importFiles(
  ctx: Context,
  files: readonly SourceFile[],
  how: TakingFiles,
  control: ImportControl,
): Promise<FilesDone> {
  const kinds: TableKind[] = [];
  for (const file of files) kinds.push(how.as ?? (await kindOf(ctx, file, how.options, control)));
  const parts: Part[] = [];
  for (const [n, file] of files.entries())
    if (kinds[n] === 'register') parts.push(await takeRegister(ctx, file, how, control));
  const ledgers = files.filter((_, n) => kinds[n] === 'ledger');
  if (ledgers.length > 0) parts.push(await takeLedger(ctx, ledgers, how, control));
  return {
    files: parts.flatMap((part) => part.files),
    entities: sumOf(parts.flatMap((part) => part.entities)),
    refused: parts.flatMap((part) => part.refused),
    questions: parts.flatMap((part) => part.questions),
    notes: parts.flatMap((part) => part.notes),
    actionIds: parts.flatMap(({ actionId }) => (actionId === null ? [] : [actionId])),
  };
}
