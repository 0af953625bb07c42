// Reads a backup file entry by entry and checks everything on the way: names, order, hashes, counts, the end.
import { createHash } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { mkdir, open, readFile, rm, stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { Readable, Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { Decrypter } from 'age-encryption';
import { extract as makeExtract, type Header } from 'tar-stream';
import { checkDatabase, contentsIn, databaseFacts, foreignSchema, NAMED_AT_MOST, namesIn } from '../../db/index.ts';
import { BackupFault } from './faults.ts';
import {
  AGE_START,
  ATTACHMENT_NAME,
  DATABASE_NAME,
  END_NAME,
  endSchema,
  MANIFEST_LIMIT,
  MANIFEST_NAME,
  readManifest,
  type EndMark,
  type Manifest,
} from './format.ts';
import { hashOf, needSpace, pass, type Progress } from './write.ts';

/** The content of an entry. */
type Entry = Readable;

/** What is to be read, and where the database goes. Attachments are only hashed unless a folder for them is given. */
export interface ReadInput {
  file: string;
  passphrase: string | null;
  scratch: string;
  attachmentFolder: string | null;
}

/** What was checked. `problems` are sentences for people: empty means that the backup can be restored as it is. */
export interface Checked {
  manifest: Manifest;
  counts: Record<string, number>;
  tables: number;
  rows: number;
  databaseBytes: number;
  attachments: number;
  attachmentBytes: number;
  problems: string[];
  warnings: string[];
}

/** How a file begins: ours, encrypted, a bare database of an earlier version, or nothing known. */
export type FileKind = 'plain' | 'encrypted' | 'database' | 'unknown';

async function startOf(file: string, length: number): Promise<Buffer> {
  const handle = await open(file, 'r');
  try {
    const { bytesRead, buffer } = await handle.read(Buffer.alloc(length), 0, length, 0);
    return buffer.subarray(0, bytesRead);
  } finally {
    await handle.close();
  }
}

/** What the first bytes say. @throws errors of the system */
export async function kindOf(file: string): Promise<FileKind> {
  const start = await startOf(file, 512);
  if (start.toString('latin1', 0, AGE_START.length) === AGE_START) return 'encrypted';
  if (start.toString('latin1', 0, 16) === 'SQLite format 3\0') return 'database';
  return start.toString('latin1', 0, MANIFEST_NAME.length + 1) === `${MANIFEST_NAME}\0` ? 'plain' : 'unknown';
}

/** What an unencrypted backup says of itself, without reading further. @throws BackupFault DAMAGED, NEWER_FORMAT, CUT_SHORT */
export async function peekManifest(file: string): Promise<Manifest> {
  const header = await startOf(file, 512);
  const size = Number.parseInt(header.toString('latin1', 124, 136), 8);
  if (!(size > 0 && size <= MANIFEST_LIMIT)) throw new BackupFault('DAMAGED', MANIFEST_NAME);
  const all = await startOf(file, 512 + size);
  if (all.length < 512 + size) throw new BackupFault('CUT_SHORT', MANIFEST_NAME);
  return readManifest(all.subarray(512));
}

/** Whether the file still is what the hash beside it says; null when there is none. */
async function matchesSideFile(file: string): Promise<boolean | null> {
  const line = await readFile(`${file}.sha256`, 'utf8').catch(() => null);
  const [said, name] = line?.trim().split(/\s+\*?/) ?? [];
  return said && name === basename(file) ? (await hashOf(file)) === said : null;
}

/**
 * The tar inside. A damaged header of an encrypted file reads like a wrong passphrase: the hash beside the file tells them apart.
 * @throws BackupFault NOT_A_BACKUP, NEEDS_PASSPHRASE, WRONG_PASSPHRASE, DAMAGED
 */
async function plainOf({ file, passphrase }: ReadInput, onBytes: (n: number) => void): Promise<Readable> {
  const kind = await kindOf(file);
  if (kind === 'encrypted' && passphrase === null) throw new BackupFault('NEEDS_PASSPHRASE');
  if (kind !== 'plain' && kind !== 'encrypted') {
    throw new BackupFault(
      (await matchesSideFile(file)) === false || (await stat(file)).size === 0 ? 'DAMAGED' : 'NOT_A_BACKUP',
    );
  }
  const meter = new Transform({
    transform(chunk: Buffer, _encoding, next) {
      pass(
        () => {
          onBytes(chunk.length);
        },
        chunk,
        next,
      );
    },
  });
  const raw = createReadStream(file, { highWaterMark: 256 * 1024 });
  raw.on('error', (error) => {
    meter.destroy(error);
  });
  raw.pipe(meter);
  if (kind === 'plain') return meter;
  const decrypter = new Decrypter();
  decrypter.addPassphrase((passphrase ?? '').normalize('NFC'));
  try {
    return Readable.fromWeb(
      (await decrypter.decrypt(Readable.toWeb(meter) as unknown as ReadableStream<Uint8Array>)) as never,
    );
  } catch (error) {
    raw.destroy();
    const matches = await matchesSideFile(file);
    if (matches === false) throw new BackupFault('DAMAGED', 'header', error);
    throw new BackupFault('WRONG_PASSPHRASE', matches ? '' : 'or the header is damaged', error);
  }
}

async function bytesOf(entry: Entry, limit: number): Promise<Buffer> {
  const parts: Buffer[] = [];
  let size = 0;
  for await (const part of entry) {
    size += (part as Buffer).length;
    if (size > limit) throw new BackupFault('DAMAGED', 'an entry is too large');
    parts.push(part as Buffer);
  }
  return Buffer.concat(parts);
}

/** Hashes an entry and writes it to `target` when there is one. */
async function takeEntry(entry: Entry, target: string | null): Promise<string> {
  const hash = createHash('sha256');
  if (target === null) {
    for await (const chunk of entry) hash.update(chunk as Buffer);
    return hash.digest('hex');
  }
  const show = new Transform({
    transform(chunk: Buffer, _encoding, next) {
      hash.update(chunk);
      next(null, chunk);
    },
  });
  await pipeline(
    entry as unknown as NodeJS.ReadableStream,
    show,
    createWriteStream(target, { flags: 'wx', flush: true }),
  );
  return hash.digest('hex');
}

/** Takes the entries in the order they must have; anything else in the file is refused. */
class Taking {
  manifest: Manifest | null = null;
  databaseHash: string | null = null;
  end: EndMark | null = null;
  readonly mismatched: string[] = [];
  readonly seen = new Set<string>();
  bytes = 0;
  readonly #input: ReadInput;

  constructor(input: ReadInput) {
    this.#input = input;
  }

  async take(header: Header, entry: Entry): Promise<void> {
    if (header.type !== 'file' || this.end) throw new BackupFault('DAMAGED', 'an entry that does not belong here');
    if (!this.manifest) {
      if (header.name !== MANIFEST_NAME) throw new BackupFault('NOT_A_BACKUP');
      this.manifest = readManifest(await bytesOf(entry, MANIFEST_LIMIT));
      if (this.#input.attachmentFolder)
        await needSpace(this.#input.scratch, this.manifest.database.size + this.manifest.attachments.bytes);
      else await needSpace(this.#input.scratch, this.manifest.database.size);
    } else if (this.databaseHash === null) {
      if (header.name !== DATABASE_NAME || header.size !== this.manifest.database.size)
        throw new BackupFault('DAMAGED', DATABASE_NAME);
      this.databaseHash = await takeEntry(entry, join(this.#input.scratch, DATABASE_NAME));
    } else if (header.name === END_NAME) {
      const end = endSchema.safeParse(JSON.parse((await bytesOf(entry, 64 * MANIFEST_LIMIT)).toString('utf8')));
      if (!end.success) throw new BackupFault('DAMAGED', END_NAME);
      this.end = end.data;
    } else await this.#takeAttachment(header, entry);
  }

  async #takeAttachment(header: Header, entry: Entry): Promise<void> {
    const sha256 = ATTACHMENT_NAME.exec(header.name)?.[1];
    if (!sha256 || this.seen.has(sha256)) throw new BackupFault('DAMAGED', header.name.slice(0, 80));
    this.seen.add(sha256);
    this.bytes += header.size ?? 0;
    let target: string | null = null;
    if (this.#input.attachmentFolder) {
      const part = join(this.#input.attachmentFolder, sha256.slice(0, 2));
      await mkdir(part, { recursive: true });
      target = join(part, sha256);
    }
    if ((await takeEntry(entry, target)) === sha256) return;
    this.mismatched.push(sha256);
    // A file in the attachment folder is what its name says; this one is not.
    if (target) await rm(target, { force: true });
  }
}

/** An error of the tar reader or of the decryption as ours. */
function readingFault(error: unknown): unknown {
  if (error instanceof BackupFault) return error;
  const { code, message } = error as { code?: string; message?: string };
  if (code && code !== 'ERR_INVALID_ARG_VALUE' && /^E[A-Z]+$/.test(code)) return error;
  return new BackupFault(/unexpected end|premature/i.test(message ?? '') ? 'CUT_SHORT' : 'DAMAGED', '', error);
}

/**
 * A trial restore: unpacks the database into `scratch`, hashes all else, and checks the database by SQLite's own check,
 * its references and its row counts against what was written down when the backup was made.
 * @throws BackupFault; errors of the system
 */
export async function readBackup(input: ReadInput, progress: Progress): Promise<Checked> {
  await mkdir(input.scratch, { recursive: true });
  const total = (await stat(input.file)).size;
  let done = 0;
  const source = await plainOf(input, (n) => {
    done += n;
    progress(done, total, '读取备份');
  });
  const taking = new Taking(input);
  const extract = makeExtract();
  const feeding = pipeline(source, extract as unknown as NodeJS.WritableStream);
  feeding.catch(() => undefined);
  try {
    for await (const entry of extract) {
      await taking.take(entry.header, entry as unknown as Entry);
      entry.resume();
    }
    await feeding;
  } catch (error) {
    source.destroy();
    // Either side may name the cause: the decryption its own, the tar reader that its source ended.
    const cause = await feeding.then(
      () => error,
      (other: unknown) => (error instanceof BackupFault ? error : other),
    );
    throw readingFault(cause);
  }
  const { manifest, end } = taking;
  if (!manifest || !end || taking.databaseHash === null) throw new BackupFault('CUT_SHORT');
  progress(0, 0, '检查数据库');
  return await judge(taking, manifest, end, join(input.scratch, DATABASE_NAME));
}

/** Some of many names, the others counted. */
const someOf = (names: readonly string[]): string =>
  names.slice(0, NAMED_AT_MOST).join('；') + (names.length > NAMED_AT_MOST ? `；等共 ${names.length} 个` : '');

/** Attachments that are not as they were when the backup was made: other content, or missing though rows know them. */
function unlikeThen(taking: Taking, manifest: Manifest, end: EndMark, database: string): string[] {
  const then = new Set(end.damaged);
  const changed = taking.mismatched.filter((sha256) => !then.has(sha256));
  const absent = new Set(end.absent ?? []);
  const missing =
    manifest.attachments.included && end.absent
      ? contentsIn(database).filter((sha256) => !taking.seen.has(sha256) && !absent.has(sha256))
      : [];
  return [
    ...(changed.length > 0 ? [`${changed.length} 个附件的内容与指纹不符：${someOf(namesIn(database, changed))}`] : []),
    ...(missing.length > 0 ? [`${missing.length} 个附件不在备份里：${someOf(namesIn(database, missing))}`] : []),
  ];
}

/** @throws BackupFault FOREIGN_SCHEMA, DATABASE_DAMAGED; nothing that the schema holds has run by then */
export async function needOwnSchema(database: string): Promise<void> {
  const foreign = await foreignSchema(database).catch((error: unknown) => {
    throw new BackupFault('DAMAGED', (error as Error).message, error);
  });
  if (foreign.length > 0) throw new BackupFault('FOREIGN_SCHEMA', foreign.join(', '));
}

async function judge(taking: Taking, manifest: Manifest, end: EndMark, database: string): Promise<Checked> {
  const problems: string[] = [];
  const warnings: string[] = [];
  if (taking.databaseHash !== manifest.database.sha256) throw new BackupFault('DAMAGED', DATABASE_NAME);
  await needOwnSchema(database);
  const found = checkDatabase(database, true);
  if (found.length > 0) throw new BackupFault('DAMAGED', found[0]);
  const facts = databaseFacts(database);
  if (facts.unknownMigrations.length > 0) throw new BackupFault('NEWER_SCHEMA', facts.unknownMigrations.join(', '));
  if (facts.foreignKeyProblems > manifest.database.foreignKeyProblems)
    problems.push(`${facts.foreignKeyProblems} 处引用找不到对象，备份时是 ${manifest.database.foreignKeyProblems} 处`);
  const tables = new Set([...Object.keys(facts.counts), ...Object.keys(manifest.database.counts)]);
  for (const table of tables) {
    if (facts.counts[table] !== manifest.database.counts[table])
      problems.push(`表 ${table} 应有 ${manifest.database.counts[table] ?? 0} 行，实有 ${facts.counts[table] ?? 0} 行`);
  }
  if (facts.lastOperation !== manifest.database.lastOperation) problems.push('变更记录的位置与备份时不同');
  if (taking.seen.size !== end.attachments || taking.bytes !== end.bytes)
    problems.push(`附件应有 ${end.attachments} 个，实有 ${taking.seen.size} 个`);
  problems.push(...unlikeThen(taking, manifest, end, database));
  const lost = end.lost?.map((file) => file.text) ?? [];
  if (lost.length > 0) warnings.push(`备份时 ${lost.length} 个照片或文件已不在或已损坏：${someOf(lost)}`);
  else if (end.damaged.length > 0) warnings.push(`${end.damaged.length} 个附件在备份时原件已损坏`);
  return {
    manifest,
    counts: facts.counts,
    tables: Object.keys(facts.counts).length,
    rows: Object.values(facts.counts).reduce((a, b) => a + b, 0),
    databaseBytes: manifest.database.size,
    attachments: taking.seen.size,
    attachmentBytes: taking.bytes,
    problems,
    warnings,
  };
}
