// Papers that are made from the dictionary alone: read, made, archived.
import type { PaperDefinition } from '../../domain/dictionary/paper.ts';
import { PAPERS } from '../../domain/entities.ts';
import { safeFileName } from '../../domain/values/file-name.ts';
import { archiveDocument } from '../archive/index.ts';
import type { Context } from '../context.ts';
import type { PaperOptions } from '../documents/index.ts';
import { withLetter } from '../letters/index.ts';
import { paperText } from '../paper-words/index.ts';
import { notFound, refused } from '../errors.ts';
import { inWorker } from '../workers/index.ts';
import { readPaper } from './read.ts';

export { linkTo, photosOfRows, readPaper, readPaths } from './read.ts';

/** How a paper is wanted. */
export type PaperWishes = Pick<PaperOptions, 'contacts' | 'fonts'>;

/** The paper of that id. @throws NOT_FOUND; REFUSED for one that its capability makes */
function plainPaper(id: string): PaperDefinition {
  const paper = PAPERS.find((one) => one.id === id);
  if (!paper) throw notFound('文书');
  if (Object.keys(paper.given).length > 0 || paper.report) throw refused(`${paper.label}请从它自己的页面出具`);
  return paper;
}

/**
 * Makes a paper of a record in Word, and archives it with its data where it is one that is kept.
 * @throws NOT_FOUND, REFUSED
 */
export async function paperFile(
  ctx: Context,
  paperId: string,
  id: string,
  wishes: PaperWishes = {},
): Promise<{ bytes: Uint8Array; fileName: string; documentId: string | null }> {
  const paper = withLetter(ctx.resources, plainPaper(paperId));
  const { data, photos } = await readPaper(ctx, paper, id);
  const bytes = await inWorker('writePaper', { paperId, blocks: paper.blocks, data, options: wishes, photos });
  const fileName = `${safeFileName(paperText(paper, data, paper.file))}.docx`;
  if (!paper.archive) return { bytes, fileName, documentId: null };
  const title = paperText(paper, data, paper.title);
  return await archiveDocument(ctx, {
    kind: paper.id,
    title,
    subjectId: id,
    asOfDate: ctx.today(),
    figures: data,
    bytes,
    fileName,
  });
}
