// Packages made to do harm, or by a program that errs: each is refused with its code, and nothing hangs or grows.
import { writeFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { canonicalJson } from '../../domain/handoff/canonical.ts';
import { PackageError, readIndex, type IndexHandlers, type Limits } from '../../services/handoff-package/index.ts';
import { isTooDeep } from '../../services/handoff-package/lines.ts';
import {
  editedHeader,
  forgedIndex,
  packed,
  sealInto,
  sha256,
  type ForgedFile,
  type Forgery,
} from '../support/handoff-forge.ts';
import { packageMaker, packagePlace, type PackageMaker } from '../support/handoff-package.ts';
import { cpuMs } from '../support/limits.ts';

let maker: PackageMaker;
let place: { root: string; target: string; tempDir: string };
beforeAll(async () => {
  maker = await packageMaker();
  place = await packagePlace();
});
afterAll(async () => {
  await rm(place.root, { recursive: true, force: true });
});

const codeOf = async (work: Promise<unknown>): Promise<string> =>
  await work.then(
    () => 'accepted',
    (error: unknown) => (error instanceof PackageError ? error.code : String(error)),
  );
const handlers = (more: Partial<IndexHandlers> = {}): IndexHandlers => ({
  manifest: () => undefined,
  ops: () => undefined,
  have: () => undefined,
  seals: () => undefined,
  blobs: () => undefined,
  wants: () => undefined,
  ...more,
});

/** The code an index with this plain content ends in. */
async function refused(
  plain: Buffer,
  limits: Partial<Limits> = {},
  more: Partial<IndexHandlers> = {},
): Promise<string> {
  const path = join(place.root, 'index.ehx');
  await sealInto(path, plain, { recipients: [maker.recipient] });
  return await codeOf(readIndex(path, { identities: [maker.identity], code: null }, handlers(more), { limits }));
}
const forged = async (forgery: Forgery, limits: Partial<Limits> = {}): Promise<string> =>
  await refused(forgedIndex(maker, forgery), limits);
const OPS = 'ops-00001.ndjson.gz';
/** Replaces one file after signing. */
const instead =
  (name: string, change: (file: ForgedFile) => ForgedFile) =>
  (files: ForgedFile[]): ForgedFile[] =>
    files.map((f) => (f.name === name ? change(f) : f));

it('would catch a forging helper that proves nothing because its honest package is refused too', async () => {
  expect(await forged({})).toBe('accepted');
});

it('[F9] would catch an entry taken by a name, type or order other than the table allows', async () => {
  for (const name of [
    '../ops-00001.ndjson.gz',
    '/etc/passwd',
    'CON',
    'ops-00001.ndjson.gz/',
    'OPS-00001.ndjson.gz',
    'ops-00002.ndjson.gz',
    '',
  ]) {
    expect(await forged({ files: instead(OPS, (f) => ({ ...f, name })) }), name).toBe('BAD_CONTENT');
  }
  for (const type of ['1', '2', '3', '5', 'x', 'g', 'L', '\0']) {
    expect(
      await forged({ files: instead(OPS, (f) => ({ ...f, header: editedHeader(f.name, f.bytes.length, 156, type) })) }),
      `type ${type}`,
    ).toBe('BAD_CONTENT');
  }
  expect(
    await forged({ files: instead(OPS, (f) => ({ ...f, header: editedHeader(f.name, f.bytes.length, 345, 'evil') })) }),
    'prefix',
  ).toBe('BAD_CONTENT');
  // Same length, so that only the order is at fault.
  expect(
    await forged({
      files: (files) => {
        const [a, b] = [3, 4];
        return files.map((_, i) => files[i === a ? b : i === b ? a : i]!);
      },
    }),
    'order',
  ).toBe('BAD_CONTENT');
  for (const names of [
    ['certs.json', OPS, OPS],
    ['certs.json', 'ops-00002.ndjson.gz'],
    ['certs.json', 'evil.sqlite'],
  ]) {
    const manifest = (m: Record<string, unknown>): void => {
      const e = m['entries'] as { name: string }[];
      m['entries'] = [...names.map((name) => ({ ...e[1], name })), ...e.slice(-4)];
    };
    expect(await forged({ manifest, files: (files) => files }), names.join()).not.toBe('accepted');
  }
  expect(await forged({ tail: Buffer.concat([Buffer.alloc(512), Buffer.alloc(512, 1)]) }), 'no end').toBe(
    'BAD_CONTENT',
  );
});

it('[F9] would catch a declared size that is believed', async () => {
  const huge = (size: string) =>
    instead(OPS, (f) => ({ ...f, header: editedHeader(f.name, f.bytes.length, 124, size) }));
  expect(await forged({ files: huge('77777777777\0') })).toBe('TOO_BIG');
  expect(await forged({ files: huge('\x80\0\0\0\0\0\0\0\x7f\xff\xff\xff') })).toBe('TOO_BIG');
  expect(await forged({ files: huge('-0000000001\0') })).toBe('BAD_CONTENT');
  for (const name of ['manifest.json', 'manifest.sig', 'certs.json']) {
    expect(
      await forged({
        files: instead(name, (f) => ({ ...f, header: editedHeader(f.name, f.bytes.length, 124, '00400000000\0') })),
      }),
      name,
    ).toBe('TOO_BIG');
  }
});

it('[F9] would catch a gzip bomb unpacked beyond what the manifest declares, or beyond the limit', async () => {
  const bomb = packed('a'.repeat(60_000_000));
  const before = process.memoryUsage().rss;
  expect(await forged({ entries: { [OPS]: bomb }, plain: { [OPS]: 1_000 } })).toBe('TOO_BIG');
  expect(await forged({ entries: { [OPS]: bomb }, plain: { [OPS]: 60_000_001 } }, { opsPlain: 1_000_000 })).toBe(
    'TOO_BIG',
  );
  expect(await forged({ entries: { [OPS]: bomb }, plain: { [OPS]: 60_000_001 } }), 'line').toBe('TOO_BIG');
  expect(process.memoryUsage().rss - before).toBeLessThan(300_000_000);
});

it('[F9] would catch lines that are too long, too many, too deep, or no lines at all', async () => {
  const ops = async (stored: Buffer, limits: Partial<Limits> = {}): Promise<string> =>
    await forged({ entries: { [OPS]: stored } }, limits);
  expect(await ops(packed('a'.repeat(1_000)), { line: 1_000 })).toBe('accepted');
  expect(await ops(packed('a'.repeat(1_001)), { line: 1_000 })).toBe('TOO_BIG');
  expect(await ops(packed(...Array.from({ length: 10 }, () => '1')), { lines: 11 })).toBe('TOO_BIG');
  expect(await ops(packed(`${'['.repeat(8)}${']'.repeat(8)}`))).toBe('accepted');
  expect(await ops(packed(`${'['.repeat(9)}${']'.repeat(9)}`))).toBe('BAD_CONTENT');
  expect(await ops(packed('{"a":'.repeat(100_000)))).toBe('BAD_CONTENT');
  expect(isTooDeep(`{"a":"${'\\"['.repeat(50)}"}`, 8)).toBe(false);
  const cut = packed('a', 'b');
  expect(await ops(cut.subarray(0, -9))).toBe('BAD_CONTENT');
  expect(await ops(Buffer.alloc(0))).toBe('BAD_CONTENT');
  expect(await ops(Buffer.from('{"n":1}\n'))).toBe('BAD_CONTENT');
  expect(await ops(Buffer.concat([cut, Buffer.from('more')]))).toBe('BAD_CONTENT');
  expect(await ops(packed('a', '', 'b')), 'an empty line').toBe('BAD_CONTENT');
  for (const [first, second] of [
    [packed('a'), packed('b')],
    [packed(), packed('b')],
    [packed('b'), packed()],
  ] as const)
    expect(await ops(Buffer.concat([first, second])), 'a second member').toBe('BAD_CONTENT');
  expect(await ops(Buffer.concat([cut, Buffer.alloc(8)])), 'zeros behind the trailer').toBe('BAD_CONTENT');
  const [wrongSum, wrongSize] = [Buffer.from(cut), Buffer.from(cut)];
  wrongSum[cut.length - 8]! ^= 1;
  wrongSize[cut.length - 1]! ^= 1;
  for (const bytes of [wrongSum, wrongSize])
    expect(
      await forged({
        entries: { [OPS]: bytes },
        plain: { [OPS]: 4 },
        manifest: (m) => {
          (m['entries'] as Record<string, number>[])[1]!['lines'] = 2;
        },
      }),
      'trailer',
    ).toBe('BAD_CONTENT');
});

it('[F9] would catch text that is not UTF-8 being changed unseen', async () => {
  expect(await forged({ entries: { [OPS]: gzipSync(Buffer.from([0x22, 0xff, 0x22, 0x0a])) } })).toBe('BAD_CONTENT');
});

it('[F9] would catch a list of attachments that breaks its limits or names a part twice', async () => {
  const line = (more: object): string =>
    JSON.stringify({ sha256: 'a'.repeat(64), size: 5, mime: 'image/jpeg', part: 1, ...more });
  const list = async (...lines: string[]): Promise<string> =>
    await forged({
      entries: { 'blobs.ndjson.gz': packed(...lines) },
      manifest: (m) => {
        m['parts'] = [{ no: 1, bytes: 5_000, blobs: 1 }];
      },
    });
  expect(await list(line({}))).toBe('accepted');
  expect(await list(line({ size: 512 * 1024 * 1024 + 1 })), 'size').toBe('TOO_BIG');
  expect(await list(line({}), line({})), 'twice').toBe('BAD_CONTENT');
  for (const more of [
    { size: -1 },
    { size: 1.5 },
    { part: 0 },
    { sha256: '../../x' },
    { sha256: 'A'.repeat(64) },
    { path: '/etc' },
  ])
    expect(await list(line(more)), JSON.stringify(more)).toBe('BAD_CONTENT');
  expect(await list(line({ part: 2 })), 'no such part').toBe('BAD_CONTENT');
  expect(await list('not json')).toBe('BAD_CONTENT');
});

it('[F9] would catch a scrypt work factor that is tried, or more recipients than allowed', async () => {
  const path = join(place.root, 'header.ehx');
  const body = `${'A'.repeat(43)}\n`;
  const file = async (stanzas: string): Promise<string> => {
    await writeFile(path, `age-encryption.org/v1\n${stanzas}--- ${'A'.repeat(43)}\n${'x'.repeat(200)}`);
    return await codeOf(readIndex(path, { identities: [maker.identity], code: '12345'.repeat(6) }, handlers()));
  };
  // Factor 19 alone costs two seconds of a quick processor, and the others minutes.
  const tried = await cpuMs(async () => {
    for (const factor of ['19', '30', '99', '1000000'])
      expect(await file(`-> scrypt ${'A'.repeat(22)} ${factor}\n${body}`), factor).toBe('TOO_BIG');
  });
  expect(tried).toBeLessThan(2_000);
  expect(await file(`-> X25519 ${'A'.repeat(43)}\n${body}`.repeat(65))).toBe('TOO_BIG');
  expect(await file(`-> X25519 ${'A'.repeat(43)}\n${body}`.repeat(64))).toBe('WRONG_CODE');
  expect(await file(`-> x\n${`${'A'.repeat(64)}\n`.repeat(2_000)}`)).toBe('TOO_BIG');
});

it('[F8] would catch content that the signature does not cover', async () => {
  const other = await packageMaker();
  const seen: (boolean | string)[] = [];
  const watch = {
    manifest: (_m: unknown, _c: unknown, ok: boolean) => {
      seen.push(ok);
    },
    ops: () => {
      seen.push('ops');
    },
  };
  const run = async (forgery: Forgery): Promise<string> => {
    seen.length = 0;
    return await refused(forgedIndex(maker, forgery), {}, watch);
  };
  expect(await run({})).toBe('accepted');
  expect(seen).toEqual([true, 'ops']);
  for (const [why, forgery] of Object.entries<Forgery>({
    'another key': { files: instead('manifest.sig', (f) => ({ ...f, bytes: Buffer.from(other.sign(f.bytes)) })) },
    'no signature': { files: instead('manifest.sig', (f) => ({ ...f, bytes: Buffer.alloc(0) })) },
    'half a signature': { files: instead('manifest.sig', (f) => ({ ...f, bytes: f.bytes.subarray(0, 32) })) },
    'a signature of zeros': { files: instead('manifest.sig', (f) => ({ ...f, bytes: Buffer.alloc(64) })) },
    'another device': {
      manifest: (m) => {
        (m['from'] as { device: string }).device = 'd2';
      },
    },
    'edited manifest': {
      files: instead('manifest.json', (f) => ({
        ...f,
        bytes: Buffer.from(f.bytes.toString().replace('备注', '改动')),
      })),
    },
    'edited certificate': {
      files: instead('certs.json', (f) => ({
        ...f,
        bytes: Buffer.from(f.bytes.toString().replace('一号电脑', '二号电脑')),
      })),
    },
  })) {
    expect(await run(forgery), why).toBe('BAD_SIGNATURE');
    // A handler that looks away must not be given the content.
    expect(seen.includes('ops') || seen.includes(true), why).toBe(false);
  }
  // Each of the same length once rounded to tar blocks, so that the length of the file says nothing.
  for (const name of [OPS, 'have.ndjson.gz', 'seals.ndjson.gz', 'blobs.ndjson.gz', 'wants.ndjson.gz']) {
    for (const bytes of [
      packed('{"n":1}', '{"n":3}'),
      packed('1'),
      Buffer.from('rubbish'),
      packed('a'.repeat(5_000)),
    ]) {
      expect(await run({ files: instead(name, (f) => ({ ...f, bytes })) }), name).toBe('BAD_SIGNATURE');
    }
  }
  expect(
    await run({ files: instead('end', (f) => ({ ...f, bytes: Buffer.from(`9\n${sha256(Buffer.from('x'))}\n`) })) }),
    'end',
  ).toBe('BAD_SIGNATURE');
  for (const key of ['plain', 'lines']) {
    expect(
      await run({
        manifest: (m) => {
          const e = (m['entries'] as Record<string, number>[])[1]!;
          e[key] = e[key]! + 1;
        },
      }),
      key,
    ).not.toBe('accepted');
  }
});

it('[F9] would catch a file that calls itself a small picture of something else than the format allows', async () => {
  const [own, photo] = ['1'.repeat(64), '2'.repeat(64)];
  const listed = async (line: object): Promise<string> =>
    await forged({
      entries: {
        'blobs.ndjson.gz': packed(
          canonicalJson({ sha256: own, size: 900, mime: `image/webp;thumbnail-of=${photo}`, part: 1, ...line }),
        ),
      },
      manifest: (m) => {
        m['parts'] = [{ no: 1, bytes: 4096, blobs: 1 }];
      },
    });
  expect(await listed({})).toBe('accepted');
  for (const line of [
    { mime: `image/webp;thumbnail-of=${own}` },
    { mime: `text/html;thumbnail-of=${photo}` },
    { mime: `image/svg+xml;thumbnail-of=${photo}` },
    { mime: 'image/webp;thumbnail-of=../../steward.db' },
    { mime: `image/webp;thumbnail-of=${photo}\n` },
    { mime: `image/webp; thumbnail-of=${photo}` },
    { size: 0 },
    { size: 256 * 1024 + 1 },
    { thumbnail_of: photo },
  ])
    expect(await listed(line), JSON.stringify(line)).toBe('BAD_CONTENT');
});

it('[F10] would catch a newer format read by old rules, or a manifest of the wrong shape', async () => {
  const edited = async (manifest: (m: Record<string, unknown>) => void): Promise<string> => await forged({ manifest });
  expect(
    await edited((m) => {
      m['format'] = { major: 2, minor: 0 };
      m['entries'] = 'elsewhere';
    }),
  ).toBe('NEWER_FORMAT');
  for (const major of [0, -1, '1', null])
    expect(
      await edited((m) => {
        m['format'] = { major, minor: 0 };
      }),
      `major ${String(major)}`,
    ).toBe('BAD_CONTENT');
  expect(
    await edited((m) => {
      m['format'] = { major: 1, minor: 7 };
      m['later'] = { x: 1 };
    }),
  ).toBe('accepted');
  for (const key of ['package_id', 'from', 'entries', 'parts', 'scope', 'counts', 'kind', 'format'])
    expect(
      await edited((m) => {
        m[key] = 7;
      }),
      key,
    ).toBe('BAD_CONTENT');
  for (const text of ['', 'null', '7', '[]', '{', '['.repeat(200_000)])
    expect(await forged({ manifestBytes: Buffer.from(text) }), text.slice(0, 9)).toBe('BAD_CONTENT');
});
