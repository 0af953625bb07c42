// Reports: figures and text before printing, Word, the archive.
import { type as typed } from '@orpc/contract';
import { z } from 'zod';
import { base, calendarDay, id, PERIOD_DISORDER, periodInOrder, type FileLink, type Started } from './shared.ts';
import type { StatisticsScope } from './statistics.ts';

/** Kinds of periodic report, as the archive names them: 周报, 月报, 季报, 年度总结. */
const REPORT_KINDS = ['weekly_report', 'monthly_report', 'quarterly_report', 'annual_report'] as const;

export const reportRequest = z.object({
  kind: z.enum(REPORT_KINDS, { error: `没有这种报告。请从 ${REPORT_KINDS.join('、')} 里选一种` }).default('monthly_report'), from: calendarDay, to: calendarDay, asOf: calendarDay,
  objectKinds: z.array(z.string().max(30)).max(20).default([]), fontScheme: z.enum(['official', 'system']).default('system'),
  contacts: z.enum(['masked', 'shown']).default('masked'), sections: z.array(z.string().max(40)).max(30).nullable().default(null), plan: z.array(z.string().max(500)).max(30).default([]),
}).refine(periodInOrder, PERIOD_DISORDER);
export type ReportRequest = z.input<typeof reportRequest>;

/** Something to look at before issuing. */
export interface ReportCheck { severity: 'error' | 'warn' | 'ok'; sentence: string; link: { entity: string; id: string } | null }

/** Text of a report before it becomes Word: spans of plain text and of numbers that can be clicked. */
export interface ReportPreview {
  /** The frozen figures object; `reportText` of domain/reports turns it into blocks. */
  figures: unknown;
  checks: ReportCheck[]; sections: { id: string; title: string; included: boolean; empty: boolean }[]; scope: StatisticsScope; yearScope: StatisticsScope;
}

export interface ArchivedDocument { id: string; kind: string; title: string; periodFrom: string | null; periodTo: string | null; asOfDate: string | null; version: number; createdBy: string; issuedAt: string; size: number; url: string; fileName: string }

export const reports = {
  preview: base.input(reportRequest).output(typed<ReportPreview>()),
  /** Freezes the figures, writes the Word file, archives both. Result of the job: ArchivedDocument. */
  issue: base.input(reportRequest).output(typed<Started>()),
  archive: base.input(z.object({ kind: z.string().max(30).nullable().default(null), subjectId: id.nullable().default(null) })).output(typed<ArchivedDocument[]>()),
  file: base.input(z.object({ id })).output(typed<FileLink>()),
};
