// Workspaces of the benchmarks, in a temporary folder that goes away at the end.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Context } from '../../services/context.ts';
import { Desk } from '../../services/workspace/index.ts';

export const ROOT = join(import.meta.dirname, '..', '..');
export const TODAY = '2026-03-02';

/** A desk with a new workspace. */
export interface BenchDesk {
  desk: Desk;
  ctx: Context;
  root: string;
  folder: string;
  configFolder: string;
  close(): Promise<void>;
}

/** Makes one. */
export async function openBenchDesk(): Promise<BenchDesk> {
  const root = mkdtempSync(join(tmpdir(), 'steward-bench-'));
  const [configFolder, folder] = [join(root, 'config'), join(root, 'workspace')];
  const desk = new Desk({ resources: join(ROOT, 'resources'), version: 'bench', configFolder, today: () => TODAY });
  const ctx = await desk.create({
    folder,
    organisation: '某环保公司',
    office: '华漕驻点',
    code: 'HC',
    operator: '陈思远',
    role: 'inspector',
  });
  return {
    desk,
    ctx,
    root,
    folder,
    configFolder,
    close: async () => {
      await desk.close();
      rmSync(root, { recursive: true, force: true });
    },
  };
}

/** A job that nobody watches or stops. */
export const quiet = {
  progress: (): void => undefined,
  check: (): void => undefined,
  signal: new AbortController().signal,
};
