// Conditions of the enterprise list: what can be asked and how a chip says it.
import type { EnterpriseFilter } from '../../../contract/enterprises.ts';
import { LABEL_VALUES, LABEL_VALUES_OF, OBJECT_KINDS, OPERATING_STATUSES } from '../../../domain/enterprises/vocabulary.ts';
import { PERMIT_CLASSES } from '../../../domain/formalities/entities.ts';
import { labelOf, type Vocabulary } from '../../../domain/dictionary/vocabulary.ts';
import { fieldLabel } from '../../components/record-fields.ts';

export type FilterKey = Exclude<keyof EnterpriseFilter, 'text' | 'ids' | 'deleted'>;

/** One condition that can be added. */
export type FilterField = { key: FilterKey; label: string } & (
  | { kind: 'choices'; vocabulary: Vocabulary; ids?: readonly string[] }
  | { kind: 'rows'; target: 'area' | 'staff' | 'round'; level?: string; single?: boolean }
  | { kind: 'flag'; yes: string; no?: string }
  | { kind: 'days'; standard: number; text: (days: number) => string }
  | { kind: 'tags' }
);

const own = (field: string) => fieldLabel('enterprise', field);

/** Conditions in the order of the menu. */
export const FILTER_FIELDS: readonly FilterField[] = [
  { key: 'villageIds', label: own('villageId'), kind: 'rows', target: 'area', level: 'village' },
  { key: 'townIds', label: own('townId'), kind: 'rows', target: 'area', level: 'town' },
  { key: 'parkIds', label: own('parkId'), kind: 'rows', target: 'area', level: 'park' },
  { key: 'objectKinds', label: own('objectKind'), kind: 'choices', vocabulary: OBJECT_KINDS },
  { key: 'operatingStatuses', label: own('operatingStatus'), kind: 'choices', vocabulary: OPERATING_STATUSES },
  { key: 'overallRisks', label: '综合风险', kind: 'choices', vocabulary: LABEL_VALUES, ids: LABEL_VALUES_OF['overall_risk'] ?? [] },
  { key: 'permitClasses', label: fieldLabel('permit', 'managementClass'), kind: 'choices', vocabulary: PERMIT_CLASSES },
  { key: 'permitExpiringDays', label: '许可到期', kind: 'days', standard: 90, text: (days) => `${days} 天内到期或已过期` },
  { key: 'withOpenFindings', label: '未销号问题', kind: 'flag', yes: '有', no: '没有' },
  { key: 'notVisitedInRoundId', label: '本轮未查', kind: 'rows', target: 'round', single: true },
  { key: 'responsibleStaffIds', label: own('responsibleStaffId'), kind: 'rows', target: 'staff' },
  { key: 'unassigned', label: '未分配责任人', kind: 'flag', yes: '' },
  { key: 'staleDays', label: '长期未核实', kind: 'days', standard: 180, text: (days) => `超过 ${days} 天` },
  { key: 'inScope', label: '服务范围', kind: 'flag', yes: '在范围内', no: '不在范围内' },
  { key: 'tags', label: '自定义标签', kind: 'tags' },
  { key: 'suspectedDuplicate', label: own('suspectedDuplicate'), kind: 'flag', yes: '' },
  { key: 'withoutVillage', label: '未划分村居', kind: 'flag', yes: '' },
];


/** What a chip says of a value; `names` are those of chosen rows. */
export function filterText(field: FilterField, value: unknown, names: Readonly<Record<string, string>>): string {
  switch (field.kind) {
    case 'choices': return (value as string[]).map((id) => labelOf(field.vocabulary, id)).join('、');
    case 'rows': return (Array.isArray(value) ? (value as string[]) : [String(value)]).map((id) => names[id] ?? '…').join('、');
    case 'flag': return value === true ? field.yes : (field.no ?? '否');
    case 'days': return field.text(Number(value));
    case 'tags': return (value as string[]).join('、');
  }
}

/** Chips of a filter, in the order of the menu. */
export function filterChips(filter: EnterpriseFilter, names: Readonly<Record<string, string>>): { key: string; label: string; value: string }[] {
  const chips = FILTER_FIELDS.filter((field) => filter[field.key] !== undefined).map((field) => ({ key: field.key as string, label: field.label, value: filterText(field, filter[field.key], names) }));
  if (filter.ids) chips.push({ key: 'ids', label: '指定企业', value: `${filter.ids.length} 家` });
  return chips;
}

/** The filter without one condition. */
export function withoutFilter(filter: EnterpriseFilter, key: string): EnterpriseFilter {
  return Object.fromEntries(Object.entries(filter).filter(([name]) => name !== key)) as EnterpriseFilter;
}
