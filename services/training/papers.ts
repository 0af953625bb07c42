// Papers of a training: the sheet to sign in, and the summary once it has been held (domain reference 5.8).
import { attachmentsOf, captionOnPaper, photoForPaper } from '../attachments/index.ts';
import { shownPhotos } from '../../domain/attachments/shown.ts';
import { labelOf } from '../../domain/dictionary/vocabulary.ts';
import { HELD_STATES, TRAINING_AUDIENCES, TRAINING_KINDS } from '../../domain/training/entities.ts';
import type { TrainingPage } from '../../contract/training.ts';
import { safeFileName } from '../../domain/values/file-name.ts';
import { INVITED, OWN_ORGANISATION } from '../conditions/index.ts';
import type { Context } from '../context.ts';
import type { TrainingData } from '../documents/index.ts';
import { refused } from '../errors.ts';
import { inWorker } from '../workers/index.ts';
import { getTraining } from './trainings.ts';

/** A written paper. */
export interface TrainingFile {
  bytes: Uint8Array;
  fileName: string;
}

const textOf = (page: TrainingPage, field: string): string | null =>
  (page.values[field] as string | null | undefined) || null;

async function dataOf(ctx: Context, page: TrainingPage): Promise<TrainingData> {
  const people = await ctx.store.read.sql<{
    unit: string | null;
    name: string | null;
    post: string | null;
    phone: string | null;
  }>(
    `SELECT coalesce(e.name, a.name) AS unit, x.person_name AS name, x.post, x.phone FROM training_attendance x
       LEFT JOIN enterprise e ON e.id = x.enterprise_id LEFT JOIN area a ON a.id = x.village_id
     WHERE x.training_id = ? AND x.deleted_at IS NULL ORDER BY e.pinyin IS NULL, e.pinyin, a.name, x.id`,
    [page.id],
  );
  const invited =
    people.length > 0
      ? []
      : await ctx.store.read.sql<{ unit: string }>(
          `SELECT e.name AS unit FROM training t, enterprise e WHERE t.id = ? AND ${INVITED} ORDER BY e.pinyin`,
          [page.id],
        );
  const org = await ctx.store.read.sqlOne<{ name: string }>(`SELECT ${OWN_ORGANISATION} AS name`);
  return {
    title: textOf(page, 'title') ?? '',
    kind: labelOf(TRAINING_KINDS, textOf(page, 'kind')),
    date: textOf(page, 'date'),
    hours: textOf(page, 'hours'),
    place: textOf(page, 'place'),
    trainer: textOf(page, 'trainer'),
    orgName: org?.name ?? '',
    audience: page.audience.map((a) => labelOf(TRAINING_AUDIENCES, a)).join('、') || null,
    attendees: people.length > 0 ? people : invited.map(({ unit }) => ({ unit, name: null, post: null, phone: null })),
    blankRows: 10,
  };
}

/** Sign-in sheet in Word: those who signed, or lines for those invited, and empty ones. */
export async function signInSheet(ctx: Context, id: string): Promise<TrainingFile> {
  const data = await dataOf(ctx, await getTraining(ctx, id));
  const bytes = await inWorker('writeSignIn', { data, options: { contacts: 'shown' }, photos: {} });
  return { bytes, fileName: safeFileName(`培训签到表_${data.title}.docx`) };
}

const linesOf = (text: string | null): string[] => text?.split('\n').filter((line) => line.trim() !== '') ?? [];

/** Average of the marks and what people thought of it. */
function assessmentOf(score: { average: number | null; examined: number }, satisfaction: string | null): string | null {
  const said = [
    score.average !== null && `随堂考核${score.examined}人，平均${Math.round(score.average * 10) / 10}分`,
    satisfaction && `满意度${satisfaction}分（满分5分）`,
  ];
  return said.filter(Boolean).join('，') || null;
}

/** Summary in Word. @throws NOT_FOUND; REFUSED before the training has been held */
export async function trainingSummaryFile(ctx: Context, id: string): Promise<TrainingFile> {
  const page = await getTraining(ctx, id);
  if (!(HELD_STATES as readonly string[]).includes(textOf(page, 'state') ?? ''))
    throw refused('培训还没有举办，不能出总结；举办后请先点“已举办”');
  const data = await dataOf(ctx, page);
  const counted = await ctx.store.read.sqlOne<{
    attended: number;
    officers: number;
    average: number | null;
    examined: number;
  }>(
    `SELECT count(DISTINCT enterprise_id) AS attended, count(village_id) AS officers, avg(exam_score) AS average, count(exam_score) AS examined
     FROM training_attendance WHERE training_id = ? AND deleted_at IS NULL`,
    [id],
  );
  const files = shownPhotos((await attachmentsOf(ctx, [id])).get(id) ?? []);
  const photos: Record<string, Uint8Array> = {};
  for (const photo of files.filter((file) => file.isImage)) {
    const bytes = await photoForPaper(ctx, photo);
    if (bytes) photos[photo.id] = bytes;
  }
  const summary: NonNullable<TrainingData['summary']> = {
    invited: page.invited || null,
    attended: counted?.attended ?? 0,
    persons: page.persons,
    officers: counted?.officers || null,
    coverage: page.invited ? `${Math.round(((counted?.attended ?? 0) / page.invited) * 1000) / 10}%` : null,
    content: [...linesOf(textOf(page, 'topic')), ...linesOf(textOf(page, 'summary'))],
    questions: linesOf(textOf(page, 'questions')),
    assessment: counted && assessmentOf(counted, textOf(page, 'satisfaction')),
    improvements: linesOf(textOf(page, 'improvements')),
    photos: files
      .filter((file) => file.isImage)
      .map((file) => ({ id: file.id, caption: captionOnPaper(file, file.caption ?? file.title ?? '') })),
    materials: files.filter((file) => !file.isImage).map((file) => file.title ?? file.name),
    issuedOn: ctx.today(),
  };
  const bytes = await inWorker('writeTrainingSummary', { data: { ...data, summary }, options: {}, photos });
  return { bytes, fileName: safeFileName(`培训总结_${data.title}.docx`) };
}
