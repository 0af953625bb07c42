// What people write into a report: kept for its kind, period and scope; what the last one of the kind said is proposed.
import { actWordOf } from '../act-word.ts';
import type { CaseCandidate, ReportRequest, ReportTexts, TextPatch, WrittenCase } from '../../contract/reports.ts';
import { reportCase, reportText } from '../../domain/documents/entities.ts';
import type { Filter } from '../../domain/dictionary/filter.ts';
import { labelOf } from '../../domain/dictionary/vocabulary.ts';
import { FINDING_STATE_VOCABULARY } from '../../domain/findings/entities.ts';
import { OBJECT_KINDS } from '../../domain/enterprises/vocabulary.ts';
import { dayText, withoutStop, type CaseRow, type PhotoRef } from '../../domain/reports/index.ts';
import { reportNamed } from '../../domain/reports/paper.ts';
import { contains, inList, listParameter, type Writer } from '../../db/index.ts';
import { attachmentsOf, captionOnPaper, photoForPaper } from '../attachments/index.ts';
import { act, type Context } from '../context.ts';
import { notFound, refused } from '../errors.ts';
import { inNarrowed } from '../statistics/index.ts';
import { filterText, periodLabel, reportScopes } from './scopes.ts';

/** Which report a text belongs to. */
export type TextsOf = Required<Pick<ReportRequest, 'kind' | 'from' | 'to' | 'asOf' | 'objectKinds'>> & {
  filter?: Filter | undefined;
};

type Kept = Pick<ReportTexts, 'causes' | 'advice' | 'plan'> & { id: string; periodFrom: string; periodTo: string };

const PHOTOS_PER_SIDE = 2;

/** Conditions in words, by which a report on some enterprises is told from that on all; null for all. */
async function scopeOf(ctx: Context, of: TextsOf): Promise<string | null> {
  const kinds = of.objectKinds.map((kind) => labelOf(OBJECT_KINDS, kind)).join('、');
  return [kinds, await filterText(ctx, of.filter)].filter(Boolean).join('；').slice(0, 500) || null;
}

const KEPT = `t.id, t.period_from AS "periodFrom", t.period_to AS "periodTo", coalesce(t.causes, '') AS causes,
  coalesce(t.advice, '') AS advice, coalesce(t.plan, '') AS plan`;

/** The text of this report, or of the last one of the kind before it that says anything. */
async function keptText(ctx: Context, of: TextsOf, which: 'own' | 'last'): Promise<Kept | null> {
  const period =
    which === 'own'
      ? 't.period_from = ? AND t.period_to = ?'
      : `t.period_from < ? AND t.period_to < ? AND (coalesce(t.causes, '') || coalesce(t.advice, '') || coalesce(t.plan, '') <> ''
         OR EXISTS (SELECT 1 FROM report_case c WHERE c.report_text_id = t.id AND c.deleted_at IS NULL))`;
  return await ctx.store.read.sqlOne<Kept>(
    `SELECT ${KEPT} FROM report_text t WHERE t.deleted_at IS NULL AND t.kind = ? AND coalesce(t.scope, '') = ? AND ${period}
     ORDER BY t.period_from DESC, t.id LIMIT 1`,
    [of.kind, (await scopeOf(ctx, of)) ?? '', of.from, of.to],
  );
}

async function casesOf(ctx: Context, textId: string | undefined): Promise<WrittenCase[]> {
  if (textId === undefined) return [];
  return await ctx.store.read.sql<WrittenCase>(
    `SELECT c.finding_id AS "findingId", f.no, e.name AS enterprise, c.title, c.text
     FROM report_case c JOIN finding f ON f.id = c.finding_id JOIN enterprise e ON e.id = f.enterprise_id
     WHERE c.report_text_id = ? AND c.deleted_at IS NULL AND f.deleted_at IS NULL ORDER BY c.seq, c.id`,
    [textId],
  );
}

