// Visits: the three-pane screen of an inspection.
import { type as typed } from '@orpc/contract';
import { z } from 'zod';
import { ANSWER_RESULTS, VISIT_OUTCOMES, VISIT_PURPOSES } from '../domain/visits/entities.ts';
import { base, calendarDay, id, page, values, type Done, type FileLink, type Page, type Saved } from './shared.ts';
import type { AttachmentRow } from './attachments.ts';
import type { LawCitation } from './knowledge.ts';

export interface VisitListRow {
  id: string; no: string; date: string; enterpriseId: string; enterpriseName: string; villageName: string | null; roundName: string | null; state: string; outcome: string | null;
  staffNames: string; findings: number; purposes: string[];
}

/** An item of the checklist on this visit. */
export interface VisitItem {
  id: string; code: string; aspectId: string; aspectName: string; checklistName: string; version: string; text: string; howToCheck: string | null; condition: string | null;
  category: string; handlingClass: string; findingWording: string | null; suggestion: string | null; deadlineDays: number | null; weight: number;
  laws: LawCitation[]; result: string; remark: string | null;
  /** Earlier findings of this enterprise on this item. */
  history: { findingId: string; roundName: string | null; foundDate: string; description: string; status: string }[];
}

/** A finding of the base round, to be dealt with before the visit can be signed. */
export interface OldFinding { id: string; no: string; description: string; status: string; foundDate: string; deadline: string | null; roundName: string | null; handledInThisVisit: boolean }

/** A finding of this visit, as the growing notice shows it. */
export interface VisitFinding {
  id: string; no: string; itemId: string | null; category: string; handlingClass: string; status: string; description: string; location: string | null; measure: string | null;
  suggestion: string | null; responsibleUnit: string | null; responsiblePerson: string | null; proposedDeadline: string | null; deadline: string | null; photoExemption: string | null;
  toldToName: string | null; laws: LawCitation[]; photos: AttachmentRow[]; recurrence: { id: string; no: string; foundDate: string } | null;
  /** What is still missing to issue it. */
  missing: { code: string; sentence: string }[];
}

export interface VisitPage {
  id: string; values: Record<string, string | number | boolean | null>; names: Record<string, string>;
  enterprise: { id: string; name: string; address: string | null; creditCode: string | null; objectKind: string; overallRisk: string | null; villageName: string | null; contactName: string | null; contactPhone: string | null; legalRep: string | null };
  roundName: string | null; purposes: string[]; staff: { id: string; name: string }[];
  checklists: { id: string; code: string; name: string; version: string }[];
  items: VisitItem[];
  /** Items of these checklists that do not apply, with the reason. */
  leftOut: { code: string; text: string; reason: string }[];
  oldFindings: OldFinding[]; findings: VisitFinding[];
  notices: { id: string; no: string; kind: string; issuedDate: string; state: string; url: string | null }[];
  /** What stands in the way of finishing or signing. */
  finishProblems: { code: string; sentence: string }[];
  today: string;
}

export const visits = {
  list: base.input(z.object({ enterpriseId: id.nullable().default(null), roundId: id.nullable().default(null), from: calendarDay.nullable().default(null), to: calendarDay.nullable().default(null), state: z.string().max(20).nullable().default(null), text: z.string().max(60).default(''), page: page.prefault({}) }))
    .output(typed<Page<VisitListRow>>()),
  get: base.input(z.object({ id })).output(typed<VisitPage>()),
  /** Starts a visit, or gives the one that is already open for the target. */
  start: base.input(z.object({ enterpriseId: id, roundTargetId: id.nullable().default(null), date: calendarDay.optional(), purposes: z.array(z.enum(VISIT_PURPOSES.ids)).default(['routine']), checklistIds: z.array(id).max(10).optional() }))
    .output(typed<Saved>()),
  update: base.input(z.object({ id, values })).output(typed<Saved>()),
  setPurposes: base.input(z.object({ id, purposes: z.array(z.enum(VISIT_PURPOSES.ids)).min(1) })).output(typed<Done>()),
  setStaff: base.input(z.object({ id, staffIds: z.array(id).min(1).max(10) })).output(typed<Done>()),
  setChecklists: base.input(z.object({ id, checklistIds: z.array(id).min(1).max(10) })).output(typed<Done>()),
  /** Answers an item; `nonconforming` and `partial` open a draft finding with the item's wording, measure, deadline and laws. */
  answer: base.input(z.object({ visitId: id, itemId: id, result: z.enum(ANSWER_RESULTS.ids), remark: z.string().max(1000).nullable().optional() }))
    .output(typed<Done & { findingId: string | null }>()),
  /** All unanswered items of an aspect (or of all) as conforming. */
  answerRest: base.input(z.object({ visitId: id, aspectId: id.nullable(), result: z.enum(ANSWER_RESULTS.ids) })).output(typed<Done & { answered: number }>()),
  /** Ends the visit: outcome, effect on the round target. Draft findings must be issued or removed first for `completed`/`partial`. */
  finish: base.input(z.object({ id, outcome: z.enum(VISIT_OUTCOMES.ids) })).output(typed<Done>()),
  sign: base.input(z.object({ id, signerName: z.string().max(60), signerPost: z.string().max(60).default(''), refused: z.boolean().default(false), refusedReason: z.string().max(300).default('') })).output(typed<Done>()),
  unsign: base.input(z.object({ id, reason: z.string().max(100) })).output(typed<Done>()),
  /** 现场检查记录表 in Word; of a signed visit always the file that was printed first. */
  recordFile: base.input(z.object({ id })).output(typed<FileLink>()),
  remove: base.input(z.object({ id })).output(typed<Done>()),
};
