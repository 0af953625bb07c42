// Verification of a workspace and rebuilding of what is derived.
import { attachment } from '../../domain/attachments/entities.ts';
import { foldSteps } from '../../domain/findings/steps.ts';
import { fieldsOf } from '../../domain/dictionary/entity.ts';
import { ENTITIES } from '../../domain/entities.ts';
import { faultsOf, rowCounts, tableOf } from '../../db/index.ts';
import type { Context } from '../context.ts';
import { DERIVATIONS, stepsOf } from '../derived/index.ts';

/** Counts of a workspace and what is wrong with it, in the user's words. */
export interface Verification {
  counts: Record<string, number>;
  problems: string[];
}

/** Checks the database, its references, the log's density, derived states and the attachments. */
export async function verifyStore(ctx: Context): Promise<Verification> {
  const { read, blobs } = ctx.store;
  const problems: string[] = [];
  const { damage, dangling, holes } = await faultsOf(read);
  if (damage !== null) problems.push(`数据库有损坏：${damage}`);
  if (dangling.rows > 0) problems.push(`${dangling.rows} 处引用找不到对象，例如 ${dangling.table}`);
  if (holes > 0) problems.push(`变更记录有 ${holes} 处不连续`);
  const findings = await read.sql<{ id: string; no: string; status: string }>(
    'SELECT id, no, status FROM finding WHERE deleted_at IS NULL',
  );
  for (let at = 0; at < findings.length; at += 1000) {
    const part = findings.slice(at, at + 1000);
    const steps = await stepsOf(
      read,
      part.map((f) => f.id),
    );
    for (const f of part)
      if ((foldSteps(steps.get(f.id) ?? [])?.status ?? 'draft') !== f.status)
        problems.push(`${f.no} 的状态与流转不一致，请运行 check --rebuild`);
  }
  for (const a of await read.find(attachment, {}))
    if (!(await blobs.has(a.sha256))) problems.push(`附件“${a.name}”的文件不在本机`);
  return { counts: await rowCounts(read), problems: problems.slice(0, 200) };
}

/** Kinds with derived columns, entries of the search, or references to earlier rows. */
const REBUILT = ENTITIES.filter(
  (e) => e.facets.search !== null || e.earlier.length > 0 || fieldsOf(e).some((f) => f.meta.derived),
);

/** Writes all derived columns and the search index anew, uncaptured. Returns how many rows were looked at. */
export async function rebuildDerived(ctx: Context): Promise<number> {
  let rows = 0;
  await ctx.store.withoutCapture(async (tx) => {
    for (const entity of REBUILT) {
      const { name } = entity;
      const ids = await tx.read.sql<{ id: string }>(`SELECT id FROM "${tableOf(entity)}"`);
      tx.touched.set(name, new Set(ids.map((r) => r.id)));
      const own = DERIVATIONS.own[name];
      if (own) {
        for (const { id } of ids) {
          const row = (await tx.read.get(entity, id)) as Record<string, unknown> | null;
          if (row) await tx.derive(entity, id, own(row));
          await tx.breathe();
        }
      }
      rows += ids.length;
    }
  });
  return rows;
}
