// The figures object of a report: frozen once, read by the preview, the text, the tables and the charts.
import { inAct } from '../../domain/projects/act.ts';
import { actWordOf } from '../act-word.ts';
import type { Overview, StatisticsScope } from '../../contract/statistics.ts';
import { FINDING_CATEGORIES, HANDLING_CLASSES, verificationText } from '../../domain/findings/vocabulary.ts';
import { FINDING_STATE_VOCABULARY } from '../../domain/findings/entities.ts';
import { OBJECT_KINDS } from '../../domain/enterprises/vocabulary.ts';
import { labelOf } from '../../domain/dictionary/vocabulary.ts';
import {
  type FigureCode,
  type Figure,
  type FindingRow,
  type LeftOut,
  type ReportFigures,
} from '../../domain/reports/index.ts';
import { addDays } from '../../domain/values/day.ts';
import { percent } from '../../domain/statistics/percent.ts';
import { REPORT_FIGURES } from '../../domain/statistics/report-figures.ts';
import { dayText, reportNamed } from '../../domain/reports/index.ts';
import type { ReportRequest } from '../../contract/reports.ts';
import { ALWAYS, type SqlValue } from '../../db/index.ts';
import { mapBreathing } from '../breathe.ts';
import type { Context } from '../context.ts';
import { cohort, CONDITIONS, NOTHING_TO_MEASURE, unfedOf, isNarrowed, overview } from '../statistics/index.ts';
import { training as trainingKind } from '../../domain/training/entities.ts';
import type { EntityDefinition } from '../../domain/dictionary/entity.ts';
import type { Filter } from '../../domain/dictionary/filter.ts';
import { filterText, periodLabel, reportScopes } from './scopes.ts';
import { changesOf, withoutSheet } from './changes.ts';
import { groupsOf } from './groups.ts';
import { anyOf, reportParts } from './parts.ts';
import { linesOf, printedCases, textsOf } from './texts.ts';
import { staffDayFigures, staffDaysOf } from './staff-days.ts';
import { comparisonsOf, rankingOf, yearsOf } from './comparison.ts';
import { overdueDays } from '../../domain/findings/steps.ts';
import { ofLiveEnterprise, placeNamed, visited } from '../conditions/index.ts';
import { trainingRows } from './training.ts';

/** Columns of a list of findings; its one parameter is the day as of which it stands. */
const LIST = `f.id, f.no, ${placeNamed('c.place_id')} AS village, e.name AS enterprise, e.credit_code AS "creditCode", f.found_date AS "foundDate",
  (SELECT r.name FROM round r WHERE r.id = f.round_id) AS round, f.category, f.description, f.handling_class AS "handlingClass", coalesce(f.responsible_person, f.responsible_unit) AS responsible,
  f.measure, c.deadline, c.status, c.closed_date AS "closedDate", c.report_date AS "reportDate",
  (SELECT v.result || '|' || v.date || '|' || v.method FROM verification v WHERE v.finding_id = f.id AND v.deleted_at IS NULL AND v.date <= ? ORDER BY v.date DESC, v.id DESC LIMIT 1) AS verification`;

async function findingList(
  ctx: Context,
  scope: StatisticsScope,
  condition: string,
  order: string,
  parameters: SqlValue[] = [],
): Promise<FindingRow[]> {
  const base = cohort(scope, ctx.today());
  const rows = await ctx.store.slow.sql<Omit<FindingRow, 'overdueDays' | 'remark'> & { reportDate: string | null }>(
    `${base.sql} SELECT ${LIST} FROM cohort c JOIN finding f ON f.id = c.id JOIN enterprise e ON e.id = c.enterprise_id WHERE ${condition} ORDER BY ${order}`,
    [...base.parameters, scope.asOf, ...parameters],
  );
  return await mapBreathing(rows, ({ reportDate, ...r }) => {
    const late = overdueDays({ ...r, reportDate }, scope.asOf);
    return {
      ...r,
      category: labelOf(FINDING_CATEGORIES, r.category),
      handlingClass: labelOf(HANDLING_CLASSES, r.handlingClass),
      status: labelOf(FINDING_STATE_VOCABULARY, r.status),
      closedDate: r.status === 'closed' ? r.closedDate : null,
      verification: verificationText(r.verification),
      remark: null,
      overdueDays: late,
    };
  });
}

