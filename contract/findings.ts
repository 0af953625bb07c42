// Findings and the closed loop.
import { type as typed } from '@orpc/contract';
import { z } from 'zod';
import { FOLLOW_UP_CHANNELS, NOTICE_KINDS, REPEAT_DECISIONS } from '../domain/findings/vocabulary.ts';
import type { AttachmentRow } from './attachments.ts';
import type { LawCitation } from './knowledge.ts';
import { base, calendarDay, id, seen, seenMembers, values, type Done, type FileLink, type Saved } from './shared.ts';

export interface FindingListRow {
  id: string;
  no: string;
  enterpriseId: string;
  enterpriseName: string;
  villageName: string | null;
  roundName: string | null;
  foundDate: string;
  category: string;
  handlingClass: string;
  description: string;
  location: string | null;
  responsiblePerson: string | null;
  status: string;
  deadline: string | null;
  extensionCount: number;
  overdueDays: number | null;
  daysLeft: number | null;
  closedDate: string | null;
  closeReason: string | null;
  returnCount: number;
  lastFollowUp: string | null;
  nextFollowUp: string | null;
}

/** One entry of the story of a finding. */
export interface FindingEvent {
  at: string;
  day: string;
  kind: 'step' | 'followUp' | 'verification' | 'notice' | 'photo' | 'edit';
  event: string;
  title: string;
  detail: string;
  who: string | null;
  glyph: string;
  rowId: string;
  /** Why a step is doubtful: what two offices wrote need not fit together. */ flag?: string;
}

/** An earlier finding of the same enterprise. */
export interface EarlierFinding {
  id: string;
  no: string;
  foundDate: string;
  description: string;
  status: string;
  place: string | null;
  closedDate: string | null;
  /** Found at the same place. */
  samePlace: boolean;
  /** Why the radar takes it for the same; none where it does not. */
  reasons: string[];
}

/** One that a finding may repeat, with its photos from before. */
export interface LikelyFinding extends EarlierFinding {
  photos: AttachmentRow[];
}

/** What a person said of a finding and an earlier one. */
export interface RepeatDecision {
  id: string;
  earlierId: string;
  no: string;
  foundDate: string;
  description: string;
  decision: string;
  date: string;
  byName: string;
  /** What the radar said for it then. */
  reasons: string | null;
}

/** What a finding may be a repeat of. */
export interface EarlierFindings {
  /** What the radar proposes; a person decides. */
  likely: LikelyFinding[];
  /** Like it, but closed longer ago than the project looks back. */
  before: EarlierFinding[];
  others: EarlierFinding[];
  decisions: RepeatDecision[];
  /** Days after closing in which it counts as a repeat. */
  days: number;
}

export interface FindingPage {
  id: string;
  values: Record<string, string | number | boolean | null>;
  names: Record<string, string>;
  deletedAt: string | null;
  enterprise: {
    id: string;
    name: string;
    villageName: string | null;
    contactName: string | null;
    contactPhone: string | null;
  };
  /** Its words stand above a signature: they don't change any more. */
  signed: boolean;
  /** Why the photos from before stand still: the visit that they were taken at has ended; null while they may change. */
  photosSettled: string | null;
  laws: LawCitation[];
  photosBefore: AttachmentRow[];
  photosAfter: AttachmentRow[];
  evidence: AttachmentRow[];
  overdueDays: number | null;
  daysLeft: number | null;
  heads: number;
  events: FindingEvent[];
  followUps: {
    id: string;
    date: string;
    byName: string;
    channel: string;
    content: string;
    progressPercent: number | null;
    nextDate: string | null;
  }[];
  notices: { id: string; no: string; issuedDate: string; state: string }[];
  item: { code: string; text: string } | null;
  recurrence: { id: string; no: string; foundDate: string } | null;
  earlier: EarlierFindings;
  today: string;
}

export const findings = {
  get: base.input(z.object({ id })).output(typed<FindingPage>()),
  create: base.input(z.object({ values, lawIds: z.array(id).max(20).default([]) })).output(typed<Saved>()),
  update: base
    .input(z.object({ id, values, seen, lawIds: z.array(id).max(20).optional(), seenLawIds: seenMembers }))
    .output(typed<Saved>()),
  /** A person says whether it repeats an earlier one; said once, it is not asked again. */
  decideRepeat: base
    .input(z.object({ id, earlierId: id, decision: z.enum(REPEAT_DECISIONS.ids) }))
    .output(typed<Done>()),
  /** Takes such a decision back. */
  withdrawRepeat: base.input(z.object({ decisionId: id })).output(typed<Done>()),
  /** Puts a draft into the bin; anything later is voided by its event. */
  removeDraft: base.input(z.object({ id })).output(typed<Done>()),
  followUp: base
    .input(
      z.object({
        ids: z.array(id).min(1).max(500),
        date: calendarDay.optional(),
        channel: z.enum(FOLLOW_UP_CHANNELS.ids),
        content: z.string().min(1).max(2000),
        progressPercent: z.int().min(0).max(100).nullable().default(null),
        nextDate: calendarDay.nullable().default(null),
      }),
    )
    .output(typed<Done>()),
  /** 问题全过程档案 in Word. */
  story: base.input(z.object({ id })).output(typed<FileLink>()),
  /** Names another person for many: one action, an entry of its own for each. */
  assign: base
    .input(z.object({ ids: z.array(id).min(1).max(500), responsiblePerson: z.string().trim().min(1).max(60) }))
    .output(typed<Done>()),
  /** Issues findings of one enterprise with a notice in Word; drafts become open. */
  issueNotice: base
    .input(
      z.object({
        enterpriseId: id,
        visitId: id.nullable().default(null),
        findingIds: z.array(id).min(1).max(100),
        kind: z.enum(NOTICE_KINDS.ids).default('advice'),
        replyDate: calendarDay.nullable().default(null),
        clientConsentBy: z.string().max(60).nullable().default(null),
        clientConsentAt: calendarDay.nullable().default(null),
        clientConsentAttachmentId: id.nullable().default(null),
      }),
    )
    .output(typed<Saved & { file: FileLink }>()),
  /** The notice again, from what it froze. */
  noticeFile: base.input(z.object({ noticeId: id })).output(typed<FileLink>()),
};
