// What may happen with a record now.
import {
  asksOf,
  checkEvent,
  eventOf,
  leadsThrough,
  targetOf,
  type AnyEvent,
  type Standing,
} from '../../domain/dictionary/workflow.ts';
import type { KindWithWorkflow } from '../../domain/workflows.ts';
import type { AllowedEvent, AskedField, OfferedEvent } from '../../contract/workflow.ts';
import type { Context } from '../context.ts';
import type { Seen } from '../effects.ts';
import { effectsOf } from './effects.ts';
import { kindOf, roleWords, seen } from './kind.ts';

/** Fields of an event, with what stands in them before anybody types: fields of the record as they are, days as today. */
function askedFields(kind: KindWithWorkflow, event: AnyEvent, row: Seen['row'], today: string): AskedField[] {
  return asksOf(kind.workflow, event).map((ask) => ({
    field: ask.field,
    of: ask.of,
    label: ask.label ?? null,
    example: ask.example ?? null,
    when: ask.when ?? null,
    choices: ask.choices ?? null,
    initial:
      (ask.of === kind.name ? (row[ask.field] as AskedField['initial'] | undefined) : null) ??
      (ask.initial === 'today' ? today : (ask.initial?.value ?? null)),
  }));
}

function eventAt(kind: KindWithWorkflow, id: string, at: Seen, standing: Standing, today: string): AllowedEvent | null {
  const { workflow } = kind;
  const event = eventOf(workflow, id);
  if (!event) return null;
  const through = event.from.includes(at.state) ? null : leadsThrough(workflow, event, at.state);
  if (!event.from.includes(at.state) && !through) return null;
  if (event.suits && !event.suits(at.facts as never)) return null;
  const state = through ? (event.from[0] ?? at.state) : at.state;
  return {
    event: id,
    label: event.label,
    to: targetOf(event, state, at.facts),
    missing: checkEvent(workflow, id, { ...standing, state }, null, roleWords),
    doubts: [],
    asks: askedFields(kind, event, at.row, today),
    reason: event.reason !== undefined,
    place: event.place ?? 'menu',
    danger: event.danger ?? false,
    key: event.key ?? null,
    said: event.said ?? `已办理：${event.label}`,
    through,
  };
}

/** The events that the table has from what was seen, each with what already stands in its way. */
export function allowedFrom(ctx: Context, kind: KindWithWorkflow, at: Seen): AllowedEvent[] {
  const standing = { state: at.state, facts: at.facts, role: ctx.operator().role };
  return Object.keys(kind.workflow.events)
    .map((id) => eventAt(kind, id, at, standing, ctx.today()))
    .filter((event) => event !== null);
}

/** Events with what is doubtful of them, for all records that they are meant for. */
const withDoubts = async <E extends AllowedEvent>(
  ctx: Context,
  kind: KindWithWorkflow,
  events: readonly E[],
  ids: readonly string[],
): Promise<E[]> =>
  await Promise.all(
    events.map(async (one) => ({
      ...one,
      doubts: (await effectsOf(kind.name).events?.[one.event]?.doubts?.(ctx, ids)) ?? [],
    })),
  );

/** Events that may happen with a record now; none with one that is not there or in the bin. @throws REFUSED for a kind without states */
export async function allowed(ctx: Context, kindName: string, id: string): Promise<AllowedEvent[]> {
  const kind = kindOf(kindName);
  return await withDoubts(ctx, kind, await present(ctx, kind, id), [id]);
}

async function present(ctx: Context, kind: KindWithWorkflow, id: string): Promise<AllowedEvent[]> {
  const row = (await ctx.store.read.get(kind, id)) as Record<string, unknown> | null;
  return row && !row.deletedAt ? allowedFrom(ctx, kind, await seen(ctx, kind, ctx.store.read, id)) : [];
}

/** The same field asked of several records: what stands in all of them stands in it. */
function askedOfAll(fields: readonly AskedField[], today: string): AskedField {
  const [first, ...others] = fields as [AskedField, ...AskedField[]];
  const same = others.every((other) => other.initial === first.initial);
  return { ...first, initial: same ? first.initial : fields.some((f) => f.initial === today) ? today : null };
}

/** One event of several records. */
function together(events: readonly AllowedEvent[], today: string): OfferedEvent {
  const possible = events.filter((event) => event.missing.length === 0);
  const all = possible.length > 0 ? possible : events;
  const [first] = all as [AllowedEvent];
  const asks = first.asks.map((_, n) =>
    askedOfAll(
      all.flatMap((event) => event.asks[n] ?? []),
      today,
    ),
  );
  return { ...first, asks, possible: possible.length };
}

/** What may happen with several records at once: every event that at least one of them may have, in the order of the table. */
export async function offered(ctx: Context, kindName: string, ids: readonly string[]): Promise<OfferedEvent[]> {
  const kind = kindOf(kindName);
  const byEvent = new Map<string, AllowedEvent[]>();
  for (const id of ids)
    for (const event of await present(ctx, kind, id))
      byEvent.set(event.event, [...(byEvent.get(event.event) ?? []), event]);
  const events = Object.keys(kind.workflow.events).flatMap((id) => {
    const of = byEvent.get(id);
    return of ? [together(of, ctx.today())] : [];
  });
  return await withDoubts(ctx, kind, events, ids);
}
