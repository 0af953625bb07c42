// Reports: figures and text before printing, Word, the archive.
import { type as typed } from '@orpc/contract';
import { z } from 'zod';
import { REPORT_PAPERS } from '../domain/reports/paper.ts';
import { filter } from './lists.ts';
import { base, calendarDay, id, PERIOD_DISORDER, periodInOrder, type FileLink, type Started } from './shared.ts';
import type { StatisticsScope } from './statistics.ts';

/** Kinds of periodic report, as the archive names them: 周报, 月报, 季报, 年度总结. */
const REPORT_KINDS = REPORT_PAPERS.map((paper) => paper.id);

export const reportRequest = z
  .object({
    kind: z
      .enum(REPORT_KINDS, { error: `没有这种报告。请从 ${REPORT_KINDS.join('、')} 里选一种` })
      .default('monthly_report'),
    from: calendarDay,
    to: calendarDay,
    asOf: calendarDay,
    objectKinds: z.array(z.string().max(30)).max(20).default([]),
    /** Further conditions on the enterprises that it speaks of. */
    filter: filter.optional(),
    fontScheme: z.enum(['official', 'system']).default('system'),
    contacts: z.enum(['masked', 'shown']).default('masked'),
    sections: z.array(z.string().max(40)).max(30).nullable().default(null),
    /** Next steps in place of those that are kept with the report. */
    plan: z.array(z.string().max(500)).max(30).default([]),
  })
  .refine(periodInOrder, PERIOD_DISORDER);
export type ReportRequest = z.input<typeof reportRequest>;

const words = z.string().max(20_000);

/** What was typed into a block of the report; others stay as they are. */
export const textPatch = z.object({ causes: words, advice: words, plan: words }).partial();
export type TextPatch = z.output<typeof textPatch>;

const chosenCase = z.object({ findingId: id, title: z.string().trim().min(1).max(100), text: words.trim().min(1) });

/** A typical case in its own words. */
export interface WrittenCase {
  findingId: string;
  no: string;
  enterprise: string;
  title: string;
  text: string;
}

/** A finding that may serve as a typical case, with how the case would begin. */
export interface CaseCandidate extends WrittenCase {
  description: string;
  state: string;
  /** How many photos there are of each side. */
  before: number;
  after: number;
}

interface Written {
  causes: string;
  advice: string;
  plan: string;
  cases: WrittenCase[];
}

/** What people wrote into a report, and what the last one of the kind said, as a proposal. */
export interface ReportTexts extends Written {
  last: (Written & { label: string }) | null;
}

/** Something to look at before issuing. */
export interface ReportCheck {
  severity: 'error' | 'warn' | 'ok';
  sentence: string;
  link: { entity: string; id: string } | null;
}

/** Text of a report before it becomes Word: spans of plain text and of numbers that can be clicked. */
export interface ReportPreview {
  /** The frozen figures object; `reportText` of domain/reports turns it into blocks. */
  figures: unknown;
  texts: ReportTexts;
  checks: ReportCheck[];
  /** All sections there are; `lacking` says why one that belongs to the report is not printed, null where it is. */
  sections: { id: string; title: string; included: boolean; empty: boolean; lacking: string | null }[];
  /** Figures that the text would name and does not, with the reason. */
  leftOut: { code: string; label: string; why: string }[];
  scope: StatisticsScope;
  yearScope: StatisticsScope;
}

export interface ArchivedDocument {
  id: string;
  kind: string;
  title: string;
  periodFrom: string | null;
  periodTo: string | null;
  asOfDate: string | null;
  version: number;
  createdBy: string;
  issuedAt: string;
  size: number;
  url: string;
  fileName: string;
}

export const reports = {
  preview: base.input(reportRequest).output(typed<ReportPreview>()),
  /** Freezes the figures, writes the Word file, archives both. Result of the job: ArchivedDocument. */
  issue: base.input(reportRequest).output(typed<Started>()),
  file: base.input(z.object({ id })).output(typed<FileLink>()),
  /** The list of findings of the report in Excel: its rows, its day, its masking. */
  findings: base.input(reportRequest).output(typed<FileLink>()),
  saveText: base.input(z.object({ report: reportRequest, patch: textPatch })).output(typed<{ saved: true }>()),
  saveCases: base
    .input(z.object({ report: reportRequest, cases: z.array(chosenCase).max(20) }))
    .output(typed<{ saved: true }>()),
  caseCandidates: base
    .input(z.object({ report: reportRequest, words: z.string().max(60).default('') }))
    .output(typed<CaseCandidate[]>()),
};
