// Taking over: look at a package, fold it on trial, take it in whole, take it back.
import { lookup } from '../../domain/values/lookup.ts';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { v7 } from 'uuid';
import { fillTemplate, templatePaths } from '../../domain/dictionary/template.ts';
import { metaOf } from '../../domain/dictionary/field.ts';
import { entityNamed } from '../../domain/entities.ts';
import { SCHEMA } from '../../domain/handoff/schema.ts';
import type { DuplicatePair, HandoffPreview, ImportDone, PackageView, PreviewLine } from '../../contract/handoff.ts';
import { previewRowsIn, StoreError, StoreMoved } from '../../db/index.ts';
import type { Context } from '../context.ts';
import { notFound, refused, ServiceError } from '../errors.ts';
import {
  digitsOf,
  encryptionOf,
  inspectPackage,
  PackageError,
  parseSpokenCode,
  type Certs,
  type Manifest,
  type PackageKeys,
} from '../handoff-package/index.ts';
import { judge, type Staged, type Trust } from '../handoff-tasks/index.ts';
import { show } from '../history/index.ts';
import { fingerprint, type SignedCertificate } from '../identity/index.ts';
import { namesOf, wordsOf } from '../records/index.ts';
import { inBackground } from '../workers/index.ts';
import { conflictCounts } from './conflicts.ts';
import { handoffError, inTerms, taskError } from './errors.ts';
import { setMerged } from './merge.ts';
import type { HandoffControl } from './outgoing.ts';
import { addPartner, ownIdentity, partnerRecords } from './partners.ts';
import { clearLeftHandoffs, temporaryFolder } from './temporary.ts';

interface Preview {
  folder: string;
  stagingFile: string;
  path: string;
  keys: PackageKeys;
  staged: Staged;
  view: HandoffPreview;
  store: Context['store'];
  applying: boolean;
}

const previews = new Map<string, Preview>();
/** How long an import waits for what others are saving. */
const PATIENCE_MS = 3000;

async function trustOf(ctx: Context): Promise<Trust> {
  const own = await ownIdentity(ctx);
  return {
    network: own.network.id,
    office: own.id,
    officeKey: own.key,
    schema: SCHEMA,
    partners: (await partnerRecords(ctx.store)).map((p) => ({
      office: p.office,
      key: p.key,
      revoked: p.revokedAt !== null,
    })),
    revokedDevices: (
      await ctx.store.read.sql<{ tag: string }>('SELECT tag FROM device WHERE revoked_at IS NOT NULL')
    ).map((d) => d.tag),
  };
}

async function keysFor(ctx: Context, path: string, code: string | null): Promise<PackageKeys> {
  const spoken = code ? parseSpokenCode(code) : null;
  if (code && !spoken) {
    // What is no package, or a bad copy, is told first: no code would open it.
    await inTerms(encryptionOf(path));
    throw handoffError('WRONG_CODE', { digits: digitsOf(code) });
  }
  return { identities: await ctx.keys.ageIdentities(ctx.store.deviceTag), code: spoken };
}

async function factsOf(ctx: Context, manifest: Manifest, certs: Certs): Promise<NonNullable<PackageView['facts']>> {
  const known = await ctx.store.read.sqlOne<{ at: string }>(
    'SELECT applied_at AS at FROM handoff_import WHERE package_id = ? AND undone_at IS NULL',
    [manifest.package_id],
  );
  const partner = (await partnerRecords(ctx.store)).some(
    (p) => p.office === manifest.from.office && p.key === certs.office_key && !p.revokedAt,
  );
  return {
    packageId: manifest.package_id,
    kind: manifest.kind,
    officeName: manifest.from.office_name,
    deviceName: manifest.from.device_name,
    person: manifest.from.person,
    madeAt: manifest.from.made_at,
    appVersion: manifest.app_version,
    note: manifest.note,
    enterprises: manifest.scope.enterprises,
    attachments: manifest.parts.reduce((n, p) => n + p.blobs, 0),
    operations: manifest.entries.filter((e) => e.name.startsWith('ops-')).reduce((n, e) => n + e.lines, 0),
    fingerprint: fingerprint(certs.office_key),
    trusted: partner,
    alreadyImported: known?.at ?? null,
  };
}

