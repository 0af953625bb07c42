// Findings behind a number, as they stood on the as-of day: what was done later is not told.
import type { BehindRow } from '../../contract/statistics.ts';
import { inList, listParameter } from '../../db/index.ts';
import type { FindingListRow } from '../../contract/findings.ts';
import { labelOf } from '../../domain/dictionary/vocabulary.ts';
import { FINDING_STATE_VOCABULARY } from '../../domain/findings/entities.ts';
import { FINDING_CATEGORIES, HANDLING_CLASSES } from '../../domain/findings/vocabulary.ts';
import { formatDayShort } from '../../domain/values/day.ts';
import type { Context } from '../context.ts';
import { findingRows, timing } from '../findings/index.ts';
import { column, said, type BehindKind, type Drill } from './behind-kind.ts';
import { cohort } from './cohort.ts';

type Past = Pick<FindingListRow, 'id' | 'status' | 'deadline' | 'closedDate' | 'closeReason'> & {
  reportDate: string | null;
};

async function asOfThen(ctx: Context, d: Drill, rows: FindingListRow[]): Promise<FindingListRow[]> {
  if (d.scope.asOf >= ctx.today() || rows.length === 0) return rows;
  const base = cohort({ ...d.scope, from: '0001-01-01' }, ctx.today(), {
    sql: inList('f.id'),
    parameters: [listParameter(rows.map((row) => row.id))],
  });
  const then = await ctx.store.slow.sql<Past>(
    `${base.sql} SELECT id, status, deadline, report_date AS "reportDate", CASE status WHEN 'closed' THEN closed_date END AS "closedDate", CASE status WHEN 'closed' THEN close_reason END AS "closeReason" FROM cohort`,
    base.parameters,
  );
  const byId = new Map(
    then.map(({ reportDate, ...f }) => [f.id, { ...f, ...timing({ ...f, reportDate }, d.scope.asOf) }]),
  );
  return rows.map((row) => ({ ...row, ...byId.get(row.id) }));
}

function lineOf(row: FindingListRow, today: string): BehindRow {
  const late = row.overdueDays !== null && row.overdueDays > 0;
  const day = row.closedDate ?? row.deadline;
  return {
    ...row,
    name: row.enterpriseName,
    text: row.description,
    late,
    tail: late ? `${row.overdueDays} 天` : day ? formatDayShort(day, today) : '－',
    glyph: { kind: 'finding', value: row.status },
  };
}

export const FINDINGS_BEHIND: BehindKind = {
  of: 'finding',
  label: '问题',
  unit: '项',
  alias: 'f',
  enterprise: 'e',
  day: 'f.found_date',
  from: 'finding f JOIN enterprise e ON e.id = f.enterprise_id',
  order: 'e.pinyin, f.no',
  columns: [
    column('编号', 18, (row) => said(row, 'no')),
    column('村居', 14, (row) => row.villageName),
    column('企业', 28, (row) => row.name),
    column('发现日期', 12, (row) => said(row, 'foundDate')),
    column('类别', 14, (row) => labelOf(FINDING_CATEGORIES, said(row, 'category'))),
    column('处理类别', 10, (row) => labelOf(HANDLING_CLASSES, said(row, 'handlingClass'))),
    column('问题', 50, (row) => row.text),
    column('责任人', 10, (row) => said(row, 'responsiblePerson')),
    column('时限', 12, (row) => said(row, 'deadline')),
    column('状态', 10, (row) => labelOf(FINDING_STATE_VOCABULARY, said(row, 'status'))),
  ],
  async rows(ctx, d, where, parameters, tail) {
    const rows = await findingRows(ctx, where, [...parameters], tail, ctx.store.slow);
    return (await asOfThen(ctx, d, rows)).map((row) => lineOf(row, ctx.today()));
  },
};
