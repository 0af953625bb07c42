// Trainings: what goes beyond the plain record: audience, invitations, attendance, coverage.
import type { Filter } from '../../domain/dictionary/filter.ts';
import { holds, joined, type Reader } from '../../db/index.ts';
import type { Done, Page } from '../../contract/shared.ts';
import type { TrainingEnterpriseRow, TrainingPage } from '../../contract/training.ts';
import { TRAINING_DENOMINATORS } from '../../domain/projects/entities.ts';
import {
  TRAINING_AUDIENCES,
  training,
  trainingAttendance,
  trainingAudience,
  trainingInvitation,
} from '../../domain/training/entities.ts';
import { labelOf } from '../../domain/dictionary/vocabulary.ts';
import { percent } from '../../domain/statistics/percent.ts';
import { searchTerms } from '../../domain/values/search-key.ts';
import { nameKey } from '../../domain/values/name-key.ts';
import { listAttachments } from '../attachments/index.ts';
import { ATTENDED, EXPECTED, IN_AUDIENCE, INVITED, placeName } from '../conditions/index.ts';
import { act, type Context } from '../context.ts';
import { notFound, refused, ServiceError } from '../errors.ts';
import { listIds } from '../lists/index.ts';
import { referenceNames } from '../records/index.ts';
import { inWorker } from '../workers/index.ts';
import { basisOf, counts, type Counts } from './coverage.ts';

/** One training with its coverage. @throws NOT_FOUND */
export async function getTraining(ctx: Context, id: string): Promise<TrainingPage> {
  const row = (await ctx.store.read.get(training, id)) as Record<string, unknown> | null;
  if (!row) throw notFound('培训');
  const [names] = await referenceNames(ctx.store.read, training, [row]);
  const audience = await ctx.store.read.sql<{ audience: string }>(
    'SELECT audience FROM training_audience WHERE training_id = ? AND deleted_at IS NULL',
    [id],
  );
  const basis = await basisOf(ctx);
  const { invited, persons, n, d } = (await ctx.store.read.sqlOne<Counts>(
    `SELECT ${counts(basis)} FROM training t WHERE t.id = ?`,
    [id],
  )) ?? { invited: 0, persons: 0, n: 0, d: 0 };
  return {
    id,
    values: Object.fromEntries(
      Object.entries(row).filter(([k]) => !['id', 'createdAt', 'updatedAt', 'deletedAt'].includes(k)),
    ) as TrainingPage['values'],
    names: names ?? {},
    deletedAt: row.deletedAt as string | null,
    audience: audience.map((a) => a.audience),
    coverage: {
      numerator: n,
      denominator: d,
      printed: percent(n, d),
      basis,
      basisLabel: labelOf(TRAINING_DENOMINATORS, basis),
      missing: d - n,
    },
    invited,
    persons,
    materials: await listAttachments(ctx, id),
  };
}

/** Says whom a training is for; of those that were `seen` only what was changed since. */
export async function setAudience(
  ctx: Context,
  id: string,
  audience: readonly string[],
  seen?: readonly string[],
): Promise<Done> {
  const known = audience.filter((a) => (TRAINING_AUDIENCES.ids as readonly string[]).includes(a));
  return {
    actionId: (
      await act(ctx, '设置培训对象', 'form', async (tx) => {
        await tx.setMembers(trainingAudience, id, known, seen);
      })
    ).actionId,
  };
}

/** Invites enterprises by list or by filter; those already invited are passed over. */
export async function invite(
  ctx: Context,
  id: string,
  enterpriseIds: readonly string[],
  filter: Filter | null,
): Promise<Done & { invited: number }> {
  const ids = new Set(enterpriseIds);
  if (filter) {
    for (const found of await listIds(ctx, { kind: 'enterprise', filter, sort: null })) ids.add(found);
  }
  const present = new Set(
    (
      await ctx.store.read.sql<{ id: string }>(
        'SELECT enterprise_id AS id FROM training_invitation WHERE training_id = ? AND deleted_at IS NULL',
        [id],
      )
    ).map((r) => r.id),
  );
  const fresh = [...ids].filter((x) => !present.has(x));
  const { actionId } = await act(ctx, `邀请 ${fresh.length} 家企业`, 'form', async (tx) => {
    for (const enterpriseId of fresh) {
      await tx.insert(trainingInvitation, { trainingId: id, enterpriseId } as never);
      await tx.breathe();
    }
  });
  return { actionId, invited: fresh.length };
}

/** Takes invitations back. */
export async function uninvite(ctx: Context, id: string, enterpriseIds: readonly string[]): Promise<Done> {
  const { actionId } = await act(ctx, '取消邀请', 'form', async (tx) => {
    for (const link of await tx.read.find(trainingInvitation, { trainingId: id, enterpriseId: enterpriseIds } as never))
      await tx.remove(trainingInvitation, (link as { id: string }).id);
  });
  return { actionId };
}

