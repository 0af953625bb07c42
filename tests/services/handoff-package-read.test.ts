// What comes back out of a package, whole or damaged, and with which code it ends.
import { createHash } from 'node:crypto';
import { copyFile, mkdir, readFile, rename, rm, truncate, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { canonicalJson } from '../../domain/handoff/canonical.ts';
import { parseAgeHeader } from '../../services/handoff-package/age.ts';
import {
  encryptionOf,
  inspectPackage,
  newSpokenCode,
  PackageError,
  partFiles,
  readIndex,
  readPart,
  writePackage,
  type BlobEntry,
  type BlobSink,
  type ExpectedPart,
  type IndexHandlers,
  type PackageKeys,
  type PartResult,
  type ReadOptions,
  type WriteOptions,
} from '../../services/handoff-package/index.ts';
import { tarSize } from '../../services/handoff-package/tar.ts';
import { sealInto, tarOf, withEnd, type ForgedFile } from '../support/handoff-forge.ts';
import {
  attachments,
  opLine,
  packageMaker,
  packagePlace,
  packageSource,
  writeOptions,
  type PackageMaker,
} from '../support/handoff-package.ts';

const AGE_CHUNK = 65_536 + 16;
let maker: PackageMaker;
let keys: PackageKeys;
let place: { root: string; target: string; tempDir: string };
let whole: { folder: string; index: string };
let expected: ExpectedPart;
const blobs = attachments([0, 1, 511, 512, 70_000, 131_072, 300_000, 20_000, 90_000, 65_536, 40_000]);
// Few of these compress, so the index spans several chunks of the encryption.
const ops = Array.from({ length: 6_000 }, (_, i) => opLine(i + 1));
let serial = 0;

const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');
const codeOf = async (work: Promise<unknown>): Promise<string> =>
  await work.then(
    () => 'accepted',
    (error: unknown) => (error instanceof PackageError ? error.code : String(error)),
  );
interface Got {
  ops: string[];
  have: string[];
  seals: string[];
  blobs: BlobEntry[];
  wants: string[];
}
function gather(): { got: Got; handlers: IndexHandlers } {
  const got: Got = { ops: [], have: [], seals: [], blobs: [], wants: [] };
  return {
    got,
    handlers: {
      manifest: () => undefined,
      ops: (l) => {
        got.ops.push(...l);
      },
      have: (l) => {
        got.have.push(...l);
      },
      seals: (l) => {
        got.seals.push(...l);
      },
      blobs: (l) => {
        got.blobs.push(...l);
      },
      wants: (l) => {
        got.wants.push(...l);
      },
    },
  };
}
/** A sink in memory that verifies as a store must. */
function store(): BlobSink & { held: Map<string, Buffer> } {
  const held = new Map<string, Buffer>();
  return {
    held,
    has: async (sha) => await Promise.resolve(held.has(sha)),
    add: async (sha, chunks, size) => {
      const pieces: Buffer[] = [];
      for await (const chunk of chunks) pieces.push(Buffer.from(chunk));
      const bytes = Buffer.concat(pieces);
      if (bytes.length !== size || sha256(bytes) !== sha) throw new Error('differs');
      held.set(sha, bytes);
    },
  };
}
const write = async (more: Partial<WriteOptions> = {}, id?: string, lines = ops): Promise<string> => {
  const source = packageSource(maker, lines, blobs);
  if (id !== undefined) source.head = { ...source.head, package_id: id };
  serial += 1;
  return (
    await writePackage(source, writeOptions(maker, place, { folderName: `p${serial}`, partBytes: 200_000, ...more }))
  ).folder;
};
const part = async (
  file: string,
  sink = store(),
  options: ReadOptions = {},
): Promise<PartResult & { held: Map<string, Buffer> }> => ({
  ...(await readPart(file, keys, expected, sink, options)),
  held: sink.held,
});
const index = async (file: string): Promise<string> => await codeOf(readIndex(file, keys, gather().handlers));
/** Puts bytes where no sums.txt speaks for them. */
async function alone(name: string, bytes: Buffer): Promise<string> {
  const path = join(place.root, 'alone', name);
  await writeFile(path, bytes);
  return path;
}
const flipped = (bytes: Buffer, at: number): Buffer => {
  const copy = Buffer.from(bytes);
  copy[at]! ^= 1;
  return copy;
};

beforeAll(async () => {
  maker = await packageMaker();
  keys = { identities: [maker.identity], code: null };
  place = await packagePlace();
  await mkdir(join(place.root, 'alone'));
  const folder = await write({ limits: { opsStored: 60_000 } });
  whole = { folder, index: join(folder, 'index.ehx') };
  const { got, handlers } = gather();
  const { manifest, manifestSha256 } = await readIndex(folder, keys, handlers);
  expected = {
    packageId: manifest.package_id,
    manifestSha256,
    blobs: (no) => new Map(got.blobs.filter((b) => b.part === no).map((b) => [b.sha256, b.size])),
  };
});
afterAll(async () => {
  await rm(place.root, { recursive: true, force: true });
});

it('[I26] would catch a line or an attachment that comes out other than it went in', async () => {
  const { got, handlers } = gather();
  const told: number[] = [];
  const { manifest, manifestSha256 } = await readIndex(whole.index, keys, handlers, {
    onProgress: (done, total) => {
      told.push(done / total);
    },
  });
  expect(got.ops).toEqual(ops);
  expect(manifestSha256).toBe(sha256(Buffer.from(canonicalJson(manifest))));
  expect(manifest.entries.filter((e) => e.name.startsWith('ops-')).length).toBeGreaterThan(3);
  expect([got.have.length, got.seals.length, got.wants.length]).toEqual([1, 1, 1]);
  expect(got.blobs.map((b) => b.sha256)).toEqual([...blobs.keys()].sort());
  expect(told.every((share) => share > 0 && share <= 1)).toBe(true);
  const sink = store();
  for (const file of (await partFiles(whole.folder)).reverse())
    expect(await part(file, sink)).toMatchObject({ code: null, missing: [] });
  expect(sink.held).toEqual(new Map([...blobs].sort(([a], [b]) => (a < b ? 1 : -1))));
  for (const [sha, bytes] of blobs) expect(sink.held.get(sha)?.equals(bytes)).toBe(true);
});

it('[I26] would catch text that changes on its way, whatever it is', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(fc.string({ unit: 'binary', maxLength: 60 }), { maxLength: 40 }), async (texts) => {
      const lines = texts.map((text) => canonicalJson({ text }));
      const { got, handlers } = gather();
      await readIndex(await write({}, undefined, lines), keys, handlers);
      expect(got.ops).toEqual(lines);
    }),
    { numRuns: 15, seed: 7 },
  );
});

