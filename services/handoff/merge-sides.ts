// Two enterprises side by side before they are made one: what both say differently, and what hangs on each.
import type { MergeSides } from '../../contract/handoff.ts';
import { fieldsOf, snake } from '../../domain/dictionary/entity.ts';
import { valueText } from '../../domain/dictionary/value-text.ts';
import { enterprise } from '../../domain/enterprises/entities.ts';
import { mergeChoices } from '../../domain/enterprises/merging.ts';
import { dependantsOf } from '../../domain/entities.ts';
import { tableOf, type Reader } from '../../db/index.ts';
import type { Context } from '../context.ts';
import { notFound } from '../errors.ts';
import { namesOf } from '../records/index.ts';

type Row = Readonly<Record<string, unknown>>;

/** How many rows of each kind hang on the two. */
async function partsOf(read: Reader, ids: readonly [string, string]): Promise<MergeSides['parts']> {
  const parts: MergeSides['parts'] = [];
  for (const { entity, field } of dependantsOf(enterprise)) {
    const counts: [number, number] = [0, 0];
    for (const [n, id] of ids.entries()) {
      const found = await read.sqlOne<{ n: number }>(
        `SELECT count(*) AS n FROM "${tableOf(entity)}" WHERE deleted_at IS NULL AND "${snake(field)}" = ?`,
        [id],
      );
      counts[n] = found?.n ?? 0;
    }
    const known = parts.find((part) => part.label === entity.label);
    if (known) known.counts = [known.counts[0] + counts[0], known.counts[1] + counts[1]];
    else if (counts[0] + counts[1] > 0) parts.push({ label: entity.label, counts });
  }
  return parts;
}

/** What two enterprises say differently, and what hangs on each of them. @throws NOT_FOUND */
export async function mergeSides(ctx: Context, { id, otherId }: { id: string; otherId: string }): Promise<MergeSides> {
  const { read } = ctx.store;
  const rows = [await read.get(enterprise, id), await read.get(enterprise, otherId)];
  const [one, other] = rows as [Row | null, Row | null];
  if (!one || !other) throw notFound('企业');
  const metas = new Map(fieldsOf(enterprise).map(({ name, meta }) => [name, meta]));
  const texts = [...Object.values(one), ...Object.values(other)].filter((value) => typeof value === 'string');
  const names = await namesOf(read, texts);
  const say = (row: Row, fields: readonly string[]): string =>
    fields
      .map((field) => valueText(metas.get(field)!, row[field], { name: (known) => names.get(known) ?? known }))
      .filter((text) => text !== '')
      .join('　');
  const sides = [one, other].map((row) => ({
    id: String(row.id),
    name: String(row.name),
    internalCode: String(row.internalCode),
    createdAt: String(row.createdAt),
  }));
  const choices = mergeChoices(enterprise, one, other).map(({ name, fields }) => {
    const shown = fields.filter((field) => one[field] !== other[field] && !field.endsWith('Precision'));
    const label = shown.map((field) => metas.get(field)?.label ?? field).join('、');
    return { name, label, texts: [say(one, shown), say(other, shown)] as [string, string] };
  });
  return { sides: sides as MergeSides['sides'], choices, parts: await partsOf(read, [id, otherId]) };
}
