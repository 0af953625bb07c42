// History of rows and actions in the words of the dictionary, and undo.
import { lookup } from '../../domain/values/lookup.ts';
import type { ActionRow, ChangeRow } from '../../contract/history.ts';
import type { Done } from '../../contract/shared.ts';
import { entityNamed, hasEntity } from '../../domain/entities.ts';
import { fieldsOf, snake, type EntityDefinition } from '../../domain/dictionary/entity.ts';
import { metaOf } from '../../domain/dictionary/field.ts';
import { valueText } from '../../domain/dictionary/value-text.ts';
import { labelOf } from '../../domain/dictionary/vocabulary.ts';
import {
  actionNamed,
  inList,
  listParameter,
  rowsInStreamOf,
  rowsOfActions,
  tableOfRow,
  undoingActions,
  changesOf,
  recentActions,
  tableOf,
  UNDO_PREFIX,
  type Change,
} from '../../db/index.ts';
import type { Context } from '../context.ts';
import { ServiceError } from '../errors.ts';
import { ownOffice } from '../identity/index.ts';
import { namesOf } from '../records/index.ts';
import { requireActionOpen } from '../settled.ts';

const SOURCES: Readonly<Record<string, string>> = lookup({
  form: '手工录入',
  visit: '现场检查',
  import: '名册导入',
  undo: '撤销',
  cli: '命令行',
  init: '新建工作区',
  identity: '系统',
  demo: '演示数据',
  notice: '开具整改单',
  report: '报告',
  trade: '行业提示',
});

/** Where a value came from, in people's words. */
export const sourceLabel = (source: string | null): string =>
  source ? (SOURCES[source.split(':')[0] ?? ''] ?? source) : '';

const CHILDREN_OF_FINDING = ['finding_step', 'follow_up', 'verification', 'finding_law'] as const;

async function childrenOf(ctx: Context, id: string): Promise<string[]> {
  const table = await tableOfRow(ctx.store.read, id);
  if (table === 'enterprise') return await rowsInStreamOf(ctx.store.read, id);
  const ids = [id];
  if (table === 'finding') {
    for (const child of CHILDREN_OF_FINDING)
      ids.push(
        ...(await ctx.store.read.sql<{ id: string }>(`SELECT id FROM ${child} WHERE finding_id = ?`, [id])).map(
          (r) => r.id,
        ),
      );
  }
  ids.push(
    ...(await ctx.store.read.sql<{ id: string }>('SELECT id FROM attachment WHERE owner_id = ?', [id])).map(
      (r) => r.id,
    ),
  );
  return ids;
}

/** Titles of rows by id, as far as their entity has one. */
async function titlesOf(ctx: Context, changes: readonly Change[]): Promise<Map<string, string>> {
  const titles = new Map<string, string>();
  const byEntity = new Map<string, Set<string>>();
  for (const c of changes) byEntity.set(c.entity, (byEntity.get(c.entity) ?? new Set()).add(c.rowId));
  for (const [name, ids] of byEntity) {
    if (!hasEntity(name)) continue;
    const entity = entityNamed(name);
    if (!entity.title) continue;
    const { vocabulary } = metaOf(entity.fields[entity.title]!);
    const rows = await ctx.store.read.sql<{ id: string; title: string | null }>(
      `SELECT id, "${snake(entity.title)}" AS title FROM "${tableOf(entity)}" WHERE ${inList('id')}`,
      [listParameter([...ids])],
    );
    for (const r of rows) titles.set(r.id, vocabulary ? labelOf(vocabulary, r.title) : (r.title ?? ''));
  }
  return titles;
}

/** A value as people read it; `names` are those of the rows that references lead to. Null for an empty one. */
export function show(
  entityName: string,
  field: string,
  value: string | number | null,
  names: ReadonlyMap<string, string>,
  precision?: unknown,
): string | null {
  if (value === null) return null;
  if (field === 'deletedAt') return '已放入回收站';
  const schema = entityNamed(entityName).fields[field];
  if (!schema) return String(value);
  const text = valueText(metaOf(schema), value, { name: (id) => names.get(id), masked: true, precision });
  // A moment that a camera wrote: there is no zone to it.
  return text.replace(/^(\d{4}-\d{2}-\d{2})T(\d{2}:\d{2})[\d:.Z]*$/, '$1 $2');
}

