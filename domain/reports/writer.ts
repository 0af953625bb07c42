// What every section builder is given: the figures, the options, and running numbers of tables and charts.
import { textParagraph, type Block, type TableBlock } from './blocks.ts';
import type { FigureCode, ReportFigures } from './figures.ts';
import type { Contacts } from './masking.ts';
import { dayText } from './words.ts';

/** A list that is too long for the text: it stands behind the signature on pages of its own. */
export interface LongList {
  readonly title: string;
  readonly table: TableBlock;
}

/** Shared by the builders of one report; tables and charts are numbered through the whole text. */
export interface Writer {
  readonly f: ReportFigures;
  readonly contacts: Contacts;
  /** 截至2026年11月18日 */
  readonly asOf: string;
  /** 本月 */
  readonly period: string;
  /** 本年: what the report counts over; null where that is the period itself. */
  readonly year: string | null;
  /** Lists that went to the annex, in the order in which the text names them. */
  readonly long: readonly LongList[];
  /** Complete caption of the next table. */
  table(text: string): string;
  /** Complete caption of the next chart. */
  chart(text: string): string;
  /**
   * A list of records of the period: a table in the text, or a word of it there and the table in the annex where it is long.
   * @param counted the word that counts its rows: 件, 家次
   */
  list(title: string, counted: string, table: Omit<TableBlock, 'type' | 'caption'>): Block[];
}

/** Rows that a list may have within the text. */
const MOST_IN_TEXT = 15;

/** A writer at the start of a report. */
export function createWriter(f: ReportFigures, contacts: Contacts): Writer {
  let tables = 0;
  let charts = 0;
  const long: LongList[] = [];
  const table = (text: string): string => `表${(tables += 1)}　${text}`;
  return {
    f,
    contacts,
    asOf: `截至${dayText(f.asOf)}`,
    period: PERIOD_WORDS[f.kind],
    year: f.cumulative?.label ?? null,
    long,
    table,
    chart: (text) => `图${(charts += 1)}　${text}`,
    list(title, counted, given) {
      const caption = `${title}（${f.period.label}，截至${dayText(f.asOf)}）`;
      if (given.rows.length <= MOST_IN_TEXT) return [{ ...given, type: 'table', caption: table(caption) }];
      long.push({ title, table: { ...given, type: 'table', caption } });
      return [textParagraph(`${f.period.label}的${given.rows.length}${counted}逐一列在附件“${title}”。`)];
    },
  };
}

/** 本周, 本月, 本季度, 本年度 */
export const PERIOD_WORDS = { week: '本周', month: '本月', quarter: '本季度', year: '本年度' } as const;

/** Zero-found variant of domain reference 5.5. */
export const NOTHING_FOUND = '本期未发现问题。';

/** Whether a figure is given and counts nothing. */
export function isZero(w: Writer, code: FigureCode): boolean {
  return w.f.figures[code]?.numerator === 0;
}

/** What a table of findings counts, and as of when: 本月、本年发现的问题，截至2026年11月18日. */
export function cohortText(w: Writer): string {
  return `${[w.period, ...(w.year ? [w.year] : [])].join('、')}发现的问题，${w.asOf}`;
}
