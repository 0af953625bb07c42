// Rounds and their board.
import type { RoundBoard, RoundRow, TargetRow } from '../../contract/rounds.ts';
import type { Page } from '../../contract/shared.ts';
import { MAX_RETRIES, SKIP_REASONS, SKIPS_OUT_OF_DENOMINATOR } from '../../domain/rounds/entities.ts';
import { labelOf } from '../../domain/dictionary/vocabulary.ts';
import { percent } from '../../domain/statistics/percent.ts';
import type { SqlValue } from '../../db/index.ts';
import type { Context } from '../context.ts';
import { countedFinding, listed, ofLiveEnterprise, openFindingsOf, openFinding, placeId, placeName, staffName } from '../conditions/index.ts';
import { currentLabel } from '../enterprises/index.ts';
import { notFound } from '../errors.ts';

/** Condition that a target counts in the denominator of coverage (domain reference 2.7). */
export const IN_DENOMINATOR = `NOT (t.status = 'skipped' AND coalesce(t.skip_reason, '') IN ${listed(SKIPS_OUT_OF_DENOMINATOR)})`;

const LIST = `SELECT r.id, r.no, r.name, r.start_date AS startDate, r.end_date AS endDate, r.state, r.scope_rule AS scopeRule, r.base_round_id AS baseRoundId,
  (SELECT b.name FROM round b WHERE b.id = r.base_round_id) AS baseRoundName,
  count(t.id) AS targets, count(*) FILTER (WHERE t.status = 'visited') AS visited, count(*) FILTER (WHERE t.status = 'pending') AS pending,
  count(*) FILTER (WHERE t.status = 'refused') AS refused, count(*) FILTER (WHERE t.status = 'closed_door') AS closedDoor, count(*) FILTER (WHERE t.status = 'skipped') AS skipped,
  count(t.id) - count(*) FILTER (WHERE t.id IS NOT NULL AND ${IN_DENOMINATOR}) AS outOfDenominator,
  (SELECT count(*) FROM finding f WHERE f.round_id = r.id AND ${countedFinding()} AND ${ofLiveEnterprise('f')}) AS findings,
  (SELECT count(*) FROM finding f WHERE f.round_id = r.id AND ${openFinding()} AND ${ofLiveEnterprise('f')}) AS openFindings
  FROM round r LEFT JOIN round_target t ON t.round_id = r.id AND ${ofLiveEnterprise('t')} WHERE r.deleted_at IS NULL`;

type Raw = Omit<RoundRow, 'coverage' | 'coverageNumerator' | 'coverageDenominator'>;
const withCoverage = (r: Raw): RoundRow => {
  const denominator = r.targets - r.outOfDenominator;
  return { ...r, coverageNumerator: r.visited, coverageDenominator: denominator, coverage: percent(r.visited, denominator) };
};

/** All rounds, newest first. */
export async function listRounds(ctx: Context): Promise<RoundRow[]> {
  return (await ctx.store.read.sql<Raw>(`${LIST} GROUP BY r.id ORDER BY r.start_date DESC, r.no DESC`)).map(withCoverage);
}

