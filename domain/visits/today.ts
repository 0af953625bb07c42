// Inspections of today: those begun and those that wait for a signature; what is planned stands beside them (rounds/today.ts).
import { defineTodayRule, type TodayGroup, type TodayRule } from '../dictionary/today.ts';
import { VISIT_PURPOSES } from './vocabulary.ts';

/** Inspections that are begun and not ended, or planned and not begun. */
export const INSPECTIONS_TODAY: TodayGroup = {
  id: 'visits',
  title: '今天检查',
  rule: '计划在今天或之前、还没有做完',
  severity: 'work',
  tone: 'plain',
  glyph: 'clock',
  none: '没有安排',
  whole: true,
  apart: true,
};

/** Whoever has not signed for longer will not. */
const SIGN_DAYS = 30;

const OPEN_FINDINGS = '未销号 {enterpriseId.openFindings} 项';

/** A purpose, and how many findings of the enterprise are open. */
export const purposeWords = (purpose: string): TodayRule['text'] => [
  { when: [{ field: 'enterpriseId.openFindings', op: 'gt', value: 0 }], is: `${purpose}　${OPEN_FINDINGS}` },
  { is: purpose },
];

/** What is planned is of this purpose unless somebody says otherwise. */
export const PLANNED_PURPOSE = VISIT_PURPOSES.labels.routine;

export const VISIT_TODAY: readonly TodayRule[] = [
  defineTodayRule({
    ...INSPECTIONS_TODAY,
    id: 'visitToday',
    of: 'visit',
    title: '现场检查',
    rule: '已经开始、还没有结束的检查',
    group: INSPECTIONS_TODAY,
    where: [
      { field: 'state', op: 'eq', value: 'draft' },
      { field: 'date', op: 'le', value: { today: 0 } },
    ],
    day: 'date',
    then: 'timeFrom',
    text: purposeWords('{purposes}'),
    enterprise: 'enterpriseId',
    owner: 'enterpriseId.responsibleStaffId',
    who: 'staff',
    lead: '{timeFrom}',
    why: '{roundId.name|单次检查}',
    tail: '{state}',
    tones: 'blue',
  }),
  /** Ended, and the enterprise has neither signed nor refused to. */
  defineTodayRule({
    id: 'visitToSign',
    of: 'visit',
    title: '待签字的检查',
    rule: `近 ${SIGN_DAYS} 天结束的检查，企业还没有签字`,
    severity: 'work',
    tone: 'plain',
    glyph: 'sub',
    none: '没有',
    where: [
      { field: 'state', op: 'eq', value: 'recorded' },
      { is: 'visited' },
      { field: 'date', op: 'between', value: [{ today: 1 - SIGN_DAYS }, { today: 0 }] },
    ],
    day: 'date',
    then: 'timeFrom',
    text: purposeWords('{purposes}'),
    enterprise: 'enterpriseId',
    owner: 'enterpriseId.responsibleStaffId',
    who: 'staff',
    lead: '{date:short}',
    why: '{roundId.name|单次检查}',
    tail: '去签字',
  }),
];
