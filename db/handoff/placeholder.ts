// Rows that are only there to be referred to: what stands in a table for something that was not received.
import type { EntityDefinition } from '../../domain/dictionary/entity.ts';
import { entityNamed } from '../../domain/entities.ts';
import type { Scalar } from '../../domain/handoff/operation.ts';
import { naturalId } from '../natural-id.ts';
import { columnsOf } from '../schema/columns.ts';
import type { RowPlan } from './row-plan.ts';

/** Time of deletion of rows that are in their table only because others refer to them: merged away, or not received yet. */
export const SHADOW = '1970-01-01T00:00:00.000Z';

/** The id that a required reference of a stub leads to: a stub too, one of each kind. */
const nobody = (target: string | undefined): string =>
  target ? naturalId(entityNamed(target), 'nobody') : '00000000-0000-4000-8000-000000000000';

/** A row that is only there to be referred to: required fields at neutral values, in the bin. */
export function placeholder(entity: EntityDefinition, id: string, action: 'shadow' | 'stub' | 'drop'): RowPlan {
  const values: Record<string, Scalar> = {};
  for (const c of columnsOf(entity)) {
    if (!c.meta || c.meta.derived) continue;
    values[c.field] = c.nullable
      ? null
      : c.meta.kind === 'reference'
        ? nobody(c.meta.target)
        : neutral(c.type, c.meta.kind, c.initial, c.meta.vocabulary?.ids[0]);
  }
  if (entity.title && entity.title in values) values[entity.title] = '尚未收到';
  values.deletedAt = SHADOW;
  return {
    entity: entity.name,
    id,
    action,
    values,
    createdAt: SHADOW,
    updatedAt: SHADOW,
    stream: '',
    birth: '',
    heads: [],
    conflicts: [],
    deleted: true,
    before: null,
  };
}

function neutral(
  type: 'text' | 'integer',
  kind: string,
  initial: string | number | boolean | null,
  firstId: string | undefined,
): Scalar {
  if (initial !== null) return typeof initial === 'boolean' ? Number(initial) : initial;
  if (type === 'integer') return 0;
  return kind === 'day' ? '1970-01-01' : kind === 'instant' ? SHADOW : (firstId ?? '尚未收到');
}
