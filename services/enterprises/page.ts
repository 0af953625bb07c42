// The enterprise page: four answers, completeness, what is verified, what is open.
import type { EnterpriseHead, EnterprisePage } from '../../contract/enterprises.ts';
import { enterprise, formerName } from '../../domain/enterprises/entities.ts';
import {
  fieldsOf,
  isSeen,
  runChecks,
  type EntityDefinition,
  type InOrder,
  type RowOf,
} from '../../domain/dictionary/entity.ts';
import { CONTACT_POSTS, MINIMUM_VISITS } from '../../domain/enterprises/vocabulary.ts';
import { EXPIRY_HORIZON_DAYS } from '../../domain/formalities/today.ts';
import { ENTITIES, entityNamed } from '../../domain/entities.ts';
import { FILE_PARTS } from '../../domain/enterprises/file-tabs.ts';
import { attachment } from '../../domain/attachments/entities.ts';
import { labelOf } from '../../domain/dictionary/vocabulary.ts';
import { daysBetween } from '../../domain/values/day.ts';
import { percent } from '../../domain/statistics/percent.ts';
import { enterpriseDuplicate, isSameArea, type EnterpriseFacts } from '../../domain/handoff/duplicates.ts';
import { isTakenBack, leadsTo, likeEnterprises, pathSql, tableOf, type Reader } from '../../db/index.ts';
import type { Context } from '../context.ts';
import { countFilesOfParts } from '../attachments/index.ts';
import { CONTACT_PHONE, countedFinding, mainContact, openFinding, overdue } from '../conditions/index.ts';
import { completenessOf } from '../derived/index.ts';
import { notFound } from '../errors.ts';
import { movedOf } from './areas.ts';
import { sitesOf, tenantsOf } from './premises.ts';
import { referenceNames } from '../records/index.ts';

/** Rows of another kind by which a paper is there as well. */
async function alsoBy(read: Reader, { also }: InOrder, id: string): Promise<Record<string, unknown>[]> {
  if (!also) return [];
  const entity = entityNamed(also.kind);
  const rows = (await read.find(entity, { enterpriseId: id } as never)) as Record<string, unknown>[];
  return rows.filter((row) => isSeen(entity, row) && also.says(row));
}

/** How the papers of an enterprise stand, whatever kinds of record say so of themselves, and which days are near. */
async function papers(read: Reader, id: string, objectKind: string, today: string): Promise<EnterpriseHead['papers']> {
  const looked: EnterpriseHead['papers']['looked'] = [];
  const days: { what: string; day: string }[] = [];
  for (const entity of ENTITIES as readonly EntityDefinition[]) {
    const { inOrder, parent } = entity;
    if (!inOrder || !parent || inOrder.notFor?.includes(objectKind)) continue;
    const rows = (await read.find(entity, { [parent]: id } as never)) as Record<string, unknown>[];
    const also = await alsoBy(read, inOrder, id);
    const own = inOrder.judge(rows);
    looked.push({ label: inOrder.label, standing: also.length > 0 ? 'there' : own });
    const { until } = inOrder;
    const [day] = until
      ? [...rows, ...also]
          .flatMap((row) => (row[until.field] as string | null) ?? [])
          .sort()
          .reverse()
      : [];
    if (until && day) days.push({ what: until.label, day });
  }
  const expiring = days
    .map((d) => ({ ...d, daysLeft: daysBetween(today, d.day) }))
    .filter((d) => d.daysLeft <= EXPIRY_HORIZON_DAYS)
    .sort((a, b) => a.daysLeft - b.daysLeft);
  return { looked, expiring };
}

async function findingsHead(read: Reader, id: string, today: string): Promise<EnterpriseHead['findings']> {
  const byStatus = await read.sql<{ status: string; count: number; next: string | null }>(
    `SELECT f.status, count(*) AS count, min(f.deadline) AS next FROM finding f WHERE f.enterprise_id = ? AND ${openFinding()} GROUP BY f.status`,
    [id],
  );
  const numbers = await read.sqlOne<{ overdue: number; found: number; closed: number }>(
    `SELECT count(*) FILTER (WHERE ${overdue('f', today)}) AS overdue, count(*) FILTER (WHERE f.found_date >= ?) AS found,
       count(*) FILTER (WHERE f.found_date >= ? AND f.status = 'closed') AS closed
     FROM finding f WHERE f.enterprise_id = ? AND ${countedFinding()}`,
    [`${today.slice(0, 4)}-01-01`, `${today.slice(0, 4)}-01-01`, id],
  );
  return {
    open: byStatus.reduce((n, s) => n + s.count, 0),
    overdue: numbers?.overdue ?? 0,
    byStatus: byStatus.map(({ status, count }) => ({ status, count })),
    nextDeadline:
      byStatus
        .map((s) => s.next ?? '')
        .filter(Boolean)
        .sort()[0] ?? null,
    foundThisYear: numbers?.found ?? 0,
    closedThisYear: numbers?.closed ?? 0,
    rateThisYear: percent(numbers?.closed ?? 0, numbers?.found ?? 0),
  };
}

