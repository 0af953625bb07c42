// Trainings: what goes beyond the plain record: audience, invitations, attendance, coverage.
import { enterpriseFilter, type EnterpriseFilter } from '../../contract/enterprises.ts';
import type { Done, Page } from '../../contract/shared.ts';
import type { TrainingCoverage, TrainingEnterpriseRow, TrainingPage, TrainingRow } from '../../contract/training.ts';
import { OUT_OF_SCOPE_STATUSES } from '../../domain/enterprises/vocabulary.ts';
import { serviceProject, TRAINING_DENOMINATORS } from '../../domain/projects/entities.ts';
import { TRAINING_AUDIENCES, TRAINING_KINDS, training, trainingAttendance, trainingAudience, trainingInvitation } from '../../domain/training/entities.ts';
import { FIGURE_LABELS, type Figure, type FigureCode, type TrainingRow as ReportTraining } from '../../domain/reports/index.ts';
import { labelOf } from '../../domain/dictionary/vocabulary.ts';
import { percent } from '../../domain/statistics/percent.ts';
import { nameKey } from '../../domain/values/name-key.ts';
import type { SqlValue } from '../../db/index.ts';
import { listAttachments } from '../attachments/index.ts';
import { act, type Context } from '../context.ts';
import { enterpriseClause } from '../enterprises/index.ts';
import { notFound, refused, ServiceError } from '../errors.ts';
import { referenceNames } from '../records/index.ts';
import { inWorker } from '../workers/index.ts';

const OUT = OUT_OF_SCOPE_STATUSES.map((s) => `'${s}'`).join(', ');

/** Enterprises a training is for: all in scope, or those of the object kinds named (domain reference 4.6). */
const IN_AUDIENCE = `e.deleted_at IS NULL AND e.operating_status NOT IN (${OUT}) AND EXISTS (SELECT 1 FROM training_audience a WHERE a.training_id = t.id AND a.deleted_at IS NULL AND (a.audience = 'all' OR a.audience = e.object_kind))`;
const DENOMINATOR: Readonly<Record<TrainingCoverage['basis'], string>> = {
  audience: `(SELECT count(*) FROM enterprise e WHERE ${IN_AUDIENCE})`,
  invited: '(SELECT count(*) FROM training_invitation i WHERE i.training_id = t.id AND i.deleted_at IS NULL)',
  all: `(SELECT count(*) FROM enterprise e WHERE e.deleted_at IS NULL AND e.operating_status NOT IN (${OUT}))`,
};
/** Enterprises counted once per training, and only those that belong to the denominator. */
const NUMERATOR: Readonly<Record<TrainingCoverage['basis'], string>> = {
  audience: `(SELECT count(DISTINCT x.enterprise_id) FROM training_attendance x JOIN enterprise e ON e.id = x.enterprise_id WHERE x.training_id = t.id AND x.deleted_at IS NULL AND ${IN_AUDIENCE})`,
  invited: '(SELECT count(DISTINCT x.enterprise_id) FROM training_attendance x WHERE x.training_id = t.id AND x.deleted_at IS NULL AND x.enterprise_id IN (SELECT i.enterprise_id FROM training_invitation i WHERE i.training_id = t.id AND i.deleted_at IS NULL))',
  all: `(SELECT count(DISTINCT x.enterprise_id) FROM training_attendance x JOIN enterprise e ON e.id = x.enterprise_id WHERE x.training_id = t.id AND x.deleted_at IS NULL AND e.operating_status NOT IN (${OUT}))`,
};

async function basisOf(ctx: Context): Promise<TrainingCoverage['basis']> {
  const id = ctx.projectId();
  const project = id ? await ctx.store.read.get(serviceProject, id) : null;
  return project?.trainingDenominator ?? 'audience';
}

/** Trainings, newest first. */
export async function listTrainings(ctx: Context, input: { text: string; year: string | null; page: { offset: number; limit: number } }): Promise<Page<TrainingRow>> {
  const basis = await basisOf(ctx);
  const parts = ['t.deleted_at IS NULL'];
  const parameters: SqlValue[] = [];
  if (input.text.trim()) { parts.push('(t.title LIKE ? OR t.topic LIKE ?)'); parameters.push(`%${input.text.trim()}%`, `%${input.text.trim()}%`); }
  if (input.year) { parts.push('substr(t.date, 1, 4) = ?'); parameters.push(input.year); }
  const where = parts.join(' AND ');
  const total = await ctx.store.read.sqlOne<{ n: number }>(`SELECT count(*) AS n FROM training t WHERE ${where}`, parameters);
  const rows = await ctx.store.read.sql<Omit<TrainingRow, 'coverage'> & { n: number; d: number }>(
    `SELECT t.id, t.title, t.kind, t.state, t.date, t.mode, t.place, t.trainer, ${DENOMINATOR.invited} AS invited,
       (SELECT count(DISTINCT x.enterprise_id) FROM training_attendance x WHERE x.training_id = t.id AND x.deleted_at IS NULL) AS attendedEnterprises,
       (SELECT count(*) FROM training_attendance x WHERE x.training_id = t.id AND x.deleted_at IS NULL) AS persons, ${NUMERATOR[basis]} AS n, ${DENOMINATOR[basis]} AS d
     FROM training t WHERE ${where} ORDER BY t.date DESC, t.id DESC LIMIT ? OFFSET ?`, [...parameters, input.page.limit, input.page.offset]);
  return { rows: rows.map(({ n, d, ...r }) => ({ ...r, coverage: percent(n, d) })), total: total?.n ?? 0 };
}

