// What both sides changed: shown row by row, decided one by one or in bulk (hand-off design 11).
import { mergeDiff3 } from 'node-diff3';
import { fieldsOf, snake } from '../../domain/dictionary/entity.ts';
import { entityNamed } from '../../domain/entities.ts';
import { findingStep } from '../../domain/findings/entities.ts';
import { FINDING_STATES, type FindingState } from '../../domain/findings/machine.ts';
import { FINDING_EVENTS } from '../../domain/findings/workflow.ts';
import type { ConflictClass, ConflictCounts, ConflictItem, ConflictSide, Decision } from '../../contract/handoff.ts';
import {
  conflictNumbers,
  conflictRecord,
  conflictRecords,
  inList,
  keepNote,
  listParameter,
  tableOf,
  type ConflictHead,
  type ConflictRecord,
  type Writer,
} from '../../db/index.ts';
import { act, type Context } from '../context.ts';
import { stepsOf } from '../derived/index.ts';
import { refused } from '../errors.ts';
import { appendStep } from '../findings/index.ts';
import { show, sourceLabel } from '../history/index.ts';
import { namesOf } from '../records/index.ts';

/** How many conflicts there are of each kind. */
export const conflictCounts = async (ctx: Context): Promise<ConflictCounts> => await conflictNumbers(ctx.store.read);

const LOOP_STATES = new Map<string, string>(FINDING_STATES.map((s) => [s.id, s.label]));

/** Offices of devices by tag. */
async function officesOf(ctx: Context): Promise<Map<string, { id: string; office: string; device: string }>> {
  const rows = await ctx.store.read.sql<{ tag: string; device: string; id: string; office: string }>(
    'SELECT d.tag, d.name AS device, o.id, o.name AS office FROM device d JOIN office o ON o.id = d.office_id',
  );
  return new Map(rows.map(({ tag, ...place }) => [tag, place]));
}

interface Place {
  enterpriseId: string | null;
  enterpriseName: string;
  villageName: string;
  villageId: string | null;
  title: string;
}

/** The row of a conflict and the enterprise that it belongs to. */
async function placesOf(ctx: Context, records: readonly ConflictRecord[]): Promise<Map<string, Place>> {
  const places = new Map<string, Place>();
  for (const tbl of new Set(records.map((r) => r.tbl))) {
    const entity = entityNamed(tbl);
    const owner = tbl === 'enterprise' ? 'id' : fieldsOf(entity).find((f) => f.meta.target === 'enterprise')?.name;
    const ids = listParameter(records.filter((r) => r.tbl === tbl).map((r) => r.rowId));
    const title = entity.title ? `CAST(t."${snake(entity.title)}" AS TEXT)` : "''";
    const rows = await ctx.store.read.sql<{ id: string } & Place>(
      `SELECT t.id, ${title} AS title, ${owner ? 'e.id AS "enterpriseId", e.name AS "enterpriseName", v.id AS "villageId", v.name AS "villageName"' : `NULL AS "enterpriseId", '' AS "enterpriseName", NULL AS "villageId", '' AS "villageName"`}
       FROM "${tableOf(entity)}" t ${owner ? `LEFT JOIN enterprise e ON e.id = t."${snake(owner)}" LEFT JOIN area v ON v.id = e.village_id` : ''} WHERE ${inList('t.id')}`,
      [ids],
    );
    for (const { id, ...place } of rows)
      places.set(id, {
        ...place,
        enterpriseName: place.enterpriseName ?? '',
        villageName: place.villageName ?? '',
        title: place.title ?? '',
      });
  }
  return places;
}

const fieldLabel = (record: ConflictRecord): string =>
  record.class === 'closed-loop'
    ? '闭环状态'
    : record.field === 'deletedAt'
      ? '回收站'
      : (fieldsOf(entityNamed(record.tbl)).find((f) => f.name === record.field)?.meta.label ?? record.field);

/** Lines of both texts merged, when they changed different ones. */
function mergedText(record: ConflictRecord, heads: readonly ConflictHead[]): string | null {
  const base = record.base ? (JSON.parse(record.base) as { value: string | number | null }).value : null;
  const [a, b] = heads;
  if (
    record.class !== 'text' ||
    heads.length !== 2 ||
    typeof base !== 'string' ||
    typeof a?.value !== 'string' ||
    typeof b?.value !== 'string'
  )
    return null;
  const merged = mergeDiff3(a.value.split('\n'), base.split('\n'), b.value.split('\n'));
  return merged.conflict ? null : merged.result.join('\n');
}

function textOf(record: ConflictRecord, value: string | number | null, names: ReadonlyMap<string, string>): string {
  if (record.class === 'closed-loop') return LOOP_STATES.get(String(value)) ?? String(value);
  if (record.field === 'deletedAt') return value === null ? '保留' : '删除';
  return show(record.tbl, record.field, value, names) ?? '（空）';
}

