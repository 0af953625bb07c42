// Visits: the three-pane screen of an inspection.
import { type as typed } from '@orpc/contract';
import { z } from 'zod';
import { ANSWER_RESULTS, OPENING_POINTS, VISIT_NATURES, VISIT_PURPOSES } from '../domain/visits/entities.ts';
import {
  base,
  calendarDay,
  id,
  seen,
  seenMembers,
  values,
  type Done,
  type FieldProblem,
  type FileLink,
  type Saved,
} from './shared.ts';
import type { AttachmentRow } from './attachments.ts';
import type { LawCitation } from './knowledge.ts';

export interface VisitListRow {
  id: string;
  no: string;
  date: string;
  enterpriseId: string;
  enterpriseName: string;
  villageName: string | null;
  roundName: string | null;
  state: string;
  outcome: string | null;
  staffNames: string;
  findings: number;
  purposes: string[];
}

export type AnswerResult = (typeof ANSWER_RESULTS.ids)[number];

/** An item of the checklist on this visit. */
export interface VisitItem {
  id: string;
  code: string;
  aspectId: string;
  aspectName: string;
  checklistId: string;
  checklistName: string;
  version: string;
  text: string;
  howToCheck: string | null;
  condition: string | null;
  category: string;
  handlingClass: string;
  findingWording: string | null;
  suggestion: string | null;
  weight: number;
  laws: LawCitation[];
  result: AnswerResult;
  remark: string | null;
  /** Facts of the file that would say whether it applies and are not known. */
  unknownFacts: string[];
  /** Why it matters in the trade of the enterprise: what is usual there. */
  focus: string[];
  /** Earlier findings of this enterprise on this item. */
  history: { findingId: string; roundName: string | null; foundDate: string; description: string; status: string }[];
}

/** The score of a checklist by its rule, and the level that it proposes. */
export interface ChecklistScore {
  checklistId: string;
  checklistName: string;
  rate: string;
  level: string | null;
  levelName: string | null;
  /** Too little is checked for the level to hold. */
  provisional: boolean;
}

/** A finding of the base round, to be dealt with before the visit can be signed. */
export interface OldFinding {
  id: string;
  no: string;
  description: string;
  status: string;
  foundDate: string;
  deadline: string | null;
  roundName: string | null;
  handledInThisVisit: boolean;
}

/** A finding of this visit, as the growing notice shows it. */
export interface VisitFinding {
  id: string;
  no: string;
  itemId: string | null;
  category: string;
  handlingClass: string;
  status: string;
  description: string;
  placeId: string | null;
  placeName: string | null;
  location: string | null;
  measure: string | null;
  suggestion: string | null;
  responsibleUnit: string | null;
  responsiblePerson: string | null;
  proposedDeadline: string | null;
  deadline: string | null;
  photoExemption: string | null;
  toldToName: string | null;
  toldAt: string | null;
  toldReply: string | null;
  laws: LawCitation[];
  photos: AttachmentRow[];
  recurrence: { id: string; no: string; foundDate: string } | null;
  /** What it may repeat, while nobody has decided. */
  suspected: { id: string; no: string; foundDate: string } | null;
  /** What is still missing to issue it. */
  missing: { code: string; sentence: string }[];
}

/** A round that a visit may count in. */
export interface RoundChoice {
  targetId: string;
  roundId: string;
  name: string;
  startDate: string;
  endDate: string;
  /** What has become of the target so far. */
  status: string;
}