async function coverageOf(ctx: Context, id: string): Promise<TrainingCoverage> {
  const basis = await basisOf(ctx);
  const r = await ctx.store.read.sqlOne<{ n: number; d: number }>(`SELECT ${NUMERATOR[basis]} AS n, ${DENOMINATOR[basis]} AS d FROM training t WHERE t.id = ?`, [id]);
  const [n, d] = [r?.n ?? 0, r?.d ?? 0];
  return { numerator: n, denominator: d, printed: percent(n, d), basis, basisLabel: labelOf(TRAINING_DENOMINATORS, basis), missing: d - n };
}

/** One training with its coverage. @throws NOT_FOUND */
export async function getTraining(ctx: Context, id: string): Promise<TrainingPage> {
  const row = (await ctx.store.read.get(training, id)) as Record<string, unknown> | null;
  if (!row) throw notFound('培训');
  const [names] = await referenceNames(ctx.store.read, training, [row]);
  const audience = await ctx.store.read.sql<{ audience: string }>('SELECT audience FROM training_audience WHERE training_id = ? AND deleted_at IS NULL', [id]);
  const counts = await ctx.store.read.sqlOne<{ invited: number; persons: number }>(
    `SELECT ${DENOMINATOR.invited} AS invited, (SELECT count(*) FROM training_attendance x WHERE x.training_id = t.id AND x.deleted_at IS NULL) AS persons FROM training t WHERE t.id = ?`, [id]);
  return {
    id, values: Object.fromEntries(Object.entries(row).filter(([k]) => !['id', 'createdAt', 'updatedAt', 'deletedAt'].includes(k))) as TrainingPage['values'], names: names ?? {}, deletedAt: row.deletedAt as string | null,
    audience: audience.map((a) => a.audience), coverage: await coverageOf(ctx, id), invited: counts?.invited ?? 0, persons: counts?.persons ?? 0, materials: await listAttachments(ctx, id),
  };
}

/** Says whom a training is for. */
export async function setAudience(ctx: Context, id: string, audience: readonly string[]): Promise<Done> {
  const known = audience.filter((a) => (TRAINING_AUDIENCES.ids as readonly string[]).includes(a));
  return { actionId: (await act(ctx, '设置培训对象', 'form', async (tx) => { await tx.setMembers(trainingAudience, id, known); })).actionId };
}

/** Invites enterprises by list or by filter; those already invited are passed over. */
export async function invite(ctx: Context, id: string, enterpriseIds: readonly string[], filter: EnterpriseFilter | null): Promise<Done & { invited: number }> {
  const ids = new Set(enterpriseIds);
  if (filter) {
    const clause = enterpriseClause(enterpriseFilter.parse(filter), ctx.today());
    for (const r of await ctx.store.read.sql<{ id: string }>(`SELECT e.id FROM enterprise e WHERE ${clause.sql}`, clause.parameters)) ids.add(r.id);
  }
  const present = new Set((await ctx.store.read.sql<{ id: string }>('SELECT enterprise_id AS id FROM training_invitation WHERE training_id = ? AND deleted_at IS NULL', [id])).map((r) => r.id));
  const fresh = [...ids].filter((x) => !present.has(x));
  const { actionId } = await act(ctx, `邀请 ${fresh.length} 家企业`, 'form', async (tx) => {
    for (const enterpriseId of fresh) { await tx.insert(trainingInvitation, { trainingId: id, enterpriseId } as never); await tx.breathe(); }
  });
  return { actionId, invited: fresh.length };
}

/** Takes invitations back. */
export async function uninvite(ctx: Context, id: string, enterpriseIds: readonly string[]): Promise<Done> {
  const { actionId } = await act(ctx, '取消邀请', 'form', async (tx) => {
    for (const link of await tx.read.find(trainingInvitation, { trainingId: id, enterpriseId: enterpriseIds } as never)) await tx.remove(trainingInvitation, (link as { id: string }).id);
  });
  return { actionId };
}

