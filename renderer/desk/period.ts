// The period that figures and lists are about: this month, a quarter, a year, the contract, or one's own.

export type PeriodKind = 'project' | 'month' | 'lastMonth' | 'quarter' | 'half' | 'year' | 'lastYear' | 'custom';

/** First and last day with what they are called. */
export interface Period {
  kind: PeriodKind;
  from: string;
  to: string;
  label: string;
}

const two = (n: number) => String(n).padStart(2, '0');
const lastDay = (year: number, month: number) =>
  `${year}-${two(month)}-${two(new Date(Date.UTC(year, month, 0)).getUTCDate())}`;
const months = (year: number, first: number, last: number) => ({
  from: `${year}-${two(first)}-01`,
  to: lastDay(year, last),
});

/** A chosen kind of period, worked out for today; without a project the contract period is the calendar year. */
export function periodOf(
  chosen: { kind: PeriodKind; from: string; to: string },
  today: string,
  project: { startDate: string; endDate: string } | null,
): Period {
  const year = Number(today.slice(0, 4));
  const month = Number(today.slice(5, 7));
  const quarter = Math.ceil(month / 3);
  const half = month <= 6 ? 1 : 2;
  switch (chosen.kind) {
    case 'project':
      return project
        ? { kind: 'project', from: project.startDate, to: project.endDate, label: '合同期' }
        : { kind: 'project', ...months(year, 1, 12), label: `${year} 年` };
    case 'month':
      return { kind: 'month', ...months(year, month, month), label: `${year} 年 ${month} 月` };
    case 'lastMonth': {
      const [y, m] = month === 1 ? [year - 1, 12] : [year, month - 1];
      return { kind: 'lastMonth', ...months(y, m, m), label: `${y} 年 ${m} 月` };
    }
    case 'quarter':
      return { kind: 'quarter', ...months(year, quarter * 3 - 2, quarter * 3), label: `${year} 年第 ${quarter} 季度` };
    case 'half':
      return {
        kind: 'half',
        ...months(year, half === 1 ? 1 : 7, half === 1 ? 6 : 12),
        label: `${year} ${half === 1 ? '上' : '下'}半年`,
      };
    case 'year':
      return { kind: 'year', ...months(year, 1, 12), label: `${year} 年` };
    case 'lastYear':
      return { kind: 'lastYear', ...months(year - 1, 1, 12), label: `${year - 1} 年` };
    case 'custom':
      return { kind: 'custom', from: chosen.from, to: chosen.to, label: `${chosen.from} 至 ${chosen.to}` };
  }
}

/** Kinds of period in the order of the menu. */
export const PERIOD_KINDS: readonly { kind: PeriodKind; label: string }[] = [
  { kind: 'project', label: '合同期' },
  { kind: 'month', label: '本月' },
  { kind: 'lastMonth', label: '上月' },
  { kind: 'quarter', label: '本季度' },
  { kind: 'half', label: '本半年' },
  { kind: 'year', label: '本年度' },
  { kind: 'lastYear', label: '上年度' },
  { kind: 'custom', label: '自选日期' },
];
