// Records of ledgers that may be nobody's: a complaint is kept though its caller does not say whom it is about.
import { snake } from '../../../domain/dictionary/entity.ts';
import { metaOf } from '../../../domain/dictionary/field.ts';
import { emptyState, rowsOf, type EnterpriseState } from '../../../domain/registers/enterprise-state.ts';
import { registerKind, type RegisterKind } from '../../../domain/registers/kinds.ts';
import { nameComparisonKey } from '../../../domain/values/name-key.ts';
import { holds, inList, tableOf, type Reader } from '../../../db/index.ts';
import { decoder, inBatches, type Pause } from '../states.ts';

/** May a record of the kind be without an enterprise? */
export const isLoose = ({ entity, parent, within }: RegisterKind): boolean => {
  const field = entity.fields[parent];
  return within === null && field !== undefined && metaOf(field).required !== 'F';
};

/** The kind of that name where its records may be nobody's. */
export function looseKind(name: string | null): RegisterKind | null {
  const kind = name === null ? null : registerKind(name);
  return kind && isLoose(kind) ? kind : null;
}

/** Records on file that carry one of these numbers, whoever they are about. */
export async function loadLoose(
  read: Reader,
  kind: RegisterKind,
  numbers: readonly string[],
  pause: Pause,
): Promise<EnterpriseState> {
  const state = emptyState({});
  const [field] = kind.facet.find;
  if (field === undefined) return state;
  const { select, decode } = decoder(kind.entity);
  const rows = await inBatches<Record<string, unknown>>(
    read,
    [...new Set(numbers)],
    `SELECT ${select} FROM "${tableOf(kind.entity)}" t WHERE t.deleted_at IS NULL AND ${inList(`t.${snake(field)}`)} ORDER BY t.id`,
    pause,
  );
  for (const row of rows) rowsOf(state, kind.entity.name).push({ id: row.id as string, values: decode(row) });
  return state;
}

/** Words in a short name that any enterprise may have. */
const SHORTEST = 4;
const MOST = 3;

/** Enterprises whose name holds a shortened one: proposed, never taken by themselves. */
export async function namesLike(read: Reader, name: string): Promise<string[]> {
  const key = nameComparisonKey(name);
  if ([...key].length < SHORTEST) return [];
  const rows = await read.sql<{ name: string }>(
    `SELECT e.name FROM enterprise e WHERE e.deleted_at IS NULL AND ${holds('e.name_key')} ORDER BY e.name LIMIT ${MOST}`,
    [key],
  );
  return rows.map((row) => row.name);
}
