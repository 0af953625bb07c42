// What an item of a checklist rests on, on the day of the conduct (domain reference 8.2).
import { inList, listParameter, type Reader } from '../../db/index.ts';

interface BasisRow {
  itemId: string;
  id: string;
  kind: string | null;
  isEarlier: number;
  from: string | null;
  until: string | null;
}

const inForce = (row: BasisRow, day: string): boolean =>
  (row.from === null || row.from <= day) && (row.until === null || day < row.until);

/** Of one item, in its order: what was in force on the day; before a new law what the item says of the time before it. */
function onDay(rows: readonly BasisRow[], day: string): BasisRow[] {
  const now = rows.filter((row) => row.isEarlier === 0);
  const valid = now.filter((row) => inForce(row, day));
  if (valid.length === now.length) return valid;
  const before = rows.filter((row) => row.isEarlier === 1 && inForce(row, day));
  const found = [...before, ...valid];
  // The library knows nothing older: better the present law, with its warning, than none.
  return found.length > 0 ? found : now;
}

/** Articles that items rest on, on a day, by item: duties, without penalties. */
export async function basisOn(read: Reader, itemIds: readonly string[], day: string): Promise<Map<string, string[]>> {
  const byItem = await rowsOf(read, itemIds);
  return new Map([...byItem].map(([itemId, rows]) => [itemId, dutiesOn(rows, day)]));
}

/** The same for any day, read once. */
export async function basisOfItems(
  read: Reader,
  itemIds: readonly string[],
): Promise<(itemId: string, day: string) => string[]> {
  const byItem = await rowsOf(read, itemIds);
  return (itemId, day) => dutiesOn(byItem.get(itemId) ?? [], day);
}

const dutiesOn = (rows: readonly BasisRow[], day: string): string[] =>
  onDay(
    rows.filter((row) => row.kind !== 'penalty'),
    day,
  ).map((row) => row.id);

async function rowsOf(read: Reader, itemIds: readonly string[]): Promise<Map<string, BasisRow[]>> {
  const rows = await read.sql<BasisRow>(
    `SELECT k.item_id AS "itemId", b.id, b.kind, k.is_earlier AS "isEarlier", l.effective_date AS "from", l.repealed_date AS until
     FROM checklist_item_basis k JOIN legal_basis b ON b.id = k.legal_basis_id JOIN law l ON l.id = b.law_id
     WHERE k.deleted_at IS NULL AND ${inList('k.item_id')} ORDER BY k.item_id, k.seq`,
    [listParameter(itemIds)],
  );
  const byItem = new Map<string, BasisRow[]>();
  for (const row of rows) byItem.set(row.itemId, [...(byItem.get(row.itemId) ?? []), row]);
  return byItem;
}
