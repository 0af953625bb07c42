// Tabs of the enterprise file. What each shows is said by the kinds of record themselves (facet `file`).
import { ENTITIES } from '../entities.ts';
import type { EntityDefinition } from '../dictionary/entity.ts';
import type { FileFacet } from '../dictionary/facets.ts';
import type { IdOf } from '../dictionary/vocabulary.ts';
import type { FILE_SECTIONS } from './vocabulary.ts';

/** A tab; `section` is the part of the file that a person verifies there. */
export interface FileTab {
  readonly id: string;
  readonly label: string;
  readonly section?: IdOf<typeof FILE_SECTIONS>;
}

/** In the order of the keys 1–9. */
export const FILE_TABS = [
  { id: 'overview', label: '概况' },
  { id: 'basic', label: '基本信息', section: 'basic' },
  { id: 'formalities', label: '环保手续', section: 'formalities' },
  { id: 'production', label: '生产与产污', section: 'production' },
  { id: 'waste', label: '废物', section: 'waste' },
  { id: 'supervision', label: '监管专项' },
  { id: 'inspection', label: '检查与问题' },
  { id: 'monitoring', label: '监测', section: 'monitoring' },
  { id: 'penalty', label: '行政处罚', section: 'credit' },
  { id: 'credit', label: '信用评价', section: 'credit' },
  { id: 'emergency', label: '应急', section: 'emergency' },
  { id: 'duties', label: '定期义务' },
  { id: 'people', label: '联系人' },
  { id: 'labels', label: '标签与名录' },
  { id: 'documents', label: '附件' },
  { id: 'changes', label: '变更记录' },
] as const satisfies readonly FileTab[];

/** Id of a tab. */
export type FileTabId = (typeof FILE_TABS)[number]['id'];

/** A kind of record in the file. */
export interface FilePart {
  readonly entity: EntityDefinition;
  readonly facet: FileFacet;
}

/** Kinds that the file shows, in the order of tab and place. */
export const FILE_PARTS: readonly FilePart[] = ENTITIES.flatMap((entity) =>
  entity.facets.file ? [{ entity, facet: entity.facets.file }] : [],
).sort((a, b) => a.facet.order - b.facet.order);

/** Kinds on a tab; with an object kind, without those that are not for it. */
export function partsOfTab(tab: string, objectKind?: string): readonly FilePart[] {
  return FILE_PARTS.filter(
    ({ facet }) =>
      facet.tab === tab && (objectKind === undefined || !facet.objectKinds || facet.objectKinds.includes(objectKind)),
  );
}

/** The part of the file that rows of a kind stand in: that of their tab, else the basic information. */
export const fileSectionOf = (entity: EntityDefinition): IdOf<typeof FILE_SECTIONS> =>
  (FILE_TABS as readonly FileTab[]).find((tab) => tab.id === entity.facets.file?.tab)?.section ?? 'basic';
