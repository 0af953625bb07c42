// Written packages as other tools see them, and what is left when writing fails.
import { execFileSync, spawnSync } from 'node:child_process';
import { createHash, createPublicKey, verify } from 'node:crypto';
import { existsSync, readFileSync, readdirSync, statfsSync, statSync, writeFileSync } from 'node:fs';
import { mkdir, open, rm, type FileHandle } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { gunzipSync } from 'node:zlib';
import { Decrypter } from 'age-encryption';
import fc from 'fast-check';
import { afterEach, beforeAll, beforeEach, expect, it } from 'vitest';
import { canonicalJson } from '../../domain/handoff/canonical.ts';
import { ageSize, parseAgeHeader } from '../../services/handoff-package/age.ts';
import {
  newSpokenCode,
  PackageError,
  writePackage,
  type Manifest,
  type PackageSource,
  type WriteOptions,
} from '../../services/handoff-package/index.ts';
import { formatSums, parseSums } from '../../services/handoff-package/sums.ts';
import {
  attachments,
  noise,
  opLine,
  packageMaker,
  packagePlace,
  packageSource,
  writeOptions,
  type PackageMaker,
} from '../support/handoff-package.ts';

let maker: PackageMaker;
let place: { root: string; target: string; tempDir: string };
beforeAll(async () => {
  maker = await packageMaker();
});
beforeEach(async () => {
  place = await packagePlace();
});
afterEach(async () => {
  await rm(place.root, { recursive: true, force: true });
});

const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');
const lines = (count: number): string[] => Array.from({ length: count }, (_, i) => opLine(i + 1));
const write = (source: PackageSource, more: Partial<WriteOptions> = {}) =>
  writePackage(source, writeOptions(maker, place, more));
const codeOf = async (work: Promise<unknown>): Promise<string> =>
  await work.then(
    () => 'no error',
    (error: unknown) => (error instanceof PackageError ? error.code : String(error)),
  );
const leftovers = (): string[] => [
  ...readdirSync(place.target),
  ...(existsSync(place.tempDir) ? readdirSync(place.tempDir) : []),
];

/** Runs a tool of the machine; not every system has each. */
function stock(tool: string, args: string[], cwd: string): void {
  const { error, status, stderr } = spawnSync(tool, args, { cwd, encoding: 'utf8' });
  if ((error as NodeJS.ErrnoException | undefined)?.code === 'ENOENT') return;
  expect([status, stderr], tool).toEqual([0, '']);
}

/** Opens a file with the library alone and unpacks it with the stock tar: entry names in order and their content. */
async function unpack(
  path: string,
  key: { identity: string } | { code: string },
): Promise<{ folder: string; names: string[]; plain: number; get(name: string): Buffer }> {
  const decrypter = new Decrypter();
  if ('code' in key) decrypter.addPassphrase(key.code);
  else decrypter.addIdentity(key.identity);
  const plain = await decrypter.decrypt(readFileSync(path));
  const folder = join(place.root, 'unpacked', sha256(plain));
  await mkdir(folder, { recursive: true });
  writeFileSync(join(folder, 'plain.tar'), plain);
  const names = execFileSync('tar', ['tf', 'plain.tar'], { cwd: folder, encoding: 'utf8' }).trim().split(/\r?\n/);
  execFileSync('tar', ['xf', 'plain.tar'], { cwd: folder });
  return { folder, names, plain: plain.length, get: (name) => readFileSync(join(folder, name)) };
}

const endOf = (hashes: readonly string[]): string =>
  `${hashes.length}\n${sha256(Buffer.concat(hashes.map((hash) => Buffer.from(hash, 'hex'))))}\n`;

