// Rounds and their board.
import type { RoundBoard, RoundRow, TargetRow } from '../../contract/rounds.ts';
import type { Page } from '../../contract/shared.ts';
import { leftWords, SKIP_REASONS, SKIPS_OUT_OF_DENOMINATOR } from '../../domain/rounds/entities.ts';
import { finishGuard } from '../../domain/rounds/workflow.ts';
import { labelOf } from '../../domain/dictionary/vocabulary.ts';
import { searchTerms } from '../../domain/values/search-key.ts';
import { percent } from '../../domain/statistics/percent.ts';
import { holds, type SqlValue } from '../../db/index.ts';
import type { Context } from '../context.ts';
import {
  countedFinding,
  currentLabel,
  leftRound,
  ofLiveEnterprise,
  openFindingsOf,
  openFinding,
  outOfDenominator,
  placeId,
  placeName,
  staffName,
  targetReason,
  targetStatus,
} from '../conditions/index.ts';
import { notFound } from '../errors.ts';

const list = (today: string): string => {
  const inState = (status: string): string => `count(*) FILTER (WHERE t.status = '${status}')`;
  const targets = `SELECT t.id, t.round_id, ${targetStatus('t', today)} AS status, ${outOfDenominator('t', today, today)} AS out FROM round_target t WHERE ${ofLiveEnterprise('t')}`;
  return `SELECT r.id, r.no, r.name, r.start_date AS "startDate", r.end_date AS "endDate", r.state, r.scope_rule AS "scopeRule", r.base_round_id AS "baseRoundId",
  (SELECT b.name FROM round b WHERE b.id = r.base_round_id) AS "baseRoundName",
  count(t.id) AS targets, ${inState('visited')} AS visited, ${inState('pending')} AS pending,
  ${inState('refused')} AS refused, ${inState('closed_door')} AS "closedDoor", ${inState('skipped')} AS skipped,
  count(*) FILTER (WHERE t.out) AS "outOfDenominator",
  (SELECT count(*) FROM finding f WHERE f.round_id = r.id AND ${countedFinding()} AND ${ofLiveEnterprise('f')}) AS findings,
  (SELECT count(*) FROM finding f WHERE f.round_id = r.id AND ${openFinding()} AND ${ofLiveEnterprise('f')}) AS "openFindings"
  FROM round r LEFT JOIN (${targets} AND t.round_id = ?1) t ON t.round_id = r.id WHERE r.deleted_at IS NULL AND r.id = ?1 GROUP BY r.id`;
};

type Raw = Omit<RoundRow, 'coverage' | 'coverageNumerator' | 'coverageDenominator'>;
const withCoverage = (r: Raw): RoundRow => {
  const denominator = r.targets - r.outOfDenominator;
  return {
    ...r,
    coverageNumerator: r.visited,
    coverageDenominator: denominator,
    coverage: percent(r.visited, denominator),
  };
};

/** Whether one that is skipped for a reason stays in the denominator. */
const inDenominator = (reason: string | null): boolean =>
  !(SKIPS_OUT_OF_DENOMINATOR as readonly (string | null)[]).includes(reason);

/** The board of a round. @throws NOT_FOUND */
export async function roundBoard(ctx: Context, id: string): Promise<RoundBoard> {
  const { read } = ctx.store;
  const raw = await read.sqlOne<Raw>(list(ctx.today()), [id]);
  if (!raw) throw notFound('轮次');
  const round = withCoverage(raw);
  const [status, reason] = [targetStatus('t', ctx.today()), targetReason('t', ctx.today())];
  const villages = await read.sql<{
    id: string | null;
    name: string | null;
    targets: number;
    visited: number;
    denominator: number;
  }>(
    `SELECT ${placeId()} AS id, ${placeName()} AS name, count(*) AS targets,
       count(*) FILTER (WHERE ${status} = 'visited') AS visited, count(*) FILTER (WHERE NOT ${outOfDenominator('t', ctx.today(), ctx.today())}) AS denominator
     FROM round_target t JOIN enterprise e ON e.id = t.enterprise_id WHERE t.round_id = ? AND ${ofLiveEnterprise('t')} GROUP BY ${placeId()} ORDER BY targets DESC`,
    [id],
  );
  const byStaff = await read.sql<{ id: string | null; name: string | null; targets: number; visited: number }>(
    `SELECT t.staff_id AS id, ${staffName('t.staff_id')} AS name, count(*) AS targets, count(*) FILTER (WHERE ${status} = 'visited') AS visited
     FROM round_target t WHERE t.round_id = ? AND ${ofLiveEnterprise('t')} GROUP BY t.staff_id ORDER BY targets DESC`,
    [id],
  );
  const skips = await read.sql<{ reason: string | null; count: number }>(
    `SELECT ${reason} AS reason, count(*) AS count FROM round_target t
     WHERE t.round_id = ? AND ${ofLiveEnterprise('t')} AND ${status} = 'skipped' GROUP BY ${reason} ORDER BY count(*) DESC`,
    [id],
  );
  return {
    round,
    byVillage: villages.map((v) => ({
      id: v.id,
      name: v.name ?? '未划分',
      targets: v.targets,
      visited: v.visited,
      out: v.targets - v.denominator,
      coverage: percent(v.visited, v.denominator),
    })),
    byStaff: byStaff.map((s) => ({ ...s, name: s.name ?? '未分配' })),
    left: leftWords(skips.filter((s) => !inDenominator(s.reason))),
    skips: skips.map((s) => ({
      reason: labelOf(SKIP_REASONS, s.reason),
      count: s.count,
      inDenominator: inDenominator(s.reason),
    })),
    finishProblems: finishGuard(round).map((m) => m.sentence),
  };
}

