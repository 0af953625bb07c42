// Taking a decision on a conflict back: the values from which somebody had chosen stand beside each other again.
import { entityNamed } from '../domain/entities.ts';
import { dotIn, partsOf, type OperationBody, type Scalar } from '../domain/handoff/operation.ts';
import type { Writer } from './writer.ts';

interface SaidRecord {
  stream: string;
  device: string;
  n: number;
  rowId: string;
  tbl: string;
  kind: string;
  body: string;
  hlc: string;
  actor: string | null;
  at: string;
}

const SELECT = `SELECT s.id AS stream, d.tag AS device, o.n, o.row_id AS rowId, o.tbl, o.kind, o.body, o.hlc, o.actor, o.at
  FROM sync_op o JOIN sync_stream s ON s.no = o.stream_no JOIN sync_device d ON d.no = o.device_no`;

/** What an operation says of a field. */
function valueIn(said: SaidRecord, field: string): Scalar {
  const value = (JSON.parse(said.body) as OperationBody)[field] ?? null;
  return (said.kind === 'c' ? value : (value as [Scalar, unknown])[0]) as Scalar;
}

/**
 * Says again, for each decision of an action, the values that it replaced, each in place of the decision alone: they are rivals again, in
 * every office. Returns `row field` of what was reopened. Others who made the values first are named in `_by`.
 */
export async function reopenDecisions(tx: Writer, actionId: string): Promise<Set<string>> {
  const reopened = new Set<string>();
  for (const decision of await tx.read.sql<SaidRecord>(`${SELECT} WHERE o.batch = ? AND o.kind = 'r'`, [actionId])) {
    const home = await tx.read.sqlOne<{ id: string }>(
      'SELECT s.id FROM sync_row r JOIN sync_stream s ON s.no = r.stream_no WHERE r.id = ?',
      [decision.rowId],
    );
    if (!home) continue;
    const basis = [dotIn(home.id, decision.stream, `${decision.device}:${decision.n}`)];
    for (const [field, said] of Object.entries(JSON.parse(decision.body) as Record<string, [Scalar, string[]]>)) {
      if (field.startsWith('_')) continue;
      const heads: SaidRecord[] = [];
      for (const dot of said[1]) {
        const { stream, device, n } = partsOf(decision.stream, dot);
        heads.push(
          ...(await tx.read.sql<SaidRecord>(`${SELECT} WHERE s.id = ? AND d.tag = ? AND o.n = ?`, [stream, device, n])),
        );
      }
      // Newest last: what was shown before the decision is shown again.
      const values = new Map(
        heads
          .sort((a, b) => (`${a.hlc}${a.device}` < `${b.hlc}${b.device}` ? -1 : 1))
          .map((h) => [valueIn(h, field), h]),
      );
      // A deletion has no rival of its own field: it stands against edits of others.
      if (values.size < 2 && field !== 'deletedAt') continue;
      const statements = [...values].map(([value, head]) => {
        const seen = (JSON.parse(head.body) as OperationBody)._seen;
        return {
          value,
          by: { actor: head.actor, at: head.at, device: head.device },
          ...(head.kind === 'd' && { seen: (seen as string[]).map((dot) => dotIn(home.id, head.stream, dot)) }),
        };
      });
      tx.restate(entityNamed(decision.tbl), decision.rowId, field, basis, statements);
      reopened.add(`${decision.rowId} ${field}`);
    }
  }
  return reopened;
}
