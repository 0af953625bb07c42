// What every section builder is given: the figures, the options, and running numbers of tables and charts.
import type { ReportFigures } from './figures.ts';
import type { Contacts } from './masking.ts';
import { dayText } from './words.ts';

/** Shared by the builders of one report; tables and charts are numbered through the whole text. */
export interface Writer {
  readonly f: ReportFigures;
  readonly contacts: Contacts;
  /** 截至2026年11月18日 */
  readonly asOf: string;
  /** Complete caption of the next table. */
  table(text: string): string;
  /** Complete caption of the next chart. */
  chart(text: string): string;
}

/** A writer at the start of a report. */
export function createWriter(f: ReportFigures, contacts: Contacts): Writer {
  let tables = 0;
  let charts = 0;
  return {
    f,
    contacts,
    asOf: `截至${dayText(f.asOf)}`,
    table: (text) => `表${(tables += 1)}　${text}`,
    chart: (text) => `图${(charts += 1)}　${text}`,
  };
}

/** 本周, 本月, 本季度, 本年度 */
export const PERIOD_WORDS = { week: '本周', month: '本月', quarter: '本季度', year: '本年度' } as const;
