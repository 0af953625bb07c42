// What a page of the list of enterprises says of a row, in the best SQL that we could write by hand.
import { TODAY } from './workspace.ts';

/** A finding `f` that is open. */
export const OPEN = "f.status NOT IN ('draft', 'voided', 'closed')";
const PERMIT = (column: string): string =>
  `(SELECT p.${column} FROM permit p WHERE p.enterprise_id = e.id AND p.deleted_at IS NULL ORDER BY p.valid_to IS NULL, p.valid_to DESC, p.id DESC LIMIT 1)`;
const VISIT = (column: string): string =>
  `(SELECT v.${column} FROM visit v WHERE v.enterprise_id = e.id AND v.deleted_at IS NULL AND v.outcome IS NOT NULL ORDER BY v.date DESC, v.id DESC LIMIT 1)`;
/** The columns, of an enterprise `e`. */
export const ENTERPRISE_COLUMNS = `e.id, e.name, e.short_name, e.sign_name, e.suspected_duplicate, e.credit_code, e.credit_code_quarantine, e.credit_code_missing_reason, e.object_kind,
  e.industry_code, e.industry_name, e.operating_status, ${PERMIT('valid_to')}, ${PERMIT('management_class')}, e.completeness,
  (SELECT l.value FROM label l WHERE l.enterprise_id = e.id AND l.system = 'overall_risk' AND l.deleted_at IS NULL AND l.assessed_date <= '${TODAY}'
    AND (l.valid_to IS NULL OR l.valid_to >= '${TODAY}') ORDER BY l.assessed_date DESC, l.id DESC LIMIT 1),
  (SELECT count(*) FROM finding f WHERE f.enterprise_id = e.id AND f.deleted_at IS NULL AND ${OPEN}),
  (SELECT count(*) FROM finding f WHERE f.enterprise_id = e.id AND f.deleted_at IS NULL AND f.status IN ('open', 'in_progress') AND +f.deadline < '${TODAY}'),
  ${VISIT('date')}, ${VISIT('outcome')}`;
