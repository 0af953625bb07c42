// The enterprise page: four answers, completeness, what is verified, what is open.
import type { EnterpriseHead, EnterprisePage } from '../../contract/enterprises.ts';
import { enterprise, formerName } from '../../domain/enterprises/entities.ts';
import { runChecks, type RowOf } from '../../domain/dictionary/entity.ts';
import { CONTACT_POSTS, MINIMUM_VISITS } from '../../domain/enterprises/vocabulary.ts';
import { EXPIRY_HORIZON_DAYS } from '../../domain/formalities/entities.ts';
import { BLOCK_OF_KIND } from '../../domain/enterprises/blocks.ts';
import { labelOf } from '../../domain/dictionary/vocabulary.ts';
import { daysBetween } from '../../domain/values/day.ts';
import { percent } from '../../domain/statistics/percent.ts';
import { enterpriseDuplicate, isSameArea, type EnterpriseFacts } from '../../domain/handoff/duplicates.ts';
import { likeEnterprises, type Reader } from '../../db/index.ts';
import type { Context } from '../context.ts';
import { CONTACT_PHONE, countedFinding, currentPermit, currentPlan, mainContact, openFinding, overdue } from '../conditions/index.ts';
import { completenessOf } from '../derived/index.ts';
import { notFound } from '../errors.ts';
import { referenceNames } from '../records/index.ts';

async function papers(read: Reader, id: string, today: string): Promise<EnterpriseHead['papers']> {
  const counts = await read.sqlOne<{ eia: number; acceptance: number; permit: number; plan: number; eiaMissing: number; permitMissing: number }>(
    `SELECT (SELECT count(*) FROM eia_project WHERE enterprise_id = ?1 AND deleted_at IS NULL AND document_kind IS NOT 'missing') AS eia,
       (SELECT count(*) FROM acceptance WHERE enterprise_id = ?1 AND deleted_at IS NULL) AS acceptance,
       (SELECT count(*) FROM permit WHERE enterprise_id = ?1 AND deleted_at IS NULL AND management_class IS NOT 'missing') AS permit,
       (SELECT count(*) FROM emergency_plan WHERE enterprise_id = ?1 AND deleted_at IS NULL) AS plan,
       (SELECT count(*) FROM eia_project WHERE enterprise_id = ?1 AND deleted_at IS NULL AND document_kind = 'missing') AS eiaMissing,
       (SELECT count(*) FROM permit WHERE enterprise_id = ?1 AND deleted_at IS NULL AND management_class = 'missing') AS permitMissing`, [id]);
  const days = await read.sql<{ what: string; day: string }>(
    `SELECT * FROM (SELECT '排污许可' AS what, ${currentPermit('valid_to', '?1')} AS day
     UNION ALL SELECT '应急预案复审', ${currentPlan('review_due_date', '?1')}
     UNION ALL SELECT '危废处置合同', contract_end FROM haz_waste_profile WHERE enterprise_id = ?1 AND deleted_at IS NULL) WHERE day IS NOT NULL`, [id]);
  const c = counts ?? { eia: 0, acceptance: 0, permit: 0, plan: 0, eiaMissing: 0, permitMissing: 0 };
  const missing = [...(c.eia === 0 ? ['环评'] : []), ...(c.permit === 0 ? ['排污许可'] : [])];
  const expiring = days.map((d) => ({ ...d, daysLeft: daysBetween(today, d.day) })).filter((d) => d.daysLeft <= EXPIRY_HORIZON_DAYS).sort((a, b) => a.daysLeft - b.daysLeft);
  return { missing, expiring, counts: { eia: c.eia, acceptance: c.acceptance, permit: c.permit, plan: c.plan } };
}

async function findingsHead(read: Reader, id: string, today: string): Promise<EnterpriseHead['findings']> {
  const byStatus = await read.sql<{ status: string; count: number }>(
    `SELECT f.status, count(*) AS count FROM finding f WHERE f.enterprise_id = ? AND ${openFinding()} GROUP BY f.status`, [id]);
  const numbers = await read.sqlOne<{ overdue: number; found: number; closed: number }>(
    `SELECT count(*) FILTER (WHERE ${overdue('f', today)}) AS overdue, count(*) FILTER (WHERE f.found_date >= ?) AS found,
       count(*) FILTER (WHERE f.found_date >= ? AND f.status = 'closed') AS closed
     FROM finding f WHERE f.enterprise_id = ? AND ${countedFinding()}`, [`${today.slice(0, 4)}-01-01`, `${today.slice(0, 4)}-01-01`, id]);
  return {
    open: byStatus.reduce((n, s) => n + s.count, 0), overdue: numbers?.overdue ?? 0, byStatus, foundThisYear: numbers?.found ?? 0, closedThisYear: numbers?.closed ?? 0,
    rateThisYear: percent(numbers?.closed ?? 0, numbers?.found ?? 0),
  };
}

