// Which tab of the enterprise page to open.
import type { MissingField } from '../../../contract/enterprises.ts';
import { entityNamed } from '../../../domain/entities.ts';
import { FILE_TABS, partsOfTab, type FileTabId } from '../../../domain/enterprises/file-tabs.ts';

/** The tab on which a missing field can be filled in. */
export const tabOfMissing = (missing: MissingField): FileTabId => tabOfKind(missing.entity);

/** The tab on which rows of a kind stand. */
export function tabOfKind(kind: string): FileTabId {
  const { tab } = entityNamed(kind).facets.file ?? {};
  return FILE_TABS.find((one) => one.id === tab)?.id ?? 'overview';
}

/** What a tab counts: rows of its kinds, or the files; null where it counts nothing. */
export function countOfTab(tab: FileTabId, counts: Readonly<Record<string, number>>): number | null {
  if (tab === 'documents') return counts['attachment'] ?? null;
  const counted = partsOfTab(tab).filter(({ facet }) => facet.count);
  return counted.length === 0 ? null : counted.reduce((sum, { entity }) => sum + (counts[entity.name] ?? 0), 0);
}
