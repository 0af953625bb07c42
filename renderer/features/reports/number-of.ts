// Which list stands behind a number of the report: its figure, cut down to a village, category, class or month.
import type { ReportPreview } from '../../../contract/reports.ts';
import type { Figure, ReportFigures, Span } from '../../../domain/reports/index.ts';
import { REPORT_FIGURES, SUMMED_FIGURES } from '../../../domain/statistics/report-figures.ts';
import type { Asked } from '../../components/asked.ts';

const UNITLESS = /[%％]$/;

/** What is said of a number that has no list of its own. */
export interface Explained {
  title: string;
  printed: string;
  definition: string;
  note: string;
}

const labelOf = (figures: ReportFigures, span: Span): string => {
  const { scope } = span;
  const figure = span.figure ? figures.figures[span.figure] : undefined;
  const group = !scope
    ? ''
    : scope.by === 'village'
      ? figures.byVillage.find((row) => row.id === scope.id)?.label
      : scope.by === 'category'
        ? figures.byCategory.find((row) => row.id === scope.id)?.label
        : scope.by === 'class'
          ? figures.byClass.find((row) => row.id === scope.id)?.label
          : scope.id;
  return [group, figure?.label].filter(Boolean).join('　');
};

const printedOf = (span: Span, figure: Figure | undefined): string =>
  `${span.text}${figure && !UNITLESS.test(span.text) && figure.unit !== '%' ? ` ${figure.unit}` : ''}`;

/** The list behind a span, or null when only its definition can be shown. */
export function askedOf(
  span: Span,
  figures: ReportFigures,
  preview: Pick<ReportPreview, 'scope' | 'yearScope'>,
): Asked | null {
  const { figure: code, scope, ask } = span;
  const figure = code === undefined ? undefined : figures.figures[code];
  if (ask) {
    const { days, at } = ask;
    return {
      title: ask.title,
      printed: printedOf(span, figure),
      ...(days && { note: `${days.from} 至 ${days.to}` }),
      drill: {
        scope: days ? { ...preview.scope, ...days } : preview.yearScope,
        figure: ask.figure,
        ...(at && {
          at: Object.fromEntries(Object.entries(at).map(([by, key]) => [by, isSeveral(key) ? [...key] : key])),
        }),
      },
    };
  }
  const summed = code === undefined ? undefined : SUMMED_FIGURES.get(code);
  if (summed)
    return {
      title: labelOf(figures, span),
      printed: printedOf(span, figure),
      drill: { scope: { ...preview.yearScope, from: summed.from }, figure: summed.figure },
    };
  const named = code === undefined ? undefined : REPORT_FIGURES.get(code);
  if (!named) return null;
  return {
    title: labelOf(figures, span),
    printed: printedOf(span, figure),
    ...(figure?.denominator != null && !scope && { note: `${figure.numerator} / ${figure.denominator}` }),
    drill: {
      scope: named.span === 'period' ? preview.scope : preview.yearScope,
      figure: named.figure.code,
      ...(scope?.by === 'village' && { villageId: scope.id }),
      ...(scope?.by === 'category' && { category: scope.id }),
      ...(scope?.by === 'class' && { handlingClass: scope.id }),
      ...(scope?.by === 'month' && { month: scope.id }),
    },
  };
}

const isSeveral = (key: string | null | readonly string[]): key is readonly string[] => Array.isArray(key);

/** What a number means, for those without a list. */
export function explained(span: Span, figures: ReportFigures): Explained {
  const figure = span.figure ? figures.figures[span.figure] : undefined;
  return {
    title: labelOf(figures, span),
    printed: printedOf(span, figure),
    definition: figure?.definition ?? '',
    note: figure?.denominator != null ? `${figure.numerator} / ${figure.denominator}` : '',
  };
}
