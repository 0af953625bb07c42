// Records of any kind for the demonstration town, from the recipe alone: a kind needs lines of data here, no code.
import { fieldsOf } from '../../domain/dictionary/entity.ts';
import { entityNamed } from '../../domain/entities.ts';
import { addDays } from '../../domain/values/day.ts';
import { naturalId, type Writer } from '../../db/index.ts';
import type { DemoEnterprise } from './enterprises.ts';
import type { Dice } from './random.ts';
import type { FileRecipe, PartRecipe, RecordRecipe, RecordValues } from './recipe.ts';
import type { Town } from './territory.ts';

interface Making {
  tx: Writer;
  dice: Dice;
  town: Town;
  today: string;
}

type Row = Record<string, unknown>;

/** One value. */
function valueOf({ dice, town, today }: Making, made: RecordValues[string], row: Row, of: DemoEnterprise): unknown {
  if (made === null || typeof made !== 'object') return made;
  if ('of' in made) return of[made.of];
  if ('content' in made) return naturalId(entityNamed(made.content[0]), made.content[1]);
  if ('pick' in made) return dice.pick(made.pick);
  if ('between' in made) return dice.int(...made.between);
  if ('number' in made)
    return made.number[0] + String(dice.int(0, 10 ** made.number[1] - 1)).padStart(made.number[1], '0');
  if ('one' in made) return dice.pick(made.one === 'inspector' ? town.inspectors : town.villages).id;
  return 'daysAgo' in made
    ? addDays(today, -dice.int(...made.daysAgo))
    : addDays(String(row[made.daysAfter[0]]), dice.int(made.daysAfter[1], made.daysAfter[2]));
}

/** Writes one row. */
async function writeRow(
  m: Making,
  kind: string,
  own: Row,
  values: RecordValues,
  enterprise: DemoEnterprise,
): Promise<Row & { id: string }> {
  const entity = entityNamed(kind);
  const row: Row = { ...own };
  for (const [field, made] of Object.entries(values)) row[field] ??= valueOf(m, made, row, enterprise);
  for (const { name, meta } of fieldsOf(entity)) if (meta.numbered) row[name] = await m.tx.nextNumber(kind, m.today);
  return { ...row, id: ((await m.tx.insert(entity, row as never)) as { id: string }).id };
}

/** Writes the rows that hang on a record, each with those that hang on it. */
async function writeParts(m: Making, part: PartRecipe, owner: string, enterprise: DemoEnterprise): Promise<void> {
  const own = { ...('enterpriseId' in entityNamed(part.of).fields && { enterpriseId: enterprise.id }) };
  for (const values of part.rows ?? [{}]) {
    const given = { ...own, ...(part.by && { [part.by]: owner }) };
    const row = await writeRow(m, part.of, given, { ...part.values, ...values }, enterprise);
    for (const inner of part.parts ?? []) await writeParts(m, inner, row.id, enterprise);
  }
}

/** Writes a record with its parts; `own`: values that are given already. */
async function writeRecord(m: Making, recipe: RecordRecipe, enterprise: DemoEnterprise, own: Row): Promise<Row> {
  const weights = Object.fromEntries((recipe.variants ?? []).map((v, n) => [String(n), v.weight]));
  const variant = recipe.variants?.[Number(m.dice.weighted(weights))];
  const scenes = recipe.scenes?.[enterprise.kind];
  const values = { ...(scenes && m.dice.pick(scenes)), ...recipe.values, ...variant?.values };
  const row = await writeRow(m, recipe.of, { enterpriseId: enterprise.id, ...own }, values, enterprise);
  for (const part of recipe.parts ?? []) await writeParts(m, part, row.id, enterprise);
  return row;
}

/** Writes what the recipe says of records. */
export async function writeRecords(
  m: Making,
  recipes: readonly RecordRecipe[],
  enterprises: readonly DemoEnterprise[],
): Promise<void> {
  for (const recipe of recipes) {
    for (const enterprise of enterprises.filter((e) => recipe.objectKinds.includes(e.kind))) {
      if (!m.dice.chance(recipe.share)) continue;
      const row = await writeRecord(m, recipe, enterprise, {});
      const { again } = recipe;
      if (again && m.dice.chance(again.share))
        await writeRecord(m, recipe, enterprise, Object.fromEntries(again.same.map((field) => [field, row[field]])));
      await m.tx.breathe();
    }
  }
}

/** Writes what the recipe says of files that were filled from paper. */
export async function writeFiles(
  m: Making,
  files: readonly FileRecipe[],
  enterprises: readonly DemoEnterprise[],
): Promise<void> {
  for (const { objectKinds, share, records } of files) {
    for (const enterprise of enterprises.filter((e) => objectKinds.includes(e.kind))) {
      if (!m.dice.chance(share)) continue;
      for (const part of records) await writeParts(m, part, enterprise.id, enterprise);
      await m.tx.breathe();
    }
  }
}
