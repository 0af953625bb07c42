// Operations between the log's tables and the shape in which packages carry them.
import type Database from 'better-sqlite3';
import { canonicalJson } from '../../domain/handoff/canonical.ts';
import type { Coverage } from '../../domain/handoff/coverage.ts';
import type { Operation, OperationBody, OperationKind } from '../../domain/handoff/operation.ts';
import { statementOf } from './statements.ts';

/** A record of `OPERATION_COLUMNS`. */
export interface OperationRecord {
  stream: string;
  device: string;
  n: number;
  hlc: string;
  at: string;
  entity: string;
  row: string;
  kind: string;
  body: string;
  actor: string | null;
  batch: string | null;
  source: string | null;
  schema: number;
}

/** SELECT list and joins that read the log of the database `schema` as operations (`o` is sync_op). */
export const selectOperations = (schema: string): string =>
  `SELECT s.id AS stream, d.tag AS device, o.n, o.hlc, o.at, o.tbl AS entity, o.row_id AS row, o.kind, o.body, o.actor, o.batch, o.src AS source, o.schema
   FROM ${schema}.sync_op o JOIN ${schema}.sync_stream s ON s.no = o.stream_no JOIN ${schema}.sync_device d ON d.no = o.device_no`;

/** The operation of a record. */
export function operationOf(record: OperationRecord): Operation {
  return { ...record, kind: record.kind as OperationKind, body: JSON.parse(record.body) as OperationBody };
}

/** One operation as a line of a package: canonical JSON, the same bytes wherever it is held. */
export function operationLine(op: Operation): string {
  return canonicalJson(op);
}

/** Coverage of every device in a stream. */
export function coverageIn(db: Database.Database, schema: string, stream: string): Map<string, Coverage> {
  const rows = statementOf(
    db,
    `SELECT d.tag, h.upto, h.extra FROM ${schema}.sync_have h JOIN ${schema}.sync_stream s ON s.no = h.stream_no
     JOIN ${schema}.sync_device d ON d.no = h.device_no WHERE s.id = ?`,
  ).all(stream) as { tag: string; upto: number; extra: string | null }[];
  return new Map(
    rows.map((r) => [r.tag, { upto: r.upto, extra: r.extra ? (JSON.parse(r.extra) as [number, number][]) : [] }]),
  );
}
