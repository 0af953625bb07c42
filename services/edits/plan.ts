// What a change of many rows would do, each row judged as a form judges it alone; read outside the write lane, a portion in each turn.
import { createHash, type Hash } from 'node:crypto';
import type { EditPreview, RefusedRows } from '../../contract/edits.ts';
import type { FieldProblem, Values } from '../../contract/shared.ts';
import { fieldsOf, type EntityDefinition, type RowOf } from '../../domain/dictionary/entity.ts';
import { isEditedAtOnce } from '../../domain/dictionary/edits.ts';
import { valueText } from '../../domain/dictionary/value-text.ts';
import { enterprise } from '../../domain/enterprises/entities.ts';
import { entityNamed } from '../../domain/entities.ts';
import { shownColumn } from '../../domain/lists.ts';
import { breathe } from '../breathe.ts';
import type { Context } from '../context.ts';
import { plannedEnterprise } from '../enterprises/index.ts';
import { refused, ServiceError } from '../errors.ts';
import { columnText, rowsById } from '../lists/index.ts';
import { namesOf, plannedRecord } from '../records/index.ts';

/** How the caller follows and stops the work. */
export interface EditControl {
  progress(done: number, total: number, step?: string): void;
  check(): void;
}

/** A row and what is to be written into it; null where nothing is proposed for it. */
export interface Change {
  readonly id: string;
  readonly values: Values | null;
  readonly reason?: string;
}

/** What is changed, in which rows; `changes` may come from pages that are read one after the other. */
export interface Changes {
  readonly kind: string;
  readonly total: number;
  readonly changes: AsyncIterable<Change>;
}

type Row = Readonly<Record<string, unknown>>;

/** A row that changes: what its fields hold, and what is written. */
export interface PlannedRow {
  readonly id: string;
  readonly before: Row;
  readonly after: Row;
  readonly reason: string;
}

/** A whole change, judged. */
export interface Plan {
  readonly entity: EntityDefinition;
  readonly total: number;
  readonly left: number;
  readonly rows: readonly PlannedRow[];
  readonly same: number;
  readonly none: number;
  readonly refused: readonly { id: string; sentence: string }[];
  readonly seen: string;
}

/** Rows that a preview names. */
const SHOWN = 200;
const NAMED = 5;
/** Milliseconds for which rows are judged before others have their turn. */
const TURN_MS = 8;

/** The kind whose rows are changed. @throws REFUSED for one whose rows have procedures of their own */
export function editedKind(kind: string): EntityDefinition {
  const entity = entityNamed(kind);
  if (!isEditedAtOnce(entity)) throw refused(`${entity.label}不能批量修改，请在它自己的页面里办理`);
  return entity;
}

interface Judged {
  readonly clean: Row;
  readonly problems: readonly FieldProblem[];
}

async function judge(ctx: Context, entity: EntityDefinition, before: Row, values: Values): Promise<Judged> {
  return entity.name === enterprise.name
    ? await plannedEnterprise(ctx, before as unknown as RowOf<typeof enterprise>, values)
    : await plannedRecord(ctx, entity, before, values);
}

/** What a row becomes, or the sentence that refuses it. */
async function planRow(ctx: Context, entity: EntityDefinition, change: Change): Promise<PlannedRow | string | null> {
  const before = (await ctx.store.read.get(entity, change.id)) as Row | null;
  if (!before || before.deletedAt) return '已在回收站里或已合并';
  try {
    const { clean, problems } = await judge(ctx, entity, before, change.values ?? {});
    const stop = problems.find((problem) => problem.severity === 'error');
    if (stop) return stop.sentence;
    const fields = Object.keys(clean).filter((field) => (clean[field] ?? null) !== (before[field] ?? null));
    if (fields.length === 0) return null;
    const of = (row: Row): Row => Object.fromEntries(fields.map((field) => [field, row[field] ?? null]));
    return { id: change.id, before: of(before), after: of(clean), reason: change.reason ?? '' };
  } catch (error) {
    if (error instanceof ServiceError) return error.data.sentence;
    throw error;
  }
}

