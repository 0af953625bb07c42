// Imports that were done: the list, and the original rows with what became of them.
import { labelOf } from '../../domain/dictionary/vocabulary.ts';
import { isTakenBack } from '../../db/index.ts';
import { importRow, importRun, ROW_RESULTS } from '../../domain/registers/entities.ts';
import type { Context } from '../context.ts';
import type { Sheet, SheetColumn } from '../documents/index.ts';
import { localDay } from '../../domain/values/clock.ts';
import { notFound } from '../errors.ts';
import type { WaitingNote } from './ledgers/answered.ts';
import { reportOf, type Session } from './previews.ts';
import { rowsThatWait } from './waiting-rows.ts';
import type { KindGuess } from '../../domain/registers/row-content.ts';
import { guessText, kindsText, type KindCounts } from '../../domain/registers/kind-text.ts';
import type { RunReport } from './report.ts';

/** An import in the list of imports. */
export interface RunRow {
  id: string;
  fileName: string;
  appliedAt: string;
  actorName: string;
  state: string;
  created: number;
  updated: number;
  unchanged: number;
  rejected: number;
  duplicates: number;
  actionId: string;
}

/** Imports, newest first; `state` follows the history: an undone import is `undone`. */
export async function listRuns(ctx: Context): Promise<RunRow[]> {
  return await ctx.store.read.sql<RunRow>(
    `SELECT n.id, n.file_name AS "fileName", n.applied_at AS "appliedAt", n.actor_name AS "actorName", CASE WHEN ${isTakenBack('n.action_id')} THEN 'undone' ELSE 'applied' END AS state,
       n.created, n.updated, n.unchanged, n.rejected, n.duplicates, n.action_id AS "actionId"
     FROM import_run n WHERE n.deleted_at IS NULL ORDER BY n.applied_at DESC, n.id DESC LIMIT 200`,
  );
}

interface ResultRow {
  sheet: string;
  rowNumber: number;
  cells: readonly string[];
  result: string;
  reason: string;
}

const RESULT_COLUMNS: readonly SheetColumn[] = [
  { heading: '原行号', width: 8, kind: 'number' },
  { heading: '导入结果', width: 12, kind: 'text' },
  { heading: '原因', width: 50, kind: 'text' },
];

/** What stands over the table of a sheet: what it is, and as of when. */
interface SheetHead {
  readonly title: string;
  readonly note: string;
}

/** How many rows came out how: 新增 3，退回 1. */
function resultsText(rows: readonly ResultRow[]): string {
  const counts = new Map<string, number>();
  for (const { result } of rows) counts.set(result, (counts.get(result) ?? 0) + 1);
  return [...counts].map(([result, count]) => `${result} ${count}`).join('，');
}

/** One sheet per original sheet: its cells as text, then 原行号, 导入结果, 原因; headed, counted and printed as other lists. */
function toSheets(
  head: SheetHead,
  headings: readonly { sheet: string; columns: readonly string[] }[],
  rows: readonly ResultRow[],
): Sheet[] {
  const sheets: Sheet[] = [];
  for (const { sheet, columns } of headings) {
    const own = rows.filter((r) => r.sheet === sheet);
    if (own.length === 0) continue;
    sheets.push({
      name: sheet,
      title: `${head.title}　${sheet}`,
      note: `${head.note}　共 ${own.length} 行`,
      columns: [
        ...columns.map((heading): SheetColumn => ({
          heading,
          width: Math.min(40, Math.max(10, heading.length * 2 + 2)),
          kind: 'text',
        })),
        ...RESULT_COLUMNS,
      ],
      rows: own.map((r) => [...columns.map((_, i) => r.cells[i] ?? ''), r.rowNumber, r.result, r.reason]),
      totals: [...columns.map((_, i) => (i === 0 ? '合计' : null)), own.length, null, resultsText(own)],
    });
  }
  return sheets;
}

const resultLabel = (result: string, duplicate: boolean): string =>
  `${labelOf(ROW_RESULTS, result)}${duplicate ? '（疑似重复）' : ''}`;
