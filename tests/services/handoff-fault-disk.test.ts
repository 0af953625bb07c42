// Disks that are full or can only be read, wherever a hand-off writes: its own sentence, and nothing changed. Sources
// that change while they are read.
import {
  chmodSync,
  copyFileSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import type { Context } from '../../services/context.ts';
import * as handoff from '../../services/handoff/index.ts';
import { closeWorkers } from '../../services/workers/index.ts';
import { addDocuments, addMany, apply, codeOf, Desks, dumpAt, preview, take } from '../support/handoff-desks.ts';
import { canMount, smallDisk, type SmallDisk } from '../support/small-disk.ts';
import { dumpOf } from '../support/store.ts';

const MIB = 1024 * 1024;
const probe = mkdtempSync(join(tmpdir(), 'steward-probe-'));
const mounts = canMount(probe);
rmSync(probe, { recursive: true, force: true });

let desks: Desks;
let a: Context;
let b: Context;
let disk: SmallDisk;
let made: string;
const realTmp = process.env.TMPDIR;
const useTmp = (folder: string | undefined): void => {
  if (folder === undefined) delete process.env.TMPDIR;
  else process.env.TMPDIR = folder;
};

/** The office that gives has a disk as everybody; the one that takes has its workspace on the small disk. */
beforeAll(async () => {
  desks = new Desks();
  const home = join(desks.root, 'disk');
  disk = (mounts ? smallDisk(home, 64 * MIB) : null) ?? {
    path: home,
    fill: () => undefined,
    free: () => undefined,
    setReadOnly: () => undefined,
    remove: () => undefined,
  };
  const pair = await desks.pair(join(disk.path, 'XH'));
  ({ a, b } = pair);
  const { townId, id } = pair;
  await addMany(a, townId, 300);
  await addDocuments(a, id, [700_000, 800_000]);
  made = (await desks.send(a, b)).folder;
});
afterEach(() => {
  disk.free();
  useTmp(realTmp);
});
afterAll(async () => {
  await closeWorkers();
  for (const d of desks.desks.values()) await d.close();
  disk.remove();
  await desks.close();
});

const attachmentsAt = (at: Context): string[] =>
  (existsSync(join(at.store.folder, 'attachments'))
    ? readdirSync(join(at.store.folder, 'attachments'), { recursive: true, encoding: 'utf8' })
    : []
  )
    .filter((f) => /[0-9a-f-]{36}$/.test(f))
    .sort();

describe.skipIf(!mounts)('[F6] full', () => {
  test('the temporary folder, while a package is looked at', async () => {
    const tmp = smallDisk(join(desks.root, 'tmp'), MIB / 2) as SmallDisk;
    try {
      useTmp(tmp.path);
      const before = dumpOf(b.store.file);
      expect(await codeOf(preview(b, made))).toBe('NO_SPACE');
      expect(dumpOf(b.store.file)).toBe(before);
      expect(readdirSync(tmp.path)).toEqual([]);
    } finally {
      useTmp(realTmp);
      tmp.remove();
    }
  });

  test('the disk of the workspace, while attachments are stored: those that had room may stay, nothing else does', async () => {
    const before = dumpOf(b.store.file);
    const seen = await preview(b, made);
    disk.fill(1_000_000);
    expect(await codeOf(apply(b, seen.previewId))).toBe('NO_SPACE');
    expect(dumpOf(b.store.file)).toBe(before);
    expect(attachmentsAt(b).filter((f) => f.includes('tmp'))).toEqual([]);
    expect(attachmentsAt(b).length).toBeLessThan(2);
  });

  test(
    'the disk of the workspace, while operations are written: rolled back, and the same preview goes through ' +
      'when there is room',
    async () => {
      const before = dumpOf(b.store.file);
      const bare = (await desks.send(a, b, { attachments: 'none' })).folder;
      // Opened anew its log is short, and has to grow.
      await desks.desk('XH').close();
      b = await desks.open('XH', b.store.folder);
      const seen = await preview(b, bare);
      disk.fill(40_000);
      expect(await codeOf(apply(b, seen.previewId))).toBe('DISK_FULL');
      expect(dumpOf(b.store.file)).toBe(before);
      expect(await b.store.read.sql('PRAGMA integrity_check')).toEqual([{ integrity_check: 'ok' }]);
      disk.free();
      expect((await apply(b, seen.previewId)).operations).toBeGreaterThan(300);
      expect(await dumpAt(b.store)).toBe(await dumpAt(a.store));
      const [last] = (await handoff.handoffState(b)).imports;
      await handoff.undoImport(b, last?.id as string);
    },
  );

  test('the stick, before a package is written', async () => {
    const stick = smallDisk(join(desks.root, 'full stick'), 4 * MIB) as SmallDisk;
    try {
      const before = await dumpAt(a.store);
      for (const left of [0, 100_000, 1_000_000]) {
        stick.fill(left);
        expect(await codeOf(desks.send(a, b, { target: stick.path })), `${left} bytes left`).toBe('NO_SPACE');
        expect(readdirSync(stick.path)).toEqual(['.filler']);
        stick.free();
      }
      expect(await dumpAt(a.store)).toBe(before);
      expect(
        (await handoff.handoffState(a)).exports.every(
          (e) => !e.folder.startsWith(stick.path) || existsSync(join(e.folder, 'index.ehx')),
        ),
      ).toBe(true);
    } finally {
      stick.remove();
    }
  });

  test('the temporary folder, while a package is written', async () => {
    const tmp = smallDisk(join(desks.root, 'tmp2'), 128 * 1024) as SmallDisk;
    try {
      useTmp(tmp.path);
      const there = readdirSync(desks.stick);
      expect(await codeOf(desks.send(a, b))).toBe('NO_SPACE');
      expect(readdirSync(desks.stick)).toEqual(there);
      expect(readdirSync(tmp.path)).toEqual([]);
    } finally {
      useTmp(realTmp);
      tmp.remove();
    }
  });

  test('a stick that can only be read: nothing is written to it, but packages on it are taken in', async () => {
    const stick = smallDisk(join(desks.root, 'locked stick'), 8 * MIB) as SmallDisk;
    try {
      const { folder } = await desks.send(a, b, { target: stick.path });
      stick.setReadOnly(true);
      expect(await codeOf(desks.send(a, b, { target: stick.path }))).toBe('TARGET_READ_ONLY');
      const before = await dumpAt(b.store);
      const done = await take(b, folder);
      expect(done.attachments).toEqual({ stored: expect.any(Number) as number, missing: 0 });
      expect(await dumpAt(b.store)).toBe(await dumpAt(a.store));
      await handoff.undoImport(b, done.importId);
      expect(await dumpAt(b.store)).toBe(before);
      stick.setReadOnly(false);
    } finally {
      stick.remove();
    }
  });
});

describe('[F7] sources that change', () => {
  const copyOf = (name: string): string => {
    const to = join(desks.root, name);
    cpSync(made, to, { recursive: true });
    return to;
  };

  test(
    'a package that is replaced, cut or taken away between preview and import gives what it still holds, never ' +
      'something else',
    async () => {
      const other = (await desks.send(a, b, { attachments: 'none', note: '另一份' })).folder;
      const cases: [string, (folder: string) => void][] = [
        [
          'another index',
          (folder) => {
            copyFileSync(join(other, 'index.ehx'), join(folder, 'index.ehx'));
          },
        ],
        [
          'a cut part',
          (folder) => {
            const part = join(folder, 'part-0001.ehp');
            truncateSync(part, statSync(part).size / 2);
          },
        ],
        [
          'no parts',
          (folder) => {
            rmSync(join(folder, 'part-0001.ehp'));
          },
        ],
      ];
      for (const [name, change] of cases) {
        const folder = copyOf(`changes ${name}`);
        const before = await dumpAt(b.store);
        const seen = await preview(b, folder);
        change(folder);
        const done = await apply(b, seen.previewId);
        expect(done.operations, name).toBe(seen.operations);
        expect(done.attachments.stored + done.attachments.missing, name).toBeLessThanOrEqual(2);
        expect(await dumpAt(b.store), name).toBe(await dumpAt(a.store));
        await handoff.undoImport(b, done.importId);
        expect(await dumpAt(b.store), name).toBe(before);
      }
    },
  );

  test('a package whose medium is gone between preview and import ends with the sentence for it, and changes nothing', async () => {
    const folder = copyOf('gone');
    const seen = await preview(b, folder);
    const before = dumpOf(b.store.file);
    rmSync(folder, { recursive: true });
    expect(['NOT_A_PACKAGE', 'TARGET_GONE']).toContain(await codeOf(apply(b, seen.previewId)));
    expect(dumpOf(b.store.file)).toBe(before);
  });

  test('an attachment that changes or goes while it is packed: it is left out, never a wrong content', async () => {
    const [row] = await a.store.read.sql<{ sha256: string }>('SELECT sha256 FROM attachment ORDER BY id LIMIT 1');
    const file = a.store.blobs.path(row?.sha256 as string);
    const kept = join(desks.root, 'kept');
    copyFileSync(file, kept);
    try {
      for (const bytes of [Buffer.alloc(700_009, 1), Buffer.from('short')]) {
        chmodSync(file, 0o644);
        writeFileSync(file, bytes);
        expect((await desks.send(a, b, { full: true })).attachments).toBe(1);
      }
      rmSync(file);
      const sent = await desks.send(a, b, { full: true });
      expect(sent.attachments).toBe(1);
      const seen = await preview(b, sent.folder);
      expect(seen.attachments).toMatchObject({ carried: 1 });
      await handoff.discardPreview(seen.previewId);
    } finally {
      mkdirSync(join(file, '..'), { recursive: true });
      copyFileSync(kept, file);
    }
  });
});