/** Enterprises of a training by what they did. */
export async function trainingEnterprises(ctx: Context, id: string, show: 'invited' | 'attended' | 'absent' | 'audience', text: string, page: { offset: number; limit: number }): Promise<Page<TrainingEnterpriseRow>> {
  const attended = 'EXISTS (SELECT 1 FROM training_attendance x WHERE x.training_id = t.id AND x.enterprise_id = e.id AND x.deleted_at IS NULL)';
  const invited = 'EXISTS (SELECT 1 FROM training_invitation i WHERE i.training_id = t.id AND i.enterprise_id = e.id AND i.deleted_at IS NULL)';
  const basis = await basisOf(ctx);
  const expected = basis === 'invited' ? invited : basis === 'all' ? `e.deleted_at IS NULL AND e.operating_status NOT IN (${OUT})` : IN_AUDIENCE;
  const conditions = { invited, attended, absent: `${expected} AND NOT ${attended}`, audience: IN_AUDIENCE };
  const word = text.trim().toLowerCase();
  const where = `t.id = ? AND ${conditions[show]}${word ? " AND e.id IN (SELECT s.row_id FROM search_entry s WHERE s.entity = 'enterprise' AND instr(s.words, ?) > 0)" : ''}`;
  const parameters = [id, ...(word ? [word] : [])];
  const total = await ctx.store.read.sqlOne<{ n: number }>(`SELECT count(*) AS n FROM training t, enterprise e WHERE ${where}`, parameters);
  const rows = await ctx.store.read.sql<Omit<TrainingEnterpriseRow, 'invited' | 'attended'> & { invited: number; attended: number }>(
    `SELECT e.id, e.name, (SELECT a.name FROM area a WHERE a.id = coalesce(e.village_id, e.park_id)) AS villageName, e.object_kind AS objectKind, ${invited} AS invited, ${attended} AS attended,
       coalesce((SELECT group_concat(x.person_name, '、') FROM training_attendance x WHERE x.training_id = t.id AND x.enterprise_id = e.id AND x.deleted_at IS NULL), '') AS persons
     FROM training t, enterprise e WHERE ${where} ORDER BY e.village_id, e.pinyin, e.id LIMIT ? OFFSET ?`, [...parameters, page.limit, page.offset]);
  return { rows: rows.map((r) => ({ ...r, invited: r.invited === 1, attended: r.attended === 1 })), total: total?.n ?? 0 };
}

/** Attendance rows for people whose enterprise is found by name; the names that are not found come back. */
export async function addAttendance(ctx: Context, id: string, people: readonly { unit: string; name: string; post: string | null; phone: string | null }[]): Promise<Done & { added: number; unknown: string[] }> {
  const unknown: string[] = [];
  const { value, actionId } = await act(ctx, '导入签到表', 'import', async (tx) => {
    let added = 0;
    for (const p of people) {
      const owner = await tx.read.sqlOne<{ id: string }>('SELECT id FROM enterprise WHERE deleted_at IS NULL AND (name_key = ?1 OR short_name = ?2 OR sign_name = ?2) ORDER BY id LIMIT 1', [nameKey(p.unit), p.unit]);
      if (!owner) { unknown.push(p.unit); continue; }
      const present = await tx.read.first(trainingAttendance, { trainingId: id, enterpriseId: owner.id, personName: p.name });
      if (present) continue;
      await tx.insert(trainingAttendance, { trainingId: id, enterpriseId: owner.id, personName: p.name, post: p.post, phone: p.phone });
      added += 1;
    }
    return added;
  });
  return { actionId, added: value, unknown: [...new Set(unknown)] };
}

/** Reads a sign-in list into attendance rows. @throws UNREADABLE_FILE, REFUSED when no line was found */
export async function importSignIn(ctx: Context, id: string, bytes: Uint8Array, name: string): Promise<Done & { added: number; unknown: string[] }> {
  const { people, refusal } = await inWorker('readSignIn', { bytes, name });
  if (refusal) throw new ServiceError('UNREADABLE_FILE', refusal.sentence, { code: refusal.code });
  if (people.length === 0) throw refused('没有认出签到表：请确认有“单位”和“姓名”两列，并至少有一行');
  return await addAttendance(ctx, id, people);
}

