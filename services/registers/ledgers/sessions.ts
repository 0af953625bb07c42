// Ledgers under review: read, matched together, decided on row by row, and taken in file by file.
import type { FileSeen, LedgersPreview, LedgersTaken, PreviewRow } from '../../../contract/registers.ts';
import type { Page } from '../../../contract/shared.ts';
import { lookup } from '../../../domain/values/lookup.ts';
import type { Context } from '../../context.ts';
import { refused, ServiceError } from '../../errors.ts';
import type { Options } from '../match.ts';
import { profileChoices } from '../own-profiles.ts';
import { Shelf } from '../shelf.ts';
import type { ImportControl, SourceFile } from '../staged.ts';
import { LEFT_OUT, placeOfRow, type LedgerDecision } from './decisions.ts';
import { ledgerReport, planLedgers, readLedgers, takeLedgers, type LedgerPlan } from './index.ts';
import { orderOf, type LedgerMatch, type Matching } from './match.ts';
import { keptHere } from './write.ts';
import type { StagedLedgers } from './staged.ts';

/** Ledgers of one drop. */
interface LedgerSession {
  readonly id: string;
  readonly workspace: string;
  /** Files that are not taken in yet, each as it was read, in the order in which they are. */
  parts: readonly Part[];
  options: Options;
  plan: LedgerPlan;
  readonly decisions: Map<string, LedgerDecision>;
  /** Runs of the files that were taken in. */
  readonly runs: Set<string>;
  busy: boolean;
}

/** A file with what it says. */
interface Part {
  readonly source: SourceFile;
  readonly staged: StagedLedgers;
}

const sessions = new Shelf<LedgerSession>();

/** Is there a review of ledgers of that id? */
export const isLedgerReview = (id: string): boolean => sessions.has(id);

/** Gives a review up. */
export const dropLedgers = (id: string): boolean => sessions.drop(id);

/** Place of a file among others: what others refer to comes first. */
export const placeOfFile = ({ files }: StagedLedgers): number =>
  Math.min(...files.flatMap(({ sheets }) => sheets.filter((one) => one.skipped === null).map(orderOf)), Infinity);

/** Several files as one, each sheet with the place of its file. */
export function joinedLedgers(parts: readonly StagedLedgers[]): StagedLedgers {
  const files = parts.flatMap((part) => part.files);
  return {
    files: files.map((file, n) => ({ ...file, sheets: file.sheets.map((sheet) => ({ ...sheet, file: n })) })),
    sha256: parts.map(({ sha256 }) => sha256).join(' '),
    notTaken: parts[0]?.notTaken ?? new Map(),
  };
}

const matchingOf = ({ decisions, runs }: Pick<LedgerSession, 'decisions' | 'runs'>): Matching => ({
  decisions,
  besides: runs,
  owner: null,
});

/** A file that was not taken, and the error that says why. */
export interface Failed {
  readonly seen: FileSeen;
  readonly error: ServiceError;
}

/** Reads files one by one; those that can't be read are named and stop no other. */
export async function readParts(
  ctx: Context,
  files: readonly SourceFile[],
  options: Options,
  control: ImportControl,
): Promise<{ parts: Part[]; failures: Failed[] }> {
  const parts: Part[] = [];
  const failures: Failed[] = [];
  for (const source of files) {
    const staged = await readLedgers(ctx, [source], options, control).catch((error: unknown) =>
      failedFile(source, error, failures),
    );
    if (staged) parts.push({ source, staged });
  }
  return { parts: parts.sort((a, b) => placeOfFile(a.staged) - placeOfFile(b.staged)), failures };
}

/** Notes why a file could not be taken. @throws what is no matter of the file */
export function failedFile({ name: file }: SourceFile, error: unknown, failures: Failed[]): null {
  const isOfFile = error instanceof ServiceError && ['UNREADABLE_FILE', 'REFUSED'].includes(error.code);
  if (!isOfFile) throw error;
  failures.push({ seen: { file, kind: null, failure: error.data.sentence }, error });
  return null;
}

