// Editions of catalogues with their entries, and rules of exemption, as what is derived from them needs them.
import { catalogue, catalogueEntry, exemptionRule } from '../../domain/catalogues/entities.ts';
import type { RuleFacts } from '../../domain/catalogues/exempted.ts';
import type { EntryFacts } from '../../domain/catalogues/classify.ts';
import type { Reader } from '../../db/index.ts';

/** An edition with its entries, and the one before it. */
export interface LoadedCatalogue {
  readonly id: string;
  readonly name: string;
  readonly subject: string;
  /** The edition of the same subject that was in force before it; null for the first. */
  readonly before: string | null;
  readonly entries: readonly EntryFacts[];
}

/** All editions, the oldest first. */
export async function cataloguesOf(read: Reader): Promise<LoadedCatalogue[]> {
  const editions = (await read.find(catalogue, { deletedAt: null })).toSorted((a, b) =>
    a.validFrom === b.validFrom ? (a.id < b.id ? -1 : 1) : a.validFrom < b.validFrom ? -1 : 1,
  );
  const entries = await read.find(catalogueEntry, { deletedAt: null });
  return editions.map(({ id, name, subject }, at) => ({
    id,
    name,
    subject,
    before: editions.slice(0, at).findLast((other) => other.subject === subject)?.id ?? null,
    entries: entries.filter((entry) => entry.catalogueId === id).toSorted((a, b) => (a.id < b.id ? -1 : 1)),
  }));
}

/** All rules of exemption. */
export const rulesOf = (read: Reader): Promise<RuleFacts[]> => read.find(exemptionRule, { deletedAt: null });
