// Conditions of the finding list: the ready views, what may be added, and how each reads as a chip.
import type { FindingFilter } from '../../../contract/findings.ts';
import { FINDING_STATE_VOCABULARY } from '../../../domain/findings/entities.ts';
import { FINDING_CATEGORIES, HANDLING_CLASSES } from '../../../domain/findings/vocabulary.ts';
import { labelOf, type Vocabulary } from '../../../domain/dictionary/vocabulary.ts';

/** Lists that are one click away. */
export const VIEWS: readonly { id: string; label: string; filter: FindingFilter }[] = [
  { id: 'open', label: '未销号', filter: { open: true } },
  { id: 'overdue', label: '逾期', filter: { overdue: true } },
  { id: 'due', label: '7 天内到期', filter: { dueWithinDays: 7 } },
  { id: 'submitted', label: '待复核', filter: { statuses: ['submitted'] } },
  { id: 'draft', label: '草稿', filter: { statuses: ['draft'] } },
  { id: 'closed', label: '已销号', filter: { statuses: ['closed'] } },
  { id: 'all', label: '全部', filter: {} },
];

/** The view whose conditions these are, or null. */
export function viewOf(filter: FindingFilter): string | null {
  const { text: _, ...rest } = filter;
  return VIEWS.find((view) => JSON.stringify(view.filter) === JSON.stringify(rest))?.id ?? null;
}

export type ConditionKey = 'statuses' | 'categories' | 'handlingClasses' | 'villageIds' | 'roundId' | 'responsibleStaffId' | 'dueWithinDays' | 'found';

/** Conditions that may be added, in the order of the menu. */
export const CONDITIONS: readonly { key: ConditionKey; label: string; vocabulary?: Vocabulary; target?: 'area' | 'round' | 'staff' }[] = [
  { key: 'statuses', label: '状态', vocabulary: FINDING_STATE_VOCABULARY },
  { key: 'categories', label: '问题类别', vocabulary: FINDING_CATEGORIES },
  { key: 'handlingClasses', label: '处理类别', vocabulary: HANDLING_CLASSES },
  { key: 'villageIds', label: '村居', target: 'area' },
  { key: 'roundId', label: '轮次', target: 'round' },
  { key: 'responsibleStaffId', label: '企业责任人', target: 'staff' },
  { key: 'dueWithinDays', label: '几天内到期' },
  { key: 'found', label: '发现日期' },
];

const several = (words: readonly string[]): string => (words.length > 3 ? `${words.slice(0, 2).join('、')}等 ${words.length} 项` : words.join('、'));

/** The conditions as chips; `nameOf` names ids. */
export function chipsOf(filter: FindingFilter, nameOf: (id: string) => string): { key: string; label: string; value: string }[] {
  const chips: { key: string; label: string; value: string }[] = [];
  const add = (key: string, label: string, value: string) => { chips.push({ key, label, value }); };
  if (filter.open) add('open', '未销号', '');
  if (filter.overdue) add('overdue', '逾期', '');
  if (filter.dueWithinDays !== undefined) add('dueWithinDays', '到期', `${filter.dueWithinDays} 天内`);
  for (const { key, label, vocabulary } of CONDITIONS) {
    const value = filter[key as keyof FindingFilter];
    if (vocabulary && Array.isArray(value) && value.length) add(key, label, several(value.map((id) => labelOf(vocabulary, id))));
  }
  if (filter.villageIds?.length) add('villageIds', '村居', several(filter.villageIds.map(nameOf)));
  if (filter.roundId) add('roundId', '轮次', nameOf(filter.roundId));
  if (filter.enterpriseId) add('enterpriseId', '企业', nameOf(filter.enterpriseId));
  if (filter.visitId) add('visitId', '现场检查', '这一次');
  if (filter.responsibleStaffId) add('responsibleStaffId', '企业责任人', nameOf(filter.responsibleStaffId));
  if (filter.foundFrom || filter.foundTo) add('found', '发现日期', `${filter.foundFrom ?? ''} 至 ${filter.foundTo ?? ''}`.trim());
  if (filter.ids?.length) add('ids', '名单', `${filter.ids.length} 项`);
  return chips;
}
