// References to an earlier row alike (repeats, relapses), by the rule that the kind states.
import { snake, type EarlierRule, type EntityDefinition } from '../../domain/dictionary/entity.ts';
import { ENTITIES } from '../../domain/entities.ts';
import { listParameter, inList, dayMinus, tableOf, type Touched, type Writer } from '../../db/index.ts';
import { portionsOf } from './portions.ts';

const RULED = ENTITIES.filter((entity) => entity.earlier.length > 0);

const column = (alias: string, field: string): string => `${alias}."${snake(field)}"`;

/** Both rows say the same in every field of the rule. */
const alike = (rule: EarlierRule): string =>
  rule.same.map((field) => `${column('o', field)} = ${column('t', field)}`).join(' AND ');

/** Rows whose reference a change of these may have made untrue: themselves, rows alike, and rows that point to them. */
async function staleOf(tx: Writer, entity: EntityDefinition, ids: ReadonlySet<string>): Promise<Set<string>> {
  const stale = new Set(ids);
  const table = `"${tableOf(entity)}"`;
  for await (const part of portionsOf(tx, ids)) {
    for (const rule of entity.earlier) {
      const rows = await tx.read.sql<{ id: string }>(
        `SELECT o.id FROM ${table} t JOIN ${table} o ON ${alike(rule)} WHERE ${inList('t.id', '?1')}
         UNION SELECT o.id FROM ${table} o WHERE ${inList(column('o', rule.field), '?1')}`,
        [listParameter(part)],
      );
      for (const { id } of rows) stale.add(id);
    }
  }
  return stale;
}

/** The newest earlier row alike that lies within the days of the rule, as SQL. */
function earlierRow(entity: EntityDefinition, rule: EarlierRule): string {
  const [day, after] = [column('t', rule.day), column('o', rule.after)];
  return `(SELECT o.id FROM "${tableOf(entity)}" o WHERE o.deleted_at IS NULL AND o.id <> t.id AND ${alike(rule)}
    AND ${after} <= ${day} AND ${after} >= ${dayMinus(day, rule.days)}
    AND (${column('o', rule.day)} < ${day} OR (${column('o', rule.day)} = ${day} AND o.id < t.id))
    ORDER BY ${after} DESC, o.id DESC LIMIT 1)`;
}

/** Finds the earlier rows anew for what an action wrote. */
export async function settleEarlier(tx: Writer, touched: Touched): Promise<void> {
  for (const entity of RULED) {
    const ids = touched.get(entity.name);
    if (!ids || ids.size === 0) continue;
    const found = entity.earlier.map((rule, n) => `${earlierRow(entity, rule)} AS r${n}`).join(', ');
    for await (const part of portionsOf(tx, await staleOf(tx, entity, ids))) {
      const rows = await tx.read.sql<Record<string, string | null>>(
        `SELECT t.id, ${found} FROM "${tableOf(entity)}" t WHERE ${inList('t.id')}`,
        [listParameter(part)],
      );
      for (const row of rows)
        await tx.derive(
          entity,
          String(row.id),
          Object.fromEntries(entity.earlier.map((rule, n) => [rule.field, row[`r${n}`] ?? null])),
        );
    }
  }
}
