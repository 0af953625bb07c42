// Rows of enterprises behind a number.
import type { EnterpriseListRow } from '../../contract/enterprises.ts';
import type { SqlReader, SqlValue } from '../../db/index.ts';
import type { Context } from '../context.ts';
import {
  CONTACT_PHONE,
  currentLabel,
  currentPermit,
  mainContact,
  openFindingsOf,
  overdue,
  placeName,
  staffName,
} from '../conditions/index.ts';

const lastVisit = (column: string) =>
  `(SELECT v.${column} FROM visit v WHERE v.enterprise_id = e.id AND v.deleted_at IS NULL AND v.outcome IS NOT NULL ORDER BY v.date DESC, v.id DESC LIMIT 1)`;

/** Columns of a list row over alias `e`; `place`: SQL of the name of its place. */
export function listColumns(today: string, place = placeName()): string {
  return `e.id, e.name, e.short_name AS "shortName", e.sign_name AS "signName", e.credit_code AS "creditCode", e.credit_code_quarantine AS "creditCodeQuarantine",
    e.credit_code_missing_reason AS "creditCodeMissingReason", e.object_kind AS "objectKind", e.industry_code AS "industryCode", e.industry_name AS "industryName",
    e.operating_status AS "operatingStatus", ${currentLabel('overall_risk', today)} AS "overallRisk", ${currentPermit('management_class')} AS "permitClass", ${currentPermit('valid_to')} AS "permitValidTo",
    e.completeness, ${openFindingsOf()} AS "openFindings",
    (SELECT count(*) FROM finding f WHERE f.enterprise_id = e.id AND f.deleted_at IS NULL AND ${overdue('f', today)}) AS "overdueFindings",
    ${lastVisit('date')} AS "lastVisitDate", ${lastVisit('outcome')} AS "lastVisitOutcome",
    (SELECT a.name FROM area a WHERE a.id = e.town_id) AS "townName", ${place} AS "villageName",
    (SELECT a.name FROM area a WHERE a.id = e.park_id) AS "parkName", e.address, ${staffName('e.responsible_staff_id')} AS "responsibleName",
    ${mainContact('c.name')} AS "contactName", ${mainContact(CONTACT_PHONE)} AS "contactPhone", e.suspected_duplicate AS "suspectedDuplicate", e.site_no AS "siteNo",
    e.internal_code AS "internalCode", e.deleted_at AS "deletedAt"`;
}

/** Rows of the given ids or clause, decoded; `place`: SQL of the name of the place that they are told with. */
export async function listRows(
  ctx: Context,
  where: string,
  parameters: readonly SqlValue[],
  tail: string,
  read: SqlReader,
  place: string,
): Promise<EnterpriseListRow[]> {
  // The page is chosen by id first, so that the costly columns are computed for its rows only.
  const rows = await read.sql<EnterpriseListRow & { suspectedDuplicate: number | boolean }>(
    `SELECT ${listColumns(ctx.today(), place)} FROM enterprise e WHERE ${where} ${tail}`,
    parameters,
  );
  return rows.map((r) => ({ ...r, suspectedDuplicate: Number(r.suspectedDuplicate) === 1 }));
}
