// Which list stands behind a number of the report: its figure, cut down to a village, category, class or month.
import type { ReportPreview } from '../../../contract/reports.ts';
import type { Figure, ReportFigures, Span } from '../../../domain/reports/index.ts';
import { FIGURES } from '../../../domain/statistics/figures.ts';
import type { Asked } from '../../components/asked.ts';

/** Figures of the reported period alone, by the figure of the dashboard that counts them. */
const OF_PERIOD: Readonly<Record<string, string>> = {
  periodVisitedEnterprises: 'visitedEnterprises', periodVisitCount: 'visitCount', periodNightVisits: 'nightVisitCount', periodFoundCount: 'foundCount', periodClosedCount: 'closedInPeriod',
};
const UNITLESS = /[%％]$/;

/** What is said of a number that has no list of its own. */
export interface Explained { title: string; printed: string; definition: string; note: string }

const labelOf = (figures: ReportFigures, span: Span): string => {
  const { scope } = span;
  const figure = span.figure ? figures.figures[span.figure] : undefined;
  const group = !scope ? '' : scope.by === 'village' ? figures.byVillage.find((row) => row.id === scope.id)?.label : scope.by === 'category' ? figures.byCategory.find((row) => row.id === scope.id)?.label
    : scope.by === 'class' ? figures.byClass.find((row) => row.id === scope.id)?.label : scope.id;
  return [group, figure?.label].filter(Boolean).join('　');
};

const printedOf = (span: Span, figure: Figure | undefined): string => `${span.text}${figure && !UNITLESS.test(span.text) && figure.unit !== '%' ? ` ${figure.unit}` : ''}`;

/** The list behind a span, or null when only its definition can be shown. */
export function askedOf(span: Span, figures: ReportFigures, preview: Pick<ReportPreview, 'scope' | 'yearScope'>): Asked | null {
  const code = span.figure;
  if (!code) return null;
  const figure = figures.figures[code];
  const base = { title: labelOf(figures, span), printed: printedOf(span, figure), ...(figure?.denominator != null && !span.scope && { note: `${figure.numerator} / ${figure.denominator}` }) };
  const ofPeriod = OF_PERIOD[code];
  if (ofPeriod) return { ...base, drill: { scope: preview.scope, figure: ofPeriod } };
  if (!(code in FIGURES)) return null;
  const { scope } = span;
  return {
    ...base,
    drill: {
      scope: preview.yearScope, figure: code,
      ...(scope?.by === 'village' && { villageId: scope.id }), ...(scope?.by === 'category' && { category: scope.id }), ...(scope?.by === 'class' && { handlingClass: scope.id }), ...(scope?.by === 'month' && { month: scope.id }),
    },
  };
}

/** What a number means, for those without a list. */
export function explained(span: Span, figures: ReportFigures): Explained {
  const figure = span.figure ? figures.figures[span.figure] : undefined;
  return { title: labelOf(figures, span), printed: printedOf(span, figure), definition: figure?.definition ?? '', note: figure?.denominator != null ? `${figure.numerator} / ${figure.denominator}` : '' };
}
