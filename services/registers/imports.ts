// Register import: files are read and matched into a preview, decided on, and written in one action.
import { v7 } from 'uuid';
import { isTakenBack } from '../../db/index.ts';
import type { Decided, ImportPreview, PreviewRow } from '../../contract/registers.ts';
import type { Page } from '../../contract/shared.ts';
import { enterprise } from '../../domain/enterprises/entities.ts';
import { wholeCharacters } from '../../domain/values/text.ts';
import { act, type Context } from '../context.ts';
import { notFound, ServiceError } from '../errors.ts';
import type { Sheet } from '../documents/index.ts';
import { isName, writeImport } from './apply.ts';
import { matchAll, type Options, type RowDecision } from './match.ts';
import { readFiles } from './read-files.ts';
import { adopted, isEmptyMend, mendOf, placeOf, withMends, type Mends } from './mend.ts';
import {
  dropSession,
  keepSession,
  pageOfRows,
  reportOf,
  sessionOf,
  toPreview,
  toRow,
  type Session,
} from './previews.ts';
import { toImportReport, type ImportReport } from './report.ts';
import { profileNamed, profilesOf } from './profiles.ts';
import { decideLedgers, dropLedgers, isLedgerReview, pageOfLedgers } from './ledgers/sessions.ts';
import { clientKeyOf, ownProfiles, rememberedFor } from './own-profiles.ts';
import { previewSheets } from './runs.ts';
import type { ImportControl, SourceFile, Staged } from './staged.ts';

const YIELD_AFTER_MS = 10;

/** Lets the event loop run when this has held it for a while, and stops when somebody asked to. */
function pauseWith(control: ImportControl): () => Promise<void> {
  let last = performance.now();
  return async () => {
    if (performance.now() - last < YIELD_AFTER_MS) return;
    await new Promise((resolve) => setImmediate(resolve));
    control.check();
    last = performance.now();
  };
}

/** When this very file was imported last, or null. */
async function importedBefore(ctx: Context, sha256: string): Promise<string | null> {
  const run = await ctx.store.read.sqlOne<{ at: string }>(
    `SELECT n.applied_at AS at FROM import_run n
     WHERE n.file_sha256 = ? AND n.deleted_at IS NULL AND NOT ${isTakenBack('n.action_id')} ORDER BY n.applied_at DESC LIMIT 1`,
    [sha256],
  );
  return run?.at ?? null;
}

/** What matching asks of the place it runs in. */
const aroundOf = (ctx: Context): { today: string; resources: string } => ({
  today: ctx.today(),
  resources: ctx.resources,
});

/** @throws REFUSED for a profile that is not offered */
async function requireProfile(ctx: Context, id: string | null): Promise<void> {
  if (id === null || profileNamed(ctx.resources, id)) return;
  if ((await ownProfiles(ctx)).some((own) => own.id === id)) return;
  const offered = profilesOf(ctx.resources).map((profile) => `${profile.id} ${profile.name}`);
  throw new ServiceError('REFUSED', `没有名为“${id}”的台账，有：${offered.join('、')}`, { missing: [] });
}

async function read(
  ctx: Context,
  sources: readonly SourceFile[],
  options: Options,
  control: ImportControl,
): Promise<Staged> {
  control.progress(0, 3, '读取表格');
  const known = { remembered: await rememberedFor(ctx), own: await ownProfiles(ctx) };
  const input = { files: sources, options, ...known, resources: ctx.resources };
  const reading = await readFiles(input, control.signal).catch((error: unknown) => {
    control.check();
    throw error;
  });
  if (!reading.ok) throw new ServiceError('UNREADABLE_FILE', reading.sentence, { code: reading.code });
  return reading.staged as Staged;
}

async function preview(
  ctx: Context,
  sources: readonly SourceFile[],
  options: Options,
  control: ImportControl,
  mends: Mends,
): Promise<Session> {
  const decisions = new Map<number, RowDecision>();
  await requireProfile(ctx, options.profile);
  const staged = withMends(await read(ctx, sources, options, control), mends, ctx.resources);
  control.check();
  const sheets = staged.files.flatMap((f) => f.sheets.map((sheet) => sheet.name));
  const missing = options.sheets?.find((name) => !sheets.includes(name));
  if (missing !== undefined)
    throw new ServiceError('REFUSED', `文件里没有名为“${missing}”的工作表，有：${sheets.join('、')}`, { missing: [] });
  control.progress(1, 3, '核对档案');
  const state = await ctx.store.read.state();
  const matched = await matchAll(ctx.store.read, staged, options, decisions, aroundOf(ctx), pauseWith(control));
  control.progress(3, 3, '核对完成');
  return keepSession({
    workspace: ctx.store.folder,
    resources: ctx.resources,
    sources,
    options,
    staged,
    mends,
    matched,
    decisions,
    state,
    alreadyImported: await importedBefore(ctx, staged.sha256),
  });
}