/** What can be told of a package. Failures come as a result with its sentence: they are what the person asked about. */
export async function viewPackage(ctx: Context, path: string, code: string | null): Promise<PackageView> {
  let encryption: PackageView['encryption'] = 'devices';
  try {
    encryption = (await encryptionOf(path)).encryption;
    if (encryption === 'code' && !code)
      return { path, encryption, needsCode: true, result: null, sentence: null, facts: null };
    const seen = await inspectPackage(path, await keysFor(ctx, path, code));
    const facts = await factsOf(ctx, seen.manifest, seen.certs);
    try {
      judge(seen.manifest, seen.certs, seen.signatureOk, await trustOf(ctx));
    } catch (error) {
      if (error instanceof PackageError)
        return {
          path,
          encryption,
          needsCode: false,
          result: error.code,
          sentence: error.message,
          facts: error.code === 'BAD_SIGNATURE' ? null : facts,
        };
      throw error;
    }
    return { path, encryption, needsCode: false, result: null, sentence: null, facts };
  } catch (error) {
    const result =
      error instanceof PackageError
        ? error.code
        : error instanceof ServiceError && typeof error.data.code === 'string'
          ? error.data.code
          : null;
    if (result === null) throw error;
    return {
      path,
      encryption,
      needsCode: encryption === 'code',
      result,
      sentence: error instanceof ServiceError ? error.data.sentence : (error as Error).message,
      facts: null,
    };
  }
}

/** Makes the maker of a package a partner: somebody compared the fingerprint that it shows. */
async function confirmMaker(ctx: Context, path: string, keys: PackageKeys, typed: string): Promise<void> {
  const { manifest, certs, signatureOk } = await inTerms(inspectPackage(path, keys));
  if (!signatureOk) throw handoffError('BAD_SIGNATURE');
  const { from } = manifest;
  await addPartner(
    ctx,
    {
      id: from.office,
      name: from.office_name,
      code: from.office_code,
      key: certs.office_key,
      devices: [certs as SignedCertificate],
    },
    { id: manifest.network, name: from.network_name },
    false,
    typed,
  );
}

/** Stages a package and folds it on trial; nothing in the workspace changes. @throws ServiceError with the result code */
export async function previewPackage(
  ctx: Context,
  given: { path: string; code: string | null; confirm: string | null },
  control: HandoffControl,
): Promise<HandoffPreview> {
  const keys = await keysFor(ctx, given.path, given.code);
  if (given.confirm) await confirmMaker(ctx, given.path, keys, given.confirm);
  await clearLeftHandoffs();
  const folder = await inTerms(temporaryFolder('incoming'));
  try {
    const stagingFile = join(folder, 'staging.db');
    const staged = await stage(ctx, given.path, keys, stagingFile, control);
    const view: HandoffPreview = {
      previewId: v7(),
      facts: await factsOf(ctx, staged.manifest, staged.certs),
      operations: staged.summary.operations,
      known: staged.summary.known,
      kinds: Object.entries(staged.summary.byEntity).map(([entity, n]) => ({
        entity,
        label: entityNamed(entity).label,
        ...n,
      })),
      conflicts: staged.summary.conflicts,
      stubs: staged.summary.stubs,
      gaps: staged.summary.gaps,
      duplicates: await placed(ctx, staged.duplicates),
      attachments: staged.blobs,
      adopted: staged.adopted,
    };
    for (const [id, old] of previews) if (old.store === ctx.store) await discardPreview(id);
    previews.set(view.previewId, {
      folder,
      stagingFile,
      path: given.path,
      keys,
      staged,
      view,
      store: ctx.store,
      applying: false,
    });
    return view;
  } catch (error) {
    await rm(folder, { recursive: true, force: true });
    throw error;
  }
}

