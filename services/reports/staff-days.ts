// Person-days of a report: distinct person and day of visits, of trainings, and of what kinds say of their rows (`work`).
import type { StatisticsScope } from '../../contract/statistics.ts';
import { snake } from '../../domain/dictionary/entity.ts';
import { ENTITIES } from '../../domain/entities.ts';
import type { Figure, StaffDaysRow } from '../../domain/reports/index.ts';
import { HELD_STATES, training } from '../../domain/training/entities.ts';
import { visit } from '../../domain/visits/entities.ts';
import { tableOf } from '../../db/index.ts';
import { listed } from '../conditions/index.ts';
import type { Context } from '../context.ts';
import type { Sheet } from '../documents/index.ts';
import { inNarrowed, lastDay } from '../statistics/index.ts';

interface Worked {
  id: string;
  name: string;
  day: string;
  what: string;
}

/** Who was on visits that took place, and who worked on records of other kinds, day by day. */
async function workedOut(ctx: Context, scope: StatisticsScope): Promise<Worked[]> {
  const visits = inNarrowed(scope, 'v.enterprise_id', 'v.date');
  const days = [scope.from, lastDay(scope)];
  const others = ENTITIES.flatMap((entity) =>
    entity.work.map(({ who, day }) => {
      const [table, staff, on] = [tableOf(entity), snake(who), `c."${snake(day)}"`];
      const meant = inNarrowed(scope, 'c.enterprise_id', on);
      return {
        sql: `SELECT c."${staff}" AS id, ${on} AS day, '${entity.label}' AS what FROM "${table}" c WHERE c.deleted_at IS NULL AND ${on} BETWEEN ? AND ? AND ${meant.sql}`,
        parameters: [...days, ...meant.parameters],
      };
    }),
  );
  return await ctx.store.slow.sql<Worked>(
    `SELECT w.id, s.name, w.day, w.what FROM (
       SELECT x.staff_id AS id, v.date AS day, '${visit.label}' AS what FROM visit_staff x JOIN visit v ON v.id = x.visit_id
       WHERE x.deleted_at IS NULL AND v.deleted_at IS NULL AND v.outcome IS NOT NULL AND v.date BETWEEN ? AND ? AND ${visits.sql}
       ${others.map(({ sql }) => `UNION ${sql}`).join(' ')}
     ) w JOIN staff s ON s.id = w.id`,
    [...days, ...visits.parameters, ...others.flatMap(({ parameters }) => parameters)],
  );
}

/** Colleagues who held trainings: a training names its lecturers in words. */
async function taught(ctx: Context, scope: StatisticsScope): Promise<Worked[]> {
  const read = ctx.store.slow;
  const trainings = await read.sql<{ trainer: string; day: string }>(
    `SELECT t.trainer, t.date AS day FROM training t
     WHERE t.deleted_at IS NULL AND t.trainer IS NOT NULL AND t.state IN ${listed(HELD_STATES)} AND t.date BETWEEN ? AND ?`,
    [scope.from, lastDay(scope)],
  );
  const staff = await read.sql<{ id: string; name: string }>('SELECT id, name FROM staff WHERE deleted_at IS NULL');
  const byName = new Map(staff.map((person) => [person.name, person]));
  return trainings.flatMap(({ trainer, day }) =>
    trainer.split(/[、,，;；/\s（）()]+/u).flatMap((name) => {
      const person = byName.get(name);
      return person ? [{ ...person, day, what: training.label }] : [];
    }),
  );
}

/** Days in their order, each with all that was done on it. */
const dayByDay = (rows: readonly Worked[]): NonNullable<StaffDaysRow['days']> =>
  [...Map.groupBy(rows, ({ day }) => day)]
    .map(([day, own]) => ({ day, what: [...new Set(own.map(({ what }) => what))].join('、') }))
    .toSorted((a, b) => (a.day < b.day ? -1 : 1));

const daysIn = (rows: readonly Worked[], { from, to }: StatisticsScope): number =>
  new Set(rows.map(({ day }) => day).filter((day) => day >= from && day <= to)).size;

/** Person-days by person, most of the year first. */
export async function staffDaysOf(
  ctx: Context,
  year: StatisticsScope,
  period: StatisticsScope,
): Promise<StaffDaysRow[]> {
  const worked = [...(await workedOut(ctx, year)), ...(await taught(ctx, year))];
  return [...Map.groupBy(worked, ({ id }) => id).values()]
    .map((rows) => ({
      name: rows[0]?.name ?? '',
      period: daysIn(rows, period),
      year: daysIn(rows, year),
      days: dayByDay(rows),
    }))
    .toSorted((a, b) => b.year - a.year || a.name.localeCompare(b.name, 'zh'));
}

/** The sums of the person-days; none where nobody's work is on record. */
export function staffDayFigures(rows: readonly StaffDaysRow[]): Record<string, Figure> {
  if (rows.length === 0) return {};
  const figure = (code: string, label: string, of: 'period' | 'year'): Figure => {
    const n = rows.reduce((sum, row) => sum + row[of], 0);
    return {
      code,
      label,
      numerator: n,
      denominator: null,
      printed: String(n),
      unit: '人日',
      definition: '参加巡查、培训、信访调查和答复的人员，同一人同一天只计一日；逐日清单在报告的 Excel 里',
    };
  };
  return {
    staffDays: figure('staffDays', '投入人日', 'year'),
    periodStaffDays: figure('periodStaffDays', '本期投入人日', 'period'),
  };
}

/** The list behind the person-days: a row for each person and day, those of the period first told. */
export function staffDaySheet(rows: readonly StaffDaysRow[], { from, to }: { from: string; to: string }): Sheet {
  const days = rows.flatMap(({ name, days = [] }) => days.map(({ day, what }) => ({ name, day, what })));
  const inPeriod = days.filter(({ day }) => day >= from && day <= to).length;
  return {
    name: '投入人日',
    title: '投入人日',
    note: `同一人同一天计一日　${from} 至 ${to} ${inPeriod} 人日，本年 ${days.length} 人日`,
    columns: [
      { heading: '人员', kind: 'text', width: 16 },
      { heading: '日期', kind: 'day', width: 14 },
      { heading: '工作', kind: 'text', width: 30 },
    ],
    rows: days.map(({ name, day, what }) => [name, day, what]),
    totals: ['合计', `${days.length} 人日`, null],
  };
}