/**
 * Reads files, recognises their columns and matches their rows. Writes nothing.
 * @throws ServiceError UNREADABLE_FILE with the sentence for the user, REFUSED for a chosen sheet that is not there;
 * whatever `control.check` throws after a cancel
 */
export async function previewImport(
  ctx: Context,
  files: readonly SourceFile[],
  options: Options,
  control: ImportControl,
): Promise<ImportPreview> {
  return toPreview(await preview(ctx, files, options, control, new Map()));
}

/**
 * The same files with other options or columns; takes the place of the preview. Decisions are made anew, mended rows
 * stay mended.
 * @throws NOT_FOUND
 */
export async function repreview(
  ctx: Context,
  previewId: string,
  options: Options,
  control: ImportControl,
): Promise<ImportPreview> {
  const before = sessionOf(ctx, previewId);
  const session = await preview(ctx, before.sources, options, control, new Map(before.mends));
  dropSession(previewId);
  return toPreview(session);
}

/** A page of rows. `show`: `attention` leaves out what needs no look. @throws NOT_FOUND */
export function previewRows(
  ctx: Context,
  input: {
    previewId: string;
    show: string;
    file?: string | null;
    sheet: string | null;
    page: { offset: number; limit: number };
  },
): Page<PreviewRow> {
  if (isLedgerReview(input.previewId)) return pageOfLedgers(ctx, { file: null, ...input });
  return pageOfRows(sessionOf(ctx, input.previewId), input);
}

/** What is being written is what the person saw: until it is done nothing of it changes. */
function refuseWhileWritten(session: Session): void {
  if (session.busy) throw new ServiceError('REFUSED', '正在写入，请稍候', { missing: [] });
}

/** Takes a decision on rows and matches again. @throws NOT_FOUND; REFUSED while the import is being written */
export async function decide(
  ctx: Context,
  input: {
    previewId: string;
    keys: readonly number[];
    decision?: PreviewRow['decision'] | undefined;
    field?: { target: string; use: 'new' | 'old' } | undefined;
  },
): Promise<Decided> {
  if (isLedgerReview(input.previewId)) return { totals: null, ledgers: await decideLedgers(ctx, input) };
  const session = sessionOf(ctx, input.previewId);
  refuseWhileWritten(session);
  const rows = new Map(session.matched.rows.map((r) => [r.key, r]));
  for (const key of input.keys) {
    const row = rows.get(key);
    if (!row) continue;
    const known = session.decisions.get(key) ?? { decision: 'default' as const, mergeId: null, fields: {} };
    if (input.decision) {
      const mergeId = input.decision === 'merge' ? (row.similar?.id ?? known.mergeId) : known.mergeId;
      // Merging needs somebody to merge with.
      if (input.decision === 'merge' && !mergeId) continue;
      known.decision = input.decision;
      known.mergeId = mergeId;
    }
    if (input.field) known.fields = { ...known.fields, [input.field.target]: input.field.use };
    session.decisions.set(key, known);
  }
  await match(ctx, session);
  return { totals: reportOf(session).totals, ledgers: null };
}

/**
 * Puts other texts in place of cells of a row that was refused or is in doubt, and matches again. What came stays with the row.
 * `confirm`: a code that breaks the check rule, and the paper on which it stands so.
 * @param input.cells texts by column; those equal to what came are left out, and an empty list takes the mend back
 * @throws NOT_FOUND for the preview or the row; REFUSED for a row without a doubt, and while the import is being written
 */
export async function mendRow(
  ctx: Context,
  input: {
    previewId: string;
    key: number;
    cells: readonly { column: number; text: string }[];
    confirm?: { code: string; from: string } | null | undefined;
  },
): Promise<{ totals: ImportPreview['totals']; row: PreviewRow }> {
  const session = sessionOf(ctx, input.previewId);
  const at = session.matched.rows.find((row) => row.key === input.key);
  if (!at) throw notFound('这一行');
  refuseWhileWritten(session);
  const before = input.cells.length > 0 ? session.mends.get(placeOf(at.sheet, at.row))?.confirmed : null;
  const confirmed = input.confirm ? { ...input.confirm, by: ctx.operator().name, day: ctx.today() } : (before ?? null);
  const mend = mendOf(at, input.cells, confirmed, ctx.resources);
  if (!isEmptyMend(mend)) session.mends.set(placeOf(at.sheet, at.row), mend);
  else session.mends.delete(placeOf(at.sheet, at.row));
  // A decision was about what the row said before.
  session.decisions.delete(input.key);
  session.staged = withMends(session.staged, session.mends, ctx.resources);
  await match(ctx, session);
  const row = session.matched.rows.find((one) => one.key === input.key);
  if (!row) throw notFound('这一行');
  return { totals: reportOf(session).totals, row: toRow(session, row) };
}

/**
 * Takes what is proposed for the cells of rows, of all rows where none are named, and matches again.
 * @throws NOT_FOUND; REFUSED while the import is being written
 */
