// Data of 培训签到表 and 培训总结; how they are printed says domain/training/paper.ts.
import type { PhotoRef } from '../../domain/reports/figures.ts';
import { trainingSignInPaper, trainingSummaryPaper } from '../../domain/training/paper.ts';
import { makePaper, type PaperOptions } from './paper.ts';

/** A person on the sign-in sheet; a signature is left blank for the pen. */
export interface Attendee {
  readonly unit: string | null;
  readonly name: string | null;
  readonly post: string | null;
  readonly phone: string | null;
}

/** What the sheet and the summary print: plain JSON; labels in Chinese, days `YYYY-MM-DD`. */
export interface TrainingData {
  readonly title: string;
  readonly kind: string | null;
  readonly date: string | null;
  readonly hours: string | null;
  readonly place: string | null;
  readonly trainer: string | null;
  readonly orgName: string;
  readonly audience: string | null;
  readonly attendees: readonly Attendee[];
  /** Empty lines after the attendees. */
  readonly blankRows?: number;
  /** Given once the training has been held: its summary. */
  readonly summary?: {
    readonly invited: number | null;
    /** Distinct enterprises. */
    readonly attended: number;
    readonly persons: number;
    /** People of villages and parks among them. */
    readonly officers?: number | null;
    /** As printed; with its numerator and denominator beside it. */
    readonly coverage: string | null;
    readonly content: readonly string[];
    readonly questions: readonly string[];
    readonly assessment: string | null;
    readonly improvements: readonly string[];
    readonly photos: readonly PhotoRef[];
    readonly materials: readonly string[];
    readonly issuedOn: string | null;
  };
}

/** Empty lines of a sheet for nobody known, and under those who are. */
const BLANK = { none: 15, some: 3 } as const;

/** The sheet to sign in. */
export async function trainingSignIn(data: TrainingData, options: PaperOptions = {}): Promise<Uint8Array> {
  const blankRows = data.blankRows ?? (data.attendees.length === 0 ? BLANK.none : BLANK.some);
  return await makePaper(trainingSignInPaper, { ...data, blankRows }, options);
}

/** The summary of a training that has been held. */
export async function trainingSummary(data: TrainingData, options: PaperOptions = {}): Promise<Uint8Array> {
  const { summary: s } = data;
  const materials = ['培训签到表', ...(s?.materials ?? [])];
  const printed = {
    ...data,
    name: `${data.title.replace(/培训$/, '')}培训总结`,
    summary: s && {
      ...s,
      coverage: s.invited ? s.coverage : null,
      assessment: s.assessment?.trim() ? [s.assessment] : [],
      materials: materials.map((name, index) => (materials.length > 1 ? `${index + 1}.${name}` : name)).join('　'),
      issuedOn: s.issuedOn ?? data.date,
    },
  };
  return await makePaper(trainingSummaryPaper, printed, options);
}