/** The board of a round. @throws NOT_FOUND */
export async function roundBoard(ctx: Context, id: string): Promise<RoundBoard> {
  const { read } = ctx.store;
  const raw = await read.sqlOne<Raw>(`${LIST} AND r.id = ? GROUP BY r.id`, [id]);
  if (!raw) throw notFound('轮次');
  const round = withCoverage(raw);
  const villages = await read.sql<{ id: string | null; name: string | null; targets: number; visited: number; denominator: number }>(
    `SELECT ${placeId()} AS id, ${placeName()} AS name, count(*) AS targets,
       count(*) FILTER (WHERE t.status = 'visited') AS visited, count(*) FILTER (WHERE ${IN_DENOMINATOR}) AS denominator
     FROM round_target t JOIN enterprise e ON e.id = t.enterprise_id WHERE t.round_id = ? AND ${ofLiveEnterprise('t')} GROUP BY 1 ORDER BY targets DESC`, [id]);
  const byStaff = await read.sql<{ id: string | null; name: string | null; targets: number; visited: number }>(
    `SELECT t.staff_id AS id, ${staffName('t.staff_id')} AS name, count(*) AS targets, count(*) FILTER (WHERE t.status = 'visited') AS visited
     FROM round_target t WHERE t.round_id = ? AND ${ofLiveEnterprise('t')} GROUP BY 1 ORDER BY targets DESC`, [id]);
  const skips = await read.sql<{ reason: string | null; count: number }>(
    `SELECT t.skip_reason AS reason, count(*) AS count FROM round_target t WHERE t.round_id = ? AND ${ofLiveEnterprise('t')} AND t.status = 'skipped' GROUP BY 1 ORDER BY count DESC`, [id]);
  const open = round.pending + round.refused + round.closedDoor;
  return {
    round,
    byVillage: villages.map((v) => ({ id: v.id, name: v.name ?? '未划分', targets: v.targets, visited: v.visited, out: v.targets - v.denominator, coverage: percent(v.visited, v.denominator) })),
    byStaff: byStaff.map((s) => ({ ...s, name: s.name ?? '未分配' })),
    skips: skips.map((s) => ({ reason: labelOf(SKIP_REASONS, s.reason), count: s.count, inDenominator: !(SKIPS_OUT_OF_DENOMINATOR as readonly (string | null)[]).includes(s.reason) })),
    finishProblems: open > 0 ? [`还有 ${open} 家没有检查也没有写明原因：待查 ${round.pending}、拒查 ${round.refused}、关门 ${round.closedDoor}（拒查、关门最多再去 ${MAX_RETRIES} 次，仍不行请“不查”并选原因）`] : [],
  };
}

/** Targets of a round, filtered and paged. */
export async function listTargets(ctx: Context, input: {
  roundId: string; status: string | null; villageId: string | null; staffId: string | null; text: string; page: { offset: number; limit: number };
}): Promise<Page<TargetRow>> {
  const parts = ['t.round_id = ?', ofLiveEnterprise('t')];
  const parameters: SqlValue[] = [input.roundId];
  const add = (sql: string, value: SqlValue): void => { parts.push(sql); parameters.push(value); };
  if (input.status) add('t.status = ?', input.status);
  if (input.villageId) add(`${placeId()} = ?`, input.villageId);
  if (input.staffId) add('t.staff_id = ?', input.staffId);
  if (input.text.trim()) add("t.enterprise_id IN (SELECT s.row_id FROM search_entry s WHERE s.entity = 'enterprise' AND instr(s.words, ?) > 0)", input.text.trim().toLowerCase());
  const where = parts.join(' AND ');
  const total = await ctx.store.read.sqlOne<{ n: number }>(`SELECT count(*) AS n FROM round_target t JOIN enterprise e ON e.id = t.enterprise_id WHERE ${where}`, parameters);
  const visit = (column: string) => `(SELECT v.${column} FROM visit v WHERE v.round_target_id = t.id AND v.deleted_at IS NULL ORDER BY v.date DESC, v.id DESC LIMIT 1)`;
  const rows = await ctx.store.read.sql<TargetRow>(
    `SELECT t.id, t.enterprise_id AS enterpriseId, e.name AS enterpriseName, ${placeName()} AS villageName,
       e.object_kind AS objectKind, e.address, t.status, t.skip_reason AS skipReason, t.skip_note AS skipNote, t.attempts, t.staff_id AS staffId, ${staffName('t.staff_id')} AS staffName,
       t.planned_date AS plannedDate, ${visit('id')} AS visitId, ${visit('date')} AS visitDate, ${visit('state')} AS visitState,
       ${openFindingsOf()} AS openFindings,
       (SELECT count(*) FROM finding f WHERE f.enterprise_id = e.id AND f.round_id = r.base_round_id AND ${countedFinding()}) AS baseFindings,
       (SELECT count(*) FROM finding f WHERE f.enterprise_id = e.id AND f.round_id = t.round_id AND f.deleted_at IS NULL AND f.status <> 'voided') AS findings,
       ${currentLabel('overall_risk', ctx.today())} AS overallRisk
     FROM round_target t JOIN enterprise e ON e.id = t.enterprise_id JOIN round r ON r.id = t.round_id WHERE ${where}
     ORDER BY CASE t.status WHEN 'pending' THEN 0 WHEN 'refused' THEN 1 WHEN 'closed_door' THEN 2 WHEN 'visited' THEN 3 ELSE 4 END, t.planned_date IS NULL, t.planned_date, e.village_id, e.pinyin, t.id
     LIMIT ? OFFSET ?`, [...parameters, input.page.limit, input.page.offset]);
  return { rows, total: total?.n ?? 0 };
}