it('would catch a person being asked for the wrong kind of key, or told of a wrong key when there is another cause', async () => {
  const code = newSpokenCode();
  const spoken = await write({ code }, undefined, ops.slice(0, 5));
  expect(await encryptionOf(whole.folder)).toEqual({ encryption: 'devices', sums: 'ok' });
  expect(await encryptionOf(spoken)).toEqual({ encryption: 'code', sums: 'ok' });
  expect(await inspectPackage(spoken, { identities: [], code: code.replaceAll('-', ' ') })).toMatchObject({
    encryption: 'code',
    sums: 'ok',
    signatureOk: true,
  });
  for (const wrong of [null, 'abc', newSpokenCode()])
    expect(await codeOf(inspectPackage(spoken, { identities: [maker.identity], code: wrong }))).toBe('WRONG_CODE');
  const other = { identities: [(await packageMaker()).identity], code: null };
  const error = await readIndex(whole.index, other, gather().handlers).catch((e: unknown) => e as PackageError);
  const bare = await readIndex(await alone('index.ehx', await readFile(whole.index)), other, gather().handlers).catch(
    (e: unknown) => e as PackageError,
  );
  expect([(error as PackageError).code, (bare as PackageError).code]).toEqual(['WRONG_CODE', 'WRONG_CODE']);
  // Only without sums.txt may damage be the cause.
  expect((error as PackageError).message).not.toContain('损坏');
  expect((bare as PackageError).message).toContain('损坏');
});