/** The day that a field says how exactly it is known (`foundedDatePrecision` of `foundedDate`); null for any other field. */
function dayOfPrecision(entity: EntityDefinition, field: string): string | null {
  const day = field.endsWith('Precision') ? field.slice(0, -'Precision'.length) : '';
  return day !== '' && Object.hasOwn(entity.fields, day) ? day : null;
}

/** A set that links rows of one kind to each other: how they follow, told by the rows themselves. */
function isChain(entity: EntityDefinition): boolean {
  const [parent, member] = fieldsOf(entity);
  return entity.shape === 'set' && member?.meta.target !== undefined && parent?.meta.target === member.meta.target;
}

/** The rows that a change leads to, without the one whose history is read: of a link the other side names it. */
function memberNames(c: Change, asked: string, names: ReadonlyMap<string, string>): string {
  const said = c.fields.filter((f) => f.field !== 'deletedAt' && (f.after ?? f.before) !== asked);
  return said
    .map((f) => show(c.entity, f.field, f.after ?? f.before, names) ?? '')
    .filter(Boolean)
    .join('，');
}

/** What people are told of the fields of a change: no ids, hashes and formats, and nothing twice. */
function fieldsTold(c: Change, asked: string, names: ReadonlyMap<string, string>): ChangeRow['fields'] {
  const entity = entityNamed(c.entity);
  if (entity.shape === 'set') return [];
  const precision = (field: string, when: 'before' | 'after') =>
    c.fields.find((f) => dayOfPrecision(entity, f.field) === field)?.[when] ?? undefined;
  return c.fields.flatMap((f) => {
    const meta = entity.fields[f.field] ? metaOf(entity.fields[f.field]!) : null;
    const leads = meta?.kind === 'reference';
    const value = f.after ?? f.before;
    if (f.field === 'seq' || meta?.inner || dayOfPrecision(entity, f.field)) return [];
    // The title stands above; whose history it is everybody knows; a row without a name says nothing.
    if (c.kind === 'create' && f.field === entity.title) return [];
    if (leads && (value === asked || (value !== null && !names.get(String(value))))) return [];
    const label = meta ? meta.label : f.field === 'deletedAt' ? '回收站' : f.field;
    const text = (when: 'before' | 'after') => show(c.entity, f.field, f[when], names, precision(f.field, when));
    return [{ field: f.field, label, before: text('before'), after: text('after') }];
  });
}

/** The visit that a change names as its source. */
const visitOf = ({ source }: Change): string | null =>
  source?.startsWith('visit:') ? source.slice('visit:'.length) : null;

/** Numbers of the visits at which changes were seen. */
async function visitsNamed(ctx: Context, changes: readonly Change[]): Promise<Map<string, string>> {
  const ids = [...new Set(changes.flatMap((c) => visitOf(c) ?? []))];
  const rows = await ctx.store.read.sql<{ id: string; no: string }>(
    `SELECT v.id, v.no FROM visit v WHERE ${inList('v.id')}`,
    [listParameter(ids)],
  );
  return new Map(rows.map((row) => [row.id, row.no]));
}

/** The offices that wrote changes, by the tags of their devices; this office is left out. */
async function othersAt(ctx: Context, changes: readonly Change[]): Promise<Map<string, string>> {
  const tags = [...new Set(changes.map((c) => c.device))];
  const rows = await ctx.store.read.sql<{ tag: string; name: string }>(
    `SELECT d.tag, f.name FROM device d JOIN office f ON f.id = d.office_id
     WHERE ${inList('d.tag')} AND f.id <> ?`,
    [listParameter(tags), (await ownOffice(ctx.store))?.id ?? ''],
  );
  return new Map(rows.map((row) => [row.tag, row.name]));
}

