// The days and the enterprises of a report, and both in words.
import type { ReportRequest } from '../../contract/reports.ts';
import type { StatisticsScope } from '../../contract/statistics.ts';
import type { Filter } from '../../domain/dictionary/filter.ts';
import { filterLine } from '../../domain/lists.ts';
import { serviceProject } from '../../domain/projects/entities.ts';
import { serviceYear } from '../../domain/projects/service-year.ts';
import { dayText, type ReportKind } from '../../domain/reports/index.ts';
import type { Context } from '../context.ts';
import { filterNames } from '../lists/index.ts';

/** Period in words: 2026年11月, 2026年第四季度, 2026年, or its two days. */
export function periodLabel(kind: ReportKind, from: string, to: string): string {
  const [y, m] = [Number(from.slice(0, 4)), Number(from.slice(5, 7))];
  if (kind === 'month' && from.slice(0, 7) === to.slice(0, 7)) return `${y}年${m}月`;
  if (kind === 'quarter' && from.endsWith('-01') && (m - 1) % 3 === 0)
    return `${y}年第${'一二三四'[(m - 1) / 3] ?? ''}季度`;
  if (kind === 'year' && from === `${y}-01-01`) return `${y}年`;
  return `${dayText(from)}至${from.slice(0, 4) === to.slice(0, 4) ? dayText(to).slice(5) : dayText(to)}`;
}

/**
 * The scopes of a report: its period, and the service year up to its end, which holds the whole period: it begins with the year of the
 * first day, so that a week across the turn of the year is no contradiction. `label` is the year's word. An annual
 * report is about its period.
 */
export async function reportScopes(
  ctx: Context,
  request: Required<Pick<ReportRequest, 'kind' | 'from' | 'to' | 'asOf' | 'objectKinds'>> & {
    filter?: Filter | undefined;
  },
): Promise<{ period: StatisticsScope; year: StatisticsScope; label: string }> {
  const id = ctx.projectId();
  const project = id ? await ctx.store.read.get(serviceProject, id) : null;
  const [first, last] = [serviceYear(project, request.from), serviceYear(project, request.to)];
  const from = request.kind === 'annual_report' ? request.from : first.from;
  const common = {
    asOf: request.asOf,
    objectKinds: request.objectKinds,
    ...(request.filter?.length && { filter: request.filter }),
    roundId: null,
    villageIds: [],
    yearFrom: from,
  };
  return {
    period: { ...common, from: request.from, to: request.to },
    year: { ...common, from, to: request.to },
    label: first.from === last.from ? first.label : `自${dayText(first.from)}起`,
  };
}

/** A filter of enterprises in words; null without one. */
export async function filterText(ctx: Context, filter: Filter | undefined): Promise<string | null> {
  if (!filter?.length) return null;
  const names = await filterNames(ctx, 'enterprise', filter);
  return filterLine('enterprise', filter, (id) => names[id]);
}