it('would catch something else being taken for a package', async () => {
  for (const [name, text] of [
    ['a.txt', 'hello'],
    ['b.zip', 'PK\x03\x04'],
    ['c.age', '-----BEGIN AGE ENCRYPTED FILE-----\n'],
  ] as const) {
    expect(await codeOf(encryptionOf(await alone(name, Buffer.from(text)))), name).toBe('NOT_A_PACKAGE');
    expect(await index(join(place.root, 'alone', name)), name).toBe('NOT_A_PACKAGE');
  }
  for (const path of [place.target, join(place.root, 'nowhere')]) expect(await index(path)).toBe('NOT_A_PACKAGE');
});

it('[F1] would catch a cut index that is accepted or called something else', async () => {
  const bytes = await readFile(whole.index);
  const header = parseAgeHeader(bytes, bytes.length).size;
  const { manifest } = await inspectPackage(whole.index, keys);
  const sizes = [Buffer.byteLength(canonicalJson(manifest)), 64, ...manifest.entries.map((e) => e.size), 68];
  const marks = new Set([0, 10, 22, header - 1, header, header + 1, header + 16, header + 32, bytes.length - 1]);
  for (let at = header + 16; at < bytes.length; at += AGE_CHUNK) for (const off of [-1, 0, 1]) marks.add(at + off);
  let tar = 0;
  for (const size of sizes) {
    tar += tarSize(size);
    for (const off of [-1, 0, 1]) marks.add(header + 16 + tar + 16 * Math.floor(tar / 65_536) + off);
  }
  const copy = join(place.root, 'cut');
  await mkdir(copy);
  await copyFile(join(whole.folder, 'sums.txt'), join(copy, 'sums.txt'));
  const manifestEnd = header + 16 + AGE_CHUNK;
  for (const at of [...marks].filter((mark) => mark < bytes.length).sort((a, b) => a - b)) {
    // Before the manifest can be read, nothing says how long the file ought to be.
    const bare = at >= header + 32 && at <= manifestEnd ? 'DAMAGED' : 'CUT_SHORT';
    expect(await index(await alone('index.ehx', bytes.subarray(0, at))), `cut at ${at} of ${bytes.length}`).toBe(bare);
    await writeFile(join(copy, 'index.ehx'), bytes.subarray(0, at));
    expect(await index(copy), `cut at ${at} with sums`).toBe('CUT_SHORT');
    if (at > 0) expect(await codeOf(encryptionOf(copy)), `cut at ${at} before keys`).toBe('CUT_SHORT');
  }
});

it('[F2][F3] would catch a flipped bit or appended bytes', async () => {
  const bytes = await readFile(whole.index);
  const header = parseAgeHeader(bytes, bytes.length).size;
  const copy = join(place.root, 'flip');
  await mkdir(copy);
  await copyFile(join(whole.folder, 'sums.txt'), join(copy, 'sums.txt'));
  const payload = [
    header,
    header + 15,
    header + 16,
    header + 600,
    header + 16 + AGE_CHUNK - 1,
    header + 16 + AGE_CHUNK,
    Math.floor(bytes.length * 0.7),
    bytes.length - 1,
  ];
  const cases: [string, Buffer, string][] = [
    ['magic', flipped(bytes, 3), 'NOT_A_PACKAGE'],
    ['recipient', flipped(bytes, 60), 'WRONG_CODE'],
    ['mac', flipped(bytes, header - 10), 'WRONG_CODE'],
    ...payload.map((at): [string, Buffer, string] => [`payload ${at}`, flipped(bytes, at), 'DAMAGED']),
    ['one byte more', Buffer.concat([bytes, Buffer.from([0])]), 'DAMAGED'],
    ['a chunk more', Buffer.concat([bytes, Buffer.alloc(AGE_CHUNK)]), 'DAMAGED'],
  ];
  for (const [why, damaged, bare] of cases) {
    expect(await index(await alone('index.ehx', damaged)), why).toBe(bare);
    await writeFile(join(copy, 'index.ehx'), damaged);
    expect(await index(copy), `${why}, with sums`).toBe('DAMAGED');
  }
  // A sums.txt that is itself broken says nothing.
  await writeFile(join(copy, 'index.ehx'), bytes);
  await truncate(join(copy, 'sums.txt'), 50);
  expect(await index(copy)).toBe('accepted');
  expect(await encryptionOf(copy)).toMatchObject({ sums: 'absent' });
});

