// Makes an event happen: its table decides, its capability adds what is more than fields; one action, undone as a whole.
import {
  asksOf,
  checkEvent,
  eventOf,
  leadsThrough,
  notPossible,
  targetOf,
  type AnyEvent,
  type EventValues,
} from '../../domain/dictionary/workflow.ts';
import type { KindWithWorkflow } from '../../domain/workflows.ts';
import type { Done, Values } from '../../contract/shared.ts';
import type { LeftOut, Made } from '../../contract/workflow.ts';
import type { Writer } from '../../db/index.ts';
import { act as inAction, type Context } from '../context.ts';
import type { EventEffect, FieldPatch, Happening, Seen } from '../effects.ts';
import { refused, ServiceError } from '../errors.ts';
import { effectsOf } from './effects.ts';
import { readGiven } from './given.ts';
import { countWords, kindOf, nameOf, roleWords, seen } from './kind.ts';

/** An event that is to happen with some records. */
interface Wanted {
  readonly kind: KindWithWorkflow;
  readonly id: string;
  readonly event: AnyEvent;
  readonly effect: EventEffect;
  readonly values: EventValues;
  /** The refusal says which record. */
  readonly named: boolean;
}

/** @throws REFUSED with what stands in the way */
async function requirePossible(ctx: Context, tx: Writer, wanted: Wanted, at: Seen): Promise<void> {
  const { kind, id, values } = wanted;
  const role = ctx.operator().role;
  const given = { today: ctx.today(), by: ctx.operator().name, role, values };
  const missing = checkEvent(kind.workflow, id, { state: at.state, facts: at.facts, role }, given, roleWords);
  if (missing.length === 0) return;
  const sentence = missing.map((m) => m.sentence).join('；');
  throw refused(wanted.named ? `${await nameOf(tx.read, kind, at.row)}：${sentence}` : sentence, missing);
}

/** Fields of the record itself that the event asked for. */
function ownFields({ kind, event, values }: Wanted): FieldPatch {
  const own = asksOf(kind.workflow, event).filter((ask) => ask.of === kind.name && ask.field in values);
  return Object.fromEntries(own.map((ask) => [ask.field, values[ask.field]]));
}

/** Writes one event of one record. */
async function happen(ctx: Context, tx: Writer, wanted: Wanted, rowId: string, prepared: FieldPatch) {
  const { kind, id, event, effect, values } = wanted;
  const effects = effectsOf(kind.name);
  let at = await seen(ctx, kind, tx.read, rowId);
  const first = event.from.includes(at.state) ? null : leadsThrough(kind.workflow, event, at.state);
  if (first) {
    const before = wantedEvent(kind, first, effect.first?.(values) ?? values, wanted.named);
    await happen(ctx, tx, before, rowId, {});
    at = await seen(ctx, kind, tx.read, rowId);
  }
  await requirePossible(ctx, tx, wanted, at);
  const happening: Happening = { ...at, id: rowId, event: id, to: targetOf(event, at.state, at.facts), values };
  const more = await effect.run?.(ctx, tx, happening);
  if (effects.record) await effects.record(ctx, tx, happening);
  else {
    const fields = { ...ownFields(wanted), ...event.sets, ...prepared, ...more };
    await tx.update(kind, rowId, { ...fields, [kind.workflow.state]: happening.to } as never);
  }
  return happening;
}

function wantedEvent(kind: KindWithWorkflow, id: string, values: EventValues, named: boolean): Wanted {
  const event = eventOf(kind.workflow, id);
  if (!event) throw refused(notPossible(kind.workflow, id, ''));
  return { kind, id, event, effect: effectsOf(kind.name).events?.[id] ?? {}, values, named };
}

/** Name of the action in the history. */
function actionName({ kind, event, effect, values }: Wanted, count: number): string {
  const name = effect.name?.(values) ?? event.action ?? event.label;
  const of = count > 1 ? `，${countWords(kind, count)}` : '';
  return (event.reason === undefined ? `${name}${of}` : `${name}（${String(values.reason)}）${of}`).slice(0, 120);
}

