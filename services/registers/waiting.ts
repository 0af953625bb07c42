// Names that an import brought beside the one on file, and that wait for a person: who waits, and what is decided.
import type { Settled, WaitingName } from '../../contract/registers.ts';
import { enterprise, formerName } from '../../domain/enterprises/entities.ts';
import { importRow } from '../../domain/registers/entities.ts';
import { nameKey } from '../../domain/values/name-key.ts';
import { holds, isTakenBack, type Writer } from '../../db/index.ts';
import { act, type Context } from '../context.ts';
import { changeEnterprise } from '../enterprises/index.ts';
import { refused } from '../errors.ts';

/** What a row keeps of itself, as far as it is asked here. */
interface Note {
  readonly waiting?: Readonly<Record<string, string>>;
  /** Somebody let the name on file stay. */
  readonly kept?: true;
}

interface WaitingRow extends Omit<WaitingName, 'waiting'> {
  note: string;
}

/** All rows with a name that waits, newest first; several rows may bring one name. */
async function rowsThatWait(ctx: Context, enterpriseId: string | null): Promise<WaitingName[]> {
  const { read } = ctx.store;
  const rows = await read.sql<WaitingRow>(
    `SELECT r.id, e.id AS "enterpriseId", e.name AS "enterpriseName", n.file_name AS "fileName", r.sheet,
       r.row_number AS "rowNumber", r.note
     FROM import_row r JOIN import_run n ON n.id = r.run_id JOIN enterprise e ON e.id = r.enterprise_id
     WHERE r.deleted_at IS NULL AND e.deleted_at IS NULL AND ${holds('r.note')}${enterpriseId === null ? '' : ' AND e.id = ?'}
       AND NOT ${isTakenBack('n.action_id')}
     ORDER BY r.id DESC`,
    ['"waiting":{', ...(enterpriseId === null ? [] : [enterpriseId])],
  );
  const former = await read.find(formerName, {});
  const had = new Set(former.map((f) => `${f.enterpriseId} ${nameKey(f.name)}`));
  return rows
    .map(({ note, ...row }) => ({ row, note: JSON.parse(note) as Note }))
    .filter(({ note }) => note.kept !== true)
    .map(({ row, note }) => ({ ...row, waiting: Object.values(note.waiting ?? {})[0] ?? '' }))
    .filter((row) => {
      const key = nameKey(row.waiting);
      return key !== '' && key !== nameKey(row.enterpriseName) && !had.has(`${row.enterpriseId} ${key}`);
    });
}

const sameName = (row: WaitingName): string => `${row.enterpriseId} ${nameKey(row.waiting)}`;

/** Names that wait for a decision, of all enterprises or of one; each name of an enterprise once, the newest first. */
export async function waitingNames(ctx: Context, enterpriseId: string | null = null): Promise<WaitingName[]> {
  const seen = new Set<string>();
  return (await rowsThatWait(ctx, enterpriseId)).filter((row) => !seen.has(sameName(row)) && seen.add(sameName(row)));
}

/** Lets the name on file stay: the row that brought the other remembers it. */
async function keepOld(tx: Writer, row: WaitingName): Promise<void> {
  const kept = await tx.read.get(importRow, row.id);
  const note = JSON.parse(kept?.note ?? '{}') as Note;
  await tx.update(importRow, row.id, { note: JSON.stringify({ ...note, kept: true } satisfies Note) });
}

/** The enterprise takes the name; the one on file becomes a former one, and so neither waits any more. */
async function takeNew(tx: Writer, row: WaitingName, day: string): Promise<void> {
  const before = await tx.read.get(enterprise, row.enterpriseId);
  if (before) await changeEnterprise(tx, before, { name: row.waiting }, day, 'import');
}

/**
 * Decides names that wait, those of `ids` or all: with `new` the enterprise takes it and keeps the name on file as a former
 * one, with `old` the one on file stays. Of several names of one enterprise the newest is taken.
 * @throws REFUSED where none of them waits (any more)
 */
export async function settleNames(ctx: Context, ids: readonly string[] | null, use: 'new' | 'old'): Promise<Settled> {
  const all = await rowsThatWait(ctx, null);
  const asked = new Set(all.filter((row) => ids === null || ids.includes(row.id)).map(sameName));
  const rows = all.filter((row) => asked.has(sameName(row)));
  if (rows.length === 0) throw refused('没有待定的名称，可能已经决定过');
  if (use === 'old') {
    // Only this computer's record of the import changes: there is nothing to take back.
    await ctx.store.withoutCapture(async (tx) => {
      for (const row of rows) await keepOld(tx, row);
    });
    return { actionId: null, settled: asked.size };
  }
  const newest = rows.filter((row, n) => rows.findIndex((one) => one.enterpriseId === row.enterpriseId) === n);
  const { actionId } = await act(ctx, '采用待定的名称', 'form', async (tx) => {
    for (const row of newest) {
      await takeNew(tx, row, ctx.today());
      await tx.breathe();
    }
  });
  return { actionId, settled: newest.length };
}
