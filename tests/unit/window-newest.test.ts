// Fetching again before the answer is there: whoever waits goes on with what is newest, however many fetches overtook.
import { expect, test } from 'vitest';
import { createNewest } from '../../renderer/desk/newest.ts';

/** A page whose answers are let through by hand, in any order. */
function page() {
  const answers: ((text: string) => void)[] = [];
  const shown: string[] = [];
  const newest = createNewest(async (counts) => {
    const text = await new Promise<string>((resolve) => void answers.push(resolve));
    if (counts()) shown.push(text);
  });
  return { ...newest, shown, answer: (question: number, text: string) => answers[question]?.(text) };
}

test('a photo chosen while two fetches cross is not lost: who waited for the first goes on with the second', async () => {
  const { again, shown, answer } = page();
  let seen: string | undefined;
  const waited = again().then(() => {
    seen = shown.at(-1) ?? 'nothing yet';
  });
  void again();
  answer(0, 'overtaken');
  await new Promise((resolve) => setImmediate(resolve));
  expect(seen).toBeUndefined();
  answer(1, 'newest');
  await waited;
  expect(seen).toBe('newest');
  expect(shown).toEqual(['newest']);
});

test('an early answer to the later question is shown, and the late one to the earlier is not', async () => {
  const { again, shown, answer } = page();
  const both = [again(), again()];
  answer(1, 'newest');
  answer(0, 'overtaken');
  await Promise.all(both);
  expect(shown).toEqual(['newest']);
});

test('who left the page is not kept waiting, and nothing is shown', async () => {
  const { again, stop, shown, answer } = page();
  const waited = again();
  stop();
  answer(0, 'late');
  await waited;
  expect(shown).toEqual([]);
});