const planOf = async (
  ctx: Context,
  session: Pick<LedgerSession, 'parts' | 'decisions' | 'runs'>,
  control: ImportControl,
): Promise<LedgerPlan> =>
  await planLedgers(ctx, joinedLedgers(session.parts.map(({ staged }) => staged)), control, matchingOf(session));

function toPreview({ id, options, plan }: LedgerSession): LedgersPreview {
  const columns = plan.staged.files.flatMap((file) =>
    file.sheets.map(({ name, title, main, rows, skipped, own, columns: known }) => ({
      ...{ file: file.name, sheet: name, title, kind: main, rows: rows.length, skipped, own: own?.name ?? null },
      columns: [...known],
    })),
  );
  return { previewId: id, options, columns, targets: profileChoices().targets, ...ledgerReport(plan) };
}

/** Opens a review of ledgers that were read. Writes nothing. */
export async function reviewLedgers(
  ctx: Context,
  parts: readonly Part[],
  options: Options,
  control: ImportControl,
): Promise<LedgersPreview> {
  const begun = { parts, options, decisions: new Map<string, LedgerDecision>(), runs: new Set<string>() };
  const plan = await planOf(ctx, begun, control);
  return toPreview(sessions.keep({ ...begun, workspace: ctx.store.folder, plan }));
}

/**
 * The same ledgers with other columns, beside what is on file now; decisions stay.
 * @throws NOT_FOUND; REFUSED while a file is being written
 */
export async function relookLedgers(
  ctx: Context,
  previewId: string,
  options: Options,
  control: ImportControl,
): Promise<LedgersPreview> {
  const session = idle(ctx, previewId);
  const sources = session.parts.map(({ source }) => source);
  const { parts } = await readParts(ctx, sources, options, control);
  Object.assign(session, { parts, options });
  session.plan = await planOf(ctx, session, control);
  return toPreview(session);
}

function idle(ctx: Context, previewId: string): LedgerSession {
  const session = sessions.of(ctx, previewId);
  if (session.busy) throw refused('正在写入，请稍候');
  return session;
}

const QUIET: ImportControl = {
  progress: () => undefined,
  check: () => undefined,
  signal: new AbortController().signal,
};

/**
 * Leaves rows out or takes them in again, or takes values at once that would wait; then matches again.
 * @param input.keys of the rows as the pages give them
 * @throws NOT_FOUND; REFUSED while a file is being written
 */
export async function decideLedgers(
  ctx: Context,
  input: {
    previewId: string;
    keys: readonly number[];
    decision?: PreviewRow['decision'] | undefined;
    field?: { target: string; use: 'new' | 'old' } | undefined;
  },
): Promise<LedgersPreview> {
  const session = idle(ctx, input.previewId);
  const { staged, matches } = session.plan;
  for (const key of input.keys) {
    const at = matches[key];
    if (!at) continue;
    const place = placeOfRow(staged, at.sheet, at.row);
    const { skip, take } = session.decisions.get(place) ?? { skip: false, take: new Set<string>() };
    const taken = new Set(take);
    if (input.field?.use === 'new') taken.add(input.field.target);
    else if (input.field) taken.delete(input.field.target);
    const decided = { skip: input.decision ? input.decision === 'skip' : skip, take: taken };
    session.decisions.set(place, decided);
  }
  session.plan = await planOf(ctx, session, QUIET);
  return toPreview(session);
}

const asks = (m: LedgerMatch): boolean => m.changes.some(({ waits }) => waits);
const saysMore = (m: LedgerMatch): boolean =>
  m.row.content.warnings.length > 0 || m.outcomes.some(({ notes, result }) => notes.length > 0 || result === 'left');

const SHOWN: Readonly<Record<string, (m: LedgerMatch) => boolean>> = lookup({
  all: () => true,
  created: (m) => m.result === 'created',
  updated: (m) => m.result === 'updated',
  unchanged: (m) => m.result === 'unchanged',
  rejected: (m) => m.result === 'rejected',
  waiting: (m) => m.result === 'waiting' || asks(m),
  attention: (m) => m.result === 'rejected' || m.result === 'waiting' || asks(m) || saysMore(m),
});

