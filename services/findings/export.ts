// 问题清单 in the columns of domain reference 5.6.
import type { FindingRow } from '../../domain/reports/index.ts';
import { FINDING_CATEGORIES, HANDLING_CLASSES, verificationText } from '../../domain/findings/vocabulary.ts';
import { FINDING_STATE_VOCABULARY } from '../../domain/findings/entities.ts';
import { labelOf } from '../../domain/dictionary/vocabulary.ts';
import type { Sheet } from '../documents/index.ts';
import type { Context } from '../context.ts';
import { placeId, placeName } from '../conditions/index.ts';
import { findingClause, type FindingConditions } from './read.ts';
import { findingSheet } from './sheet.ts';

/** All findings of a filter, by village, enterprise and number. */
export async function exportFindingList(ctx: Context, filter: FindingConditions): Promise<Sheet> {
  const clause = findingClause(filter, ctx.today());
  const rows = await ctx.store.read.sql<Omit<FindingRow, 'overdueDays' | 'remark'>>(
    `SELECT f.id, f.no, ${placeName()} AS village, e.name AS enterprise, e.credit_code AS creditCode, f.found_date AS foundDate,
       (SELECT r.name FROM round r WHERE r.id = f.round_id) AS round, f.category, f.description, f.handling_class AS handlingClass, coalesce(f.responsible_person, f.responsible_unit) AS responsible, f.measure,
       coalesce(f.deadline, f.proposed_deadline) AS deadline, f.status, f.closed_date AS closedDate,
       (SELECT v.result || '|' || v.date || '|' || v.method FROM verification v WHERE v.finding_id = f.id AND v.deleted_at IS NULL ORDER BY v.date DESC, v.id DESC LIMIT 1) AS verification
     FROM finding f JOIN enterprise e ON e.id = f.enterprise_id WHERE ${clause.sql} ORDER BY ${placeId()}, e.pinyin, f.no`, clause.parameters);
  return findingSheet(rows.map((r) => ({
    ...r, category: labelOf(FINDING_CATEGORIES, r.category), handlingClass: labelOf(HANDLING_CLASSES, r.handlingClass), status: labelOf(FINDING_STATE_VOCABULARY, r.status),
    verification: verificationText(r.verification), remark: null, overdueDays: 0,
  })));
}
