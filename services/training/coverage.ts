// Who was expected at a training and who came, as SQL over aliases `t` (training) and `e` (enterprise): one rule for list, page, report.
import type { TrainingCoverage } from '../../contract/training.ts';
import { serviceProject } from '../../domain/projects/entities.ts';
import type { Context } from '../context.ts';
import { inScopeOn, liveEnterprise } from '../conditions/index.ts';

export type Basis = TrainingCoverage['basis'];

/** The denominator that the project chose (setting trainingDenominator, domain reference 4.6). */
export async function basisOf(ctx: Context): Promise<Basis> {
  const id = ctx.projectId();
  const project = id ? await ctx.store.read.get(serviceProject, id) : null;
  return project?.trainingDenominator ?? 'audience';
}

/** The enterprise was invited. */
export const INVITED = `(${liveEnterprise()} AND EXISTS (SELECT 1 FROM training_invitation i WHERE i.training_id = t.id AND i.enterprise_id = e.id AND i.deleted_at IS NULL))`;

/** The training is for it: it was in scope on the day, and of the kinds named, or for all. */
export const IN_AUDIENCE = `(${inScopeOn('t.date')} AND EXISTS (SELECT 1 FROM training_audience a WHERE a.training_id = t.id AND a.deleted_at IS NULL AND (a.audience = 'all' OR a.audience = e.object_kind)))`;

/** Enterprises that a training is measured by. */
export const EXPECTED: Readonly<Record<Basis, string>> = { audience: IN_AUDIENCE, invited: INVITED, all: inScopeOn('t.date') };

/** Somebody of the enterprise signed. */
export const ATTENDED = `(${liveEnterprise()} AND EXISTS (SELECT 1 FROM training_attendance x WHERE x.training_id = t.id AND x.enterprise_id = e.id AND x.deleted_at IS NULL))`;

/** Signatures that count: of live enterprises, or of nobody's (village officers); over alias `x`. */
export const SIGNED = `x.training_id = t.id AND x.deleted_at IS NULL AND (x.enterprise_id IS NULL OR EXISTS (SELECT 1 FROM enterprise e WHERE e.id = x.enterprise_id AND ${liveEnterprise()}))`;

/** How many were invited, asked of the invitations: few of all enterprises. */
const INVITED_COUNT = `(SELECT count(*) FROM training_invitation i JOIN enterprise e ON e.id = i.enterprise_id WHERE i.training_id = t.id AND i.deleted_at IS NULL AND ${liveEnterprise()})`;

/** Numbers of a training: enterprises invited, those that came, people (each once), and the two sides of its coverage. */
export const counts = (basis: Basis): string => `${INVITED_COUNT} AS invited,
  (SELECT count(DISTINCT x.enterprise_id) FROM training_attendance x WHERE ${SIGNED}) AS attended,
  (SELECT count(DISTINCT coalesce(x.enterprise_id, '') || '|' || x.person_name) FROM training_attendance x WHERE ${SIGNED}) AS persons,
  (SELECT count(DISTINCT e.id) FROM training_attendance x JOIN enterprise e ON e.id = x.enterprise_id WHERE x.training_id = t.id AND x.deleted_at IS NULL AND ${EXPECTED[basis]}) AS n,
  ${basis === 'invited' ? INVITED_COUNT : `(SELECT count(*) FROM enterprise e WHERE ${EXPECTED[basis]})`} AS d`;

/** What `counts` gives. */
export interface Counts { invited: number; attended: number; persons: number; n: number; d: number }