async function headOf(ctx: Context, id: string, row: Record<string, unknown>): Promise<EnterpriseHead> {
  const { read } = ctx.store;
  const today = ctx.today();
  const labels = await read.sql<{ system: string; medium: string | null; value: string }>(
    `SELECT system, medium, value FROM (SELECT system, medium, value, row_number() OVER (PARTITION BY system, medium ORDER BY assessed_date DESC, id DESC) AS n
       FROM label WHERE enterprise_id = ? AND deleted_at IS NULL AND assessed_date <= ? AND (valid_to IS NULL OR valid_to >= ?)) WHERE n = 1`, [id, today, today]);
  const overallRisk = labels.find((l) => l.system === 'overall_risk')?.value ?? null;
  const visits = await read.sqlOne<{ n: number }>(
    `SELECT count(*) AS n FROM visit v WHERE v.enterprise_id = ? AND v.deleted_at IS NULL AND v.outcome = 'completed' AND v.date BETWEEN ? AND ?
       AND EXISTS (SELECT 1 FROM visit_purpose p WHERE p.visit_id = v.id AND p.deleted_at IS NULL AND p.purpose = 'routine')`, [id, `${today.slice(0, 4)}-01-01`, today]);
  const before = await read.sqlOne<{ status: string }>(
    'SELECT status FROM status_history WHERE enterprise_id = ? AND deleted_at IS NULL AND status <> ? ORDER BY date DESC, id DESC LIMIT 1', [id, row.operatingStatus as string]);
  return {
    operatingStatus: row.operatingStatus as string, statusDate: row.operatingStatusDate as string | null, statusBasis: row.operatingStatusBasis as string | null, statusBefore: before?.status ?? null,
    overallRisk, mediaRisks: labels.filter((l) => l.system === 'media_risk').map((l) => ({ medium: l.medium ?? '', value: l.value })),
    visitsThisYear: visits?.n ?? 0, minimumVisits: overallRisk ? MINIMUM_VISITS[overallRisk] ?? null : null,
    papers: await papers(read, id, today), findings: await findingsHead(read, id, today),
  };
}

const COUNTED = ['contact', 'eia_project', 'acceptance', 'permit', 'emergency_plan', 'product', 'visit', 'finding', 'label', 'status_history'] as const;

/** Everything the page shows except its long lists. @throws NOT_FOUND */
export async function getEnterprise(ctx: Context, id: string): Promise<EnterprisePage> {
  const { read } = ctx.store;
  const row = (await read.get(enterprise, id)) as Record<string, unknown> | null;
  if (!row) throw notFound('企业');
  const [names] = await referenceNames(read, enterprise, [row]);
  const counts: Record<string, number> = {};
  for (const table of COUNTED) {
    const n = await read.sqlOne<{ n: number }>(`SELECT count(*) AS n FROM ${table} WHERE enterprise_id = ? AND deleted_at IS NULL`, [id]);
    counts[table.replace(/_([a-z])/g, (_, c: string) => c.toUpperCase())] = n?.n ?? 0;
  }
  counts.attachment = (await read.sqlOne<{ n: number }>('SELECT count(*) AS n FROM attachment WHERE owner_id = ? AND deleted_at IS NULL', [id]))?.n ?? 0;
  counts.trainingAttendance = (await read.sqlOne<{ n: number }>('SELECT count(DISTINCT training_id) AS n FROM training_attendance WHERE enterprise_id = ? AND deleted_at IS NULL', [id]))?.n ?? 0;
  const contact = await read.sqlOne<{ name: string | null; post: string; phone: string | null }>(
    `SELECT ${mainContact('c.name', '?1')} AS name, ${mainContact('c.post', '?1')} AS post, ${mainContact(CONTACT_PHONE, '?1')} AS phone`, [id]);
  const completeness = await completenessOf(read, id);
  const values = Object.fromEntries(Object.entries(row).filter(([k]) => !['id', 'createdAt', 'updatedAt', 'deletedAt', 'pinyin', 'nameKey'].includes(k)));
  return {
    id, values: values as EnterprisePage['values'], names: names ?? {}, deletedAt: row.deletedAt as string | null, problems: runChecks(enterprise, row, 'import'), head: await headOf(ctx, id, row),
    completeness: { percent: completeness?.percent ?? 0, filled: completeness?.filled ?? 0, required: completeness?.required ?? 0, missing: completeness?.missing ?? [] },
    verified: await read.sql(`SELECT section, max(date) AS date, source FROM section_check WHERE enterprise_id = ? AND deleted_at IS NULL GROUP BY section`, [id]),
    primaryContact: contact?.name ? { name: contact.name, post: labelOf(CONTACT_POSTS, contact.post), phone: contact.phone } : null,
    formerNames: (await read.find(formerName, { enterpriseId: id })).map((n) => ({ name: n.name, until: n.until })),
    duplicates: await duplicatesOf(read, row as RowOf<typeof enterprise>), counts, block: BLOCK_OF_KIND[row.objectKind as string]?.name ?? null,
    sites: row.creditCode ? await read.sql('SELECT id, site_no AS siteNo, address FROM enterprise WHERE credit_code = ? AND site_no <> ? AND id <> ? AND deleted_at IS NULL ORDER BY site_no', [row.creditCode as string, row.siteNo as string, id]) : [],
  };
}

/** More are not shown: they are looked at one by one. */
const TWINS_SHOWN = 10;

/** Live enterprises that this one may be, by the rule of the hand-off. */
async function duplicatesOf(read: Reader, row: RowOf<typeof enterprise>): Promise<EnterprisePage['duplicates']> {
  if (row.deletedAt) return [];
  const like = await read.sql<EnterpriseFacts & { internalCode: string }>(likeEnterprises('enterprise'), [row.id, row.creditCode, row.nameKey]);
  return like.flatMap((other) => {
    const found = enterpriseDuplicate(row, other, isSameArea);
    return found ? [{ id: other.id, name: other.name, internalCode: other.internalCode, creditCode: other.creditCode, address: other.address, reason: found.reason }] : [];
  }).slice(0, TWINS_SHOWN);
}
