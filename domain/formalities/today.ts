// Papers that end: the permit and the emergency plan that count, and the contract for hazardous waste.
import type { Path } from '../dictionary/facets.ts';
import type { Filter } from '../dictionary/filter.ts';
import { defineTodayRule, type RowWords, type TodayGroup, type TodayRule } from '../dictionary/today.ts';
import { OF_ENTERPRISE_IN_SCOPE } from '../enterprises/vocabulary.ts';

/** Papers that run out within this many days are announced (domain reference 2.5, alert levels). */
export const EXPIRY_HORIZON_DAYS = 90;

const EXPIRING: TodayGroup = {
  id: 'expiring',
  title: '即将到期',
  rule: '许可、其他证照、预案、处置合同：已到期、30、60、90 天',
  severity: 'watch',
  tone: 'amber',
  glyph: 'clock',
  none: `${EXPIRY_HORIZON_DAYS} 天内没有`,
};

/** The first day of these that is filled is so many days ahead at most. */
const within = ([day = '', ...others]: readonly Path[], days: number): Filter => {
  const near = { field: day, op: 'le', value: { today: days } } as const;
  return others.length === 0 ? [near] : [{ any: [[near], [{ field: day, op: 'empty' }, ...within(others, days)]] }];
};

/** How near an end is; `ends` is over later than what is to be done by `due`, as a permit is renewed before its end. */
const bands = (due: readonly Path[], ends: Path): RowWords => [
  { when: within([ends], -1), is: '已到期' },
  { when: within(due, -1), is: '应已申请' },
  { when: within(due, 30), is: '30 天内' },
  { when: within(due, 60), is: '60 天内' },
  { is: '90 天内' },
];

/** What the rules of papers have alike. */
const ending = (due: readonly Path[], ends: Path) => ({
  severity: 'watch' as const,
  tone: 'blue' as const,
  glyph: 'clock',
  group: EXPIRING,
  where: [...within(due, EXPIRY_HORIZON_DAYS), OF_ENTERPRISE_IN_SCOPE],
  day: due,
  enterprise: 'enterpriseId',
  owner: 'enterpriseId.responsibleStaffId',
  lead: bands(due, ends),
  rest: { by: bands(due, ends), ordered: true as const },
  tail: [
    { when: within([ends], -1), is: `过期 {${ends}:past} 天` },
    { when: within(due, -1), is: '申请迟 {day:past} 天' },
    { is: '剩 {day:left} 天' },
  ],
  tones: [
    { when: within(due, -1), is: 'red' as const },
    { when: within(due, 60), is: 'amber' as const },
  ],
});

const permitEnding = ending(['renewDueDate', 'validTo'], 'validTo');
/** The class asks for no application before the end. */
const NO_RENEWAL: Filter = [{ field: 'renewDueDate', op: 'empty' }];

export const PERMIT_TODAY: readonly TodayRule[] = [
  defineTodayRule({
    ...permitEnding,
    id: 'permitEnding',
    of: 'permit',
    title: '排污许可',
    rule: '现行的许可，90 天内到期或该申请延续',
    where: [{ is: 'inForce' }, ...permitEnding.where],
    text: [{ when: NO_RENEWAL, is: '排污许可（{validTo} 到期）' }, { is: '排污许可延续申请（{validTo} 到期）' }],
    why: [
      { when: NO_RENEWAL, is: '有效期' },
      { when: [{ field: 'managementClass', op: 'eq', value: 'registration' }], is: '届满前 20 天' },
      { is: '届满前 60 天' },
    ],
  }),
];

const licenceEnding = ending(['validTo'], 'validTo');

export const LICENCE_TODAY: readonly TodayRule[] = [
  defineTodayRule({
    ...licenceEnding,
    id: 'licenceEnding',
    of: 'otherLicence',
    title: '其他证照',
    rule: '现行的证照，90 天内到期',
    where: [{ is: 'inForce' }, ...licenceEnding.where],
    text: '{kind}（{validTo} 到期）',
    why: '有效期',
  }),
];

const planEnding = ending(['reviewDueDate'], 'reviewDueDate');

export const PLAN_TODAY: readonly TodayRule[] = [
  defineTodayRule({
    ...planEnding,
    id: 'planReview',
    of: 'emergencyPlan',
    title: '应急预案',
    rule: '现行的预案，90 天内满 3 年',
    where: [{ is: 'inForce' }, ...planEnding.where],
    text: '应急预案三年复审（备案 {filingDate}）',
    why: '备案满 3 年',
  }),
];

const contractEnding = ending(['contractEnd'], 'contractEnd');

export const WASTE_TODAY: readonly TodayRule[] = [
  defineTodayRule({
    ...contractEnding,
    id: 'wasteContract',
    of: 'hazWasteProfile',
    title: '危废处置合同',
    rule: '现行的处置合同，90 天内到期',
    where: [{ is: 'inForce' }, ...contractEnding.where],
    text: '危废处置合同（{contractEnd} 到期）',
    why: '合同到期日',
  }),
];