/** Changes of a row and of what hangs on it, newest first, in people's words. */
export async function historyOf(
  ctx: Context,
  id: string,
  withChildren: boolean,
  limit: number,
  entities?: readonly string[],
): Promise<ChangeRow[]> {
  const changes = (await changesOf(ctx.store.read, withChildren ? await childrenOf(ctx, id) : [id]))
    .filter((c) => hasEntity(c.entity) && !isChain(entityNamed(c.entity)))
    .filter((c) => !entities || entities.includes(c.entity))
    .reverse()
    .slice(0, limit);
  const titles = await titlesOf(ctx, changes);
  const references = new Set<string>();
  for (const c of changes) {
    for (const f of c.fields) {
      const schema = entityNamed(c.entity).fields[f.field];
      if (schema && metaOf(schema).kind === 'reference')
        for (const v of [f.before, f.after]) if (v) references.add(String(v));
    }
  }
  const names = await namesOf(ctx.store.read, [...references]);
  const visits = await visitsNamed(ctx, changes);
  const others = await othersAt(ctx, changes);
  return changes
    .map((c) => ({
      seq: c.seq,
      entity: c.entity,
      entityLabel: entityNamed(c.entity).label,
      rowId: c.rowId,
      rowTitle: entityNamed(c.entity).shape === 'set' ? memberNames(c, id, names) : (titles.get(c.rowId) ?? ''),
      kind: c.kind,
      at: c.at,
      actor: c.actor,
      adoptedBy: c.adoptedBy,
      source: [sourceLabel(c.source), visits.get(visitOf(c) ?? '')].filter(Boolean).join(' '),
      office: others.get(c.device) ?? null,
      visitId: visits.has(visitOf(c) ?? '') ? visitOf(c) : null,
      actionId: c.actionId,
      actionName: c.actionName,
      fields: fieldsTold(c, id, names),
    }))
    .filter((row) => row.kind !== 'update' || row.fields.length > 0);
}

/** Sources of actions that cannot be undone, with why: without them nothing could be written, or exchanged. */
const FIXED: ReadonlyMap<string, string> = new Map([
  ['init', '新建工作区不能撤销：驻点和使用人在“设置”里改'],
  ['identity', '设备证书由系统签发，不能撤销'],
]);

/**
 * The enterprises whose files actions wrote, by action; those that wrote several, or none, are left out. An enterprise
 * has a stream of its own, and one for persons.
 */
async function enterprisesOf(
  ctx: Context,
  actionIds: readonly string[],
): Promise<Map<string, { id: string; name: string }>> {
  const written = await rowsOfActions(ctx.store.read, actionIds);
  const enterprises = await ctx.store.read.sql<{ id: string; name: string }>(
    `SELECT e.id, e.name FROM enterprise e WHERE ${inList('e.id')}`,
    [listParameter([...new Set(written.values())])],
  );
  const byId = new Map(enterprises.map((one) => [one.id, one]));
  return new Map(
    [...written].flatMap(([action, row]) => {
      const about = byId.get(row);
      return about ? [[action, about] as const] : [];
    }),
  );
}

/** The last things that people did. */
export async function listActions(ctx: Context, limit: number): Promise<ActionRow[]> {
  const actions = await recentActions(ctx.store.read, limit);
  const about = await enterprisesOf(
    ctx,
    actions.map((a) => a.id),
  );
  const undoneBy = await undoingActions(ctx.store.read);
  const times = (id: string): number => {
    const by = undoneBy.get(id);
    return by === undefined ? 0 : 1 + times(by);
  };
  return actions.map((a) => ({
    id: a.id,
    name: a.name,
    about: about.get(a.id) ?? null,
    actor: a.actor,
    at: a.at,
    ops: a.ops,
    undone: a.undoneBy !== null,
    restored: a.undoneBy !== null && times(a.id) % 2 === 0,
    isUndo: a.name.startsWith(UNDO_PREFIX),
    fixed: FIXED.has(a.source),
  }));
}

/**
 * Takes an action back.
 * @throws StoreError UNDO_BLOCKED; ServiceError NOT_FOUND, UNDO_BLOCKED for one undone before and what everything else
 * stands on
 */
export async function undoAction(
  ctx: Context,
  actionId: string,
): Promise<Done & { name: string; rows: number; restored: boolean }> {
  const name = await actionNamed(ctx.store.read, actionId);
  if (!name) throw new ServiceError('NOT_FOUND', '找不到要撤销的这一步，没有改动。请在变更记录里查看');
  if (name.undoneBy) throw new ServiceError('UNDO_BLOCKED', '这一步已经撤销过了，不用再撤销');
  const fixed = FIXED.get(name.source);
  if (fixed) throw new ServiceError('UNDO_BLOCKED', fixed);
  await requireActionOpen(ctx.store.read, actionId);
  const result = await ctx.store.undo(actionId, ctx.operator().name);
  const restored = name.name.startsWith(UNDO_PREFIX);
  return {
    actionId: result.actionId,
    name: restored ? name.name.slice(UNDO_PREFIX.length) : name.name,
    rows: result.value,
    restored,
  };
}