export interface VisitPage {
  id: string;
  values: Record<string, string | number | boolean | null>;
  names: Record<string, string>;
  enterprise: {
    id: string;
    name: string;
    address: string | null;
    creditCode: string | null;
    objectKind: string;
    overallRisk: string | null;
    villageName: string | null;
    contactName: string | null;
    contactPhone: string | null;
    legalRep: string | null;
  };
  roundName: string | null;
  /** Rounds that it may count in, on its day. */
  rounds: RoundChoice[];
  /** What is doubtful about it although it may be: a day outside the contract. */
  warnings: FieldProblem[];
  /** What is doubtful of its drafts, should they be issued today. */
  issueDoubts: string[];
  purposes: string[];
  /** Points of the opening talk that were ticked. */
  openingPoints: string[];
  /** Papers of the project that held on its day. */
  basis: { id: string; name: string; version: string | null }[];
  staff: { id: string; name: string }[];
  checklists: { id: string; code: string; name: string; version: string }[];
  items: VisitItem[];
  /** Items of these checklists that do not apply, with the reason. */
  leftOut: { id: string; code: string; text: string; reason: string }[];
  /** What the answers so far come to, by checklist. */
  scores: ChecklistScore[];
  oldFindings: OldFinding[];
  findings: VisitFinding[];
  notices: { id: string; no: string; kind: string; issuedDate: string; state: string; url: string | null }[];
  /** What stands in the way of finishing or signing. */
  finishProblems: { code: string; sentence: string }[];
  today: string;
}

/** The file beside what is seen at the place. */
export interface FileCheck {
  /** Kinds of the file that are looked at, in its order. */
  parts: { kind: string; tab: string; shape: string }[];
  /** Rows that differ from their approval, with the finding of this visit that says so. */
  differences: { kind: string; id: string; sentence: string; findingId: string | null }[];
  /** Contacts that nobody verified for long. */
  contacts: { id: string; name: string; post: string; verifiedDate: string | null }[];
}

export const visits = {
  get: base.input(z.object({ id })).output(typed<VisitPage>()),
  fileCheck: base.input(z.object({ id })).output(typed<FileCheck>()),
  /** Starts a visit, or gives the one that is already open for the target. */
  start: base
    .input(
      z.object({
        enterpriseId: id,
        roundTargetId: id.nullable().default(null),
        date: calendarDay.optional(),
        purposes: z.array(z.enum(VISIT_PURPOSES.ids)).default(['routine']),
        checklistIds: z.array(id).max(10).optional(),
        nature: z.enum(VISIT_NATURES.ids).default('service'),
      }),
    )
    .output(typed<Saved>()),
  update: base.input(z.object({ id, values, seen })).output(typed<Saved>()),
  /** The round that it counts in; null: none. */
  setRound: base.input(z.object({ id, targetId: id.nullable() })).output(typed<Done>()),
  setPurposes: base
    .input(z.object({ id, purposes: z.array(z.enum(VISIT_PURPOSES.ids)).min(1), seen: seenMembers }))
    .output(typed<Done>()),
  setOpeningPoints: base
    .input(z.object({ id, points: z.array(z.enum(OPENING_POINTS.ids)), seen: seenMembers }))
    .output(typed<Done>()),
  setStaff: base.input(z.object({ id, staffIds: z.array(id).min(1).max(10), seen: seenMembers })).output(typed<Done>()),
  setChecklists: base
    .input(z.object({ id, checklistIds: z.array(id).min(1).max(10), seen: seenMembers }))
    .output(typed<Done>()),
  /** Answers an item; `nonconforming` and `partial` open a draft finding with the item's wording, measure, deadline and laws. */
  answer: base
    .input(
      z.object({
        visitId: id,
        itemId: id,
        result: z.enum(ANSWER_RESULTS.ids),
        remark: z.string().max(1000).nullable().optional(),
        /** The answer as it was shown. */
        seen: z.enum(ANSWER_RESULTS.ids).optional(),
      }),
    )
    .output(typed<Done & { findingId: string | null }>()),
  /** All unanswered items of an aspect (or of all) as conforming. */
  answerRest: base
    .input(z.object({ visitId: id, aspectId: id.nullable(), result: z.enum(ANSWER_RESULTS.ids) }))
    .output(typed<Done & { answered: number }>()),
  /** 服务巡查记录 in Word; of a signed visit always the file that was printed first. */
  recordFile: base.input(z.object({ id })).output(typed<FileLink>()),
  remove: base.input(z.object({ id })).output(typed<Done>()),
};
