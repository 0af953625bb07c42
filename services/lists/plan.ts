// What a list asks of the store: which rows, in which order.
import type { Filter } from '../../domain/dictionary/filter.ts';
import { isPathColumn, type ListDefinition, type Order } from '../../domain/dictionary/list.ts';
import { DICTIONARY, listedKind, pathEnd } from '../../domain/lists.ts';
import { named, tableOf } from '../../db/index.ts';
import type { Asked } from '../conditions/index.ts';
import { refused } from '../errors.ts';
import { compilation, isGathered, type Term } from './compile.ts';
import type { Counted } from './counts.ts';
import { compileRows, kindsOfRow } from './live.ts';

export interface SortBy {
  readonly field: string;
  readonly descending: boolean;
}

/** What is listed, in which order. */
export interface Chosen {
  readonly kind: string;
  readonly filter: Filter;
  readonly sort: SortBy | null;
  /** An order of the asker's own, in place of `sort`. */
  readonly order?: Order;
}

/** Alias of the listed table. */
export const ROW = 'x';

const turned = (order: Order, descending: boolean): Order =>
  descending ? order.map((term) => (term.startsWith('-') ? term.slice(1) : `-${term}`)) : order;

/** Order of a list: by the column asked for, else its own; the id decides between equals. @throws REFUSED for a column that is not there */
function orderOf(list: ListDefinition, sort: SortBy | null): Order {
  if (!sort) return list.order;
  const column = list.columns.find((c) => c.key === sort.field);
  if (!column && !pathEnd(list.of, sort.field)) throw refused(`不能按“${sort.field}”排序`);
  const own = column?.sort ?? [column && isPathColumn(column) ? column.path : sort.field];
  return [...turned(own, sort.descending), 'id'];
}

/** The rows of a choice, and their order. */
export interface Plan extends Counted {
  readonly kind: string;
  readonly order: Order;
  readonly terms: readonly Term[];
  /** The rows are found by what is gathered first: to look for a page among the first rows of the list would gather it twice. */
  readonly gathered: boolean;
}

/** Compiles a choice. @throws REFUSED for an order that the kind does not have */
export function planOf({ kind, filter, sort, order }: Chosen, asked: Asked): Plan {
  const entity = listedKind(kind);
  const chosen = order ?? orderOf(DICTIONARY.listOf(entity), sort);
  return {
    kind,
    from: `${named(tableOf(entity))} ${ROW}`,
    where: compileRows(kind, filter, { ...asked, alias: ROW }),
    of: filter.length === 0 ? kindsOfRow(kind) : null,
    order: chosen,
    gathered: isGathered(entity, filter),
    terms: compilation(asked).order(entity, ROW, chosen),
  };
}
