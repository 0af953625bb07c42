// Keys wrapped by the system's key store (DPAPI, Keychain, libsecret or KWallet), for the back end that cannot reach it.
import { safeStorage } from 'electron';
import type { KeyService } from './backend-supervisor.ts';

/**
 * The key service, or null where there is no real key store: Linux then falls back to a key that is written in Electron's source, which
 * would only look like protection. The back end then keeps keys under STEWARD_PASSPHRASE, or bare in a folder of their owner's alone.
 */
export async function systemKeys(): Promise<KeyService | null> {
  if (!(await safeStorage.isAsyncEncryptionAvailable())) return null;
  if (process.platform === 'linux' && ['basic_text', 'unknown'].includes(safeStorage.getSelectedStorageBackend()))
    return null;
  return {
    async wrap(plain) {
      return new Uint8Array(await safeStorage.encryptStringAsync(Buffer.from(plain).toString('base64')));
    },
    async unwrap(wrapped) {
      const { result } = await safeStorage.decryptStringAsync(Buffer.from(wrapped));
      return new Uint8Array(Buffer.from(result, 'base64'));
    },
  };
}
