// Tabs of the enterprise page and what each shows.
import type { MissingField } from '../../../contract/enterprises.ts';
import type { WritableRecord } from '../../../contract/records.ts';

export type TabId = 'overview' | 'basic' | 'formalities' | 'production' | 'waste' | 'emergency' | 'inspection' | 'people' | 'labels' | 'documents' | 'changes';

/** A tab; `counts` are keys of the page's counts that are added up. */
export interface EnterpriseTab {
  id: TabId; label: string; counts?: readonly string[];
  /** Section of the file that is verified, and the records that are shown. */
  section?: string; tables?: readonly WritableRecord[]; extensions?: readonly WritableRecord[];
}

/** In the order of the keys 1–9. */
export const ENTERPRISE_TABS: readonly EnterpriseTab[] = [
  { id: 'overview', label: '概况' },
  { id: 'basic', label: '基本信息', section: 'basic' },
  { id: 'formalities', label: '环保手续', section: 'formalities', counts: ['eiaProject', 'acceptance', 'permit'], tables: ['eiaProject', 'acceptance', 'permit'] },
  { id: 'production', label: '生产与产污', section: 'production', counts: ['product'], tables: ['product'] },
  { id: 'waste', label: '废物', section: 'waste', extensions: ['hazWasteProfile'] },
  { id: 'inspection', label: '检查与问题', counts: ['finding'] },
  { id: 'emergency', label: '应急', section: 'emergency', counts: ['emergencyPlan'], tables: ['emergencyPlan'] },
  { id: 'people', label: '联系人', counts: ['contact'], tables: ['contact', 'formerName'] },
  { id: 'labels', label: '标签与名录', counts: ['label', 'keyListEntry'], tables: ['label', 'keyListEntry', 'enterpriseTag', 'statusHistory'] },
  { id: 'documents', label: '附件', counts: ['attachment'] },
  { id: 'changes', label: '变更记录' },
];

/** The tab on which a missing field can be filled in. */
export function tabOfMissing(missing: MissingField): TabId {
  if (missing.entity === 'enterprise') return 'overview';
  return ENTERPRISE_TABS.find((tab) => [...(tab.tables ?? []), ...(tab.extensions ?? [])].includes(missing.entity as WritableRecord))?.id
    ?? (missing.entity.endsWith('Block') ? 'production' : 'documents');
}