it('would catch a package that stock tools cannot open or whose table of contents is untrue', async () => {
  const blobs = attachments([0, 1, 511, 512, 70_000, 131_072, 300_000, 20_000, 90_000]);
  const ops = lines(3_000);
  const { folder, manifest, files } = await write(packageSource(maker, ops, blobs), {
    partBytes: 200_000,
    limits: { opsStored: 20_000 },
  });
  expect(
    readdirSync(folder).filter((name) => !/^(index\.ehx|part-000\d\.ehp|READ-ME\.txt|sums\.txt)$/.test(name)),
  ).toEqual([]);
  expect(files.map(({ name, size, sha256: hash }) => [name, size, hash]).sort()).toEqual(
    readdirSync(folder)
      .map((name) => [name, statSync(join(folder, name)).size, sha256(readFileSync(join(folder, name)))])
      .sort(),
  );
  stock('sha256sum', ['-c', 'sums.txt'], folder);
  expect(readdirSync(place.tempDir)).toEqual([]);

  const index = await unpack(join(folder, 'index.ehx'), maker);
  const opsNames = index.names.filter((name) => name.startsWith('ops-'));
  expect(opsNames.length).toBeGreaterThan(3);
  expect(opsNames.slice(0, 2)).toEqual(['ops-00001.ndjson.gz', 'ops-00002.ndjson.gz']);
  expect(index.names).toEqual([
    'manifest.json',
    'manifest.sig',
    'certs.json',
    ...opsNames,
    'have.ndjson.gz',
    'seals.ndjson.gz',
    'blobs.ndjson.gz',
    'wants.ndjson.gz',
    'end',
  ]);
  const bytes = index.get('manifest.json');
  expect(bytes.toString()).toBe(canonicalJson(manifest));
  const publicKey = createPublicKey({
    key: { kty: 'OKP', crv: 'Ed25519', x: Buffer.from(maker.publicKey, 'base64').toString('base64url') },
    format: 'jwk',
  });
  expect(
    verify(null, Buffer.concat([Buffer.from('handoff-manifest-v1\0'), bytes]), publicKey, index.get('manifest.sig')),
  ).toBe(true);
  expect(manifest.entries.map((entry) => entry.name)).toEqual(index.names.slice(2, -1));
  for (const entry of manifest.entries) {
    const stored = index.get(entry.name);
    const plain = entry.name.endsWith('.gz') ? gunzipSync(stored) : stored;
    expect([entry.size, entry.sha256, entry.plain, entry.lines], entry.name).toEqual([
      stored.length,
      sha256(stored),
      plain.length,
      plain.toString().split('\n').length - 1,
    ]);
    if (opsNames.includes(entry.name)) expect(entry.size).toBeLessThanOrEqual(20_000);
  }
  stock('gzip', ['-t', ...opsNames], index.folder);
  expect(opsNames.map((name) => gunzipSync(index.get(name)).toString()).join('')).toBe(
    ops.map((line) => `${line}\n`).join(''),
  );
  expect(index.get('end').toString()).toBe(endOf(index.names.slice(0, -1).map((name) => sha256(index.get(name)))));
  const file = readFileSync(join(folder, 'index.ehx'));
  expect(file.length).toBe(ageSize(index.plain, parseAgeHeader(file.subarray(0, 65_536), file.length).size));

  const listed = gunzipSync(index.get('blobs.ndjson.gz'))
    .toString()
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as { sha256: string; size: number; part: number });
  expect(listed.map((blob) => blob.sha256)).toEqual([...blobs.keys()].sort());
  expect(manifest.parts.length).toBeGreaterThan(2);
  for (const { no, bytes: size, blobs: count } of manifest.parts) {
    const part = await unpack(join(folder, `part-000${no}.ehp`), maker);
    const here = listed.filter((blob) => blob.part === no);
    expect([part.plain, part.names], `part ${no}`).toEqual([
      size,
      ['part.json', ...here.map((blob) => `b/${blob.sha256}`), 'end'],
    ]);
    expect(here.length).toBe(count);
    if (count > 1) expect(size).toBeLessThanOrEqual(200_000);
    for (const blob of here)
      expect(part.get(`b/${blob.sha256}`).equals(blobs.get(blob.sha256)!), blob.sha256).toBe(true);
    expect(part.get('part.json').toString()).toBe(
      canonicalJson({ package_id: manifest.package_id, no, manifest_sha256: sha256(bytes) }),
    );
    expect(part.get('end').toString()).toBe(endOf([sha256(part.get('part.json')), ...here.map((blob) => blob.sha256)]));
  }
});

