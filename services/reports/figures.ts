// The figures object of a report: frozen once, read by the preview, the text, the tables and the charts.
import type { Figure as CountedFigure, Overview, StatisticsScope } from '../../contract/statistics.ts';
import { FINDING_CATEGORIES, HANDLING_CLASSES, verificationText } from '../../domain/findings/vocabulary.ts';
import { FINDING_STATE_VOCABULARY } from '../../domain/findings/entities.ts';
import { OBJECT_KINDS, OPERATING_STATUSES } from '../../domain/enterprises/vocabulary.ts';
import { labelOf } from '../../domain/dictionary/vocabulary.ts';
import { FIGURE_LABELS, type FigureCode, type Figure, type FindingRow, type GroupRow, type ReportFigures, type ReportKind } from '../../domain/reports/index.ts';
import { percent } from '../../domain/statistics/percent.ts';
import { serviceYear } from '../../domain/projects/service-year.ts';
import { serviceProject } from '../../domain/projects/entities.ts';
import { dayText } from '../../domain/reports/index.ts';
import type { ReportRequest } from '../../contract/reports.ts';
import type { SqlValue } from '../../db/index.ts';
import type { Context } from '../context.ts';
import { cohort, CONDITIONS, overview, struckOff } from '../statistics/index.ts';
import { comparisonsOf, rankingOf, yearsOf } from './comparison.ts';
import { overdueDays } from '../../domain/findings/steps.ts';
import { ofLiveEnterprise, visited } from '../conditions/index.ts';
import { trainingFigures } from '../training/index.ts';

const KIND: Readonly<Record<string, ReportKind>> = { weekly_report: 'week', monthly_report: 'month', quarterly_report: 'quarter', annual_report: 'year' };
const TITLE: Readonly<Record<ReportKind, string>> = { week: '工作周报', month: '工作月报', quarter: '工作季报', year: '年度工作总结' };

/** Period in words: 2026年11月, 2026年第四季度, 2026年, or its two days. */
export function periodLabel(kind: ReportKind, from: string, to: string): string {
  const [y, m] = [Number(from.slice(0, 4)), Number(from.slice(5, 7))];
  if (kind === 'month' && from.slice(0, 7) === to.slice(0, 7)) return `${y}年${m}月`;
  if (kind === 'quarter' && from.endsWith('-01') && (m - 1) % 3 === 0) return `${y}年第${'一二三四'[(m - 1) / 3] ?? ''}季度`;
  if (kind === 'year' && from === `${y}-01-01`) return `${y}年`;
  return `${y}年${m}月${Number(from.slice(8))}日至${from.slice(0, 4) === to.slice(0, 4) ? '' : `${to.slice(0, 4)}年`}${Number(to.slice(5, 7))}月${Number(to.slice(8))}日`;
}

/**
 * The scopes of a report: its period, and the service year up to its end, which holds the whole period: it begins with the year of the
 * first day, so that a week across the turn of the year is no contradiction. `label` is the year's word. An annual report is about its period.
 */
export async function reportScopes(ctx: Context, request: Required<Pick<ReportRequest, 'kind' | 'from' | 'to' | 'asOf' | 'objectKinds'>>): Promise<{ period: StatisticsScope; year: StatisticsScope; label: string }> {
  const id = ctx.projectId();
  const project = id ? await ctx.store.read.get(serviceProject, id) : null;
  const [first, last] = [serviceYear(project, request.from), serviceYear(project, request.to)];
  const from = request.kind === 'annual_report' ? request.from : first.from;
  const common = { asOf: request.asOf, objectKinds: request.objectKinds, roundId: null, villageIds: [] };
  return {
    period: { ...common, from: request.from, to: request.to }, year: { ...common, from, to: request.to },
    label: first.from === last.from ? first.label : `自${dayText(first.from)}起`,
  };
}

