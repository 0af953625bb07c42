// Writing the enterprise file: checks, duplicates, status history, bins.
import { UNASSIGNED_AREA } from '../../domain/areas/entities.ts';
import { enterprise, formerName, statusHistory } from '../../domain/enterprises/entities.ts';
import { finding } from '../../domain/findings/entities.ts';
import { trainingAttendance } from '../../domain/training/entities.ts';
import { visit } from '../../domain/visits/entities.ts';
import type { Done, FieldProblem, Saved, Values } from '../../contract/shared.ts';
import { checkCreditCode, normaliseCreditCode } from '../../domain/values/credit-code.ts';
import type { EntityDefinition, Patch, RowOf } from '../../domain/dictionary/entity.ts';
import type { Reader, Writer } from '../../db/index.ts';
import { act, type Context } from '../context.ts';
import { notFound, refused } from '../errors.ts';
import { checkValues, cleanValues, referenceProblems, requireValid, usesInWords, usesOf } from '../records/index.ts';

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

async function problemsOf(read: Reader, today: string, before: Enterprise | null, clean: Record<string, unknown>): Promise<FieldProblem[]> {
  const row = { siteNo: '001', internalCode: '自动', objectKind: 'other', managementTier: 'town', operatingStatus: 'unknown', ...before, ...clean };
  return [
    ...checkValues(enterprise, row, today), ...(await referenceProblems(read, enterprise, before, clean)),
    ...(await duplicateProblems(read, before?.id ?? null, row)), ...(await areaProblems(read, row)),
  ];
}

/** Only what is being changed may stop a change: old faults of other fields stay visible, not blocking. */
const inTheWay = (problems: readonly FieldProblem[], clean: Record<string, unknown>): FieldProblem[] =>
  problems.filter((p) => p.field in clean || (p.code === 'AREA_HIERARCHY' && 'townId' in clean));

/** All that a form says of these values. */
export async function checkEnterprise(ctx: Context, id: string | null, values: Values): Promise<FieldProblem[]> {
  const before = id ? await ctx.store.read.get(enterprise, id) : null;
  return await problemsOf(ctx.store.read, ctx.today(), before, prepared(values));
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
  const problems = await problemsOf(ctx.store.read, ctx.today(), before, clean);
  requireValid(inTheWay(problems, clean));
  const { actionId } = await act(ctx, '修改企业', 'form', async (tx) => await changeEnterprise(tx, before, clean, ctx.today(), 'phone'));
  return { id, actionId, problems };
}

/** A village brings its town to an enterprise whose town is not known; by id of the town that stands for that. */
async function townOfVillage(read: Reader, villageId: unknown): Promise<(before: Enterprise) => { townId?: string }> {
  const found = typeof villageId === 'string' ? await read.sqlOne<{ town: string | null; unknown: string | null }>(
    'SELECT v.parent_id AS town, (SELECT u.id FROM area u WHERE u.name = ? AND u.deleted_at IS NULL) AS unknown FROM area v WHERE v.id = ?', [UNASSIGNED_AREA, villageId]) : null;
  const town = found?.town;
  return (before) => (town && before.townId === found.unknown ? { townId: town } : {});
}

/** "X" or "X等 n 家". */
const someOf = (names: readonly string[]): string => `“${names[0] ?? ''}”${names.length > 1 ? `等 ${names.length} 家` : ''}`;

/** The same change to many, each checked as alone: one action, one entry per row. @throws REFUSED when one can't be changed; none is then */
export async function updateEnterprises(ctx: Context, ids: readonly string[], values: Values): Promise<Done & { changed: number }> {
  const given = prepared(values);
  const { value, actionId } = await act(ctx, `批量修改 ${ids.length} 家企业`, 'form', async (tx) => {
    const town = await townOfVillage(tx.read, given.villageId);
    const stopped: { name: string; sentence: string }[] = [];
    let changed = 0;
    for (const id of ids) {
      const before = await tx.read.get(enterprise, id);
      if (!before || before.deletedAt) continue;
      const clean = { ...given, ...town(before) };
      const stop = inTheWay(await problemsOf(tx.read, ctx.today(), before, clean), clean).find((p) => p.severity === 'error');
      if (stop) stopped.push({ name: before.name, sentence: stop.sentence });
      else { await changeEnterprise(tx, before, clean, ctx.today(), 'phone'); changed += 1; }
      await tx.breathe();
    }
    if (stopped.length > 0) throw refused(`${someOf(stopped.map((s) => s.name))}不能这样改：${stopped[0]?.sentence ?? ''}。一家也没有改，请取消勾选不能改的，或另选一项`);
    return changed;
  });
  return { actionId, changed: value };
}

/** Work on an enterprise that would go out of all figures with it. */
const WORK: readonly EntityDefinition[] = [visit, finding, trainingAttendance];

async function requireWithoutWork(read: Reader, ids: readonly string[]): Promise<void> {
  const stopped: string[] = [];
  let words = '';
  for (const id of ids) {
    const uses = await usesOf(read, enterprise, id, WORK);
    if (uses.length === 0) continue;
    stopped.push((await read.get(enterprise, id))?.name ?? '');
    words ||= usesInWords(uses);
  }
  if (stopped.length > 0) throw refused(`${someOf(stopped)}已有记录（${words}），不能放入回收站。不再经营的请把经营状态改为“关停”或“已搬离”，重复登记的请合并`);
}

/** Puts enterprises into the bin, or takes them out. @throws REFUSED when one has been worked on: it is closed or merged instead */
export async function binEnterprises(ctx: Context, ids: readonly string[], remove: boolean): Promise<Done> {
  if (remove) await requireWithoutWork(ctx.store.read, ids);
  const { actionId } = await act(ctx, `${remove ? '移除' : '恢复'} ${ids.length} 家企业`, 'form', async (tx) => {
    for (const id of ids) {
      await (remove ? tx.remove(enterprise, id) : tx.restore(enterprise, id));
      await tx.breathe();
    }
  });
  return { actionId };
}
