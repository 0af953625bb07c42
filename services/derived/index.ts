// Keeps derived columns and the search index true: runs inside every action, just before it commits.
import { fieldsOf, type EntityDefinition } from '../../domain/dictionary/entity.ts';
import { ENTITIES } from '../../domain/entities.ts';
import type { Derivations, Touched, Writer } from '../../db/index.ts';
import { settleCatalogues } from './catalogues.ts';
import { settleCompleteness } from './completeness.ts';
import { settleDuties } from './duties.ts';
import { settleEarlier } from './earlier.ts';
import { settleFindings } from './findings.ts';
import { settleRepeats } from './repeats.ts';
import { settleSearch } from './search.ts';
import { pinyinOf } from './spelling.ts';

export { completenessOf } from './completeness.ts';
export { derivedIsFresh, refreshDerived } from './refresh.ts';
export { repeatDays, resembled, sightedOf, type Resemblance, type Sighted } from './repeats.ts';
export { stepsOf } from './findings.ts';
export { initialsOf, pinyinOf } from './spelling.ts';

async function settle(tx: Writer, touched: Touched): Promise<void> {
  await settleFindings(tx, touched);
  await settleEarlier(tx, touched);
  await settleRepeats(tx, touched);
  await settleCompleteness(tx, touched);
  await settleDuties(tx, touched);
  await settleCatalogues(tx, touched);
  await settleSearch(tx, touched);
}

/** What a row's own values decide: by the rule of its kind, and Chinese spelled out. */
function ownOf(entity: EntityDefinition): ((row: Record<string, unknown>) => Record<string, unknown>) | null {
  const spelled = fieldsOf(entity).filter((f) => f.meta.spells);
  if (!entity.derive && spelled.length === 0) return null;
  return (row) => ({
    ...entity.derive?.(row),
    ...Object.fromEntries(
      spelled.map(({ name, meta }) => [name, pinyinOf(String(row[meta.spells as string])).slice(0, meta.max)]),
    ),
  });
}

const OWN = ENTITIES.flatMap((entity) => {
  const own = ownOf(entity);
  return own ? [[entity.name, own] as const] : [];
});

/** The derivations of this product, given to the store when it opens. */
export const DERIVATIONS: Derivations = { own: Object.fromEntries(OWN), settle };
