// Takes what checks propose: of some rows or of all, looked at first, made in one action that is undone in one step.
import { MOST_EDITED, type EditDone, type EditPreview } from '../../contract/edits.ts';
import type { QualityCheck } from '../../domain/dictionary/quality.ts';
import { listOf } from '../../domain/lists.ts';
import type { Context } from '../context.ts';
import { applyChanges, planChanges, previewOf, type Change, type Changes, type EditControl } from '../edits/index.ts';
import { refused } from '../errors.ts';
import { listIds } from '../lists/index.ts';
import { checkNamed, proposalFor, rowsOfCheck, toolsOf } from './found.ts';

/** Proposals of a check: for these rows, or for all that it finds. */
export interface Taking {
  readonly check: string;
  readonly ids: readonly string[] | null;
}

/** Rows whose proposals are worked out in one turn. */
const PORTION = 200;

/** Of as many rows as are changed in one action; those without a proposal cost nothing and are passed. */
async function* proposals(ctx: Context, check: QualityCheck, ids: readonly string[]): AsyncGenerator<Change> {
  const tools = toolsOf(ctx);
  let given = 0;
  for (let at = 0; at < ids.length; at += PORTION)
    for (const row of await rowsOfCheck(ctx, check, ids.slice(at, at + PORTION))) {
      const proposal = proposalFor(check, row, tools);
      if (proposal) given += 1;
      if (given > MOST_EDITED) return;
      yield { id: row.id, values: proposal?.values ?? null, reason: proposal?.reason ?? '' };
    }
}

/** What a check proposes now for the rows asked for; one that it finds no more is left out. */
async function changesOf(ctx: Context, { check: id, ids }: Taking): Promise<Changes> {
  const check = checkNamed(id);
  if (!check.propose) throw refused(`“${check.label}”没有可以采用的建议，请逐条处理`);
  const found = await listIds(ctx, { kind: check.of, filter: check.where, sort: null });
  const asked = ids && new Set(ids);
  const chosen = asked ? found.filter((one) => asked.has(one)) : found;
  return { kind: check.of, total: chosen.length, changes: proposals(ctx, check, chosen) };
}

/** What taking them would do. @throws REFUSED where a check proposes nothing, or for too many rows */
export async function previewProposals(ctx: Context, taking: Taking, control: EditControl): Promise<EditPreview> {
  return await previewOf(ctx, await planChanges(ctx, await changesOf(ctx, taking), control));
}

/** Takes them as they were seen in the preview. @throws REFUSED */
export async function takeProposals(
  ctx: Context,
  taking: Taking & { seen: string },
  control: EditControl,
): Promise<EditDone> {
  const { label, of } = checkNamed(taking.check);
  const name = (count: number): string => `采用建议：${label} ${count} ${listOf(of).counted}`;
  return await applyChanges(ctx, { ...(await changesOf(ctx, taking)), name, seen: taking.seen }, control);
}
