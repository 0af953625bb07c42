// Staged imports in memory: read, matched, decided on, until they are written or given up.
import { lookup } from '../../domain/values/lookup.ts';
import type { ImportPreview, PreviewRow } from '../../contract/registers.ts';
import type { Page } from '../../contract/shared.ts';
import type { Context } from '../context.ts';
import { mendableCells, type Mends } from './mend.ts';
import type { Matched, MatchedRow, Options, RowDecision } from './match.ts';
import { guessText } from '../../domain/registers/kind-text.ts';
import { profileOf } from '../../domain/registers/profiles.ts';
import { profilesOf } from './profiles.ts';
import { countImport, TARGET_CHOICES, type RunReport } from './report.ts';
import { Shelf } from './shelf.ts';
import type { SourceFile, Staged } from './staged.ts';

/** One staged import. */
export interface Session {
  readonly id: string;
  /** Folder of the workspace it was matched against. */
  readonly workspace: string;
  /** Folder of the laws and lists that come with the application. */
  readonly resources: string;
  readonly sources: readonly SourceFile[];
  readonly options: Options;
  staged: Staged;
  /** Rows that a person mended. */
  readonly mends: Mends;
  matched: Matched;
  readonly decisions: Map<number, RowDecision>;
  /** State of the workspace when it was matched: another one means that matching has to be done again. */
  state: string;
  readonly alreadyImported: string | null;
  /** Set while it is being written. */
  busy: boolean;
}

const sessions = new Shelf<Session>();

/** Keeps a staged import and gives it an id. */
export const keepSession = (session: Omit<Session, 'id' | 'busy'>): Session => sessions.keep(session);

/** The staged import of that id. @throws NOT_FOUND when it was written, given up or belongs to another workspace */
export const sessionOf = (ctx: Context, id: string): Session => sessions.of(ctx, id);

/** Gives a staged import up. */
export const dropSession = (id: string): boolean => sessions.drop(id);

/** Counts of a staged import. */
export const reportOf = (session: Session): RunReport =>
  countImport(session.staged, session.matched, session.decisions);

/** Profiles that may be chosen, and the one that the headings look like. */
function profileChoices({ resources, staged }: Session): Pick<ImportPreview, 'profiles' | 'likelyProfile'> {
  const profiles = profilesOf(resources);
  const headings = staged.files.flatMap((file) => file.sheets.flatMap((sheet) => sheet.columns.map((c) => c.heading)));
  return {
    profiles: profiles.map(({ id, name, source, warnings }) => ({ id, name, source, warnings: [...warnings] })),
    likelyProfile: profileOf(profiles, headings)?.id ?? null,
  };
}

/** A staged import as the contract shows it. */
export function toPreview(session: Session): ImportPreview {
  const report = reportOf(session);
  return {
    previewId: session.id,
    files: session.staged.files.map(({ name, format, encoding }) => ({ name, format, encoding })),
    sheets: report.files.flatMap((f) => f.sheets),
    totals: report.totals,
    objectKinds: report.objectKinds,
    ...profileChoices(session),
    targets: TARGET_CHOICES,
    options: session.options,
    alreadyImported: session.alreadyImported,
  };
}

/** Doubts that hold for whole lists and need no look at each row. */
const QUIET = new Set(['TOWN_UNASSIGNED']);

const wanted: Readonly<Record<string, (r: MatchedRow) => boolean>> = lookup({
  all: () => true,
  created: (r) => r.result === 'created',
  updated: (r) => r.result === 'updated',
  unchanged: (r) => r.result === 'unchanged',
  joined: (r) => r.result === 'joined',
  duplicate: (r) => r.duplicate,
  rejected: (r) => r.result === 'rejected',
  attention: (r) =>
    r.result === 'updated' ||
    r.result === 'rejected' ||
    r.row.mended !== undefined ||
    r.duplicate ||
    r.changes.length > 0 ||
    r.warnings.some((w) => !QUIET.has(w.code)),
});

/** A row as the contract shows it. */
export function toRow(session: Session, r: MatchedRow): PreviewRow {
  const own = r.row.content.enterprise;
  const cells: Record<string, string> = {};
  for (const c of r.sheet.columns) {
    const text = r.row.cells[c.index] ?? '';
    if (text !== '') cells[c.heading || c.letter] = text;
  }
  return {
    key: r.key,
    sheet: r.sheet.name,
    rowNumber: r.row.rowNumber,
    result: r.result,
    duplicate: r.duplicate,
    duplicateOf: r.similar,
    name: String(own.name ?? ''),
    creditCode: String(own.creditCode ?? own.creditCodeQuarantine ?? ''),
    reason: r.reason,
    guess: r.guess ? guessText(r.guess) : null,
    warnings: [...r.warnings],
    changes: r.changes.map(({ target, label, before, after, use, note, waits }) => ({
      target,
      label,
      before,
      after,
      use,
      note,
      waits: waits === true,
      fixed: false,
    })),
    decision: session.decisions.get(r.key)?.decision ?? 'default',
    cells,
    mend: mendableCells(r, session.resources),
    isMended: r.row.mended !== undefined,
  };
}

/** A page of the rows of a staged import. */
export function pageOfRows(
  session: Session,
  input: { show: string; sheet: string | null; page: { offset: number; limit: number } },
): Page<PreviewRow> {
  const test = wanted[input.show] ?? wanted.all;
  const rows = session.matched.rows.filter((r) => (input.sheet === null || r.sheet.name === input.sheet) && test?.(r));
  return {
    rows: rows.slice(input.page.offset, input.page.offset + input.page.limit).map((r) => toRow(session, r)),
    total: rows.length,
  };
}