/** Pairs with the place of the row that is here. */
async function placed(ctx: Context, pairs: Staged['duplicates']): Promise<DuplicatePair[]> {
  const places = new Map<string, string>();
  for (const kind of new Set(pairs.map((d) => d.entity))) {
    const entity = entityNamed(kind);
    const place = entity.offer?.place ?? '';
    const ids = pairs.filter((d) => d.entity === kind).map((d) => d.otherId);
    const words = await wordsOf(ctx.store.read, entity, ids, templatePaths(place));
    for (const [id, own] of words) places.set(id, fillTemplate(place, own));
  }
  return pairs.map((d) => ({ ...d, entityLabel: entityNamed(d.entity).label, place: places.get(d.otherId) ?? '' }));
}

async function stage(
  ctx: Context,
  path: string,
  keys: PackageKeys,
  stagingFile: string,
  control: HandoffControl,
): Promise<Staged> {
  const done = await inBackground(
    'stageHandoff',
    {
      path,
      keys,
      trust: await trustOf(ctx),
      storeFile: ctx.store.file,
      stagingFile,
      attachments: join(ctx.store.folder, 'attachments'),
    },
    (n, total, step) => {
      control.progress(n, total, step);
    },
    control.signal,
  );
  if (done.ok) return done.value;
  throw taskError(done.code, done.detail);
}

function previewOf(ctx: Context, previewId: string): Preview {
  const preview = previews.get(previewId);
  if (preview?.store !== ctx.store) throw notFound('交换包预览');
  return preview;
}

/** Does the row lie in the bin here, and no longer after? */
const fromBin = (row: {
  kind: string;
  fields: readonly { field: string; before: unknown; after: unknown }[];
}): boolean =>
  row.kind === 'created' && row.fields.some((f) => f.field === 'deletedAt' && f.before !== null && f.after === null);

/** Rows that would change, with their fields before and after. */
export async function previewLines(
  ctx: Context,
  previewId: string,
  offset: number,
  limit: number,
): Promise<PreviewLine[]> {
  const rows = previewRowsIn(previewOf(ctx, previewId).stagingFile, offset, limit);
  const ids = rows
    .flatMap((r) => [...r.joins.map((j) => j.id), ...r.fields.flatMap((f) => [f.before, f.after])])
    .filter((v): v is string => typeof v === 'string' && /^[0-9a-f-]{36}$/.test(v));
  const names = await namesOf(ctx.store.read, ids);
  return rows.map(({ joins, ...r }) => {
    const entity = entityNamed(r.entity);
    const both = joins
      .map((j) => j.title ?? names.get(j.id) ?? '')
      .filter(Boolean)
      .join(' 与 ');
    return {
      ...r,
      kind: fromBin(r) ? 'restored' : r.kind,
      label: entity.label,
      title: entity.title ? (show(r.entity, entity.title, r.title, names) ?? '') : both,
      fields: r.fields.map((f) => {
        const schema = entity.fields[f.field];
        return {
          label: schema ? metaOf(schema).label : '回收站',
          before: show(r.entity, f.field, f.before, names) ?? '',
          after: show(r.entity, f.field, f.after, names) ?? '',
        };
      }),
    };
  });
}

/**
 * Takes a previewed package in: attachments first, then everything else in one transaction; merges as they were ticked.
 * @throws ServiceError BUSY while another window takes one in, or something else is being saved for long; REFUSED when
 * the preview is out of date
 */
export async function applyPackage(
  ctx: Context,
  given: { previewId: string; merges: readonly { id: string; otherId: string }[] },
  control: HandoffControl,
): Promise<ImportDone> {
  const preview = previewOf(ctx, given.previewId);
  if ([...previews.values()].some((p) => p.store === ctx.store && p.applying)) throw handoffError('BUSY');
  preview.applying = true;
  try {
    return await takeIn(ctx, preview, given.merges, control);
  } finally {
    preview.applying = false;
  }
}

/** Waits until nothing is being saved. @throws ServiceError BUSY */
async function quiet(ctx: Context): Promise<void> {
  for (const since = performance.now(); ctx.store.lane.depth > 0;) {
    if (performance.now() - since > PATIENCE_MS) throw handoffError('BUSY');
    await new Promise((wake) => {
      setTimeout(wake, 20);
    });
  }
}

