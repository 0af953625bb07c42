// The key of an office on a second computer: as a file under a passphrase, for the people of the office alone (hand-off design 2).
import type { Store } from '../../db/index.ts';
import { ServiceError, refused } from '../errors.ts';
import { certifyDevice, ownOffice } from './certificates.ts';
import { passphraseWrapper, publicKeyOf, type KeyStore } from './keys.ts';

/** What the file says in the open; `secret` is the wrapped key, base64. */
interface OfficeKeyFile {
  kind: 'steward-office-key';
  version: 1;
  office: { id: string; name: string; key: string };
  secret: string;
}

/** The file travels and lies about, so guessing costs more than for a key that stays: about half a second a try. */
const COST = 2 ** 17;

const unreadable = (code: string, sentence: string): ServiceError =>
  new ServiceError('UNREADABLE_FILE', sentence, { code });

/**
 * The key in a file, opened and compared with the public key beside it.
 * @throws ServiceError UNREADABLE_FILE (NOT_A_KEY, WRONG_PASSPHRASE, OTHER_KEY)
 */
async function openKeyFile(text: string, passphrase: string): Promise<{ file: OfficeKeyFile; secret: Buffer }> {
  const file = parse(text);
  const secret = await passphraseWrapper(passphrase, COST)
    .unwrap(Buffer.from(file.secret, 'base64'))
    .then(
      (bytes) => Buffer.from(bytes),
      () => {
        throw unreadable('WRONG_PASSPHRASE', '口令不对，或者密钥文件已损坏。请核对口令');
      },
    );
  if (publicSide(secret) !== file.office.key)
    throw unreadable(
      'OTHER_KEY',
      '口令是对的，但文件里的密钥不是这个驻点的，导出时就已不对。请在有驻点密钥的电脑上重新导出',
    );
  return { file, secret };
}

/** The public key of a private one; null of what is none. */
function publicSide(secret: Uint8Array): string | null {
  try {
    return publicKeyOf(secret);
  } catch {
    return null;
  }
}

/**
 * Makes sure that a key file that was written opens with the passphrase and holds the key of the office it names.
 * @throws ServiceError UNREADABLE_FILE
 */
export async function proveKeyFile(text: string, passphrase: string): Promise<void> {
  await openKeyFile(text, passphrase);
}

/**
 * The key of the own office as the text of a file, opened again before it is given out.
 * @throws ServiceError REFUSED when it is not on this computer, or not the office's
 */
export async function officeKeyFile(
  store: Store,
  keys: KeyStore,
  passphrase: string,
): Promise<{ fileName: string; text: string }> {
  const own = await ownOffice(store);
  if (!own?.signingKey || !keys.hasOffice(own.id))
    throw refused('驻点密钥不在这台电脑上，不能导出。请在建立这个驻点的电脑上导出');
  const plain = await keys.officeKey(own.id);
  if (publicKeyOf(plain) !== own.signingKey)
    throw refused('这台电脑上存的不是本驻点的密钥，没有导出。请在建立这个驻点的电脑上导出');
  const secret = await passphraseWrapper(passphrase, COST).wrap(plain);
  const file: OfficeKeyFile = {
    kind: 'steward-office-key',
    version: 1,
    office: { id: own.id, name: own.name, key: own.signingKey },
    secret: Buffer.from(secret).toString('base64'),
  };
  const text = `${JSON.stringify(file, null, 1)}\n`;
  await proveKeyFile(text, passphrase);
  return { fileName: `驻点密钥_${own.name}.officekey.json`, text };
}

function parse(text: string): OfficeKeyFile {
  try {
    const file = JSON.parse(text) as OfficeKeyFile;
    if (
      file.kind === 'steward-office-key' &&
      (file.version as number) === 1 &&
      typeof file.secret === 'string' &&
      typeof file.office.id === 'string'
    )
      return file;
  } catch {
    // Said below.
  }
  throw new ServiceError('UNREADABLE_FILE', '这不是驻点密钥文件，或者内容已损坏。请在有驻点密钥的电脑上重新导出', {
    code: 'NOT_A_KEY',
  });
}

/**
 * Keeps the key of the own office on this computer and vouches for this device with it.
 * @throws ServiceError UNREADABLE_FILE (NOT_A_KEY, WRONG_PASSPHRASE, OTHER_KEY), REFUSED when it is another office's
 */
export async function takeOfficeKey(store: Store, keys: KeyStore, text: string, passphrase: string): Promise<void> {
  const file = parse(text);
  const own = await ownOffice(store);
  if (own?.id !== file.office.id || own.signingKey !== file.office.key) {
    throw refused(`这是“${file.office.name}”的密钥，不是本驻点的。请先从那个驻点的备份恢复工作区，再导入密钥`);
  }
  const { secret } = await openKeyFile(text, passphrase);
  await keys.keepOffice(own.id, secret);
  await certifyDevice(store, keys);
}
