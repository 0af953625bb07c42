// The same values for all rows that a filter finds.
import { MOST_EDITED, type EditDone, type EditPreview } from '../../contract/edits.ts';
import type { Values } from '../../contract/shared.ts';
import { fieldsForMany } from '../../domain/dictionary/edits.ts';
import type { EntityDefinition } from '../../domain/dictionary/entity.ts';
import type { Filter } from '../../domain/dictionary/filter.ts';
import { listOf } from '../../domain/lists.ts';
import type { Context } from '../context.ts';
import { refused } from '../errors.ts';
import { listIds } from '../lists/index.ts';
import { applyChanges } from './apply.ts';
import { editedKind, planChanges, previewOf, type Change, type Changes, type EditControl } from './plan.ts';

/** What is asked for. */
export interface BatchEdit {
  readonly kind: string;
  readonly filter: Filter;
  readonly values: Values;
}

/** The values with how exactly their days are known. @throws REFUSED for a field that tells one row from another */
function valuesForMany(entity: EntityDefinition, values: Values): Values {
  const may = fieldsForMany(entity);
  const strange = Object.keys(values).filter((name) => !may.some((field) => field.name === name));
  const offered = may.map(({ name, meta }) => `${name}（${meta.label}）`).join('、');
  if (strange.length > 0) throw refused(`${entity.label}的 ${strange.join('、')} 不能批量修改；可以改的是：${offered}`);
  const precisions = Object.entries(values).flatMap(([name, value]) =>
    `${name}Precision` in entity.fields ? [[`${name}Precision`, value === null ? null : 'day'] as const] : [],
  );
  return { ...values, ...Object.fromEntries(precisions) };
}

/** @throws REFUSED for too many rows */
function requireFewEnough(total: number): void {
  if (total > MOST_EDITED)
    throw refused(`一次最多改 ${MOST_EDITED.toLocaleString()} 条，现有 ${total.toLocaleString()} 条。请用条件分几次改`);
}

async function changesOf(ctx: Context, { kind, filter, values }: BatchEdit): Promise<Changes> {
  const given = valuesForMany(editedKind(kind), values);
  const ids = await listIds(ctx, { kind, filter, sort: null });
  requireFewEnough(ids.length);
  async function* changes(): AsyncGenerator<Change> {
    for (const id of ids) yield await Promise.resolve({ id, values: given });
  }
  return { kind, total: ids.length, changes: changes() };
}

/** What the edit would do. @throws REFUSED for a kind, a field or a filter that does not fit, or too many rows */
export async function previewEdit(ctx: Context, edit: BatchEdit, control: EditControl): Promise<EditPreview> {
  return await previewOf(ctx, await planChanges(ctx, await changesOf(ctx, edit), control));
}

/** Makes the edit as it was seen in its preview, in one action. @throws REFUSED */
export async function applyEdit(
  ctx: Context,
  edit: BatchEdit & { seen: string },
  control: EditControl,
): Promise<EditDone> {
  const entity = editedKind(edit.kind);
  const fields = fieldsForMany(entity).filter(({ name }) => name in edit.values);
  const what = fields.map(({ meta }) => meta.label).join('、');
  const { counted } = listOf(edit.kind);
  const name = (count: number): string => `批量修改 ${count} ${counted}${entity.label}的${what}`;
  return await applyChanges(ctx, { ...(await changesOf(ctx, edit)), name, seen: edit.seen }, control);
}
