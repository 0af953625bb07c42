// A list as a test asks for it: the filter as text, the first hundred rows.
import type { ListPage } from '../../contract/lists.ts';
import { parseFilter } from '../../domain/lists.ts';
import type { Context } from '../../services/context.ts';
import { listPage } from '../../services/lists/index.ts';

/** Rows of a kind that a filter takes, with the columns asked for or those that are shown at first. */
export const listed = (
  ctx: Context,
  kind: string,
  filter = '',
  columns: readonly string[] | null = null,
): Promise<ListPage> =>
  listPage(ctx, { kind, filter: parseFilter(kind, filter), sort: null, columns, page: { offset: 0, limit: 100 } });
