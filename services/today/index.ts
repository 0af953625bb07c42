// Today: what has to be done, each row with the rule that put it there (product, screen 1).
import type { TodayPage } from '../../contract/today.ts';
import type { RailCounts } from '../../contract/workspace.ts';
import { addDays, weekStart } from '../../domain/values/day.ts';
import { noticesOf } from '../backup/index.ts';
import { awaitingReport, liveEnterprise, ofLiveEnterprise, openFinding, visited } from '../conditions/index.ts';
import type { Context } from '../context.ts';
import type { Answer, Ask } from './ask.ts';
import { expiringGroup } from './expiring.ts';
import { dueGroup, FOLLOW_UP_DAYS, followUpGroup, overdueGroup, verifyGroup } from './findings.ts';
import { visitsGroup } from './visits.ts';

/** In the order of the page. */
const GROUPS: readonly ((ask: Ask) => Promise<Answer>)[] = [overdueGroup, dueGroup, visitsGroup, verifyGroup, expiringGroup, followUpGroup];

async function answersOf(ctx: Context, mine: boolean): Promise<Pick<TodayPage, 'groups' | 'done' | 'total'>> {
  const ask: Ask = { read: ctx.store.read, today: ctx.today(), mine: mine ? ctx.operator().id : null };
  const groups: TodayPage['groups'] = [];
  const done: TodayPage['done'] = [];
  for (const group of GROUPS) {
    const answer = await group(ask);
    if ('group' in answer) groups.push(answer.group); else done.push(answer.nothing);
  }
  return { groups, done, total: groups.reduce((n, g) => n + g.count, 0) };
}

/** The working days of this week: how many inspections were planned and done. */
async function weekOf(ctx: Context): Promise<TodayPage['week']> {
  const today = ctx.today();
  const monday = weekStart(today);
  const week: TodayPage['week'] = [];
  for (let i = 0; i < 5; i += 1) {
    const day = addDays(monday, i);
    const n = await ctx.store.read.sqlOne<{ planned: number; done: number }>(
      `SELECT (SELECT count(*) FROM round_target t WHERE ${ofLiveEnterprise('t')} AND t.planned_date = ?1) AS planned,
         (SELECT count(*) FROM visit v WHERE ${visited()} AND ${ofLiveEnterprise('v')} AND v.date = ?1) AS done`, [day]);
    week.push({ day, planned: Math.max(n?.planned ?? 0, n?.done ?? 0), done: n?.done ?? 0, today: day === today });
  }
  return week;
}

/** How many findings want following up, and how many were within the last days. */
async function followUpsOf(ctx: Context): Promise<{ due: number; done: number }> {
  const wanting = `${awaitingReport()} AND ${ofLiveEnterprise('f')}`;
  const n = await ctx.store.read.sqlOne<{ due: number; done: number }>(
    `SELECT (SELECT count(*) FROM finding f WHERE ${wanting}) AS due,
       (SELECT count(DISTINCT u.finding_id) FROM follow_up u JOIN finding f ON f.id = u.finding_id WHERE u.deleted_at IS NULL AND u.date >= ? AND ${wanting}) AS done`, [addDays(ctx.today(), -FOLLOW_UP_DAYS)]);
  return n ?? { due: 0, done: 0 };
}

/** The next day for which inspections are planned. */
async function nextPlanned(ctx: Context): Promise<TodayPage['next']> {
  return await ctx.store.read.sqlOne<{ day: string; count: number }>(
    `SELECT t.planned_date AS day, count(*) AS count FROM round_target t WHERE ${ofLiveEnterprise('t')} AND t.status = 'pending' AND t.planned_date > ? GROUP BY 1 ORDER BY 1 LIMIT 1`, [ctx.today()]);
}

/** Builds the page for everybody or for the operator alone. */
export async function todayPage(ctx: Context, mine: boolean): Promise<TodayPage> {
  const answers = await answersOf(ctx, mine);
  return {
    today: ctx.today(), ...answers, mine: mine ? answers.total : await todayCount(ctx), week: await weekOf(ctx),
    followUps: { ...await followUpsOf(ctx), late: answers.groups.find((g) => g.id === 'followUp')?.count ?? 0 }, next: await nextPlanned(ctx), backup: await noticesOf(ctx),
  };
}

/** How many rows of Today are the operator's own. */
export async function todayCount(ctx: Context): Promise<number> {
  return ctx.operator().id ? (await answersOf(ctx, true)).total : 0;
}

/** The numbers of the navigation: the operator's things of today, open findings, enterprises. */
export async function railCounts(ctx: Context): Promise<RailCounts> {
  const n = await ctx.store.read.sqlOne<{ open: number; enterprises: number }>(
    `SELECT (SELECT count(*) FROM finding f WHERE ${openFinding()} AND ${ofLiveEnterprise('f')}) AS open, (SELECT count(*) FROM enterprise e WHERE ${liveEnterprise()}) AS enterprises`);
  return { today: await todayCount(ctx), openFindings: n?.open ?? 0, enterprises: n?.enterprises ?? 0 };
}
