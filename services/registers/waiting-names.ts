// Names that a register brought beside the one on file: kept with the row that brought them.
import type { WaitingValue } from '../../contract/registers.ts';
import { enterprise } from '../../domain/enterprises/entities.ts';
import { importRow } from '../../domain/registers/entities.ts';
import type { Writer } from '../../db/index.ts';
import { nameWaits } from '../conditions/index.ts';
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
  const rows = await ctx.store.slow.sql<WaitingRow>(
    `SELECT r.id, e.id AS "enterpriseId", e.name AS "enterpriseName", n.file_name AS "fileName", r.sheet,
       r.row_number AS "rowNumber", r.note
     FROM import_row r JOIN import_run n ON n.id = r.run_id JOIN enterprise e ON e.id = r.enterprise_id
     WHERE r.deleted_at IS NULL${enterpriseId === null ? '' : ' AND e.id = ?'} AND ${nameWaits('r')} ORDER BY r.id DESC`,
    enterpriseId === null ? [] : [enterpriseId],
  );
  return rows.map(({ note, ...row }) =>
    toWaiting(row, Object.values((JSON.parse(note) as Note).waiting ?? {})[0] ?? ''),
  );
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
