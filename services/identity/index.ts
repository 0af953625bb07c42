// Devices: which incarnation of the database writes, and when a new one is due.
import { hostname } from 'node:os';
import { device } from '../../domain/identity/entities.ts';
import type { Store } from '../../db/index.ts';
import { certifyDevice, ownOffice } from './certificates.ts';
import type { KeyStore } from './keys.ts';

export { KeyStore, passphraseWrapper, signerOf, signWith, type KeyWrapper } from './keys.ts';
export {
  certificateIn,
  certifyDevice,
  fingerprint,
  isValidCertificate,
  joinNetwork,
  networkOf,
  ownOffice,
  type Network,
  type SignedCertificate,
} from './certificates.ts';

export { officeKeyFile, proveKeyFile, takeOfficeKey } from './office-key.ts';

/**
 * Makes sure that this database writes as a device whose key is here, which no other open copy uses, and whose numbers were
 * never used before: a copy on another computer (no key), a second open copy (tag taken) or a restored backup (high-water mark
 * above the database) becomes a new device. Returns what gives the tag back when the workspace is closed.
 * @throws ServiceError KEYS_NEED_PASSPHRASE, WRONG_PASSPHRASE; nothing is written then
 */
export async function ensureDevice(store: Store, keys: KeyStore): Promise<() => void> {
  const tag = store.deviceTag;
  if (store.readOnlyReason) return () => undefined;
  if (tag !== '' && keys.has(tag)) await keys.unlock(tag);
  if (tag !== '' && keys.has(tag) && keys.highWater(tag) <= (await store.read.lastOperation())) {
    const release = keys.claim(tag);
    if (release) {
      // The office's key may have been brought here since.
      const row = await store.read.first(device, { tag });
      if (row && !row.certificate) await certifyDevice(store, keys);
      return release;
    }
  }
  const key = await keys.mint();
  const release = keys.claim(key.tag) ?? (() => undefined);
  await store.enrolDevice(key.tag);
  const own = await ownOffice(store);
  if (own) {
    await store.withAction(
      { name: '登记设备', actor: '系统', source: 'identity' },
      async (tx) =>
        await tx.insert(device, {
          tag: key.tag,
          name: hostname(),
          officeId: own.id,
          signingKey: key.publicKey,
          encryptionKey: key.encryptionKey,
        }),
    );
    await certifyDevice(store, keys);
  }
  return release;
}

/** Keeps the high-water mark beside the key behind the commits, at most one write at a time. */
export function followHighWater(store: Store, keys: KeyStore): () => void {
  let [running, again] = [false, false];
  const write = async (): Promise<void> => {
    if (running) {
      again = true;
      return;
    }
    running = true;
    try {
      do {
        again = false;
        await keys.setHighWater(store.deviceTag, await store.read.lastOperation());
      } while (again);
    } catch {
      // The mark only guards against reuse after a restore; the next commit writes it again.
    } finally {
      running = false;
    }
  };
  return store.onCommit(() => {
    void write();
  });
}