it('[F1][F2][I29] would catch whole attachments before a damage being thrown away, or a broken one being kept', async () => {
  for (const file of await partFiles(whole.folder)) {
    const bytes = await readFile(file);
    const header = parseAgeHeader(bytes, bytes.length).size;
    const no = Number(/\d+/.exec(basename(file))![0]);
    const ends = new Map<string, number>();
    let tar = tarSize(1);
    for (const [sha, size] of [...expected.blobs(no)].sort(([a], [b]) => (a < b ? -1 : 1))) {
      ends.set(sha, tar + 512 + size);
      tar += tarSize(size);
    }
    // All that ends a chunk of the encryption before the one that is damaged.
    const safeBefore = (at: number): string[] =>
      [...ends]
        .filter(([, end]) => end <= (Math.floor((at - header - 16) / AGE_CHUNK) - 1) * 65_536)
        .map(([sha]) => sha);
    const marks = [0, 30, header, header + 20, bytes.length - 1];
    for (let at = header + 16; at < bytes.length; at += AGE_CHUNK) marks.push(at - 1, at, at + 1, at + 30_000);
    for (const at of marks.filter((mark) => mark < bytes.length))
      for (const damaged of [bytes.subarray(0, at), flipped(bytes, at)]) {
        const got = await part(await alone('p.ehp', damaged));
        const safe = safeBefore(at);
        expect(got.code, `${basename(file)} at ${at}`).not.toBeNull();
        expect(
          safe.filter((sha) => !got.held.has(sha)),
          `${basename(file)} at ${at}`,
        ).toEqual([]);
        for (const [sha, content] of got.held) expect(content.equals(blobs.get(sha)!)).toBe(true);
        expect(got.stored).toBe(got.held.size);
        if (got.no !== null) expect(new Set([...got.missing, ...got.held.keys()])).toEqual(new Set(ends.keys()));
      }
    for (const more of [Buffer.from([0]), Buffer.alloc(AGE_CHUNK)]) {
      const got = await part(await alone('p.ehp', Buffer.concat([bytes, more])));
      // What is appended spoils the chunk that was the last.
      expect(
        [got.code, safeBefore(bytes.length - 1).filter((sha) => !got.held.has(sha))],
        `${basename(file)} longer`,
      ).toEqual(['DAMAGED', []]);
    }
  }
});

it('[F3] would catch parts told apart by the names of their files, or taken from another package', async () => {
  const other = await write({}, '01890a5d-ac96-774b-bcce-b302099a8058', ops.slice(0, 3));
  const [first, second] = (await partFiles(other)) as [string, string];
  expect(await part(first)).toMatchObject({ stored: 0, code: 'BAD_CONTENT', no: null });
  const folder = join(place.root, 'swapped');
  await mkdir(folder);
  const [a, b] = (await partFiles(whole.folder)) as [string, string];
  await copyFile(a, join(folder, basename(b)));
  await copyFile(b, join(folder, 'A photo.EHP'));
  await copyFile(whole.index, join(folder, 'index.ehx'));
  await copyFile(join(whole.folder, 'sums.txt'), join(folder, 'sums.txt'));
  const read = await Promise.all((await partFiles(folder)).map(async (file) => await part(file)));
  expect(read.map(({ no, code }) => [no, code]).sort()).toEqual([
    [1, null],
    [2, null],
  ]);
  await rename(second, `${second}.gone`);
  expect(await partFiles(other)).not.toContain(second);
  expect(await part(a, { ...store(), held: new Map(), has: async () => await Promise.resolve(true) })).toMatchObject({
    stored: 0,
    code: null,
    missing: [],
  });
});

const rich = (): number =>
  [1, 2, 3, 4, 5].reduce((best, no) => (expected.blobs(no).size > expected.blobs(best).size ? no : best));

/** Makes a part like the one with the most attachments, with these files behind its head. */
async function forgedPart(
  files: ForgedFile[],
  change: (all: ForgedFile[]) => ForgedFile[] = withEnd,
  head: object = {},
): Promise<PartResult & { held: Map<string, Buffer> }> {
  const said = canonicalJson({
    package_id: expected.packageId,
    no: rich(),
    manifest_sha256: expected.manifestSha256,
    ...head,
  });
  const path = join(place.root, 'alone', 'forged.ehp');
  await sealInto(path, tarOf(change([{ name: 'part.json', bytes: Buffer.from(said) }, ...files])), {
    recipients: [maker.recipient],
  });
  return await part(path);
}

