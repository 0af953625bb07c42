// Rows of ledgers that may be of several sites: each waits until a person says of which, and is taken in then.
import type { Answered, SiteChoice, WaitingRow } from '../../contract/registers.ts';
import { labelOf } from '../../domain/dictionary/vocabulary.ts';
import { enterprise } from '../../domain/enterprises/entities.ts';
import { entityNamed } from '../../domain/entities.ts';
import { importRow, ROW_RESULTS } from '../../domain/registers/entities.ts';
import { wholeCharacters } from '../../domain/values/text.ts';
import { currentAction } from '../../db/index.ts';
import { siteWaits } from '../conditions/index.ts';
import { act, type Context } from '../context.ts';
import { notFound, refused } from '../errors.ts';
import type { WaitingNote } from './ledgers/answered.ts';
import { LedgerMatcher, UNDECIDED, type LedgerMatch } from './ledgers/match.ts';
import type { LedgerSheet, StagedLedgers } from './ledgers/staged.ts';
import { writeOutcome, writeQuestions } from './ledgers/write.ts';

interface StoredRow {
  id: string;
  runId: string;
  fingerprint: string;
  sheet: string;
  rowNumber: number;
  note: string;
}

const noteOf = ({ note }: Pick<StoredRow, 'note'>): WaitingNote => JSON.parse(note) as WaitingNote;

/** Rows of which nobody has said of which site they are, newest first. */
export async function rowsThatWait(ctx: Context): Promise<StoredRow[]> {
  return await ctx.store.slow.sql<StoredRow>(
    `SELECT r.id, r.run_id AS "runId", r.fingerprint, r.sheet, r.row_number AS "rowNumber", r.note FROM import_row r
     WHERE r.deleted_at IS NULL AND ${siteWaits('r')} ORDER BY r.id DESC`,
  );
}

async function siteOf(ctx: Context, id: string): Promise<SiteChoice[]> {
  const row = await ctx.store.read.get(enterprise, id);
  if (!row || row.deletedAt) return [];
  return [{ id, name: row.name, siteNo: row.siteNo ?? null, address: row.address ?? '' }];
}

/** Cells by which a person knows the row; more would not fit into a line. */
const CELLS = 6;

/** Rows of ledgers of which nobody has said of which site they are; the same row of several files once. */
export async function waitingRows(ctx: Context): Promise<WaitingRow[]> {
  const rows = await rowsThatWait(ctx);
  const newest = rows.filter((row, n) => rows.findIndex((one) => one.fingerprint === row.fingerprint) === n);
  const shown: WaitingRow[] = [];
  for (const row of newest) {
    const { wait } = noteOf(row);
    const sites = (await Promise.all(wait.sites.map((id) => siteOf(ctx, id)))).flat();
    const { main } = wait.sheet;
    shown.push({
      id: row.id,
      says: wait.row.cells
        .filter((text) => text !== '')
        .slice(0, CELLS)
        .join('　'),
      kind: main === null ? null : entityNamed(main).label,
      sites,
      fileName: wait.file,
      sheet: wait.sheet.name,
      rowNumber: row.rowNumber,
    });
  }
  return shown;
}

/** The row as the one of a sheet of its own. */
function stagedOf({ wait }: WaitingNote): StagedLedgers {
  const read: Omit<LedgerSheet, keyof WaitingNote['wait']['sheet']> = {
    file: 0,
    headerRow: 0,
    columns: [],
    own: null,
    rows: [wait.row],
    hiddenRows: 0,
    dropped: 0,
    skipped: null,
  };
  const sheet: LedgerSheet = { ...wait.sheet, ...read };
  return {
    files: [{ name: wait.file, format: '', encoding: null, sheets: [sheet] }],
    sha256: '',
    notTaken: new Map(),
  };
}

/**
 * Says of which site a row is and takes it in, in an action that undo takes back: the row waits again then. `null`: it is left out.
 * The same row of other files is answered with it.
 * @throws NOT_FOUND for a row that does not wait (any more); REFUSED for another enterprise, or where the row can't be taken
 */
export async function answerRow(ctx: Context, id: string, enterpriseId: string | null): Promise<Answered> {
  const rows = await rowsThatWait(ctx);
  const row = rows.find((one) => one.id === id);
  if (!row) throw notFound('待定的行');
  const same = rows.filter((one) => one.fingerprint === row.fingerprint);
  if (enterpriseId === null) {
    // Only this computer's record of the import changes: there is nothing to take back.
    await ctx.store.withoutCapture(async (tx) => {
      for (const one of same)
        await tx.update(importRow, one.id, { note: JSON.stringify({ ...noteOf(one), left: true }) });
    });
    return { actionId: null, result: '不导入', reason: '' };
  }
  const note = noteOf(row);
  const [site] = note.wait.sites.includes(enterpriseId) ? await siteOf(ctx, enterpriseId) : [];
  if (!site) throw refused('这一行不会是这家企业的，请在列出的厂区里选');
  const staged = stagedOf(note);
  const name = wholeCharacters(`归入厂区 ${site.name}${site.siteNo ?? ''}`, 120);
  const { value, actionId } = await act(ctx, name, `import:${row.runId}`, async (tx) => {
    const pause = async (): Promise<void> => await tx.breathe();
    const matching = { ...UNDECIDED, owner: enterpriseId };
    const matches = await new LedgerMatcher(tx.read, ctx.today(), pause, matching).match(staged);
    const [match] = matches;
    if (!match || match.result === 'rejected') throw refused(match?.reason ?? '这一行没有可写入的内容');
    const facts = { fileName: note.wait.file, actor: ctx.operator().name, day: ctx.today() };
    for (const outcome of match.outcomes) await writeOutcome(tx, match, outcome, facts);
    await writeQuestions(tx, staged, matches, row.runId);
    const answered = (await currentAction(tx.read)) ?? '';
    for (const one of same)
      await tx.update(importRow, one.id, {
        note: JSON.stringify({ ...noteOf(one), answered, owner: enterpriseId } satisfies WaitingNote),
      });
    return match satisfies LedgerMatch;
  });
  return { actionId, result: labelOf(ROW_RESULTS, value.result), reason: value.reason };
}
