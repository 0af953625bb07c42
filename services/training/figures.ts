// What a report says of the trainings of a period.
import { FIGURE_LABELS, type Figure, type FigureCode, type TrainingRow as ReportTraining } from '../../domain/reports/index.ts';
import { labelOf } from '../../domain/dictionary/vocabulary.ts';
import { TRAINING_DENOMINATORS } from '../../domain/projects/entities.ts';
import { percent } from '../../domain/statistics/percent.ts';
import { HELD_STATES, TRAINING_AUDIENCES, TRAINING_KINDS } from '../../domain/training/entities.ts';
import type { Context } from '../context.ts';
import { listed } from '../conditions/index.ts';
import { ATTENDED, basisOf, counts, EXPECTED, type Counts } from './coverage.ts';

/** Trainings held in the period, over alias `t`; its parameters are the first and the last day. */
const HELD = `t.deleted_at IS NULL AND t.state IN ${listed(HELD_STATES)} AND t.date BETWEEN ?1 AND ?2`;

/**
 * Trainings held from `from` to `to` and their figures. A report as of a day gives the earlier of that day and the period's end as `to`.
 * Coverage: enterprises expected at one of them at least (the project's denominator), and those of them that came to one.
 */
export async function trainingFigures(ctx: Context, from: string, to: string): Promise<{ figures: Partial<Record<FigureCode, Figure>>; rows: ReportTraining[] }> {
  const basis = await basisOf(ctx);
  const { slow } = ctx.store;
  const rows = await slow.sql<Counts & { title: string; kind: string; date: string; place: string | null; audience: string | null }>(
    `SELECT t.title, t.kind, t.date, t.place, (SELECT group_concat(a.audience) FROM training_audience a WHERE a.training_id = t.id AND a.deleted_at IS NULL) AS audience, ${counts(basis)}
     FROM training t WHERE ${HELD} ORDER BY t.date, t.id`, [from, to]);
  const reached = await slow.sqlOne<{ n: number; d: number }>(
    `SELECT count(*) FILTER (WHERE EXISTS (SELECT 1 FROM training t WHERE ${HELD} AND ${EXPECTED[basis]} AND ${ATTENDED})) AS n, count(*) AS d
     FROM enterprise e WHERE EXISTS (SELECT 1 FROM training t WHERE ${HELD} AND ${EXPECTED[basis]})`, [from, to]);
  const [n, d] = [reached?.n ?? 0, reached?.d ?? 0];
  const persons = rows.reduce((sum, r) => sum + r.persons, 0);
  const count = (code: FigureCode, numerator: number, unit: string, definition: string): Figure => ({ code, label: FIGURE_LABELS[code], numerator, denominator: null, printed: String(numerator), unit, definition });
  return {
    rows: rows.map((r) => ({
      title: r.title, kind: labelOf(TRAINING_KINDS, r.kind), date: r.date, place: r.place, audience: r.audience?.split(',').map((a) => labelOf(TRAINING_AUDIENCES, a)).join('、') ?? null,
      invited: r.invited, attended: r.attended, persons: r.persons,
    })),
    figures: {
      trainingCount: count('trainingCount', rows.length, '场', `${from} 至 ${to} 已举办的培训`), trainingPersonTimes: count('trainingPersonTimes', persons, '人次', '上述培训的签到人数之和'),
      trainingCoverage: {
        code: 'trainingCoverage', label: FIGURE_LABELS.trainingCoverage, numerator: n, denominator: d, printed: percent(n, d), unit: '%',
        definition: `${from} 至 ${to} 已举办培训的${labelOf(TRAINING_DENOMINATORS, basis)}中，至少参加一场的企业 ÷ 这些企业`,
      },
    },
  };
}
