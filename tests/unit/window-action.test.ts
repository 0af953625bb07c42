// Doing something for a person: twice clicked is done once, fields that are left one after the other are all saved, nothing fails silently.
import { beforeEach, expect, test, vi } from 'vitest';
import { makeAction } from '../../renderer/desk/action-state.ts';

const [said, remembered, wrong, bump] = [vi.fn(), vi.fn(), vi.fn(), vi.fn()];
const useAction = () =>
  makeAction({
    notifyDone: said,
    rememberAction: remembered,
    notifyError: wrong,
    bump,
    sentenceOf: () => '没有完成',
    missingOf: (error) => (error as { missing?: { sentence: string }[] }).missing ?? [],
    problemsOf: (error) => (error as { problems?: [] }).problems ?? [],
  });
beforeEach(() => {
  vi.clearAllMocks();
});

/** Work that ends when it is told to. */
function held<T>(value: T): { work: () => Promise<T>; end: () => void; begun: () => number } {
  let begun = 0;
  let end: () => void = () => undefined;
  const gate = new Promise<void>((resolve) => {
    end = resolve;
  });
  const work = async (): Promise<T> => {
    begun += 1;
    await gate;
    return value;
  };
  return { work, end: () => end(), begun: () => begun };
}

test('a second click while it is being done begins nothing; what was done is said once, with its undo', async () => {
  const { run, busy } = useAction();
  const { work, end, begun } = held({ actionId: 'a1' });
  const first = run(work, { said: '已办理' });
  expect([busy.value, await run(work, { said: '已办理' })]).toEqual([true, null]);
  end();
  expect([await first, busy.value, begun()]).toEqual([{ actionId: 'a1' }, false, 1]);
  expect(said.mock.calls).toEqual([['已办理', 'a1']]);
  expect(bump).toHaveBeenCalledTimes(1);
});

test('fields saved as they are left wait for each other and none is lost, also behind one that is refused', async () => {
  const { run } = useAction();
  const saved: string[] = [];
  const save = (field: string, fails = false) =>
    run(
      async () => {
        await Promise.resolve();
        if (fails) throw Object.assign(new Error('refused'), { problems: [{ field }] });
        saved.push(field);
        return { actionId: field };
      },
      { waits: true },
    );
  await Promise.all([save('title'), save('date', true), save('place')]);
  expect(saved).toEqual(['title', 'place']);
  expect(remembered.mock.calls).toEqual([['title'], ['place']]);
});

test('problems of fields stand at the fields; anything else is said, in its place where the dialog lists it', async () => {
  const { run, problems, refused, failure, clear } = useAction();
  const fail = (what: object) => () => Promise.reject(Object.assign(new Error('x'), what));
  await run(fail({ problems: [{ field: 'date' }] }));
  expect([problems.value, wrong.mock.calls.length]).toEqual([[{ field: 'date' }], 0]);
  await run(fail({}));
  expect([problems.value, wrong.mock.calls.length]).toEqual([[], 1]);
  await run(fail({ missing: [{ code: 'A', sentence: '请填写原因' }] }), { inPlace: true });
  expect([refused.value, failure.value, wrong.mock.calls.length]).toEqual([['请填写原因'], '请填写原因', 1]);
  await run(fail({}), { inPlace: true });
  expect(failure.value).toBe('没有完成');
  clear();
  expect([refused.value, failure.value]).toEqual([[], null]);
  expect(bump).not.toHaveBeenCalled();
});

test('what writes nothing does not make the pages fetch again', async () => {
  const { run } = useAction();
  await run(() => Promise.resolve(undefined), { writes: false });
  expect([bump.mock.calls.length, said.mock.calls.length]).toEqual([0, 0]);
});
