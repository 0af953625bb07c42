// Figures: every number with numerator, denominator, as-of date and definition, and the list behind it.
import { type as typed } from '@orpc/contract';
import { z } from 'zod';
import { base, calendarDay, id, page, PERIOD_DISORDER, periodInOrder, type FileLink, type Page } from './shared.ts';
import type { EnterpriseListRow } from './enterprises.ts';
import type { FindingListRow } from './findings.ts';

/** What the figures are about. Cohort: findings found in the period, status as of the day. */
export const statisticsScope = z.object({
  from: calendarDay, to: calendarDay, asOf: calendarDay,
  objectKinds: z.array(z.string().max(30)).max(20).default([]), roundId: id.nullable().default(null), villageIds: z.array(id).max(200).default([]),
}).refine(periodInOrder, PERIOD_DISORDER);
export type StatisticsScope = z.infer<typeof statisticsScope>;

/** One number that can be asked. */
export interface Figure { code: string; label: string; numerator: number; denominator: number | null; printed: string; unit: string; definition: string }

/** Counts of a village. `visited` are those of the enterprises to be visited (`coverage`), `visitedEnterprises` all that were, those closed since among them. */
export interface VillageLine { villageId: string | null; name: string; officer: string | null; enterprises: number; visited: number; coverage: string; visitedEnterprises: number; found: number; closed: number; open: number; overdue: number; rate: string }

export interface Overview {
  scope: StatisticsScope; figures: Record<string, Figure>; target: string | null; targetMet: boolean | null; missingToTarget: number;
  byStatus: { status: string; count: number }[]; byCategory: { category: string; found: number; closed: number; open: number; enterprises: number }[]; byClass: { handlingClass: string; found: number; closed: number }[];
  byMonth: { month: string; found: number; closed: number; openAtEnd: number; partial: boolean }[]; byVillage: VillageLine[]; total: VillageLine; voided: number;
  overdue: { id: string; no: string; enterpriseId: string; enterpriseName: string; villageName: string | null; description: string; deadline: string; days: number; status: string }[];
}

/** A number's list: which figure, cut down to a village, category, class, status or month. */
export const drill = z.object({
  scope: statisticsScope, figure: z.string().max(40), villageId: z.union([id, z.literal('none')]).nullable().default(null), category: z.string().max(30).nullable().default(null), handlingClass: z.string().max(20).nullable().default(null),
  status: z.string().max(20).nullable().default(null), month: z.string().regex(/^\d{4}-\d{2}$/).nullable().default(null),
});

/** How many rows behind a number a village has; `village` null: none is known. */
export interface BehindGroup { village: string | null; rows: number }

export const statistics = {
  overview: base.input(statisticsScope).output(typed<Overview>()),
  /** The rows behind a number, village by village, the one with most rows first; `total` equals the number. `groups` comes with the first page. */
  behind: base.input(drill.extend({ page: page.prefault({}) })).output(typed<{ groups: BehindGroup[] } & (
    | ({ entity: 'finding'; definition: string } & Page<FindingListRow>)
    | ({ entity: 'enterprise'; definition: string } & Page<EnterpriseListRow>)
    | ({ entity: 'visit'; definition: string } & Page<{ id: string; no: string; date: string; enterpriseId: string; enterpriseName: string; villageName: string | null; outcome: string | null; staffNames: string }>)
  )>()),
  exportOverview: base.input(statisticsScope).output(typed<FileLink>()),
  exportBehind: base.input(drill).output(typed<FileLink>()),
};
