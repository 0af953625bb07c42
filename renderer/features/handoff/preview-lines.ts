// The rows that a package would change, as lines of one height: a row, and under it its fields.
import type { HandoffPreview, PreviewLine } from '../../../contract/handoff.ts';

/** Does a package bring nothing that is not here? A receipt never brings content of its own; what it proves is why it is taken in. */
export const bringsNothing = (preview: HandoffPreview): boolean =>
  preview.facts.kind !== 'receipt' &&
  preview.operations === 0 &&
  preview.attachments.carried === preview.attachments.present;

/** Pairs whose two rows are in no other pair: one that looks like several (sites that share a code) wants a look. */
export function oneToOne<P extends { id: string; otherId: string }>(pairs: readonly P[]): P[] {
  const times = new Map<string, number>();
  for (const id of pairs.flatMap((pair) => [pair.id, pair.otherId])) times.set(id, (times.get(id) ?? 0) + 1);
  return pairs.filter((pair) => times.get(pair.id) === 1 && times.get(pair.otherId) === 1);
}

/** A line of the list. `field` is null in the line of the row itself. */
export interface RowLine {
  key: string;
  row: PreviewLine;
  field: PreviewLine['fields'][number] | null;
}

/** Lines of rows; a created row says its fields only when it was opened. */
export function rowLines(rows: readonly PreviewLine[], opened: ReadonlySet<string>): RowLine[] {
  return rows.flatMap((row): RowLine[] => {
    const head: RowLine = { key: row.id, row, field: null };
    const shown = row.kind === 'changed' || row.kind === 'restored' ? !opened.has(row.id) : opened.has(row.id);
    return shown ? [head, ...row.fields.map((field, index) => ({ key: `${row.id} ${index}`, row, field }))] : [head];
  });
}
