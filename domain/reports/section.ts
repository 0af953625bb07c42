// How a capability describes its section of the periodic reports (domain reference 5.5).
import type { SectionDefinition, SectionRows } from '../dictionary/section.ts';
import { yearCode } from '../statistics/report-codes.ts';
import { paragraph, sentence, textParagraph, type Block } from './blocks.ts';
import type { ReportFigures, ReportKind } from './figures.ts';
import { personText, phoneText } from './masking.ts';
import type { Writer } from './writer.ts';

interface SectionOptions {
  id: string;
  title: string | Readonly<Record<ReportKind, string>>;
  kinds: readonly ReportKind[];
  order: number;
  lacking: string;
  annex?: true;
  /** Absent: there are rows of `rows`. */
  has?: (figures: ReportFigures) => boolean;
  /** Absent: a sentence of `clauses`, and the table of `rows`. */
  blocks?: (writer: Writer) => Block[];
  rows?: SectionRows;
  /** Clauses with figures, such as `组织培训{trainingCount}场`: those without their figures are left out. */
  clauses?: readonly string[];
  /** Caption of the table of `rows`, and the word that counts them. */
  caption?: string;
  counted?: string;
  /** Printed where nothing lies in the period. */
  none?: string;
}

/** What figures say of the period, and beside it of the year to date where that is longer. */
export function saidOfBoth(w: Writer, clauses: readonly string[]): Block[] {
  const ofYear = clauses.map((text) => text.replace(/\{(\w+)/g, (_, code: string) => `{${yearCode(code)}`));
  return [
    sentence(w.f.figures, w.period, clauses),
    ...(w.year ? [sentence(w.f.figures, `${w.asOf}，${w.year}累计`, ofYear)] : []),
  ].flatMap((spans) => (spans.length > 0 ? [paragraph(spans)] : []));
}

/** The rows of a section as a table, under what its figures say. */
function rowBlocks(w: Writer, { id, clauses = [], caption = '', counted = '条', none = '' }: SectionOptions): Block[] {
  const part = w.f.parts?.[id];
  if (!part) return [textParagraph(none)];
  const said = saidOfBoth(w, clauses);
  if (part.rows.length === 0) return [textParagraph(none), ...(w.year ? said.slice(1) : [])];
  const printed = (cell: string, column: number): string =>
    (part.columns[column]?.personal ? personText : phoneText)(cell, w.contacts);
  return [
    ...said,
    ...w.list(caption, counted, {
      id,
      columns: part.columns,
      rows: part.rows.map((row) => row.map(printed)),
    }),
  ];
}

/** Defines a section. */
export function defineSection(options: SectionOptions): SectionDefinition {
  const { id, title, kinds, order, lacking, annex = false, rows = null } = options;
  const has = options.has ?? ((figures: ReportFigures) => figures.parts?.[id] !== undefined);
  const blocks = options.blocks ?? ((writer: Writer) => rowBlocks(writer, options));
  return { id, title, kinds, order, lacking, annex, rows, has, blocks };
}

/** The four kinds of report. */
export const EVERY_REPORT: readonly ReportKind[] = ['week', 'month', 'quarter', 'year'];
/** The reports that tell of more than the inspections. */
export const LONGER_REPORTS: readonly ReportKind[] = ['month', 'quarter', 'year'];
