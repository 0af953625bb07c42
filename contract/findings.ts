// Findings and the closed loop.
import { type as typed } from '@orpc/contract';
import { z } from 'zod';
import { FINDING_EVENT_VOCABULARY } from '../domain/findings/entities.ts';
import { FOLLOW_UP_CHANNELS, NOTICE_KINDS, VERIFICATION_METHODS } from '../domain/findings/vocabulary.ts';
import type { AttachmentRow } from './attachments.ts';
import type { LawCitation } from './knowledge.ts';
import { base, calendarDay, id, page, sort, values, type Done, type FileLink, type Page, type Saved } from './shared.ts';

/** Conditions of the finding list; all given ones must hold. */
export const findingFilter = z.object({
  text: z.string().max(100).default(''),
  ids: z.array(id).max(5000).optional(),
  enterpriseId: id.optional(),
  roundId: id.optional(),
  visitId: id.optional(),
  statuses: z.array(z.string().max(20)).max(10).optional(),
  /** Not closed, not voided, not draft. */
  open: z.boolean().optional(),
  overdue: z.boolean().optional(),
  dueWithinDays: z.int().min(0).max(400).optional(),
  categories: z.array(z.string().max(30)).max(30).optional(),
  handlingClasses: z.array(z.string().max(20)).max(5).optional(),
  villageIds: z.array(id).max(200).optional(),
  foundFrom: calendarDay.optional(),
  foundTo: calendarDay.optional(),
  responsibleStaffId: id.optional(),
  deleted: z.boolean().default(false),
});
export type FindingFilter = z.input<typeof findingFilter>;

export interface FindingListRow {
  id: string; no: string; enterpriseId: string; enterpriseName: string; villageName: string | null; roundName: string | null; foundDate: string; category: string; handlingClass: string;
  description: string; location: string | null; responsiblePerson: string | null; status: string; deadline: string | null; extensionCount: number; overdueDays: number | null; daysLeft: number | null;
  closedDate: string | null; closeReason: string | null; returnCount: number; lastFollowUp: string | null; nextFollowUp: string | null;
}

/** An event that may happen now. `missing` is empty when nothing stands in the way. */
export interface AllowedEvent { event: string; label: string; to: string; missing: { code: string; sentence: string }[]; needs: ('deadline' | 'reason' | 'approver' | 'evidence' | 'verification')[] }

/** One entry of the story of a finding. */
export interface FindingEvent { at: string; day: string; kind: 'step' | 'followUp' | 'verification' | 'notice' | 'photo' | 'edit'; event: string; title: string; detail: string; who: string | null; glyph: string; rowId: string; /** Why a step is doubtful: what two offices wrote need not fit together. */ flag?: string }

export interface FindingPage {
  id: string; values: Record<string, string | number | boolean | null>; names: Record<string, string>; deletedAt: string | null;
  enterprise: { id: string; name: string; villageName: string | null; contactName: string | null; contactPhone: string | null };
  /** Its words stand above a signature: they don't change any more. */
  signed: boolean;
  laws: LawCitation[]; photosBefore: AttachmentRow[]; photosAfter: AttachmentRow[]; evidence: AttachmentRow[];
  allowed: AllowedEvent[]; overdueDays: number | null; daysLeft: number | null; heads: number;
  events: FindingEvent[]; followUps: { id: string; date: string; byName: string; channel: string; content: string; progressPercent: number | null; nextDate: string | null }[];
  notices: { id: string; no: string; issuedDate: string; url: string | null }[];
  item: { code: string; text: string } | null; recurrence: { id: string; no: string; foundDate: string } | null; today: string;
}

export const findings = {
  list: base.input(z.object({ filter: findingFilter.prefault({}), sort, page: page.prefault({}) })).output(typed<Page<FindingListRow> & { all: number }>()),
  ids: base.input(z.object({ filter: findingFilter.prefault({}), sort })).output(typed<string[]>()),
  get: base.input(z.object({ id })).output(typed<FindingPage>()),
  create: base.input(z.object({ values, lawIds: z.array(id).max(20).default([]) })).output(typed<Saved>()),
  update: base.input(z.object({ id, values, lawIds: z.array(id).max(20).optional() })).output(typed<Saved>()),
  /** Puts a draft into the bin; anything later is voided by `act`. */
  removeDraft: base.input(z.object({ id })).output(typed<Done>()),
  /** One event of the state machine. `date` defaults to today. */
  act: base.input(z.object({
    ids: z.array(id).min(1).max(500), event: z.enum(FINDING_EVENT_VOCABULARY.ids), date: calendarDay.optional(), deadline: calendarDay.nullable().default(null),
    reason: z.string().max(2000).nullable().default(null), approver: z.string().max(60).nullable().default(null), evidence: z.string().max(2000).nullable().default(null),
  })).output(typed<Done>()),
  followUp: base.input(z.object({
    ids: z.array(id).min(1).max(500), date: calendarDay.optional(), channel: z.enum(FOLLOW_UP_CHANNELS.ids), content: z.string().min(1).max(2000),
    progressPercent: z.int().min(0).max(100).nullable().default(null), nextDate: calendarDay.nullable().default(null),
  })).output(typed<Done>()),
  verify: base.input(z.object({
    id, date: calendarDay.optional(), method: z.enum(VERIFICATION_METHODS.ids), result: z.enum(['pass', 'fail', 'partial']), comment: z.string().max(2000).default(''),
    byName: z.string().max(100).optional(), clientConfirmer: z.string().max(60).nullable().default(null), deadline: calendarDay.nullable().default(null),
  })).output(typed<Done>()),
  /** Issues findings of one enterprise with a notice in Word; drafts become open. */
  issueNotice: base.input(z.object({ enterpriseId: id, visitId: id.nullable().default(null), findingIds: z.array(id).min(1).max(100), kind: z.enum(NOTICE_KINDS.ids).default('advice'), replyDate: calendarDay.nullable().default(null) }))
    .output(typed<Saved & { file: FileLink }>()),
  /** The notice again, from what it froze. */
  noticeFile: base.input(z.object({ noticeId: id })).output(typed<FileLink>()),
  acknowledgeNotice: base.input(z.object({ noticeId: id, signerName: z.string().min(1).max(60), deliveredBy: z.string().max(20), date: calendarDay.optional() })).output(typed<Done>()),
  /** 问题清单 in the columns of the document reference. */
  exportList: base.input(z.object({ filter: findingFilter.prefault({}), sort })).output(typed<FileLink>()),
};
