// The one place that knows the encryption library: age v1 files, written and pulled as streams.
import { Decrypter, Encrypter } from 'age-encryption';
import { open, type FileHandle } from 'node:fs/promises';
import { digitsOf, parseSpokenCode } from './code.ts';
import { fromSystem, PackageError, stopIfCancelled, StreamBroken } from './errors.ts';
import { AGE_HEADER_LIMIT, CHUNK, RECIPIENTS_LIMIT, WORK_FACTOR, WORK_FACTOR_LIMIT } from './limits.ts';

export { generateX25519Identity as newIdentity, identityToRecipient } from 'age-encryption';

const MAGIC = Buffer.from('age-encryption.org/v1\n', 'latin1');
const AGE_CHUNK = 64 * 1024;
const TAG = 16;
const NONCE = 16;

/** What opens a package: age identities (AGE-SECRET-KEY-1…) and a spoken code as typed. */
export interface Keys {
  identities: readonly string[];
  code: string | null;
}
/** What a package is closed with: recipients (age1…) or a spoken code, never both. */
export type Lock = { recipients: readonly string[] } | { code: string };
export type Encryption = 'devices' | 'code';
/** Facts of an age header: its length in bytes and the kind of key it asks for. */
export interface AgeHeader {
  size: number;
  encryption: Encryption;
}

/** Length of the age file of `plain` bytes behind a header of `headerSize` bytes. */
export function ageSize(plain: number, headerSize: number): number {
  return headerSize + NONCE + plain + TAG * Math.max(1, Math.ceil(plain / AGE_CHUNK));
}

function checkStanza(args: string[]): void {
  if (args[0] !== 'scrypt') return;
  const factor = args[2] ?? '';
  if (!/^[1-9][0-9]*$/.test(factor)) throw new PackageError('WRONG_CODE', { reason: 'header' });
  // Read before it is tried: a large factor would occupy the machine for hours.
  if (factor.length > 2 || Number(factor) > WORK_FACTOR_LIMIT)
    throw new PackageError('TOO_BIG', { reason: 'work factor' });
}

/**
 * Reads an age header from the first bytes of a file, without any key.
 * @throws PackageError NOT_A_PACKAGE, CUT_SHORT (the file ends inside), TOO_BIG (limits), WRONG_CODE (malformed).
 */
export function parseAgeHeader(head: Buffer, fileSize: number): AgeHeader {
  if (!MAGIC.subarray(0, head.length).equals(head.subarray(0, MAGIC.length))) throw new PackageError('NOT_A_PACKAGE');
  if (head.length < MAGIC.length) throw new PackageError('CUT_SHORT');
  let at = MAGIC.length;
  let stanzas = 0;
  let encryption: Encryption = 'devices';
  for (;;) {
    const end = head.indexOf(0x0a, at);
    const line = head.toString('latin1', at, end === -1 ? head.length : end);
    if (/[^\x20-\x7e]/.test(line)) throw new PackageError('WRONG_CODE', { reason: 'header' });
    if (end === -1) throw new PackageError(fileSize > head.length ? 'TOO_BIG' : 'CUT_SHORT', { reason: 'header' });
    at = end + 1;
    if (line.startsWith('-> ')) {
      stanzas += 1;
      if (stanzas > RECIPIENTS_LIMIT) throw new PackageError('TOO_BIG', { reason: 'recipients' });
      const args = line.slice(3).split(' ');
      checkStanza(args);
      if (args[0] === 'scrypt') encryption = 'code';
    } else if (line.startsWith('---')) {
      if (!/^--- [A-Za-z0-9+/]{43}$/.test(line) || stanzas === 0)
        throw new PackageError('WRONG_CODE', { reason: 'header' });
      if (fileSize < at + NONCE + TAG) throw new PackageError('CUT_SHORT');
      return { size: at, encryption };
    } else if (!/^[A-Za-z0-9+/]{0,64}$/.test(line)) throw new PackageError('WRONG_CODE', { reason: 'header' });
  }
}

/** An opened age file. `plain()` may be called once; it throws StreamBroken where the file cannot be followed. */
export interface AgeFile {
  size: number;
  header: AgeHeader;
  plain(): AsyncGenerator<Buffer>;
  close(): Promise<void>;
}

async function readHead(handle: FileHandle, size: number): Promise<Buffer> {
  const head = Buffer.alloc(Math.min(size, AGE_HEADER_LIMIT));
  const { bytesRead } = await handle.read(head, 0, head.length, 0);
  return head.subarray(0, bytesRead);
}

