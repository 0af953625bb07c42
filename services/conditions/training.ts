// Who was expected at a training and who came, as SQL over aliases `t` (training) and `e` (enterprise): one rule for list, page, report.
import type { TRAINING_DENOMINATORS } from '../../domain/projects/entities.ts';
import type { IdOf } from '../../domain/dictionary/vocabulary.ts';
import { HELD_STATES } from '../../domain/training/vocabulary.ts';
import type { SqlValue } from '../../db/index.ts';
import { inScopeOn, listed, liveEnterprise } from './rules.ts';

/** What training coverage is measured by. */
export type Basis = IdOf<typeof TRAINING_DENOMINATORS>;

const invited = (t: string): string =>
  `(${liveEnterprise()} AND EXISTS (SELECT 1 FROM training_invitation i WHERE i.training_id = ${t}.id AND i.enterprise_id = e.id AND i.deleted_at IS NULL))`;

/** The enterprise was invited. */
export const INVITED = invited('t');

const inAudience = (t: string): string =>
  `(${inScopeOn(`${t}.date`)} AND EXISTS (SELECT 1 FROM training_audience a WHERE a.training_id = ${t}.id AND a.deleted_at IS NULL AND (a.audience = 'all' OR a.audience = e.object_kind)))`;

/** The training is for it: it was in scope on the day, and of the kinds named, or for all. */
export const IN_AUDIENCE = inAudience('t');

const expected = (basis: Basis, t: string): string =>
  ({ audience: inAudience, invited, all: (x: string) => inScopeOn(`${x}.date`) })[basis](t);

/** Enterprises that a training is measured by. */
export const EXPECTED: Readonly<Record<Basis, string>> = {
  audience: IN_AUDIENCE,
  invited: INVITED,
  all: expected('all', 't'),
};

/** Somebody of the enterprise signed. */
export const ATTENDED = `(${liveEnterprise()} AND EXISTS (SELECT 1 FROM training_attendance x WHERE x.training_id = t.id AND x.enterprise_id = e.id AND x.deleted_at IS NULL))`;

/** Signatures that count: of live enterprises, or of nobody's (village officers); over alias `s`. */
const signed = (t: string): string =>
  `s.training_id = ${t}.id AND s.deleted_at IS NULL AND (s.enterprise_id IS NULL OR EXISTS (SELECT 1 FROM enterprise e WHERE e.id = s.enterprise_id AND ${liveEnterprise()}))`;

/** Numbers of a training: enterprises invited, those that came, people (each once), and the two sides of its coverage. */
export function trainingCounts(basis: Basis, t = 't') {
  // Asked of the invitations: few of all enterprises.
  const invitedCount = `(SELECT count(*) FROM training_invitation i JOIN enterprise e ON e.id = i.enterprise_id WHERE i.training_id = ${t}.id AND i.deleted_at IS NULL AND ${liveEnterprise()})`;
  return {
    invited: invitedCount,
    attended: `(SELECT count(DISTINCT s.enterprise_id) FROM training_attendance s WHERE ${signed(t)})`,
    persons: `(SELECT count(DISTINCT coalesce(s.enterprise_id, '') || '|' || s.person_name) FROM training_attendance s WHERE ${signed(t)})`,
    reached: `(SELECT count(DISTINCT e.id) FROM training_attendance s JOIN enterprise e ON e.id = s.enterprise_id WHERE s.training_id = ${t}.id AND s.deleted_at IS NULL AND ${expected(basis, t)})`,
    expected: basis === 'invited' ? invitedCount : `(SELECT count(*) FROM enterprise e WHERE ${expected(basis, t)})`,
  };
}

/**
 * Enterprises `e` that were expected at a training held in the days given, or of these those that came to one where they were: the two
 * sides of the coverage of a period.
 */
export function atTrainings(
  basis: Basis,
  which: 'expected' | 'reached',
  from: string,
  to: string,
): { sql: string; parameters: SqlValue[] } {
  return {
    sql: `EXISTS (SELECT 1 FROM training t WHERE t.deleted_at IS NULL AND t.state IN ${listed(HELD_STATES)} AND t.date BETWEEN ? AND ? AND ${EXPECTED[basis]}${which === 'reached' ? ` AND ${ATTENDED}` : ''})`,
    parameters: [from, to],
  };
}
