// Views that somebody saved: records of the office, with history and undo, that never travel.
import type { Filter } from '../../domain/dictionary/filter.ts';
import { listOf } from '../../domain/lists.ts';
import { savedView } from '../../domain/views/entities.ts';
import type { SavedView } from '../../contract/lists.ts';
import type { Done } from '../../contract/shared.ts';
import { act, type Context } from '../context.ts';
import { notFound, refused } from '../errors.ts';
import { requireFilter } from './list.ts';
import type { Chosen } from './plan.ts';

/** What is kept of a view. */
export interface ViewToSave extends Chosen {
  readonly id: string | null;
  readonly name: string;
  readonly columns: readonly string[] | null;
}

/** Views of a list in the order in which they were made. One that can't be read any more is left out. */
export async function savedViews(ctx: Context, kind: string): Promise<SavedView[]> {
  const rows = await ctx.store.read.find(savedView, { list: kind }, { order: { createdAt: 'ASC', id: 'ASC' } });
  return rows.flatMap((r) => {
    try {
      return [
        {
          id: r.id,
          kind,
          name: r.name,
          filter: JSON.parse(r.filterJson) as Filter,
          sort: r.sortField ? { field: r.sortField, descending: r.sortDescending } : null,
          columns: r.columnsJson ? (JSON.parse(r.columnsJson) as string[]) : null,
        },
      ];
    } catch {
      return [];
    }
  });
}

/** Saves a view, or changes one that is there. @throws REFUSED for a filter that does not fit or a name that is taken */
export async function saveView(ctx: Context, view: ViewToSave): Promise<Done & { id: string }> {
  requireFilter(view.kind, view.filter);
  const others = (await savedViews(ctx, view.kind)).filter((other) => other.id !== view.id);
  if ([...listOf(view.kind).views.map((v) => v.label), ...others.map((v) => v.name)].includes(view.name))
    throw refused(`已有叫“${view.name}”的视图，请换一个名称`);
  const values = {
    list: view.kind,
    name: view.name,
    filterJson: JSON.stringify(view.filter),
    sortField: view.sort?.field ?? null,
    sortDescending: view.sort?.descending ?? false,
    columnsJson: view.columns ? JSON.stringify(view.columns) : null,
  };
  const { value, actionId } = await act(ctx, `保存视图：${view.name}`, 'form', async (tx) => {
    if (!view.id) return await tx.insert(savedView, values);
    const before = await tx.read.get(savedView, view.id);
    if (!before || before.deletedAt) throw notFound('视图');
    return await tx.update(savedView, view.id, values);
  });
  return { id: value.id, actionId };
}

/** Puts a view into the bin. @throws NOT_FOUND */
export async function removeView(ctx: Context, id: string): Promise<Done> {
  const { actionId } = await act(ctx, '删除视图', 'form', async (tx) => {
    const view = await tx.read.get(savedView, id);
    if (!view || view.deletedAt) throw notFound('视图');
    await tx.remove(savedView, id);
  });
  return { actionId };
}
