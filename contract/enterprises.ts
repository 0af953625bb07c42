// The enterprise file: page, writes, timeline.
import { type as typed } from '@orpc/contract';
import { z } from 'zod';
import type { PaperStanding } from '../domain/dictionary/entity.ts';
import type { DuplicateReason } from '../domain/handoff/duplicates.ts';
import {
  base,
  calendarDay,
  id,
  page,
  seen,
  values,
  type Done,
  type FieldProblem,
  type FileLink,
  type Page,
  type Saved,
  type Started,
} from './shared.ts';

/** A row of a list of enterprises behind a number. */
export interface EnterpriseListRow {
  id: string;
  name: string;
  shortName: string | null;
  signName: string | null;
  creditCode: string | null;
  creditCodeQuarantine: string | null;
  creditCodeMissingReason: string | null;
  objectKind: string;
  industryCode: string | null;
  industryName: string | null;
  operatingStatus: string;
  overallRisk: string | null;
  permitClass: string | null;
  permitValidTo: string | null;
  completeness: number | null;
  openFindings: number;
  overdueFindings: number;
  lastVisitDate: string | null;
  lastVisitOutcome: string | null;
  townName: string | null;
  villageName: string | null;
  parkName: string | null;
  address: string | null;
  responsibleName: string | null;
  contactName: string | null;
  contactPhone: string | null;
  suspectedDuplicate: boolean;
  siteNo: string;
  internalCode: string;
  deletedAt: string | null;
}

/** The four answers of the page head, with what stands under them. */
export interface EnterpriseHead {
  operatingStatus: string;
  statusDate: string | null;
  statusBasis: string | null;
  statusBefore: string | null;
  overallRisk: string | null;
  riskDate: string | null;
  mediaRisks: { medium: string; value: string }[];
  visitsThisYear: number;
  minimumVisits: number | null;
  papers: {
    /** What was looked at, and how each stands. */
    looked: { label: string; standing: PaperStanding }[];
    expiring: { what: string; day: string; daysLeft: number }[];
  };
  findings: {
    open: number;
    overdue: number;
    byStatus: { status: string; count: number }[];
    /** The nearest deadline of those that are open. */
    nextDeadline: string | null;
    foundThisYear: number;
    closedThisYear: number;
    rateThisYear: string;
  };
}

/** A section of the completeness bar. */
export interface MissingField {
  section: string;
  sectionLabel: string;
  entity: string;
  field: string;
  label: string;
}

/** One level of completeness. */
export interface FileLevel {
  filled: number;
  required: number;
  missing: MissingField[];
}

/** One entry of the timeline, newest first. */
export interface TimelineEntry {
  at: string;
  day: string;
  kind: string;
  glyph: string;
  title: string;
  detail: string;
  who: string | null;
  entity: string;
  rowId: string;
}

/** An enterprise on the same premises, or another site of the same legal person. */
export interface NearEnterprise {
  id: string;
  name: string;
  siteNo: string;
  siteName: string | null;
  address: string | null;
  roomNo: string | null;
  operatingStatus: string;
  objectKind: string;
  /** It has no licence that it could have a code by. */
  unregistered: boolean;
  openFindings: number;
}

/** Everything of the enterprise page except the long lists. */
export interface EnterprisePage {
  id: string;
  values: Record<string, string | number | boolean | null>;
  names: Record<string, string>;
  deletedAt: string | null;
  problems: FieldProblem[];
  head: EnterpriseHead;
  /** What the file needs, and what a good one says besides; `percent` is of both. */
  completeness: FileLevel & { percent: number; advised: FileLevel };
  verified: { section: string; date: string; source: string | null }[];
  primaryContact: { name: string; post: string; phone: string | null } | null;
  formerNames: { name: string; until: string | null }[];
  /** The last time that it moved: whence, whither, since when. */
  moved: { from: string; to: string; since: string } | null;
  /** Other live enterprises that this one may be. */
  duplicates: {
    id: string;
    name: string;
    internalCode: string;
    creditCode: string | null;
    address: string | null;
    reason: DuplicateReason;
  }[];
  counts: Record<string, number>;
  /** Distance of the nearest school in metres, where the file says one. */
  schoolM: number | null;
  /** Other sites of its legal person. */
  sites: NearEnterprise[];
  /** Enterprises inside of it; of a building its tenants. */
  tenants: NearEnterprise[];
  /** What registers said of it that no field took, and what another source says otherwise: by file and row, newest first. */
  unread: { fileName: string; sheet: string; rowNumber: number; cells: { heading: string; text: string }[] }[];
}

