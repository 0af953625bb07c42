// The checklists that visits of the demonstration town carry: all that apply to the kind of object, as in any visit.
import { checklistAnswer, visitChecklist } from '../../domain/visits/entities.ts';
import type { Writer } from '../../db/index.ts';

/** A checklist that visits to a kind of object begin with, and the first of its items that apply. */
export interface AppliedList {
  checklistId: string;
  itemIds: string[];
}

/** Items of a further checklist that a visit of the demonstration answers. */
const LOOKED_AT = 3;

/** Every checklist that a visit to an object of a kind begins with, in their order. */
export async function listsByKind(tx: Writer): Promise<Map<string, AppliedList[]>> {
  const rows = await tx.read.sql<{ kind: string; checklistId: string; itemId: string | null }>(
    `SELECT d.object_kind AS kind, d.checklist_id AS "checklistId", i.id AS "itemId"
     FROM checklist_for_kind d LEFT JOIN checklist_item i ON i.checklist_id = d.checklist_id
       AND EXISTS (SELECT 1 FROM checklist_item_kind k WHERE k.item_id = i.id AND k.object_kind = d.object_kind)
     WHERE d.deleted_at IS NULL ORDER BY d.object_kind, d.seq, i.code`,
  );
  const byKind = new Map<string, AppliedList[]>();
  for (const { kind, checklistId, itemId } of rows) {
    const lists = byKind.get(kind) ?? [];
    byKind.set(kind, lists);
    const list = lists.find((one) => one.checklistId === checklistId) ?? { checklistId, itemIds: [] };
    if (!lists.includes(list)) lists.push(list);
    if (itemId && list.itemIds.length < LOOKED_AT) list.itemIds.push(itemId);
  }
  return byKind;
}

/** Gives a visit the checklists that apply; of those that no finding comes from, a few items were in order. */
export async function carryLists(
  tx: Writer,
  visitId: string,
  lists: readonly AppliedList[],
  own: string | undefined,
): Promise<void> {
  await tx.setMembers(
    visitChecklist,
    visitId,
    lists.map((list) => list.checklistId),
  );
  for (const { checklistId, itemIds } of lists) {
    if (checklistId === own) continue;
    for (const itemId of itemIds)
      await tx.insert(checklistAnswer, { visitId, itemId, itemVersion: '1.0', result: 'conforming' });
  }
}
