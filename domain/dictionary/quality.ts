// Checks of data quality: which rows of a kind deserve a second look, why, what to do, and what may be proposed. Each is data.
import type { IndustryIndex } from '../values/industry-code.ts';
import type { Path } from './facets.ts';
import type { Filter } from './filter.ts';
import { vocabulary } from './vocabulary.ts';

/** What checks are about, in the order of the page. */
export const QUALITY_TOPICS = vocabulary({
  twins: '重复',
  codes: '代码',
  days: '日期',
  places: '坐标',
  basics: '基本信息',
  stale: '久未核实',
  waiting: '待定的值',
  guesses: '推测',
});

/** A value as it is stored. */
export type QualityValue = string | number | boolean | null;

/** What a row says under the paths that a check shows. */
export type QualityRow = Readonly<Record<Path, QualityValue>>;

/** What may be written instead, and why it is thought so: a person decides. */
export interface Proposal {
  readonly values: Readonly<Record<string, QualityValue>>;
  readonly reason: string;
}

/** What proposals may look up. */
export interface ProposalTools {
  readonly industries: IndustryIndex;
  readonly today: string;
}

/** One check over the rows of a kind. */
export interface QualityCheck {
  readonly id: string;
  readonly of: string;
  readonly topic: (typeof QUALITY_TOPICS.ids)[number];
  readonly label: string;
  /** Why it matters. */
  readonly why: string;
  /** What to do next. */
  readonly todo: string;
  /** The rows that it finds. */
  readonly where: Filter;
  /** What is shown of a row beside its title, and what proposals read. */
  readonly shows: readonly Path[];
  /** What is wrong with a row, in words; without it its values say so. */
  readonly says?: (row: QualityRow, tools: ProposalTools) => string;
  readonly propose?: (row: QualityRow, tools: ProposalTools) => Proposal | null;
  /** Rows are not mended by values: two files are made one, or a value that an import brought is decided. */
  readonly settled?: 'merge' | 'waiting';
}

/** Defines a check; it is listed in the definition of its kind. */
export const defineQualityCheck = (check: QualityCheck): QualityCheck => check;

/** The text under a path of a row; empty where there is none. */
export const textIn = (row: QualityRow, path: Path): string => {
  const value = row[path];
  return value === null || value === undefined ? '' : String(value);
};
