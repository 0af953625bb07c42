// Data of 整改建议单 and 整改通知单; how they are printed says domain/findings/paper.ts.
import { rectificationNoticePaper } from '../../domain/findings/paper.ts';
import { HANDLING_CLASSES, HANDLING_CLASSES_ON_PAPER } from '../../domain/findings/vocabulary.ts';
import { citationsText, type Citation } from '../../domain/reports/citation.ts';
import type { PhotoRef } from '../../domain/reports/figures.ts';
import { DocumentError } from './errors.ts';
import { makePaper, type PaperOptions } from './paper.ts';

/** One finding of a notice; labels in Chinese, days `YYYY-MM-DD`. */
export interface NoticeFinding {
  readonly no: string;
  readonly category: string | null;
  /** 当场改进, 建议限时完成 or 重大事项. */
  readonly handlingClass: string;
  readonly location: string | null;
  readonly description: string;
  readonly photos: readonly PhotoRef[];
  /** Why there is no photo. */
  readonly photoExemptReason?: string | null;
  readonly legalBasis: readonly Citation[];
  readonly suggestion: string | null;
  readonly measure: string | null;
  readonly responsible: string | null;
  readonly deadline: string | null;
  readonly rectifiedDate?: string | null;
  /** What has been done, when the notice is printed again after rectification. */
  readonly after?: { readonly text: string | null; readonly photos: readonly PhotoRef[] };
}

/** What a notice prints: plain JSON; photos are named by id. */
export interface RectificationNoticeData {
  /** `advice`: the consultant's 整改建议单; `notice`: 整改通知单 bearing the client's name. */
  readonly kind: 'advice' | 'notice';
  /** Whether the client agreed to a notice in its name; a `notice` without it is refused. */
  readonly clientAgreed?: boolean;
  readonly no: string;
  readonly issuedDate: string | null;
  readonly clientName: string | null;
  readonly orgName: string;
  readonly enterprise: {
    readonly name: string;
    readonly creditCode: string | null;
    readonly address: string | null;
    readonly contact?: string | null;
    readonly phone?: string | null;
  };
  /** The project's word for a visit. */
  readonly act?: string;
  readonly visitDate: string | null;
  readonly round: string | null;
  readonly inspectors: readonly string[];
  readonly findings: readonly NoticeFinding[];
  /** Which rule is at stake, in plain words; one sentence each. */
  readonly consequences: readonly string[];
  readonly feedback: { readonly person: string | null; readonly phone: string | null; readonly other?: string | null };
  readonly replyBy: string | null;
  /** How the enterprise took it: signed on screen, signed by name, or refused. */
  readonly acknowledged?: {
    readonly signature?: PhotoRef | null;
    readonly name?: string | null;
    readonly date?: string | null;
    readonly refusedReason?: string | null;
    /** Whether, how and when it was received, in words. */
    readonly state?: string | null;
  };
}

/** The class in the words of a paper for enterprises; papers of before were archived with those of the window. */
export function classOnPaper(label: string): string {
  const id = HANDLING_CLASSES.ids.find((one) => HANDLING_CLASSES.labels[one] === label);
  return id ? HANDLING_CLASSES_ON_PAPER.labels[id] : label;
}

/** The day by which it is suggested to be done; what is put right at once has none. */
export const deadlineOnPaper = (handlingClass: string, deadline: string | null): string | null =>
  classOnPaper(handlingClass) === HANDLING_CLASSES_ON_PAPER.labels.immediate ? '当场' : deadline;

/**
 * The notice and its receipt as a Word document.
 * @throws DocumentError NOTICE_WITHOUT_CONSENT, NOTICE_WITHOUT_FINDINGS
 */
export async function rectificationNotice(
  data: RectificationNoticeData,
  options: PaperOptions = {},
): Promise<Uint8Array> {
  if (data.kind === 'notice' && data.clientAgreed !== true) throw new DocumentError('NOTICE_WITHOUT_CONSENT');
  if (data.findings.length === 0) throw new DocumentError('NOTICE_WITHOUT_FINDINGS');
  const { person, phone, other } = data.feedback;
  const printed = {
    ...data,
    name: data.kind === 'advice' ? '整改建议单' : '整改通知单',
    findings: data.findings.map((finding) => ({
      ...finding,
      handlingClass: classOnPaper(finding.handlingClass),
      deadline: deadlineOnPaper(finding.handlingClass, finding.deadline),
      legalBasis: citationsText(finding.legalBasis),
      // The same words are not said twice.
      measure: finding.measure === finding.suggestion ? null : finding.measure,
    })),
    consequences: data.consequences.filter((sentence) => sentence.trim() !== ''),
    channel: [person && `联系人${person}`, phone && `电话${phone}`, other].filter(Boolean).join('，'),
    signedBy: data.kind === 'notice' && data.clientName ? data.clientName : data.orgName,
  };
  return await makePaper(rectificationNoticePaper, printed, options);
}