/** Papers that are made of many enterprises at once. */
export const BATCH_PAPERS = [
  'dossier',
  'enterprise_sheet',
  'enterprise_sheet_blank',
  'pre_visit',
  'six_parts',
] as const;
export type BatchPaper = (typeof BATCH_PAPERS)[number];

/** An enterprise whose paper was not made, and why. */
export interface BatchLeft {
  id: string;
  name: string;
  why: string;
}

/** Result of a batch: the zip, how many papers are in it, and what was left out. */
export type BatchDone = FileLink & { made: number; left: BatchLeft[] };

/** A row that is usual in a trade, offered to the file of an enterprise: a hint of the library, not a fact of the enterprise. */
export interface TradeHint {
  key: string;
  /** Name of the trade. */
  trade: string;
  /** Kind of record that it would be. */
  kind: string;
  name: string;
  /** Where it pollutes, its code, or the step it belongs to. */
  detail: string;
  /** The file says it already. */
  isThere: boolean;
}

export const enterprises = {
  get: base.input(z.object({ id })).output(typed<EnterprisePage>()),
  check: base.input(z.object({ id: id.nullable(), values })).output(typed<FieldProblem[]>()),
  create: base.input(z.object({ values })).output(typed<Saved>()),
  /** `visitId`: the visit at which it was seen. */
  update: base.input(z.object({ id, values, seen, visitId: id.optional() })).output(typed<Saved>()),
  /** The last move was on another day, or (null) none: its place before was wrong. */
  amendMove: base.input(z.object({ id, since: calendarDay.nullable() })).output(typed<Done>()),
  /** Into the bin; refused where visits, findings or trainings hang on one. */
  remove: base.input(z.object({ ids: z.array(id).min(1).max(5000) })).output(typed<Done>()),
  restore: base.input(z.object({ ids: z.array(id).min(1).max(5000) })).output(typed<Done>()),
  timeline: base.input(z.object({ id, page: page.prefault({}) })).output(typed<Page<TimelineEntry>>()),
  verifySection: base
    .input(
      z.object({
        id,
        section: z.string().max(30),
        source: z.string().max(100).default(''),
        changed: z.boolean().default(false),
      }),
    )
    .output(typed<Done>()),
  /** 一企一档 in Word; persons and phones masked unless asked for. */
  dossier: base
    .input(z.object({ id, contacts: z.enum(['masked', 'shown']).default('masked') }))
    .output(typed<FileLink>()),
  /** A paper of each of many in one zip; a job whose result is {@link BatchDone}. */
  papers: base
    .input(
      z.object({
        paper: z.enum(BATCH_PAPERS),
        ids: z.array(id).min(1).max(5000),
        contacts: z.enum(['masked', 'shown']).default('masked'),
      }),
    )
    .output(typed<Started>()),
  tradeHints: base.input(z.object({ id })).output(typed<TradeHint[]>()),
  /** Takes the hints of these keys into the file, all in one action. */
  takeTradeHints: base
    .input(z.object({ id, keys: z.array(z.string().max(200)).min(1).max(300) }))
    .output(typed<Done & { taken: number }>()),
  /** 拜访前资料 in Word, with what the file lacks. */
  preVisit: base
    .input(z.object({ id, contacts: z.enum(['masked', 'shown']).default('shown') }))
    .output(typed<FileLink>()),
};
