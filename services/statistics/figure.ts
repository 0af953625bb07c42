// Counted figures as they are said: printed by the rules of domain reference 4.1, with their definition.
import { inAct } from '../../domain/projects/act.ts';
import type { Figure } from '../../contract/statistics.ts';
import { settled, type FigureDefinition, type FigureSettings } from '../../domain/dictionary/figure.ts';
import { entityNamed } from '../../domain/entities.ts';
import { FIGURES, figureNamed } from '../../domain/statistics/figures.ts';
import { averageDigits, percent, percentAgainstTarget } from '../../domain/statistics/percent.ts';
import { refused } from '../errors.ts';
import type { Context } from '../context.ts';
import { hasRow } from '../lists/index.ts';
import type { Asked } from './asked.ts';
import { measure, type Cell } from './measure.ts';

/** Figures by their codes, in the order given. @throws REFUSED for a code that there is none of, with those that there are */
export function figuresNamed(codes: readonly string[]): FigureDefinition[] {
  return codes.map((code) => {
    const figure = FIGURES.get(code);
    if (!figure) throw refused(`没有“${code}”这个指标。可以用${[...FIGURES.keys()].join('、')}`);
    return figure;
  });
}

function printed(f: FigureDefinition, n: number, d: number, settings: FigureSettings): string {
  if (f.denominator === null) return String(n);
  if (f.unit !== '%') return averageDigits(n, d, f.decimals);
  return f.targeted && settings.target
    ? percentAgainstTarget(n, d, settings.target, f.decimals)
    : percent(n, d, f.decimals);
}

/** A figure of a group, nought where the group has nothing of it. */
export function figureOf(f: FigureDefinition, cell: Cell | undefined, settings: FigureSettings): Figure {
  const { n, d } = cell?.counts.get(f.code) ?? { n: 0, d: 0 };
  return {
    code: f.code,
    label: inAct(f.label, settings.act),
    numerator: n,
    denominator: f.denominator === null ? null : d,
    printed: printed(f, n, d, settings),
    unit: f.unit,
    definition: settled(f.definition, settings),
  };
}

/** Figures of a scope by code: those named, else all. Every number that is printed anywhere comes from here. */
export async function figuresOf(ctx: Context, asked: Asked, codes?: readonly string[]): Promise<Map<string, Figure>> {
  const figures = codes ? codes.map(figureNamed) : [...FIGURES.values()];
  const [cell] = await measure(ctx.store.slow, asked, figures);
  return new Map(figures.map((f) => [f.code, figureOf(f, cell, asked.settings)]));
}

/** Why a figure has nothing to say to readers, or null: nothing was ever recorded that feeds it. */
export async function unfedOf(ctx: Context, { input }: FigureDefinition): Promise<string | null> {
  if (!input || (await hasRow(ctx, input.of, input.where))) return null;
  return input.lacking ?? `还没有登记过${entityNamed(input.of).label}`;
}

/** Why a rate has nothing to say: nothing to measure it by. */
export const NOTHING_TO_MEASURE = '没有可以作分母的记录';
