// Offices that work together: the card that one hands to another, and the fingerprint that people compare once.
import { canonicalJson } from '../../domain/handoff/canonical.ts';
import { device } from '../../domain/identity/entities.ts';
import type { CardView, OwnDevice, Partner } from '../../contract/handoff.ts';
import { isSignedBy, type Store } from '../../db/index.ts';
import { act, type Context } from '../context.ts';
import { notFound, refused, ServiceError } from '../errors.ts';
import {
  certificateIn,
  fingerprint,
  isValidCertificate,
  joinNetwork,
  networkOf,
  ownOffice,
  type Network,
  type SignedCertificate,
} from '../identity/index.ts';

/** What an office card says. Keys are raw Ed25519, base64. */
export interface OfficeCard {
  kind: 'steward-office-card';
  version: 1;
  network: Network;
  /** The office has no partners yet, and may go over to another network. */
  alone: boolean;
  office: { id: string; name: string; code: string; key: string };
  devices: SignedCertificate[];
  made_at: string;
  signature: string;
}

const cardBytes = (card: Omit<OfficeCard, 'signature'>): Buffer =>
  Buffer.from(`handoff-card-v1\u0000${canonicalJson(card)}`, 'utf8');

interface PartnerRecord {
  office: string;
  name: string;
  code: string;
  key: string;
  confirmedBy: string;
  confirmedAt: string;
  revokedAt: string | null;
  devices: string;
}

/** Partners as they are kept. */
export async function partnerRecords(store: Store): Promise<PartnerRecord[]> {
  return await store.read.sql<PartnerRecord>(
    'SELECT office, name, code, key, confirmed_by AS "confirmedBy", confirmed_at AS "confirmedAt", revoked_at AS "revokedAt", devices FROM handoff_partner ORDER BY name',
  );
}

/** The own office: its public key, its network, and the certificate of this device, null where the office has not vouched for it. */
export interface OwnIdentity {
  id: string;
  name: string;
  code: string;
  key: string;
  network: Network;
  certificate: SignedCertificate | null;
}

/** The office, its key and network. @throws ServiceError REFUSED when this workspace can't take part in a hand-off */
export async function ownIdentity(ctx: Context): Promise<OwnIdentity> {
  const [own, network] = [await ownOffice(ctx.store), await networkOf(ctx.store)];
  if (!own?.signingKey || !network)
    throw refused('这个工作区还没有驻点密钥，不能与其他驻点交换。请新建工作区，或从备份恢复带密钥的工作区');
  const row = await ctx.store.read.first(device, { tag: ctx.store.deviceTag });
  return {
    id: own.id,
    name: own.name,
    code: own.code,
    key: own.signingKey,
    network,
    certificate: certificateIn(row?.certificate ?? null),
  };
}

/** Makes this office's card. @throws ServiceError REFUSED when the office's key is not on this computer */
export async function makeCard(ctx: Context): Promise<{ fileName: string; text: string }> {
  const own = await ownIdentity(ctx);
  if (!ctx.keys.hasOffice(own.id)) throw refused('驻点密钥不在这台电脑上，不能制作名片。请在建立这个驻点的电脑上制作');
  const rows = await ctx.store.read.find(device, { officeId: own.id });
  const devices = rows
    .map((d) => certificateIn(d.certificate))
    .filter((c): c is SignedCertificate => c?.certificate.network === own.network.id);
  const alone = (await partnerRecords(ctx.store)).length === 0;
  const card = {
    kind: 'steward-office-card' as const,
    version: 1 as const,
    network: own.network,
    alone,
    office: { id: own.id, name: own.name, code: own.code, key: own.key },
    devices,
    made_at: new Date().toISOString(),
  };
  const signature = await ctx.keys.signAsOffice(own.id, cardBytes(card));
  return { fileName: `驻点名片_${own.name}.card.json`, text: `${JSON.stringify({ ...card, signature }, null, 1)}\n` };
}

/** Reads a card. @throws ServiceError UNREADABLE_FILE when it is none, or was altered */
export function parseCard(text: string): OfficeCard {
  const wrong = (code: string) =>
    new ServiceError('UNREADABLE_FILE', '这不是驻点名片，或者内容已损坏。请让对方重新导出名片', { code });
  let card: OfficeCard;
  try {
    card = JSON.parse(text) as OfficeCard;
    if (card.kind !== 'steward-office-card') throw wrong('NOT_A_CARD');
    const { signature, ...said } = card;
    if (!isSignedBy(card.office.key, cardBytes(said), signature)) throw wrong('BAD_CARD');
    if (
      !card.devices.every(
        (d) => isValidCertificate(d) && d.office_key === card.office.key && d.certificate.office === card.office.id,
      )
    )
      throw wrong('BAD_CARD');
  } catch (error) {
    throw error instanceof ServiceError ? error : wrong('NOT_A_CARD');
  }
  return card;
}

/** What a card says, and how it stands to what is known here. */
export async function viewCard(ctx: Context, text: string): Promise<CardView> {
  const card = parseCard(text);
  const own = await ownIdentity(ctx);
  const known = (await partnerRecords(ctx.store)).find((p) => p.office === card.office.id);
  return {
    office: { id: card.office.id, name: card.office.name, code: card.office.code },
    fingerprint: fingerprint(card.office.key),
    network: card.network,
    known: known !== undefined,
    changedKey: known !== undefined && known.key !== card.office.key,
    own: card.office.id === own.id,
  };
}

const digits = (text: string): string => text.normalize('NFKC').replace(/\D/g, '');

