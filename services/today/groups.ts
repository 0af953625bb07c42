// The groups of Today: every row, count and list follows from the rules of the kinds.
import { entityNamed, TODAY_GROUPS, TODAY_RULES } from '../../domain/entities.ts';
import type { Filter } from '../../domain/dictionary/filter.ts';
import {
  daysOf,
  putOff,
  restOfRule,
  wordsOfRule,
  type RuledGroup,
  type TodayRule,
  type TodayTone,
} from '../../domain/dictionary/today.ts';
import { listedKind, pathEnd, shownColumn } from '../../domain/lists.ts';
import { todaySnooze } from '../../domain/today/entities.ts';
import type { TodayGroup, TodayPage, TodayPutOff, TodayRow } from '../../contract/today.ts';
import { named, tableOf } from '../../db/index.ts';
import type { Context } from '../context.ts';
import { askedNow, columnText, compilation, compileRows, joinSql, sql, within } from '../lists/index.ts';
import { namesOf } from '../records/index.ts';
import { said, type Said } from './words.ts';

/** Rows shown per group; the rest is counted. */
const SHOWN = 5;
/** Kinds of rest that are told. */
const TOLD = 6;

/** Somebody does not want to see a row before a day. */
interface Snooze {
  readonly id: string;
  readonly rule: string;
  readonly recordId: string;
  readonly until: string;
  readonly reason: string;
  readonly staffId: string | null;
}

/** The id of the person whose work alone is asked for, or null for everybody's; what is put off. */
interface Ask {
  readonly ctx: Context;
  readonly mine: string | null;
  readonly snoozes: readonly Snooze[];
  /** For paper every row is told. */
  readonly paper?: boolean;
}

/** Everybody's rows, or those of one person. */
export async function askOf(ctx: Context, mine: string | null): Promise<Ask> {
  const snoozes = await ctx.store.read.sql<Snooze>(
    `SELECT id, rule, record_id AS "recordId", until, reason, staff_id AS "staffId"
     FROM ${named(tableOf(todaySnooze))} WHERE deleted_at IS NULL AND until > ? ORDER BY until, id`,
    [ctx.today()],
  );
  return { ctx, mine, snoozes };
}

/** Rows of a rule that are asked for, whether they are put off or not. */
const asked = (rule: TodayRule, { mine }: Ask): Filter => [
  ...rule.where,
  ...(mine === null || !rule.owner ? [] : [{ field: rule.owner, op: 'eq' as const, value: mine }]),
];

const isPutOff = (rule: TodayRule, ask: Ask): boolean => ask.snoozes.some((one) => one.rule === rule.id);

/** Rows of a rule that are to be seen. */
const seen = (rule: TodayRule, ask: Ask): Filter => [
  ...asked(rule, ask),
  ...(isPutOff(rule, ask) ? [putOff(rule, true)] : []),
];

/** A row that is due, and what orders it. */
interface Due {
  readonly rule: TodayRule;
  readonly id: string;
  readonly day: string | null;
  readonly next: string | null;
}

/** Rows of a rule that a filter takes. */
async function dueOf(ctx: Context, rule: TodayRule, filter: Filter): Promise<Due[]> {
  const entity = listedKind(rule.of);
  const given = await askedNow(ctx);
  const make = compilation(given);
  const at = (path: string) => make.scalar('t', pathEnd(rule.of, path)!);
  const days = daysOf(rule).map(at);
  const select = joinSql(
    [
      sql('t.id AS "id"'),
      days.length > 1
        ? within('coalesce(', joinSql(days, ', '), ') AS "day"')
        : within('', joinSql(days, ''), ' AS "day"'),
      rule.then ? within('', at(rule.then), ' AS "next"') : sql('NULL AS "next"'),
    ],
    ', ',
  );
  const where = compileRows(rule.of, filter, { ...given, alias: 't' });
  const rows = await ctx.store.read.sql<Omit<Due, 'rule'>>(
    `SELECT ${select.sql} FROM ${named(tableOf(entity))} t WHERE ${where.sql}`,
    [...select.parameters, ...where.parameters],
  );
  return rows.map((row) => ({ rule, ...row }));
}