it('would catch a package without operations or attachments that lacks its lists', async () => {
  const code = newSpokenCode();
  const source = packageSource(maker, [], new Map());
  const { folder, manifest } = await write(
    { ...source, have: () => [], seals: () => [], wants: () => [] },
    { code, recipients: [] },
  );
  expect(readdirSync(folder).sort()).toEqual(['READ-ME.txt', 'index.ehx', 'sums.txt']);
  const index = await unpack(join(folder, 'index.ehx'), { code });
  expect(manifest.entries.map(({ name, plain, lines: count }) => [name, plain, count]).slice(1)).toEqual(
    ['have', 'seals', 'blobs', 'wants'].map((name) => [`${name}.ndjson.gz`, 0, 0]),
  );
  expect(gunzipSync(index.get('have.ndjson.gz')).length).toBe(0);
});

it('[I26] would catch text that does not come out as it went in, at any limits', async () => {
  const text = fc.array(fc.string({ unit: 'grapheme', maxLength: 200 }), { maxLength: 60 });
  await fc.assert(
    fc.asyncProperty(text, fc.integer({ min: 2_000, max: 20_000 }), async (texts, limit) => {
      const ops = texts.map((value) => canonicalJson({ value }));
      const { folder, manifest } = await write(packageSource(maker, ops, new Map()), {
        limits: { opsStored: limit, opsPlain: 2 * limit },
      });
      const index = await unpack(join(folder, 'index.ehx'), maker);
      const kept = manifest.entries.filter((entry) => entry.name.startsWith('ops-'));
      expect(kept.map((entry) => gunzipSync(index.get(entry.name)).toString()).join('')).toBe(
        ops.map((line) => `${line}\n`).join(''),
      );
      expect(kept.filter((entry) => entry.size > limit || entry.plain > 2 * limit)).toEqual([]);
    }),
    { numRuns: 25, seed: 26 },
  );
});

it('would catch a package written beyond what its reader takes', async () => {
  const source = packageSource(maker, lines(50), new Map());
  expect(await codeOf(write(source, { limits: { line: 100 } }))).toBe('TOO_BIG');
  expect(await codeOf(write(source, { limits: { lines: 20 } }))).toBe('TOO_BIG');
  expect(await codeOf(write(source, { limits: { list: 40 } }))).toBe('TOO_BIG');
  expect(await codeOf(write(source, { limits: { manifest: 300 } }))).toBe('TOO_BIG');
  expect(await codeOf(write(packageSource(maker, [], attachments([5_000])), { limits: { blob: 4_999 } }))).toBe(
    'TOO_BIG',
  );
  expect(await codeOf(write(source, { recipients: Array.from({ length: 65 }, (_, i) => `age1${i}`) }))).toBe('TOO_BIG');
  expect(leftovers()).toEqual([]);
});

it('would catch an export that writes over the one before', async () => {
  const first = await write(packageSource(maker, lines(1), new Map()));
  const second = await write(packageSource(maker, lines(2), new Map()));
  expect(second.folder).not.toBe(first.folder);
  expect(sha256(readFileSync(join(first.folder, 'index.ehx')))).toBe(
    first.files.find((file) => file.name === 'index.ehx')!.sha256,
  );
});

it(
  'would catch a cancelled export that goes on, leaves something or keeps a file open, and an index named ' +
    'before the rest is there',
  async () => {
    const blobs = attachments([150_000, 150_000, 150_000]);
    let polls = 0;
    let complete = 0;
    const partial = (): string[] => readdirSync(place.target).flatMap((name) => readdirSync(join(place.target, name)));
    const count = (limit: number) => (): boolean => {
      polls += 1;
      if (partial().includes('index.ehx')) complete += 1;
      return polls > limit;
    };
    const { folder, files } = await write(packageSource(maker, lines(2_000), blobs), {
      partBytes: 200_000,
      stopped: count(Infinity),
    });
    expect([complete, files.length]).toEqual([0, 6]);
    await rm(folder, { recursive: true });
    const all = polls;
    expect(all).toBeGreaterThan(20);
    const opened: Readable[] = [];
    const source = packageSource(maker, lines(2_000), blobs);
    const watched = {
      ...source,
      openBlob: (sha: string, size: number) => {
        opened.push(source.openBlob(sha, size));
        return opened.at(-1)!;
      },
    };
    for (let limit = 0; limit < all; limit += 1) {
      polls = 0;
      expect(
        await codeOf(write(watched, { partBytes: 200_000, stopped: count(limit) })),
        `stopped after ${limit}`,
      ).toBe('CANCELLED');
      expect(
        [polls, leftovers(), opened.filter((stream) => !stream.destroyed).length],
        `stopped after ${limit}`,
      ).toEqual([limit + 1, [], 0]);
    }
  },
);

