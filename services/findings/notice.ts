// Issues findings with a notice in Word: what it said is frozen in the archive.
import { finding, noticeFinding, rectificationNotice } from '../../domain/findings/entities.ts';
import { FINDING_CATEGORIES, HANDLING_CLASSES, NOTICE_KINDS, PHOTO_EXEMPTIONS } from '../../domain/findings/vocabulary.ts';
import { labelOf } from '../../domain/dictionary/vocabulary.ts';
import { addDays } from '../../domain/values/day.ts';
import type { Done } from '../../contract/shared.ts';
import type { RectificationNoticeData } from '../documents/index.ts';
import { attachmentsOf, captionOnPaper, photoForPaper } from '../attachments/index.ts';
import { act, type Context } from '../context.ts';
import { archiveDocument, archivedBytes, newestDocumentOf } from '../archive/index.ts';
import { CONTACT_PHONE, mainContact, OWN_ORGANISATION } from '../conditions/index.ts';
import { notFound, refused } from '../errors.ts';
import { citationsOf } from '../knowledge/index.ts';
import { inWorker } from '../workers/index.ts';
import { factsOf } from './read.ts';
import { applyEvent } from './write.ts';

/** A document that was written: its bytes, its name, its row in the archive. */
export interface WrittenDocument { bytes: Uint8Array; fileName: string; documentId: string }

const CONSEQUENCE = '以上问题如不整改，可能违反所列法规依据的要求，存在环境风险和被主管部门查处的可能，建议按期落实';

async function noticeData(ctx: Context, noticeId: string): Promise<{ data: RectificationNoticeData; photos: Record<string, Uint8Array> }> {
  const { read } = ctx.store;
  const notice = await read.get(rectificationNotice, noticeId);
  if (!notice) throw notFound('整改单');
  const enterprise = await read.sqlOne<{ name: string; creditCode: string | null; address: string | null; contact: string | null; phone: string | null }>(
    `SELECT e.name, e.credit_code AS creditCode, e.address, ${mainContact('c.name')} AS contact,
       ${mainContact(CONTACT_PHONE)} AS phone
     FROM enterprise e WHERE e.id = ?`, [notice.enterpriseId]);
  const visit = await read.sqlOne<{ date: string; round: string | null; inspectors: string | null }>(
    `SELECT v.date, (SELECT r.name FROM round r WHERE r.id = v.round_id) AS round,
       (SELECT group_concat(s.name, '、') FROM visit_staff x JOIN staff s ON s.id = x.staff_id WHERE x.visit_id = v.id AND x.deleted_at IS NULL) AS inspectors
     FROM visit v WHERE v.id = ?`, [notice.visitId]);
  const links = await read.sql<{ findingId: string }>('SELECT l.finding_id AS findingId FROM notice_finding l JOIN finding f ON f.id = l.finding_id WHERE l.notice_id = ? AND l.deleted_at IS NULL ORDER BY f.no', [noticeId]);
  const ids = links.map((l) => l.findingId);
  const rows = await read.find(finding, { id: ids });
  const laws = await citationsOf(read, { table: 'finding_law', owner: 'finding_id' }, ids, notice.issuedDate);
  const attachments = await attachmentsOf(ctx, ids);
  const photos: Record<string, Uint8Array> = {};
  for (const list of attachments.values()) {
    for (const p of list.filter((x) => x.kind === 'photo_before' && x.isImage)) {
      const bytes = await photoForPaper(ctx, p);
      if (bytes) photos[p.id] = bytes;
    }
  }
  const people = await read.sqlOne<{ org: string | null; client: string | null; phone: string | null }>(
    `SELECT ${OWN_ORGANISATION} AS org,
       (SELECT c.name FROM service_project p JOIN organisation c ON c.id = p.client_id WHERE p.id = ?) AS client,
       (SELECT s.phone FROM staff s WHERE s.id = ?) AS phone`, [ctx.projectId(), ctx.operator().id]);
  const data: RectificationNoticeData = {
    kind: notice.kind, clientAgreed: notice.kind === 'notice', no: notice.no, issuedDate: notice.issuedDate, clientName: people?.client ?? null, orgName: people?.org ?? '',
    enterprise: { name: enterprise?.name ?? '', creditCode: enterprise?.creditCode ?? null, address: enterprise?.address ?? null, contact: enterprise?.contact ?? null, phone: enterprise?.phone ?? null },
    visitDate: visit?.date ?? rows[0]?.foundDate ?? null, round: visit?.round ?? null, inspectors: visit?.inspectors?.split('、') ?? [notice.issuedBy ?? ''].filter(Boolean),
    findings: ids.map((id) => rows.find((r) => r.id === id)).filter((r) => r !== undefined).map((r) => ({
      no: r.no, category: labelOf(FINDING_CATEGORIES, r.category), handlingClass: labelOf(HANDLING_CLASSES, r.handlingClass), location: r.location, description: r.description,
      photos: (attachments.get(r.id) ?? []).filter((p) => p.kind === 'photo_before' && p.isImage).map((p) => ({ id: p.id, caption: captionOnPaper(p, p.caption ?? [r.location, p.takenAt?.slice(0, 10) ?? r.foundDate].filter(Boolean).join(' ')) })),
      photoExemptReason: r.photoExemption ? labelOf(PHOTO_EXEMPTIONS, r.photoExemption) : null,
      legalBasis: (laws.get(r.id) ?? []).map((l) => ({ lawTitle: l.lawTitle, documentNo: l.documentNumber, article: l.label, verified: l.verified })),
      suggestion: r.suggestion, measure: r.measure, responsible: [r.responsibleUnit, r.responsiblePerson].filter(Boolean).join(' ') || null, deadline: r.deadline ?? r.proposedDeadline,
    })),
    consequences: [CONSEQUENCE], feedback: { person: ctx.operator().name, phone: people?.phone ?? null }, replyBy: notice.replyDate,
  };
  return { data, photos };
}

