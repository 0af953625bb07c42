// Writing the enterprise file: checks, duplicates, status history, bins.
import { enterprise, formerName, statusHistory } from '../../domain/enterprises/entities.ts';
import type { Done, FieldProblem, Saved, Values } from '../../contract/shared.ts';
import { checkCreditCode, normaliseCreditCode } from '../../domain/values/credit-code.ts';
import type { Patch, RowOf } from '../../domain/dictionary/entity.ts';
import type { Reader, Writer } from '../../db/index.ts';
import { act, type Context } from '../context.ts';
import { notFound } from '../errors.ts';
import { checkValues, cleanValues, requireValid } from '../records/index.ts';

type Enterprise = RowOf<typeof enterprise>;

/** Another site of the same legal person is allowed; the same code and site is not (domain reference 2.3). */
async function duplicateProblems(read: Reader, id: string | null, row: Record<string, unknown>): Promise<FieldProblem[]> {
  const code = row.creditCode as string | null;
  if (!code || !checkCreditCode(code).ok) return [];
  const twin = await read.sqlOne<{ name: string }>(
    'SELECT name FROM enterprise WHERE deleted_at IS NULL AND credit_code = ? AND site_no = ? AND id IS NOT ? LIMIT 1', [code, (row.siteNo as string | null) ?? '001', id]);
  return twin ? [{ code: 'CREDIT_CODE_USED', field: 'creditCode', severity: 'error', sentence: `“${twin.name}”已用这个代码和厂区序号。同一单位的另一厂区请把厂区序号改为 002 等` }] : [];
}

/** Areas must lie within each other (domain reference 2.2). */
async function areaProblems(read: Reader, row: Record<string, unknown>): Promise<FieldProblem[]> {
  if (!row.villageId || !row.townId) return [];
  const village = await read.sqlOne<{ parentId: string | null; name: string }>('SELECT parent_id AS parentId, name FROM area WHERE id = ?', [row.villageId as string]);
  return village?.parentId && village.parentId !== row.townId
    ? [{ code: 'AREA_HIERARCHY', field: 'villageId', severity: 'error', sentence: `${village.name}不属于所选街镇，请核对街镇或村居` }] : [];
}

/** All that a form says of these values. */
export async function checkEnterprise(ctx: Context, id: string | null, values: Values): Promise<FieldProblem[]> {
  const before = id ? await ctx.store.read.get(enterprise, id) : null;
  const row = { siteNo: '001', internalCode: '自动', objectKind: 'other', managementTier: 'town', operatingStatus: 'unknown', ...before, ...prepared(values) };
  return [...checkValues(enterprise, row), ...(await duplicateProblems(ctx.store.read, id, row)), ...(await areaProblems(ctx.store.read, row))];
}

function prepared(values: Values): Record<string, unknown> {
  const clean = cleanValues(enterprise, values);
  if (typeof clean.creditCode === 'string') clean.creditCode = normaliseCreditCode(clean.creditCode);
  return clean;
}

/** Inserts an enterprise with its number and first status. Used by the form, the import and the demonstration. */
export async function insertEnterprise(tx: Writer, values: Record<string, unknown>, day: string, basis: string): Promise<Enterprise> {
  const internalCode = (values.internalCode as string | null | undefined) ?? (await tx.nextNumber('enterprise', day));
  const row = await tx.insert(enterprise, {
    siteNo: '001', ...values, internalCode, operatingStatusDate: (values.operatingStatusDate as string | undefined) ?? (values.operatingStatus ? day : null),
    operatingStatusBasis: (values.operatingStatusBasis as 'client' | undefined) ?? (values.operatingStatus ? (basis as 'client') : null),
  } as never);
  return row;
}

/** Changes an enterprise; a new status writes its history, a new name keeps the old one as former name. */
export async function changeEnterprise(tx: Writer, before: Enterprise, patch: Record<string, unknown>, day: string, basis: string): Promise<Enterprise> {
  const statusChanges = patch.operatingStatus !== undefined && patch.operatingStatus !== before.operatingStatus;
  const full = statusChanges ? { operatingStatusDate: day, operatingStatusBasis: basis, ...patch } : patch;
  const after = await tx.update(enterprise, before.id, full as Patch<typeof enterprise>);
  if (statusChanges) {
    await tx.insert(statusHistory, { enterpriseId: before.id, status: after.operatingStatus, date: after.operatingStatusDate ?? day, basis: (after.operatingStatusBasis ?? basis) as 'visit' });
  }
  if (patch.name !== undefined && patch.name !== before.name) {
    const known = await tx.read.first(formerName, { enterpriseId: before.id, name: before.name });
    if (!known) await tx.insert(formerName, { enterpriseId: before.id, name: before.name, until: day });
  }
  return after;
}

/** Makes an enterprise from a form. @throws INVALID */
export async function createEnterprise(ctx: Context, values: Values): Promise<Saved> {
  const problems = requireValid((await checkEnterprise(ctx, null, values)));
  const { value, actionId } = await act(ctx, '新增企业', 'form', async (tx) => await insertEnterprise(tx, prepared(values), ctx.today(), 'client'));
  return { id: value.id, actionId, problems };
}

/** Changes an enterprise from a form. @throws NOT_FOUND, INVALID */
export async function updateEnterprise(ctx: Context, id: string, values: Values): Promise<Saved> {
  const before = await ctx.store.read.get(enterprise, id);
  if (!before) throw notFound('企业');
  const clean = prepared(values);
  // Only what is being changed may stop the change: old faults of other fields stay visible, not blocking.
  const problems = await checkEnterprise(ctx, id, values);
  requireValid(problems.filter((p) => p.field in clean || (p.code === 'AREA_HIERARCHY' && ('townId' in clean || 'villageId' in clean))));
  const { actionId } = await act(ctx, '修改企业', 'form', async (tx) => await changeEnterprise(tx, before, clean, ctx.today(), 'phone'));
  return { id, actionId, problems };
}

/** The same change to many: one action, one entry per row. */
export async function updateEnterprises(ctx: Context, ids: readonly string[], values: Values): Promise<Done & { changed: number }> {
  const clean = prepared(values);
  const { value, actionId } = await act(ctx, `批量修改 ${ids.length} 家企业`, 'form', async (tx) => {
    let changed = 0;
    for (const id of ids) {
      const before = await tx.read.get(enterprise, id);
      if (before && !before.deletedAt) { await changeEnterprise(tx, before, clean, ctx.today(), 'phone'); changed += 1; }
      await tx.breathe();
    }
    return changed;
  });
  return { actionId, changed: value };
}

/** Puts enterprises into the bin, or takes them out. */
export async function binEnterprises(ctx: Context, ids: readonly string[], remove: boolean): Promise<Done> {
  const { actionId } = await act(ctx, `${remove ? '移除' : '恢复'} ${ids.length} 家企业`, 'form', async (tx) => {
    for (const id of ids) {
      await (remove ? tx.remove(enterprise, id) : tx.restore(enterprise, id));
      await tx.breathe();
    }
  });
  return { actionId };
}
