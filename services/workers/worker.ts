// What worker threads do. Every export is a task: plain data in, plain data out, no database.
import { lookup } from '../../domain/values/lookup.ts';
import {
  dossier,
  inspectionRecord,
  makePaper,
  periodicReport,
  rectificationNotice,
  trainingSignIn,
  trainingSummary,
  writeWorkbook,
  type DossierData,
  type InspectionRecordData,
  type PaperData,
  type PaperOptions,
  type PeriodicReportOptions,
  type RectificationNoticeData,
  type Sheet,
  type TrainingData,
} from '../documents/index.ts';
import type { PaperBlock } from '../../domain/dictionary/paper.ts';
import { PAPERS } from '../../domain/entities.ts';
import type { ReportFigures } from '../../domain/reports/index.ts';
import { UnreadableFile } from '../spreadsheets/index.ts';
import { drawPage, type PagePicture } from '../pages/index.ts';
import { hasSentence, readScanPage, type PageSays } from './read-scan.ts';
import { readSignInList, type SignInPerson } from './sign-in-list.ts';
import {
  drawPoints,
  inspectPhoto,
  makeDocumentPicture,
  makeThumbnail,
  PhotoError,
  type PicturePoint,
} from '../photos/index.ts';

/** What a file is. A picture that can't be used says why. */
export interface FileLook {
  mime: string;
  width: number | null;
  height: number | null;
  takenAt: string | null;
  longitude: string | null;
  latitude: string | null;
  refusal: { code: string; sentence: string } | null;
}

const BY_ENDING: Readonly<Record<string, string>> = lookup({
  pdf: 'application/pdf',
  docx: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  pptx: 'application/vnd.openxmlformats-officedocument.presentationml.presentation',
  doc: 'application/msword',
  xls: 'application/vnd.ms-excel',
  ppt: 'application/vnd.ms-powerpoint',
  txt: 'text/plain',
  csv: 'text/csv',
  zip: 'application/zip',
  mp4: 'video/mp4',
});

/** Looks at a file by its bytes; its name only helps with what is no picture. */
export async function lookAtFile(input: { bytes: Uint8Array; name: string }): Promise<FileLook> {
  const ending = input.name.slice(input.name.lastIndexOf('.') + 1).toLowerCase();
  try {
    const photo = await inspectPhoto(input.bytes);
    return {
      mime: photo.mime,
      width: photo.width,
      height: photo.height,
      takenAt: photo.takenAt,
      longitude: photo.longitude,
      latitude: photo.latitude,
      refusal: null,
    };
  } catch (error) {
    if (!(error instanceof PhotoError)) throw error;
    return {
      mime: BY_ENDING[ending] ?? 'application/octet-stream',
      width: null,
      height: null,
      takenAt: null,
      longitude: null,
      latitude: null,
      refusal: { code: error.code, sentence: error.message },
    };
  }
}

/** A small picture for lists. */
export async function shrinkPhoto(input: {
  bytes: Uint8Array;
  edge: number;
}): Promise<{ bytes: Uint8Array; mime: string }> {
  const { bytes, mime } = await makeThumbnail(input.bytes, input.edge);
  return { bytes, mime };
}

/** What may fail of a page, with its sentence. */
export interface Refusal {
  code: string;
  sentence: string;
}

/** What cannot be done with a page is said, not thrown: of a thrown error only the message would cross. */
async function orRefusal<T>(work: Promise<T>): Promise<T | { refusal: Refusal }> {
  try {
    return await work;
  } catch (error) {
    if (hasSentence(error)) return { refusal: { code: error.code, sentence: error.message } };
    throw error;
  }
}

/** A page of a file as a picture; what can't be drawn says why. */
export async function showPage(input: {
  bytes: Uint8Array;
  mime: string;
  number: number;
  edge: number;
}): Promise<PagePicture | { refusal: Refusal }> {
  return await orRefusal(drawPage(input.bytes, input.mime, input.number, input.edge));
}

/** What a page says; what can't be read says why. */
export async function readScan(input: Parameters<typeof readScanPage>[0]): Promise<PageSays | { refusal: Refusal }> {
  return await orRefusal(readScanPage(input));
}