/** Columns of a list of findings; its one parameter is the day as of which it stands. */
const LIST = `f.id, f.no, (SELECT a.name FROM area a WHERE a.id = coalesce(e.village_id, e.park_id)) AS village, e.name AS enterprise, e.credit_code AS creditCode, f.found_date AS foundDate,
  (SELECT r.name FROM round r WHERE r.id = f.round_id) AS round, f.category, f.description, f.handling_class AS handlingClass, coalesce(f.responsible_person, f.responsible_unit) AS responsible,
  f.measure, c.deadline, c.status, c.closed_date AS closedDate, c.report_date AS reportDate,
  (SELECT v.result || '|' || v.date || '|' || v.method FROM verification v WHERE v.finding_id = f.id AND v.deleted_at IS NULL AND v.date <= ? ORDER BY v.date DESC, v.id DESC LIMIT 1) AS verification`;

async function findingList(ctx: Context, scope: StatisticsScope, condition: string, order: string, parameters: SqlValue[] = []): Promise<FindingRow[]> {
  const base = cohort(scope, ctx.today());
  const rows = await ctx.store.slow.sql<Omit<FindingRow, 'overdueDays' | 'remark'> & { reportDate: string | null }>(
    `${base.sql} SELECT ${LIST} FROM cohort c JOIN finding f ON f.id = c.id JOIN enterprise e ON e.id = c.enterprise_id WHERE ${condition} ORDER BY ${order}`, [...base.parameters, scope.asOf, ...parameters]);
  return rows.map(({ reportDate, ...r }) => {
    const late = overdueDays({ ...r, reportDate }, scope.asOf);
    return {
      ...r, category: labelOf(FINDING_CATEGORIES, r.category), handlingClass: labelOf(HANDLING_CLASSES, r.handlingClass), status: labelOf(FINDING_STATE_VOCABULARY, r.status),
      closedDate: r.status === 'closed' ? r.closedDate : null, verification: verificationText(r.verification), remark: null, overdueDays: late,
    };
  });
}

const plain = (code: FigureCode, f: CountedFigure): Figure => ({ code, label: FIGURE_LABELS[code], numerator: f.numerator, denominator: f.denominator, printed: f.printed, unit: f.unit, definition: f.definition });

function named(year: Overview, period: Overview): Partial<Record<FigureCode, Figure>> {
  const y = year.figures as Record<string, CountedFigure>;
  const p = period.figures as Record<string, CountedFigure>;
  const figures: Partial<Record<FigureCode, Figure>> = {};
  for (const code of ['visitedEnterprises', 'visitCount', 'coverageRate', 'foundCount', 'rectifiedCount', 'unrectified', 'sourceRemovedCount', 'rectificationRate', 'enterpriseRectificationRate', 'onTimeRate', 'overdueCount', 'overdueRate', 'immediateShare', 'returnRate', 'recurrenceRate', 'problemEnterpriseRate', 'fileRate'] as const) {
    const f = y[code];
    if (f) figures[code] = plain(code, f);
  }
  const pairs: [FigureCode, string][] = [['periodVisitedEnterprises', 'visitedEnterprises'], ['periodVisitCount', 'visitCount'], ['periodNightVisits', 'nightVisitCount'], ['periodFoundCount', 'foundCount'], ['periodClosedCount', 'closedInPeriod']];
  for (const [code, from] of pairs) { const f = p[from]; if (f) figures[code] = plain(code, f); }
  return figures;
}

const group = (id: string, label: string, found: number, rectified: number, overdue: number): GroupRow => ({ id, label, found, rectified, unrectified: found - rectified, overdue, rate: percent(rectified, found) });