/** A row that waited for a site: still does, was taken in later, or was left out. */
const waitingLabel = ({ answered, left }: Partial<WaitingNote>, waits: boolean): string =>
  waits || (answered === undefined && left !== true)
    ? labelOf(ROW_RESULTS, 'waiting')
    : answered === undefined
      ? '不导入'
      : '待定，后已归入厂区';
const reasonText = (
  reason: string,
  guess: KindGuess | null | undefined,
  warnings: readonly { sentence: string }[],
): string =>
  [reason, guess ? guessText(guess) : '', ...warnings.map((w) => w.sentence)].filter((s) => s !== '').join('；');

/** Headings of sheets of one name, once: two files may have a sheet of the same name. */
function headingsOf(
  sheets: readonly { name: string; columns: readonly { index: number; heading: string; letter: string }[] }[],
): { sheet: string; columns: string[] }[] {
  const byName = new Map<string, string[]>();
  for (const s of sheets) {
    const columns = byName.get(s.name) ?? [];
    for (const c of s.columns) columns[c.index] ??= c.heading || c.letter;
    byName.set(s.name, columns);
  }
  return [...byName].map(([sheet, columns]) => ({ sheet, columns: Array.from(columns, (c) => c ?? '') }));
}

/** A last sheet that says how object kinds were guessed; none where there is nothing to say. */
function noteSheet({ title, note }: SheetHead, counts: KindCounts | undefined): Sheet[] {
  if (!counts || counts.guessed === 0) return [];
  return [
    {
      name: '对象类型推断',
      title: `${title}　对象类型推断`,
      note,
      columns: [
        { heading: '依据', width: 10, kind: 'text' },
        { heading: '行业或名称', width: 40, kind: 'text' },
        { heading: '对象类型', width: 18, kind: 'text' },
        { heading: '家数', width: 8, kind: 'number' },
      ],
      rows: counts.by.map((one) => [one.from === 'industry' ? '行业' : '名称', one.word, one.label, one.rows]),
      totals: ['合计', kindsText(counts) ?? '', '', counts.guessed],
    },
  ];
}

/** The rows of a finished import with what became of them, as sheets for Excel. @throws NOT_FOUND */
export async function exportResult(ctx: Context, runId: string): Promise<Sheet[]> {
  const run = await ctx.store.read.get(importRun, runId);
  if (!run) throw notFound('导入记录');
  const report = JSON.parse(run.reportJson ?? '{"files":[]}') as RunReport;
  const rows = await ctx.store.read.find(importRow, { runId }, { order: { id: 'ASC' } as never });
  const open = new Set((await rowsThatWait(ctx)).map(({ id }) => id));
  const head = { title: '名册导入结果', note: `${run.fileName}　导入于 ${localDay(run.appliedAt)}` };
  const sheets = toSheets(
    head,
    headingsOf(report.files.flatMap((f) => f.sheets)),
    rows.map((r) => {
      const note = JSON.parse(r.note ?? '{}') as Partial<WaitingNote> & {
        cells?: string[];
        reason?: string;
        warnings?: { sentence: string }[];
        duplicate?: boolean;
        guess?: KindGuess;
      };
      return {
        sheet: r.sheet,
        rowNumber: r.rowNumber,
        cells: note.cells ?? [],
        result:
          r.result === 'waiting' ? waitingLabel(note, open.has(r.id)) : resultLabel(r.result, note.duplicate === true),
        reason: reasonText(note.reason ?? '', note.guess, note.warnings ?? []),
      };
    }),
  );
  return [...sheets, ...noteSheet(head, report.objectKinds as KindCounts | undefined)];
}

/** The rows of a staged import with what would become of them. */
export function previewSheets(session: Session, today: string): Sheet[] {
  const names = session.staged.files.map(({ name }) => name).join('、');
  const head = { title: '名册导入预览', note: `${names}　截至 ${today}，尚未导入` };
  const sheets = toSheets(
    head,
    headingsOf(session.staged.files.flatMap((f) => f.sheets)),
    session.matched.rows.map((r) => ({
      sheet: r.sheet.name,
      rowNumber: r.row.rowNumber,
      cells: r.row.cells,
      result: resultLabel(r.result, r.duplicate),
      reason: reasonText(r.reason, r.guess, r.warnings),
    })),
  );
  return [...sheets, ...noteSheet(head, reportOf(session).objectKinds)];
}
