// Writing the enterprise file: checks, duplicates, status history, bins.
import { enterprise, formerName, statusHistory } from '../../domain/enterprises/entities.ts';
import { FORMER_STATUS } from '../../domain/enterprises/vocabulary.ts';
import type { Done, FieldProblem, Saved, Values } from '../../contract/shared.ts';
import { localDay } from '../../domain/values/clock.ts';
import { FAR_DEGREES } from '../../domain/values/coordinates.ts';
import { checkCreditCode, normaliseCreditCode } from '../../domain/values/credit-code.ts';
import { nameKey } from '../../domain/values/name-key.ts';
import type { Patch, RowOf } from '../../domain/dictionary/entity.ts';
import { differs, tableOf, type Reader, type Writer } from '../../db/index.ts';
import { townMiddles } from '../conditions/index.ts';
import { act, type Context } from '../context.ts';
import { areaProblems, keepFormerArea, NESTED, townOfVillage, WORK } from './areas.ts';
import { notFound, refused } from '../errors.ts';
import { industriesOf } from '../knowledge/index.ts';
import {
  checkValues,
  cleanValues,
  referenceProblems,
  requireSeen,
  requireValid,
  sourceOf,
  usesInWords,
  usesOf,
  type Seen,
} from '../records/index.ts';

type Enterprise = RowOf<typeof enterprise>;

/** The number of the next site of a legal person. */
async function nextSiteNo(read: Reader, code: string): Promise<string | null> {
  const { n } = (await read.sqlOne<{ n: string | null }>(
    'SELECT max(site_no) AS n FROM enterprise WHERE deleted_at IS NULL AND credit_code = ?',
    [code],
  )) ?? { n: null };
  const next = (Number(n) || 1) + 1;
  return next <= 999 ? String(next).padStart(3, '0') : null;
}

/** Another site of the same legal person is allowed; the same code and site is not (domain reference 2.3). */
async function duplicateProblems(
  read: Reader,
  id: string | null,
  row: Record<string, unknown>,
): Promise<FieldProblem[]> {
  const code = row.creditCode as string | null;
  if (!code || !(checkCreditCode(code).ok || row.creditCodeConfirmedFrom)) return [];
  const twin = await read.sqlOne<{ id: string; name: string }>(
    `SELECT id, name FROM enterprise WHERE deleted_at IS NULL AND credit_code = ? AND site_no = ? AND ${differs('id', '?')} LIMIT 1`,
    [code, (row.siteNo as string | null) ?? '001', id],
  );
  if (!twin) return [];
  const siteNo = await nextSiteNo(read, code);
  return [
    {
      code: 'CREDIT_CODE_USED',
      field: 'creditCode',
      severity: 'error',
      sentence: `“${twin.name}”已用这个代码和厂区序号。是它的另一厂区就把厂区序号改为 ${siteNo ?? '别的号'}，否则请打开它的档案`,
      other: { ...twin, siteNo },
    },
  ];
}

/** An enterprise of the same name is said, not refused: branches and sites share a name. */
async function nameProblems(
  read: Reader,
  before: Enterprise | null,
  row: Record<string, unknown>,
): Promise<FieldProblem[]> {
  const name = typeof row.name === 'string' ? row.name : '';
  if (nameKey(name) === '' || (before && nameKey(before.name) === nameKey(name))) return [];
  const twin = await read.sqlOne<{ id: string; name: string; place: string | null }>(
    `SELECT e.id, e.name, coalesce(e.address, v.name, t.name) AS place FROM enterprise e
     LEFT JOIN area v ON v.id = e.village_id LEFT JOIN area t ON t.id = e.town_id
     WHERE e.deleted_at IS NULL AND e.name_key = ? AND ${differs('e.id', '?')} ORDER BY e.id LIMIT 1`,
    [nameKey(name).slice(0, 200), before?.id ?? null],
  );
  if (!twin) return [];
  return [
    {
      code: 'NAME_USED',
      field: 'name',
      severity: 'warn',
      sentence: `已有同名企业“${twin.name}”${twin.place ? `（${twin.place}）` : ''}，请先看是不是同一家`,
      other: { id: twin.id, name: twin.name, siteNo: null },
    },
  ];
}

