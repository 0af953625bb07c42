// Figures: every number with numerator, denominator, as-of date and definition, and the list behind it.
import { type as typed } from '@orpc/contract';
import { z } from 'zod';
import { filter } from './lists.ts';
import { base, calendarDay, id, page, PERIOD_DISORDER, periodInOrder, type FileLink, type Page } from './shared.ts';

/** What the figures are about. Cohort: findings found in the period, status as of the day. */
export const statisticsScope = z
  .object({
    from: calendarDay,
    to: calendarDay,
    asOf: calendarDay,
    objectKinds: z.array(z.string().max(30)).max(20).default([]),
    roundId: id.nullable().default(null),
    villageIds: z.array(id).max(200).default([]),
    /** Further conditions on the enterprises; `today` in it is the as-of day. */
    filter: filter.optional(),
    /** First day of the year that the figures are about; without it, that of the service year of `from`. */
    yearFrom: calendarDay.optional(),
  })
  .refine(periodInOrder, PERIOD_DISORDER);
export type StatisticsScope = z.infer<typeof statisticsScope>;

/** One number that can be asked. */
export interface Figure {
  code: string;
  label: string;
  numerator: number;
  denominator: number | null;
  printed: string;
  unit: string;
  definition: string;
}

/**
 * Counts of a village. `visited` are those of the enterprises to be visited (`coverage`), `visitedEnterprises`
 * all that were, those closed since among them.
 */
export interface VillageLine {
  villageId: string | null;
  name: string;
  officer: string | null;
  enterprises: number;
  visited: number;
  coverage: string;
  visitedEnterprises: number;
  found: number;
  closed: number;
  open: number;
  overdue: number;
  rate: string;
}

export interface Overview {
  scope: StatisticsScope;
  figures: Record<string, Figure>;
  target: string | null;
  targetMet: boolean | null;
  missingToTarget: number;
  byStatus: { status: string; count: number }[];
  byCategory: { category: string; found: number; closed: number; open: number; enterprises: number }[];
  byClass: { handlingClass: string; found: number; closed: number }[];
  byMonth: { month: string; found: number; closed: number; openAtEnd: number; partial: boolean }[];
  byVillage: VillageLine[];
  total: VillageLine;
  /** How many need no visit any more, by reason: 3 家关停、1 家搬离. */
  left: string;
  voided: number;
  overdue: {
    id: string;
    no: string;
    enterpriseId: string;
    enterpriseName: string;
    villageName: string | null;
    description: string;
    deadline: string;
    days: number;
    status: string;
  }[];
}

/** A group of a dimension: its key, several of them, or null for rows without one. */
const groupKey = z.union([z.string().max(200), z.null(), z.array(z.string().max(200)).max(200)]);

/**
 * A number's list: which figure, cut down to groups of dimensions (`at`); a village, category, class, status and
 * month by their own names too.
 */
export const drill = z.object({
  scope: statisticsScope,
  figure: z.string().max(40),
  at: z.record(z.string().max(40), groupKey).default({}),
  villageId: z
    .union([id, z.literal('none')])
    .nullable()
    .default(null),
  category: z.string().max(30).nullable().default(null),
  handlingClass: z.string().max(20).nullable().default(null),
  status: z.string().max(20).nullable().default(null),
  month: z
    .string()
    .regex(/^\d{4}-\d{2}$/)
    .nullable()
    .default(null),
});

/** Which figures (all, where none is named) by at most two dimensions. */
export const figuresByInput = z.object({
  scope: statisticsScope,
  figures: z.array(z.string().max(40)).max(60).default([]),
  by: z
    .array(z.string().max(40))
    .max(2, { error: '最多按两个维度分' })
    .refine((by) => new Set(by).size === by.length, { error: '两个维度要不同' })
    .default([]),
});

/**
 * Figures of one group: its keys as `at` of a drill takes them, in the order of the dimensions, and what they
 * are called.
 */
export interface FigureCell {
  keys: (string | null)[];
  names: string[];
  figures: Record<string, Figure>;
}

/** Figures by dimensions. `total`: over all groups, in which a row that stands in several counts once. */
export interface FigureTable {
  scope: StatisticsScope;
  by: { id: string; label: string }[];
  figures: { code: string; label: string; unit: string; definition: string }[];
  total: Record<string, Figure>;
  cells: FigureCell[];
}

/** How many rows behind a number a village has; `village` null: none is known. */
export interface BehindGroup {
  village: string | null;
  rows: number;
}

/** A row behind a number: what its line says, and what its kind's list knows of it beside. */
export interface BehindRow extends Record<string, unknown> {
  id: string;
  enterpriseId: string | null;
  villageName: string | null;
  /** What the line begins with: the enterprise, or what the row is called. */
  name: string;
  text: string;
  tail: string;
  /** The tail is a warning. */
  late: boolean;
  /** State that is drawn before the line. */
  glyph: { kind: 'finding' | 'operating'; value: string } | null;
}

/** The rows behind a number, village by village. `unit` counts them. */
export interface BehindPage extends Page<BehindRow> {
  entity: string;
  label: string;
  unit: string;
  definition: string;
  groups: BehindGroup[];
}

export const statistics = {
  overview: base.input(statisticsScope).output(typed<Overview>()),
  /** Any figures by any two dimensions that they have. */
  figuresBy: base.input(figuresByInput).output(typed<FigureTable>()),
  /**
   * The rows behind a number, village by village, the one with most rows first; `total` equals the number.
   * `groups` comes with the first page.
   */
  behind: base.input(drill.extend({ page: page.prefault({}) })).output(typed<BehindPage>()),
  exportOverview: base.input(statisticsScope).output(typed<FileLink>()),
  exportBehind: base.input(drill).output(typed<FileLink>()),
};
