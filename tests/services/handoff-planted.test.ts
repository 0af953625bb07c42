// Planted faults in whole hand-offs by file: the long work runs in this thread, where modules can be wrong on purpose.
import { afterEach, describe, expect, test, vi } from 'vitest';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { Outgoing } from '../../db/index.ts';
import type { applyStaging as ApplyStaging, removeImport as RemoveImport } from '../../db/handoff/apply.ts';
import type { operationOf as OperationOf } from '../../db/handoff/operations.ts';
import type { planStaging as PlanStaging } from '../../db/handoff/plan-staging.ts';
import type { stagePackage as StagePackage, unpackParts as UnpackParts } from '../../services/handoff-tasks/stage.ts';
import { PackageWorld, type PackageCommand } from '../support/package-world.ts';
import { plant, reportOf, unplant } from '../support/planted.ts';
import { tamper } from '../support/store.ts';

vi.mock('../../services/workers/index.ts', async (original) => ({ ...await original<object>(), inBackground: (await import('../support/in-process.ts')).inThisThread }));
vi.mock('../../db/handoff/apply.ts', async (original) => (await import('../support/planted.ts')).replaceable(await original()));
vi.mock('../../db/handoff/operations.ts', async (original) => (await import('../support/planted.ts')).replaceable(await original()));
vi.mock('../../db/handoff/plan-staging.ts', async (original) => (await import('../support/planted.ts')).replaceable(await original()));
vi.mock('../../db/handoff/seals.ts', async (original) => (await import('../support/planted.ts')).replaceable(await original()));
vi.mock('../../services/handoff-tasks/stage.ts', async (original) => (await import('../support/planted.ts')).replaceable(await original()));

afterEach(() => { unplant(); vi.restoreAllMocks(); });

/** Something of everything that the property test with real files does. */
const LIST: readonly PackageCommand[] = [
  ['create', 0, 1, 0, 'x'], ['edit', 0, 2, 0, 'x👩‍🔬y'], ['document', 0, 3, 0, 'x'], ['contact', 0, 1, 0, 'x'], ['send', 0, 0, 0, 'x'], ['edit', 0, 0, 0, 'x'], ['edit', 1, 1, 0, 'x'], ['edit', 1, 0, 1, 'x'],
  ['sendPart', 0, 1, 0, 'x'], ['bare', 0, 5, 0, 'x'], ['edit', 0, 4, 1, 'x'], ['deltaAsFull', 0, 0, 0, 'x'], ['edit', 0, 8, 1, 'x'], ['relay', 1, 0, 0, 'x'], ['damaged', 0, 0, 4001, 'x'], ['edit', 0, 4, 1, 'x'], ['cancel', 0, 0, 0, 'x'],
  ['remove', 0, 0, 2, 'x'], ['undo', 0, 0, 0, 'x'], ['late', 0, 0, 1, 'x'],
];

/** What is reported when the fault is there from the first command on. */
async function reported(fault: () => void = () => undefined): Promise<string> {
  const world = new PackageWorld();
  try {
    await world.open();
    fault();
    return await reportOf(async () => { await world.run(LIST); });
  } finally { await world.close(); }
}

test('without a fault nothing is noticed (bug: a check that reports whatever there is)', async () => {
  expect(await reported()).toBe('nothing was noticed');
});

const method = <K extends 'proved' | 'streams' | 'contents' | 'blobs'>(name: K, wrong: (real: Outgoing[K]) => Outgoing[K]) => (): void => {
  const real = Outgoing.prototype[name];
  vi.spyOn(Outgoing.prototype, name).mockImplementation(function (this: Outgoing, ...args: never[]) { return (wrong(real.bind(this) as Outgoing[K]) as (...a: never[]) => never)(...args); } as never);
};
const counted = (change: (summary: ReturnType<typeof PlanStaging>) => void) => (): void => {
  plant('planStaging', (real: typeof PlanStaging): typeof PlanStaging => (staging, onRow) => { const summary = real(staging, onRow); change(summary); return summary; });
};

const FAULTS: readonly (readonly [law: string, what: string, fault: () => void])[] = [
  ['I16', 'a partner counts as holding one operation more than it proved', method('proved', (real) => (peer, stream) => new Map([...real(peer, stream)].map(([device, c]) => [device, { ...c, upto: c.upto + 1 }])))],
  ['I17', 'what a partner proved is forgotten', method('proved', () => () => new Map())],
  ['I18', 'a package about one enterprise carries the streams of all', method('streams', (real) => (scope) => real({ ...scope, all: true }))],
  ['I18', 'a package carries contacts that were to be left out', method('streams', (real) => (scope) => real({ ...scope, personal: true }))],
  ['I18', 'a package carries attachments of all', method('blobs', (real) => (contents) => { void contents; return real(everything); })],
  ['I20', 'an import commits in two pieces', () => { plant('applyStaging', (real: typeof ApplyStaging): typeof ApplyStaging => async (tools, staging, facts, onProgress) => await real(tools, staging, facts, (done) => { tools.db.exec('COMMIT; BEGIN IMMEDIATE'); onProgress(done); })); }],
  ['I21', 'looking at a package writes', () => { plant('planStaging', (real: typeof PlanStaging): typeof PlanStaging => (staging, onRow) => { staging.db.exec('UPDATE store.sync_local SET ms = ms + 1'); return real(staging, onRow); }); }],
  ['I21', 'a preview counts one changed row too many', counted((s) => { for (const counts of Object.values(s.byEntity)) counts.changed += 1; })],
  ['I21', 'a preview counts other operations', counted((s) => { s.operations += 1; })],
  ['I22', 'taking back leaves what came', () => { plant('removeImport', (): typeof RemoveImport => async (tools, id) => { tools.db.prepare("UPDATE handoff_import SET undone_at = '' WHERE id = ?").run(id); return await Promise.resolve(0); }); }],
  ['I23', 'a refused package moves the clock', () => { plant('stagePackage', (real: typeof StagePackage): typeof StagePackage => async (input, ...rest) => await real(input, ...rest).catch((error: unknown) => { tamper(input.storeFile, 'UPDATE sync_local SET ms = ms + 1'); throw error; })); }],
  ['I26', 'text loses what is beyond the first plane', () => { plant('operationOf', (real: typeof OperationOf): typeof OperationOf => (record) => real({ ...record, body: record.body.replace(/[\u{10000}-\u{10ffff}]/gu, '?') })); }],
  ['I27', 'attachments are counted but not stored', () => { plant('unpackParts', (real: typeof UnpackParts): typeof UnpackParts => async (input, ...rest) => { const done = await real(input, ...rest); rmSync(join(input.workspace, 'attachments'), { recursive: true, force: true }); return done; }); }],
  ['I27', 'an attachment that is lacking is not wished for', method('contents', () => () => [])],
  ['I28', 'seals are not checked', () => { plant('checkSeals', () => () => null); }],
];
const everything = { [Symbol.iterator]: function* (): Generator<string> { /* filled below */ } };

describe('a planted fault is noticed', () => {
  test.each(FAULTS)('[%s] %s', async (law, _what, fault) => {
    expect(await reported(fault)).toContain(`[${law}]`);
  });
});
