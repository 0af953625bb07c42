// Files as a town hands them over: each is taken for what its columns say it is, registers first.
import type {
  AskedValue,
  FileCounts,
  FileSeen,
  FilesPreview,
  RowSaid,
  TableKind,
} from '../../../contract/registers.ts';
import type { EntityCounts } from '../../../domain/registers/ledgers/counts.ts';
import { distinctNames } from '../../../domain/registers/file-names.ts';
import { ownProfileOf } from '../../../domain/registers/own-profiles.ts';
import type { Context } from '../../context.ts';
import { refused } from '../../errors.ts';
import { enterprise } from '../../../domain/enterprises/entities.ts';
import { askedField, SUBJECT } from '../../../domain/registers/kinds.ts';
import type { MatchedRow, Options } from '../match.ts';
import { countRegister } from '../register-counts.ts';
import type { ImportControl, SourceFile } from '../staged.ts';
import { applyImport, discardPreview, nothingIn, previewImport } from '../imports.ts';
import { guessesIn, leftColumns } from '../left-columns.ts';
import { sessionOf } from '../previews.ts';
import { notTakenOf } from '../profiles.ts';
import { ownProfiles } from '../own-profiles.ts';
import { ledgerReport, planLedgers, readLedgers, takeLedgers, type LedgerPlan } from './index.ts';
import { recognise } from './recognise.ts';
import { failedFile, joinedLedgers, readParts, reviewLedgers, type Failed } from './sessions.ts';
import type { LedgerFile } from './staged.ts';

/** What became of files, one by one and in all. */
export interface FilesDone {
  readonly files: readonly (FileCounts & { readonly kind: TableKind })[];
  readonly entities: readonly EntityCounts[];
  readonly refused: readonly RowSaid[];
  readonly questions: readonly AskedValue[];
  readonly notes: readonly RowSaid[];
  /** Actions that wrote them, one for each file, the registers' first; none where nothing was written. */
  readonly actionIds: readonly string[];
  /** Files that were not taken in, and why. */
  readonly failed: readonly { readonly file: string; readonly reason: string }[];
}

/** How files are taken in. `as`: what a person says they are; null: what their columns say. */
export interface TakingFiles {
  readonly options: Options;
  readonly as: TableKind | null;
  readonly dryRun: boolean;
}

type Part = Omit<FilesDone, 'actionIds' | 'failed'> & { readonly actionId: string | null };

/** So many rows of a sheet tell what it is. */
const SAMPLE = 200;

/** @throws UNREADABLE_FILE; REFUSED for one of several files that has nothing to take in */
async function kindOf(
  ctx: Context,
  file: SourceFile,
  options: Options,
  control: ImportControl,
  isAlone: boolean,
): Promise<TableKind> {
  const staged = await readLedgers(ctx, [file], options, control, SAMPLE);
  const [only] = staged.files;
  if (!only) return 'register';
  const told = await toldKind(ctx, only);
  if (!isAlone && only.sheets.every(({ skipped }) => skipped !== null)) await requireRows(ctx, file, options, control);
  return told ?? recognise(only, (await planLedgers(ctx, staged, control)).matches);
}

/** @throws REFUSED where the file has no row of a register either: it would stand in the way of the others */
async function requireRows(ctx: Context, file: SourceFile, options: Options, control: ImportControl): Promise<void> {
  const { previewId, totals } = await previewImport(ctx, [file], { ...options, profile: null }, control);
  const { staged } = sessionOf(ctx, previewId);
  discardPreview(previewId);
  if (totals.rows === 0) throw refused(nothingIn(staged));
}

