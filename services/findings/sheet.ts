// The list of findings as a sheet for Excel.
import { FINDING_LIST_COLUMNS, type FindingRow } from '../../domain/reports/index.ts';
import type { Sheet } from '../documents/index.ts';

/** The list of findings as a sheet: the columns of the report's annex plus the finding's number, by which it comes back in. */
export function findingSheet(rows: readonly FindingRow[], name = '问题清单'): Sheet {
  return {
    name,
    columns: [...FINDING_LIST_COLUMNS.map(({ heading, width, kind }) => ({ heading, width, kind })), { heading: '问题编号', width: 20, kind: 'text' }],
    rows: rows.map((row, index) => [...FINDING_LIST_COLUMNS.map(({ key }) => (key === 'position' ? index + 1 : row[key])), row.no]),
  };
}
