// Certificates: an office vouches for the keys of its devices; people compare the fingerprint of the office once (hand-off design 2).
import { createHash } from 'node:crypto';
import { canonicalJson } from '../../domain/handoff/canonical.ts';
import { device, office } from '../../domain/identity/entities.ts';
import { deviceTag, isSignedBy, type Store, type Writer } from '../../db/index.ts';
import { readSetting, writeSetting } from '../settings.ts';
import type { KeyStore } from './keys.ts';

/** What an office says of one of its devices. Keys: Ed25519 raw base64, age recipient. */
export interface Certificate {
  network: string;
  office: string;
  device: string;
  device_name: string;
  signing_key: string;
  age_key: string;
  issued: string;
  revoked?: string | undefined;
}

/** A certificate with the signature of the office and the key that it is checked by. */
export interface SignedCertificate {
  certificate: Certificate;
  signature: string;
  office_key: string;
}

/** The group of offices that exchange data. */
export interface Network {
  id: string;
  name: string;
}

const certificateBytes = (certificate: Certificate): Buffer =>
  Buffer.from(`handoff-certificate-v1\u0000${canonicalJson(certificate)}`, 'utf8');

/** Whether a certificate is signed by the office key that comes with it, and its key fits its tag. */
export function isValidCertificate(signed: SignedCertificate): boolean {
  const { certificate } = signed;
  return (
    deviceTag(Buffer.from(certificate.signing_key, 'base64')) === certificate.device &&
    isSignedBy(signed.office_key, certificateBytes(certificate), signed.signature)
  );
}

/** Fingerprint of an office's key: 40 digits in eight groups, to be compared by telephone. */
export function fingerprint(officeKey: string): string {
  const digest = createHash('sha256')
    .update('steward-office-fingerprint-v1\u0000')
    .update(Buffer.from(officeKey, 'base64'))
    .digest('hex');
  const digits = (BigInt(`0x${digest}`) % 10n ** 40n).toString().padStart(40, '0');
  return (digits.match(/.{5}/g) as string[]).join(' ');
}

/** The office of this workspace; others came with packages. Null before the first start is done. */
export async function ownOffice(store: Store) {
  const id = await readSetting(store.read, 'office');
  return id ? await store.read.get(office, id) : await store.read.first(office, {}, { order: { createdAt: 'ASC' } });
}

/** The network of this workspace. */
export async function networkOf(store: Store): Promise<Network | null> {
  const value = await readSetting(store.read, 'network');
  return value ? (JSON.parse(value) as Network) : null;
}

/** Goes over to a network and vouches again for this device in it. */
export async function joinNetwork(store: Store, keys: KeyStore, network: Network): Promise<void> {
  await writeSetting(store, 'network', JSON.stringify(network));
  await certifyDevice(store, keys);
}

/** Writes the certificate of the device that writes here, when the office's key is on this computer. */
export async function certifyDevice(store: Store, keys: KeyStore): Promise<void> {
  const [own, network] = [await ownOffice(store), await networkOf(store)];
  const row = await store.read.first(device, { tag: store.deviceTag });
  if (!own || !network || !row?.encryptionKey || !keys.hasOffice(own.id)) return;
  const certificate: Certificate = {
    network: network.id,
    office: own.id,
    device: row.tag,
    device_name: row.name,
    signing_key: row.signingKey,
    age_key: row.encryptionKey,
    issued: new Date().toISOString(),
  };
  const signature = await keys.signAsOffice(own.id, certificateBytes(certificate));
  const signed = canonicalJson({ certificate, signature, office_key: own.signingKey } satisfies Record<
    string,
    unknown
  >);
  await store.withAction(
    { name: '签发设备证书', actor: '系统', source: 'identity' },
    async (tx: Writer) => await tx.update(device, row.id, { certificate: signed }),
  );
}

/** The certificate of a device that this workspace knows; null when there is none or it does not hold. */
export function certificateIn(text: string | null): SignedCertificate | null {
  if (!text) return null;
  try {
    const signed = JSON.parse(text) as SignedCertificate;
    return isValidCertificate(signed) ? signed : null;
  } catch {
    return null;
  }
}
