// Names that a register brought beside the one on file: kept with the row that brought them.
import type { WaitingValue } from '../../contract/registers.ts';
import { enterprise, formerName } from '../../domain/enterprises/entities.ts';
import { importRow } from '../../domain/registers/entities.ts';
import { nameKey } from '../../domain/values/name-key.ts';
import { holds, isTakenBack, type Writer } from '../../db/index.ts';
import type { Context } from '../context.ts';
import { changeEnterprise } from '../enterprises/index.ts';

/** What a row keeps of itself, as far as it is asked here. */
interface Note {
  readonly waiting?: Readonly<Record<string, string>>;
  /** Somebody let the name on file stay. */
  readonly kept?: true;
}

/** A name that waits. */
export interface NameWaiting {
  readonly kind: 'name';
  readonly value: WaitingValue;
}

interface WaitingRow {
  id: string;
  enterpriseId: string;
  enterpriseName: string;
  fileName: string;
  sheet: string;
  rowNumber: number;
  note: string;
}

/** All rows with a name that waits, newest first; several rows may bring one name. */
export async function namesThatWait(ctx: Context, enterpriseId: string | null): Promise<NameWaiting[]> {
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
    .map(({ row, note }) => toWaiting(row, Object.values(note.waiting ?? {})[0] ?? ''))
    .filter(({ value }) => {
      const key = nameKey(value.theirs);
      return key !== '' && key !== nameKey(value.enterpriseName) && !had.has(`${value.enterpriseId} ${key}`);
    });
}

const toWaiting = (row: Omit<WaitingRow, 'note'>, theirs: string): NameWaiting => ({
  kind: 'name',
  value: { ...row, recordId: row.enterpriseId, field: 'name', label: '单位名称', ours: row.enterpriseName, theirs },
});

/** Lets the name on file stay: the row that brought the other remembers it. */
export async function keepName(tx: Writer, { value }: NameWaiting): Promise<void> {
  const kept = await tx.read.get(importRow, value.id);
  const note = JSON.parse(kept?.note ?? '{}') as Note;
  await tx.update(importRow, value.id, { note: JSON.stringify({ ...note, kept: true } satisfies Note) });
}

/** The enterprise takes the name; the one on file becomes a former one, and so neither waits any more. */
export async function takeName(tx: Writer, { value }: NameWaiting, day: string): Promise<void> {
  const before = await tx.read.get(enterprise, value.enterpriseId);
  if (before) await changeEnterprise(tx, before, { name: value.theirs }, day, 'import');
}
