// Writing rows of any kind by its name: as the dictionary says, or by the procedures of its capability; the guards are the window's.
import { fieldsOf, type EntityDefinition } from '../../domain/dictionary/entity.ts';
import { entityNamed, hasEntity } from '../../domain/entities.ts';
import { isPlainSet, isWritable } from '../../contract/records.ts';
import type { Done } from '../../contract/shared.ts';
import { changesOfAction, removedBy } from '../../db/index.ts';
import { ATTACHMENT_WRITERS } from '../attachments/index.ts';
import { act, type Context } from '../context.ts';
import { ENTERPRISE_WRITERS } from '../enterprises/index.ts';
import { notFound, refused } from '../errors.ts';
import { FINDING_WRITERS } from '../findings/index.ts';
import { undoAction } from '../history/index.ts';
import {
  binRecords,
  createRecord,
  referenceProblems,
  requireStateKept,
  requireValid,
  updateRecord,
} from '../records/index.ts';
import { ROUND_WRITERS } from '../rounds/index.ts';
import { SCAN_WRITERS } from '../scans/index.ts';
import { TRAINING_WRITERS } from '../training/index.ts';
import { VISIT_WRITERS } from '../visits/index.ts';
import { act as actOn } from '../workflow/index.ts';
import { PROJECT_WRITERS } from '../workspace/index.ts';
import { fieldsWithout, valuesOf, type Given, type KindWriter } from '../writer.ts';

const ALL: readonly KindWriter[] = [
  ...ENTERPRISE_WRITERS,
  ...ROUND_WRITERS,
  ...VISIT_WRITERS,
  ...FINDING_WRITERS,
  ...TRAINING_WRITERS,
  ...PROJECT_WRITERS,
  ...ATTACHMENT_WRITERS,
  ...SCAN_WRITERS,
];
const WRITERS: ReadonlyMap<string, KindWriter> = new Map(ALL.map((writer) => [writer.of, writer]));

/** The kind of that name. @throws REFUSED with what to do for an unknown one */
export function kindNamed(name: string): EntityDefinition {
  if (!hasEntity(name)) throw refused(`没有“${name}”这一种记录。全部种类用 kinds 命令列出`);
  return entityNamed(name);
}

/** A row of a kind, in the bin or not. @throws NOT_FOUND */
async function rowOf(ctx: Context, entity: EntityDefinition, id: string): Promise<Record<string, unknown>> {
  const row = (await ctx.store.read.get(entity, id)) as Record<string, unknown> | null;
  if (!row) throw notFound(entity.label);
  return row;
}

/** What nobody writes by hand, said with the reason. */
function notByHand(entity: EntityDefinition, what: string): Error {
  return refused(
    entity.facets.write === 'content'
      ? `${entity.label}是随程序带来的内容，不能${what}`
      : `${entity.label}由程序在办理时自己记下，不能直接${what}`,
  );
}

/** One value a field: an object or a list is none. @throws REFUSED */
function requireScalars(entity: EntityDefinition, given: Given): void {
  for (const { name, meta } of fieldsOf(entity))
    if (typeof given[name] === 'object' && given[name] !== null)
      throw refused(`${name}（${meta.label}）要写成一个值，不能是对象或列表`);
}

/**
 * Refuses what would not be written: names that the kind does not know, and fields that the program keeps, unless they stay as they are.
 * @throws REFUSED with what may be given
 */
function requireWritten(
  entity: EntityDefinition,
  given: Given,
  takes: readonly string[],
  before: Readonly<Record<string, unknown>> | null,
): void {
  const names = Object.keys(given).filter((name) => !takes.includes(name) && name !== entity.workflow?.state);
  const strange = names.filter((name) => !Object.hasOwn(entity.fields, name));
  const may = `可以填的是：${takes.join('、')}`;
  if (strange.length > 0) throw refused(`${entity.label}没有 ${strange.join('、')}；${may}`);
  const kept = names.filter((name) => before === null || given[name] !== before[name]);
  if (kept.length > 0) throw refused(`${entity.label}的 ${kept.join('、')} 不能在这里填；${may}`);
  requireScalars(entity, given);
}

