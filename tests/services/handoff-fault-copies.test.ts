// Bad copies of a package taken to a whole import: cut, flipped, swapped, mixed up. Its own code each time, and nothing changed [I23].
import {
  appendFileSync,
  copyFileSync,
  cpSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { ImportDone } from '../../contract/handoff.ts';
import { canonicalJson } from '../../domain/handoff/canonical.ts';
import type { Context } from '../../services/context.ts';
import { parseAgeHeader } from '../../services/handoff-package/age.ts';
import { inspectPackage, readIndex, type BlobEntry } from '../../services/handoff-package/index.ts';
import { tarSize } from '../../services/handoff-package/tar.ts';
import { closeWorkers } from '../../services/workers/index.ts';
import { addDocuments, addMany, codeOf, Desks, preview, take } from '../support/handoff-desks.ts';
import { AGE_CHUNK, checkSalvage, endsIn, inFile, storedIn } from '../support/salvage.ts';
import { dumpOf } from '../support/store.ts';

const CHUNK = AGE_CHUNK;
let desks: Desks;
let a: Context;
let b: Context;
let made: string;
let other: string;
let indexBytes: Buffer;
let header: number;
/** Where each entry of the index begins in the encrypted file, and where the last one ends. */
let borders: number[];
let blobs: BlobEntry[];

beforeAll(async () => {
  desks = new Desks();
  const pair = await desks.pair();
  ({ a, b } = pair);
  await addMany(a, pair.townId, 160);
  other = (await desks.send(a, b, { note: '另一份' })).folder;
  await addDocuments(a, pair.id, [200_000, 500, 90_000, 40_000, 120_000]);
  made = (await desks.send(a, b)).folder;
  const keys = { identities: [await b.keys.ageIdentity(b.store.deviceTag)], code: null };
  const { manifest } = await inspectPackage(made, keys);
  blobs = [];
  const nothing = (): void => undefined;
  await readIndex(made, keys, {
    manifest: nothing,
    ops: nothing,
    have: nothing,
    seals: nothing,
    wants: nothing,
    blobs: (list) => {
      blobs.push(...list);
    },
  });
  indexBytes = readFileSync(join(made, 'index.ehx'));
  header = parseAgeHeader(indexBytes, indexBytes.length).size;
  const sizes = [Buffer.byteLength(canonicalJson(manifest)), 64, ...manifest.entries.map((e) => e.size), 68];
  let tar = 0;
  borders = [
    inFile(header, 0),
    ...sizes.map((size) => {
      tar += tarSize(size);
      return inFile(header, tar);
    }),
  ];
  expect(indexBytes.length).toBeGreaterThan(CHUNK + 10_000);
});
afterAll(async () => {
  await closeWorkers();
  await desks.close();
});

let copies = 0;
/** A copy of a package, with sums.txt or without. */
function copyOf(folder: string, withSums: boolean): string {
  const to = join(desks.root, `copy-${(copies += 1)}`);
  cpSync(folder, to, { recursive: true });
  if (!withSums) rmSync(join(to, 'sums.txt'));
  return to;
}

/** Refused results of these indexes, by name, with sums.txt beside them and without; nothing may have changed. */
async function refusals(
  indexes: ReadonlyMap<string, Buffer>,
): Promise<Map<string, { sums: string; bare: string; sentence: string }>> {
  const before = dumpOf(b.store.file);
  const [sums, bare] = [copyOf(made, true), copyOf(made, false)];
  const results = new Map<string, { sums: string; bare: string; sentence: string }>();
  for (const [name, bytes] of indexes) {
    for (const folder of [sums, bare]) writeFileSync(join(folder, 'index.ehx'), bytes);
    const told = await preview(b, bare).then(
      () => ({ code: 'OK', sentence: '' }),
      (e: { data: { code: string; sentence: string } }) => e.data,
    );
    results.set(name, { sums: await codeOf(preview(b, sums)), bare: told.code, sentence: told.sentence });
  }
  expect(dumpOf(b.store.file)).toBe(before);
  expect(readdirSync(tmpdir()).filter((n) => n.startsWith(`steward-incoming-${process.pid}-`))).toEqual([]);
  return results;
}

test('[F1][I23] an index cut anywhere is CUT_SHORT, or DAMAGED where nothing says how long it ought to be', async () => {
  const marks = new Set([0, 10, 22, header - 1, header, header + 1, header + 16, header + 32, indexBytes.length - 1]);
  for (let at = header + 16; at < indexBytes.length; at += CHUNK) for (const off of [-1, 0, 1]) marks.add(at + off);
  for (const border of borders) for (const off of [-1, 0, 1]) marks.add(border + off);
  const cuts = [...marks].filter((at) => at < indexBytes.length).sort((x, y) => x - y);
  const results = await refusals(new Map(cuts.map((at) => [String(at), indexBytes.subarray(0, at)])));
  const odd = cuts.filter((at) => {
    const got = results.get(String(at));
    const bare = at >= header + 32 && at <= header + 16 + CHUNK ? 'DAMAGED' : 'CUT_SHORT';
    return got?.sums !== 'CUT_SHORT' || got.bare !== bare;
  });
  expect(odd.map((at) => [at, results.get(String(at))])).toEqual([]);
});

test(
  '[F2][I23] one flipped bit in any region is DAMAGED; only a damaged start without sums.txt can not be told ' +
    'from a wrong key, and says so',
  async () => {
    const text = indexBytes.toString('latin1', 0, header);
    const places: [string, number][] = [
      ['magic', 3],
      ['stanza', text.indexOf('-> ') + 6],
      ['body', text.indexOf('\n', text.indexOf('-> ')) + 5],
      ['authentication', header - 10],
      ['nonce', header + 3],
      ...borders.flatMap((at, n): [string, number][] => [
        [`entry ${n} header`, at + 20],
        [`entry ${n} content`, at + 530],
      ]),
      ...Array.from({ length: Math.floor((indexBytes.length - header - 16) / CHUNK) }, (_, n): [string, number] => [
        `tag of chunk ${n}`,
        header + 16 + (n + 1) * CHUNK - 4,
      ]),
      ['last byte', indexBytes.length - 1],
    ];
    const flipped = new Map(
      places
        .filter(([, at]) => at < indexBytes.length)
        .map(([name, at]) => {
          const copy = Buffer.from(indexBytes);
          copy[at] = (copy[at] as number) ^ 1;
          return [name, copy];
        }),
    );
    // Not even a header any more: no key is tried.
    const malformed = Buffer.from(indexBytes);
    malformed[header - 10] = 0x40;
    flipped.set('malformed', malformed);
    const odd = [...(await refusals(flipped))].filter(([name, got]) => {
      if (got.sums !== 'DAMAGED') return true;
      if (name === 'magic') return got.bare !== 'NOT_A_PACKAGE';
      if (['stanza', 'body', 'authentication', 'malformed'].includes(name))
        return got.bare !== 'WRONG_CODE' || !got.sentence.includes('损坏');
      return got.bare !== 'DAMAGED';
    });
    expect(odd).toEqual([]);
  },
);

test('[F3][I23] bytes behind the end, and two files swapped', async () => {
  const part = readFileSync(join(made, 'part-0001.ehp'));
  const results = await refusals(
    new Map([
      ['appended', Buffer.concat([indexBytes, Buffer.alloc(1)])],
      ['much appended', Buffer.concat([indexBytes, indexBytes])],
      ['a part', part],
      ['sums', readFileSync(join(made, 'sums.txt'))],
      ['empty', Buffer.alloc(0)],
    ]),
  );
  expect(Object.fromEntries([...results].map(([name, r]) => [name, `${r.sums} ${r.bare}`]))).toEqual({
    appended: 'DAMAGED DAMAGED',
    'much appended': 'DAMAGED DAMAGED',
    'a part': 'DAMAGED BAD_CONTENT',
    sums: 'CUT_SHORT NOT_A_PACKAGE',
    empty: 'CUT_SHORT CUT_SHORT',
  });
});

/** Takes a package whose parts were dealt with, into an office without any attachments. */
async function takeAnew(
  change: (folder: string, part: string) => void,
): Promise<{ done: ImportDone; stored: Set<string> }> {
  const folder = copyOf(made, false);
  change(folder, join(folder, 'part-0001.ehp'));
  rmSync(join(b.store.folder, 'attachments'), { recursive: true, force: true });
  mkdirSync(join(b.store.folder, 'attachments'));
  const done = await take(b, folder);
  rmSync(folder, { recursive: true });
  return { done, stored: storedIn(b.store.folder) };
}

test(
  '[F1][F2][I29] from a part that was cut or flipped everything before the damage is stored, the rest is ' +
    'counted as missing',
  async () => {
    const part = readFileSync(join(made, 'part-0001.ehp'));
    const head = parseAgeHeader(part, part.length).size;
    const ends = endsIn(part, blobs);
    const points = [
      0,
      head - 1,
      head + 5,
      head + 16 + CHUNK,
      head + 16 + CHUNK + 1,
      ...[...ends.values()].flatMap((at) => [at - 1, at + 1]),
      part.length - 1,
    ].filter((at) => at < part.length);
    let some = 0;
    for (const [n, at] of points.entries()) {
      const bytes = n % 2 === 0 ? part.subarray(0, at) : Buffer.from(part);
      if (n % 2 === 1) bytes[at] = (bytes[at] as number) ^ 1;
      const { done, stored } = await takeAnew((_folder, file) => {
        writeFileSync(file, bytes);
      });
      checkSalvage(ends, at, stored, done.attachments);
      if (stored.size > 0 && stored.size < blobs.length) some += 1;
    }
    expect(some).toBeGreaterThan(2);
  },
);

test('[F3] a missing part, one of another package, any name and order, a stranger among them', async () => {
  const withDocuments = (await desks.send(a, b, { note: '又一份', full: true })).folder;
  const strange = join(withDocuments, 'part-0001.ehp');
  const all = { stored: blobs.length, missing: 0 };
  const none = { stored: 0, missing: blobs.length };
  expect(
    (
      await takeAnew((_f, part) => {
        rmSync(part);
      })
    ).done.attachments,
  ).toEqual(none);
  expect(
    (
      await takeAnew((_f, part) => {
        copyFileSync(strange, part);
      })
    ).done.attachments,
  ).toEqual(none);
  expect(
    (
      await takeAnew((folder, part) => {
        renameSync(part, join(folder, 'zz.EHP'));
      })
    ).done.attachments,
  ).toEqual(all);
  expect(
    (
      await takeAnew((folder) => {
        copyFileSync(strange, join(folder, 'part-0000.ehp'));
        writeFileSync(join(folder, 'part-0002.ehp'), 'nothing');
        copyFileSync(join(made, 'index.ehx'), join(folder, 'part-0003.ehp'));
      })
    ).done.attachments,
  ).toEqual(all);
  // What lies in the last chunk can not be told from what was appended.
  const longer = (
    await takeAnew((_f, part) => {
      appendFileSync(part, 'more');
    })
  ).done.attachments;
  expect([longer.stored + longer.missing, longer.stored > 1]).toEqual([blobs.length, true]);
  expect(
    (
      await takeAnew((folder) => {
        copyFileSync(join(other, 'index.ehx'), join(folder, 'index.ehx'));
      })
    ).done.attachments,
  ).toEqual({ stored: 0, missing: 0 });
  expect(
    (
      await takeAnew((folder) => {
        mkdirSync(join(folder, 'part-0004.ehp'));
      })
    ).done.attachments,
  ).toEqual(all);
});
