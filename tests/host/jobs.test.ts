// Long work: progress, cancel, failure, and what a watcher sees.
import { expect, test } from 'vitest';
import { JobRunner } from '../../host/jobs.ts';
import type { JobState } from '../../contract/jobs.ts';
import type { ImportPreview } from '../../contract/registers.ts';
import { makeWorkspace, openBackend, type Client } from '../support/backend.ts';

const tick = async (): Promise<void> => await new Promise((resolve) => setTimeout(resolve, 5));
const watched = async (states: AsyncIterable<JobState>, each?: (s: JobState) => void): Promise<JobState[]> => {
  const all: JobState[] = [];
  for await (const s of states) {
    all.push(s);
    each?.(s);
  }
  return all;
};
const runner = (): JobRunner => new JobRunner((error) => `没有完成：${(error as Error).message}`);

test('a watcher sees the state at once, progress, and the end with its result', async () => {
  const jobs = runner();
  const { jobId } = jobs.start('数数', async ({ progress }) => {
    for (let i = 1; i <= 60; i += 1) {
      progress(i, 60, '数');
      await tick();
    }
    return { n: 60 };
  });
  const states = await watched(jobs.watch(jobId));
  expect(states[0]).toMatchObject({ state: 'running' });
  expect(states.filter((s) => s.state === 'running').length).toBeGreaterThan(2);
  expect(states.filter((s) => s.state === 'running').length).toBeLessThan(30);
  expect(states.at(-1)).toMatchObject({ name: '数数', state: 'done', done: 60, total: 60, result: { n: 60 } });
  expect(states.map((s) => s.done)).toEqual([...states.map((s) => s.done)].sort((a, b) => a - b));
});

test('work that fails ends with a sentence for people, work that is cancelled without one', async () => {
  const jobs = runner();
  const failed = jobs.start('失败', async () => {
    await tick();
    throw new Error('磁盘已满');
  });
  expect((await watched(jobs.watch(failed.jobId))).at(-1)).toMatchObject({
    state: 'failed',
    sentence: '没有完成：磁盘已满',
  });
  const { jobId } = jobs.start('停', async ({ check }) => {
    for (;;) {
      check();
      await tick();
    }
  });
  const states = watched(jobs.watch(jobId));
  expect(jobs.cancel(jobId)).toBe(true);
  expect((await states).at(-1)).toMatchObject({ state: 'cancelled' });
  expect(jobs.cancel(jobId)).toBe(false);
  expect(jobs.cancel('no-such')).toBe(false);
});

test('a watcher that goes away ends its watch and not the work', async () => {
  const jobs = runner();
  const gone = new AbortController();
  const { jobId } = jobs.start('等', async () => {
    for (let i = 0; i < 20; i += 1) await tick();
    return 1;
  });
  const first = watched(jobs.watch(jobId, gone.signal));
  gone.abort();
  await first;
  expect((await watched(jobs.watch(jobId))).at(-1)).toMatchObject({ state: 'done', result: 1 });
});

test('closing stops everything that runs; the last twenty finished ones stay known', async () => {
  const jobs = runner();
  for (let i = 0; i < 30; i += 1)
    await watched(jobs.watch(jobs.start(`第${i}`, async () => await Promise.resolve(i)).jobId));
  jobs.start('长', async ({ check }) => {
    for (;;) {
      check();
      await tick();
    }
  });
  expect(jobs.list().length).toBeLessThanOrEqual(21);
  expect(jobs.list().at(-1)).toMatchObject({ name: '长', state: 'running' });
  await jobs.stopAll();
  expect(jobs.list().at(-1)).toMatchObject({ state: 'cancelled' });
});

async function resultOf<T>(client: Client, jobId: string): Promise<T> {
  const last = (await watched(await client.jobs.watch({ jobId }))).at(-1);
  expect(last?.state, last?.sentence).toBe('done');
  return last?.result as T;
}

test('an import that is cancelled in the middle ends there and has written nothing', async () => {
  const t = await openBackend('loopback');
  try {
    await makeWorkspace(t);
    const rows = Array.from(
      { length: 3000 },
      (_, i) => `第${i}五金制品厂,华漕镇,村${i % 15},联友路${i}号,联系人${i},1390000${String(i).padStart(4, '0')}`,
    );
    const upload = (await (
      await t.send('/files/upload', {
        method: 'POST',
        body: `企业名称,街镇,村居,地址,联系人,联系电话\n${rows.join('\n')}\n`,
      })
    ).json()) as { id: string };
    const preview = await resultOf<ImportPreview>(
      t.client,
      (await t.client.registers.preview({ uploads: [{ id: upload.id, name: '名册.csv' }] })).jobId,
    );
    expect(preview.totals).toMatchObject({ rows: 3000, created: 3000 });
    const { jobId } = await t.client.registers.apply({ previewId: preview.previewId });
    let asked = 0;
    const states = await watched(await t.client.jobs.watch({ jobId }), (s) => {
      if (asked === 0 && s.done > 0) {
        asked = s.done;
        void t.client.jobs.cancel({ jobId });
      }
    });
    expect(states.at(-1)).toMatchObject({ state: 'cancelled' });
    expect(asked).toBeGreaterThan(0);
    // It stopped on its way, not at its end.
    expect(states.at(-1)?.done).toBeLessThan(3000);
    expect((await t.client.lists.list({ kind: 'enterprise' })).all).toBe(0);
    expect(await t.client.registers.runs()).toEqual([]);
    // The preview is still there, so that the import can be begun again.
    await resultOf(t.client, (await t.client.registers.apply({ previewId: preview.previewId })).jobId);
    expect((await t.client.lists.list({ kind: 'enterprise' })).all).toBe(3000);
  } finally {
    await t.close();
  }
});
