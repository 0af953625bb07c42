// History of rows and actions in the words of the dictionary, and undo.
import type { ActionRow, ChangeRow } from '../../contract/history.ts';
import type { Done } from '../../contract/shared.ts';
import { entityNamed, hasEntity } from '../../domain/entities.ts';
import { metaOf } from '../../domain/dictionary/field.ts';
import { valueText } from '../../domain/dictionary/value-text.ts';
import { labelOf } from '../../domain/dictionary/vocabulary.ts';
import { changesOf, recentActions, tableOf, UNDO_PREFIX, type Change } from '../../db/index.ts';
import { snake } from '../../domain/dictionary/entity.ts';
import type { Context } from '../context.ts';
import { ServiceError } from '../errors.ts';
import { namesOf } from '../records/index.ts';

const SOURCES: Readonly<Record<string, string>> = {
  form: '手工录入', visit: '现场检查', import: '名册导入', undo: '撤销', cli: '命令行', init: '新建工作区', identity: '系统', demo: '演示数据', notice: '开具整改单', report: '报告',
};

/** Where a value came from, in people's words. */
export const sourceLabel = (source: string | null): string => (source ? SOURCES[source.split(':')[0] ?? ''] ?? source : '');

/** Rows that hang on a row, itself included: everything whose parent is in the set, by the dictionary. */
async function familyOf(ctx: Context, id: string): Promise<string[]> {
  const rows = await ctx.store.read.sql<{ id: string }>(
    `SELECT DISTINCT o.row_id AS id FROM sync_op o WHERE o.row_id = ?
     UNION SELECT r.id FROM sync_row r JOIN sync_stream s ON s.no = r.stream_no WHERE s.id IN (?, ? || '/p')`, [id, id, id]);
  return rows.map((r) => r.id);
}

const CHILDREN_OF_FINDING = ['finding_step', 'follow_up', 'verification', 'finding_law'] as const;

async function childrenOf(ctx: Context, id: string): Promise<string[]> {
  const entity = await ctx.store.read.sqlOne<{ tbl: string }>('SELECT tbl FROM sync_row WHERE id = ?', [id]);
  if (entity?.tbl === 'enterprise') return await familyOf(ctx, id);
  const ids = [id];
  if (entity?.tbl === 'finding') {
    for (const table of CHILDREN_OF_FINDING) ids.push(...(await ctx.store.read.sql<{ id: string }>(`SELECT id FROM ${table} WHERE finding_id = ?`, [id])).map((r) => r.id));
  }
  ids.push(...(await ctx.store.read.sql<{ id: string }>('SELECT id FROM attachment WHERE owner_id = ?', [id])).map((r) => r.id));
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
      `SELECT id, "${snake(entity.title)}" AS title FROM "${tableOf(entity)}" WHERE id IN (SELECT value FROM json_each(?))`, [JSON.stringify([...ids])]);
    for (const r of rows) titles.set(r.id, vocabulary ? labelOf(vocabulary, r.title) : r.title ?? '');
  }
  return titles;
}

/** A value as people read it; `names` are those of the rows that references lead to. Null for an empty one. */
export function show(entityName: string, field: string, value: string | number | null, names: ReadonlyMap<string, string>): string | null {
  if (value === null) return null;
  if (field === 'deletedAt') return '已放入回收站';
  const schema = entityNamed(entityName).fields[field];
  if (!schema) return String(value);
  return valueText(metaOf(schema), value, { name: (id) => names.get(id), masked: true });
}