/** What is written for a report, and what the last one of the kind said. */
export async function textsOf(ctx: Context, of: TextsOf): Promise<ReportTexts> {
  const [own, last] = [await keptText(ctx, of, 'own'), await keptText(ctx, of, 'last')];
  const { kind } = reportNamed(of.kind).report;
  return {
    causes: own?.causes ?? '',
    advice: own?.advice ?? '',
    plan: own?.plan ?? '',
    cases: await casesOf(ctx, own?.id),
    last: last && {
      label: periodLabel(kind, last.periodFrom, last.periodTo),
      causes: last.causes,
      advice: last.advice,
      plan: last.plan,
      cases: await casesOf(ctx, last.id),
    },
  };
}

/** The row of a report's text, made where there is none yet. */
async function rowOf(ctx: Context, tx: Writer, of: TextsOf): Promise<string> {
  const own = await keptText(ctx, of, 'own');
  if (own) return own.id;
  const scope = await scopeOf(ctx, of);
  const { id } = await tx.insert(reportText, { kind: of.kind, periodFrom: of.from, periodTo: of.to, scope });
  return id;
}

const named = (of: TextsOf): string => {
  const { kind, name } = reportNamed(of.kind).report;
  return `${name}（${periodLabel(kind, of.from, of.to)}）`;
};

/** Keeps what was typed. */
export async function saveText(ctx: Context, of: TextsOf, patch: TextPatch): Promise<void> {
  const values = Object.fromEntries(Object.entries(patch).map(([field, text]) => [field, text.trim() || null]));
  await act(ctx, `修改${named(of)}的文字`, 'form', async (tx) => {
    await tx.update(reportText, await rowOf(ctx, tx, of), values);
  });
}

/** Keeps the cases that were chosen, in their order. @throws NOT_FOUND for a finding that is gone; REFUSED for one twice */
export async function saveCases(
  ctx: Context,
  of: TextsOf,
  cases: readonly { findingId: string; title: string; text: string }[],
): Promise<void> {
  const ids = cases.map(({ findingId }) => findingId);
  if (new Set(ids).size < ids.length) throw refused('同一个问题不能作两个典型案例');
  const known = await ctx.store.read.sql<{ id: string }>(
    `SELECT id FROM finding WHERE deleted_at IS NULL AND status NOT IN ('draft', 'voided') AND ${inList('id')}`,
    [listParameter(ids)],
  );
  if (known.length < ids.length) throw notFound('所选的问题');
  await act(ctx, `选择${named(of)}的典型案例`, 'form', async (tx) => {
    const reportTextId = await rowOf(ctx, tx, of);
    const before = await tx.read.find(reportCase, { reportTextId });
    for (const row of before) if (!ids.includes(row.findingId)) await tx.remove(reportCase, row.id);
    for (const [at, { findingId, title, text }] of cases.entries()) {
      const values = { seq: at + 1, title: title.trim(), text: text.trim() };
      const row = before.find((one) => one.findingId === findingId);
      if (row) await tx.update(reportCase, row.id, values);
      else await tx.insert(reportCase, { reportTextId, findingId, ...values });
    }
  });
}

interface Told {
  id: string;
  no: string;
  enterprise: string;
  foundDate: string | null;
  location: string | null;
  description: string | null;
  suggestion: string | null;
  status: string;
  closedDate: string | null;
  before: number;
  after: number;
}

/** How a case begins: what was found, what was advised, what became of it. */
function drafted({ foundDate, location, description, suggestion, status, closedDate }: Told, act: string): string {
  const stop = (text: string | null): string => withoutStop(text ?? '');
  return [
    `${foundDate ? dayText(foundDate) : ''}${act}发现${location ? `${location}：` : ''}${stop(description)}`,
    ...(suggestion ? [`建议${stop(suggestion).replace(/^建议/, '')}`] : []),
    ...(status === 'closed' && closedDate ? [`企业已完成改进，${dayText(closedDate)}销号`] : []),
  ].join('。');
}

