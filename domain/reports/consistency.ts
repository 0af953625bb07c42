// Checks before a report is issued: figures that contradict each other, said as sentences.
import type { FigureCode, GroupCounts, GroupRow, ReportFigures } from './figures.ts';

const sum = (rows: readonly GroupCounts[], key: 'found' | 'rectified' | 'unrectified' | 'overdue'): number =>
  rows.reduce((total, row) => total + row[key], 0);

/**
 * Contradictions inside one figures object; an empty list means that text, tables and charts agree.
 * Villages, categories and classes each split the same findings, so their sums are the totals; the main cohort holds the whole period.
 */
export function contradictions(f: ReportFigures): string[] {
  const found: string[] = [];
  const expect = (label: string, actual: number, total: number | undefined): void => {
    if (total !== undefined && actual !== total) found.push(`${label}合计${actual}项，与总数${total}项不符`);
  };
  const { foundCount, rectifiedCount, unrectified, overdueCount, rectificationRate } = f.figures;
  const groups: [string, readonly GroupRow[]][] = [
    ['各村居', f.byVillage],
    ['各类别', f.byCategory],
    ['各处理类别', f.byClass],
  ];
  for (const [label, rows] of groups) {
    if (rows.length === 0) continue;
    expect(`${label}发现问题`, sum(rows, 'found'), foundCount?.numerator);
    expect(`${label}完成整改`, sum(rows, 'rectified'), rectifiedCount?.numerator);
    expect(`${label}未整改`, sum(rows, 'unrectified'), unrectified?.numerator);
    expect(`${label}逾期`, sum(rows, 'overdue'), overdueCount?.numerator);
    const period = rows.flatMap((row) => (row.period ? [row.period] : []));
    if (period.length < rows.length) continue;
    expect(`${label}本期发现问题`, sum(period, 'found'), f.figures.periodFoundCount?.numerator);
    expect(`${label}本期完成整改`, sum(period, 'rectified'), f.figures.periodRectifiedCount?.numerator);
  }
  if (f.staffDays)
    for (const [code, of] of [
      ['staffDays', 'year'],
      ['periodStaffDays', 'period'],
    ] as const) {
      const days = f.staffDays.reduce((total, row) => total + row[of], 0);
      const said = f.figures[code];
      if (said && said.numerator !== days)
        found.push(`${said.label}各人合计${days}人日，与总数${said.printed}人日不符`);
    }
  const visited = f.byVillage.reduce((total, row) => total + row.visited, 0);
  const { visitedEnterprises } = f.figures;
  if (visitedEnterprises && f.byVillage.length > 0 && visited !== visitedEnterprises.numerator)
    found.push(`各村居检查企业合计${visited}家，与总数${visitedEnterprises.numerator}家不符`);
  expect('逾期清单', f.overdue.length, overdueCount?.numerator);
  if (f.earlier) expect('往年未销号清单', f.earlier.length, f.figures.openOfEarlierYears?.numerator);
  if (foundCount && rectifiedCount && unrectified) {
    expect('已整改与未整改', rectifiedCount.numerator + unrectified.numerator, foundCount.numerator);
  }
  if (
    rectificationRate &&
    rectifiedCount &&
    foundCount &&
    (rectificationRate.numerator !== rectifiedCount.numerator || rectificationRate.denominator !== foundCount.numerator)
  ) {
    found.push('整改率的分子、分母与完成整改数、发现问题数不符');
  }
  const { periodFoundCount, periodClosedCount, periodClosedEarlier } = f.figures;
  expect('问题清单', f.findings.length, periodFoundCount?.numerator);
  const within: [FigureCode, FigureCode][] = [
    ['periodFoundCount', 'foundCount'],
    ['periodVisitCount', 'visitCount'],
    ['periodVisitedEnterprises', 'visitedEnterprises'],
  ];
  for (const [part, whole] of within) {
    const [p, w] = [f.figures[part], f.figures[whole]];
    if (p && w && p.numerator > w.numerator)
      found.push(`${p.label}${p.printed}${p.unit}，多于${w.label}${w.printed}${w.unit}`);
  }
  if (periodClosedCount) {
    const listed = f.findings.filter(
      (row) => row.closedDate !== null && row.closedDate >= f.period.from && row.closedDate <= f.period.to,
    ).length;
    if (listed > periodClosedCount.numerator)
      found.push(`问题清单中本期销号${listed}项，多于本期销号数${periodClosedCount.numerator}项`);
    if (foundCount && periodClosedCount.numerator - (periodClosedEarlier?.numerator ?? 0) > foundCount.numerator)
      found.push(`本期销号${periodClosedCount.numerator}项，多于发现问题数${foundCount.numerator}项`);
  }
  return found;
}
