// The same change to many rows, looked at and made as the window does it.
import type { EditDone, EditPreview } from '../../contract/edits.ts';
import type { Values } from '../../contract/shared.ts';
import type { Context } from '../../services/context.ts';
import { applyEdit, previewEdit } from '../../services/edits/index.ts';

const quiet = { progress: (): void => undefined, check: (): void => undefined };

/** Makes the change; gives back what the preview said and what was done. */
export async function editMany(
  ctx: Context,
  kind: string,
  ids: readonly string[],
  values: Values,
): Promise<{ preview: EditPreview; done: EditDone }> {
  const edit = { kind, filter: [{ field: 'id', op: 'in', value: ids } as const], values };
  const preview = await previewEdit(ctx, edit, quiet);
  return { preview, done: await applyEdit(ctx, { ...edit, seen: preview.seen }, quiet) };
}