/** Sign-in sheet in Word: those who signed, or lines for those invited. */
export async function signInSheet(ctx: Context, id: string): Promise<{ bytes: Uint8Array; fileName: string }> {
  const page = await getTraining(ctx, id);
  const people = await ctx.store.read.sql<{ unit: string | null; name: string | null; post: string | null; phone: string | null }>(
    `SELECT e.name AS unit, x.person_name AS name, x.post, x.phone FROM training_attendance x LEFT JOIN enterprise e ON e.id = x.enterprise_id WHERE x.training_id = ? AND x.deleted_at IS NULL ORDER BY e.pinyin, x.id`, [id]);
  const invited = people.length > 0 ? [] : await ctx.store.read.sql<{ unit: string }>('SELECT e.name AS unit FROM training_invitation i JOIN enterprise e ON e.id = i.enterprise_id WHERE i.training_id = ? AND i.deleted_at IS NULL ORDER BY e.pinyin', [id]);
  const org = await ctx.store.read.sqlOne<{ name: string }>('SELECT o.name FROM organisation o JOIN office f ON f.organisation_id = o.id ORDER BY f.created_at LIMIT 1');
  const text = (key: string): string | null => page.values[key] as string | null;
  const bytes = await inWorker('writeSignIn', {
    data: {
      title: text('title') ?? '', kind: labelOf(TRAINING_KINDS, text('kind')), date: text('date'), hours: text('hours'), place: text('place'), trainer: text('trainer'), orgName: org?.name ?? '',
      audience: page.audience.map((a) => labelOf(TRAINING_AUDIENCES, a)).join('、') || null, attendees: people.length > 0 ? people : invited.map((i) => ({ unit: i.unit, name: null, post: null, phone: null })), blankRows: 10,
    },
    options: { contacts: 'shown' }, photos: {},
  });
  return { bytes, fileName: `培训签到表_${text('title') ?? ''}.docx` };
}

/** What a report says of the trainings of a period. */
export async function trainingFigures(ctx: Context, from: string, to: string): Promise<{ figures: Partial<Record<FigureCode, Figure>>; rows: ReportTraining[] }> {
  const basis = await basisOf(ctx);
  const rows = await ctx.store.slow.sql<{ title: string; kind: string; date: string; place: string | null; invited: number; attended: number; persons: number; audience: string | null; n: number; d: number }>(
    `SELECT t.title, t.kind, t.date, t.place, ${DENOMINATOR.invited} AS invited, (SELECT count(DISTINCT x.enterprise_id) FROM training_attendance x WHERE x.training_id = t.id AND x.deleted_at IS NULL) AS attended,
       (SELECT count(*) FROM training_attendance x WHERE x.training_id = t.id AND x.deleted_at IS NULL) AS persons, (SELECT group_concat(a.audience) FROM training_audience a WHERE a.training_id = t.id AND a.deleted_at IS NULL) AS audience,
       ${NUMERATOR[basis]} AS n, ${DENOMINATOR[basis]} AS d
     FROM training t WHERE t.deleted_at IS NULL AND t.state IN ('held', 'summarised', 'archived') AND t.date BETWEEN ? AND ? ORDER BY t.date`, [from, to]);
  const reached = await ctx.store.slow.sqlOne<{ n: number; d: number }>(
    `SELECT (SELECT count(DISTINCT x.enterprise_id) FROM training_attendance x JOIN training t ON t.id = x.training_id JOIN enterprise e ON e.id = x.enterprise_id
       WHERE x.deleted_at IS NULL AND t.deleted_at IS NULL AND t.date BETWEEN ? AND ? AND e.deleted_at IS NULL AND e.operating_status NOT IN (${OUT})) AS n,
       (SELECT count(*) FROM enterprise e WHERE e.deleted_at IS NULL AND e.operating_status NOT IN (${OUT})) AS d`, [from, to]);
  const persons = rows.reduce((n, r) => n + r.persons, 0);
  const count = (code: FigureCode, n: number, unit: string, definition: string): Figure => ({ code, label: FIGURE_LABELS[code], numerator: n, denominator: null, printed: String(n), unit, definition });
  return {
    rows: rows.map((r) => ({ title: r.title, kind: labelOf(TRAINING_KINDS, r.kind), date: r.date, place: r.place, audience: r.audience?.split(',').map((a) => labelOf(TRAINING_AUDIENCES, a)).join('、') ?? null, invited: r.invited, attended: r.attended, persons: r.persons })),
    figures: {
      trainingCount: count('trainingCount', rows.length, '场', '期间内已举办的培训'), trainingPersonTimes: count('trainingPersonTimes', persons, '人次', '签到人数之和'),
      trainingCoverage: { code: 'trainingCoverage', label: FIGURE_LABELS.trainingCoverage, numerator: reached?.n ?? 0, denominator: reached?.d ?? 0, printed: percent(reached?.n ?? 0, reached?.d ?? 0), unit: '%', definition: '期间内至少参加一场培训的在册企业 ÷ 在册企业' },
    },
  };
}