/** Targets of a round, filtered and paged. */
export async function listTargets(
  ctx: Context,
  input: {
    roundId: string;
    status: string | null;
    villageId: string | null;
    staffId: string | null;
    text: string;
    page: { offset: number; limit: number };
  },
): Promise<Page<TargetRow>> {
  const parts = ['t.round_id = ?', ofLiveEnterprise('t')];
  const parameters: SqlValue[] = [input.roundId];
  const add = (sql: string, value: SqlValue): void => {
    parts.push(sql);
    parameters.push(value);
  };
  const status = targetStatus('t', ctx.today());
  if (input.status) add(`${status} = ?`, input.status);
  if (input.villageId) add(`${placeId()} = ?`, input.villageId);
  if (input.staffId) add('t.staff_id = ?', input.staffId);
  for (const forms of searchTerms(input.text)) {
    parts.push(
      `t.enterprise_id IN (SELECT s.row_id FROM search_entry s WHERE s.entity = 'enterprise' AND ${holds('s.words', forms.length)})`,
    );
    parameters.push(...forms);
  }
  const where = parts.join(' AND ');
  const total = await ctx.store.read.sqlOne<{ n: number }>(
    `SELECT count(*) AS n FROM round_target t JOIN enterprise e ON e.id = t.enterprise_id WHERE ${where}`,
    parameters,
  );
  const visit = (column: string) =>
    `(SELECT v.${column} FROM visit v WHERE v.round_target_id = t.id AND v.deleted_at IS NULL ORDER BY v.date DESC, v.id DESC LIMIT 1)`;
  const rows = await ctx.store.read.sql<Omit<TargetRow, 'left'> & { left: number }>(
    `SELECT t.id, t.enterprise_id AS "enterpriseId", e.name AS "enterpriseName", ${placeName()} AS "villageName",
       e.object_kind AS "objectKind", e.address, ${status} AS status, ${targetReason('t', ctx.today())} AS "skipReason", ${leftRound('t', ctx.today(), ctx.today())} IS NOT NULL AS left, t.skip_note AS "skipNote", t.attempts, t.staff_id AS "staffId", ${staffName('t.staff_id')} AS "staffName",
       t.planned_date AS "plannedDate", ${visit('id')} AS "visitId", ${visit('date')} AS "visitDate", ${visit('state')} AS "visitState",
       ${openFindingsOf()} AS "openFindings",
       (SELECT count(*) FROM finding f WHERE f.enterprise_id = e.id AND f.round_id = r.base_round_id AND ${countedFinding()}) AS "baseFindings",
       (SELECT count(*) FROM finding f WHERE f.enterprise_id = e.id AND f.round_id = t.round_id AND f.deleted_at IS NULL AND f.status <> 'voided' AND f.owner <> 'authority') AS findings,
       ${currentLabel('overall_risk', ctx.today())} AS "overallRisk"
     FROM round_target t JOIN enterprise e ON e.id = t.enterprise_id JOIN round r ON r.id = t.round_id WHERE ${where}
     ORDER BY CASE ${status} WHEN 'pending' THEN 0 WHEN 'refused' THEN 1 WHEN 'closed_door' THEN 2 WHEN 'visited' THEN 3 ELSE 4 END, t.planned_date IS NULL, t.planned_date, e.village_id, e.pinyin, t.id
     LIMIT ? OFFSET ?`,
    [...parameters, input.page.limit, input.page.offset],
  );
  return { rows: rows.map((row) => ({ ...row, left: row.left === 1 })), total: total?.n ?? 0 };
}