/** Counts everything a report prints. The result is plain JSON and is what the archive freezes. */
export async function reportFigures(ctx: Context, request: { kind: NonNullable<ReportRequest['kind']>; from: string; to: string; asOf: string; objectKinds: string[]; plan: string[] }): Promise<ReportFigures> {
  const kind = KIND[request.kind] ?? 'month';
  const scopes = await reportScopes(ctx, request);
  const [year, period] = [await overview(ctx, scopes.year), await overview(ctx, scopes.period)];
  const read = ctx.store.slow;
  const who = await read.sqlOne<{ org: string | null; client: string | null; project: string | null }>(
    `SELECT (SELECT o.name FROM organisation o JOIN office f ON f.organisation_id = o.id ORDER BY f.created_at LIMIT 1) AS org,
       (SELECT c.name FROM service_project p JOIN organisation c ON c.id = p.client_id WHERE p.id = ?1) AS client, (SELECT name FROM service_project WHERE id = ?1) AS project`, [ctx.projectId()]);
  const base = cohort(scopes.year, ctx.today());
  const overdueBy = await read.sql<{ category: string; handlingClass: string; n: number }>(`${base.sql} SELECT c.category, c.handling_class AS handlingClass, count(*) AS n FROM cohort c WHERE ${CONDITIONS.overdue(request.asOf)} GROUP BY 1, 2`, base.parameters);
  const late = (key: 'category' | 'handlingClass', id: string): number => overdueBy.filter((o) => o[key] === id).reduce((n, o) => n + o.n, 0);
  const last = request.to < request.asOf ? request.to : request.asOf;
  const closedEarlier = (period.figures.closedInPeriod?.numerator ?? 0) - await struckOff(ctx, scopes.period, scopes.year.from);
  const training = await trainingFigures(ctx, request.from, last);
  const top = year.byCategory.slice(0, 3).reduce((n, c) => n + c.found, 0);
  const found = year.figures.foundCount?.numerator ?? 0;
  const figures: Partial<Record<FigureCode, Figure>> = {
    ...named(year, period),
    topCategoryShare: { code: 'topCategoryShare', label: FIGURE_LABELS.topCategoryShare, numerator: top, denominator: found, printed: percent(top, found), unit: '%', definition: '前三类问题数 ÷ 发现问题数' },
    periodClosedEarlier: { code: 'periodClosedEarlier', label: FIGURE_LABELS.periodClosedEarlier, numerator: closedEarlier, denominator: null, printed: String(closedEarlier), unit: '项', definition: `销号日期在本期内、${dayText(scopes.year.from)}之前发现的问题` },
    ...training.figures,
  };
  const changes = await read.sql<{ enterprise: string; village: string | null; from: string | null; to: string; date: string }>(
    `SELECT e.name AS enterprise, (SELECT a.name FROM area a WHERE a.id = coalesce(e.village_id, e.park_id)) AS village, h.status AS "to", h.date,
       (SELECT p.status FROM status_history p WHERE p.enterprise_id = h.enterprise_id AND p.deleted_at IS NULL AND (p.date, p.id) < (h.date, h.id) ORDER BY p.date DESC, p.id DESC LIMIT 1) AS "from"
     FROM status_history h JOIN enterprise e ON e.id = h.enterprise_id
     WHERE h.deleted_at IS NULL AND e.deleted_at IS NULL AND h.date BETWEEN ? AND ? ORDER BY h.date, e.pinyin LIMIT 100`, [request.from, last]);
  const comparisons = await comparisonsOf(ctx, kind, period);
  const inOrder = 'coalesce(e.village_id, e.park_id), e.pinyin, f.no';
  return {
    kind, title: `${clientPlace(who?.client ?? null)}环保管家服务${TITLE[kind]}`, clientName: who?.client ?? '', orgName: who?.org ?? '',
    period: { from: request.from, to: request.to, label: periodLabel(kind, request.from, request.to) }, asOf: request.asOf,
    ...(request.from !== scopes.year.from && { cumulative: { label: scopes.label, from: scopes.year.from } }), ...(year.target && { target: year.target }),
    scope: [who?.project, request.objectKinds.map((k) => labelOf(OBJECT_KINDS, k)).join('、')].filter(Boolean).join('；') || '全部在册企业',
    figures,
    byVillage: year.byVillage.map((v) => ({ ...group(v.villageId ?? 'none', v.name, v.found, v.closed, v.overdue), rate: v.rate, visited: v.visitedEnterprises })),
    byCategory: year.byCategory.map((c) => group(c.category, labelOf(FINDING_CATEGORIES, c.category), c.found, c.closed, late('category', c.category))),
    byClass: HANDLING_CLASSES.ids.map((id) => { const c = year.byClass.find((x) => x.handlingClass === id); return group(id, labelOf(HANDLING_CLASSES, id), c?.found ?? 0, c?.closed ?? 0, late('handlingClass', id)); }),
    byMonth: year.byMonth.map((m) => ({ month: m.month, found: m.found, closed: m.closed, open: m.openAtEnd })),
    overdue: await findingList(ctx, scopes.year, CONDITIONS.overdue(request.asOf), 'c.deadline, f.no'),
    major: await findingList(ctx, scopes.year, "c.handling_class = 'major' AND c.status <> 'closed'", inOrder),
    findings: await findingList(ctx, scopes.period, '1', inOrder),
    ...(comparisons && { comparisons }), ...(kind === 'week' && year.byVillage.some((v) => v.found > 0) && { ranking: rankingOf(year) }),
    ...(kind === 'year' && await yearsOf(ctx, year, (from, to) => periodLabel('year', from, to))),
    trainings: training.rows, statusChanges: changes.map((c) => ({ enterprise: c.enterprise, village: c.village, what: '经营状态', from: c.from === null ? null : labelOf(OPERATING_STATUSES, c.from), to: labelOf(OPERATING_STATUSES, c.to), date: c.date })),
    plan: request.plan.length > 0 ? request.plan : await defaultPlan(ctx, year, request.asOf),
    notes: [...(request.asOf < request.to ? [`期间未满，所列为截至${dayText(request.asOf)}的阶段情况`] : []), '问题按发现日期归入期间，状态截至报告截止日；草稿和作废的问题不计', '本期销号按销号日期计，含此前发现的问题；各月图只含统计年度内发现的问题', '整改率为完成整改数与发现问题数之比，四舍五入；百分比旁可查分子分母', '同一企业可涉及多类问题'],
  };
}