/** A row as the contract shows it. */
function toRow(m: LedgerMatch, key: number, skipped: boolean): PreviewRow {
  const { row, sheet } = m;
  const own = row.content.enterprise;
  const cells = Object.fromEntries(
    sheet.columns.flatMap(({ index, heading, letter }) => {
      const text = row.cells[index] ?? '';
      return text === '' ? [] : [[heading || letter, text] as const];
    }),
  );
  const said = [
    ...row.content.warnings.map(({ sentence }) => keptHere(sentence)),
    ...m.outcomes.flatMap(({ notes, result, reason }) => [...notes, ...(result === 'left' ? [reason] : [])]),
  ];
  return {
    key,
    sheet: sheet.name,
    rowNumber: row.rowNumber,
    result: m.result,
    ...{ duplicate: false, duplicateOf: null, guess: null, mend: [], isMended: false },
    name: String(m.state?.own.values.name ?? own.name ?? '') + (row.part === null ? '' : `　${row.part}`),
    creditCode: String(m.state?.own.values.creditCode ?? own.creditCode ?? ''),
    reason: m.reason,
    warnings: said.map((sentence) => ({ code: 'LEDGER', sentence })),
    changes: [...m.changes],
    decision: skipped ? 'skip' : 'default',
    cells,
  };
}

/** A page of rows of a review. @throws NOT_FOUND */
export function pageOfLedgers(
  ctx: Context,
  input: {
    previewId: string;
    show: string;
    file: string | null;
    sheet: string | null;
    page: { offset: number; limit: number };
  },
): Page<PreviewRow> {
  const { staged, matches } = sessions.of(ctx, input.previewId).plan;
  const test = SHOWN[input.show] ?? (() => true);
  const isMeant = ({ sheet }: LedgerMatch): boolean =>
    (input.file === null || staged.files[sheet.file]?.name === input.file) &&
    (input.sheet === null || sheet.name === input.sheet);
  const found = matches.map((m, key) => ({ m, key })).filter(({ m }) => isMeant(m) && test(m));
  const { offset, limit } = input.page;
  return {
    rows: found.slice(offset, offset + limit).map(({ m, key }) => toRow(m, key, m.reason === LEFT_OUT)),
    total: found.length,
  };
}

/**
 * Takes one file of a review in, in an action of its own; the others wait on.
 * @throws NOT_FOUND; REFUSED while another is being written, and for a file that is not (any more) under review
 */
export async function takeFile(
  ctx: Context,
  previewId: string,
  file: string,
  control: ImportControl,
): Promise<LedgersTaken> {
  const session = idle(ctx, previewId);
  const part = session.parts.find(({ source }) => source.name === file);
  if (!part) throw refused(`“${file}”已经导入，或不在这次核对里`);
  session.busy = true;
  try {
    const done = await takeLedgers(ctx, part.staged, session.options, control, matchingOf(session));
    session.runs.add(done.runId);
    session.parts = session.parts.filter((one) => one !== part);
    session.plan = withoutFile(session.plan, session.parts);
    return done;
  } finally {
    session.busy = false;
  }
}

/** What becomes of the other files was said with this one in mind: it stays so. */
function withoutFile({ staged, matches }: LedgerPlan, parts: readonly Part[]): LedgerPlan {
  const rest = joinedLedgers(parts.map((part) => part.staged));
  const sheets = new Map(
    rest.files.flatMap((file) => file.sheets.map((sheet) => [`${file.name}\n${sheet.name}`, sheet])),
  );
  const kept = matches.flatMap((m) => {
    const sheet = sheets.get(`${staged.files[m.sheet.file]?.name ?? ''}\n${m.sheet.name}`);
    return sheet ? [{ ...m, sheet }] : [];
  });
  return { staged: rest, matches: kept };
}