/** Every figure that reports know, of the year to date and of the period, by the report's code; those that nothing feeds apart. */
async function named(
  ctx: Context,
  year: Overview,
  period: Overview,
): Promise<{ figures: Record<FigureCode, Figure>; leftOut: LeftOut[] }> {
  const figures: Record<FigureCode, Figure> = {};
  const leftOut: LeftOut[] = [];
  const unfed = new Map<string, string | null>();
  const act = await actWordOf(ctx);
  for (const [code, { figure, span, label }] of REPORT_FIGURES) {
    const counted = (span === 'year' ? year : period).figures[figure.code];
    if (!counted) continue;
    // Whether anything feeds a figure is asked once, not for each of its spans.
    if (!unfed.has(figure.code)) unfed.set(figure.code, await unfedOf(ctx, figure));
    const why = unfed.get(figure.code) ?? (counted.denominator === 0 ? NOTHING_TO_MEASURE : null);
    const named = { code, label: inAct(label, act) };
    if (why) leftOut.push({ ...named, why });
    else figures[code] = { ...counted, ...named };
  }
  return { figures, leftOut };
}

/** The scope of what was found before the year of service. */
const beforeYear = (year: StatisticsScope): StatisticsScope => ({
  ...year,
  from: '0001-01-01',
  to: addDays(year.from, -1),
});

/** What is open of the year and of the years before, where both are known. */
function openInAll({ openCount, openOfEarlierYears }: Readonly<Partial<Record<FigureCode, Figure>>>) {
  if (!openCount || !openOfEarlierYears) return {};
  const n = openCount.numerator + openOfEarlierYears.numerator;
  return {
    openInAll: {
      ...openCount,
      code: 'openInAll',
      label: '未销号合计',
      numerator: n,
      printed: String(n),
      definition: '本年和往年发现、截至日仍未销号的问题',
    },
  };
}

/** Counts everything a report prints. The result is plain JSON and is what the archive freezes. */
export async function reportFigures(
  ctx: Context,
  request: {
    kind: NonNullable<ReportRequest['kind']>;
    from: string;
    to: string;
    asOf: string;
    objectKinds: string[];
    filter?: Filter | undefined;
    plan: string[];
  },
): Promise<ReportFigures> {
  const { kind, title } = reportNamed(request.kind).report;
  const scopes = await reportScopes(ctx, request);
  const [year, period] = [await overview(ctx, scopes.year), await overview(ctx, scopes.period)];
  const read = ctx.store.slow;
  const who = await read.sqlOne<{ org: string | null; client: string | null; project: string | null }>(
    `SELECT (SELECT o.name FROM organisation o JOIN office f ON f.organisation_id = o.id ORDER BY f.created_at LIMIT 1) AS org,
       (SELECT c.name FROM service_project p JOIN organisation c ON c.id = p.client_id WHERE p.id = ?1) AS client, (SELECT name FROM service_project WHERE id = ?1) AS project`,
    [ctx.projectId()],
  );
  const last = request.to < request.asOf ? request.to : request.asOf;
  const top = year.byCategory.slice(0, 3).reduce((n, c) => n + c.found, 0);
  const found = year.figures.foundCount?.numerator ?? 0;
  const told = await named(ctx, year, period);
  const staffDays = await staffDaysOf(ctx, scopes.year, scopes.period);
  const figures: Partial<Record<FigureCode, Figure>> = {
    ...told.figures,
    ...staffDayFigures(staffDays),
    ...openInAll(told.figures),
    topCategoryShare: {
      code: 'topCategoryShare',
      label: '主要类别占比',
      numerator: top,
      denominator: found,
      printed: percent(top, found),
      unit: '%',
      definition: '前三类问题数 ÷ 发现问题数',
    },
  };
  const cumulative = request.from !== scopes.year.from;
  const comparisons = await comparisonsOf(ctx, kind, period, cumulative ? year : null);
  const inOrder = 'c.place_id, e.pinyin, f.no';
  return {
    kind,
    title: `${clientPlace(who?.client ?? null)}环保管家服务${title}`,
    clientName: who?.client ?? '',
    orgName: who?.org ?? '',
    period: { from: request.from, to: request.to, label: periodLabel(kind, request.from, request.to) },
    asOf: request.asOf,
    act: await actWordOf(ctx),
    ...(cumulative && { cumulative: { label: scopes.label, from: scopes.year.from } }),
    ...(year.target && { target: year.target }),
    scope:
      [
        who?.project,
        request.objectKinds.map((k) => labelOf(OBJECT_KINDS, k)).join('、'),
        await filterText(ctx, request.filter),
      ]
        .filter(Boolean)
        .join('；') || '全部在册企业',
    ...(request.filter?.length && { filter: request.filter }),
    figures,
    leftOut: told.leftOut,
    ...(await groupsOf(ctx, year, cumulative ? period : null)),
    byMonth: year.byMonth.map((m) => ({ month: m.month, found: m.found, closed: m.closed, open: m.openAtEnd })),
    overdue: await findingList(ctx, scopes.year, CONDITIONS.overdue(request.asOf), 'c.deadline, f.no'),
    major: await findingList(ctx, scopes.year, "c.handling_class = 'major' AND c.status <> 'closed'", inOrder),
    earlier: await findingList(ctx, beforeYear(scopes.year), "c.status <> 'closed'", inOrder),
    findings: await findingList(ctx, scopes.period, ALWAYS, inOrder),
    ...(comparisons && { comparisons }),
    ...(kind === 'week' && year.byVillage.some((v) => v.found > 0) && { ranking: rankingOf(year, period) }),
    ...(kind === 'year' && (await yearsOf(ctx, year, (from, to) => periodLabel('year', from, to)))),
    ...((await anyOf(ctx, trainingKind as unknown as EntityDefinition)) && {
      trainings: await trainingRows(ctx, request.from, last),
    }),
    parts: await reportParts(ctx, scopes.period),
    ...(await changesOf(ctx, scopes.year, scopes.period)),
    ...(await withoutSheet(ctx, scopes.year, told.figures.sheetRate !== undefined)),
    ...(staffDays.length > 0 && { staffDays }),
    ...(await written(ctx, request)),
    plan: await planOf(ctx, request, year),
    notes: [
      ...(request.asOf < request.to ? [`期间未满，所列为截至${dayText(request.asOf)}的阶段情况`] : []),
      '问题按发现日期归入期间，状态截至报告截止日；草稿和作废的问题不计',
      '本期销号按销号日期计，含此前发现的问题；各月图只含统计年度内发现的问题',
      '整改率为完成整改数与发现问题数之比，四舍五入；百分比旁可查分子分母',
      '同一企业可涉及多类问题',
      ...(isNarrowed(scopes.period) ? ['培训按场次列出，人数、企业数不限于本报告的统计范围'] : []),
    ],
  };
}