/** Two rows of one change that would hold the same code and site: the second is refused, as it would be after the first. */
function takenTwice(entity: EntityDefinition): (row: PlannedRow) => boolean {
  const taken = new Set<string>();
  return ({ after }) => {
    if (entity.name !== enterprise.name || typeof after.creditCode !== 'string') return false;
    const isThere = taken.has(after.creditCode);
    taken.add(after.creditCode);
    return isThere;
  };
}

const say = (hash: Hash, row: PlannedRow): void => {
  hash.update(JSON.stringify([row.id, row.before, row.after]));
};

/** Judges every row of a change. @throws REFUSED for a kind that is not changed so; what `control.check` throws */
export async function planChanges(ctx: Context, given: Changes, control: EditControl): Promise<Plan> {
  const entity = editedKind(given.kind);
  const [rows, stopped] = [[] as PlannedRow[], [] as { id: string; sentence: string }[]];
  const [hash, isTwice] = [createHash('sha256'), takenTwice(entity)];
  let [same, none, done] = [0, 0, 0];
  let begun = performance.now();
  for await (const change of given.changes) {
    const planned = change.values === null ? 'none' : await planRow(ctx, entity, change);
    if (change.values === null) none += 1;
    else if (planned === null) same += 1;
    else if (typeof planned === 'string') stopped.push({ id: change.id, sentence: planned });
    else if (isTwice(planned)) stopped.push({ id: change.id, sentence: '同一批里另一家已用这个代码，请单独核对' });
    else {
      rows.push(planned);
      say(hash, planned);
    }
    done += 1;
    if (performance.now() - begun < TURN_MS) continue;
    control.progress(done, given.total);
    control.check();
    await breathe();
    begun = performance.now();
  }
  control.progress(given.total, given.total);
  const left = given.total - done;
  return { entity, total: done, left, rows, same, none, refused: stopped, seen: hash.digest('hex') };
}

/** What rows are called: the enterprise that they belong to, and themselves. */
export async function titlesOf(
  ctx: Context,
  entity: EntityDefinition,
  ids: readonly string[],
): Promise<Map<string, string>> {
  const paths = [entity.parent, entity.title].filter((path) => path !== null);
  const rows = await rowsById(ctx, entity.name, ids, paths);
  const text = (row: (typeof rows)[number]): string =>
    paths
      .flatMap((path) => shownColumn(entity.name, path) ?? [])
      .map((column) => columnText(column, row))
      .filter((part) => part !== '')
      .join('　');
  return new Map(rows.map((row) => [row.id, text(row) || entity.label]));
}

async function rowsTold(ctx: Context, { entity, rows }: Plan): Promise<EditPreview['rows']> {
  const shown = rows.slice(0, SHOWN);
  const titles = await titlesOf(
    ctx,
    entity,
    shown.map(({ id }) => id),
  );
  const metas = fieldsOf(entity);
  const values = shown.flatMap(({ before, after }) => [...Object.values(before), ...Object.values(after)]);
  const names = await namesOf(
    ctx.store.read,
    values.filter((value) => typeof value === 'string'),
  );
  const name = (id: string): string => names.get(id) ?? id;
  return shown.map(({ id, before, after, reason }) => ({
    id,
    title: titles.get(id) ?? entity.label,
    reason,
    fields: metas
      .filter((field) => field.name in after)
      .map((field) => ({
        label: field.meta.label,
        old: valueText(field.meta, before[field.name], { name }),
        new: valueText(field.meta, after[field.name], { name }),
      })),
  }));
}

async function refusedTold(ctx: Context, { entity, refused: rows }: Plan): Promise<RefusedRows[]> {
  const bySentence = Map.groupBy(rows, (row) => row.sentence);
  const told: RefusedRows[] = [];
  for (const [sentence, group] of bySentence) {
    const ids = group.slice(0, NAMED).map(({ id }) => id);
    told.push({ sentence, count: group.length, titles: [...(await titlesOf(ctx, entity, ids)).values()] });
  }
  return told.sort((a, b) => b.count - a.count);
}

/** A plan in words. */
export const previewOf = async (ctx: Context, plan: Plan): Promise<EditPreview> => ({
  kind: plan.entity.name,
  total: plan.total,
  changed: plan.rows.length,
  same: plan.same,
  none: plan.none,
  left: plan.left,
  refused: await refusedTold(ctx, plan),
  rows: await rowsTold(ctx, plan),
  seen: plan.seen,
});
