// Figures and dimensions as data: what is counted, over what, and how it is said. The number, the list behind it, the dashboard, the
// report, the export and the command line read the same definition, so that a number equals its list by construction.
import type { Filter } from './filter.ts';

/** Settings of the service project that change what a figure counts. */
export interface FigureSettings {
  /** The project's word for a visit, in which labels are said. */
  readonly act?: string;
  /** 污染源已消除 counts as rectified. */
  readonly countSourceRemoved: boolean;
  /** Rectification target in percent as entered, or null. */
  readonly target: string | null;
  /** Denominator of training coverage (domain reference 4.6). */
  readonly trainingDenominator: 'audience' | 'invited' | 'all';
  /** First day of the year of service that the figures are about: what was found before is of earlier years. */
  readonly yearFrom: string;
}

/** A filter, or the filter that a project's settings ask for. */
export type SettledFilter = Filter | ((settings: FigureSettings) => Filter);

/** Rows of a kind that are counted. */
export interface Counted {
  /** Kind of the rows. */
  readonly of: string;
  /** A cohort that only SQL can say (services/statistics/cohorts.ts); null: live rows of the kind, placed by `day`. */
  readonly cohort: string | null;
  /** Path of the day that places a row in the period; null: all rows. */
  readonly day: string | null;
  readonly where: SettledFilter;
  /** A reference: the rows it leads to are counted, each once. */
  readonly through: string | null;
  /** With `through`: only those all of whose rows fulfil this. */
  readonly every: SettledFilter | null;
  /** Rows alike in these fields are counted once. */
  readonly once: readonly string[];
  /** Only rows whose `by` (`id` or a reference) is counted by another set too; with `not`, only the others. */
  readonly among: { readonly by: string; readonly in: Counted; readonly not?: true } | null;
}

/** What a numerator or denominator may be written as: a filter over the figure's own cohort, or a set of its own. */
export type CountedInput = SettledFilter | Partial<Counted>;

/** `period`: placed by the day in the period; `year`: in the service year up to the as-of day; `asOf`: up to the as-of day. */
export type FigureScope = 'period' | 'year' | 'asOf';

/** Rows that feed a figure: where there is none, it has nothing to say. */
export interface FigureInput {
  readonly of: string;
  readonly where: Filter;
  /** Said of the figure then; null: that nothing of the kind was recorded. */
  readonly lacking: string | null;
}

/** A figure's definition. */
export interface FigureDefinition {
  readonly code: string;
  readonly label: string;
  readonly unit: string;
  /** Kind of the rows of its list. */
  readonly of: string;
  readonly scope: FigureScope;
  /** Path of the day that months and years are told by. */
  readonly month: string | null;
  readonly numerator: Counted;
  /** Null for a count. */
  readonly denominator: Counted | null;
  /** Decimals of the printed rate or average, rounded half up. */
  readonly decimals: number;
  /** Measured against the project's target. */
  readonly targeted: boolean;
  /** In one sentence what is counted and what is left out. */
  readonly definition: string | ((settings: FigureSettings) => string);
  /** Reports leave the figure out where none of these rows was ever recorded; null: nought is said even then (本期未发现问题). */
  readonly input: FigureInput | null;
  /** Codes by which the text of a periodic report names it: of the year to date, and of the reported period alone. */
  readonly report: { readonly year?: string; readonly period?: string };
}

interface FigureOptions {
  code: string;
  label: string;
  unit: string;
  of: string;
  definition: FigureDefinition['definition'];
  scope?: FigureScope;
  cohort?: string;
  day?: string | null;
  month?: string;
  numerator: CountedInput;
  denominator?: CountedInput;
  decimals?: number;
  targeted?: true;
  /** Nought is said even where nothing of the kind was ever recorded. */
  zeroTells?: true;
  /** What feeds it, where that is not any row of the kind it counts. */
  input?: Partial<FigureInput>;
  /** Without it, reports name the figure of their period by its own code. */
  report?: FigureDefinition['report'];
}

const isFilter = (given: CountedInput): given is SettledFilter => Array.isArray(given) || typeof given === 'function';

/** Words or a filter under the settings in force. */
export function settled<T>(given: T | ((settings: FigureSettings) => T), settings: FigureSettings): T {
  return typeof given === 'function' ? (given as (settings: FigureSettings) => T)(settings) : given;
}

/** A set of rows with everything said that was left out. */
export function defineCounted(given: Partial<Counted> & { of: string }): Counted {
  return { cohort: null, day: null, where: [], through: null, every: null, once: [], among: null, ...given };
}

/** Defines a figure; it is listed in the definition of the kind whose rows it counts. */
export function defineFigure(options: FigureOptions): FigureDefinition {
  const { of, cohort = null, day = null } = options;
  const counted = (given: CountedInput): Counted =>
    isFilter(given)
      ? defineCounted({ of, cohort, day, where: given })
      : // A set over another kind has its own cohort and day.
        defineCounted({ ...(given.of === undefined || given.of === of ? { cohort, day } : {}), of, ...given });
  const numerator = counted(options.numerator);
  return {
    code: options.code,
    label: options.label,
    unit: options.unit,
    of,
    scope: options.scope ?? 'period',
    month: options.month ?? null,
    numerator,
    denominator: options.denominator === undefined ? null : counted(options.denominator),
    decimals: options.decimals ?? 1,
    targeted: options.targeted ?? false,
    definition: options.definition,
    input: options.zeroTells ? null : { of: numerator.of, where: [], lacking: null, ...options.input },
    report: options.report ?? { period: options.code },
  };
}

/** How a row is told apart. */
export type DimensionBy =
  /** Fields of the kind: the first that is filled; `first` keeps that many characters of it. */
  | { readonly fields: readonly string[]; readonly first?: number }
  /** The place of the row: its own, or that of its enterprise. */
  | { readonly place: true }
  /** The field that says in which area of a level it lies, as of the day of the row. */
  | { readonly area: string; readonly field: string }
  /** The kind's first reference to a row of `target`. */
  | { readonly target: string }
  /** Rows of a part of it: a row stands in each of their groups. `newest` keeps the newest alike in `by` that holds on the day. */
  | {
      readonly each: string;
      readonly fields: readonly string[];
      readonly newest?: { readonly by: readonly string[]; readonly day: string; readonly until: string };
    }
  /** The one row of a part that counts: that with the latest `last`, one without it first to go. */
  | { readonly pick: string; readonly field: string; readonly last: string }
  /** Which of the rows that lead to the same record it is, in the order of a day: 第 1 次, 第 2 次. */
  | { readonly ordinal: string; readonly after: string }
  /** The year or the month of the figure's day. */
  | { readonly day: 'year' | 'month' };

/** What figures can be split by. */
export interface DimensionDefinition {
  readonly id: string;
  readonly label: string;
  /** Kind that it is said of; rows of other kinds reach it through what they belong to. Null: of every kind. */
  readonly of: string | null;
  readonly by: DimensionBy;
  /** It changes with time: only rows whose state of the day is known may be split by it. */
  readonly dated: boolean;
  /** What the group of rows without one is called. */
  readonly none: string;
}

/** Defines a dimension; it is listed in the definition of the kind that it is said of. */
export function defineDimension(
  options: Pick<DimensionDefinition, 'id' | 'label' | 'by'> & Partial<DimensionDefinition>,
): DimensionDefinition {
  return { of: null, dated: false, none: '未填写', ...options };
}
