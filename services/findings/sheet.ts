// The list of findings as a sheet for Excel.
import { FINDING_LIST_HEADINGS, type FindingRow } from '../../domain/reports/index.ts';
import type { Sheet, SheetColumn } from '../documents/index.ts';

const WIDTHS = [6, 14, 28, 22, 12, 10, 16, 40, 12, 16, 32, 12, 12, 12, 18, 18];
const DAYS = new Set(['检查日期', '整改时限', '完成日期']);

/** The list of findings as a sheet: the columns of the report's annex plus the finding's number, by which it comes back in. */
export function findingSheet(rows: readonly FindingRow[], name = '问题清单'): Sheet {
  return {
    name,
    columns: [
      ...FINDING_LIST_HEADINGS.map((heading, index): SheetColumn => ({
        heading, width: WIDTHS[index] ?? 12, kind: heading === '序号' ? 'number' : DAYS.has(heading) ? 'day' : 'text',
      })),
      { heading: '问题编号', width: 20, kind: 'text' },
    ],
    rows: rows.map((row, index) => [
      index + 1, row.village, row.enterprise, row.creditCode, row.foundDate, row.round, row.category, row.description, row.handlingClass,
      row.responsible, row.measure, row.deadline, row.status, row.closedDate, row.verification, row.remark, row.no,
    ]),
  };
}