/** A record that refuses, as one to be left out. @throws what is no refusal */
async function leftOut(ctx: Context, kind: KindWithWorkflow, id: string, error: unknown): Promise<LeftOut> {
  if (!(error instanceof ServiceError)) throw error;
  const row = (await ctx.store.read.get(kind, id)) as Seen['row'] | null;
  return { id, name: row ? await nameOf(ctx.store.read, kind, row) : kind.label, sentence: error.data.sentence };
}

/** @throws REFUSED with the names where an event may happen with none of several records */
function requireSome(ids: readonly string[], left: readonly LeftOut[]): void {
  if (left.length < ids.length) return;
  const missing = left.map(({ name, sentence }) => ({ code: 'LEFT_OUT', sentence: `${name}：${sentence}` }));
  throw refused(missing.map((item) => item.sentence).join('；'), missing);
}

/** Makes an event happen with each record, in the order given; those that refuse are left out where that is wanted. */
async function happenWithEach(ctx: Context, tx: Writer, wanted: Wanted, ids: readonly string[], each: boolean) {
  const happenings: Happening[] = [];
  const left: LeftOut[] = [];
  for (const id of ids) {
    const one = async () => {
      const prepared = (await wanted.effect.prepare?.(ctx, id, wanted.values)) ?? {};
      return await happen(ctx, tx, wanted, id, prepared);
    };
    try {
      happenings.push(await (each ? tx.attempt(one) : one()));
    } catch (error) {
      if (!each) throw error;
      left.push(await leftOut(ctx, wanted.kind, id, error));
    }
    await tx.breathe();
  }
  return { happenings, left };
}

/** @throws REFUSED for an event that can't happen with the one record that is meant, or that the table does not have */
async function requireEvent(ctx: Context, kind: KindWithWorkflow, ids: readonly string[], eventId: string) {
  const event = eventOf(kind.workflow, eventId);
  const only = ids.length === 1 ? await seen(ctx, kind, ctx.store.read, ids[0] as string) : null;
  if (event && (!only || event.from.includes(only.state) || leadsThrough(kind.workflow, event, only.state)))
    return event;
  const sentence = notPossible(kind.workflow, eventId, only?.state ?? '');
  throw refused(sentence, [{ code: 'STATE', sentence }]);
}

/**
 * One event on one or many records, in one action.
 * @param values what the event asks for, by field; a day that is left out is today
 * @param how `each`: records that refuse are left out and named, the others go on; without it all or none
 * @throws NOT_FOUND; REFUSED with what stands in the way, or in words for an event that the table does not have from the state
 */
export async function act(
  ctx: Context,
  kindName: string,
  ids: readonly string[],
  eventId: string,
  values: Values = {},
  { each = false }: { each?: boolean } = {},
): Promise<Done & { made: Made[]; left: LeftOut[] }> {
  const kind = kindOf(kindName);
  // An event that can't happen is said before anything is said about its values.
  const event = await requireEvent(ctx, kind, ids, eventId);
  const several = ids.length > 1;
  const wanted = wantedEvent(kind, eventId, readGiven(kind, event, values, ctx.today()), several && !each);
  const { effect } = wanted;
  const source = effectsOf(kind.name).source ?? 'form';
  const {
    value: { made, left },
    actionId,
  } = await inAction(ctx, actionName(wanted, ids.length), source, async (tx) => {
    const done = await happenWithEach(ctx, tx, wanted, ids, several && each);
    requireSome(ids, done.left);
    return { made: (await effect.together?.(ctx, tx, done.happenings)) ?? [], left: done.left };
  });
  const out = new Set(left.map((one) => one.id));
  await effect.after?.(
    ctx,
    ids.filter((id) => !out.has(id)),
    made,
  );
  return { actionId, made, left };
}