/** Findings that may serve as a case: those of the report's year, with photos before and after first. */
export async function caseCandidates(ctx: Context, of: TextsOf, words: string): Promise<CaseCandidate[]> {
  const { year } = await reportScopes(ctx, of);
  const meant = inNarrowed(year, 'f.enterprise_id', 'f.found_date');
  const photos = (kind: string): string =>
    `(SELECT count(*) FROM attachment a WHERE a.owner_id = f.id AND a.kind = '${kind}' AND a.deleted_at IS NULL AND substr(a.mime, 1, 6) = 'image/')`;
  const said = ['no', 'enterprise', 'description'].map((field) => contains(`coalesce(c.${field}, '')`)).join(' OR ');
  const word = words.trim().toLowerCase();
  const rows = await ctx.store.slow.sql<Told>(
    `SELECT * FROM (SELECT f.id, f.no, e.name AS enterprise, f.found_date AS "foundDate", f.location, f.description,
       coalesce(f.suggestion, f.measure) AS suggestion, f.status, f.closed_date AS "closedDate",
       ${photos('photo_before')} AS "before", ${photos('photo_after')} AS "after"
     FROM finding f JOIN enterprise e ON e.id = f.enterprise_id
     WHERE f.deleted_at IS NULL AND e.deleted_at IS NULL AND f.status NOT IN ('draft', 'voided')
       AND f.found_date BETWEEN ? AND ? AND ${meant.sql}) c
     WHERE ${said}
     ORDER BY CASE WHEN c."before" > 0 AND c."after" > 0 THEN 0 WHEN c."before" > 0 OR c."after" > 0 THEN 1 ELSE 2 END,
       CASE c.status WHEN 'closed' THEN 0 ELSE 1 END, c."foundDate" DESC, c.id LIMIT 100`,
    [year.from, of.to, ...meant.parameters, word, word, word],
  );
  const act = await actWordOf(ctx);
  return rows.map((row) => ({
    findingId: row.id,
    no: row.no,
    enterprise: row.enterprise,
    description: row.description ?? '',
    state: labelOf(FINDING_STATE_VOCABULARY, row.status),
    before: row.before,
    after: row.after,
    title: `${row.enterprise}：${withoutStop(row.description ?? '')}`.slice(0, 60),
    text: drafted(row, act),
  }));
}

/** The cases of a report with the photos that it prints, at most two of each side. */
export async function printedCases(ctx: Context, cases: readonly WrittenCase[]): Promise<CaseRow[]> {
  const attachments = await attachmentsOf(
    ctx,
    cases.map(({ findingId }) => findingId),
  );
  return cases.map(({ findingId, title, text }): CaseRow => {
    const side = (kind: string): PhotoRef[] =>
      (attachments.get(findingId) ?? [])
        .filter((photo) => photo.kind === kind && photo.isImage)
        .slice(0, PHOTOS_PER_SIDE)
        .map((photo) => {
          const caption = captionOnPaper(photo, photo.caption ?? photo.takenAt?.slice(0, 10) ?? '');
          return { id: photo.id, ...(caption && { caption }) };
        });
    return { title, text, before: side('photo_before'), after: side('photo_after') };
  });
}

/** The bytes of the photos of cases by their ids; one whose file is gone prints as missing. */
export async function photosOf(ctx: Context, cases: readonly CaseRow[]): Promise<Record<string, Uint8Array>> {
  const photos: Record<string, Uint8Array> = {};
  for (const { id } of cases.flatMap((row) => [...row.before, ...row.after])) {
    const bytes = await photoForPaper(ctx, { id });
    if (bytes) photos[id] = bytes;
  }
  return photos;
}

/** A text as lines: one for each point. */
export const linesOf = (text: string): string[] =>
  text
    .split('\n')
    .map((line) => line.trim())
    .filter(Boolean);
