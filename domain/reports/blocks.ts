// The text of a document as a structure: the window draws it with clickable numbers, the Word writer prints it.
import type { Figure, FigureCode, FigureDays, PhotoRef, ReportFigures } from './figures.ts';

/** Narrows the list behind a number to one group: a village, a category, a class or a month. */
export interface FigureScope {
  readonly by: 'village' | 'category' | 'class' | 'month';
  readonly id: string;
}

/** The list of a number that is none of the report's own figures: of another period, or of several groups. */
export interface SpanAsk {
  /** Code of the figure as it is defined (not as the report names it). */
  readonly figure: string;
  /** What the list is called. */
  readonly title: string;
  /** The days it is about; the report's main cohort where they are not given. */
  readonly days?: FigureDays;
  /** Groups of dimensions that it is cut down to. */
  readonly at?: Readonly<Record<string, string | null | readonly string[]>>;
}

/** A piece of text; with `figure` or `ask` it is a number that can be asked for its list. */
export interface Span {
  readonly text: string;
  readonly figure?: FigureCode;
  readonly scope?: FigureScope;
  readonly ask?: SpanAsk;
}

/** A table cell; `\n` breaks the line. */
export type Cell = string | Span;

export interface TableColumn {
  readonly heading: string;
  /** Share of the table's width, relative to the other columns. */
  readonly weight: number;
  readonly align?: 'left' | 'center' | 'right';
  /** Heading over this column and its neighbours of the same group: 本月, 本年. */
  readonly group?: string;
}

export interface TableBlock {
  readonly type: 'table';
  readonly id: string;
  /** Complete: `表1　各村问题整改情况（截至2026年11月18日）`. */
  readonly caption: string;
  readonly columns: readonly TableColumn[];
  readonly rows: readonly (readonly Cell[])[];
  readonly totals?: readonly Cell[];
  /** Narrow margins in the cells of a wide list. */
  readonly dense?: boolean;
}

/**
 * What a series means; each meaning has one look on all charts (green = done, ochre hatch = found or open, ink = running).
 * `year`: one of several years side by side, each with a colour of its own, the last one the most prominent.
 */
export type SeriesMeaning = 'done' | 'open' | 'running' | 'year';

export interface ChartSeries {
  readonly name: string;
  readonly values: readonly number[];
  readonly meaning: SeriesMeaning;
}

export interface ChartBlock {
  readonly type: 'chart';
  readonly id: string;
  /** Complete: `图1　…`. */
  readonly caption: string;
  /**
   * `months`: columns with the running total as a line; `bars`: stacked horizontal bars, first category on top;
   * `groups`: horizontal bars side by side, first category on top.
   */
  readonly shape: 'months' | 'bars' | 'groups';
  readonly categories: readonly string[];
  readonly series: readonly ChartSeries[];
  readonly unit: string;
  /** What a screen reader says. */
  readonly description: string;
}

/** Photos two to a row, captions below; null leaves the place beside another empty. */
export interface PhotosBlock {
  readonly type: 'photos';
  readonly photos: readonly (PhotoRef | null)[];
}

/** How a paragraph is set. */
export type ParagraphRole = 'body' | 'salutation' | 'note' | 'attachment' | 'signature' | 'date' | 'annexLabel';

/** A page before the text: what the report is, for whom, by whom, of which period. */
export interface CoverBlock {
  readonly type: 'cover';
  readonly title: string;
  readonly subtitle: string;
  readonly lines: readonly { readonly label: string; readonly text: string }[];
}

/** The headings of the text with their pages. */
export interface ContentsBlock {
  readonly type: 'contents';
  readonly entries: readonly { readonly level: 1 | 2; readonly text: string }[];
}

export type Block =
  | CoverBlock
  | ContentsBlock
  | { readonly type: 'title'; readonly text: string; readonly subtitle?: string }
  | { readonly type: 'heading'; readonly level: 1 | 2 | 3; readonly text: string; readonly section?: string }
  | { readonly type: 'paragraph'; readonly role: ParagraphRole; readonly spans: readonly Span[] }
  | TableBlock
  | ChartBlock
  | PhotosBlock
  /** What follows is on pages of this orientation. */
  | { readonly type: 'page'; readonly orientation: 'portrait' | 'landscape' };

/** A paragraph of plain text. */
export function textParagraph(text: string, role: ParagraphRole = 'body'): Block {
  return { type: 'paragraph', role, spans: [{ text }] };
}

/** A paragraph of spans. */
export function paragraph(spans: readonly Span[], role: ParagraphRole = 'body'): Block {
  return { type: 'paragraph', role, spans };
}

const TOKEN = /\{(\w+)(?::([nd]))?\}/g;

/**
 * Spans of a clause such as `检查企业{visitedEnterprises}家`: `{code}` prints the figure, `{code:n}` its numerator,
 * `{code:d}` its denominator.
 * @returns null when a figure it needs is not given, so that the clause is left out instead of printing a gap
 */
export function clause(figures: ReportFigures['figures'], template: string): Span[] | null {
  const spans: Span[] = [];
  let end = 0;
  for (const match of template.matchAll(TOKEN)) {
    const figure: Figure | undefined = figures[match[1] as FigureCode];
    if (!figure) return null;
    if (match.index > end) spans.push({ text: template.slice(end, match.index) });
    spans.push({ text: numberOf(figure, match[2]), figure: figure.code });
    end = match.index + match[0].length;
  }
  if (end < template.length) spans.push({ text: template.slice(end) });
  return spans;
}

function numberOf(figure: Figure, part: string | undefined): string {
  if (part === 'n') return String(figure.numerator);
  if (part === 'd') return figure.denominator === null ? '－' : String(figure.denominator);
  return figure.printed;
}

/** A figure as a cell, a rate with what it was counted from: 83.4%（216/259）; － when it is not given. */
export function fullCell(figures: ReportFigures['figures'], code: FigureCode): Cell {
  const figure = figures[code];
  if (!figure) return '－';
  const { printed, numerator, denominator, unit } = figure;
  const counted = !denominator || unit !== '%' ? '' : `（${numerator}/${denominator}）`;
  return { text: `${printed}${counted}`, figure: code };
}

/** A sentence of clauses joined by `joint` and closed by 。; clauses without their figures are left out. */
export function sentence(
  figures: ReportFigures['figures'],
  lead: string,
  templates: readonly string[],
  joint = '，',
): Span[] {
  const clauses = templates.map((template) => clause(figures, template)).filter((spans) => spans !== null);
  if (clauses.length === 0) return [];
  const spans: Span[] = lead ? [{ text: lead }] : [];
  clauses.forEach((part, index) => {
    if (index > 0) spans.push({ text: joint });
    spans.push(...part);
  });
  return [...spans, { text: '。' }];
}

/** A sentence as a paragraph, none where it says nothing. */
export function said(spans: readonly Span[]): Block[] {
  return spans.length > 0 ? [paragraph(spans)] : [];
}

/** A figure as a cell, － when it is not given. */
export function figureCell(figures: ReportFigures['figures'], code: FigureCode, part?: 'n' | 'd'): Cell {
  const figure = figures[code];
  return figure ? { text: numberOf(figure, part), figure: code } : '－';
}

/** The plain text of a block's spans or cells. */
export function plainText(spans: readonly Cell[]): string {
  return spans.map((span) => (typeof span === 'string' ? span : span.text)).join('');
}