/** 华漕镇人民政府 → 华漕镇; what is left of a client's name in a title. */
export function clientPlace(client: string | null): string {
  return (client ?? '').replace(/(?:人民政府|办事处|生态环境.*|管理委员会|管委会|有限公司)$/, '');
}

type Asking = Parameters<typeof reportFigures>[1];

/** What people wrote into the report; what they did not write stays out. */
async function written(ctx: Context, request: Asking): Promise<Pick<ReportFigures, 'causes' | 'advice' | 'cases'>> {
  const texts = await textsOf(ctx, request);
  return {
    ...(texts.causes && { causes: linesOf(texts.causes) }),
    ...(texts.advice && { advice: linesOf(texts.advice) }),
    ...(texts.cases.length > 0 && { cases: await printedCases(ctx, texts.cases) }),
  };
}

/** Next steps: those asked for, those kept with the report, else what is left to do. */
async function planOf(ctx: Context, request: Asking, year: Overview): Promise<readonly string[]> {
  if (request.plan.length > 0) return request.plan;
  const kept = linesOf((await textsOf(ctx, request)).plan);
  return kept.length > 0 ? kept : await defaultPlan(ctx, year, request.asOf, isNarrowed(year.scope));
}

/**
 * Next steps as of a day: the round that ran or was planned then, less what was visited in it by then; no round where some
 * enterprises only are meant.
 */
async function defaultPlan(ctx: Context, year: Overview, asOf: string, narrowed: boolean): Promise<string[]> {
  const open = year.figures.unrectified?.numerator ?? 0;
  const late = year.figures.overdueCount?.numerator ?? 0;
  const unvisited = year.figures.unvisitedEnterprises?.numerator ?? 0;
  const running = asOf < ctx.today() ? '?1 BETWEEN r.start_date AND r.end_date' : "r.state IN ('running', 'planned')";
  const round = narrowed
    ? null
    : await ctx.store.slow.sqlOne<{ name: string; pending: number }>(
        `SELECT r.name, (SELECT count(*) FROM round_target t WHERE t.round_id = r.id AND ${ofLiveEnterprise('t')} AND t.status <> 'skipped' AND NOT EXISTS (
       SELECT 1 FROM visit v WHERE v.round_id = r.id AND v.enterprise_id = t.enterprise_id AND ${visited()} AND v.date <= ?1)) AS pending
     FROM round r WHERE r.deleted_at IS NULL AND ${running} ORDER BY r.start_date DESC LIMIT 1`,
        [asOf],
      );
  const rest = round?.pending ?? unvisited;
  return [
    ...(open > 0 ? [`跟踪督促未完成整改的${open}项问题${late > 0 ? `，重点督促逾期的${late}项` : ''}`] : []),
    ...(rest > 0 ? [`${round ? `按“${round.name}”计划` : ''}继续检查尚未检查的${rest}家企业`] : []),
    '继续做好企业档案更新和培训、咨询服务',
  ];
}
