// Which earlier finding one may be a repeat of, and what a person says of it: the radar proposes, a person decides (domain reference
// 8.2, 1). What was decided is not asked again.
import { finding, repeatDecision } from '../../domain/findings/entities.ts';
import type { EarlierFinding, EarlierFindings, LikelyFinding, RepeatDecision } from '../../contract/findings.ts';
import type { IdOf } from '../../domain/dictionary/vocabulary.ts';
import type { NewRow } from '../../domain/dictionary/entity.ts';
import type { REPEAT_DECISIONS } from '../../domain/findings/vocabulary.ts';
import type { Done } from '../../contract/shared.ts';
import { differs, type Reader, type SqlReader, type Writer } from '../../db/index.ts';
import { attachmentsOf } from '../attachments/index.ts';
import { countedFinding } from '../conditions/index.ts';
import { act, type Context } from '../context.ts';
import { repeatDays, resembled, sightedOf, type Resemblance } from '../derived/index.ts';
import { notFound, refused } from '../errors.ts';

type Earlier = Omit<EarlierFinding, 'reasons'>;
type Decision = IdOf<typeof REPEAT_DECISIONS>;

/** So many are proposed, and so many others offered. */
const LIKELY = 5;
const OTHERS = 50;

/** What people have decided of a finding and those before it, the newest first. */
export async function decisionsOf(read: SqlReader, findingId: string): Promise<RepeatDecision[]> {
  return await read.sql(
    `SELECT d.id, d.earlier_id AS "earlierId", o.no, o.found_date AS "foundDate", o.description, d.decision, d.date,
       d.by_name AS "byName", d.reasons
     FROM repeat_decision d JOIN finding o ON o.id = d.earlier_id
     WHERE d.finding_id = ? AND d.deleted_at IS NULL ORDER BY d.date DESC, d.id DESC`,
    [findingId],
  );
}

/** What the radar sees of a finding: the likeliest first, and how long it looks back. */
async function seenOf(read: SqlReader, id: string): Promise<{ seen: Resemblance[]; days: number }> {
  const row = await read.sqlOne<{ enterpriseId: string }>(
    'SELECT enterprise_id AS "enterpriseId" FROM finding WHERE id = ?',
    [id],
  );
  const all = row ? await sightedOf(read, [row.enterpriseId]) : [];
  const of = all.find((one) => one.id === id);
  const days = await repeatDays(read);
  return { seen: of ? resembled(of, all, days) : [], days };
}

/**
 * Earlier findings of the enterprise: `likely` those that it may repeat, those at the same place first; `before` those like it that were
 * closed longer ago than the project looks back; `others` the rest, newest first. What was decided is in none of the first two.
 */
export async function earlierFindings(
  ctx: Context,
  of: Readonly<Record<string, unknown>> & { id: string },
): Promise<EarlierFindings> {
  const { read } = ctx.store;
  const text = (field: string): string | null => (of[field] as string | null | undefined) ?? null;
  const found = await read.sql<Omit<Earlier, 'samePlace'> & { samePlace: number }>(
    `SELECT f.id, f.no, f.found_date AS "foundDate", f.closed_date AS "closedDate", f.description, f.status,
       coalesce(p.name, f.location) AS place, coalesce(p.id = o.id OR p.name = o.name, 0) AS "samePlace"
     FROM finding f LEFT JOIN enterprise_place p ON p.id = f.place_id LEFT JOIN enterprise_place o ON o.id = ?3
     WHERE f.enterprise_id = ?1 AND ${differs('f.id', '?2')} AND ${countedFinding()}
       AND (f.found_date < ?4 OR (f.found_date = ?4 AND f.no < ?5))
     ORDER BY f.found_date DESC, f.no DESC`,
    [text('enterpriseId'), of.id, text('placeId'), text('foundDate'), text('no')],
  );
  const rows = new Map(found.map((row): [string, Earlier] => [row.id, { ...row, samePlace: row.samePlace === 1 }]));
  const [{ seen, days }, decisions] = [await seenOf(read, of.id), await decisionsOf(read, of.id)];
  const decided = new Set(decisions.map((one) => one.earlierId));
  const open = seen.flatMap((one): (EarlierFinding & { within: boolean })[] => {
    const row = decided.has(one.earlier.id) ? undefined : rows.get(one.earlier.id);
    return row ? [{ ...row, reasons: [...one.reasons], within: one.within }] : [];
  });
  const likely = open
    .filter((one) => one.within)
    .sort((a, b) => Number(b.samePlace) - Number(a.samePlace))
    .slice(0, LIKELY);
  const before = open.filter((one) => !one.within).slice(0, LIKELY);
  const photos = await attachmentsOf(
    ctx,
    likely.map(({ id }) => id),
  );
  const plain = ({ within: _, ...row }: EarlierFinding & { within: boolean }): EarlierFinding => row;
  const shown = new Set(likely.map(({ id }) => id));
  return {
    likely: likely.map((one): LikelyFinding => ({
      ...plain(one),
      photos: (photos.get(one.id) ?? []).filter(({ kind }) => kind === 'photo_before'),
    })),
    before: before.map(plain),
    others: [...rows.values()]
      .filter(({ id }) => !shown.has(id))
      .slice(0, OTHERS)
      .map((row) => ({ ...row, reasons: [] })),
    decisions,
    days,
  };
}

