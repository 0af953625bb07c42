// The word of the project in hand for what a steward does at an enterprise.
import { actWord } from '../domain/projects/act.ts';
import { serviceProject } from '../domain/projects/entities.ts';
import type { Context } from './context.ts';

/** The word of a project, or of the one in hand: 巡查, 走访. */
export async function actWordOf(ctx: Context, projectId?: string | null): Promise<string> {
  const id = projectId ?? ctx.projectId();
  const project = id ? await ctx.store.read.get(serviceProject, id) : null;
  return actWord(project?.visitAct);
}