const LAST = '\uffff';
const keyOf = ({ day, next, id }: Due): string => `${day ?? LAST}\0${next ?? LAST}\0${id}`;
const inOrder = (a: Due, b: Due): number => (keyOf(a) < keyOf(b) ? -1 : 1);

/** Where a row is looked at: on its own page, or in the record that it is part of. */
function opensOf(rule: TodayRule): string | null {
  const { page } = entityNamed(rule.of).facets;
  return rule.opens ?? (page && 'within' in page ? page.within : null);
}

/** Who is named with a row. */
const personOf = (rule: TodayRule): string | undefined => rule.who ?? rule.owner;
/** What names a row that is about no enterprise. */
const titleOf = (rule: TodayRule): string | null => (rule.enterprise ? null : entityNamed(rule.of).title);

function toRow(rule: TodayRule, { row, day, words }: Said<keyof ReturnType<typeof wordsOfRule>>): TodayRow {
  const who = personOf(rule) && shownColumn(rule.of, personOf(rule) ?? '');
  const opens = opensOf(rule);
  return {
    ruleId: rule.id,
    entity: rule.of,
    id: row.id,
    enterpriseId: rule.enterprise ? (row.values[rule.enterprise] as string | null) : null,
    enterpriseName:
      (rule.enterprise ? row.names[rule.enterprise] : String(row.values[titleOf(rule) ?? ''] ?? '')) ?? '',
    lead: words.lead,
    status: rule.status ? (row.values[rule.status] as string | null) : null,
    text: words.text,
    who: (who && columnText(who, row)) || null,
    rule: words.why,
    tail: words.tail,
    tone: words.tone as TodayTone,
    day,
    opens: opens
      ? { kind: pathEnd(rule.of, opens)?.meta.target ?? '', id: String(row.values[opens] ?? '') }
      : { kind: rule.of, id: row.id },
    at: rule.at ?? null,
  };
}

/** What `of` gives for rows of several rules, in the order of the rows. */
async function eachRule<T>(due: readonly Due[], of: (rule: TodayRule, ids: string[]) => Promise<[string, T][]>) {
  const found = new Map<string, T>();
  for (const rule of new Set(due.map((one) => one.rule))) {
    const ids = due.filter((one) => one.rule === rule).map((one) => one.id);
    for (const [id, what] of await of(rule, ids)) found.set(rule.id + id, what);
  }
  return due.flatMap((one) => found.get(one.rule.id + one.id) ?? []);
}

const rowsOf = async (ctx: Context, due: readonly Due[]): Promise<TodayRow[]> =>
  await eachRule(due, async (rule, ids) => {
    const beside = [
      ...[rule.enterprise ?? titleOf(rule) ?? []].flat(),
      ...[personOf(rule) ?? []].flat(),
      ...[rule.status ?? []].flat(),
      ...[opensOf(rule) ?? []].flat(),
    ];
    return (await said(ctx, rule, ids, wordsOfRule(rule), beside)).map((one) => [one.row.id, toRow(rule, one)]);
  });

/** How often each label comes, in the order they come first. */
function counted(labels: readonly string[]): { label: string; count: number }[] {
  const counts = new Map<string, number>();
  for (const label of labels) counts.set(label, (counts.get(label) ?? 0) + 1);
  return [...counts].map(([label, count]) => ({ label, count }));
}

/** What is not shown, by what its rules count it by. */
async function restOf(ctx: Context, due: readonly Due[]): Promise<TodayGroup['rest']> {
  if (due.length === 0) return [];
  const labels = await eachRule(due, async (rule, ids) =>
    (await said(ctx, rule, ids, { rest: restOfRule(rule) })).map((one): [string, string] => [
      one.row.id,
      one.words.rest,
    ]),
  );
  const rest = counted(labels);
  return (due[0]?.rule.rest?.ordered ? rest : rest.sort((a, b) => b.count - a.count)).slice(0, TOLD);
}

