// Turns the conditions of the enterprise list into SQL.
import type { z } from 'zod';
import type { enterpriseFilter } from '../../contract/enterprises.ts';
import { OUT_OF_SCOPE_STATUSES } from '../../domain/enterprises/vocabulary.ts';
import { addDays } from '../../domain/values/day.ts';
import { mayBeOne, SHADOW, type SqlValue } from '../../db/index.ts';
import { currentPermit, listed, liveEnterprise, openFinding } from '../conditions/index.ts';

export type EnterpriseConditions = z.output<typeof enterpriseFilter>;

/** A WHERE clause over alias `e` and its parameters. */
export interface Clause { sql: string; parameters: SqlValue[] }

/** Current label of a system on a day: the newest assessed by then and not expired (domain reference 2.8). */
export const currentLabel = (system: string, day: string): string => `(SELECT lb.value FROM label lb WHERE lb.enterprise_id = e.id AND lb.system = '${system}'
  AND lb.deleted_at IS NULL AND lb.assessed_date <= '${day}' AND (lb.valid_to IS NULL OR lb.valid_to >= '${day}') ORDER BY lb.assessed_date DESC, lb.id DESC LIMIT 1)`;

/** Live enterprises that share a value of an indexed column with one that they may be: few share any, so few are looked at. */
const twinsBy = (column: string): string => `SELECT x.id FROM enterprise x WHERE x.deleted_at IS NULL
  AND x.${column} IN (SELECT ${column} FROM enterprise WHERE ${column} IS NOT NULL GROUP BY ${column} HAVING count(*) > 1)
  AND EXISTS (SELECT 1 FROM enterprise o WHERE o.${column} = x.${column} AND o.id <> x.id AND o.deleted_at IS NULL AND ${mayBeOne('x', 'o')})`;

/** Ids of enterprises that look like another one that is here. */
const TWINS = `${twinsBy('credit_code')} UNION ${twinsBy('name_key')}`;

const list = (column: string, values: readonly string[] | undefined, clause: Clause): void => {
  if (!values || values.length === 0) return;
  clause.sql += ` AND ${column} IN (SELECT value FROM json_each(?))`;
  clause.parameters.push(JSON.stringify(values));
};

/** The WHERE clause of a filter. `today` decides what is current, stale or expiring. */
export function enterpriseClause(filter: EnterpriseConditions, today: string): Clause {
  const clause: Clause = { sql: filter.deleted ? `e.deleted_at IS NOT NULL AND e.deleted_at <> '${SHADOW}'` : liveEnterprise(), parameters: [] };
  const words = filter.text.trim().toLowerCase().split(/\s+/).filter(Boolean).slice(0, 5);
  for (const word of words) {
    clause.sql += ` AND e.id IN (SELECT s.row_id FROM search_entry s WHERE s.entity = 'enterprise' AND instr(s.words, ?) > 0)`;
    clause.parameters.push(word);
  }
  list('e.id', filter.ids, clause);
  list('e.village_id', filter.villageIds, clause);
  list('e.town_id', filter.townIds, clause);
  list('e.park_id', filter.parkIds, clause);
  list('e.object_kind', filter.objectKinds, clause);
  list('e.operating_status', filter.operatingStatuses, clause);
  list('e.responsible_staff_id', filter.responsibleStaffIds, clause);
  list(currentPermit('management_class'), filter.permitClasses, clause);
  list(currentLabel('overall_risk', today), filter.overallRisks, clause);
  if (filter.tags && filter.tags.length > 0) {
    clause.sql += ' AND e.id IN (SELECT t.enterprise_id FROM enterprise_tag t WHERE t.deleted_at IS NULL AND t.tag IN (SELECT value FROM json_each(?)))';
    clause.parameters.push(JSON.stringify(filter.tags));
  }
  if (filter.inScope !== undefined) clause.sql += ` AND e.operating_status ${filter.inScope ? 'NOT IN' : 'IN'} ${listed(OUT_OF_SCOPE_STATUSES)}`;
  if (filter.withOpenFindings) clause.sql += ` AND EXISTS (SELECT 1 FROM finding f WHERE f.enterprise_id = e.id AND ${openFinding()})`;
  if (filter.notVisitedInRoundId) {
    clause.sql += " AND e.id IN (SELECT t.enterprise_id FROM round_target t WHERE t.round_id = ? AND t.deleted_at IS NULL AND t.status <> 'visited')";
    clause.parameters.push(filter.notVisitedInRoundId);
  }
  if (filter.permitExpiringDays !== undefined) {
    clause.sql += ` AND ${currentPermit('valid_to')} <= ?`;
    clause.parameters.push(addDays(today, filter.permitExpiringDays));
  }
  if (filter.suspectedDuplicate) clause.sql += ` AND (e.suspected_duplicate = 1 OR e.id IN (${TWINS}))`;
  if (filter.unassigned) clause.sql += ' AND e.responsible_staff_id IS NULL';
  if (filter.withoutVillage) clause.sql += ' AND e.village_id IS NULL AND e.park_id IS NULL';
  if (filter.staleDays !== undefined) {
    clause.sql += ` AND coalesce((SELECT max(c.date) FROM section_check c WHERE c.enterprise_id = e.id AND c.deleted_at IS NULL), date(e.created_at, 'localtime')) < ?`;
    clause.parameters.push(addDays(today, -filter.staleDays));
  }
  return clause;
}
