// The signing key of a device: made once, kept outside the database and the workspace (hand-off design 2).
import {
  createCipheriv,
  createDecipheriv,
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  randomBytes,
  scrypt,
  sign,
  type ScryptOptions,
} from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { generateIdentity, identityToRecipient } from 'age-encryption';
import { deviceTag, lockFile, makePrivate, writeFileAtomic } from '../../db/index.ts';
import { ServiceError } from '../errors.ts';

/** Wraps key bytes with what the desktop offers, or with a passphrase. */
export interface KeyWrapper {
  wrap(plain: Uint8Array): Promise<Uint8Array>;
  unwrap(wrapped: Uint8Array): Promise<Uint8Array>;
}

/** A device's public side: Ed25519 key (raw, base64) and age recipient. */
export interface DeviceKey {
  tag: string;
  publicKey: string;
  encryptionKey: string;
}

const stretch = promisify<string, Buffer, number, ScryptOptions, Buffer>(scrypt);

/** A wrapper that protects the key with a passphrase (scrypt of that cost, a power of two, and AES-256-GCM). */
export function passphraseWrapper(passphrase: string, cost = 2 ** 14): KeyWrapper {
  const keyFor = async (salt: Buffer) => await stretch(passphrase, salt, 32, { N: cost, maxmem: 2048 * cost });
  return {
    wrap: async (plain) => {
      const [salt, nonce] = [randomBytes(16), randomBytes(12)];
      const cipher = createCipheriv('aes-256-gcm', await keyFor(salt), nonce);
      const body = Buffer.concat([cipher.update(plain), cipher.final()]);
      return Buffer.concat([salt, nonce, cipher.getAuthTag(), body]);
    },
    unwrap: async (wrapped) => {
      const buffer = Buffer.from(wrapped);
      const decipher = createDecipheriv('aes-256-gcm', await keyFor(buffer.subarray(0, 16)), buffer.subarray(16, 28));
      decipher.setAuthTag(buffer.subarray(28, 44));
      return Buffer.concat([decipher.update(buffer.subarray(44)), decipher.final()]);
    },
  };
}

/** Without either a key file is protected by its permissions alone. */
const bareWrapper: KeyWrapper = {
  wrap: async (p) => await Promise.resolve(p),
  unwrap: async (w) => await Promise.resolve(w),
};

/** What a key under a passphrase begins with, so that a start without one knows what to ask for. */
const MARK = Buffer.from('SDP1');
const isMarked = (kept: Buffer): boolean => kept.subarray(0, MARK.length).equals(MARK);

/**
 * Is it what an earlier release kept under a passphrase, without the mark: salt, nonce and tag before a key of the usual length?
 * What a desktop's own key store kept begins with its version.
 */
function isUnmarkedKept(name: string, kept: Buffer): boolean {
  const plain = name.endsWith('.age') ? 74 : 48;
  return kept.length === 44 + plain && !/^v1[01]/.test(kept.toString('latin1', 0, 3)) && !isKey(name, kept);
}

const needsPassphrase = (): ServiceError =>
  new ServiceError(
    'WORKSPACE',
    '这台电脑上的密钥受口令保护，资料没有打开。请输入口令；命令行请用环境变量 STEWARD_PASSPHRASE 给出',
    { code: 'KEYS_NEED_PASSPHRASE' },
  );

const wrongPassphrase = (): ServiceError =>
  new ServiceError('WORKSPACE', '口令不对，密钥没有打开，资料没有改动。请核对口令，区分大小写', {
    code: 'WRONG_PASSPHRASE',
  });

/** A key that is here and can't be opened: it was kept under another passphrase, or by another way to start. */
const locked = (): ServiceError =>
  new ServiceError(
    'REFUSED',
    '这台电脑上的密钥打不开：当时保护它的口令与现在的不一致，或换了启动方式。没有写出任何东西；请用原来的口令、原来的方式启动后再办',
    { code: 'KEY_LOCKED', missing: [] },
  );

/** What was just written does not read back as it was meant. */
const unkept = (): ServiceError =>
  new ServiceError('REFUSED', '密钥写入后读回核对不一致，没有保存。请检查磁盘和口令后再试', {
    code: 'KEY_NOT_KEPT',
    missing: [],
  });

