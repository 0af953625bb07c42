// Values that imports brought beside those on file, and that wait for a person: names of registers, and what ledgers say otherwise.
import type { Settled, WaitingValue } from '../../contract/registers.ts';
import { act, type Context } from '../context.ts';
import { refused } from '../errors.ts';
import type { Writer } from '../../db/index.ts';
import { keepName, namesThatWait, takeName, type NameWaiting } from './waiting-names.ts';
import { keepQuestion, questionsThatWait, takeQuestion, type QuestionWaiting } from './waiting-questions.ts';

type Waiting = NameWaiting | QuestionWaiting;

/** Newest first: ids are made in order. */
async function allThatWait(ctx: Context, enterpriseId: string | null): Promise<Waiting[]> {
  const names: Waiting[] = await namesThatWait(ctx, enterpriseId);
  const all = [...names, ...(await questionsThatWait(ctx, enterpriseId))];
  return all.sort((a, b) => (a.value.id < b.value.id ? 1 : -1));
}

/** What is decided together: rows that bring one value for one field of one record. */
const sameValue = ({ value }: Waiting): string => `${value.recordId} ${value.field} ${value.theirs}`;

/** Values that wait for a decision, of all enterprises or of one; each once, the newest first. */
export async function waitingValues(ctx: Context, enterpriseId: string | null = null): Promise<WaitingValue[]> {
  const seen = new Set<string>();
  const all = await allThatWait(ctx, enterpriseId);
  return all.filter((one) => !seen.has(sameValue(one)) && seen.add(sameValue(one))).map(({ value }) => value);
}

const keep = (tx: Writer, one: Waiting): Promise<void> =>
  one.kind === 'name' ? keepName(tx, one) : keepQuestion(tx, one);

const take = (tx: Writer, one: Waiting, day: string): Promise<void> =>
  one.kind === 'name' ? takeName(tx, one, day) : takeQuestion(tx, one, day);

/** Of several values for one field the newest. */
const newestOf = (all: readonly Waiting[]): Waiting[] => {
  const field = ({ value }: Waiting): string => `${value.recordId} ${value.field}`;
  return all.filter((one, n) => all.findIndex((other) => field(other) === field(one)) === n);
};

/**
 * Decides values that wait, those of `ids` or all: with `new` the record takes it (of a name the one on file becomes a former
 * one), with `old` the one on file stays. Of several values for one field the newest is taken.
 * @throws REFUSED where none of them waits (any more)
 */
export async function settleValues(ctx: Context, ids: readonly string[] | null, use: 'new' | 'old'): Promise<Settled> {
  const all = await allThatWait(ctx, null);
  const asked = new Set(all.filter(({ value }) => ids === null || ids.includes(value.id)).map(sameValue));
  const chosen = all.filter((one) => asked.has(sameValue(one)));
  if (chosen.length === 0) throw refused('没有待定的值，可能已经决定过');
  if (use === 'old') {
    // Only this computer's record of the import changes: there is nothing to take back.
    await ctx.store.withoutCapture(async (tx) => {
      for (const one of chosen) await keep(tx, one);
    });
    return { actionId: null, settled: asked.size };
  }
  const newest = newestOf(chosen);
  const { actionId } = await act(ctx, '采用待定的值', 'form', async (tx) => {
    for (const one of newest) {
      await take(tx, one, ctx.today());
      await tx.breathe();
    }
  });
  return { actionId, settled: newest.length };
}