async function takeIn(
  ctx: Context,
  preview: Preview,
  pairs: readonly { id: string; otherId: string }[],
  control: HandoffControl,
): Promise<ImportDone> {
  const { manifest, manifestSha256, summary } = preview.staged;
  const merges = pairs.map((pair) =>
    preview.view.duplicates.find((d) => d.id === pair.id && d.otherId === pair.otherId),
  );
  if (!merges.every((d) => d !== undefined)) throw refused('要合并的记录不在这次预览里。请重新预览一次');
  const attachments = await unpack(ctx, preview, control);
  const importId = v7();
  const created = preview.view.kinds.reduce((n, k) => n + k.created, 0);
  const changed = preview.view.kinds.reduce((n, k) => n + k.changed + k.deleted, 0);
  const facts = {
    id: importId,
    packageId: manifest.package_id,
    office: manifest.from.office,
    device: manifest.from.device,
    madeAt: manifest.from.made_at,
    kind: manifest.kind,
    actor: ctx.operator().name,
    summary: JSON.stringify({
      officeName: manifest.from.office_name,
      created,
      changed,
      conflicts: summary.conflicts,
      manifestSha256,
    }),
  };
  const stop = (done: number): void => {
    control.progress(done, created + changed, '写入');
    if (control.signal.aborted) throw handoffError('CANCELLED');
  };
  await quiet(ctx);
  const applied = await ctx.store.applyHandoff(preview.stagingFile, facts, stop).catch((error: unknown) => {
    if (error instanceof StoreMoved) throw refused('预览之后这里又有新的改动，预览已过时，没有接收。请重新预览一次');
    throw error;
  });
  if (merges.length > 0) {
    await ctx.store.withAction(
      { name: `合并 ${merges.length} 对重复记录`, actor: ctx.operator().name, source: 'handoff' },
      async (tx) => {
        for (const pair of merges) await setMerged(tx, pair.entity, pair.id, pair.otherId, true);
      },
    );
  }
  preview.applying = false;
  await discardPreview(preview.view.previewId);
  return {
    importId,
    operations: applied.operations,
    created,
    changed,
    conflicts: summary.conflicts,
    open: await conflictCounts(ctx),
    attachments,
    merged: merges.length,
  };
}

async function unpack(
  ctx: Context,
  preview: Preview,
  control: HandoffControl,
): Promise<{ stored: number; missing: number }> {
  if (preview.staged.manifest.parts.length === 0) return { stored: 0, missing: 0 };
  const done = await inBackground(
    'unpackHandoff',
    {
      path: preview.path,
      keys: preview.keys,
      packageId: preview.staged.manifest.package_id,
      manifestSha256: preview.staged.manifestSha256,
      workspace: ctx.store.folder,
      stagingFile: preview.stagingFile,
    },
    (n, total, step) => {
      control.progress(n, total, step);
    },
    control.signal,
  );
  if (!done.ok) throw taskError(done.code, done.detail);
  return { stored: done.value.stored, missing: done.value.missing };
}

/** Forgets a preview; one that is being taken in stays until that ends. */
export async function discardPreview(previewId: string): Promise<void> {
  const preview = previews.get(previewId);
  if (preview?.applying) return;
  previews.delete(previewId);
  if (preview) await rm(preview.folder, { recursive: true, force: true });
}

const BLOCKS: Readonly<Record<string, string>> = lookup({
  'built-on': '接收之后已有人在这些资料上继续填写，不能整体撤销。请在变更记录里逐项改回',
  'passed-on': '接收之后已经又制作过交换包，这些内容可能已传给别的驻点，不能整体撤销。请在变更记录里逐项改回',
  already: '这次接收已经撤销过，或找不到记录',
});

/** Takes an import back as if it had never been; the package can be taken in again. @throws ServiceError UNDO_BLOCKED */
export async function undoImport(ctx: Context, importId: string): Promise<{ removed: number }> {
  try {
    return { removed: await ctx.store.undoHandoff(importId) };
  } catch (error) {
    if (error instanceof StoreError && error.code === 'UNDO_BLOCKED')
      throw new ServiceError('UNDO_BLOCKED', BLOCKS[String(error.data.block)] ?? (BLOCKS.already as string));
    throw error;
  }
}
