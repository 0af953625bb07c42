// Lists and filters over the whole dictionary: derived from the kinds, for services, window and command line alike.
import { defaultList } from './dictionary/default-list.ts';
import type { EntityDefinition } from './dictionary/entity.ts';
import type { Filter, NamedCondition } from './dictionary/filter.ts';
import { filterProblem } from './dictionary/filter-check.ts';
import { parseFilter as parse, printFilter as print } from './dictionary/filter-text.ts';
import {
  filterLine as line,
  filterWords as words,
  mentionedIds as mentioned,
  type ConditionWords,
} from './dictionary/filter-words.ts';
import type { ListColumn, ListDefinition } from './dictionary/list.ts';
import { isPathColumn } from './dictionary/list.ts';
import type { FieldMeta } from './dictionary/field.ts';
import {
  childrenOf,
  filterFields,
  metaOfColumn,
  resolvePath,
  type Dictionary,
  type PathEnd,
} from './dictionary/path.ts';
import { ENTITIES } from './entities.ts';
import { LOGGED_KINDS } from './handoff/packages.ts';

const lists = new Map<string, ListDefinition>();

const kinds = new Map([...ENTITIES, ...LOGGED_KINDS].map((e): [string, EntityDefinition] => [e.name, e]));

/** The dictionary as filters and lists see it: every kind of record, and what is listed of logs. */
export const DICTIONARY: Dictionary = {
  entities: [...kinds.values()],
  find: (name) => kinds.get(name),
  listOf: (entity) => {
    const known = entity.list ?? lists.get(entity.name);
    if (known) return known;
    const made = defaultList(entity);
    lists.set(entity.name, made);
    return made;
  },
};

/** Every kind can be listed. */
export const LIST_KINDS: readonly string[] = [...kinds.keys()];

/** The kind of that name among those that can be listed. @throws on an unknown name */
export function listedKind(kind: string): EntityDefinition {
  const found = kinds.get(kind);
  if (!found) throw new Error(`no kind named ${kind} can be listed`);
  return found;
}

/** The list of a kind, its own or the one that follows from its fields. @throws on an unknown kind */
export const listOf = (kind: string): ListDefinition => DICTIONARY.listOf(listedKind(kind));

/** All named conditions, by kind. */
export const CONDITIONS: readonly NamedCondition[] = ENTITIES.flatMap((e) => e.conditions);

/** The sentence that says what in a filter does not fit its kind, or null. */
export const filterFault = (kind: string, filter: Filter): string | null =>
  filterProblem(DICTIONARY, listedKind(kind), filter);

/** Reads a filter from an address or the command line. @throws FilterTextError with a Chinese sentence */
export const parseFilter = (kind: string, text: string): Filter => parse(DICTIONARY, listedKind(kind), text);

/** Writes a filter as `parseFilter` reads it. */
export const printFilter = (kind: string, filter: Filter): string => print(DICTIONARY, listedKind(kind), filter);

/** What chips say of a filter; `nameOf` names the rows it mentions. */
export const filterWords = (
  kind: string,
  filter: Filter,
  nameOf: (id: string) => string | undefined,
): ConditionWords[] => words(DICTIONARY, listedKind(kind), filter, nameOf);

/** A whole filter in one line. */
export const filterLine = (kind: string, filter: Filter, nameOf: (id: string) => string | undefined): string =>
  line(DICTIONARY, listedKind(kind), filter, nameOf);

/** Ids of rows that a filter mentions. */
export const mentionedIds = (kind: string, filter: Filter): string[] => mentioned(DICTIONARY, listedKind(kind), filter);

/** Where a path of a kind leads: a field, or a column of its list; null where nowhere. */
export const pathEnd = (kind: string, path: string): PathEnd | null => resolvePath(DICTIONARY, listedKind(kind), path);

/** Everything a kind can be filtered by: its own fields, its named conditions, the kinds that refer to it. */
export function filterables(kind: string): {
  fields: { name: string; meta: FieldMeta }[];
  conditions: readonly NamedCondition[];
  children: { entity: EntityDefinition; field: string }[];
} {
  const entity = listedKind(kind);
  return { fields: filterFields(entity), conditions: entity.conditions, children: childrenOf(DICTIONARY, entity) };
}

/** A column as the window draws it and a sheet prints it. */
export interface ShownColumn {
  readonly key: string;
  readonly label: string;
  readonly meta: FieldMeta;
  readonly sortable: boolean;
  readonly column: ListColumn;
}

/** A column of the list of a kind, or any path of it as a column; null where there is neither. */
export function shownColumn(kind: string, key: string): ShownColumn | null {
  const entity = listedKind(kind);
  const column = listOf(kind).columns.find((c) => c.key === key) ?? { key, path: key };
  if (!isPathColumn(column))
    return {
      key,
      label: column.label,
      meta: metaOfColumn(DICTIONARY, entity, column),
      sortable: column.sortable !== false,
      column,
    };
  const end = pathEnd(kind, column.path);
  return end && { key, label: column.label ?? end.label, meta: end.meta, sortable: column.sortable !== false, column };
}

/** All columns of the list of a kind. */
export const shownColumns = (kind: string): ShownColumn[] =>
  listOf(kind)
    .columns.map((c) => shownColumn(kind, c.key))
    .filter((c): c is ShownColumn => c !== null);