export async function adoptProposals(
  ctx: Context,
  input: { previewId: string; keys: readonly number[] | null },
): Promise<{ totals: ImportPreview['totals']; adopted: number }> {
  const session = sessionOf(ctx, input.previewId);
  refuseWhileWritten(session);
  const wanted = input.keys === null ? null : new Set(input.keys);
  let count = 0;
  for (const at of session.matched.rows) {
    if (wanted !== null && !wanted.has(at.key)) continue;
    const place = placeOf(at.sheet, at.row);
    const mend = adopted(at, session.mends.get(place));
    if (!mend) continue;
    session.mends.set(place, mend);
    session.decisions.delete(at.key);
    count += 1;
  }
  if (count > 0) {
    session.staged = withMends(session.staged, session.mends, ctx.resources);
    await match(ctx, session);
  }
  return { totals: reportOf(session).totals, adopted: count };
}

/** Takes the names that wait in a preview, and matches again. @throws NOT_FOUND; REFUSED while the import is being written */
export async function takeWaitingNames(ctx: Context, previewId: string): Promise<{ taken: number }> {
  const { matched } = sessionOf(ctx, previewId);
  const keys = matched.rows.filter((r) => r.changes.some((c) => c.waits === true && isName(c))).map((r) => r.key);
  const field = { target: `${enterprise.name}.name`, use: 'new' as const };
  if (keys.length > 0) await decide(ctx, { previewId, keys, field });
  return { taken: keys.length };
}

async function match(ctx: Context, session: Session): Promise<void> {
  const quiet: ImportControl = {
    progress: () => undefined,
    check: () => undefined,
    signal: new AbortController().signal,
  };
  const state = await ctx.store.read.state();
  session.matched = await matchAll(
    ctx.store.read,
    session.staged,
    session.options,
    session.decisions,
    aroundOf(ctx),
    pauseWith(quiet),
  );
  session.state = state;
}

/** What an import did. */
export interface ImportDone {
  runId: string;
  actionId: string;
  totals: ImportPreview['totals'];
  report: ImportReport;
}

/** Why there is no row to write. */
export function nothingIn({ files }: Pick<Staged, 'files'>): string {
  const reasons = files.flatMap((f) =>
    f.sheets.filter((sheet) => sheet.skipped !== null).map((sheet) => `${sheet.name}：${sheet.skipped ?? ''}`),
  );
  return `没有可导入的行${reasons.length > 0 ? `（${reasons.slice(0, 3).join('；')}）` : ''}`;
}

/**
 * Writes a preview in one action; a cancel before its end leaves nothing behind.
 * Where the workspace has changed since, rows are matched again first, with the same decisions.
 * @throws NOT_FOUND; REFUSED while it is being written already, or where there is no row to write
 */
export async function applyImport(ctx: Context, previewId: string, control: ImportControl): Promise<ImportDone> {
  const session = sessionOf(ctx, previewId);
  refuseWhileWritten(session);
  if (session.matched.rows.length === 0) {
    throw new ServiceError('REFUSED', nothingIn(session.staged), { missing: [] });
  }
  session.busy = true;
  try {
    return await write(ctx, session, control);
  } catch (error) {
    // What was planned has been tried on the staged rows: they are matched anew before the next try.
    session.state = '';
    throw error;
  } finally {
    session.busy = false;
  }
}

async function write(ctx: Context, session: Session, control: ImportControl): Promise<ImportDone> {
  const runId = v7();
  const { staged, options, decisions } = session;
  const fileName = staged.files.map((f) => f.name).join('、');
  const clientKey = await clientKeyOf(ctx);
  const day = ctx.today();
  const { actionId } = await act(ctx, wholeCharacters(`导入名册 ${fileName}`, 120), `import:${runId}`, async (tx) => {
    control.check();
    if ((await tx.read.state()) !== session.state) {
      session.matched = await matchAll(tx.read, staged, options, decisions, aroundOf(ctx), async () => {
        await tx.breathe();
        control.check();
      });
    }
    const { matched } = session;
    const total = matched.rows.length;
    await writeImport(
      tx,
      staged,
      matched,
      options,
      { runId, fileName, actor: ctx.operator().name, clientKey, day, report: reportOf(session) },
      (done) => {
        control.check();
        control.progress(done, total, '写入档案');
      },
    );
    control.progress(total, total, '整理索引');
  });
  const report = reportOf(session);
  session.busy = false;
  dropSession(session.id);
  return { runId, actionId, totals: report.totals, report: toImportReport(report) };
}

/** Gives a preview up. False when there was none, or it is being written. */
export function discardPreview(previewId: string): { discarded: boolean } {
  return { discarded: dropSession(previewId) || dropLedgers(previewId) };
}

/** The rows of a preview with what would become of them, as sheets for Excel. @throws NOT_FOUND */
export function exportPreview(ctx: Context, previewId: string): Sheet[] {
  return previewSheets(sessionOf(ctx, previewId), ctx.today());
}

/** The counts of a preview, as the command line prints them for a dry run. @throws NOT_FOUND */
export function importReport(ctx: Context, previewId: string): ImportReport {
  return toImportReport(reportOf(sessionOf(ctx, previewId)));
}
