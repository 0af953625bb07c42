// A workspace that is filled through the services before a window or the command line opens it.
import type { WritableRecord } from '../../../contract/records.ts';
import type { Values } from '../../../contract/shared.ts';
import { createRecord } from '../../../services/records/index.ts';
import { bring, onFile, sheet } from '../../support/register-import.ts';
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

/** A workspace with one enterprise, and records of its file that `work` adds; the id of the enterprise. */
export const fillOneFile = (
  machine: Parameters<typeof fillWorkspace>[0],
  work: (add: (kind: WritableRecord, values: Values) => Promise<string>) => Promise<unknown>,
): Promise<string> =>
  fillWorkspace(machine, async (ctx) => {
    const register = sheet([
      ['企业名称', '街镇', '村居', '企业类型'],
      ['上海川岚金属制品有限公司', '青禾镇', '东禾村', '工业企业'],
    ]);
    await bring(ctx, [register]);
    const enterpriseId = String((await onFile(ctx))[0]?.id);
    await work(async (kind, values) => (await createRecord(ctx, kind, { enterpriseId, ...values })).id);
    return enterpriseId;
  });
