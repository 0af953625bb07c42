// Writes a backup file: a copy of the database, packed with the attachments, encrypted on request, never more than a chunk in memory.
import { createHash } from 'node:crypto';
import { createReadStream, createWriteStream, existsSync } from 'node:fs';
import { mkdir, readdir, rm, stat, statfs } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable, Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { Encrypter } from 'age-encryption';
import { pack as makePack, type Pack } from 'tar-stream';
import { checkDatabase, copyDatabase, databaseFacts, fileStates, lostFilesIn, type LostFile } from '../../db/index.ts';
import { BackupFault } from './faults.ts';
import { DATABASE_NAME, END_NAME, MANIFEST_NAME, SHA256, type EndMark, type Manifest } from './format.ts';

export type Progress = (done: number, total: number, step: string) => void;

/** What a backup is made of. `scratch` is a folder of the caller's, on the workspace's disk; `partial` the file to write. */
export interface WriteInput {
  database: string;
  attachmentFolder: string | null;
  /** Where the workspace keeps its files: rows are compared with them whether they are packed or not. */
  files: string;
  /** Devices that wrote on this computer: what they kept should be here. */
  devices: readonly string[];
  scratch: string;
  partial: string;
  passphrase: string | null;
  about: Omit<Manifest, 'format' | 'database' | 'attachments'>;
}

/** What was written: size and SHA-256 of the file, what it says of itself. */
export interface Written {
  manifest: Manifest;
  size: number;
  sha256: string;
  /** Photos and files that rows know and that are gone or damaged. */
  lost: LostFile[];
}

/** 2^16: 64 MiB of memory and under a second, as in the hand-off. */
const SCRYPT_WORK_FACTOR = 16;
const RESERVE = 16 * 1024 * 1024;
const PROGRESS_EVERY = 4 * 1024 * 1024;

/** SHA-256 of a file. */
export async function hashOf(file: string): Promise<string> {
  const hash = createHash('sha256');
  for await (const chunk of createReadStream(file, { highWaterMark: 1 << 20 })) hash.update(chunk as Buffer);
  return hash.digest('hex');
}

/** Passes a chunk on, or what looking at it threw: an exception inside of a stream would end the process. */
export function pass(look: () => void, chunk: Buffer, done: (error: Error | null, chunk?: Buffer) => void): void {
  try {
    look();
  } catch (error) {
    done(error as Error);
    return;
  }
  done(null, chunk);
}

/** Attachments in the folder, by name. What is being written just now is not among them. */
async function listAttachments(folder: string | null): Promise<{ sha256: string; path: string; size: number }[]> {
  if (!folder || !existsSync(folder)) return [];
  const found: { sha256: string; path: string; size: number }[] = [];
  for (const part of (await readdir(folder)).filter((n) => /^[0-9a-f]{2}$/.test(n)).sort()) {
    for (const sha256 of (await readdir(join(folder, part))).filter((n) => SHA256.test(n)).sort()) {
      const path = join(folder, part, sha256);
      found.push({ sha256, path, size: (await stat(path)).size });
    }
  }
  return found;
}

/** @throws BackupFault NO_SPACE when the disk below `folder` has less than `bytes` and a reserve */
export async function needSpace(folder: string, bytes: number): Promise<void> {
  const free = await statfs(folder).then(
    (s) => s.bavail * s.bsize,
    () => null,
  );
  if (free !== null && free < bytes + RESERVE) throw new BackupFault('NO_SPACE', `${bytes + RESERVE}/${free}`);
}

/** Puts one entry into the pack and waits until the pack has taken it. */
async function putBytes(pack: Pack, name: string, bytes: Buffer): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    pack.entry({ name }, bytes, (error) => {
      if (error) reject(error);
      else resolve();
    });
  });
}

/** Puts a file in, with every chunk shown to `onChunk`. @throws when the file is not as large as said */
async function putFile(
  pack: Pack,
  name: string,
  file: string,
  size: number,
  onChunk: (chunk: Buffer) => void,
): Promise<void> {
  const show = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      pass(
        () => {
          onChunk(chunk);
        },
        chunk,
        done,
      );
    },
  });
  await new Promise<void>((resolve, reject) => {
    const entry = pack.entry({ name, size }, (error) => {
      if (error) reject(error);
      else resolve();
    });
    pipeline(
      createReadStream(file, { highWaterMark: 256 * 1024 }),
      show,
      entry as unknown as NodeJS.WritableStream,
    ).catch(reject);
  });
}