async function headOf(ctx: Context, id: string, row: Record<string, unknown>): Promise<EnterpriseHead> {
  const { read } = ctx.store;
  const today = ctx.today();
  const labels = await read.sql<{ system: string; medium: string | null; value: string; day: string }>(
    `SELECT system, medium, value, day FROM (SELECT system, medium, value, assessed_date AS day, row_number() OVER (PARTITION BY system, medium ORDER BY assessed_date DESC, id DESC) AS n
       FROM label WHERE enterprise_id = ? AND deleted_at IS NULL AND assessed_date <= ? AND (valid_to IS NULL OR valid_to >= ?)) WHERE n = 1`,
    [id, today, today],
  );
  const risk = labels.find((l) => l.system === 'overall_risk');
  const overallRisk = risk?.value ?? null;
  const visits = await read.sqlOne<{ n: number }>(
    `SELECT count(*) AS n FROM visit v WHERE v.enterprise_id = ? AND v.deleted_at IS NULL AND v.outcome = 'completed' AND v.date BETWEEN ? AND ?
       AND EXISTS (SELECT 1 FROM visit_purpose p WHERE p.visit_id = v.id AND p.deleted_at IS NULL AND p.purpose = 'routine')`,
    [id, `${today.slice(0, 4)}-01-01`, today],
  );
  const before = await read.sqlOne<{ status: string }>(
    'SELECT status FROM status_history WHERE enterprise_id = ? AND deleted_at IS NULL AND status <> ? ORDER BY date DESC, id DESC LIMIT 1',
    [id, row.operatingStatus as string],
  );
  return {
    operatingStatus: row.operatingStatus as string,
    statusDate: row.operatingStatusDate as string | null,
    statusBasis: row.operatingStatusBasis as string | null,
    statusBefore: before?.status ?? null,
    overallRisk,
    riskDate: risk?.day ?? null,
    mediaRisks: labels
      .filter((l) => l.system === 'media_risk')
      .map((l) => ({ medium: l.medium ?? '', value: l.value })),
    visitsThisYear: visits?.n ?? 0,
    minimumVisits: overallRisk ? (MINIMUM_VISITS[overallRisk] ?? null) : null,
    papers: await papers(read, id, String(row.objectKind), today),
    findings: await findingsHead(read, id, today),
  };
}

/** How many rows of each kind the file holds, by kind; and its attachments, those of its rows among them. */
async function countsOf(read: Reader, id: string): Promise<Record<string, number>> {
  const counted = FILE_PARTS.map(({ entity, facet }) => {
    const owner = fieldsOf(entity).find((f) => f.meta.target === enterprise.name)?.name ?? '';
    const what = typeof facet.count === 'string' ? `DISTINCT ${pathSql(entity, facet.count, 't')}` : '*';
    return `SELECT '${entity.name}' AS kind, count(${what}) AS n FROM "${tableOf(entity)}" t
      WHERE ${leadsTo(entity, owner, 't', '?1')} AND t.deleted_at IS NULL`;
  });
  const files = `SELECT '${attachment.name}', count(*) FROM attachment WHERE owner_id = ?1 AND deleted_at IS NULL`;
  const rows = await read.sql<{ kind: string; n: number }>([...counted, files].join(' UNION ALL '), [id]);
  const counts = Object.fromEntries(rows.map((r) => [r.kind, r.n]));
  return { ...counts, [attachment.name]: (counts[attachment.name] ?? 0) + (await countFilesOfParts(read, id)) };
}

/** How far the nearest school is. */
const SCHOOL = `SELECT min(distance_m) AS m FROM sensitive_receptor WHERE enterprise_id = ? AND kind = 'school' AND deleted_at IS NULL`;

const NOTHING = { filled: 0, required: 0, missing: [] };