async function addLink(ctx: Context, entity: EntityDefinition, given: Given): Promise<{ id: string } & Done> {
  const values = valuesOf(given);
  for (const { name, meta } of fieldsOf(entity)) if (!values[name]) throw refused(`请给出 ${name}（${meta.label}）`);
  requireValid(await referenceProblems(ctx.store.read, entity, null, values));
  const { value, actionId } = await act(
    ctx,
    `新增${entity.label}`,
    'form',
    async (tx) => await tx.insert(entity, values as never),
  );
  return { id: (value as { id: string }).id, actionId };
}

/** Id of the row of a kind that an action made. */
async function madeBy(ctx: Context, kind: string, actionId: string): Promise<string | null> {
  const changes = await changesOfAction(ctx.store.read, actionId);
  return changes.find((change) => change.entity === kind && change.kind === 'create')?.rowId ?? null;
}

/** Makes a row; the id is that of the row, null where nothing new was made. @throws INVALID, REFUSED, NOT_FOUND */
export async function addRow(ctx: Context, kind: string, given: Given): Promise<{ id: string | null } & Done> {
  const entity = kindNamed(kind);
  const writer = WRITERS.get(kind);
  const takes = [...(writer?.adds ?? fieldsWithout(entity)), ...(writer?.also ?? [])];
  requireStateKept(entity, null, given);
  // An event says itself what it asks for.
  if (!writer?.by) requireWritten(entity, given, takes, null);
  if (writer?.add) {
    const { id, actionId } = await writer.add(ctx, given);
    return { id: id ?? (await madeBy(ctx, kind, actionId)), actionId };
  }
  if (writer?.by) {
    const { kind: owner, id, event, values } = writer.by(given);
    const { actionId } = await actOn(ctx, owner, [id], event, values);
    return { id: await madeBy(ctx, kind, actionId), actionId };
  }
  if (isPlainSet(kind)) return await addLink(ctx, entity, given);
  if (isWritable(kind)) return await createRecord(ctx, kind, valuesOf(given));
  throw notByHand(entity, '新增');
}

/** Changes a row. @throws INVALID, REFUSED, NOT_FOUND */
export async function setRow(ctx: Context, kind: string, id: string, given: Given): Promise<Done> {
  const entity = kindNamed(kind);
  const writer = WRITERS.get(kind);
  const before = await rowOf(ctx, entity, id);
  if (Object.keys(given).length === 0) throw refused('没有给出要改的字段');
  const takes = [...(writer?.sets ?? fieldsWithout(entity)), ...(writer?.also ?? [])];
  requireStateKept(entity, before, given);
  requireWritten(entity, given, takes, before);
  if (writer?.set) return await writer.set(ctx, id, given);
  if (isWritable(kind) && entity.shape !== 'set') return await updateRecord(ctx, kind, id, valuesOf(given));
  if (entity.shape === 'set') throw refused(`${entity.label}是一条关联，没有可改的内容；请移除后另加`);
  throw notByHand(entity, '修改');
}

/** Puts a row into the bin. @throws REFUSED while other rows need it, NOT_FOUND */
export async function removeRow(ctx: Context, kind: string, id: string): Promise<Done> {
  const entity = kindNamed(kind);
  const writer = WRITERS.get(kind);
  const row = await rowOf(ctx, entity, id);
  if (row.deletedAt) throw refused(`${entity.label}已在回收站里`);
  if (writer?.remove) return await writer.remove(ctx, id);
  if (isWritable(kind)) return await binRecords(ctx, kind, [id], true);
  if (isPlainSet(kind))
    return await act(ctx, `移除${entity.label}`, 'form', async (tx) => {
      await tx.remove(entity, id);
    });
  throw notByHand(entity, '移除');
}

/** Takes a row out of the bin: a plain one by itself, any other by taking back what put it there. @throws UNDO_BLOCKED, REFUSED */
export async function restoreRow(ctx: Context, kind: string, id: string): Promise<Done> {
  const entity = kindNamed(kind);
  const row = await rowOf(ctx, entity, id);
  if (!row.deletedAt) throw refused(`${entity.label}不在回收站里，不用恢复`);
  if (isWritable(kind)) return await binRecords(ctx, kind, [id], false);
  const action = await removedBy(ctx.store.read, id);
  if (!action) throw refused(`查不到是哪一步移除了${entity.label}，不能在这里恢复`);
  return await undoAction(ctx, action);
}
