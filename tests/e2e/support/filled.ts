// A workspace that is filled through the services before a window or the command line opens it.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Context } from '../../../services/context.ts';
import { closeWorkers } from '../../../services/workers/index.ts';
import { Desk } from '../../../services/workspace/index.ts';

/** Opens the workspace of a machine in this process (a new one of office HC where there is none), works on it, and closes it. */
export async function fillWorkspace<T>(
  machine: { workspace: string; env: NodeJS.ProcessEnv },
  work: (ctx: Context) => Promise<T>,
  today = machine.env.STEWARD_TODAY ?? '',
): Promise<T> {
  const configFolder = machine.env.STEWARD_CONFIG ?? '';
  const desk = new Desk({ resources: 'resources', version: 'test', configFolder, today: () => today });
  const folder = machine.workspace;
  const office = {
    organisation: '上海清源环保咨询有限公司',
    office: '华漕驻点',
    code: 'HC',
    operator: '陈静',
    role: 'leader',
  };
  try {
    return await work(
      existsSync(join(folder, 'steward.db'))
        ? await desk.open(folder, false)
        : await desk.create({ folder, ...office }),
    );
  } finally {
    await desk.close();
    await closeWorkers();
  }
}