/** What a profile of the office says that the file is. */
async function toldKind(ctx: Context, { sheets }: LedgerFile): Promise<TableKind | null> {
  const profiles = await ownProfiles(ctx);
  const headings = sheets.map(({ columns }) => columns.map(({ heading }) => heading));
  return headings.map((some) => ownProfileOf(profiles, some)?.kind ?? null).find((kind) => kind !== null) ?? null;
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
      guessed: guessesIn(sheet.columns),
      own: sheet.own?.name ?? null,
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

/** What a plan of ledgers would do, as a part. */
function planned(plan: LedgerPlan): Part {
  const done = ledgerReport(plan);
  return { ...done, files: done.files.map((one) => ({ ...one, kind: 'ledger' as const })), actionId: null };
}

/** Files by what they are; those that can't be read stop no other. */
async function sorted(
  ctx: Context,
  files: readonly SourceFile[],
  how: { options: Options; as: TableKind | null },
  control: ImportControl,
): Promise<{ registers: SourceFile[]; ledgers: SourceFile[]; failures: Failed[] }> {
  const [registers, ledgers, failures]: [SourceFile[], SourceFile[], Failed[]] = [[], [], []];
  for (const file of distinctNames(files)) {
    const kind =
      how.as ??
      (await kindOf(ctx, file, how.options, control, files.length === 1).catch((error: unknown) =>
        failedFile(file, error, failures),
      ));
    if (kind !== null) (kind === 'register' ? registers : ledgers).push(file);
  }
  return { registers, ledgers, failures };
}

/**
 * Says of each file what it is, and what the ledgers among them would do; files that can't be read are named. Writes nothing.
 * Registers come first, then ledgers in the order in which they are taken in.
 */
export async function previewFiles(
  ctx: Context,
  files: readonly SourceFile[],
  options: Options,
  control: ImportControl,
): Promise<FilesPreview> {
  const { registers, ledgers, failures } = await sorted(ctx, files, { options, as: null }, control);
  const read = await readParts(ctx, ledgers, options, control);
  const { parts } = read;
  const seen = (file: SourceFile, kind: TableKind): FileSeen => ({ file: file.name, kind, failure: null });
  return {
    files: [
      ...registers.map((file) => seen(file, 'register')),
      ...parts.map(({ source }) => seen(source, 'ledger')),
      ...[...failures, ...read.failures].map((one) => one.seen),
    ],
    ledgers: parts.length === 0 ? null : await reviewLedgers(ctx, parts, options, control),
  };
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

/** Takes ledgers in one by one; what one of them is refused for is said of it alone. */
async function takeEach(
  ctx: Context,
  ledgers: readonly SourceFile[],
  how: TakingFiles,
  control: ImportControl,
): Promise<{ parts: Part[]; failures: Failed[] }> {
  const read = await readParts(ctx, ledgers, how.options, control);
  const staged = read.parts.map((part) => part.staged);
  if (staged.length === 0) return { parts: [], failures: read.failures };
  if (how.dryRun) return { ...read, parts: [planned(await planLedgers(ctx, joinedLedgers(staged), control))] };
  const runs = new Set<string>();
  const parts: Part[] = [];
  for (const one of read.parts) {
    const matching = { decisions: new Map(), besides: runs, owner: null };
    const done = await takeLedgers(ctx, one.staged, how.options, control, matching).catch((error: unknown) =>
      failedFile(one.source, error, read.failures),
    );
    if (!done) continue;
    const { runId, ...part } = done;
    runs.add(runId);
    parts.push({ ...part, files: part.files.map((file) => ({ ...file, kind: 'ledger' as const })) });
  }
  return { parts, failures: read.failures };
}

/**
 * Takes files in, each as what it is and in an action of its own: registers first, since later ones and ledgers may speak of what an
 * earlier one made, then ledgers, those first that others refer to. A file that can't be read stops no other.
 * @throws UNREADABLE_FILE, or REFUSED for a register without rows, where there is no other file
 */
export async function importFiles(
  ctx: Context,
  files: readonly SourceFile[],
  how: TakingFiles,
  control: ImportControl,
): Promise<FilesDone> {
  const { registers, ledgers, failures } = await sorted(ctx, files, how, control);
  const parts: Part[] = [];
  for (const file of registers)
    parts.push(
      ...[
        await takeRegister(ctx, file, how, control).catch((error: unknown) => failedFile(file, error, failures)),
      ].filter((part) => part !== null),
    );
  const taken = await takeEach(ctx, ledgers, how, control);
  parts.push(...taken.parts);
  const all = [...failures, ...taken.failures];
  if (files.length === 1 && all[0]) throw all[0].error;
  const failed = all.map(({ seen }) => ({ file: seen.file, reason: seen.failure ?? '' }));
  return {
    files: parts.flatMap((part) => part.files),
    entities: sumOf(parts.flatMap((part) => part.entities)),
    refused: parts.flatMap((part) => part.refused),
    questions: parts.flatMap((part) => part.questions),
    notes: parts.flatMap((part) => part.notes),
    actionIds: parts.flatMap(({ actionId }) => (actionId === null ? [] : [actionId])),
    failed,
  };
}
