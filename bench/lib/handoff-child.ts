// One step of a hand-off in a process of its own, with everything loaded that the back end loads: `handoff-child.ts '{"step":…}'`.
// Prints the result as JSON on its last line.
import '../../host/backend.ts';
import { statSync } from 'node:fs';
import { join } from 'node:path';
import { exportOrder } from '../../contract/handoff.ts';
import type { Context } from '../../services/context.ts';
import {
  applyPackage,
  exportPackage,
  handoffState,
  previewPackage,
  writeReceipt,
  type HandoffControl,
} from '../../services/handoff/index.ts';
import { closeWorkers } from '../../services/workers/index.ts';
import type { Desk } from '../../services/workspace/index.ts';
import { deskOf, fill, folderOf, makeOffices, stickOf, workAWeek, type OfficeName, type Sizes } from './offices.ts';
import { watch, type Watched } from './watch.ts';

/**
 * What the child can be asked. `copy`: which copy of an office's folders. `cancelAt`: name of the step of progress at
 * which people cancel.
 */
export type Asked = { root: string } & (
  | { step: 'build'; sizes: Sizes }
  | { step: 'export'; copy: string; order: Record<string, unknown>; cancelAt?: string }
  | { step: 'import'; copy: string; path: string; receipt?: boolean; cancelAt?: string }
  | { step: 'week'; copy: string; edits: number; photos: number; photoBytes: number }
);

/** What came of it, in ms, bytes and counts; `cancelled`: ms from the cancel to the end. */
export interface Answer {
  operations?: number;
  storeBytes?: number;
  exported?: {
    ms: number;
    folder: string;
    kind: string;
    bytes: number;
    indexBytes: number;
    operations: number;
    attachments: number;
  };
  imported?: {
    previewMs: number;
    applyMs: number;
    operations: number;
    created: number;
    changed: number;
    stored: number;
    missing: number;
    receipt: string | null;
  };
  watched?: Watched;
  cancelled?: number;
}

const CANCEL_AFTER_MS = 150;

const officeOf = (copy: string): OfficeName => (copy.startsWith('a') ? 'a' : 'b');

async function withOffice<T>(root: string, copy: string, work: (ctx: Context, desk: Desk) => Promise<T>): Promise<T> {
  const desk = deskOf(root, officeOf(copy), copy);
  try {
    return await work(await desk.open(folderOf(root, copy), false), desk);
  } finally {
    await desk.close();
  }
}

/** A job that is cancelled a moment after it reached a step. */
function controlOf(cancelAt: string | undefined): { control: HandoffControl; cancelled(): number | null } {
  const abort = new AbortController();
  let [at, due] = [null as number | null, false];
  const control = {
    signal: abort.signal,
    progress: (_done: number, _total: number, step?: string): void => {
      if (due || cancelAt === undefined || step !== cancelAt) return;
      due = true;
      setTimeout(() => {
        at = performance.now();
        abort.abort();
      }, CANCEL_AFTER_MS);
    },
  };
  return { control, cancelled: () => (at === null ? null : performance.now() - at) };
}

async function build(root: string, sizes: Sizes): Promise<Answer> {
  const { a, b } = await makeOffices(root);
  const { operations } = await fill(a.ctx, sizes);
  await Promise.all([a.desk.close(), b.desk.close()]);
  return { operations, storeBytes: statSync(join(folderOf(root, 'a'), 'steward.db')).size };
}

async function cancellable(
  cancelAt: string | undefined,
  work: (control: HandoffControl) => Promise<Answer>,
): Promise<Answer> {
  const { control, cancelled } = controlOf(cancelAt);
  const seen = watch();
  try {
    return { ...(await work(control)), watched: seen() };
  } catch (error) {
    const ms = cancelled();
    if (ms === null) throw error;
    return { cancelled: ms, watched: seen() };
  }
}

async function exportIt(
  ctx: Context,
  root: string,
  order: Record<string, unknown>,
  cancelAt: string | undefined,
): Promise<Answer> {
  const [partner] = (await handoffState(ctx)).partners;
  const given = exportOrder.parse({
    target: stickOf(root),
    offices: partner ? [partner.office] : [],
    all: true,
    ...order,
  });
  return await cancellable(cancelAt, async (control) => {
    const begun = performance.now();
    const { folder, kind, bytes, operations, attachments } = await exportPackage(ctx, given, 'bench', control);
    return {
      exported: {
        ms: performance.now() - begun,
        folder,
        kind,
        bytes,
        indexBytes: statSync(join(folder, 'index.ehx')).size,
        operations,
        attachments,
      },
    };
  });
}

async function importIt(
  ctx: Context,
  root: string,
  path: string,
  receipt: boolean,
  cancelAt: string | undefined,
): Promise<Answer> {
  let importId = '';
  const answer = await cancellable(cancelAt, async (control) => {
    const begun = performance.now();
    const { previewId } = await previewPackage(ctx, { path, code: null, confirm: null }, control);
    const seen = performance.now();
    const done = await applyPackage(ctx, { previewId, merges: [] }, control);
    importId = done.importId;
    return {
      imported: {
        previewMs: seen - begun,
        applyMs: performance.now() - seen,
        operations: done.operations,
        created: done.created,
        changed: done.changed,
        stored: done.attachments.stored,
        missing: done.attachments.missing,
        receipt: null,
      },
    };
  });
  if (!receipt || !answer.imported) return answer;
  const { folder } = await writeReceipt(ctx, importId, stickOf(root), 'bench', controlOf(undefined).control);
  return { ...answer, imported: { ...answer.imported, receipt: folder } };
}

async function run(asked: Asked): Promise<Answer> {
  switch (asked.step) {
    case 'build':
      return await build(asked.root, asked.sizes);
    case 'export':
      return await withOffice(
        asked.root,
        asked.copy,
        async (ctx) => await exportIt(ctx, asked.root, asked.order, asked.cancelAt),
      );
    case 'import':
      return await withOffice(
        asked.root,
        asked.copy,
        async (ctx) => await importIt(ctx, asked.root, asked.path, asked.receipt ?? false, asked.cancelAt),
      );
    case 'week':
      return await withOffice(asked.root, asked.copy, async (ctx) => {
        await workAWeek(ctx, asked.edits, asked.photos, asked.photoBytes);
        return {};
      });
  }
}

const answer = await run(JSON.parse(process.argv[2] as string) as Asked);
await closeWorkers();
process.stdout.write(`${JSON.stringify(answer)}\n`);
