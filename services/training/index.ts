// Trainings: what goes beyond the plain record: audience, invitations, attendance, coverage.
import { enterpriseFilter, type EnterpriseFilter } from '../../contract/enterprises.ts';
import type { Done, Page } from '../../contract/shared.ts';
import type { TrainingEnterpriseRow, TrainingPage, TrainingRow } from '../../contract/training.ts';
import { TRAINING_DENOMINATORS } from '../../domain/projects/entities.ts';
import { TRAINING_AUDIENCES, TRAINING_KINDS, training, trainingAttendance, trainingAudience, trainingInvitation } from '../../domain/training/entities.ts';
import { labelOf } from '../../domain/dictionary/vocabulary.ts';
import { percent } from '../../domain/statistics/percent.ts';
import { nameKey } from '../../domain/values/name-key.ts';
import type { SqlValue } from '../../db/index.ts';
import { listAttachments } from '../attachments/index.ts';
import { OWN_ORGANISATION, placeName } from '../conditions/index.ts';
import { act, type Context } from '../context.ts';
import { enterpriseClause } from '../enterprises/index.ts';
import { notFound, refused, ServiceError } from '../errors.ts';
import { referenceNames } from '../records/index.ts';
import { inWorker } from '../workers/index.ts';
import { ATTENDED, basisOf, counts, EXPECTED, IN_AUDIENCE, INVITED, type Counts } from './coverage.ts';

export { trainingFigures } from './figures.ts';

/** Trainings, newest first. */
export async function listTrainings(ctx: Context, input: { text: string; year: string | null; page: { offset: number; limit: number } }): Promise<Page<TrainingRow>> {
  const basis = await basisOf(ctx);
  const parts = ['t.deleted_at IS NULL'];
  const parameters: SqlValue[] = [];
  if (input.text.trim()) { parts.push('(t.title LIKE ? OR t.topic LIKE ?)'); parameters.push(`%${input.text.trim()}%`, `%${input.text.trim()}%`); }
  if (input.year) { parts.push('substr(t.date, 1, 4) = ?'); parameters.push(input.year); }
  const where = parts.join(' AND ');
  const total = await ctx.store.read.sqlOne<{ n: number }>(`SELECT count(*) AS n FROM training t WHERE ${where}`, parameters);
  const rows = await ctx.store.read.sql<Omit<TrainingRow, 'coverage' | 'attendedEnterprises'> & Counts>(
    `SELECT t.id, t.title, t.kind, t.state, t.date, t.mode, t.place, t.trainer, ${counts(basis)} FROM training t WHERE ${where} ORDER BY t.date DESC, t.id DESC LIMIT ? OFFSET ?`,
    [...parameters, input.page.limit, input.page.offset]);
  return { rows: rows.map(({ n, d, attended, ...r }) => ({ ...r, attendedEnterprises: attended, coverage: percent(n, d) })), total: total?.n ?? 0 };
}

/** One training with its coverage. @throws NOT_FOUND */
export async function getTraining(ctx: Context, id: string): Promise<TrainingPage> {
  const row = (await ctx.store.read.get(training, id)) as Record<string, unknown> | null;
  if (!row) throw notFound('培训');
  const [names] = await referenceNames(ctx.store.read, training, [row]);
  const audience = await ctx.store.read.sql<{ audience: string }>('SELECT audience FROM training_audience WHERE training_id = ? AND deleted_at IS NULL', [id]);
  const basis = await basisOf(ctx);
  const { invited, persons, n, d } = (await ctx.store.read.sqlOne<Counts>(`SELECT ${counts(basis)} FROM training t WHERE t.id = ?`, [id])) ?? { invited: 0, persons: 0, n: 0, d: 0 };
  return {
    id, values: Object.fromEntries(Object.entries(row).filter(([k]) => !['id', 'createdAt', 'updatedAt', 'deletedAt'].includes(k))) as TrainingPage['values'], names: names ?? {}, deletedAt: row.deletedAt as string | null,
    audience: audience.map((a) => a.audience), coverage: { numerator: n, denominator: d, printed: percent(n, d), basis, basisLabel: labelOf(TRAINING_DENOMINATORS, basis), missing: d - n }, invited, persons, materials: await listAttachments(ctx, id),
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
  const conditions = { invited: INVITED, attended: ATTENDED, absent: `${EXPECTED[await basisOf(ctx)]} AND NOT ${ATTENDED}`, audience: IN_AUDIENCE };
  const word = text.trim().toLowerCase();
  const where = `t.id = ? AND ${conditions[show]}${word ? " AND e.id IN (SELECT s.row_id FROM search_entry s WHERE s.entity = 'enterprise' AND instr(s.words, ?) > 0)" : ''}`;
  const parameters = [id, ...(word ? [word] : [])];
  const total = await ctx.store.read.sqlOne<{ n: number }>(`SELECT count(*) AS n FROM training t, enterprise e WHERE ${where}`, parameters);
  const rows = await ctx.store.read.sql<Omit<TrainingEnterpriseRow, 'invited' | 'attended'> & { invited: number; attended: number }>(
    `SELECT e.id, e.name, ${placeName()} AS villageName, e.object_kind AS objectKind, ${INVITED} AS invited, ${ATTENDED} AS attended,
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
  const invited = people.length > 0 ? [] : await ctx.store.read.sql<{ unit: string }>(`SELECT e.name AS unit FROM training t, enterprise e WHERE t.id = ? AND ${INVITED} ORDER BY e.pinyin`, [id]);
  const org = await ctx.store.read.sqlOne<{ name: string }>(`SELECT ${OWN_ORGANISATION} AS name`);
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