/** Whether opened bytes are a key at all: another wrapper may open a file without complaint, into nonsense. */
function isKey(name: string, plain: Buffer): boolean {
  if (name.endsWith('.age')) return /^AGE-SECRET-KEY-1[0-9A-Z]+$/.test(plain.toString('latin1'));
  try {
    publicKeyOf(plain);
    return true;
  } catch {
    return false;
  }
}

/** The folder of keys of this user on this computer. */
export class KeyStore {
  readonly #folder: string;
  readonly #wrapper: KeyWrapper | null;
  readonly #passphrase: KeyWrapper | null;

  /** `wrapper`: what the desktop offers. `passphrase`: keeps keys where there is no such thing, and opens those it kept anywhere. */
  constructor(folder: string, wrapper: KeyWrapper | null, passphrase: KeyWrapper | null = null) {
    this.#folder = folder;
    this.#wrapper = wrapper;
    this.#passphrase = passphrase;
    makePrivate(folder, /\.(key|age|seq|lock)$/);
  }

  /** Makes the keys of a device and keeps them. */
  async mint(): Promise<DeviceKey> {
    const { raw, secret } = newSigningKey();
    const tag = deviceTag(raw);
    const identity = await generateIdentity();
    await this.#keep(`${tag}.key`, secret);
    await this.#keep(`${tag}.age`, Buffer.from(identity, 'utf8'));
    await this.setHighWater(tag, 0);
    return { tag, publicKey: raw.toString('base64'), encryptionKey: await identityToRecipient(identity) };
  }

  /** Makes the key of an office, which vouches for its devices. Returns the raw public key, base64. */
  async mintOffice(officeId: string): Promise<string> {
    const { raw, secret } = newSigningKey();
    await this.#keep(`office-${officeId}.key`, secret);
    return raw.toString('base64');
  }

  /** The office's private signing key, PKCS #8. @throws when it is not here; ServiceError KEY_LOCKED when it can't be opened */
  async officeKey(officeId: string): Promise<Buffer> {
    return await this.#read(`office-${officeId}.key`);
  }

  /** Keeps the key of an office that was brought from another computer. */
  async keepOffice(officeId: string, secret: Uint8Array): Promise<void> {
    await this.#keep(`office-${officeId}.key`, secret);
  }

