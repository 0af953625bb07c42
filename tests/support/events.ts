// Events of the state machines by short names, as tests make them happen.
import type { Context } from '../../services/context.ts';
import { act } from '../../services/workflow/index.ts';
import { asksOf, eventOf } from '../../domain/dictionary/workflow.ts';
import { WORKFLOWS } from '../../domain/workflows.ts';
import type { Done, Values } from '../../contract/shared.ts';

/** Of some values those that an event asks for. */
function asked(kind: string, event: string, values: Values): Values {
  const workflow = WORKFLOWS.get(kind)?.workflow;
  const definition = workflow && eventOf(workflow, event);
  const fields = workflow && definition ? asksOf(workflow, definition).map((ask) => ask.field) : [];
  return Object.fromEntries(Object.entries(values).filter(([field]) => fields.includes(field)));
}

export const finishVisit = async (ctx: Context, id: string, outcome: string): Promise<Done> =>
  await act(ctx, 'visit', [id], 'finish', { outcome });

export const signVisit = async (
  ctx: Context,
  id: string,
  given: { signerName: string; signerPost: string; refused: boolean; refusedReason: string },
): Promise<Done> => {
  const row = await ctx.store.read.sqlOne<{ consent: string }>('SELECT consent FROM visit WHERE id = ?', [id]);
  if (row?.consent === 'not_recorded') await consentTo(ctx, id, given.signerName || '陪同人');
  return await act(ctx, 'visit', [id], 'sign', {
    signerName: given.signerName,
    signerPost: given.signerPost,
    refusedSign: given.refused,
    refusedSignReason: given.refusedReason,
  });
};

/** The enterprise agrees to the service. */
export const consentTo = async (ctx: Context, id: string, by: string): Promise<Done> =>
  await act(ctx, 'visit', [id], 'consent', { consent: 'agreed', consentBy: by });

export const unsignVisit = async (ctx: Context, id: string, reason: string): Promise<Done> =>
  await act(ctx, 'visit', [id], 'unsign', { reason });

/** Brings a running round to its end. */
export async function finishRound(ctx: Context, id: string): Promise<Done> {
  await act(ctx, 'round', [id], 'review');
  return await act(ctx, 'round', [id], 'finish');
}

export const actOnFindings = async (
  ctx: Context,
  ids: readonly string[],
  { event, ...values }: Values & { event: string },
): Promise<Done> => await act(ctx, 'finding', ids, event, asked('finding', event, values));
