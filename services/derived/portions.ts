// Derived values of many rows are found a portion at a time, so that whoever waits for a read gets it in between.
import { snake, type EntityDefinition } from '../../domain/dictionary/entity.ts';
import { inList, listParameter, tableOf, type Writer } from '../../db/index.ts';

/** Rows asked for at once. */
const PORTION = 100;

/** Ids in portions; breathes after each. */
export async function* portionsOf(tx: Writer, ids: Iterable<string>): AsyncGenerator<string[]> {
  const all = [...ids];
  for (let at = 0; at < all.length; at += PORTION) {
    yield all.slice(at, at + PORTION);
    await tx.breathe();
  }
}

/** Adds the ids of the rows that these rows name in a field. */
export async function addOwners(
  tx: Writer,
  owners: Set<string>,
  entity: EntityDefinition,
  field: string,
  ids: Iterable<string>,
): Promise<void> {
  const owner = snake(field);
  for await (const part of portionsOf(tx, ids)) {
    const rows = await tx.read.sql<{ id: string }>(
      `SELECT DISTINCT "${owner}" AS id FROM "${tableOf(entity)}" WHERE ${inList('id')}`,
      [listParameter(part)],
    );
    for (const { id } of rows) owners.add(id);
  }
}
