// The denominator that the project chose, and the numbers of a training for its page and the report.
import { serviceProject } from '../../domain/projects/entities.ts';
import type { Context } from '../context.ts';
import { trainingCounts, type Basis } from '../conditions/index.ts';

/** The denominator that the project chose (setting trainingDenominator, domain reference 4.6). */
export async function basisOf(ctx: Context): Promise<Basis> {
  const id = ctx.projectId();
  const project = id ? await ctx.store.read.get(serviceProject, id) : null;
  return project?.trainingDenominator ?? 'audience';
}

/** Numbers of a training over alias `t`, as columns of a query. */
export function counts(basis: Basis): string {
  const c = trainingCounts(basis);
  return `${c.invited} AS invited, ${c.attended} AS attended, ${c.persons} AS persons, ${c.reached} AS n, ${c.expected} AS d`;
}

/** What `counts` gives. */
export interface Counts {
  invited: number;
  attended: number;
  persons: number;
  n: number;
  d: number;
}