/** Points of pictures, by the picture. */
type Points = Readonly<Record<string, readonly PicturePoint[]>>;

/** Scales photos for printing, with their points; one that can't be read is left out and prints as missing. */
async function forPrint(
  photos: Readonly<Record<string, Uint8Array>>,
  points: Points = {},
): Promise<Record<string, Uint8Array>> {
  const scaled: Record<string, Uint8Array> = {};
  for (const [id, bytes] of Object.entries(photos)) {
    try {
      const own = points[id];
      scaled[id] = (await (own ? drawPoints(bytes, own) : makeDocumentPicture(bytes))).bytes;
    } catch (error) {
      if (!(error instanceof PhotoError)) throw error;
    }
  }
  return scaled;
}

/** 整改建议单 or 整改通知单 as Word bytes. */
export async function writeNotice(input: {
  data: RectificationNoticeData;
  options: PaperOptions;
  photos: Record<string, Uint8Array>;
}): Promise<Uint8Array> {
  return await rectificationNotice(input.data, { ...input.options, photos: await forPrint(input.photos) });
}

/** 服务巡查记录 as Word bytes. */
export async function writeInspectionRecord(input: {
  data: InspectionRecordData;
  options: PaperOptions;
  photos: Record<string, Uint8Array>;
}): Promise<Uint8Array> {
  return await inspectionRecord(input.data, { ...input.options, photos: await forPrint(input.photos) });
}

/** 一企一档 as Word bytes. */
export async function writeDossier(input: {
  data: DossierData;
  options: PaperOptions;
  photos: Record<string, Uint8Array>;
  points?: Points;
}): Promise<Uint8Array> {
  return await dossier(input.data, { ...input.options, photos: await forPrint(input.photos, input.points) });
}

/** Any paper of the dictionary as Word bytes. @throws for an id that is none */
export async function writePaper(input: {
  paperId: string;
  /** In place of the paper's own, where a letter of the content stands before them. */
  blocks?: readonly PaperBlock[];
  data: PaperData;
  options: PaperOptions;
  photos: Record<string, Uint8Array>;
}): Promise<Uint8Array> {
  const paper = PAPERS.find(({ id }) => id === input.paperId);
  if (!paper) throw new Error(`no paper ${input.paperId}`);
  const { blocks = paper.blocks } = input;
  return await makePaper({ ...paper, blocks }, input.data, { ...input.options, photos: await forPrint(input.photos) });
}

/** A periodic report as Word bytes. */
export async function writeReport(input: {
  figures: ReportFigures;
  options: PeriodicReportOptions;
  photos: Record<string, Uint8Array>;
}): Promise<Uint8Array> {
  return await periodicReport(input.figures, { ...input.options, photos: await forPrint(input.photos) });
}

/** 培训签到表 as Word bytes. */
export async function writeSignIn(input: {
  data: TrainingData;
  options: PaperOptions;
  photos: Record<string, Uint8Array>;
}): Promise<Uint8Array> {
  return await trainingSignIn(input.data, { ...input.options, photos: await forPrint(input.photos) });
}

/** 培训总结 as Word bytes. */
export async function writeTrainingSummary(input: Parameters<typeof writeSignIn>[0]): Promise<Uint8Array> {
  return await trainingSummary(input.data, { ...input.options, photos: await forPrint(input.photos) });
}

/** An Excel workbook as bytes. */
export async function writeSheets(input: { sheets: Sheet[] }): Promise<Uint8Array> {
  return await writeWorkbook(input.sheets);
}

/** People of a sign-in list. @throws UnreadableFile, carried over as a refusal */
export function readSignIn(input: { bytes: Uint8Array; name: string }): {
  people: SignInPerson[];
  refusal: { code: string; sentence: string } | null;
} {
  try {
    return { people: readSignInList(input.bytes, input.name), refusal: null };
  } catch (error) {
    if (error instanceof UnreadableFile) return { people: [], refusal: { code: error.code, sentence: error.sentence } };
    throw error;
  }
}