it('[F9][F15] would catch an attachment kept that nobody signed for', async () => {
  const mine = [...expected.blobs(rich()).keys()]
    .sort()
    .map((sha): ForgedFile => ({ name: `b/${sha}`, bytes: blobs.get(sha)! }));
  expect(mine.length).toBeGreaterThan(2);
  const big = mine.findIndex((f) => f.bytes.length > 100);
  expect(await forgedPart(mine)).toMatchObject({ code: null, stored: mine.length, missing: [] });
  const lies = mine.map((f, i) => (i === big ? { ...f, bytes: flipped(f.bytes, 50) } : f));
  const wrong = await forgedPart(lies);
  expect(wrong.code).not.toBeNull();
  expect(wrong.held.has(mine[big]!.name.slice(2))).toBe(false);
  const evil = Buffer.from('evil');
  for (const name of [
    `b/${sha256(evil)}`,
    '../evil',
    '/etc/passwd',
    'b/CON',
    `b/${mine[0]!.name.slice(2).toUpperCase()}`,
  ]) {
    const got = await forgedPart([...mine, { name, bytes: evil }]);
    expect([got.code, got.held.size], name).toEqual(['BAD_CONTENT', mine.length]);
  }
  expect(await forgedPart([mine[0]!, mine[0]!])).toMatchObject({ code: 'BAD_CONTENT', stored: 1 });
  expect(await forgedPart([...mine].reverse())).toMatchObject({ code: 'BAD_CONTENT', stored: 1 });
  expect(await forgedPart(mine, withEnd, { manifest_sha256: '0'.repeat(64) })).toMatchObject({
    code: 'BAD_CONTENT',
    no: null,
  });
  expect((await forgedPart(mine, (all) => all)).code, 'no end').toBe('BAD_CONTENT');
  expect(
    (await forgedPart(mine, (all) => [...all, { name: 'end', bytes: Buffer.from('0\n') }])).code,
    'untrue end',
  ).toBe('BAD_CONTENT');
  expect(
    (await forgedPart(mine, (all) => [...withEnd(all), { name: 'more', bytes: evil }])).code,
    'after the end',
  ).toBe('BAD_CONTENT');
  expect((await forgedPart(mine.slice(1))).code, 'an attachment left out').toBe('BAD_CONTENT');
});

it('would catch a fault of the own computer being blamed on the package', async () => {
  const [file] = (await partFiles(whole.folder)) as [string];
  for (const fault of [new TypeError('a bug'), Object.assign(new Error('locked'), { code: 'SQLITE_BUSY' })]) {
    for (const broken of [
      { has: async () => await Promise.reject(fault) },
      { add: async () => await Promise.reject(fault) },
    ]) {
      await expect(part(file, { ...store(), ...broken })).rejects.toBe(fault);
    }
  }
  const full = Object.assign(new Error('full'), { code: 'ENOSPC' });
  expect(await codeOf(part(file, { ...store(), held: new Map(), add: async () => await Promise.reject(full) }))).toBe(
    'NO_SPACE',
  );
});

it('would catch reading that goes on after people cancelled', async () => {
  let asked = 0;
  const later = (): boolean => {
    asked += 1;
    return asked > 2;
  };
  expect(await codeOf(readIndex(whole.index, keys, gather().handlers, { stopped: later }))).toBe('CANCELLED');
  asked = 0;
  const [, file] = (await partFiles(whole.folder)) as [string, string];
  const sink = store();
  expect(await codeOf(part(file, sink, { stopped: later }))).toBe('CANCELLED');
  for (const [sha, bytes] of sink.held) expect(sha256(bytes)).toBe(sha);
  // Comparing with sums.txt reads the whole file as well, on a slow stick for minutes.
  const folder = join(place.root, 'slow');
  await mkdir(folder);
  await copyFile(join(whole.folder, 'sums.txt'), join(folder, 'sums.txt'));
  await writeFile(join(folder, 'index.ehx'), flipped(await readFile(whole.index), 200_000));
  expect(await codeOf(readIndex(folder, keys, gather().handlers, { stopped: () => true }))).toBe('CANCELLED');
});
