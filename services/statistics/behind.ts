// The list behind a number: the ids that the number counts, so that its length is the number.
import { inAct } from '../../domain/projects/act.ts';
import type { BehindGroup, BehindPage, FigureCell, FigureTable } from '../../contract/statistics.ts';
import type { z } from 'zod';
import type { figuresByInput } from '../../contract/statistics.ts';
import { settled, type DimensionDefinition } from '../../domain/dictionary/figure.ts';
import { DIMENSIONS, FIGURES } from '../../domain/statistics/figures.ts';
import type { SqlValue } from '../../db/index.ts';
import { placeNamed } from '../conditions/index.ts';
import type { Context } from '../context.ts';
import type { Sheet } from '../documents/index.ts';
import { refused } from '../errors.ts';
import { askedUnder, type Asked } from './asked.ts';
import type { BehindKind, Drill } from './behind-kind.ts';
import { behindKind, byVillage, placeOf, sheetOf } from './behind-rows.ts';
import { checkAsOf } from './cohort.ts';
import { figureOf, figuresNamed } from './figure.ts';
import { groupNames } from './group-names.ts';
import { fits, idsBehind, measure, type At } from './measure.ts';

/** Groups that a number is cut down to; `none` stands for rows without a village. */
function atOf(d: Drill): At {
  return {
    ...d.at,
    ...(d.villageId && { village: d.villageId === 'none' ? null : d.villageId }),
    ...(d.category && { category: d.category }),
    ...(d.handlingClass && { handlingClass: d.handlingClass }),
    ...(d.status && { status: d.status }),
    ...(d.month && { month: d.month }),
  };
}

/** How many rows each village has, in the order of the list. */
async function groupsOf(
  ctx: Context,
  kind: BehindKind,
  place: string,
  where: string,
  parameters: readonly SqlValue[],
): Promise<BehindGroup[]> {
  return await ctx.store.slow.sql<BehindGroup>(
    `SELECT ${placeNamed(place)} AS village, count(*) AS rows FROM ${kind.from} WHERE ${where} GROUP BY ${place} ORDER BY count(*) DESC, ${place}`,
    parameters,
  );
}

/**
 * The rows behind a number, with the villages on the first page. `total` equals the number the dashboard prints.
 * @throws REFUSED for an unknown figure or dimension, for an as-of day to come
 */
export async function behind(ctx: Context, d: Drill, page: { offset: number; limit: number }): Promise<BehindPage> {
  const figure = FIGURES.get(d.figure);
  if (!figure) throw refused('没有这个指标');
  checkAsOf(d.scope.asOf, ctx.today());
  const asked = await askedUnder(ctx, d.scope);
  const ids = idsBehind(asked, figure, atOf(d));
  const kind = behindKind(figure.of, figure.numerator.day);
  const place = placeOf(kind, d, ctx.today());
  const where = `${kind.alias}.id IN (${ids.sql})`;
  const total = await ctx.store.slow.sqlOne<{ n: number }>(`SELECT count(*) AS n FROM (${ids.sql})`, ids.parameters);
  return {
    entity: figure.of,
    label: kind.label,
    unit: kind.unit,
    definition: settled(figure.definition, asked.settings),
    total: total?.n ?? 0,
    groups: page.offset === 0 ? await groupsOf(ctx, kind, place, where, ids.parameters) : [],
    rows: await kind.rows(
      ctx,
      d,
      where,
      ids.parameters,
      `${byVillage(kind, place)} LIMIT ${page.limit} OFFSET ${page.offset}`,
    ),
  };
}

const EVERYTHING = { offset: 0, limit: 100_000 };

/** The list behind a number as a sheet. */
export async function exportBehind(ctx: Context, d: Drill): Promise<Sheet> {
  const { entity, rows, label, unit } = await behind(ctx, d, EVERYTHING);
  const { from, to, asOf } = d.scope;
  return sheetOf(behindKind(entity, null), rows, {
    title: `${label}名单`,
    note: `统计期间 ${from} 至 ${to}　截至 ${asOf}　共 ${rows.length} ${unit}`,
  });
}

/** Dimensions by their ids. @throws REFUSED for one that there is none of, with those that there are */
function dimensionsNamed(ids: readonly string[]): DimensionDefinition[] {
  return ids.map((id) => {
    const d = DIMENSIONS.get(id);
    if (d) return d;
    const all = [...DIMENSIONS.values()].map((one) => `${one.id}（${one.label}）`);
    throw refused(`没有“${id}”这个维度。可以用${all.join('、')}`);
  });
}

async function cellsOf(
  ctx: Context,
  asked: Asked,
  figures: readonly ReturnType<typeof figuresNamed>[number][],
  by: readonly DimensionDefinition[],
): Promise<FigureCell[]> {
  const cells = await measure(ctx.store.slow, asked, figures, by);
  const names = await Promise.all(
    by.map((d, at) =>
      groupNames(
        ctx,
        d,
        cells.map((cell) => cell.keys[at] ?? null),
      ),
    ),
  );
  return cells
    .map((cell) => ({
      keys: [...cell.keys],
      names: cell.keys.map((key, at) => names[at]?.(key) ?? ''),
      figures: Object.fromEntries(figures.map((f) => [f.code, figureOf(f, cell, asked.settings)])),
    }))
    .sort((a, b) => orderOf(a).localeCompare(orderOf(b), 'zh'));
}

/** Groups by their keys where these say an order (days, codes), else by their names; those without one last. */
const orderOf = (cell: FigureCell): string =>
  cell.keys
    .map((key, at) => (key === null ? '\uffff' : /^\d{1,7}(-\d\d)?$/.test(key) ? key.padStart(7, '0') : cell.names[at]))
    .join('\u0000');

/**
 * Figures by at most two dimensions; without any named, all that have them. @throws REFUSED for an unknown figure or dimension, for a
 * figure that does not have a dimension asked, for an as-of day to come
 */
export async function figuresBy(ctx: Context, input: z.output<typeof figuresByInput>): Promise<FigureTable> {
  checkAsOf(input.scope.asOf, ctx.today());
  const asked = await askedUnder(ctx, input.scope);
  const by = dimensionsNamed(input.by);
  const figures =
    input.figures.length > 0
      ? figuresNamed(input.figures)
      : [...FIGURES.values()].filter((f) => by.every((d) => fits(f, d, asked)));
  const [total] = await measure(ctx.store.slow, asked, figures);
  return {
    scope: input.scope,
    by: by.map(({ id, label }) => ({ id, label })),
    figures: figures.map((f) => ({
      code: f.code,
      label: inAct(f.label, asked.settings.act),
      unit: f.unit,
      definition: settled(f.definition, asked.settings),
    })),
    total: Object.fromEntries(figures.map((f) => [f.code, figureOf(f, total, asked.settings)])),
    cells: by.length === 0 ? [] : await cellsOf(ctx, asked, figures, by),
  };
}
