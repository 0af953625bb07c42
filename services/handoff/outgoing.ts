// Handing over: a package for partners whose devices are known, or with a spoken code.
import { rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { v7 } from 'uuid';
import type { ExportMade, ExportOrder } from '../../contract/handoff.ts';
import { SCHEMA } from '../../domain/handoff/schema.ts';
import { localDay, localStamp, localTime } from '../../domain/values/clock.ts';
import { clockNow, devicesBeside, devicesThatTold, keepSeals, type LostFile, type Scope } from '../../db/index.ts';
import type { Context } from '../context.ts';
import { refused } from '../errors.ts';
import { newSpokenCode, PACKAGE_FORMAT } from '../handoff-package/index.ts';
import type { MakeInput } from '../handoff-tasks/index.ts';
import { inBackground } from '../workers/index.ts';
import { inTerms, taskError } from './errors.ts';
import { devicesOf, ownIdentity, partnerRecords, type OwnIdentity } from './partners.ts';
import { clearLeftHandoffs, temporaryFolder } from './temporary.ts';

/** Progress and cancel of a job. */
export interface HandoffControl {
  progress(done: number, total: number, step?: string): void;
  readonly signal: AbortSignal;
}

interface Recipients {
  offices: { office: string; name: string; recipients: string[] }[];
  keys: string[];
  devices: string[];
  code: string | null;
}

/** Whom a package is for: partners, or other computers of this office. The maker can always open it, except one with a code. */
async function recipientsOf(
  ctx: Context,
  offices: readonly string[],
  withCode: boolean,
  own: OwnIdentity,
): Promise<Recipients> {
  const ownKey = own.certificate?.certificate.age_key;
  const partners = [
    ...(await partnerRecords(ctx.store)),
    { office: own.id, name: own.name, key: own.key, devices: '[]', revokedAt: null },
  ].filter((p) => offices.includes(p.office));
  const [missing] = offices.filter((o) => !partners.some((p) => p.office === o && !p.revokedAt));
  if (missing) throw refused('所选的接收驻点还没有登记，或已停用。请先导入对方名片并核对指纹');
  const list: Recipients['offices'] = [];
  const devices: string[] = [];
  for (const p of partners) {
    const known = (await devicesOf(ctx, p)).filter((c) => c.device !== ctx.store.deviceTag);
    devices.push(...known.map((c) => c.device));
    list.push({ office: p.office, name: p.name, recipients: known.map((c) => c.age_key) });
  }
  const keys = list.flatMap((p) => p.recipients);
  if (withCode || (keys.length === 0 && list.length === 0))
    return { offices: list.map((p) => ({ ...p, recipients: [] })), keys: [], devices, code: newSpokenCode() };
  const [without] = list.filter((p) => p.recipients.length === 0);
  if (without)
    throw refused(
      `还没有“${without.name}”的设备公钥，不能为它加密。${without.office === own.id ? '请先在那台电脑上导入驻点密钥，并用口令从它收一次包' : '请让对方重新导出名片，或改用口令'}`,
    );
  return { offices: list, keys: [...new Set([...keys, ...(ownKey ? [ownKey] : [])])], devices, code: null };
}

/** A file that stayed behind, as the receipt names it. */
const leftText = ({ state, text }: LostFile): string =>
  `${text}（${state === 'gone' ? '文件不在本机' : '文件已损坏'}）`;

const readMe = (from: string, madeAt: string): string =>
  [
    '环保管家工作台 交换包',
    '',
    `制作单位：${from}`,
    `制作时间：${localDay(madeAt)} ${localTime(madeAt)}`,
    '',
    '请把整个文件夹（不要只复制其中几个文件）交给接收单位，',
    '在“交换与备份”里选择“收进”，再选择这个文件夹。',
    '文件已加密，本说明不含任何业务资料。',
    '',
  ].join('\r\n');

/**
 * Writes a package. Beyond what every addressed device proved to hold unless `full` is asked for.
 * @throws ServiceError REFUSED, UNREADABLE_FILE with the result code
 */
export async function exportPackage(
  ctx: Context,
  order: ExportOrder,
  appVersion: string,
  control: HandoffControl,
): Promise<ExportMade> {
  if (!order.all && order.areas.length + order.enterprises.length === 0)
    throw refused('请选择要发出的范围：全部、村居或企业');
  return await write(
    ctx,
    order.target,
    order.offices,
    order.withCode,
    {
      scope: {
        all: order.all,
        areas: order.areas,
        enterprises: order.enterprises,
        personal: order.personal,
      },
      full: order.full,
      attachments: order.attachments,
      receipt: false,
      note: order.note,
      base: null,
    },
    appVersion,
    control,
  );
}

/** Writes a receipt: what is held here, and which attachments are missed. */
export async function writeReceipt(
  ctx: Context,
  importId: string,
  target: string,
  appVersion: string,
  control: HandoffControl,
): Promise<ExportMade> {
  const row = await ctx.store.read.sqlOne<{ office: string; packageId: string }>(
    'SELECT office, package_id AS "packageId" FROM handoff_import WHERE id = ?',
    [importId],
  );
  if (!row) throw refused('找不到这次接收的记录');
  return await write(
    ctx,
    target,
    [row.office],
    false,
    {
      scope: { all: true, areas: [], enterprises: [], personal: true },
      full: true,
      attachments: 'none',
      receipt: true,
      note: '',
      base: row.packageId,
    },
    appVersion,
    control,
  );
}

/** Keys of devices that this database was before, where they are on this computer. */
async function keysBefore(ctx: Context): Promise<Record<string, Uint8Array>> {
  const keys: Record<string, Uint8Array> = {};
  for (const tag of await devicesBeside(ctx.store.read, ctx.store.deviceTag)) {
    // A key that can't be unwrapped here is as good as none.
    const key = ctx.keys.has(tag) ? await ctx.keys.signingKey(tag).catch(() => null) : null;
    if (key) keys[tag] = key;
  }
  return keys;
}

/**
 * What the own office seals in place of devices of its own that this database was before, when their keys are lost;
 * null without its key.
 */
async function adoptingFor(
  ctx: Context,
  own: OwnIdentity,
  known: Readonly<Record<string, Uint8Array>>,
): Promise<MakeInput['adopting']> {
  const key = ctx.keys.hasOffice(own.id) ? await ctx.keys.officeKey(own.id).catch(() => null) : null;
  if (!key) return null;
  const tags = await devicesBeside(ctx.store.read, ctx.store.deviceTag);
  return { office: own.id, key, devices: tags.filter((tag) => !(tag in known)) };
}

async function write(
  ctx: Context,
  target: string,
  offices: readonly string[],
  withCode: boolean,
  what: {
    scope: Scope;
    full: boolean;
    attachments: ExportOrder['attachments'];
    receipt: boolean;
    note: string;
    base: string | null;
  },
  appVersion: string,
  control: HandoffControl,
): Promise<ExportMade> {
  const own = await ownIdentity(ctx);
  if (!own.certificate) throw refused('这台电脑还没有驻点签发的证书，不能制作交换包。请在有驻点密钥的电脑上操作');
  if (
    !(await stat(target).then(
      (s) => s.isDirectory(),
      () => false,
    ))
  )
    throw refused('找不到要写入的文件夹。请插好 U 盘或换一个文件夹');
  const to = await recipientsOf(ctx, offices, withCode, own);
  const madeAt = new Date().toISOString();
  const packageId = v7();
  const proved = what.full || to.devices.length === 0 ? [] : to.devices;
  const isDelta = proved.length > 0 && (await devicesThatTold(ctx.store.read, proved)) === proved.length;
  const kind = what.receipt ? 'receipt' : isDelta ? 'delta' : 'full';
  const earlierKeys = await keysBefore(ctx);
  await clearLeftHandoffs();
  const tempDir = await inTerms(temporaryFolder('outgoing'));
  try {
    const made = await inBackground(
      'writeHandoff',
      {
        storeFile: ctx.store.file,
        attachments: join(ctx.store.folder, 'attachments'),
        device: ctx.store.deviceTag,
        signingKey: await ctx.keys.signingKey(ctx.store.deviceTag),
        earlierKeys,
        adopting: await adoptingFor(ctx, own, earlierKeys),
        certs: { ...own.certificate, certificate: { ...own.certificate.certificate } },
        head: {
          format: PACKAGE_FORMAT,
          schema: SCHEMA,
          app_version: appVersion,
          package_id: packageId,
          network: own.network.id,
          kind,
          from: {
            network_name: own.network.name,
            office: own.id,
            office_name: own.name,
            office_code: own.code,
            device: ctx.store.deviceTag,
            device_name: own.certificate.certificate.device_name,
            person: ctx.operator().name,
            made_at: madeAt,
            hlc: await clockNow(ctx.store.read),
          },
          to: to.offices.map((p) => ({ office: p.office, recipients: p.recipients })),
          base: what.base,
          note: what.note,
        },
        scope: what.scope,
        peers: isDelta ? proved : [],
        carry: what.attachments,
        receiptOnly: what.receipt,
        target,
        tempDir,
        folderName: `handoff_${own.code}_${localStamp(madeAt)}_${packageId.slice(-8)}`,
        readMe: readMe(own.name, madeAt),
        recipients: to.keys,
        code: to.code,
        ownIdentity: await ctx.keys.ageIdentity(ctx.store.deviceTag),
      },
      (done, total, step) => {
        control.progress(done, total, step);
      },
      control.signal,
    );
    if (!made.ok) throw taskError(made.code, made.detail);
    const { folder, files, bytes, operations, attachments, thumbnails, left, lastSeq, signed } = made.value;
    const leftOut = left.map(leftText);
    await keepSeals(async (work) => await ctx.store.withoutCapture(work), signed);
    await ctx.store.withoutCapture(async (tx) => {
      await tx.execute(
        'INSERT INTO handoff_export(package_id, kind, made_at, actor, recipients, folder, scope, ops, blobs, last_seq, left_out) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)',
        [
          packageId,
          kind,
          madeAt,
          ctx.operator().name,
          JSON.stringify(to.offices.map((p) => p.office)),
          folder,
          JSON.stringify(what.scope),
          operations,
          attachments,
          lastSeq,
          JSON.stringify(leftOut),
        ],
      );
    });
    return {
      packageId,
      folder,
      kind,
      files,
      bytes,
      operations,
      attachments,
      thumbnails,
      code: to.code,
      recipients: to.offices.map((p) => p.name),
      leftOut,
    };
  } finally {
    await rm(tempDir, { recursive: true, force: true });
  }
}
