// Saving without a button: nothing typed is lost, nothing refused holds back the rest.
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { createAutosave } from '../../renderer/desk/autosave-queue.ts';

type Patch = Record<string, string | number | boolean | null>;

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

class Refusal extends Error {
  readonly fields: string[];
  constructor(fields: string[]) {
    super('refused');
    this.fields = fields;
  }
}

function make(write: (key: string, patch: Patch) => Promise<void>) {
  const settled = vi.fn(async () => {
    /* nothing to fetch */
  });
  const saver = createAutosave({
    write,
    settled,
    explain: (error) => ({
      sentence: error instanceof Error ? error.message : '',
      refused: error instanceof Refusal ? error.fields : [],
    }),
  });
  return { saver, settled };
}

test('keys typed one after the other become one write, within 800 ms of the last', async () => {
  const writes: Patch[] = [];
  const { saver } = make(async (_, patch) => {
    writes.push(patch);
  });
  for (const text of ['危', '危废', '危废间']) {
    saver.put('a', { description: text });
    await vi.advanceTimersByTimeAsync(200);
  }
  expect(writes).toEqual([]);
  await vi.advanceTimersByTimeAsync(600);
  expect(writes).toEqual([{ description: '危废间' }]);
  expect(saver.state.value).toBe('saved');
});

test('flush writes at once and says that all is stored', async () => {
  const writes: Patch[] = [];
  const { saver } = make(async (_, patch) => {
    writes.push(patch);
  });
  saver.put('a', { location: '2 号车间' });
  expect(await saver.flush()).toBe(true);
  expect(writes).toHaveLength(1);
});

test('a failed save stays visible, keeps the text and is tried again until it succeeds', async () => {
  let broken = true;
  const writes: Patch[] = [];
  const { saver } = make(async (_, patch) => {
    if (broken) throw new Error('连不上后台');
    writes.push(patch);
  });
  saver.put('a', { measure: '补贴标签' });
  expect(await saver.flush()).toBe(false);
  expect(saver.state.value).toBe('failed');
  expect(saver.failure.value).toBe('连不上后台');
  expect(saver.shown('a', 'measure', null as string | null)).toBe('补贴标签');
  broken = false;
  await vi.advanceTimersByTimeAsync(2100);
  expect(writes).toEqual([{ measure: '补贴标签' }]);
  expect(saver.state.value).toBe('saved');
});

test('what is typed while an earlier save fails wins over the text that was put back', async () => {
  const writes: Patch[] = [];
  let fail: (() => void) | null = null;
  const { saver } = make((_, patch) =>
    writes.length === 0 && !fail
      ? new Promise((_resolve, reject) => {
          fail = () => reject(new Error('锁定'));
        })
      : (writes.push(patch), Promise.resolve()),
  );
  saver.put('a', { description: '旧', location: '门口' });
  const first = saver.flush();
  saver.put('a', { description: '新' });
  (fail as (() => void) | null)?.();
  await first;
  await saver.flush();
  expect(writes).toEqual([{ description: '新', location: '门口' }]);
});

test('a refused field does not hold back its neighbours', async () => {
  const writes: Patch[] = [];
  const { saver } = make(async (_, patch) => {
    if ('description' in patch && patch['description'] === null) throw new Refusal(['description']);
    writes.push(patch);
  });
  saver.put('a', { description: null, location: '门口' });
  expect(await saver.flush()).toBe(false);
  expect(writes).toEqual([{ location: '门口' }]);
  expect(saver.state.value).toBe('failed');
  saver.put('a', { description: '门口堆放废桶' });
  expect(await saver.flush()).toBe(true);
  expect(saver.state.value).toBe('saved');
});

test('the typed value is shown until the stored one has been fetched', async () => {
  let seen = '';
  const saver = createAutosave({
    write: async () => {
      /* stored */
    },
    settled: async () => {
      seen = saver.shown('a', 'location', '旧');
    },
    explain: () => ({ sentence: '', refused: [] }),
  });
  saver.put('a', { location: '新' });
  await saver.flush();
  expect(seen).toBe('新');
  expect(saver.shown('a', 'location', '取回的')).toBe('取回的');
});

test('abandoned changes are not written later', async () => {
  const writes: Patch[] = [];
  let broken = true;
  const { saver } = make(async (_, patch) => {
    if (broken) throw new Error('锁定');
    writes.push(patch);
  });
  saver.put('a', { location: '门口' });
  await saver.flush();
  saver.abandon();
  broken = false;
  await vi.advanceTimersByTimeAsync(60_000);
  expect(writes).toEqual([]);
});

test('what another window stored meanwhile is not gone over: it is said, and stays until somebody types on', async () => {
  let held: Patch[string] = '别处写的';
  const writes: Patch[] = [];
  const saver = createAutosave({
    write: async (_, patch, seen) => {
      if ('description' in seen && seen.description !== held) throw new Refusal(['description']);
      held = patch.description ?? null;
      writes.push(patch);
    },
    settled: async () => undefined,
    explain: () => ({ sentence: '已由别人改过', refused: ['description'], now: { description: held } }),
  });
  saver.put('a', { description: '我' }, { description: '开始时' });
  saver.put('a', { description: '我写的' }, { description: '开始时' });
  await vi.advanceTimersByTimeAsync(20_000);
  expect([writes, saver.state.value, saver.failure.value]).toEqual([[], 'failed', '已由别人改过']);
  expect(saver.shown('a', 'description', '别处写的')).toBe('我写的');
  saver.put('a', { description: '我写的，再改' }, { description: '别处写的' });
  await vi.advanceTimersByTimeAsync(800);
  expect([writes, saver.state.value]).toEqual([[{ description: '我写的，再改' }], 'saved']);
});