/** A place far from the other enterprises of its town is said. */
async function placeProblems(
  read: Reader,
  row: Record<string, unknown>,
  changed: Record<string, unknown>,
): Promise<FieldProblem[]> {
  const { longitude, latitude, townId, id = null } = row as Partial<Enterprise>;
  if (!('longitude' in changed || 'latitude' in changed) || !longitude || !latitude || !townId) return [];
  const others = await read.sqlOne<{ x: number; y: number }>(
    townMiddles(`m.town_id = ?1 AND ${differs('m.id', '?2')}`),
    [townId, id],
  );
  if (!others) return [];
  const far = Math.max(Math.abs(Number(longitude) - others.x), Math.abs(Number(latitude) - others.y));
  if (far <= FAR_DEGREES) return [];
  const sentence = `离同街镇其他企业约 ${Math.round(far * 100)} 公里，请核对经纬度`;
  return [{ code: 'PLACE_FAR', field: 'longitude', severity: 'warn', sentence }];
}

/** What a person may do about a code that breaks the check rule alone. */
function withRemedy(problem: FieldProblem, code: unknown): FieldProblem {
  if (problem.code !== 'CREDIT_CODE' || typeof code !== 'string') return problem;
  const result = checkCreditCode(code);
  return !result.ok && result.reason === 'check'
    ? { ...problem, confirmable: { code: result.code, expected: result.expected ?? '' } }
    : problem;
}

/** `isOne`: it is one of many, and only what is being changed is asked about. */
async function problemsOf(
  read: Reader,
  today: string,
  before: Enterprise | null,
  clean: Record<string, unknown>,
  isOne = false,
): Promise<FieldProblem[]> {
  const asks = (...fields: readonly string[]): boolean => !isOne || fields.some((field) => field in clean);
  const row = {
    siteNo: '001',
    internalCode: '自动',
    objectKind: 'other',
    managementTier: 'town',
    operatingStatus: 'unknown',
    ...before,
    ...clean,
  };
  return [
    ...checkValues(enterprise, row, today).map((p) => withRemedy(p, row.creditCode)),
    ...(await referenceProblems(read, enterprise, before, clean)),
    ...(asks('creditCode') ? await duplicateProblems(read, before?.id ?? null, row) : []),
    ...(await nameProblems(read, before, row)),
    ...(asks(...NESTED) ? await areaProblems(read, row) : []),
    ...(await placeProblems(read, row, clean)),
  ];
}

/** Only what is being changed may stop a change: old faults of other fields stay visible, not blocking. */
const inTheWay = (problems: readonly FieldProblem[], clean: Record<string, unknown>): FieldProblem[] =>
  problems.filter((p) => p.field in clean || (p.code === 'AREA_HIERARCHY' && NESTED.some((field) => field in clean)));

/** All that a form says of these values. */
export async function checkEnterprise(ctx: Context, id: string | null, values: Values): Promise<FieldProblem[]> {
  const before = id ? await ctx.store.read.get(enterprise, id) : null;
  return await problemsOf(ctx.store.read, ctx.today(), before, withConfirmation(ctx, before, prepared(values)));
}

function prepared(values: Values): Record<string, unknown> {
  const clean = cleanValues(enterprise, values);
  if (typeof clean.creditCode === 'string') clean.creditCode = normaliseCreditCode(clean.creditCode);
  return clean;
}

const NO_CONFIRMATION = {
  creditCodeConfirmedFrom: null,
  creditCodeConfirmedBy: null,
  creditCodeConfirmedDate: null,
} as const;

/**
 * Who confirmed a code that breaks the check rule, and when, beside the paper that they name; another code, or one that
 * keeps the rule, has no confirmation.
 */
