// Checks before a report is issued: figures that contradict each other, said as sentences.
import type { GroupRow, ReportFigures } from './figures.ts';

const sum = (rows: readonly GroupRow[], key: 'found' | 'rectified' | 'unrectified' | 'overdue'): number =>
  rows.reduce((total, row) => total + row[key], 0);

/**
 * Contradictions inside one figures object; an empty list means that text, tables and charts agree.
 * Villages, categories and classes each split the same findings, so their sums are the totals.
 */
export function contradictions(f: ReportFigures): string[] {
  const found: string[] = [];
  const expect = (label: string, actual: number, total: number | undefined): void => {
    if (total !== undefined && actual !== total) found.push(`${label}合计${actual}项，与总数${total}项不符`);
  };
  const { foundCount, rectifiedCount, unrectified, overdueCount, rectificationRate } = f.figures;
  const groups: [string, readonly GroupRow[]][] = [['各村居', f.byVillage], ['各类别', f.byCategory], ['各处理类别', f.byClass]];
  for (const [label, rows] of groups) {
    if (rows.length === 0) continue;
    expect(`${label}发现问题`, sum(rows, 'found'), foundCount?.numerator);
    expect(`${label}完成整改`, sum(rows, 'rectified'), rectifiedCount?.numerator);
    expect(`${label}未整改`, sum(rows, 'unrectified'), unrectified?.numerator);
    expect(`${label}逾期`, sum(rows, 'overdue'), overdueCount?.numerator);
  }
  expect('逾期清单', f.overdue.length, overdueCount?.numerator);
  if (foundCount && rectifiedCount && unrectified) {
    expect('已整改与未整改', rectifiedCount.numerator + unrectified.numerator, foundCount.numerator);
  }
  if (rectificationRate && rectifiedCount && foundCount
    && (rectificationRate.numerator !== rectifiedCount.numerator || rectificationRate.denominator !== foundCount.numerator)) {
    found.push('整改率的分子、分母与完成整改数、发现问题数不符');
  }
  return found;
}