it('would catch progress that runs backwards or never ends', async () => {
  const seen: [number, number, string][] = [];
  await write(packageSource(maker, lines(30_000), attachments([3_000_000])), {
    onProgress: (done, total, step) => seen.push([done, total, step]),
  });
  expect([...new Set(seen.map((report) => report[2]))]).toEqual(['整理资料', '写入附件', '写入资料']);
  const bytes = seen.filter((report) => report[2] !== '整理资料').map((report) => report[0]);
  expect(bytes).toEqual([...bytes].sort((a, b) => a - b));
  expect(seen.at(-1)![0]).toBe(seen.at(-1)![1]);
});

it('[F7][F15] would catch an attachment that changed while it was packed', async () => {
  const blobs = attachments([100_000, 200_000]);
  const [name, bytes] = [...blobs][1]!;
  const flipped = Buffer.from(bytes);
  flipped[150_000]! ^= 1;
  const fail = new Readable({
    read() {
      this.destroy(Object.assign(new Error('gone'), { code: 'ENOENT' }));
    },
  });
  const bad: Readable[] = [
    Readable.from([flipped]),
    Readable.from([bytes.subarray(1)]),
    Readable.from([Buffer.concat([bytes, Buffer.from('x')])]),
    Readable.from([]),
    fail,
  ];
  const source = packageSource(maker, lines(3), blobs);
  for (const stream of bad) {
    expect(
      await codeOf(write({ ...source, openBlob: (sha, size) => (sha === name ? stream : source.openBlob(sha, size)) })),
    ).toBe('SOURCE_CHANGED');
    expect(stream.destroyed).toBe(true);
    expect(leftovers()).toEqual([]);
  }
});

it('would catch a failing source of operations being taken for a failing stick', async () => {
  const source = packageSource(maker, [], new Map());
  const ops = function* (): Generator<string> {
    yield* lines(10);
    throw new Error('database is locked');
  };
  await expect(write({ ...source, ops: ops() })).rejects.toThrow('database is locked');
  expect(leftovers()).toEqual([]);
});

it('[F6] would catch attachments being packed that cannot fit', async () => {
  const { bavail, bsize } = statfsSync(place.target);
  const size = 500 * 2 ** 20;
  const many = Array.from({ length: Math.ceil((bavail * bsize) / size) + 20 }, (_, i) => ({
    sha256: sha256(Buffer.from(String(i))),
    size,
    mime: 'image/jpeg',
  }));
  let opened = 0;
  const source = {
    ...packageSource(maker, lines(3), new Map()),
    blobs: () => many,
    openBlob: () => {
      opened += 1;
      return Readable.from([]);
    },
  };
  expect([await codeOf(write(source)), opened, leftovers()]).toEqual(['NO_SPACE', 0, []]);
});

/** Faults of a medium: `fault` sees every write of every file and may throw or spoil it. */
async function withFaults<T>(fault: (bytes: Uint8Array) => Uint8Array, work: () => Promise<T>): Promise<T> {
  const probe = await open(join(place.root, 'probe'), 'w');
  const prototype = Object.getPrototypeOf(probe) as FileHandle;
  await probe.close();
  const real = prototype.write;
  const spoiled = async function (this: FileHandle, bytes: Uint8Array, ...rest: unknown[]): Promise<unknown> {
    return await (real as (...values: unknown[]) => Promise<unknown>).call(this, fault(bytes), ...rest);
  };
  Object.assign(prototype, { write: spoiled });
  try {
    return await work();
  } finally {
    Object.assign(prototype, { write: real });
  }
}

