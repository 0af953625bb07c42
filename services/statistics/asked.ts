// What figures are counted under, and the rows that they are counted in.
import { actWord } from '../../domain/projects/act.ts';
import type { StatisticsScope } from '../../contract/statistics.ts';
import type { FigureScope, FigureSettings } from '../../domain/dictionary/figure.ts';
import { serviceProject } from '../../domain/projects/entities.ts';
import { serviceYear } from '../../domain/projects/service-year.ts';
import type { Context } from '../context.ts';
import { requireFilter } from '../lists/index.ts';
import type { Sql } from './sql.ts';
import type { Join } from './ways.ts';

/** What figures are counted under. */
export interface Asked {
  readonly scope: StatisticsScope;
  readonly today: string;
  readonly settings: FigureSettings;
}

/** Rows ready to be counted: `FROM … WHERE …` over an alias. */
export interface Source {
  /** Common tables it needs, by name, in order; `once`: worked out once, not anew for every condition on them. */
  readonly tables: readonly { readonly name: string; readonly sql: Sql; readonly once: boolean }[];
  readonly from: Sql;
  /** What `from` joins already. */
  readonly joins: readonly Join[];
  readonly alias: string;
  readonly where: Sql;
  /** SQL of the day on which the row happened; null: it stands as of the day of the scope. */
  readonly day: string | null;
  /** The area by which the row is grouped, or null where it has none. */
  readonly place: string | null;
  /** The record at which the row's territory hangs, where it is joined already. */
  readonly enterprise: { readonly of: string; readonly alias: string } | null;
}

/** Last day of the period that counts. */
export const lastDay = (scope: Pick<StatisticsScope, 'to' | 'asOf'>): string =>
  scope.to < scope.asOf ? scope.to : scope.asOf;

/** The days that a scope of figures holds. */
export function daysOf(asked: Asked, scope: FigureScope): { from: string; to: string } {
  if (scope === 'period') return { from: asked.scope.from, to: lastDay(asked.scope) };
  return { from: scope === 'asOf' ? '0001-01-01' : asked.settings.yearFrom, to: asked.scope.asOf };
}

/** What is asked under the settings in force. @throws REFUSED for a filter that does not fit enterprises */
export async function askedUnder(ctx: Context, scope: StatisticsScope): Promise<Asked> {
  requireFilter('enterprise', scope.filter ?? []);
  const id = ctx.projectId();
  const project = id ? await ctx.store.read.get(serviceProject, id) : null;
  return {
    scope,
    today: ctx.today(),
    settings: {
      countSourceRemoved: project?.countSourceRemoved ?? false,
      target: project?.rectificationTarget ?? null,
      act: actWord(project?.visitAct),
      trainingDenominator: project?.trainingDenominator ?? 'audience',
      yearFrom: scope.yearFrom ?? serviceYear(project, scope.from).from,
    },
  };
}