function withConfirmation(
  ctx: Context,
  before: Enterprise | null,
  clean: Record<string, unknown>,
): Record<string, unknown> {
  const { creditCodeConfirmedBy, creditCodeConfirmedDate, ...values } = clean;
  void [creditCodeConfirmedBy, creditCodeConfirmedDate];
  const code = (values.creditCode === undefined ? before?.creditCode : values.creditCode) as string | null | undefined;
  const result = code ? checkCreditCode(code) : null;
  const changes = values.creditCode !== undefined && values.creditCode !== (before?.creditCode ?? null);
  if (!result || result.ok || result.reason !== 'check')
    return changes || values.creditCodeConfirmedFrom ? { ...values, ...NO_CONFIRMATION } : values;
  if (values.creditCodeConfirmedFrom)
    return { ...values, creditCodeConfirmedBy: ctx.operator().name, creditCodeConfirmedDate: ctx.today() };
  return changes || values.creditCodeConfirmedFrom === null ? { ...values, ...NO_CONFIRMATION } : values;
}

/** Asked of every row of an import: by a statement that is prepared once. */
const HAS_NUMBER = `SELECT 1 AS found FROM "${tableOf(enterprise)}" WHERE internal_code = ? AND deleted_at IS NULL LIMIT 1`;

/**
 * Inserts an enterprise with its number and first status, as the form, the import and the demonstration do. Without a `basis`
 * nothing is claimed of where the status comes from.
 */
export async function insertEnterprise(
  tx: Writer,
  values: Record<string, unknown>,
  day: string,
  basis: string | null,
): Promise<Enterprise> {
  const brought = values.internalCode as string | null | undefined;
  const isTaken = async (number: string): Promise<boolean> => (await tx.read.sqlOne(HAS_NUMBER, [number])) !== null;
  let internalCode = brought && !(await isTaken(brought)) ? brought : await tx.nextNumber('enterprise', day);
  // A number that came with a list may be one that the counter has still to reach.
  while (internalCode !== brought && (await isTaken(internalCode)))
    internalCode = await tx.nextNumber('enterprise', day);
  const row = await tx.insert(enterprise, {
    siteNo: '001',
    ...values,
    internalCode,
    operatingStatusDate: (values.operatingStatusDate as string | undefined) ?? (values.operatingStatus ? day : null),
    operatingStatusBasis:
      (values.operatingStatusBasis as 'client' | undefined) ?? (values.operatingStatus ? (basis as 'client') : null),
  } as never);
  return row;
}

/** The first change of a state writes the state before it too: a history that begins with the second tells no change. */
async function keepFormerStatus(tx: Writer, before: Enterprise): Promise<void> {
  if (before.operatingStatus === 'unknown') return;
  if (await tx.read.first(statusHistory, { enterpriseId: before.id })) return;
  await tx.insert(statusHistory, {
    enterpriseId: before.id,
    status: before.operatingStatus,
    date: before.operatingStatusDate ?? localDay(before.createdAt),
    basis: before.operatingStatusBasis,
    note: FORMER_STATUS,
  });
}

/** Changes an enterprise; a new status or place writes its history, a new name keeps the old one as former name. */
export async function changeEnterprise(
  tx: Writer,
  before: Enterprise,
  patch: Record<string, unknown>,
  day: string,
  basis: string | null,
): Promise<Enterprise> {
  const statusChanges = patch.operatingStatus !== undefined && patch.operatingStatus !== before.operatingStatus;
  const full = statusChanges ? { operatingStatusDate: day, operatingStatusBasis: basis, ...patch } : patch;
  const after = await tx.update(enterprise, before.id, full as Patch<typeof enterprise>);
  if (statusChanges) {
    await keepFormerStatus(tx, before);
    await tx.insert(statusHistory, {
      enterpriseId: before.id,
      status: after.operatingStatus,
      date: after.operatingStatusDate ?? day,
      basis: (after.operatingStatusBasis ?? basis) as 'visit' | null,
    });
  }
  await keepFormerArea(tx, before, after, day);
  // A code that stood in for the name was no name.
  if (patch.name !== undefined && patch.name !== before.name && before.name !== before.creditCode) {
    const known = await tx.read.first(formerName, { enterpriseId: before.id, name: before.name });
    if (!known) await tx.insert(formerName, { enterpriseId: before.id, name: before.name, until: day });
  }
  return after;
}

