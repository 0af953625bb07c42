// Targets of rounds that are planned up to today and not begun.
import { defineTodayRule, type TodayRule } from '../dictionary/today.ts';
import { OF_ENTERPRISE_IN_SCOPE } from '../enterprises/vocabulary.ts';
import { INSPECTIONS_TODAY, PLANNED_PURPOSE, purposeWords } from '../visits/today.ts';

/** A plan that is older is no plan for today. */
const PLAN_DAYS = 14;

export const TARGET_TODAY: readonly TodayRule[] = [
  defineTodayRule({
    ...INSPECTIONS_TODAY,
    id: 'plannedTarget',
    of: 'roundTarget',
    title: '轮次计划',
    rule: `计划在近 ${PLAN_DAYS} 天内，还没有检查`,
    group: INSPECTIONS_TODAY,
    where: [
      { field: 'status', op: 'eq', value: 'pending' },
      { field: 'plannedDate', op: 'between', value: [{ today: 1 - PLAN_DAYS }, { today: 0 }] },
      OF_ENTERPRISE_IN_SCOPE,
      { has: 'visit', where: [{ field: 'state', op: 'eq', value: 'draft' }], not: true },
    ],
    day: 'plannedDate',
    text: purposeWords(PLANNED_PURPOSE),
    enterprise: 'enterpriseId',
    owner: 'staffId',
    lead: '',
    why: '{roundId.name}',
    tail: '未开始',
    opens: 'enterpriseId',
  }),
];
