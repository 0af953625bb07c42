// The archive of issued documents: file, frozen figures, version. What was issued never changes.
import { generatedDocument } from '../../domain/documents/entities.ts';
import { inList, listParameter } from '../../db/index.ts';
import { REPORT_PAPERS } from '../../domain/reports/index.ts';
import { safeFileName } from '../../domain/values/file-name.ts';
import type { ArchivedDocument } from '../../contract/reports.ts';
import { act, type Context } from '../context.ts';
import { notFound, ServiceError } from '../errors.ts';

/** Something to archive. `figures` is plain JSON. */
export interface NewDocument {
  /** Id of the paper. */
  kind: string;
  title: string;
  subjectId?: string | null;
  periodFrom?: string | null;
  periodTo?: string | null;
  asOfDate?: string | null;
  figures: unknown;
  bytes: Uint8Array;
  fileName: string;
}

/** Keeps a document; the same title again becomes the next version. */
export async function archiveDocument(
  ctx: Context,
  given: NewDocument,
): Promise<{ bytes: Uint8Array; fileName: string; documentId: string }> {
  const blob = await ctx.store.blobs.addBytes(given.bytes);
  const fileName = safeFileName(given.fileName);
  const { value } = await act(ctx, `出具${given.title}`.slice(0, 60), 'report', async (tx) => {
    const last = await tx.read.sqlOne<{ version: number | null }>(
      'SELECT max(version) AS version FROM generated_document WHERE kind = ? AND title = ? AND deleted_at IS NULL',
      [given.kind, given.title],
    );
    return await tx.insert(generatedDocument, {
      kind: given.kind,
      title: given.title,
      subjectId: given.subjectId ?? null,
      periodFrom: given.periodFrom ?? null,
      periodTo: given.periodTo ?? null,
      asOfDate: given.asOfDate ?? null,
      version: (last?.version ?? 0) + 1,
      figuresJson: JSON.stringify(given.figures),
      sha256: blob.sha256,
      fileName,
      size: given.bytes.length,
      createdBy: ctx.operator().name,
      issuedAt: tx.now,
    });
  });
  return { bytes: given.bytes, fileName, documentId: value.id };
}

/** The newest document about a subject, or null. */
export async function newestDocumentOf(ctx: Context, subjectId: string): Promise<string | null> {
  return (
    (
      await ctx.store.read.sqlOne<{ id: string }>(
        'SELECT id FROM generated_document WHERE subject_id = ? AND deleted_at IS NULL ORDER BY version DESC, issued_at DESC LIMIT 1',
        [subjectId],
      )
    )?.id ?? null
  );
}

/** The file of an archived document. @throws NOT_FOUND */
export async function archivedBytes(
  ctx: Context,
  documentId: string,
): Promise<{ bytes: Uint8Array; fileName: string; documentId: string }> {
  const row = await ctx.store.read.get(generatedDocument, documentId);
  if (!row) throw notFound('存档报告');
  if (!(await ctx.store.blobs.has(row.sha256)))
    throw new ServiceError('NOT_FOUND', '这份存档的文件不在本机，请从备份恢复');
  return { bytes: await ctx.store.blobs.read(row.sha256), fileName: row.fileName, documentId };
}

/** Archived documents, newest first; without a kind the periodic reports. */
export async function listArchive(
  ctx: Context,
  kind: string | null,
  subjectId: string | null,
): Promise<ArchivedDocument[]> {
  return await ctx.store.read.sql<ArchivedDocument>(
    `SELECT id, kind, title, period_from AS "periodFrom", period_to AS "periodTo", as_of_date AS "asOfDate", version,
       created_by AS "createdBy", issued_at AS "issuedAt", size, '' AS url, file_name AS "fileName"
     FROM generated_document
     WHERE deleted_at IS NULL AND (?1 IS NULL OR kind = ?1) AND (?2 IS NULL OR subject_id = ?2)
       AND (?1 IS NOT NULL OR ${inList('kind', '?3')})
     ORDER BY issued_at DESC LIMIT 500`,
    [kind, subjectId, listParameter(REPORT_PAPERS.map((paper) => paper.id))],
  );
}
