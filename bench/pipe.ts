// Small calls to the back end as the desktop makes them: its own process, a private pipe, one after another.
import { fork } from 'node:child_process';
import { Agent } from 'node:http';
import { join } from 'node:path';
import { area } from '../domain/areas/entities.ts';
import { clientOver, fetchOver, pipePath, SECRET } from '../tests/support/backend.ts';
import { measurement, median, percentile, timed, type Measurement } from './lib/measure.ts';
import { openBenchDesk, ROOT } from './lib/workspace.ts';

const CALLS = 1000;

export async function* measurePipe(): AsyncGenerator<Measurement> {
  const bench = await openBenchDesk();
  const { value: id } = await bench.ctx.store.withAction(
    { name: '区域', actor: '基准', source: 'bench' },
    async (tx) => (await tx.insert(area, { level: 'town', name: '华漕镇' })).id,
  );
  await bench.desk.close();
  const path = pipePath(bench.root);
  const child = fork(join(ROOT, 'host', 'desktop.ts'), [], {
    env: { ...process.env, STEWARD_CONFIG: bench.configFolder },
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  });
  const agent = new Agent({ keepAlive: true, maxSockets: 4 });
  try {
    const ready = new Promise<void>((resolve, reject) => {
      child.on('message', (m: { type: string; reason?: string }) => {
        if (m.type === 'ready') resolve();
        else if (m.type === 'failed') reject(new Error(m.reason));
      });
      child.once('exit', () => {
        reject(new Error('the back end ended'));
      });
    });
    child.send({
      type: 'start',
      pipe: path,
      secret: SECRET,
      workspaceDir: bench.folder,
      windowDir: null,
      wrapsKeys: false,
    });
    await ready;
    const send = fetchOver({ socketPath: path, agent }, { 'x-steward-secret': SECRET });
    const client = clientOver(send);
    const call = async (): Promise<void> => {
      await client.records.get({ entity: 'area', id });
    };
    const health = async (): Promise<void> => {
      await (await send('/health')).json();
    };
    for (let i = 0; i < 100; i += 1) {
      await call();
      await health();
    }
    const [calls, bare]: [number[], number[]] = [[], []];
    for (let i = 0; i < CALLS; i += 1) {
      calls.push(await timed(call));
      bare.push(await timed(health));
    }
    yield measurement(`${CALLS} small calls over the pipe, median`, median(calls), 'ms', null, 2);
    yield measurement('small calls over the pipe, 99 %', percentile(calls, 0.99), 'ms', null, null);
    yield measurement('requests over the pipe without a call, median', median(bare), 'ms', null, null);
  } finally {
    agent.destroy();
    const gone = new Promise((resolve) => {
      child.once('exit', resolve);
    });
    child.send({ type: 'close' });
    await gone;
    await bench.close();
  }
}