/** Enterprises of a training by what they did. */
export async function trainingEnterprises(
  ctx: Context,
  id: string,
  show: 'invited' | 'attended' | 'absent' | 'audience',
  text: string,
  page: { offset: number; limit: number },
): Promise<Page<TrainingEnterpriseRow>> {
  const conditions = {
    invited: INVITED,
    attended: ATTENDED,
    absent: `${EXPECTED[await basisOf(ctx)]} AND NOT ${ATTENDED}`,
    audience: IN_AUDIENCE,
  };
  const terms = searchTerms(text);
  const named = terms.map(
    (forms) =>
      `e.id IN (SELECT s.row_id FROM search_entry s WHERE s.entity = 'enterprise' AND ${holds('s.words', forms.length)})`,
  );
  const where = ['t.id = ?', conditions[show], ...named].join(' AND ');
  const parameters = [id, ...terms.flat()];
  const total = await ctx.store.read.sqlOne<{ n: number }>(
    `SELECT count(*) AS n FROM training t, enterprise e WHERE ${where}`,
    parameters,
  );
  const rows = await ctx.store.read.sql<
    Omit<TrainingEnterpriseRow, 'invited' | 'attended'> & { invited: number; attended: number }
  >(
    `SELECT e.id, e.name, ${placeName()} AS "villageName", e.object_kind AS "objectKind", ${INVITED} AS invited, ${ATTENDED} AS attended,
       coalesce((SELECT ${joined('x.person_name', '、')} FROM training_attendance x WHERE x.training_id = t.id AND x.enterprise_id = e.id AND x.deleted_at IS NULL), '') AS persons
     FROM training t, enterprise e WHERE ${where} ORDER BY e.village_id, e.pinyin, e.id LIMIT ? OFFSET ?`,
    [...parameters, page.limit, page.offset],
  );
  return {
    rows: rows.map((r) => ({ ...r, invited: r.invited === 1, attended: r.attended === 1 })),
    total: total?.n ?? 0,
  };
}

/** A village or park by its name as people write it: 东禾村, 东禾村村委会. */
async function villageNamed(read: Reader, unit: string): Promise<string | null> {
  const name = unit.trim().replace(/(?:村民委员会|居民委员会|村委会|居委会|委员会)$/, '');
  const found = await read.sqlOne<{ id: string }>(
    "SELECT id FROM area WHERE deleted_at IS NULL AND level IN ('village', 'park') AND name IN (?1, ?2, ?2 || '村', ?2 || '居委会') ORDER BY id LIMIT 1",
    [unit.trim(), name],
  );
  return found?.id ?? null;
}

/** Attendance rows for people whose enterprise is found by name; the names that are not found come back. */
export async function addAttendance(
  ctx: Context,
  id: string,
  people: readonly { unit: string; name: string; post: string | null; phone: string | null }[],
): Promise<Done & { added: number; unknown: string[] }> {
  const unknown: string[] = [];
  const { value, actionId } = await act(ctx, '导入签到表', 'import', async (tx) => {
    let added = 0;
    for (const p of people) {
      const owner = await tx.read.sqlOne<{ id: string }>(
        'SELECT id FROM enterprise WHERE deleted_at IS NULL AND (name_key = ?1 OR short_name = ?2 OR sign_name = ?2) ORDER BY id LIMIT 1',
        [nameKey(p.unit), p.unit],
      );
      const village = owner ? null : await villageNamed(tx.read, p.unit);
      if (!owner && !village) {
        unknown.push(p.unit);
        continue;
      }
      const from = { enterpriseId: owner?.id ?? null, villageId: village };
      const present = await tx.read.first(trainingAttendance, { trainingId: id, ...from, personName: p.name });
      if (present) continue;
      await tx.insert(trainingAttendance, {
        trainingId: id,
        ...from,
        personName: p.name,
        post: p.post,
        phone: p.phone,
      });
      added += 1;
    }
    return added;
  });
  return { actionId, added: value, unknown: [...new Set(unknown)] };
}

/** Reads a sign-in list into attendance rows. @throws UNREADABLE_FILE, REFUSED when no line was found */
export async function importSignIn(
  ctx: Context,
  id: string,
  bytes: Uint8Array,
  name: string,
): Promise<Done & { added: number; unknown: string[] }> {
  const { people, refusal } = await inWorker('readSignIn', { bytes, name });
  if (refusal) throw new ServiceError('UNREADABLE_FILE', refusal.sentence, { code: refusal.code });
  if (people.length === 0) throw refused('没有认出签到表：请确认有“单位”和“姓名”两列，并至少有一行');
  return await addAttendance(ctx, id, people);
}
