// Today: what has to be done, each row with the rule that put it there (product, screen 1).
import type { TodayPage, TodayRow } from '../../contract/today.ts';
import type { RailCounts } from '../../contract/workspace.ts';
import { FOLLOW_UP_DAYS } from '../../domain/findings/today.ts';
import { addDays, weekStart } from '../../domain/values/day.ts';
import { inList, listParameter } from '../../db/index.ts';
import { noticesOf } from '../backup/index.ts';
import {
  awaitingReport,
  countedFinding,
  liveEnterprise,
  ofLiveEnterprise,
  openFinding,
  visited,
} from '../conditions/index.ts';
import type { Context } from '../context.ts';
import { askOf, countOfRule, countOfToday, groupsOfToday, putOffToday } from './groups.ts';

/** The days of this week, its end too: how many inspections were planned and done. */
async function weekOf(ctx: Context): Promise<TodayPage['week']> {
  const today = ctx.today();
  const monday = weekStart(today);
  const week: TodayPage['week'] = [];
  for (let i = 0; i < 7; i += 1) {
    const day = addDays(monday, i);
    const n = await ctx.store.read.sqlOne<{ planned: number; done: number }>(
      `SELECT (SELECT count(*) FROM round_target t WHERE ${ofLiveEnterprise('t')} AND t.planned_date = ?1) AS planned,
         (SELECT count(*) FROM visit v WHERE ${visited()} AND ${ofLiveEnterprise('v')} AND v.date = ?1) AS done`,
      [day],
    );
    week.push({ day, planned: Math.max(n?.planned ?? 0, n?.done ?? 0), done: n?.done ?? 0, today: day === today });
  }
  return week;
}

/** How many findings want following up or got it within the last days, and how many got it, whatever has become of them since. */
async function followUpsOf(ctx: Context): Promise<{ due: number; done: number }> {
  const counted = `${countedFinding()} AND ${ofLiveEnterprise('f')}`;
  const followed =
    'EXISTS (SELECT 1 FROM follow_up u WHERE u.finding_id = f.id AND u.deleted_at IS NULL AND u.date >= ?1)';
  const n = await ctx.store.read.sqlOne<{ due: number; done: number }>(
    `SELECT count(*) AS due, count(*) FILTER (WHERE ${followed}) AS done FROM finding f
     WHERE ${counted} AND (${awaitingReport()} OR ${followed})`,
    [addDays(ctx.today(), -FOLLOW_UP_DAYS)],
  );
  return n ?? { due: 0, done: 0 };
}

/** Whether somebody has still to begin: there is no enterprise. */
async function beginOf(ctx: Context): Promise<TodayPage['begin']> {
  const any = await ctx.store.read.sqlOne<{ id: string }>(
    `SELECT e.id FROM enterprise e WHERE ${liveEnterprise()} LIMIT 1`,
  );
  return any ? null : { project: ctx.projectId() !== null };
}

/** Where the enterprises of rows are. */
async function addAddresses(ctx: Context, rows: TodayRow[]): Promise<void> {
  const ids = [...new Set(rows.flatMap((row) => row.enterpriseId ?? []))];
  const found = await ctx.store.read.sql<{ id: string; address: string | null }>(
    `SELECT e.id, e.address FROM enterprise e WHERE ${inList('e.id')}`,
    [listParameter(ids)],
  );
  const addresses = new Map(found.map((one) => [one.id, one.address]));
  for (const row of rows) row.address = addresses.get(row.enterpriseId ?? '') ?? null;
}

/** The next day for which inspections are planned. */
async function nextPlanned(ctx: Context): Promise<TodayPage['next']> {
  return await ctx.store.read.sqlOne<{ day: string; count: number }>(
    `SELECT t.planned_date AS day, count(*) AS count FROM round_target t WHERE ${ofLiveEnterprise('t')} AND t.status = 'pending' AND t.planned_date > ? GROUP BY t.planned_date ORDER BY t.planned_date LIMIT 1`,
    [ctx.today()],
  );
}

/** Builds the page for everybody or for the operator alone; for `paper` with every row and where it is. */
export async function todayPage(ctx: Context, mine: boolean, paper = false): Promise<TodayPage> {
  const ask = { ...(await askOf(ctx, mine ? ctx.operator().id : null)), paper };
  const groups = await groupsOfToday(ask);
  if (paper)
    await addAddresses(
      ctx,
      groups.groups.flatMap((group) => group.rows),
    );
  return {
    today: ctx.today(),
    ...groups,
    putOff: await putOffToday(ask),
    mine: mine ? groups.total : await todayCount(ctx),
    begin: await beginOf(ctx),
    week: await weekOf(ctx),
    followUps: { ...(await followUpsOf(ctx)), late: await countOfRule(ctx, 'followUp') },
    next: await nextPlanned(ctx),
    backup: await noticesOf(ctx),
  };
}

/** How many rows of Today are the operator's own. */
export async function todayCount(ctx: Context): Promise<number> {
  const { id } = ctx.operator();
  return id ? await countOfToday(await askOf(ctx, id)) : 0;
}

/** The numbers of the navigation: the operator's things of today, open findings, enterprises. */
export async function railCounts(ctx: Context): Promise<RailCounts> {
  const n = await ctx.store.read.sqlOne<{ open: number; enterprises: number }>(
    `SELECT (SELECT count(*) FROM finding f WHERE ${openFinding()} AND ${ofLiveEnterprise('f')}) AS open, (SELECT count(*) FROM enterprise e WHERE ${liveEnterprise()}) AS enterprises`,
  );
  return { today: await todayCount(ctx), openFindings: n?.open ?? 0, enterprises: n?.enterprises ?? 0 };
}