async function encrypted(plain: Readable, passphrase: string): Promise<Readable> {
  const encrypter = new Encrypter();
  encrypter.setScryptWorkFactor(SCRYPT_WORK_FACTOR);
  encrypter.setPassphrase(passphrase.normalize('NFC'));
  return Readable.fromWeb(
    (await encrypter.encrypt(Readable.toWeb(plain) as unknown as ReadableStream<Uint8Array>)) as never,
  );
}

/**
 * Writes `partial`, synced to the disk. Whoever calls verifies it and gives it its name.
 * @throws BackupFault DATABASE_DAMAGED when the copy does not pass SQLite's check, NO_SPACE; errors of the system
 */
export async function writeBackup(input: WriteInput, progress: Progress): Promise<Written> {
  const { scratch, partial, about, passphrase } = input;
  await mkdir(scratch, { recursive: true });
  const wal = await stat(`${input.database}-wal`).then(
    (s) => s.size,
    () => 0,
  );
  await needSpace(scratch, (await stat(input.database)).size + wal);
  const copy = join(scratch, DATABASE_NAME);
  await rm(copy, { force: true });
  await copyDatabase(input.database, copy, (done, total) => {
    progress(done, total, '复制数据库');
  });
  progress(0, 0, '检查数据库');
  const problems = checkDatabase(copy, false);
  if (problems.length > 0) throw new BackupFault('DATABASE_DAMAGED', problems[0]);
  const { counts, lastOperation, foreignKeyProblems } = databaseFacts(copy);
  const size = (await stat(copy)).size;
  const files = await listAttachments(input.attachmentFolder);
  const bytes = files.reduce((sum, f) => sum + f.size, 0);
  await needSpace(join(partial, '..'), size + bytes + files.length * 1024);
  const manifest: Manifest = {
    format: 1,
    ...about,
    database: { sha256: await hashOf(copy), size, counts, lastOperation, foreignKeyProblems },
    attachments: { included: input.attachmentFolder !== null, count: files.length, bytes },
  };

  const states = fileStates(copy, input.files);
  const end: EndMark = {
    attachments: files.length,
    bytes,
    damaged: [],
    absent: states.filter((file) => file.state === 'gone').map((file) => file.sha256),
  };
  const pack = makePack();
  const total = size + bytes;
  let [done, said] = [0, 0];
  const count = (chunk: Buffer): void => {
    done += chunk.length;
    if (done - said >= PROGRESS_EVERY || done === total) {
      said = done;
      progress(done, total, '写入备份');
    }
  };
  const fill = async (): Promise<void> => {
    await putBytes(pack, MANIFEST_NAME, Buffer.from(JSON.stringify(manifest, null, 2)));
    await putFile(pack, DATABASE_NAME, copy, size, count);
    for (const file of files) {
      const hash = createHash('sha256');
      await putFile(pack, `a/${file.sha256}`, file.path, file.size, (chunk) => {
        hash.update(chunk);
        count(chunk);
      });
      if (hash.digest('hex') !== file.sha256) end.damaged.push(file.sha256);
    }
    const damaged = end.damaged.map((sha256) => ({ sha256, state: 'damaged' as const }));
    end.lost = lostFilesIn(copy, [...states, ...damaged], input.devices);
    await putBytes(pack, END_NAME, Buffer.from(JSON.stringify(end)));
    pack.finalize();
  };
  const hash = createHash('sha256');
  let written = 0;
  const meter = new Transform({
    transform(chunk: Buffer, _encoding, next) {
      hash.update(chunk);
      written += chunk.length;
      next(null, chunk);
    },
  });
  const plain = Readable.from(pack as unknown as AsyncIterable<Uint8Array>, { objectMode: false });
  const source = passphrase === null ? plain : await encrypted(plain, passphrase);
  const writing = pipeline(source, meter, createWriteStream(partial, { flags: 'wx', flush: true }));
  // Whichever side fails ends the other: a full disk must not leave the packing waiting for ever.
  writing.catch((error: unknown) => {
    pack.destroy(error as Error);
  });
  const filling = fill().catch((error: unknown) => {
    pack.destroy(error as Error);
    throw error;
  });
  const [first] = (await Promise.allSettled([writing, filling])).filter((r) => r.status === 'rejected');
  if (first) throw first.reason;
  return { manifest, size: written, sha256: hash.digest('hex'), lost: end.lost ?? [] };
}
