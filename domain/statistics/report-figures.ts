// Every figure that the text of a periodic report may name, by the report's code: derived from the definitions of the figures.
import { reportCodes } from './report-codes.ts';
import { FIGURES, type FigureDefinition } from './figures.ts';

/** What a report's code stands for: a figure, of the year to date or of the reported period alone. */
export interface ReportFigure {
  readonly figure: FigureDefinition;
  readonly span: 'year' | 'period';
  readonly label: string;
}

/**
 * Every figure that reports know by name, of the year to date and of the period: the two stand side by side. A figure
 * that names itself for one of them alone has the other by its rule (`reportCodes`).
 */
export const REPORT_FIGURES: ReadonlyMap<string, ReportFigure> = new Map(
  [...FIGURES.values()].flatMap((figure): [string, ReportFigure][] => {
    const codes = reportCodes(figure.report);
    if (!codes) return [];
    const bare = figure.label.replace(/^本期/, '');
    const own = figure.report.year !== undefined;
    return [
      [codes.year, { figure, span: 'year', label: own ? figure.label : `本年${bare}` }],
      [codes.period, { figure, span: 'period', label: own ? `本期${figure.label}` : figure.label }],
    ];
  }),
);

/** Sums that reports print, by the figure and the first day that their list is of. */
export const SUMMED_FIGURES: ReadonlyMap<string, { readonly figure: string; readonly from: string }> = new Map([
  ['openInAll', { figure: 'openCount', from: '0001-01-01' }],
]);
