// Issues findings with a notice in Word: what it said is frozen in the archive.
import { isDeepStrictEqual } from 'node:util';
import { generatedDocument } from '../../domain/documents/entities.ts';
import { noticeFinding, rectificationNotice } from '../../domain/findings/entities.ts';
import { NOTICE_KINDS } from '../../domain/findings/vocabulary.ts';
import { labelOf } from '../../domain/dictionary/vocabulary.ts';
import { noticeWorkflow } from '../../domain/findings/notice-workflow.ts';
import { bornIn } from '../../domain/dictionary/workflow.ts';
import { addDays } from '../../domain/values/day.ts';
import type { Writer } from '../../db/index.ts';
import type { RectificationNoticeData } from '../documents/index.ts';
import { act, type Context } from '../context.ts';
import { archiveDocument, archivedBytes, newestDocumentOf } from '../archive/index.ts';
import { refused } from '../errors.ts';
import { inWorker } from '../workers/index.ts';
import { factsOf } from './read.ts';
import { applyEvent } from './events.ts';
import { clientConsent } from './client-consent.ts';
import { noticeIssued, noticeNow, type PrintedNotice } from './notice-data.ts';

/** A document that was written: its bytes, its name, its row in the archive. */
export interface WrittenDocument {
  bytes: Uint8Array;
  fileName: string;
  documentId: string;
}

/** What may have come since, as JSON keeps it. */
const sent = (data: RectificationNoticeData): unknown =>
  JSON.parse(
    JSON.stringify([
      data.acknowledged ?? {},
      data.findings.map((one) => [one.after ?? null, one.rectifiedDate ?? null]),
    ]),
  );

const ONE_ENTERPRISE = '一张整改单只能开给一家企业';

/** What a notice is made of. */
export interface NoticeRequest {
  enterpriseId: string;
  visitId: string | null;
  findingIds: readonly string[];
  kind: 'advice' | 'notice';
  replyDate: string | null;
  /** The client's consent to a notice in its name, where it was given for this one. */
  clientConsentBy?: string | null;
  clientConsentAt?: string | null;
  clientConsentAttachmentId?: string | null;
}

/** Inserts a notice over findings that were issued; without a day to reply by it is the earliest deadline. */
export async function insertNotice(ctx: Context, tx: Writer, given: NoticeRequest): Promise<string> {
  const today = ctx.today();
  const deadlines: string[] = [];
  for (const id of given.findingIds) {
    const { facts } = await factsOf(tx.read, id);
    const deadline = facts.deadline ?? facts.proposedDeadline;
    if (deadline) deadlines.push(deadline);
  }
  const notice = await tx.insert(rectificationNotice, {
    no: await tx.nextNumber('notice', today),
    kind: given.kind,
    enterpriseId: given.enterpriseId,
    visitId: given.visitId,
    state: bornIn(noticeWorkflow, 'issue'),
    issuedDate: today,
    issuedBy: ctx.operator().name,
    replyDate: given.replyDate ?? deadlines.sort()[0] ?? addDays(today, 15),
    ...(given.kind === 'notice' && (await clientConsent(tx.read, ctx.projectId(), given, today))),
  });
  for (const id of given.findingIds) await tx.insert(noticeFinding, { noticeId: notice.id, findingId: id } as never);
  return notice.id;
}

/** Issues drafts of one enterprise with one notice. All or none. @throws REFUSED with what is missing */
export async function issueNotice(
  ctx: Context,
  given: NoticeRequest,
): Promise<{ noticeId: string; actionId: string; document: WrittenDocument }> {
  const today = ctx.today();
  const { value, actionId } = await act(ctx, `开具${labelOf(NOTICE_KINDS, given.kind)}`, 'notice', async (tx) => {
    for (const id of given.findingIds) {
      const { facts, row } = await factsOf(tx.read, id);
      if (row.enterpriseId !== given.enterpriseId) throw refused(ONE_ENTERPRISE);
      const date = facts.foundDate > today ? today : (facts.lastStepDate ?? facts.foundDate);
      if (facts.state === 'draft') await applyEvent(ctx, tx, id, 'issue', { date });
    }
    return await insertNotice(ctx, tx, given);
  });
  return { noticeId: value, actionId, document: await writeNoticeDocument(ctx, value) };
}

/** The newest data that a notice was archived with, or null. */
async function archivedData(ctx: Context, documentId: string | null): Promise<RectificationNoticeData | null> {
  const row = documentId ? await ctx.store.read.get(generatedDocument, documentId) : null;
  return row?.figuresJson ? (JSON.parse(row.figuresJson) as RectificationNoticeData) : null;
}

async function write(ctx: Context, noticeId: string, { data, photos }: PrintedNotice): Promise<WrittenDocument> {
  const bytes = await inWorker('writeNotice', { data, options: {}, photos });
  const title = labelOf(NOTICE_KINDS, data.kind);
  return await archiveDocument(ctx, {
    kind: 'rectification_notice',
    title: `${title} ${data.no}`,
    subjectId: noticeId,
    figures: data,
    bytes,
    fileName: `${title}_${data.enterprise.name}_${data.no}.docx`,
  });
}

/** Writes the Word file of a notice and archives it. */
export async function writeNoticeDocument(ctx: Context, noticeId: string): Promise<WrittenDocument> {
  return await write(ctx, noticeId, await noticeNow(ctx, noticeId, await noticeIssued(ctx, noticeId)));
}

/**
 * The notice with the words it was issued with, and what has come of it since: photos from after beside those from before,
 * who received it. Where nothing has come since the newest archived one, that file.
 */
export async function noticeFile(ctx: Context, noticeId: string): Promise<WrittenDocument> {
  const archived = await newestDocumentOf(ctx, noticeId);
  const said = await archivedData(ctx, archived);
  if (!archived || !said) return await writeNoticeDocument(ctx, noticeId);
  const now = await noticeNow(ctx, noticeId, said);
  return isDeepStrictEqual(sent(now.data), sent(said))
    ? await archivedBytes(ctx, archived)
    : await write(ctx, noticeId, now);
}
