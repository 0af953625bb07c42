// Values of ledgers that differ from those on file: a question each, until the record says what the ledger said.
import type { WaitingValue } from '../../contract/registers.ts';
import { entityNamed } from '../../domain/entities.ts';
import { enterprise } from '../../domain/enterprises/entities.ts';
import { displayValue } from '../../domain/registers/display.ts';
import { importQuestion } from '../../domain/registers/entities.ts';
import { fieldOf } from '../../domain/registers/kinds.ts';
import type { Reader, Writer } from '../../db/index.ts';
import { valueWaits } from '../conditions/index.ts';
import type { Context } from '../context.ts';
import { changeEnterprise } from '../enterprises/index.ts';

/** A value that waits, and what is written where it is taken. */
export interface QuestionWaiting {
  readonly kind: 'question';
  readonly value: WaitingValue;
  readonly entity: string;
  readonly patch: Readonly<Record<string, unknown>>;
}

interface QuestionRow {
  id: string;
  enterpriseId: string;
  enterpriseName: string;
  entity: string;
  recordId: string;
  field: string;
  theirs: string;
  patch: string | null;
  fileName: string;
  sheet: string;
  rowNumber: number;
}

/** The value on file now; undefined where the record is gone. */
async function valueNow(read: Reader, { entity, recordId, field }: QuestionRow): Promise<unknown> {
  const row = (await read.get(entityNamed(entity), recordId)) as Record<string, unknown> | null;
  return row === null || row.deletedAt ? undefined : row[field];
}

function toWaiting(row: QuestionRow, now: unknown): QuestionWaiting {
  const { entity, patch, ...rest } = row;
  const kind = entityNamed(entity);
  const meta = fieldOf(kind, row.field);
  const label =
    kind === (enterprise as unknown) ? (meta?.label ?? row.field) : `${kind.label}的${meta?.label ?? row.field}`;
  return {
    kind: 'question',
    entity,
    patch: JSON.parse(patch ?? '{}') as Record<string, unknown>,
    value: { ...rest, label, ours: displayValue(meta, now, new Map()) },
  };
}

/** Questions that nobody has answered: the record is there, and does not say yet what the ledger said. */
export async function questionsThatWait(ctx: Context, enterpriseId: string | null): Promise<QuestionWaiting[]> {
  const { read, slow } = ctx.store;
  const rows = await slow.sql<QuestionRow>(
    `SELECT q.id, e.id AS "enterpriseId", e.name AS "enterpriseName", q.entity, q.record_id AS "recordId", q.field, q.theirs,
       q.patch, q.file_name AS "fileName", q.sheet, q.row_number AS "rowNumber"
     FROM import_question q JOIN enterprise e ON e.id = q.enterprise_id
     WHERE q.deleted_at IS NULL${enterpriseId === null ? '' : ' AND e.id = ?'} AND ${valueWaits('q')} ORDER BY q.id DESC`,
    enterpriseId === null ? [] : [enterpriseId],
  );
  const waiting: QuestionWaiting[] = [];
  for (const row of rows) {
    const now = await valueNow(read, row);
    if (now !== undefined) waiting.push(toWaiting(row, now));
  }
  return waiting;
}

/** Lets the value on file stay. */
export async function keepQuestion(tx: Writer, { value }: QuestionWaiting): Promise<void> {
  await tx.update(importQuestion, value.id, { isKept: true });
}

/** The record takes the value; what it says then answers the question, and taking that back asks it again. */
export async function takeQuestion(tx: Writer, { value, entity, patch }: QuestionWaiting, day: string): Promise<void> {
  const kind = entityNamed(entity);
  if (kind !== (enterprise as unknown)) {
    await tx.update(kind, value.recordId, patch as never);
    return;
  }
  const before = await tx.read.get(enterprise, value.recordId);
  if (before) await changeEnterprise(tx, before, patch, day, 'import');
}