/** Issues drafts of one enterprise with one notice. All or none. @throws REFUSED with what is missing */
export async function issueNotice(ctx: Context, given: {
  enterpriseId: string; visitId: string | null; findingIds: readonly string[]; kind: 'advice' | 'notice'; replyDate: string | null;
}): Promise<{ noticeId: string; actionId: string; document: WrittenDocument }> {
  const today = ctx.today();
  const { value, actionId } = await act(ctx, `开具${labelOf(NOTICE_KINDS, given.kind)}`, 'notice', async (tx) => {
    const deadlines: string[] = [];
    for (const id of given.findingIds) {
      const { facts, row } = await factsOf(tx.read, id);
      if (row.enterpriseId !== given.enterpriseId) throw refused('一张整改单只能开给一家企业');
      if (facts.state === 'draft') await applyEvent(ctx, tx, id, { event: 'issue', date: facts.foundDate > today ? today : facts.lastStepDate ?? facts.foundDate, deadline: null, reason: null, approver: null, evidence: null });
      const deadline = facts.deadline ?? facts.proposedDeadline;
      if (deadline) deadlines.push(deadline);
    }
    const notice = await tx.insert(rectificationNotice, {
      no: await tx.nextNumber('notice', today), kind: given.kind, enterpriseId: given.enterpriseId, visitId: given.visitId, state: 'issued', issuedDate: today, issuedBy: ctx.operator().name,
      replyDate: given.replyDate ?? deadlines.sort()[0] ?? addDays(today, 15),
    });
    for (const id of given.findingIds) await tx.insert(noticeFinding, { noticeId: notice.id, findingId: id } as never);
    return notice.id;
  });
  return { noticeId: value, actionId, document: await writeNoticeDocument(ctx, value) };
}

/** Writes the Word file of a notice and archives it. */
async function writeNoticeDocument(ctx: Context, noticeId: string): Promise<WrittenDocument> {
  const { data, photos } = await noticeData(ctx, noticeId);
  const bytes = await inWorker('writeNotice', { data, options: {}, photos });
  const title = data.kind === 'advice' ? '整改建议单' : '整改通知单';
  return await archiveDocument(ctx, { kind: 'rectification_notice', title: `${title} ${data.no}`, subjectId: noticeId, figures: data, bytes, fileName: `${title}_${data.enterprise.name}_${data.no}.docx` });
}

/** The notice as it was issued. Written anew only when its file was never archived. */
export async function noticeFile(ctx: Context, noticeId: string): Promise<WrittenDocument> {
  const archived = await newestDocumentOf(ctx, noticeId);
  return archived ? await archivedBytes(ctx, archived) : await writeNoticeDocument(ctx, noticeId);
}

/** Records that the enterprise took the notice. */
export async function acknowledgeNotice(ctx: Context, noticeId: string, given: { signerName: string; deliveredBy: string; date?: string | undefined }): Promise<Done> {
  if (!(await ctx.store.read.get(rectificationNotice, noticeId))) throw notFound('整改单');
  const { actionId } = await act(ctx, '登记整改单签收', 'form', async (tx) => await tx.update(rectificationNotice, noticeId, {
    state: 'acknowledged', signerName: given.signerName, deliveredBy: given.deliveredBy as 'on_site', deliveredDate: given.date ?? ctx.today(),
  }));
  return { actionId };
}
