// Parts of the enterprise's file that a visit looked at (domain reference 8.2, 11).
import { sectionCheck } from '../../domain/enterprises/entities.ts';
import type { RowOf } from '../../domain/dictionary/entity.ts';
import type { visit } from '../../domain/visits/entities.ts';
import type { Writer } from '../../db/index.ts';
import type { Context } from '../context.ts';
import { requirementOf, sectionsAsked } from '../knowledge/index.ts';

/** Notes that a visit verified the basic information, and the parts that its answered items ask about. */
export async function verifyByVisit(ctx: Context, tx: Writer, v: RowOf<typeof visit>): Promise<void> {
  const answered = await tx.read.sql<{ requires: string | null }>(
    `SELECT i.requires FROM checklist_answer a JOIN checklist_item i ON i.id = a.item_id
     WHERE a.visit_id = ? AND a.deleted_at IS NULL AND a.result NOT IN ('unchecked', 'not_applicable')`,
    [v.id],
  );
  const asked = await sectionsAsked(
    ctx.resources,
    answered.map((row) => requirementOf(row.requires)),
  );
  for (const section of new Set(['basic', ...asked]))
    await tx.insert(sectionCheck, {
      enterpriseId: v.enterpriseId,
      section: section as 'basic',
      date: v.date,
      visitId: v.id,
      source: `现场检查 ${v.no}`,
      checkedAt: tx.now,
    });
}

/** Takes back what the end of a visit verified: it is opened again. */
export async function takeBackVerified(tx: Writer, visitId: string): Promise<void> {
  for (const check of await tx.read.find(sectionCheck, { visitId })) await tx.remove(sectionCheck, check.id);
}
