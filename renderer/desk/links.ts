// Where a record is shown: addresses inside the window, by the facet `page` of its kind.
import { metaOf } from '../../domain/dictionary/field.ts';
import { entityNamed, hasEntity } from '../../domain/entities.ts';

/**
 * Path of the page of a record, or of the record that it is looked at in; null when it has none. `parentId` is the enterprise (or
 * other record) that a row without a page of its own belongs to.
 */
export function pathOf(kind: string, id: string, parentId?: string | null): string | null {
  if (!hasEntity(kind)) return null;
  const entity = entityNamed(kind);
  const { page } = entity.facets;
  if (page && 'route' in page) return `${page.route}/${id}`;
  if (!parentId) return null;
  if (entity.shape === 'attachment') return `${pathOf('enterprise', parentId)}?tab=documents`;
  const target = page ? metaOf(entity.fields[page.within] as never).target : undefined;
  return pathOf(target ?? 'enterprise', parentId);
}