async function wasEverRecorded(ctx: Context, kind: string): Promise<boolean> {
  const table = named(tableOf(entityNamed(kind)));
  return (await ctx.store.read.sqlOne(`SELECT 1 AS "any" FROM ${table} LIMIT 1`)) !== null;
}

/** A group, or the line that says there is nothing of it; null where nothing of the kind was ever recorded. */
type Answer = { group: TodayGroup } | { nothing: TodayPage['done'][number] } | null;

async function groupOf({ group, rules }: RuledGroup, ask: Ask): Promise<Answer> {
  const { ctx } = ask;
  const { id, title, rule, glyph, tone, none } = group;
  const due: Due[] = [];
  for (const one of rules) {
    const rows = await dueOf(ctx, one, seen(one, ask));
    due.push(...(group.apart ? rows.sort(inOrder) : rows));
  }
  if (due.length === 0) {
    const said = none ?? ((await wasEverRecorded(ctx, rules[0]!.of)) ? '没有' : null);
    return said === null ? null : { nothing: { title, note: said } };
  }
  if (!group.apart) due.sort(inOrder);
  const shown = group.whole || ask.paper ? due : due.slice(0, SHOWN);
  const lists = rules.map((one) => ({
    title: one.title,
    kind: one.of,
    filter: seen(one, ask),
    count: due.filter((row) => row.rule === one).length,
  }));
  return {
    group: {
      ...{ id, title, rule, glyph, tone, count: due.length },
      rows: await rowsOf(ctx, shown),
      rest: await restOf(ctx, due.slice(shown.length)),
      lists: lists.filter((list) => list.count > 0),
    },
  };
}

/** All groups, the most urgent first, and what there is nothing of. */
export async function groupsOfToday(ask: Ask): Promise<Pick<TodayPage, 'groups' | 'done' | 'total'>> {
  const groups: TodayPage['groups'] = [];
  const done: TodayPage['done'] = [];
  for (const one of TODAY_GROUPS) {
    const answer = await groupOf(one, ask);
    if (!answer) continue;
    if ('group' in answer) groups.push(answer.group);
    else done.push(answer.nothing);
  }
  return { groups, done, total: groups.reduce((n, g) => n + g.count, 0) };
}

/** How many rows of a kind a filter takes. */
async function countOf(ctx: Context, kind: string, filter: Filter): Promise<number> {
  const where = compileRows(kind, filter, { ...(await askedNow(ctx)), alias: 't' });
  const found = await ctx.store.read.sqlOne<{ n: number }>(
    `SELECT count(*) AS "n" FROM ${named(tableOf(listedKind(kind)))} t WHERE ${where.sql}`,
    [...where.parameters],
  );
  return found?.n ?? 0;
}

/** How many rows there are to be seen. */
export async function countOfToday(ask: Ask): Promise<number> {
  let n = 0;
  for (const rule of TODAY_RULES.values()) n += await countOf(ask.ctx, rule.of, seen(rule, ask));
  return n;
}

/** How many rows a rule takes, those that are put off among them. */
export async function countOfRule(ctx: Context, id: string): Promise<number> {
  const rule = TODAY_RULES.get(id);
  return rule ? await countOf(ctx, rule.of, rule.where) : 0;
}

/** What is put off and still wants doing, by the day on which it comes back. */
export async function putOffToday(ask: Ask): Promise<TodayPutOff[]> {
  const { ctx, snoozes } = ask;
  const rows = new Map<string, TodayRow>();
  for (const rule of TODAY_RULES.values()) {
    if (!isPutOff(rule, ask)) continue;
    for (const row of await rowsOf(ctx, await dueOf(ctx, rule, [...asked(rule, ask), putOff(rule)])))
      rows.set(rule.id + row.id, row);
  }
  const names = await namesOf(
    ctx.store.read,
    snoozes.flatMap((one) => one.staffId ?? []),
  );
  return snoozes.flatMap(({ id, rule, recordId, until, reason, staffId }) => {
    const row = rows.get(rule + recordId);
    const title = TODAY_RULES.get(rule)?.title ?? '';
    return row ? [{ id, title, until, reason, by: names.get(staffId ?? '') ?? null, row }] : [];
  });
}