  /** Whether the office's key is on this computer. */
  hasOffice(officeId: string): boolean {
    return existsSync(join(this.#folder, `office-${officeId}.key`));
  }

  /** The device's private signing key, PKCS #8. @throws when it is not here */
  async signingKey(tag: string): Promise<Buffer> {
    return await this.#read(`${tag}.key`);
  }

  /** The device's age identity. @throws when it is not here */
  async ageIdentity(tag: string): Promise<string> {
    return (await this.#read(`${tag}.age`)).toString('utf8');
  }

  /**
   * All age identities on this computer, that of `tag` first: partners write to the device that they know, which after a restored
   * backup is an earlier one.
   * @throws when that of `tag` is not here
   */
  async ageIdentities(tag: string): Promise<string[]> {
    const own = await this.ageIdentity(tag);
    const others: string[] = [];
    for (const name of readdirSync(this.#folder).filter((n) => n.endsWith('.age') && n !== `${tag}.age`)) {
      // A key that can't be unwrapped any more, perhaps of another user of this computer.
      await this.#read(name).then(
        (key) => {
          others.push(key.toString('utf8'));
        },
        () => undefined,
      );
    }
    return [own, ...others];
  }

  /** Signature of the office over `bytes`, base64. @throws when its key is not here */
  async signAsOffice(officeId: string, bytes: Uint8Array): Promise<string> {
    return signWith(await this.officeKey(officeId), bytes);
  }

  /** Whether this computer holds the key of that device. */
  has(tag: string): boolean {
    return existsSync(join(this.#folder, `${tag}.key`));
  }

  /** Last operation number known to have been committed under this tag here. */
  highWater(tag: string): number {
    const file = join(this.#folder, `${tag}.seq`);
    return existsSync(file) ? Number.parseInt(readFileSync(file, 'utf8'), 10) || 0 : 0;
  }

  /** Raises the high-water mark beside the key; it never goes down. */
  async setHighWater(tag: string, seq: number): Promise<void> {
    if (this.highWater(tag) >= seq && existsSync(join(this.#folder, `${tag}.seq`))) return;
    await writeFileAtomic(join(this.#folder, `${tag}.seq`), `${seq}\n`);
  }

  /** Takes the tag for this process: two open copies of one database must not write under it. Null when it is taken. */
  claim(tag: string): (() => void) | null {
    mkdirSync(this.#folder, { recursive: true, mode: 0o700 });
    return lockFile(join(this.#folder, `${tag}.lock`));
  }

  async #keep(name: string, plain: Uint8Array): Promise<void> {
    mkdirSync(this.#folder, { recursive: true, mode: 0o700 });
    const wrapper = this.#wrapper ?? this.#passphrase ?? bareWrapper;
    const wrapped = Buffer.from(await wrapper.wrap(plain));
    const opened = await wrapper.unwrap(wrapped).catch(() => null);
    // Before an earlier file is replaced.
    if (!opened || !Buffer.from(plain).equals(Buffer.from(opened))) throw unkept();
    const kept = wrapper === this.#passphrase ? Buffer.concat([MARK, wrapped]) : wrapped;
    await writeFileAtomic(join(this.#folder, name), kept);
    if (!readFileSync(join(this.#folder, name)).equals(kept)) throw unkept();
  }

  async #read(name: string): Promise<Buffer> {
    const kept = readFileSync(join(this.#folder, name));
    if (isMarked(kept)) {
      if (!this.#passphrase) throw needsPassphrase();
      const plain = await opened(name, kept.subarray(MARK.length), this.#passphrase);
      if (!plain) throw wrongPassphrase();
      return plain;
    }
    // Also what an earlier release kept under a passphrase, without a mark.
    for (const wrapper of [this.#wrapper ?? bareWrapper, bareWrapper, this.#passphrase]) {
      const plain = wrapper && (await opened(name, kept, wrapper));
      if (plain) return plain;
    }
    if (!this.#wrapper && isUnmarkedKept(name, kept)) throw this.#passphrase ? wrongPassphrase() : needsPassphrase();
    throw locked();
  }

  /**
   * Makes sure that the keys of a device can be opened, where a passphrase keeps them, and puts those under it that it was given for;
   * those that an earlier release kept so are marked then.
   * @throws ServiceError KEYS_NEED_PASSPHRASE, WRONG_PASSPHRASE
   */
  async unlock(tag: string): Promise<void> {
    const own = (name: string): boolean => name.startsWith(`${tag}.`) || name.startsWith('office-');
    for (const name of readdirSync(this.#folder).filter((n) => own(n) && /\.(key|age)$/.test(n))) {
      const kept = readFileSync(join(this.#folder, name));
      const isKept = isMarked(kept);
      const asks = isKept || (!this.#wrapper && isUnmarkedKept(name, kept));
      if (asks && name.startsWith(`${tag}.`)) await this.#read(name);
      if (isKept || !this.#passphrase || this.#wrapper) continue;
      const plain = await this.#read(name).catch(() => null);
      if (plain) await this.#keep(name, plain);
    }
  }
}

/** The key that a wrapper opens; null where it does not, or into nonsense. */
async function opened(name: string, wrapped: Buffer, wrapper: KeyWrapper): Promise<Buffer | null> {
  const plain = await wrapper.unwrap(wrapped).then(
    (bytes) => Buffer.from(bytes),
    () => null,
  );
  return plain && isKey(name, plain) ? plain : null;
}

function newSigningKey(): { raw: Buffer; secret: Buffer } {
  const { publicKey, privateKey } = generateKeyPairSync('ed25519');
  return {
    raw: publicKey.export({ type: 'spki', format: 'der' }).subarray(-32),
    secret: privateKey.export({ type: 'pkcs8', format: 'der' }),
  };
}

/** The raw public key, base64, of a PKCS #8 key. @throws when it is none */
export function publicKeyOf(secret: Uint8Array): string {
  return createPublicKey(createPrivateKey({ key: Buffer.from(secret), format: 'der', type: 'pkcs8' }))
    .export({ type: 'spki', format: 'der' })
    .subarray(-32)
    .toString('base64');
}

/** Signs with a PKCS #8 key: Ed25519, base64. For many signatures of one key, which is read only once. @throws when it is none */
export function signerOf(secret: Uint8Array): (bytes: Uint8Array) => string {
  const key = createPrivateKey({ key: Buffer.from(secret), format: 'der', type: 'pkcs8' });
  return (bytes) => sign(null, bytes, key).toString('base64');
}

/** Ed25519 signature by a PKCS #8 key, base64. */
export const signWith = (secret: Uint8Array, bytes: Uint8Array): string => signerOf(secret)(bytes);
