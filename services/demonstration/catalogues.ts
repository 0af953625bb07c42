// Editions of catalogues and rules of exemption, made up and said to be; and the total amounts of some projects.
import { catalogue, catalogueEntry, exemptionRule } from '../../domain/catalogues/entities.ts';
import { eiaProject, eiaTotal } from '../../domain/formalities/entities.ts';
import { tableOf, type Writer } from '../../db/index.ts';
import type { Recipe } from './recipe.ts';

/** Every so many projects tell what they add. */
const EVERY = 9;
const AMOUNTS = [
  ['挥发性有机物', ['0.06', '0.42', '0.09', '1.2']],
  ['化学需氧量', ['0.05', '0.3', '0.08', '0.11']],
] as const;

async function writeTotals(tx: Writer): Promise<void> {
  const projects = await tx.read.sql<{ id: string }>(
    `SELECT id FROM "${tableOf(eiaProject)}" WHERE deleted_at IS NULL ORDER BY id`,
  );
  for (const [at, { id }] of projects.entries()) {
    if (at % EVERY !== 0) continue;
    for (const [pollutant, amounts] of AMOUNTS)
      await tx.insert(eiaTotal, {
        eiaProjectId: id,
        pollutant,
        amount: amounts[(at / EVERY) % amounts.length] ?? null,
      });
  }
}

/** Writes what the recipe says of catalogues and rules. */
export async function writeCatalogues(tx: Writer, recipe: Recipe): Promise<void> {
  for (const { values, entries } of recipe.catalogues) {
    const { id } = await tx.insert(catalogue, values as never);
    for (const entry of entries)
      await tx.insert(catalogueEntry, { ...entry, catalogueId: id, subject: values.subject } as never);
  }
  for (const rule of recipe.exemptionRules) await tx.insert(exemptionRule, rule as never);
  await writeTotals(tx);
}