/** What somebody may decide of: two findings of one enterprise, the other one found before. @throws REFUSED */
export async function requireEarlier(
  read: Reader,
  of: { readonly id: string | null; readonly enterpriseId: string; readonly foundDate: string },
  earlierId: string,
): Promise<void> {
  const earlier = await read.get(finding, earlierId);
  const fits =
    earlier !== null &&
    earlier.id !== of.id &&
    earlier.enterpriseId === of.enterpriseId &&
    earlier.foundDate <= of.foundDate;
  if (!fits) throw refused('重复发生只能认定为同一企业更早的另一个问题');
}

/** Keeps who decided what of a pair, and when, with what the radar said for it then; a later word takes the place of the first. */
export async function noteDecision(
  ctx: Context,
  tx: Writer,
  pair: { readonly findingId: string; readonly earlierId: string },
  decision: Decision,
): Promise<void> {
  const { seen } = await seenOf(tx.read, pair.findingId);
  const reasons = seen.find(({ earlier }) => earlier.id === pair.earlierId)?.reasons.join('；') ?? null;
  const values = { decision, date: ctx.today(), byName: ctx.operator().name, reasons };
  const before = (await tx.read.find(repeatDecision, pair)).find((one) => one.deletedAt === null);
  if (before) await tx.update(repeatDecision, before.id, values);
  else await tx.insert(repeatDecision, { ...pair, ...values } as NewRow<typeof repeatDecision>);
}

/** Takes back that a finding repeats others. */
export async function forgetRepeats(tx: Writer, findingId: string): Promise<void> {
  for (const one of await tx.read.find(repeatDecision, { findingId, decision: 'repeat' }))
    if (one.deletedAt === null) await tx.remove(repeatDecision, one.id);
}

/**
 * A person says whether a finding repeats an earlier one. Said of one pair once, it is not asked again.
 * @throws NOT_FOUND; REFUSED for a finding that is void, and for one that is not an earlier one of the same enterprise
 */
export async function decideRepeat(
  ctx: Context,
  { id: findingId, earlierId, decision }: { id: string; earlierId: string; decision: Decision },
): Promise<Done> {
  const row = await ctx.store.read.get(finding, findingId);
  if (!row || row.deletedAt) throw notFound('问题');
  if (row.status === 'voided') throw refused('这个问题已作废，不用再判断是不是重复');
  await requireEarlier(ctx.store.read, row, earlierId);
  const name = decision === 'repeat' ? '认定为重复发生' : '认定不是重复';
  const { actionId } = await act(ctx, name, 'form', async (tx) => {
    await noteDecision(ctx, tx, { findingId, earlierId }, decision);
    if (decision === 'repeat') await tx.update(finding, findingId, { recurrenceOfId: earlierId });
    else if (row.recurrenceOfId === earlierId) await tx.update(finding, findingId, { recurrenceOfId: null });
  });
  return { actionId };
}

/** Takes a decision back: the pair is asked for anew. @throws NOT_FOUND */
export async function withdrawRepeat(ctx: Context, decisionId: string): Promise<Done> {
  const decided = await ctx.store.read.get(repeatDecision, decisionId);
  if (!decided || decided.deletedAt) throw notFound('重复判断');
  const { actionId } = await act(ctx, '撤销重复的判断', 'form', async (tx) => {
    await tx.remove(repeatDecision, decisionId);
    const row = await tx.read.get(finding, decided.findingId);
    if (row?.recurrenceOfId === decided.earlierId) await tx.update(finding, row.id, { recurrenceOfId: null });
  });
  return { actionId };
}
