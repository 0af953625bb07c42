// All figures and dimensions, by code: derived from the definitions of the kinds.
import type { DimensionDefinition, FigureDefinition } from '../dictionary/figure.ts';
import { defineDimension } from '../dictionary/figure.ts';
import { ENTITIES } from '../entities.ts';

export type { FigureDefinition, DimensionDefinition, FigureSettings } from '../dictionary/figure.ts';

/** Code of a figure; those that exist are the keys of `FIGURES`. */
export type FigureId = string;

const byKey = <T>(all: readonly T[], key: (one: T) => string): ReadonlyMap<string, T> => {
  const map = new Map(all.map((one) => [key(one), one]));
  if (map.size < all.length) throw new Error('two figures or two dimensions of the dictionary share a name');
  return map;
};

/** Every figure, in the order of the kinds. Dashboards, reports, exports and the command line print these and no others. */
export const FIGURES: ReadonlyMap<string, FigureDefinition> = byKey(
  ENTITIES.flatMap((e) => e.figures),
  (f) => f.code,
);

/** Every dimension. */
export const DIMENSIONS: ReadonlyMap<string, DimensionDefinition> = byKey(
  [
    ...ENTITIES.flatMap((e) => e.dimensions),
    defineDimension({ id: 'month', label: '月份', by: { day: 'month' }, none: '无日期' }),
    defineDimension({ id: 'year', label: '年份', by: { day: 'year' }, none: '无日期' }),
  ],
  (d) => d.id,
);

/** A figure by its code. @throws for a code that code names and nobody defines */
export function figureNamed(code: string): FigureDefinition {
  const figure = FIGURES.get(code);
  if (!figure) throw new Error(`no figure named ${code} in the dictionary`);
  return figure;
}