/** Conflicts with the values to choose from, those that must be decided first. */
export async function listConflicts(
  ctx: Context,
  filter: { level: 'must' | 'may' | 'waiting' | null; areaId: string | null; field: string | null },
): Promise<{ items: ConflictItem[]; counts: ConflictCounts }> {
  const records = await conflictRecords(ctx.store.read, filter.level);
  const [places, offices] = [await placesOf(ctx, records), await officesOf(ctx)];
  const own = offices.get(ctx.store.deviceTag)?.id;
  const references = records.flatMap((r) =>
    (JSON.parse(r.heads) as ConflictHead[])
      .map((h) => h.value)
      .filter((v): v is string => typeof v === 'string' && /^[0-9a-f-]{36}$/.test(v)),
  );
  const names = await namesOf(ctx.store.read, references);
  const sideOf = (record: ConflictRecord, h: ConflictHead): ConflictSide => ({
    dot: h.dot,
    value: h.value,
    text: textOf(record, h.value, names),
    shown: h.shown,
    own: h.device === ctx.store.deviceTag || (own !== undefined && offices.get(h.device)?.id === own),
    office: offices.get(h.device)?.office ?? h.device,
    device: offices.get(h.device)?.device ?? h.device,
    person: h.actor ?? '',
    at: h.at,
    source: sourceLabel(h.source),
    reason: h.reason,
  });
  const items = records.flatMap((r): ConflictItem[] => {
    const place = places.get(r.rowId);
    if (!place || (filter.areaId && place.villageId !== filter.areaId) || (filter.field && r.field !== filter.field))
      return [];
    const heads = JSON.parse(r.heads) as ConflictHead[];
    const base = r.base ? (JSON.parse(r.base) as { value: string | number | null }).value : null;
    return [
      {
        id: r.id,
        class: (r.provisional ? 'waiting' : r.class) as ConflictClass,
        level: r.level,
        waiting: r.provisional === 1,
        entity: r.tbl,
        entityLabel: entityNamed(r.tbl).label,
        rowId: r.rowId,
        title: place.title,
        enterpriseId: place.enterpriseId,
        enterpriseName: place.enterpriseName,
        villageName: place.villageName,
        field: r.field,
        fieldLabel: fieldLabel(r),
        base: r.base ? textOf(r, base, names) : null,
        sides: heads.map((h) => sideOf(r, h)),
        merged: mergedText(r, heads),
        assignee: r.assignee,
        comment: r.comment,
      },
    ];
  });
  return { items, counts: await conflictCounts(ctx) };
}

/** Decides conflicts in one action. @throws ServiceError REFUSED when one is no longer open, or waits for data */
export async function decideConflicts(
  ctx: Context,
  decisions: readonly Decision[],
): Promise<{ actionId: string; decided: number; counts: ConflictCounts }> {
  const { actionId } = await act(
    ctx,
    decisions.length === 1 ? '决定冲突' : `决定 ${decisions.length} 项冲突`,
    'conflict',
    async (tx) => {
      for (const decision of decisions) await decideOne(ctx, tx, decision);
    },
  );
  return { actionId, decided: decisions.length, counts: await conflictCounts(ctx) };
}

async function decideOne(ctx: Context, tx: Writer, decision: Decision): Promise<void> {
  const record = await conflictRecord(tx.read, decision.conflictId);
  if (!record) throw refused('这一项已经有人决定，或已随新的交换包消失。请刷新后再看');
  if (record.provisional) throw refused('这一项还缺对方的交换包，收到后自动判定，现在不用处理');
  const heads = JSON.parse(record.heads) as ConflictHead[];
  const chosen =
    decision.dot === null ? (heads.find((h) => h.shown) ?? heads[0]) : heads.find((h) => h.dot === decision.dot);
  if (!chosen && decision.value === undefined) throw refused('所选的内容已不在这一项里。请刷新后再选');
  if (record.class === 'closed-loop') {
    await decideLoop(ctx, tx, record, chosen as ConflictHead, decision.reason);
    return;
  }
  // As it is shown, a row that somebody deleted is kept.
  const kept = record.field === 'deletedAt' && decision.dot === null ? null : (chosen as ConflictHead).value;
  const value = decision.value !== undefined ? decision.value : kept;
  if (record.field === 'deletedAt' && value !== null) {
    await tx.remove(entityNamed(record.tbl), record.rowId);
    return;
  }
  if (decision.value !== undefined && value !== null) requireStorable(record, value);
  await tx.resolve(entityNamed(record.tbl), record.rowId, { [record.field]: value }, decision.reason);
}

function requireStorable(record: ConflictRecord, value: string | number): void {
  const schema = entityNamed(record.tbl).fields[record.field];
  if (schema && !schema.safeParse(value).success) throw refused(`“${fieldLabel(record)}”不能写成这样。请核对后再填`);
}

/** A loop that went on in two offices goes on from the branch that was chosen. */
async function decideLoop(
  ctx: Context,
  tx: Writer,
  record: ConflictRecord,
  chosen: ConflictHead,
  reason: string | null,
): Promise<void> {
  if (record.field !== findingStep.name) throw refused('这一类闭环还不能在这里决定');
  const steps = (await stepsOf(tx.read, [record.rowId])).get(record.rowId) ?? [];
  const head = steps.find((s) => s.id === chosen.dot);
  if (!head) throw refused('所选的内容已不在这一项里。请刷新后再选');
  const latest = steps.reduce((last, s) => (s.date > last ? s.date : last), head.date);
  await appendStep(tx, record.rowId, steps, {
    event: 'reconcile',
    from: head.to,
    to: head.to as FindingState,
    date: latest > ctx.today() ? latest : ctx.today(),
    by: ctx.operator().name,
    reason: reason ?? `采用：${FINDING_EVENTS.find((e) => e.id === head.event)?.label ?? head.event}`,
  });
}

/** Notes on this computer who looks after a conflict. */
export async function noteConflict(
  ctx: Context,
  given: { conflictId: string; assignee: string | null; comment: string | null },
): Promise<void> {
  await ctx.store.withoutCapture(async (tx) => {
    await keepNote(tx, { ...given, by: ctx.operator().name });
  });
}
