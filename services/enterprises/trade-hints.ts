// What is usual in the trade of an enterprise, offered as rows of its file: processes, wastes and facilities, ticked by a person.
import type { TradeHint } from '../../contract/enterprises.ts';
import type { Done } from '../../contract/shared.ts';
import { enterprise } from '../../domain/enterprises/entities.ts';
import { entityNamed } from '../../domain/entities.ts';
import { act, type Context } from '../context.ts';
import { notFound } from '../errors.ts';
import { tradeLibrary, tradesOf, type Trade, type TradeStep } from '../knowledge/index.ts';
import { checkValues, requireValid } from '../records/index.ts';

/** A row that may be taken. */
interface Proposal extends TradeHint {
  readonly values: Readonly<Record<string, string | number>>;
}

/** Media of facilities that steps name as well; what is neither is a matter of waste. */
const MEDIA = ['air', 'wastewater', 'noise'] as const;

const mediumOf = (step: TradeStep): string => MEDIA.find((medium) => step.media.includes(medium)) ?? 'solid';

/** Proposals of one step. */
function ofStep(trade: Trade, step: TradeStep, wasteNames: ReadonlyMap<string, string>): Omit<Proposal, 'isThere'>[] {
  const { process, pollutionNode, pollutants = [], wasteCodes = [], facilities = [] } = step;
  const one = (kind: string, name: string, detail: string, values: Proposal['values']): Omit<Proposal, 'isThere'> => ({
    ...{ key: `${trade.id} ${kind} ${name}`, trade: trade.name, kind, name, detail },
    values: { name, ...values },
  });
  return [
    one('process', process, pollutionNode, {
      ...{ step: step.seq, pollutionNode },
      ...(pollutants.length > 0 && { pollutants: pollutants.join('、') }),
    }),
    ...wasteCodes.map((code) =>
      one('wasteStream', wasteNames.get(code) ?? code, code, { kind: 'hazardous', code, sourceProcess: process }),
    ),
    ...facilities.map((name) =>
      one('treatmentFacility', name, process, { medium: mediumOf(step), servedEquipment: process }),
    ),
  ];
}

/** What may be proposed of the file, without what it says already. @throws NOT_FOUND */
async function proposalsOf(ctx: Context, id: string): Promise<Proposal[]> {
  const row = await ctx.store.read.get(enterprise, id);
  if (!row) throw notFound(enterprise.label);
  const wasteNames = new Map(tradeLibrary(ctx.resources).codeNotes.map(({ code, name }) => [code, name]));
  const found = tradesOf(ctx.resources, row).flatMap((trade) =>
    trade.processes.flatMap((step) => ofStep(trade, step, wasteNames)),
  );
  const known = new Map<string, Set<string>>();
  for (const kind of new Set(found.map((one) => one.kind))) {
    const rows = (await ctx.store.read.find(entityNamed(kind), { enterpriseId: id } as never)) as Row[];
    known.set(kind, new Set(rows.flatMap(({ name, code }) => [String(name), String(code)])));
  }
  // A waste that several steps make is proposed once.
  const seen = new Set<string>();
  return found
    .filter(({ key }) => !seen.has(key) && seen.add(key))
    .map((one) => ({
      ...one,
      isThere: [one.name, one.values.code].some((said) => known.get(one.kind)?.has(String(said)) ?? false),
    }));
}

type Row = { readonly name?: unknown; readonly code?: unknown };

/** What is usual in the trades that an enterprise may be of; a hint, nothing is judged by it. @throws NOT_FOUND */
export const tradeHints = async (ctx: Context, id: string): Promise<TradeHint[]> =>
  (await proposalsOf(ctx, id)).map(({ values: _values, ...hint }) => hint);

/** Writes the proposals of these keys into the file, in one action that can be undone. @throws NOT_FOUND */
export async function takeTradeHints(
  ctx: Context,
  id: string,
  keys: readonly string[],
): Promise<Done & { taken: number }> {
  const chosen = (await proposalsOf(ctx, id)).filter((one) => keys.includes(one.key) && !one.isThere);
  const { actionId } = await act(ctx, `按行业提示补充 ${chosen.length} 项`, 'trade', async (tx) => {
    for (const { kind, values } of chosen) {
      const entity = entityNamed(kind);
      const row = { enterpriseId: id, ...values, ...(entity.unseen && { [entity.unseen]: true }) };
      requireValid(checkValues(entity, row));
      await tx.insert(entity, row as never);
    }
  });
  return { actionId, taken: chosen.length };
}
