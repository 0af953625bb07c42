// Words of inspection rounds (domain reference 2.7, 3.1).
import { labelOf, vocabulary } from '../dictionary/vocabulary.ts';

export const ROUND_STATES = vocabulary({ planned: '计划', running: '进行中', reviewing: '核对中', finished: '已完成' });
export const SCOPE_RULES = vocabulary({
  all: '全部在册企业',
  with_finding_in_base: '上一轮有问题的企业',
  with_open_finding: '有未销号问题的企业',
  by_risk: '未达年度频次的企业',
  custom: '自选名单',
});
export const TARGET_STATUSES = vocabulary({
  pending: '待查',
  visited: '已查',
  refused: '拒查',
  closed_door: '关门',
  skipped: '不查',
});
export const SKIP_REASONS = vocabulary({
  closed: '已关停',
  relocated: '已搬离',
  not_found: '查无',
  duplicate: '重复',
  refused: '多次拒查',
  closed_door: '多次关门',
  other: '其他',
});

/** Reasons that take a target out of the denominator of coverage (domain reference 2.7). */
export const SKIPS_OUT_OF_DENOMINATOR = ['closed', 'relocated', 'not_found', 'duplicate'] as const;

/** "3 家关停、1 家搬离": how many need no visit any more, by reason. */
export const leftWords = (left: readonly { readonly reason: string | null; readonly count: number }[]): string =>
  left.map(({ reason, count }) => `${count} 家${labelOf(SKIP_REASONS, reason).replace(/^已/, '')}`).join('、');

/** A refused or closed-door target is retried at most this often (domain reference 3.1). */
export const MAX_RETRIES = 3;