/** Everything the page shows except its long lists. @throws NOT_FOUND */
export async function getEnterprise(ctx: Context, id: string): Promise<EnterprisePage> {
  const { read } = ctx.store;
  const row = (await read.get(enterprise, id)) as Record<string, unknown> | null;
  if (!row) throw notFound('企业');
  const [names] = await referenceNames(read, enterprise, [row]);
  const contact = await read.sqlOne<{ name: string | null; post: string; phone: string | null }>(
    `SELECT ${mainContact('c.name', '?1')} AS name, ${mainContact('c.post', '?1')} AS post, ${mainContact(CONTACT_PHONE, '?1')} AS phone`,
    [id],
  );
  const completeness = await completenessOf(read, id);
  const values = Object.fromEntries(
    Object.entries(row).filter(
      ([k]) => !['id', 'createdAt', 'updatedAt', 'deletedAt', 'pinyin', 'nameKey'].includes(k),
    ),
  );
  return {
    id,
    values: values as EnterprisePage['values'],
    names: names ?? {},
    deletedAt: row.deletedAt as string | null,
    problems: runChecks(enterprise, row, 'import'),
    head: await headOf(ctx, id, row),
    completeness: completeness ?? { percent: 0, ...NOTHING, advised: NOTHING },
    verified: await read.sql(
      `SELECT section, max(date) AS date, source FROM section_check WHERE enterprise_id = ? AND deleted_at IS NULL GROUP BY section`,
      [id],
    ),
    primaryContact: contact?.name
      ? { name: contact.name, post: labelOf(CONTACT_POSTS, contact.post), phone: contact.phone }
      : null,
    formerNames: (await read.find(formerName, { enterpriseId: id })).map((n) => ({ name: n.name, until: n.until })),
    moved: await movedOf(read, id),
    duplicates: await duplicatesOf(read, row as RowOf<typeof enterprise>),
    counts: await countsOf(read, id),
    unread: await unreadOf(read, id),
    schoolM: (await read.sqlOne<{ m: number | null }>(SCHOOL, [id]))?.m ?? null,
    sites: await sitesOf(read, row),
    tenants: await tenantsOf(read, row),
  };
}

/** Rows of registers that are looked at for what they said beside the fields. */
const SOURCES = 10;

/** Cells of registers that no field took: they stay with the import, and are read here. */
async function unreadOf(read: Reader, id: string): Promise<EnterprisePage['unread']> {
  const rows = await read.sql<{ fileName: string; sheet: string; rowNumber: number; note: string | null }>(
    `SELECT n.file_name AS "fileName", r.sheet, r.row_number AS "rowNumber", r.note
     FROM import_row r JOIN import_run n ON n.id = r.run_id
     WHERE r.enterprise_id = ? AND r.deleted_at IS NULL AND NOT ${isTakenBack('n.action_id')}
     ORDER BY r.id DESC LIMIT ${SOURCES}`,
    [id],
  );
  const said = new Set<string>();
  return rows.flatMap(({ note, ...row }) => {
    const kept = JSON.parse(note ?? '{}') as { unmapped?: Record<string, string> };
    const cells = Object.entries(kept.unmapped ?? {})
      .map(([heading, text]) => ({ heading, text }))
      .filter(({ heading, text }) => !said.has(`${heading}\n${text}`) && said.add(`${heading}\n${text}`));
    return cells.length > 0 ? [{ ...row, cells }] : [];
  });
}

/** More are not shown: they are looked at one by one. */
const TWINS_SHOWN = 10;

/** Live enterprises that the one with this id may be; none for one that is not there. */
export async function twinsOf(read: Reader, id: string): Promise<EnterprisePage['duplicates']> {
  const row = await read.get(enterprise, id);
  return row ? await duplicatesOf(read, row) : [];
}

/** Live enterprises that this one may be, by the rule of the hand-off. */
async function duplicatesOf(read: Reader, row: RowOf<typeof enterprise>): Promise<EnterprisePage['duplicates']> {
  if (row.deletedAt) return [];
  const like = await read.sql<EnterpriseFacts & { internalCode: string }>(likeEnterprises('enterprise'), [
    row.id,
    row.creditCode,
    row.nameKey,
  ]);
  return like
    .flatMap((other) => {
      const found = enterpriseDuplicate(row, other, isSameArea);
      return found
        ? [
            {
              id: other.id,
              name: other.name,
              internalCode: other.internalCode,
              creditCode: other.creditCode,
              address: other.address,
              reason: found.reason,
            },
          ]
        : [];
    })
    .slice(0, TWINS_SHOWN);
}
