// How many rows each check of data quality finds: asked in the thread of long queries, kept until a commit may change them.
import type { QualityCount } from '../../contract/quality.ts';
import { QUALITY_CHECKS } from '../../domain/quality.ts';
import type { Context } from '../context.ts';
import { countRows } from '../lists/index.ts';

/** Every check with its count, in the order of the page. */
export async function qualityCounts(ctx: Context): Promise<QualityCount[]> {
  const counts: QualityCount[] = [];
  for (const { id, of, where } of QUALITY_CHECKS)
    counts.push({ id, kind: of, count: await countRows(ctx, of, where, ctx.store.slow) });
  return counts;
}
