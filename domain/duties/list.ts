// The list of duties: what is due, where and by which rule.
import { defineCondition, type NamedCondition } from '../dictionary/filter.ts';
import { defineList } from '../dictionary/list.ts';
import { labelOf } from '../dictionary/vocabulary.ts';
import { PERMIT_CLASSES } from '../formalities/entities.ts';

const of = 'openDuty';

/** Classes of the permit by which deadlines are looked through. */
const CLASSES = ['key', 'simplified', 'registration'] as const;
const viewOf = (id: (typeof CLASSES)[number]) => `${id}Permit`;

export const dutyConditions: readonly NamedCondition[] = [
  ...CLASSES.map((id) =>
    defineCondition({ id: viewOf(id), of, label: '许可类别', yes: labelOf(PERMIT_CLASSES, id), where: 'sql' }),
  ),
  defineCondition({
    id: 'overdue',
    of,
    label: '过期',
    yes: '已过期',
    no: '没有过期',
    where: [{ field: 'dueDate', op: 'lt', value: { today: 0 } }],
  }),
  defineCondition({
    id: 'dueWithin',
    of,
    label: '到期',
    takes: { kind: 'days', initial: 30 },
    words: (days) => `${days} 天内或已过期`,
    where: [{ field: 'dueDate', op: 'le', value: { today: 'given' } }],
  }),
];

export const dutyList = defineList({
  of,
  title: '到期义务',
  counted: '项',
  placeholder: '企业、义务',
  order: ['dueDate', 'id'],
  search: ['enterpriseId', 'ruleId'],
  columns: [
    { path: 'dueDate', width: 92 },
    { path: 'ruleId', width: 'minmax(170px,1fr)', fixed: true, chars: 24 },
    { path: 'enterpriseId', width: 'minmax(170px,1.2fr)', chars: 32 },
    {
      key: 'permitClass',
      label: '许可类别',
      width: 84,
      kind: 'choice',
      vocabulary: PERMIT_CLASSES,
      sql: 'permitClassOfOwner',
    },
    { path: 'subject', width: 120 },
    { path: 'ruleId.rule', width: 180, chars: 26 },
    { path: 'ruleId.proof', width: 130, chars: 20 },
    { path: 'lastDate', width: 92, hidden: true },
    { path: 'ruleId.responsible', width: 76 },
    { path: 'ruleId.group', label: '方面', width: 96, hidden: true },
    { path: 'opensDate', width: 92, hidden: true },
    { path: 'ruleId.basis', width: 180, hidden: true },
    { path: 'enterpriseId.townId', width: 96, hidden: true },
    { path: 'enterpriseId.villageId', width: 96, hidden: true },
    { path: 'enterpriseId.responsibleStaffId', width: 84, hidden: true },
  ],
  filters: ['ruleId', 'ruleId.group', 'dueDate', 'is:overdue', 'is:dueWithin', 'enterpriseId.villageId'],
  views: [
    { id: 'due', label: '30 天内和过期', filter: [{ is: 'dueWithin', value: 30 }] },
    { id: 'overdue', label: '已过期', filter: [{ is: 'overdue' }] },
    ...CLASSES.map((id) => ({ id, label: labelOf(PERMIT_CLASSES, id), filter: [{ is: viewOf(id) }] })),
    { id: 'undated', label: '缺日期', filter: [{ field: 'dueDate', op: 'empty' }] },
    { id: 'all', label: '全部', filter: [] },
  ],
});
