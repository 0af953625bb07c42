// 问题全过程档案 of a finding in Word: its facts, photos before and after, and the events of its page, oldest first.
import { shownPhotos } from '../../domain/attachments/shown.ts';
import { labelOf } from '../../domain/dictionary/vocabulary.ts';
import { CLOSE_REASONS, FINDING_STATE_VOCABULARY } from '../../domain/findings/entities.ts';
import { findingStoryPaper } from '../../domain/findings/story-paper.ts';
import { FINDING_CATEGORIES, HANDLING_CLASSES } from '../../domain/findings/vocabulary.ts';
import { safeFileName } from '../../domain/values/file-name.ts';
import { daysBetween } from '../../domain/values/day.ts';
import type { AttachmentRow } from '../../contract/attachments.ts';
import type { FindingPage } from '../../contract/findings.ts';
import { captionOnPaper, photoForPaper } from '../attachments/index.ts';
import type { Context } from '../context.ts';
import { paperText } from '../paper-words/index.ts';
import { inWorker } from '../workers/index.ts';
import { getFinding } from './read.ts';

const NAME = findingStoryPaper.label;
const daysText = (from: string, to: string): string => `${String(daysBetween(from, to))} 天`;

/** The events oldest first, each with the days since the step before it. */
function eventRows(page: FindingPage): Record<string, string | null>[] {
  let last: string | null = null;
  return page.events.toReversed().map(({ kind, day, title, detail, who }) => {
    const took = kind === 'step' && last !== null ? daysText(last, day) : null;
    if (kind === 'step') last = day;
    return { day, title, detail, who, took };
  });
}

async function photosOf(
  ctx: Context,
  photos: readonly AttachmentRow[],
  bytes: Record<string, Uint8Array>,
): Promise<{ id: string; caption: string }[]> {
  const shown = shownPhotos(photos).filter((one) => one.isImage);
  for (const photo of shown) {
    const content = await photoForPaper(ctx, photo);
    if (content) bytes[photo.id] = content;
  }
  return shown.map((photo) => ({
    id: photo.id,
    caption: captionOnPaper(photo, photo.caption ?? photo.takenAt?.slice(0, 10) ?? ''),
  }));
}

/** The whole story of a finding as Word. @throws NOT_FOUND */
export async function findingStory(ctx: Context, id: string): Promise<{ bytes: Uint8Array; fileName: string }> {
  const page = await getFinding(ctx, id);
  const text = (field: string): string | null => (page.values[field] as string | null | undefined) || null;
  const word = (vocabulary: Parameters<typeof labelOf>[0], field: string): string | null => {
    const value = text(field);
    return value && labelOf(vocabulary, value);
  };
  const [found, closed] = [String(page.values.foundDate), text('closedDate')];
  const extensions = Number(page.values.extensionCount);
  const photos: Record<string, Uint8Array> = {};
  const data = {
    name: NAME,
    no: text('no'),
    enterprise: page.enterprise.name,
    village: page.enterprise.villageName,
    foundDate: found,
    category: word(FINDING_CATEGORIES, 'category'),
    handlingClass: word(HANDLING_CLASSES, 'handlingClass'),
    status: word(FINDING_STATE_VOCABULARY, 'status'),
    where: [page.names.placeId, text('location')].filter(Boolean).join('，') || null,
    description: text('description'),
    laws: page.laws.map(({ lawTitle, label }) => `《${lawTitle}》${label}`).join('；') || null,
    measure: text('measure') ?? text('suggestion'),
    responsible: [text('responsibleUnit'), text('responsiblePerson')].filter(Boolean).join(' ') || null,
    told: [text('toldToName'), text('toldAt'), text('toldReply')].filter(Boolean).join('，') || null,
    deadline: text('deadline'),
    extensions: extensions > 0 ? `延期 ${String(extensions)} 次，原定 ${text('originalDeadline') ?? '－'}` : null,
    closedDate: closed,
    closeReason: word(CLOSE_REASONS, 'closeReason'),
    took: closed && `历时 ${daysText(found, closed)}`,
    before: await photosOf(ctx, page.photosBefore, photos),
    after: await photosOf(ctx, page.photosAfter, photos),
    events: eventRows(page),
  };
  const bytes = await inWorker('writePaper', { paperId: findingStoryPaper.id, data, options: {}, photos });
  return { bytes, fileName: `${safeFileName(paperText(findingStoryPaper, data, findingStoryPaper.file))}.docx` };
}