/** Takes back a status that was the last one entered, with what is on record before it. Nothing happens where another came since. */
export async function takeBackStatus(
  tx: Writer,
  enterpriseId: string,
  last: { status: string; date: string; basis: string },
): Promise<void> {
  const [newest, before] = await tx.read.find(
    statusHistory,
    { enterpriseId },
    { order: { date: 'DESC', id: 'DESC' }, limit: 2 },
  );
  if (newest?.status !== last.status || newest.date !== last.date || newest.basis !== last.basis) return;
  await tx.remove(statusHistory, newest.id);
  await tx.update(enterprise, enterpriseId, {
    operatingStatus: before?.status ?? 'unknown',
    operatingStatusDate: before?.date ?? null,
    operatingStatusBasis: before?.basis ?? null,
  });
}

/** Makes an enterprise from a form. @throws INVALID */
export async function createEnterprise(ctx: Context, values: Values): Promise<Saved> {
  const problems = requireValid(await checkEnterprise(ctx, null, values));
  const { value, actionId } = await act(
    ctx,
    '新增企业',
    'form',
    async (tx) => await insertEnterprise(tx, withAll(ctx, null, prepared(values)), ctx.today(), null),
  );
  return { id: value.id, actionId, problems };
}

/**
 * The name of an industry goes in with its code, where none is there or it was that of the former code; words of people stay.
 */
function withIndustryName(
  ctx: Context,
  before: Enterprise | null,
  clean: Record<string, unknown>,
): Record<string, unknown> {
  const { industryCode: code, industryName } = clean;
  if (typeof code !== 'string' || industryName !== undefined) return clean;
  const { nameOf } = industriesOf(ctx.resources);
  const name = before?.industryName ?? null;
  const isOwn = name !== null && name !== nameOf(before?.industryCode ?? '');
  return isOwn || nameOf(code) === null ? clean : { ...clean, industryName: nameOf(code) };
}

/** What is stored beside what was given. */
const withAll: typeof withConfirmation = (ctx, before, clean) =>
  withIndustryName(ctx, before, withConfirmation(ctx, before, clean));

/** Changes an enterprise from a form, as it was `seen`. @throws NOT_FOUND, INVALID */
export async function updateEnterprise(
  ctx: Context,
  id: string,
  values: Values,
  seen?: Seen,
  visitId?: string,
): Promise<Saved> {
  const before = await ctx.store.read.get(enterprise, id);
  if (!before) throw notFound('企业');
  const clean = withAll(ctx, before, prepared(values));
  const problems = await problemsOf(ctx.store.read, ctx.today(), before, clean);
  requireValid(inTheWay(problems, clean));
  const { actionId } = await act(ctx, '修改企业', sourceOf(visitId), async (tx) => {
    await requireSeen(tx.read, enterprise, id, clean, seen);
    return await changeEnterprise(tx, before, clean, ctx.today(), visitId ? 'visit' : null);
  });
  return { id, actionId, problems };
}

/** What a change of an enterprise among many stores, and what stands in its way: as a form says it of this one alone. */
export async function plannedEnterprise(
  ctx: Context,
  before: Enterprise,
  values: Values,
): Promise<{ clean: Record<string, unknown>; problems: FieldProblem[] }> {
  const { read } = ctx.store;
  const given = prepared(values);
  const town = await townOfVillage(read, given.villageId);
  const clean = withAll(ctx, before, { ...given, ...town(before) });
  return { clean, problems: inTheWay(await problemsOf(read, ctx.today(), before, clean, true), clean) };
}

/** "X" or "X等 n 家". */
const someOf = (names: readonly string[]): string =>
  `“${names[0] ?? ''}”${names.length > 1 ? `等 ${names.length} 家` : ''}`;

async function requireWithoutWork(read: Reader, ids: readonly string[]): Promise<void> {
  const stopped: string[] = [];
  let words = '';
  for (const id of ids) {
    const uses = await usesOf(read, enterprise, id, WORK);
    if (uses.length === 0) continue;
    stopped.push((await read.get(enterprise, id))?.name ?? '');
    words ||= usesInWords(uses);
  }
  if (stopped.length > 0)
    throw refused(
      `${someOf(stopped)}已有记录（${words}），不能放入回收站。不再经营的请把经营状态改为“关停”或“已搬离”，重复登记的请合并`,
    );
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