/** Devices of a partner that its office vouches for: those of its card and those that came with packages. Revoked ones are left out. */
export async function devicesOf(
  ctx: Context,
  partner: Pick<PartnerRecord, 'office' | 'key' | 'devices'>,
): Promise<SignedCertificate['certificate'][]> {
  const rows = await ctx.store.read.find(device, { officeId: partner.office });
  const signed = [
    ...(JSON.parse(partner.devices) as SignedCertificate[]),
    ...rows.map((d) => certificateIn(d.certificate)).filter((c) => c !== null),
  ];
  const revoked = new Set(rows.filter((d) => d.revokedAt).map((d) => d.tag));
  const valid = signed
    .filter((c) => c.office_key === partner.key && !revoked.has(c.certificate.device))
    .map((c) => c.certificate);
  return [...new Map(valid.map((c) => [c.device, c])).values()];
}

/** Whether a typed fingerprint is that of the key. */
export const isFingerprintOf = (key: string, typed: string): boolean => digits(typed) === digits(fingerprint(key));

/**
 * Makes the office of a card a partner, after somebody compared its fingerprint by telephone.
 * @throws ServiceError REFUSED when the fingerprint differs, or both offices belong to different networks already
 */
export async function confirmPartner(ctx: Context, text: string, typed: string): Promise<void> {
  const card = parseCard(text);
  await addPartner(
    ctx,
    { id: card.office.id, name: card.office.name, code: card.office.code, key: card.office.key, devices: card.devices },
    card.network,
    card.alone,
    typed,
  );
}

/** Keeps an office as a partner. See {@link confirmPartner}. */
export async function addPartner(
  ctx: Context,
  of: { id: string; name: string; code: string; key: string; devices: readonly SignedCertificate[] },
  network: Network,
  alone: boolean,
  typed: string,
): Promise<void> {
  const own = await ownIdentity(ctx);
  if (of.id === own.id) throw refused('这是本驻点自己的名片，不用登记');
  if (!isFingerprintOf(of.key, typed)) throw refused('指纹与名片不符，没有登记。请与对方在电话里逐组核对 40 位指纹');
  const others = (await partnerRecords(ctx.store)).filter((p) => p.office !== of.id);
  if (network.id !== own.network.id) {
    if (!alone && others.length > 0)
      throw refused('对方和本驻点已各自属于不同的协作网络，不能直接登记。请先商定用哪一个网络');
    // Both sides decide alike: who is alone goes over to the other; of two that are alone, to the smaller id.
    const goes = others.length === 0 && (!alone || network.id < own.network.id);
    if (goes) await joinNetwork(ctx.store, ctx.keys, network);
  }
  await ctx.store.withoutCapture(async (tx) => {
    await tx.execute(
      `INSERT INTO handoff_partner(office, name, code, key, confirmed_by, confirmed_at, devices) VALUES (?, ?, ?, ?, ?, ?, ?)
      ON CONFLICT(office) DO UPDATE SET name = excluded.name, code = excluded.code, key = excluded.key, confirmed_by = excluded.confirmed_by, confirmed_at = excluded.confirmed_at, devices = excluded.devices, revoked_at = NULL`,
      [of.id, of.name, of.code, of.key, ctx.operator().name, new Date().toISOString(), JSON.stringify(of.devices)],
    );
  });
}

/** Computers of the own office as they stand in the shared data. */
export async function ownDevices(ctx: Context): Promise<OwnDevice[]> {
  const own = await ownIdentity(ctx);
  const rows = await ctx.store.read.find(device, { officeId: own.id }, { order: { createdAt: 'ASC' } });
  return rows.map((d) => ({
    tag: d.tag,
    name: d.name,
    here: d.tag === ctx.store.deviceTag,
    certified: certificateIn(d.certificate)?.office_key === own.key,
    revokedAt: d.revokedAt,
  }));
}

/**
 * Ends the use of a computer of the own office, lost or passed on: partners refuse its packages once they know.
 * @throws ServiceError REFUSED
 */
export async function revokeDevice(ctx: Context, tag: string): Promise<void> {
  const own = await ownIdentity(ctx);
  const row = await ctx.store.read.first(device, { tag, officeId: own.id });
  if (!row) throw notFound('设备');
  if (tag === ctx.store.deviceTag) throw refused('不能停用正在使用的这台电脑。请在本驻点的另一台电脑上停用它');
  if (row.revokedAt) throw refused('这台电脑已经停用');
  await act(ctx, `停用设备 ${row.name}`.slice(0, 120), 'form', async (tx) => {
    await tx.update(device, row.id, { revokedAt: new Date().toISOString() });
  });
}

/** Ends the work with an office: its packages are refused from now on. */
export async function revokePartner(ctx: Context, officeId: string): Promise<void> {
  await ctx.store.withoutCapture(async (tx) => {
    await tx.execute('UPDATE handoff_partner SET revoked_at = ? WHERE office = ?', [
      new Date().toISOString(),
      officeId,
    ]);
  });
}

/** Partners as people see them. */
export async function listPartners(ctx: Context): Promise<Partner[]> {
  const received = new Map(
    (
      await ctx.store.read.sql<{ office: string; at: string }>(
        'SELECT office, max(applied_at) AS at FROM handoff_import WHERE undone_at IS NULL GROUP BY office',
      )
    ).map((r) => [r.office, r.at]),
  );
  const sent = await ctx.store.read.sql<{ recipients: string; at: string }>(
    'SELECT recipients, made_at AS at FROM handoff_export ORDER BY made_at DESC',
  );
  return (await partnerRecords(ctx.store)).map(({ key, devices: _devices, ...p }) => ({
    ...p,
    fingerprint: fingerprint(key),
    lastReceived: received.get(p.office) ?? null,
    lastSent: sent.find((e) => (JSON.parse(e.recipients) as string[]).includes(p.office))?.at ?? null,
  }));
}
