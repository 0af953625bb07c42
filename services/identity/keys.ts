// The signing key of a device: made once, kept outside the database and the workspace (hand-off design 2).
import { createCipheriv, createDecipheriv, createHash, generateKeyPairSync, randomBytes, scryptSync } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { lockFile, writeFileAtomic } from '../../db/index.ts';

/** Wraps key bytes with what the desktop offers; elsewhere a passphrase-protected file does it. */
export interface KeyWrapper { wrap(plain: Uint8Array): Promise<Uint8Array>; unwrap(wrapped: Uint8Array): Promise<Uint8Array> }

/** A device's public side. */
export interface DeviceKey { tag: string; publicKey: string }

const CROCKFORD = '0123456789abcdefghjkmnpqrstvwxyz';

/** First 10 Crockford base32 characters of SHA-256 of the signing public key, upper case. */
export function deviceTag(publicKeyRaw: Uint8Array): string {
  const digest = createHash('sha256').update(publicKeyRaw).digest();
  let bits = 0n;
  for (const byte of digest.subarray(0, 7)) bits = (bits << 8n) | BigInt(byte);
  let tag = '';
  for (let i = 0; i < 10; i += 1) tag += CROCKFORD[Number((bits >> BigInt(51 - 5 * i)) & 31n)];
  return tag.toUpperCase();
}

/** A wrapper that protects the key with a passphrase (scrypt and AES-256-GCM). */
export function passphraseWrapper(passphrase: string): KeyWrapper {
  return {
    wrap: async (plain) => {
      const [salt, nonce] = [randomBytes(16), randomBytes(12)];
      const cipher = createCipheriv('aes-256-gcm', scryptSync(passphrase, salt, 32), nonce);
      const body = Buffer.concat([cipher.update(plain), cipher.final()]);
      return await Promise.resolve(Buffer.concat([salt, nonce, cipher.getAuthTag(), body]));
    },
    unwrap: async (wrapped) => {
      const buffer = Buffer.from(wrapped);
      const decipher = createDecipheriv('aes-256-gcm', scryptSync(passphrase, buffer.subarray(0, 16), 32), buffer.subarray(16, 28));
      decipher.setAuthTag(buffer.subarray(28, 44));
      return await Promise.resolve(Buffer.concat([decipher.update(buffer.subarray(44)), decipher.final()]));
    },
  };
}

/** Without a wrapper the key file is protected by the permissions of the user's folder alone. */
const bareWrapper: KeyWrapper = { wrap: async (p) => await Promise.resolve(p), unwrap: async (w) => await Promise.resolve(w) };

/** The folder of keys of this user on this computer. */
export class KeyStore {
  readonly #folder: string;
  readonly #wrapper: KeyWrapper;

  constructor(folder: string, wrapper: KeyWrapper | null) {
    this.#folder = folder;
    this.#wrapper = wrapper ?? bareWrapper;
  }

  /** Makes a signing key and keeps it. */
  async mint(): Promise<DeviceKey> {
    const { publicKey, privateKey } = generateKeyPairSync('ed25519');
    const raw = publicKey.export({ type: 'spki', format: 'der' }).subarray(-32);
    const tag = deviceTag(raw);
    mkdirSync(this.#folder, { recursive: true, mode: 0o700 });
    const wrapped = await this.#wrapper.wrap(privateKey.export({ type: 'pkcs8', format: 'der' }));
    await writeFileAtomic(this.#keyFile(tag), Buffer.from(wrapped));
    await this.setHighWater(tag, 0);
    return { tag, publicKey: raw.toString('base64') };
  }

  /** Whether this computer holds the key of that device. */
  has(tag: string): boolean { return existsSync(this.#keyFile(tag)); }

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

  #keyFile(tag: string): string { return join(this.#folder, `${tag}.key`); }
}
