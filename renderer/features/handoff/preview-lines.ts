// The rows that a package would change, as lines of one height: a row, and under it its fields.
import type { HandoffPreview, PreviewLine } from '../../../contract/handoff.ts';

/** Does a package bring nothing that is not here? A receipt never brings content of its own; what it proves is why it is taken in. */
export const bringsNothing = (preview: HandoffPreview): boolean =>
  preview.facts.kind !== 'receipt' && preview.operations === 0 && preview.attachments.carried === preview.attachments.present;

/** A line of the list. `field` is null in the line of the row itself. */
export interface RowLine { key: string; row: PreviewLine; field: PreviewLine['fields'][number] | null }

/** Lines of rows; a created row says its fields only when it was opened. */
export function rowLines(rows: readonly PreviewLine[], opened: ReadonlySet<string>): RowLine[] {
  return rows.flatMap((row): RowLine[] => {
    const head: RowLine = { key: row.id, row, field: null };
    const shown = row.kind === 'changed' || row.kind === 'restored' ? !opened.has(row.id) : opened.has(row.id);
    return shown ? [head, ...row.fields.map((field, index) => ({ key: `${row.id} ${index}`, row, field }))] : [head];
  });
}
