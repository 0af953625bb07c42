// What the enterprise list shows now: conditions, order, saved views. Kept while one looks at an enterprise and comes back.
import { reactive, ref, watch } from 'vue';
import type { EnterpriseFilter } from '../../../contract/enterprises.ts';
import type { SortBy } from '../../components/row-pages.ts';

/** A view of the list with a name. */
export interface SavedView { id: string; name: string; filter: EnterpriseFilter; sort: SortBy | null; columns: string[] | null; names: Record<string, string> }

/** Views that everybody has. */
export const STANDARD_VIEWS: readonly SavedView[] = [
  { id: 'all', name: '全部', filter: {}, sort: null, columns: null, names: {} },
  { id: 'open', name: '有未销号问题', filter: { withOpenFindings: true }, sort: { field: 'openFindings', descending: true }, columns: null, names: {} },
  { id: 'permit', name: '许可 90 天内到期', filter: { permitExpiringDays: 90 }, sort: { field: 'permitValidTo', descending: false }, columns: null, names: {} },
  { id: 'duplicate', name: '疑似重复', filter: { suspectedDuplicate: true }, sort: { field: 'name', descending: false }, columns: null, names: {} },
];

const VIEWS = 'sd.enterprise.views';

function storedViews(): SavedView[] {
  try {
    const stored = JSON.parse(localStorage.getItem(VIEWS) ?? '[]') as SavedView[];
    return Array.isArray(stored) ? stored.filter((view) => typeof view.name === 'string' && typeof view.filter === 'object') : [];
  } catch {
    return [];
  }
}

/** The list as it is now. */
export const listState = reactive({
  filter: {} as EnterpriseFilter,
  sort: null as SortBy | null,
  viewId: 'all',
  /** Names of areas, people and rounds that the conditions mention. */
  names: {} as Record<string, string>,
  total: 0,
  all: 0,
  cursor: 0,
});

/** Views that this user made, on this computer. */
export const ownViews = ref<SavedView[]>(storedViews());
watch(ownViews, (views) => localStorage.setItem(VIEWS, JSON.stringify(views)), { deep: true });

/** All views in the order of the tabs. */
export const allViews = (): SavedView[] => [...STANDARD_VIEWS, ...ownViews.value];

/** Shows a view; returns its columns. */
export function showView(view: SavedView): string[] | null {
  listState.filter = structuredClone(JSON.parse(JSON.stringify(view.filter)) as EnterpriseFilter);
  listState.sort = view.sort ? { ...view.sort } : null;
  listState.names = { ...listState.names, ...view.names };
  listState.viewId = view.id;
  listState.cursor = 0;
  return view.columns;
}

/** Whether the conditions or the order differ from the view's. */
export function isChanged(): boolean {
  const view = allViews().find((other) => other.id === listState.viewId);
  return !view || JSON.stringify([view.filter, view.sort]) !== JSON.stringify([listState.filter, listState.sort]);
}
