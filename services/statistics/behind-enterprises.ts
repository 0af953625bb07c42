// Enterprises behind a number, with their operating status of the as-of day.
import type { BehindRow } from '../../contract/statistics.ts';
import { inList, listParameter } from '../../db/index.ts';
import { labelOf } from '../../domain/dictionary/vocabulary.ts';
import { OBJECT_KINDS, OPERATING_STATUSES } from '../../domain/enterprises/vocabulary.ts';
import { placeNamed } from '../conditions/index.ts';
import type { Context } from '../context.ts';
import { listRows } from '../enterprises/index.ts';
import { column, said, type BehindKind, type Drill } from './behind-kind.ts';
import { placeThen } from './cohort.ts';
import { statusAsOf } from './cohorts.ts';

async function statusThen<Row extends { id: string; operatingStatus: string }>(
  ctx: Context,
  d: Drill,
  rows: Row[],
): Promise<Row[]> {
  if (d.scope.asOf >= ctx.today() || rows.length === 0) return rows;
  const then = await ctx.store.slow.sql<{ id: string; status: string }>(
    `SELECT e.id, ${statusAsOf(d.scope.asOf, ctx.today())} AS status FROM enterprise e WHERE ${inList('e.id')}`,
    [listParameter(rows.map((row) => row.id))],
  );
  const byId = new Map(then.map((one) => [one.id, one.status]));
  return rows.map((row) => ({ ...row, operatingStatus: byId.get(row.id) ?? row.operatingStatus }));
}

export const ENTERPRISES_BEHIND: BehindKind = {
  of: 'enterprise',
  label: '企业',
  unit: '家',
  alias: 'e',
  enterprise: 'e',
  day: null,
  from: 'enterprise e',
  order: 'e.pinyin, e.id',
  columns: [
    column('单位名称', 30, (row) => row.name),
    column('信用代码', 22, (row) => said(row, 'creditCode')),
    column('村居', 14, (row) => row.villageName),
    column('对象类型', 10, (row) => labelOf(OBJECT_KINDS, said(row, 'objectKind'))),
    column('经营状态', 10, (row) => labelOf(OPERATING_STATUSES, said(row, 'operatingStatus'))),
    column('最近检查', 12, (row) => said(row, 'lastVisitDate')),
  ],
  async rows(ctx, d, where, parameters, tail) {
    const place = placeNamed(placeThen(d.scope, ctx.today(), null));
    const rows = await statusThen(ctx, d, await listRows(ctx, where, parameters, tail, ctx.store.slow, place));
    return rows.map((row): BehindRow => ({
      ...row,
      enterpriseId: row.id,
      text: labelOf(OBJECT_KINDS, row.objectKind),
      tail: row.openFindings ? `未销号 ${row.openFindings}` : '',
      late: false,
      glyph: { kind: 'operating', value: row.operatingStatus },
    }));
  },
};