/** 华漕镇人民政府 → 华漕镇; what is left of a client's name in a title. */
export function clientPlace(client: string | null): string {
  return (client ?? '').replace(/(?:人民政府|办事处|生态环境.*|管理委员会|管委会|有限公司)$/, '');
}

/** Next steps as of a day: the round that ran or was planned then, less what was visited in it by then. */
async function defaultPlan(ctx: Context, year: Overview, asOf: string): Promise<string[]> {
  const open = year.figures.unrectified?.numerator ?? 0;
  const late = year.figures.overdueCount?.numerator ?? 0;
  const unvisited = year.figures.unvisitedEnterprises?.numerator ?? 0;
  const running = asOf < ctx.today() ? '?1 BETWEEN r.start_date AND r.end_date' : "r.state IN ('running', 'planned')";
  const round = await ctx.store.slow.sqlOne<{ name: string; pending: number }>(
    `SELECT r.name, (SELECT count(*) FROM round_target t WHERE t.round_id = r.id AND ${ofLiveEnterprise('t')} AND t.status <> 'skipped' AND NOT EXISTS (
       SELECT 1 FROM visit v WHERE v.round_id = r.id AND v.enterprise_id = t.enterprise_id AND ${visited()} AND v.date <= ?1)) AS pending
     FROM round r WHERE r.deleted_at IS NULL AND ${running} ORDER BY r.start_date DESC LIMIT 1`, [asOf]);
  const rest = round?.pending ?? unvisited;
  return [
    ...(open > 0 ? [`跟踪督促未完成整改的${open}项问题${late > 0 ? `，重点督促逾期的${late}项` : ''}`] : []),
    ...(rest > 0 ? [`${round ? `按“${round.name}”计划` : ''}继续检查尚未检查的${rest}家企业`] : []),
    '继续做好企业档案更新和培训、咨询服务',
  ];
}