/** Changes of a row and of what hangs on it, newest first, in people's words. */
export async function historyOf(ctx: Context, id: string, withChildren: boolean, limit: number): Promise<ChangeRow[]> {
  const changes = (await changesOf(ctx.store.read, withChildren ? await childrenOf(ctx, id) : [id])).filter((c) => hasEntity(c.entity)).reverse().slice(0, limit);
  const titles = await titlesOf(ctx, changes);
  const references = new Set<string>();
  for (const c of changes) {
    for (const f of c.fields) {
      const schema = entityNamed(c.entity).fields[f.field];
      if (schema && metaOf(schema).kind === 'reference') for (const v of [f.before, f.after]) if (v) references.add(String(v));
    }
  }
  const names = await namesOf(ctx.store.read, [...references]);
  return changes.map((c) => ({
    seq: c.seq, entity: c.entity, entityLabel: entityNamed(c.entity).label, rowId: c.rowId, rowTitle: titles.get(c.rowId) ?? '', kind: c.kind, at: c.at, actor: c.actor, adoptedBy: c.adoptedBy,
    source: sourceLabel(c.source), actionId: c.actionId, actionName: c.actionName,
    fields: c.fields.filter((f) => f.field !== 'seq').map((f) => {
      const schema = entityNamed(c.entity).fields[f.field];
      return {
        field: f.field, label: schema ? metaOf(schema).label : f.field === 'deletedAt' ? '回收站' : f.field,
        before: show(c.entity, f.field, f.before, names), after: show(c.entity, f.field, f.after, names),
      };
    }),
  }));
}

/** Sources of actions that cannot be undone, with why: without them nothing could be written, or exchanged. */
const FIXED: ReadonlyMap<string, string> = new Map([
  ['init', '新建工作区不能撤销：驻点和使用人在“设置”里改'], ['identity', '设备证书由系统签发，不能撤销'],
]);

/** The enterprises whose files actions wrote, by action; those that wrote several, or none, are left out. An enterprise has a stream of its own, and one for persons. */
async function enterprisesOf(ctx: Context, actionIds: readonly string[]): Promise<Map<string, { id: string; name: string }>> {
  const end = (direction: string): string => `(SELECT replace(s.id, '/p', '') FROM sync_op o JOIN sync_stream s ON s.no = o.stream_no WHERE o.batch = j.value ORDER BY o.local_seq ${direction} LIMIT 1)`;
  const rows = await ctx.store.read.sql<{ action: string; id: string; name: string }>(
    `SELECT x.action, e.id, e.name FROM (SELECT j.value AS action, ${end('ASC')} AS first, ${end('DESC')} AS last FROM json_each(?) j) x JOIN enterprise e ON e.id = x.first WHERE x.first = x.last`,
    [JSON.stringify(actionIds)]);
  return new Map(rows.map(({ action, ...about }) => [action, about]));
}

/** The last things that people did. */
export async function listActions(ctx: Context, limit: number): Promise<ActionRow[]> {
  const actions = await recentActions(ctx.store.read, limit);
  const about = await enterprisesOf(ctx, actions.map((a) => a.id));
  const undoneBy = new Map((await ctx.store.read.sql<{ id: string; by: string }>('SELECT id, undone_by AS "by" FROM action_log WHERE undone_by IS NOT NULL')).map((row) => [row.id, row.by]));
  const times = (id: string): number => { const by = undoneBy.get(id); return by === undefined ? 0 : 1 + times(by); };
  return actions.map((a) => ({
    id: a.id, name: a.name, about: about.get(a.id) ?? null, actor: a.actor, at: a.at, ops: a.ops, undone: a.undoneBy !== null, restored: a.undoneBy !== null && times(a.id) % 2 === 0, isUndo: a.name.startsWith(UNDO_PREFIX), fixed: FIXED.has(a.source),
  }));
}

/** Takes an action back. @throws StoreError UNDO_BLOCKED; ServiceError NOT_FOUND, UNDO_BLOCKED for one undone before and what everything else stands on */
export async function undoAction(ctx: Context, actionId: string): Promise<Done & { name: string; rows: number; restored: boolean }> {
  const name = await ctx.store.read.sqlOne<{ name: string; source: string; undoneBy: string | null }>('SELECT name, source, undone_by AS undoneBy FROM action_log WHERE id = ?', [actionId]);
  if (!name) throw new ServiceError('NOT_FOUND', '找不到要撤销的这一步，没有改动。请在变更记录里查看');
  if (name.undoneBy) throw new ServiceError('UNDO_BLOCKED', '这一步已经撤销过了，不用再撤销');
  const fixed = FIXED.get(name.source);
  if (fixed) throw new ServiceError('UNDO_BLOCKED', fixed);
  const result = await ctx.store.undo(actionId, ctx.operator().name);
  const restored = name.name.startsWith(UNDO_PREFIX);
  return { actionId: result.actionId, name: restored ? name.name.slice(UNDO_PREFIX.length) : name.name, rows: result.value, restored };
}
