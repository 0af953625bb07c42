// What the list of each kind shows now: conditions, order, view. Kept while one looks at a record and comes back, and known to the
// record's page, so that it can step to the next one.
import { shallowReactive } from 'vue';
import type { Router } from 'vue-router';
import { isField, isText, type Filter } from '../../domain/dictionary/filter.ts';
import { listedKind, listOf, printFilter } from '../../domain/lists.ts';

/** Order of a list. */
export interface SortBy {
  field: string;
  descending: boolean;
}

/** The list of a kind as it is now. */
export interface ListState {
  /** Conditions that the address carries. */
  filter: Filter;
  /** Conditions of the page itself (its period), which stay while views change. */
  scope: Filter;
  sort: SortBy | null;
  /** View that was chosen last; empty for conditions from elsewhere. */
  viewId: string;
  total: number;
  all: number;
  cursor: number;
}

const states = new Map<string, ListState>();

/** The list of a kind; at first its initial view. */
export function listStateOf(kind: string): ListState {
  let state = states.get(kind);
  if (!state) {
    const { views, initial } = listOf(kind);
    const view = views.find((one) => one.id === initial);
    state = shallowReactive<ListState>({
      filter: view?.filter ?? [],
      scope: [],
      sort: view?.sort ?? null,
      viewId: initial,
      total: 0,
      all: 0,
      cursor: 0,
    });
    states.set(kind, state);
  }
  return state;
}

/** All conditions of a list. */
export const wholeFilter = (state: ListState): Filter => [...state.filter, ...state.scope];

/** Rows in the bin. */
export const BIN: Filter = [{ field: 'deletedAt', op: 'filled' }];
export const isBin = (filter: Filter): boolean =>
  filter.some((c) => isField(c) && c.field === 'deletedAt' && c.op === 'filled');

/** What is typed into the box, and a filter with another such text. */
export const textOf = (filter: Filter): string => filter.find(isText)?.text ?? '';
export const withText = (filter: Filter, text: string): Filter => [
  ...filter.filter((c) => !isText(c)),
  ...(text.trim() ? [{ text: text.trim() }] : []),
];

/** Only these rows. */
export const rowsOf = (ids: readonly string[]): Filter => [{ field: 'id', op: 'in', value: ids }];

/** Address of the list of a kind. */
export function listPath(kind: string): string {
  const { page } = listedKind(kind).facets;
  return page && 'route' in page ? page.route : `/records/${kind}`;
}

/** Order as an address carries it: `-deadline`. */
export const sortText = (sort: SortBy | null): string => (sort ? `${sort.descending ? '-' : ''}${sort.field}` : '');
export const sortOf = (text: string): SortBy | null =>
  text === '' ? null : { field: text.replace(/^-/, ''), descending: text.startsWith('-') };

/** Address of the list of a kind with these conditions. */
export const listLink = (kind: string, filter: Filter): string =>
  `${listPath(kind)}?filter=${encodeURIComponent(printFilter(kind, filter))}`;

/** Longer filters (thousands of ids) go by hand instead of by address. */
export const MOST_IN_ADDRESS = 20_000;

/** Puts conditions into the list of a kind: no view is meant by them. */
export function setList(kind: string, filter: Filter, sort: SortBy | null = null): void {
  Object.assign(listStateOf(kind), { filter, sort, viewId: '', scope: [], cursor: 0 });
}

/** Shows the list of a kind with these conditions. */
export async function openList(router: Router, kind: string, filter: Filter): Promise<void> {
  const link = listLink(kind, filter);
  if (link.length <= MOST_IN_ADDRESS) {
    await router.push(link);
    return;
  }
  setList(kind, filter);
  await router.push(listPath(kind));
}
