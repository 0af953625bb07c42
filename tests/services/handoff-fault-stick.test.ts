// A stick that fills up, is pulled, breaks or takes no large files, in the middle of the work; packages of several parts.
// The long work runs in this thread, so that the moment is the same each time.
import {
  copyFileSync,
  cpSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { execFile } from 'node:child_process';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import { exportOrder } from '../../contract/handoff.ts';
import type { Context } from '../../services/context.ts';
import { createBackup } from '../../services/backup/index.ts';
import * as handoff from '../../services/handoff/index.ts';
import { ageSize } from '../../services/handoff-package/age.ts';
import { AGE_HEADER_LIMIT, LIMITS, PART_BYTES } from '../../services/handoff-package/limits.ts';
import { planParts } from '../../services/handoff-package/parts.ts';
import type { makePackage as MakePackage } from '../../services/handoff-tasks/make.ts';
import { addDocuments, addMany, codeOf, control, Desks, dumpAt, preview, take } from '../support/handoff-desks.ts';
import { plant, unplant } from '../support/planted.ts';
import { storedIn } from '../support/salvage.ts';
import { canMount, failingDisk, smallDisk, type FailingDisk, type SmallDisk } from '../support/small-disk.ts';
import { dumpOf } from '../support/store.ts';

vi.mock('../../services/workers/index.ts', async (original) => ({
  ...(await original<object>()),
  inBackground: (await import('../support/in-process.ts')).inThisThread,
}));
vi.mock('../../services/handoff-tasks/make.ts', async (original) =>
  (await import('../support/planted.ts')).replaceable(await original()),
);

const MIB = 1024 * 1024;
const probe = mkdtempSync(join(tmpdir(), 'steward-probe-'));
const mounts = canMount(probe);
const spare = mounts ? failingDisk(join(probe, 'failing'), 4 * MIB) : null;
const fails = ((): boolean => {
  try {
    spare?.fail();
    return spare !== null;
  } catch {
    return false;
  }
})();
if (!fails) console.log('skipped: a disk that fails needs loop devices, ext4 and perl');
spare?.remove();
rmSync(probe, { recursive: true, force: true });

let desks: Desks;
let a: Context;
let b: Context;
let partner: string;
let before: { a: string; b: string };

beforeAll(async () => {
  desks = new Desks();
  const pair = await desks.pair();
  ({ a, b } = pair);
  await addMany(a, pair.townId, 60);
  await addDocuments(a, pair.id, [3 * MIB, 2 * MIB, 700_000, 800_000, 900_000]);
  partner = (await handoff.handoffState(a)).partners[0]?.office as string;
  before = { a: await dumpAt(a.store), b: dumpOf(b.store.file) };
});
afterEach(() => {
  unplant();
});
afterAll(async () => {
  await desks.close();
});

/** Does something once, when the work comes to a step. */
const when = (step: string, what: () => void): typeof control => {
  let done = false;
  return {
    signal: control.signal,
    progress: (...[, , now]: unknown[]): void => {
      if (now === step && !done) {
        done = true;
        what();
      }
    },
  };
};
const exported = async (target: string, at = control): Promise<string> =>
  await codeOf(handoff.exportPackage(a, exportOrder.parse({ target, offices: [partner], all: true }), 'test', at));
/** Nothing was handed over: no package is known of, and nothing else has changed. */
async function expectNothingMade(target: string): Promise<void> {
  expect(await dumpAt(a.store)).toBe(before.a);
  expect((await handoff.handoffState(a)).exports.filter((e) => e.folder.startsWith(target))).toEqual([]);
  expect(readdirSync(tmpdir()).filter((n) => n.startsWith(`steward-outgoing-${process.pid}-`))).toEqual([]);
}

describe.skipIf(!mounts)('[F6] while a package or a backup is written', () => {
  let stick: SmallDisk | null = null;
  const newStick = (name: string, bytes = 24 * MIB): SmallDisk =>
    (stick = smallDisk(join(desks.root, name), bytes) as SmallDisk);
  afterEach(() => {
    stick?.remove();
    stick = null;
  });

  test('the stick is filled by somebody else: NO_SPACE, and nothing of the package is left', async () => {
    const { path, fill } = newStick('filled');
    expect(
      await exported(
        path,
        when('写入附件', () => {
          fill(0);
        }),
      ),
    ).toBe('NO_SPACE');
    expect(readdirSync(path)).toEqual(['.filler']);
    await expectNothingMade(path);
  });

  test('a backup on a stick that is filled by somebody else: NO_SPACE, and nothing of it is left', async () => {
    const { path, fill } = newStick('filled by a backup', 96 * MIB);
    const order = { folder: path, attachments: true, passphrase: null, appVersion: 'test' };
    expect(
      await codeOf(
        createBackup(
          a,
          order,
          when('写入备份', () => {
            fill(0);
          }),
        ),
      ),
    ).toBe('NO_SPACE');
    expect(readdirSync(path)).toEqual(['.filler']);
    await expectNothingMade(path);
  });

  test('the stick is pulled: TARGET_GONE', async () => {
    const { path, remove } = newStick('pulled');
    expect(
      await exported(
        path,
        when('写入附件', () => {
          remove();
          stick = null;
        }),
      ),
    ).toBe('TARGET_GONE');
    expect(readdirSync(path)).toEqual([]);
    await expectNothingMade(path);
  });
});

describe.skipIf(!fails)('[F6] a stick that answers with EIO', () => {
  let stick: FailingDisk;
  const newStick = (name: string): FailingDisk =>
    (stick = failingDisk(join(desks.root, name), 32 * MIB) as FailingDisk);
  afterEach(() => {
    stick.remove();
  });

  test('while a package is written: TARGET_GONE', async () => {
    const { path, fail } = newStick('failing out');
    expect(await exported(path, when('写入附件', fail))).toBe('TARGET_GONE');
    await expectNothingMade(path);
  });

  test('while a package is looked at: TARGET_GONE, and nothing changes', async () => {
    const { path, fail } = newStick('failing at preview');
    const { folder } = await desks.send(a, b, { target: path, full: true });
    fail();
    expect(await codeOf(preview(b, folder))).toBe('TARGET_GONE');
    expect(dumpOf(b.store.file)).toBe(before.b);
  });

  test('while attachments are stored: TARGET_GONE, whole attachments may stay, nothing else does', async () => {
    const { path, fail } = newStick('failing in between');
    const { folder } = await desks.send(a, b, { target: path, full: true });
    const seen = await preview(b, folder);
    expect(
      await codeOf(handoff.applyPackage(b, { previewId: seen.previewId, merges: [] }, when('写入附件', fail))),
    ).toBe('TARGET_GONE');
    await handoff.discardPreview(seen.previewId);
    expect(dumpOf(b.store.file)).toBe(before.b);
    expect(storedIn(b.store.folder).size).toBeLessThan(5);
  });
});

describe('[F6] files may not be large', () => {
  test('every file of a package is below the 4 GiB of FAT32, by far', () => {
    const fat32 = 2 ** 32 - 1;
    expect(ageSize(PART_BYTES, AGE_HEADER_LIMIT)).toBeLessThan(LIMITS.part);
    expect(LIMITS.part).toBeLessThan(fat32);
    const hash = (n: number): string => n.toString(16).padStart(64, '0');
    const parts = planParts(
      Array.from({ length: 50 }, (_, n) => ({ sha256: hash(n), size: LIMITS.blob - (n % 3), mime: 'video/mp4' })),
      PART_BYTES,
      LIMITS,
    );
    expect(parts.length).toBeGreaterThan(20);
    expect(Math.max(...parts.map((p) => ageSize(p.bytes, AGE_HEADER_LIMIT)))).toBeLessThan(LIMITS.part);
  });

  test.skipIf(process.platform === 'win32')(
    'a medium that takes no file of that size (EFBIG): its own code, nothing left, and the workspace as before',
    async () => {
      const stick = join(desks.root, 'small files');
      cpSync(desks.stick, stick, { recursive: true });
      const there = readdirSync(stick);
      const [folder, config] = [a.store.folder, desks.config('HC')];
      await desks.desk('HC').close();
      try {
        const command = `ulimit -f 6144 && exec "${process.execPath}" "$@"`;
        const run = await promisify(execFile)(
          'bash',
          [
            '-c',
            command,
            'node',
            join('host', 'cli.ts'),
            'handoff',
            'export',
            '--to',
            partner,
            '--out',
            stick,
            '--workspace',
            folder,
            '--json',
          ],
          { env: { ...process.env, STEWARD_CONFIG: config } },
        ).then(
          () => 'OK',
          (e: { stdout: string; stderr: string }) => `${e.stdout}${e.stderr}`,
        );
        expect(run).toContain('TARGET_LIMIT');
        expect(readdirSync(stick)).toEqual(there);
      } finally {
        a = await desks.open('HC', folder);
      }
      expect(await dumpAt(a.store)).toBe(before.a);
    },
  );
});

describe('packages of several parts', () => {
  const inParts = (): void => {
    plant(
      'makePackage',
      (real: typeof MakePackage): typeof MakePackage =>
        async (input, ...rest) =>
          await real({ ...input, partBytes: 1_000_000 }, ...rest),
    );
  };
  const partsOf = (folder: string): string[] =>
    readdirSync(folder)
      .filter((f) => f.endsWith('.ehp'))
      .sort();
  /** Takes a package in, and takes it back. */
  const taken = async (folder: string): Promise<{ stored: number; missing: number }> => {
    rmSync(join(b.store.folder, 'attachments'), { recursive: true, force: true });
    const done = await take(b, folder);
    expect(await dumpAt(b.store)).toBe(before.a);
    expect(storedIn(b.store.folder).size).toBe(done.attachments.stored);
    await handoff.undoImport(b, done.importId);
    return done.attachments;
  };

  test('[F3][F6] all of them, some of them, under any names, one of them damaged, and what was missing with the next package', async () => {
    inParts();
    const { folder } = await desks.send(a, b, { full: true });
    const parts = partsOf(folder);
    expect(parts).toHaveLength(5);
    expect(await taken(folder)).toEqual({ stored: 5, missing: 0 });

    const names = join(desks.root, 'other names');
    cpSync(folder, names, { recursive: true });
    for (const [n, name] of parts.entries()) renameSync(join(names, name), join(names, `copy ${9 - n}.EHP`));
    expect(await taken(names)).toEqual({ stored: 5, missing: 0 });

    const fewer = join(desks.root, 'fewer');
    cpSync(folder, fewer, { recursive: true });
    for (const name of [parts[1], parts[3]] as string[]) rmSync(join(fewer, name));
    rmSync(join(b.store.folder, 'attachments'), { recursive: true });
    expect((await preview(b, fewer)).attachments).toMatchObject({ carried: 5, missing: 2 });
    expect(await taken(fewer)).toEqual({ stored: 3, missing: 2 });

    const damaged = join(desks.root, 'damaged');
    cpSync(folder, damaged, { recursive: true });
    const bytes = readFileSync(join(damaged, parts[2] as string));
    bytes[bytes.length >> 1] = (bytes[bytes.length >> 1] as number) ^ 1;
    writeFileSync(join(damaged, parts[2] as string), bytes);
    copyFileSync(join(folder, parts[0] as string), join(damaged, parts[4] as string));
    expect(await taken(damaged)).toEqual({ stored: 3, missing: 2 });

    rmSync(join(b.store.folder, 'attachments'), { recursive: true, force: true });
    await take(b, fewer);
    await take(a, (await desks.send(b, a)).folder);
    const rest = await desks.send(a, b);
    expect([rest.kind, rest.attachments, partsOf(rest.folder).length]).toEqual(['delta', 2, 2]);
    expect((await take(b, rest.folder)).attachments).toEqual({ stored: 2, missing: 0 });
    expect(storedIn(b.store.folder).size).toBe(5);
    expect(
      existsSync(join(b.store.folder, 'attachments', 'tmp'))
        ? readdirSync(join(b.store.folder, 'attachments', 'tmp'))
        : [],
    ).toEqual([]);
  });
});
