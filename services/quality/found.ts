// The rows that a check finds, with what is wrong and what is proposed: worked out for the page that is read, never for all.
import type { QualityFound, QualityRows } from '../../contract/quality.ts';
import type { ListRow } from '../../contract/lists.ts';
import { metaOf } from '../../domain/dictionary/field.ts';
import type { EntityDefinition } from '../../domain/dictionary/entity.ts';
import type { Proposal, ProposalTools, QualityCheck } from '../../domain/dictionary/quality.ts';
import { valueText } from '../../domain/dictionary/value-text.ts';
import { DUPLICATE_REASONS } from '../../domain/handoff/duplicates.ts';
import { listedKind, shownColumn } from '../../domain/lists.ts';
import { qualityCheck } from '../../domain/quality.ts';
import type { Context } from '../context.ts';
import { twinsOf } from '../enterprises/index.ts';
import { industriesOf } from '../knowledge/index.ts';
import { columnText, listPage, rowsById } from '../lists/index.ts';

/** The check of that id. @throws on an unknown one: the contract lets none in */
export function checkNamed(id: string): QualityCheck {
  const check = qualityCheck(id);
  if (!check) throw new Error(`no check of data quality is named ${id}`);
  return check;
}

/** What proposals look up. */
export const toolsOf = (ctx: Context): ProposalTools => ({
  industries: industriesOf(ctx.resources),
  today: ctx.today(),
});

/** The reference of a row to the enterprise whose file it is in. */
const ownerField = (entity: EntityDefinition): string | null =>
  'enterpriseId' in entity.fields ? 'enterpriseId' : null;

/** What a check reads of a row: what it shows, its title, its enterprise. */
function pathsOf({ of, shows }: QualityCheck): string[] {
  const entity = listedKind(of);
  const own = [entity.title, ownerField(entity)].filter((path) => path !== null);
  return [...new Set([...own, ...shows])];
}

/** Rows of a check by their ids, with what proposals read. */
export const rowsOfCheck = async (ctx: Context, check: QualityCheck, ids: readonly string[]): Promise<ListRow[]> =>
  await rowsById(ctx, check.of, ids, pathsOf(check), ctx.store.slow);

/** What is proposed for a row; null where nothing is. */
export const proposalFor = (check: QualityCheck, row: ListRow, tools: ProposalTools): Proposal | null =>
  check.propose?.(row.values, tools) ?? null;

const textOf = (kind: string, path: string, row: ListRow): string => {
  const column = shownColumn(kind, path);
  return column ? columnText(column, row) : '';
};

function told(entity: EntityDefinition, row: ListRow, proposal: Proposal | null): QualityFound['proposal'] {
  if (!proposal) return null;
  const fields = Object.entries(proposal.values).flatMap(([name, value]) => {
    const schema = entity.fields[name];
    if (!schema) return [];
    const meta = metaOf(schema);
    return [{ label: meta.label, old: textOf(entity.name, name, row), new: valueText(meta, value) }];
  });
  return { fields, reason: proposal.reason };
}

function toFound(check: QualityCheck, row: ListRow, tools: ProposalTools): QualityFound {
  const entity = listedKind(check.of);
  const owner = ownerField(entity);
  const beside = check.shows.filter((path) => path !== owner && path !== entity.title);
  return {
    id: row.id,
    title: (entity.title && textOf(check.of, entity.title, row)) || entity.label,
    enterpriseId: owner ? ((row.values[owner] as string | null) ?? null) : null,
    enterprise: owner ? textOf(check.of, owner, row) : '',
    says: check.says?.(row.values, tools) ?? '',
    shown: beside.flatMap((path) => {
      const text = textOf(check.of, path, row);
      const column = shownColumn(check.of, path);
      return column && text !== '' ? [{ label: column.label, text }] : [];
    }),
    proposal: told(entity, row, proposalFor(check, row, tools)),
    twins: [],
  };
}

async function withTwins(ctx: Context, found: QualityFound[]): Promise<QualityFound[]> {
  for (const row of found) {
    const twins = await twinsOf(ctx.store.read, row.id);
    row.twins = twins.map(({ id, name, reason }) => ({ id, name, reason: DUPLICATE_REASONS[reason] }));
  }
  return found;
}

/** A page of the rows of a check. */
export async function qualityRows(
  ctx: Context,
  input: { check: string; page: { offset: number; limit: number } },
): Promise<QualityRows> {
  const check = checkNamed(input.check);
  const chosen = { kind: check.of, filter: check.where, sort: null, columns: pathsOf(check), page: input.page };
  const { rows, total } = await listPage(ctx, chosen);
  const tools = toolsOf(ctx);
  const found = rows.map((row) => toFound(check, row, tools));
  return {
    rows: check.settled === 'merge' ? await withTwins(ctx, found) : found,
    total,
    filter: check.where,
  };
}