it('[F6] would catch a full, pulled, locked or faulty stick under a wrong sentence, or half a package left on it', async () => {
  const source = packageSource(maker, lines(3_000), attachments([150_000, 150_000]));
  const system = (code: string) => (at: number) => {
    let left = at;
    return (bytes: Uint8Array): Uint8Array => {
      left -= bytes.length;
      if (left < 0) throw Object.assign(new Error(code), { code });
      return bytes;
    };
  };
  for (const [code, wanted] of [
    ['ENOSPC', 'NO_SPACE'],
    ['EDQUOT', 'NO_SPACE'],
    ['EIO', 'TARGET_GONE'],
    ['ENODEV', 'TARGET_GONE'],
    ['EROFS', 'TARGET_READ_ONLY'],
    ['EFBIG', 'TARGET_LIMIT'],
  ] as const) {
    for (const at of [0, 100_000, 300_000, 400_000]) {
      expect(await withFaults(system(code)(at), () => codeOf(write(source))), `${code} after ${at}`).toBe(wanted);
      expect(leftovers(), `${code} after ${at}`).toEqual([]);
    }
  }
  let pieces = 0;
  const spoil = (bytes: Uint8Array): Uint8Array => {
    pieces += 1;
    if (pieces !== 3) return bytes;
    const copy = Uint8Array.from(bytes);
    copy[100]! ^= 4;
    return copy;
  };
  expect(await withFaults(spoil, () => codeOf(write(source)))).toBe('TARGET_FAULTY');
  expect(leftovers()).toEqual([]);
});

it('[F6] would catch a missing target or a full temporary folder under a wrong sentence', async () => {
  const source = packageSource(maker, lines(3), new Map());
  expect(await codeOf(write(source, { target: join(place.root, 'pulled') }))).toBe('TARGET_GONE');
  writeFileSync(join(place.root, 'file'), '');
  expect(await codeOf(write(source, { target: join(place.root, 'file') }))).toBe('TARGET_GONE');
  expect(await codeOf(write(source, { tempDir: join(place.root, 'file', 'temp') }))).toBe('TARGET_GONE');
  expect(leftovers()).toEqual([]);
});

it('would catch sums.txt being misread: a cut one counts as absent, an edited line end does not', () => {
  const files = [
    { name: 'part-0001.ehp', size: 7, sha256: 'a'.repeat(64) },
    { name: 'index.ehx', size: 1_234_567, sha256: 'b'.repeat(64) },
  ];
  const text = formatSums(files);
  expect([...parseSums(text)!.values()]).toEqual(files);
  expect([...parseSums(`\uFEFF${text.replaceAll('\n', '\r\n')}`)!.values()]).toEqual(files);
  const first = text.indexOf('# size', 1);
  for (let cut = 0; cut < text.length - 1; cut += 1)
    expect(parseSums(text.slice(0, cut))?.size ?? 0, `cut at ${cut}`).toBe(cut === first || cut === first - 1 ? 1 : 0);
  for (const wrong of ['hello', `${text}x`, text.replace('1234567', '12e5'), `${text}${text}`, text.replace('b', 'B')])
    expect(parseSums(wrong)).toBeNull();
});

it('would catch memory growing with the package', async () => {
  const blobs = Array.from({ length: 24 }, (_, i) => noise(4_096, `m${i}`));
  const big = (piece: Buffer): Readable =>
    Readable.from(
      (function* () {
        for (let i = 0; i < 2_048; i += 1) yield piece;
      })(),
    );
  const hashes = new Map(
    blobs.map((piece) => {
      const hash = createHash('sha256');
      for (let i = 0; i < 2_048; i += 1) hash.update(piece);
      return [hash.digest('hex'), piece];
    }),
  );
  let peak = 0;
  const source = {
    ...packageSource(maker, [], new Map()),
    blobs: () => [...hashes.keys()].map((sha) => ({ sha256: sha, size: 2_048 * 4_096, mime: 'image/jpeg' })),
    openBlob: (sha: string) => big(hashes.get(sha)!),
  };
  const before = process.memoryUsage().rss;
  const { manifest } = await write(source, {
    onProgress: () => {
      peak = Math.max(peak, process.memoryUsage().rss);
    },
  });
  expect((manifest satisfies Manifest).parts[0]!.bytes).toBeGreaterThan(190 * 2 ** 20);
  expect(peak - before).toBeLessThan(150 * 2 ** 20);
});
