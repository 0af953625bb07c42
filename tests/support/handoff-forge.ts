// Packages no honest program would write: every piece can be replaced before or after the maker signs.
import { createHash } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { gunzipSync as gunzip, gzipSync } from 'node:zlib';
import { canonicalJson } from '../../domain/handoff/canonical.ts';
import { encryptAge, type Lock } from '../../services/handoff-package/age.ts';
import { EndSum, signedBytes } from '../../services/handoff-package/layout.ts';
import { TAR_END, tarFilling, tarHeader } from '../../services/handoff-package/tar.ts';
import { packageSource, type PackageMaker } from './handoff-package.ts';

/** An entry of a tar; `header` replaces the true one. */
export interface ForgedFile {
  name: string;
  bytes: Buffer;
  header?: Buffer;
}
/** What differs from an honest package. `manifest` edits before signing, `files` after; `tail` follows the tar. */
export interface Forgery {
  entries?: Record<string, Buffer>;
  plain?: Record<string, number>;
  manifest?(manifest: Record<string, unknown>): void;
  manifestBytes?: Buffer;
  files?(files: ForgedFile[]): ForgedFile[];
  tail?: Buffer;
}

/** SHA-256 in hex. */
export const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');
/** Lines as they are stored. */
export const packed = (...lines: string[]): Buffer => gzipSync(lines.map((line) => `${line}\n`).join(''));

/** A tar of these files, as given. */
export function tarOf(files: readonly ForgedFile[], tail: Buffer = TAR_END): Buffer {
  return Buffer.concat([
    ...files.flatMap(({ name, bytes, header }) => [
      header ?? tarHeader(name, bytes.length, 0),
      bytes,
      tarFilling(bytes.length),
    ]),
    tail,
  ]);
}

/** Adds the entry that belongs behind these files. */
export function withEnd(files: readonly ForgedFile[]): ForgedFile[] {
  const end = new EndSum();
  for (const file of files) end.add(sha256(file.bytes));
  return [...files, { name: 'end', bytes: Buffer.from(end.text()) }];
}

/** A tar header with bytes replaced and its checksum made true again. */
export function editedHeader(name: string, size: number, at: number, value: string): Buffer {
  const block = tarHeader(name, size, 0);
  block.write(value, at, 'latin1');
  block.fill(' ', 148, 156);
  const sum = block.reduce((total, byte) => total + byte, 0);
  block.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148, 'latin1');
  return block;
}

/** Encrypts a plain content into a file. */
export async function sealInto(path: string, plain: Buffer, lock: Lock): Promise<void> {
  async function* pieces(): AsyncGenerator<Buffer> {
    for (let at = 0; at < plain.length; at += 65_536) yield plain.subarray(at, at + 65_536);
  }
  const out: Uint8Array[] = [];
  for await (const piece of encryptAge(pieces(), lock)) out.push(piece);
  await writeFile(path, Buffer.concat(out));
}

/** Plain content of an index, honest but for the forgery. */
export function forgedIndex(maker: PackageMaker, forgery: Forgery = {}): Buffer {
  const { head, certs } = packageSource(maker, [], new Map());
  const lists: Record<string, Buffer> = {
    'ops-00001.ndjson.gz': packed('{"n":1}', '{"n":2}'),
    'have.ndjson.gz': packed('{"h":1}'),
    'seals.ndjson.gz': packed('{"s":1}'),
    'blobs.ndjson.gz': packed(),
    'wants.ndjson.gz': packed(),
    ...forgery.entries,
  };
  const certBytes = Buffer.from(canonicalJson(certs));
  const order = [
    ...Object.keys(lists)
      .filter((n) => n.startsWith('ops-'))
      .sort(),
    'have.ndjson.gz',
    'seals.ndjson.gz',
    'blobs.ndjson.gz',
    'wants.ndjson.gz',
  ];
  const manifest: Record<string, unknown> = {
    ...head,
    parts: [],
    entries: [
      { name: 'certs.json', sha256: sha256(certBytes), size: certBytes.length, plain: certBytes.length, lines: 0 },
      ...order.map((name) => ({
        name,
        sha256: sha256(lists[name]!),
        size: lists[name]!.length,
        ...counted(lists[name]!, forgery.plain?.[name]),
      })),
    ],
  };
  forgery.manifest?.(manifest);
  const bytes = forgery.manifestBytes ?? Buffer.from(JSON.stringify(manifest));
  const files = withEnd([
    { name: 'manifest.json', bytes },
    { name: 'manifest.sig', bytes: Buffer.from(maker.sign(signedBytes(bytes))) },
    { name: 'certs.json', bytes: certBytes },
    ...order.map((name) => ({ name, bytes: lists[name]! })),
  ]);
  return tarOf(forgery.files?.(files) ?? files, forgery.tail);
}

function counted(stored: Buffer, said: number | undefined): { plain: number; lines: number } {
  if (said !== undefined) return { plain: said, lines: 0 };
  try {
    const plain = gunzip(stored);
    return { plain: plain.length, lines: plain.reduce((n, byte) => n + (byte === 10 ? 1 : 0), 0) };
  } catch {
    return { plain: 1_000, lines: 0 };
  }
}
