// Visits behind a number.
import type { BehindRow } from '../../contract/statistics.ts';
import { labelOf } from '../../domain/dictionary/vocabulary.ts';
import { VISIT_OUTCOMES } from '../../domain/visits/entities.ts';
import { formatDayShort } from '../../domain/values/day.ts';
import { visitRows } from '../visits/index.ts';
import { column, said, type BehindKind } from './behind-kind.ts';

const outcome = (value: string | null): string => (value ? labelOf(VISIT_OUTCOMES, value) : '');

export const VISITS_BEHIND: BehindKind = {
  of: 'visit',
  label: '检查',
  unit: '次',
  alias: 'v',
  enterprise: 'e',
  day: 'v.date',
  from: 'visit v JOIN enterprise e ON e.id = v.enterprise_id',
  order: 'v.date DESC, v.id DESC',
  columns: [
    column('编号', 18, (row) => said(row, 'no')),
    column('日期', 12, (row) => said(row, 'date')),
    column('企业', 30, (row) => row.name),
    column('村居', 14, (row) => row.villageName),
    column('结果', 10, (row) => outcome(said(row, 'outcome'))),
    column('检查人员', 20, (row) => said(row, 'staffNames')),
  ],
  async rows(ctx, _d, where, parameters, tail) {
    return (await visitRows(ctx, where, parameters, tail, ctx.store.slow)).map((row): BehindRow => ({
      ...row,
      name: row.enterpriseName,
      text: `${outcome(row.outcome)}　${row.staffNames}`,
      tail: formatDayShort(row.date, ctx.today()),
      late: false,
      glyph: null,
    }));
  },
};
