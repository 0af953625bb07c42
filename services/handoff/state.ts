// What the page of the hand-off shows at once.
import type { ExportEntry, HandoffState, ImportEntry } from '../../contract/handoff.ts';
import type { Context } from '../context.ts';
import { fingerprint } from '../identity/index.ts';
import { conflictCounts } from './conflicts.ts';
import { listPartners, ownDevices, ownIdentity } from './partners.ts';

interface ImportRecord {
  id: string;
  packageId: string;
  device: string;
  madeAt: string;
  appliedAt: string;
  actor: string;
  kind: string;
  undoneAt: string | null;
  summary: string;
}

async function listImports(ctx: Context): Promise<ImportEntry[]> {
  const rows = await ctx.store.read.sql<ImportRecord>(
    `SELECT id, package_id AS "packageId", device, made_at AS "madeAt", applied_at AS "appliedAt", actor, kind, undone_at AS "undoneAt", summary FROM handoff_import ORDER BY applied_at DESC LIMIT 200`,
  );
  return rows.map(({ summary, device, ...row }) => {
    const said = JSON.parse(summary) as {
      officeName?: string;
      created?: number;
      changed?: number;
      conflicts?: { must: number; may: number; waiting: number };
    };
    return {
      ...row,
      deviceTag: device,
      officeName: said.officeName ?? '',
      created: said.created ?? 0,
      changed: said.changed ?? 0,
      must: said.conflicts?.must ?? 0,
      may: said.conflicts?.may ?? 0,
      waiting: said.conflicts?.waiting ?? 0,
    };
  });
}

async function listExports(ctx: Context): Promise<ExportEntry[]> {
  const names = new Map((await listPartners(ctx)).map((p) => [p.office, p.name]));
  const rows = await ctx.store.read.sql<
    Omit<ExportEntry, 'recipients' | 'leftOut'> & { recipients: string; leftOut: string }
  >(
    `SELECT package_id AS "packageId", kind, made_at AS "madeAt", actor, recipients, folder, ops AS operations, blobs AS attachments, left_out AS "leftOut" FROM handoff_export ORDER BY made_at DESC LIMIT 200`,
  );
  return rows.map((r) => ({
    ...r,
    recipients: (JSON.parse(r.recipients) as string[]).map((id) => names.get(id) ?? id),
    leftOut: JSON.parse(r.leftOut) as string[],
  }));
}

/** Own office, partners, what came and went, what is to be decided. @throws ServiceError REFUSED without an office key */
export async function handoffState(ctx: Context): Promise<HandoffState> {
  const own = await ownIdentity(ctx);
  return {
    office: { id: own.id, name: own.name, code: own.code, fingerprint: fingerprint(own.key) },
    network: own.network,
    canSign: own.certificate !== null,
    hasKey: ctx.keys.hasOffice(own.id),
    devices: await ownDevices(ctx),
    partners: await listPartners(ctx),
    imports: await listImports(ctx),
    exports: await listExports(ctx),
    conflicts: await conflictCounts(ctx),
  };
}
