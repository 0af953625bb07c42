// A contract that ends soon, or ended and nobody has said what follows.
import { defineTodayRule, type TodayRule } from '../dictionary/today.ts';

/** A new contract takes a tender. */
const SOON_DAYS = 60;
const OVER_DAYS = 30;

export const PROJECT_TODAY: readonly TodayRule[] = [
  defineTodayRule({
    id: 'contractEnd',
    of: 'serviceProject',
    title: '合同到期',
    rule: `合同期 ${SOON_DAYS} 天内结束，或结束不到 ${OVER_DAYS} 天`,
    severity: 'due',
    tone: 'amber',
    glyph: 'clock',
    where: [{ field: 'endDate', op: 'between', value: [{ today: -OVER_DAYS }, { today: SOON_DAYS }] }],
    day: 'endDate',
    text: '合同期 {startDate} 至 {endDate}，续签后请改合同期或建新项目',
    lead: '{endDate:short}',
    why: [
      { when: [{ field: 'endDate', op: 'lt', value: { today: 0 } }], is: '之后的检查不在合同期内' },
      { is: '合同就要到期' },
    ],
    tones: [{ when: [{ field: 'endDate', op: 'lt', value: { today: 0 } }], is: 'red' }],
    at: '/settings/project',
  }),
];