async function fileKey(head: Buffer, encryption: Encryption, keys: Keys, sums: string): Promise<Uint8Array> {
  const decrypter = new Decrypter();
  const wrong = (cause?: unknown): PackageError => new PackageError('WRONG_CODE', { sums, encryption }, { cause });
  if (encryption === 'code') {
    const code = keys.code === null ? null : parseSpokenCode(keys.code);
    if (code === null && keys.code !== null) throw new PackageError('WRONG_CODE', { digits: digitsOf(keys.code) });
    if (code === null) throw wrong();
    decrypter.addPassphrase(code);
  } else for (const identity of keys.identities) decrypter.addIdentity(identity);
  try {
    return await decrypter.decryptHeader(head);
  } catch (error) {
    throw wrong(error);
  }
}

/** The file as a web stream; `failed` keeps the system's error, which the library would wrap away. */
function source(handle: FileHandle, failed: { error: unknown }): ReadableStream<Uint8Array> {
  let at = 0;
  return new ReadableStream<Uint8Array>(
    {
      // Never more than one age chunk per piece: the library drops decrypted chunks that queue behind a failing one.
      async pull(controller) {
        try {
          const { bytesRead, buffer } = await handle.read(Buffer.allocUnsafe(CHUNK), 0, CHUNK, at);
          at += bytesRead;
          if (bytesRead === 0) controller.close();
          else controller.enqueue(buffer.subarray(0, bytesRead));
        } catch (error) {
          failed.error = error;
          throw error;
        }
      },
    },
    { highWaterMark: 0 },
  );
}

async function* pump(
  stream: ReadableStream<Uint8Array>,
  failed: { error: unknown },
  signal?: AbortSignal,
): AsyncGenerator<Buffer> {
  const reader = stream.getReader();
  try {
    for (;;) {
      stopIfCancelled(signal);
      let piece;
      try {
        piece = await reader.read();
      } catch (error) {
        if (failed.error !== undefined) throw fromSystem(failed.error, 'source');
        throw new StreamBroken('the encrypted stream is broken', { cause: error });
      }
      if (piece.done) return;
      yield Buffer.from(piece.value.buffer, piece.value.byteOffset, piece.value.length);
    }
  } finally {
    await reader.cancel().catch(() => undefined);
  }
}

/**
 * Opens an age file. `sums` ('ok' | 'absent') only goes into the error.
 * With a spoken code this computes scrypt (0.3 s without a pause): call it in a worker.
 * @throws PackageError as parseAgeHeader, WRONG_CODE, TARGET_GONE.
 */
export async function openAge(path: string, keys: Keys, sums: string, signal?: AbortSignal): Promise<AgeFile> {
  let handle: FileHandle | undefined;
  try {
    handle = await open(path, 'r');
    const file = handle;
    const { size } = await file.stat();
    const head = await readHead(file, size);
    const header = parseAgeHeader(head, size);
    const key = await fileKey(head.subarray(0, header.size), header.encryption, keys, sums);
    const plain = async function* (): AsyncGenerator<Buffer> {
      const failed: { error: unknown } = { error: undefined };
      const decrypter = new Decrypter();
      decrypter.addIdentity({ unwrapFileKey: () => key });
      yield* pump(await decrypter.decrypt(source(file, failed)), failed, signal);
    };
    return {
      size,
      header,
      plain,
      close: async () => {
        await file.close();
      },
    };
  } catch (error) {
    await handle?.close();
    throw fromSystem(error, 'source');
  }
}

/** Encrypts a stream; pieces should not exceed 64 KiB, so that no step holds the thread for long. */
export async function* encryptAge(plain: AsyncIterable<Uint8Array>, lock: Lock): AsyncGenerator<Uint8Array> {
  const encrypter = new Encrypter();
  if ('code' in lock) {
    encrypter.setPassphrase(lock.code);
    encrypter.setScryptWorkFactor(WORK_FACTOR);
  } else for (const recipient of lock.recipients) encrypter.addRecipient(recipient);
  const pieces = plain[Symbol.asyncIterator]();
  const reader = (
    await encrypter.encrypt(
      new ReadableStream<Uint8Array>(
        {
          async pull(controller) {
            const next = await pieces.next();
            if (next.done === true) controller.close();
            else controller.enqueue(next.value);
          },
          async cancel() {
            await pieces.return?.();
          },
        },
        { highWaterMark: 0 },
      ),
    )
  ).getReader();
  try {
    for (let piece = await reader.read(); !piece.done; piece = await reader.read()) yield piece.value;
  } finally {
    await reader.cancel().catch(() => undefined);
  }
}
