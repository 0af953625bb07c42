// What a record of a ledger needs and its columns leave out: told by its own code, by words around the table, by other records.
import type { EntityDefinition } from '../../dictionary/entity.ts';
import { empty } from '../differences.ts';
import { rowsOf, type EnterpriseState } from '../enterprise-state.ts';
import { fieldOf, type RegisterKind } from '../kinds.ts';
import type { FieldValues } from '../row-content.ts';
import { targetOf } from '../targets.ts';
import { wordOf } from '../words.ts';

/** What stands around the rows of a table, and where it is read. */
export interface Around {
  /** Headings, sheet, title and file, the nearest first. */
  readonly words: readonly string[];
  /** The year that a title says for all rows, or null. */
  readonly year: number | null;
  readonly today: string;
  /** A new id for a record. */
  readonly newId: () => string;
}

/** A choice that words around the table make: the record's own texts first. */
function fromWords(
  entity: EntityDefinition,
  field: string,
  values: FieldValues,
  words: readonly string[],
): string | null {
  const target = targetOf(`${entity.name}.${field}`);
  if (!target) return null;
  const own = Object.values(values).filter((value): value is string => typeof value === 'string');
  for (const text of [...own, ...words]) {
    const found = wordOf(target, text);
    if (found) return found.id;
  }
  return null;
}

/** What other records of the enterprise lend a new one that says nothing of it itself: the limit of its outlet. */
function lent(entity: EntityDefinition, values: FieldValues, state: EnterpriseState): FieldValues {
  const taken: FieldValues = {};
  for (const { from, by, fields } of entity.borrows) {
    const silent = Object.keys(fields).every((own) => empty(values[own]));
    if (!silent || Object.values(by).some((own) => empty(values[own]))) continue;
    const lender = rowsOf(state, from).find((row) =>
      Object.entries(by).every(([there, own]) => row.values[there] === values[own]),
    );
    for (const [own, there] of Object.entries(fields)) {
      const value = lender?.values[there];
      if (!empty(value)) taken[own] = value as string;
    }
  }
  return taken;
}

/** The year that titles say: one, or several that are the same. */
export function yearIn(texts: readonly string[]): number | null {
  for (const text of texts) {
    const years = new Set([...text.matchAll(/(?<!\d)(20\d{2})(?=年)/gu)].map(([, year]) => Number(year)));
    const [only, ...others] = years;
    if (only !== undefined && others.length === 0) return only;
  }
  return null;
}

/** The values of a record with what it needs, as far as anything tells it. */
export function completed(kind: RegisterKind, said: FieldValues, state: EnterpriseState, around: Around): FieldValues {
  const { entity, facet } = kind;
  const values: FieldValues = { ...said };
  for (const { field, by, as } of facet.ledger?.told ?? []) {
    const text = String(values[by] ?? '');
    const told = as.find(([pattern]) => pattern.test(text))?.[1];
    if (empty(values[field]) && text !== '' && told !== undefined) values[field] = told;
  }
  const titled = facet.ledger?.titled;
  if (titled !== undefined && empty(values[titled]) && around.year !== null) values[titled] = around.year;
  for (const [field, text] of Object.entries(facet.otherwise ?? {}))
    if (empty(values[field]))
      values[field] = text
        .replace('{enterprise}', String(state.own.values.name ?? ''))
        .replace('{today}', around.today)
        .slice(0, fieldOf(entity, field)?.max ?? 200);
  for (const field of kind.needs) {
    if (!empty(values[field]) || fieldOf(entity, field)?.kind !== 'choice') continue;
    const told = fromWords(entity, field, values, around.words);
    if (told !== null) values[field] = told;
  }
  return { ...values, ...lent(entity, values, state) };
}
