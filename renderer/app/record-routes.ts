// Pages of the kinds of record, found by their names: `FindingListPage.vue` and `FindingPage.vue` in the folder of the feature,
// else the general list and the general page.
import type { NavigationGuardWithThis, RouteRecordRaw } from 'vue-router';
import { ENTITIES } from '../../domain/entities.ts';
import { LIST_KINDS } from '../../domain/lists.ts';
import RecordListPage from '../components/list/RecordListPage.vue';

type Load = () => Promise<{ default: object }>;

const pages = import.meta.glob<{ default: object }>('../features/*/*Page.vue');
const byName = new Map<string, Load>(
  Object.entries(pages).map(([path, load]) => [path.split('/').at(-1) ?? '', load as Load]),
);
const general: Load = () => import('../features/records/RecordPage.vue');

const isKnown: NavigationGuardWithThis<undefined> = (to) =>
  LIST_KINDS.includes(String(to.params['kind'])) ? true : '/today';

/** Addresses of all kinds that have a page of their own, and `/records/<kind>` for any other. */
export const recordRoutes: RouteRecordRaw[] = [
  ...ENTITIES.flatMap(({ name, facets }): RouteRecordRaw[] => {
    const { page } = facets;
    if (!page || !('route' in page)) return [];
    const pascal = name.charAt(0).toUpperCase() + name.slice(1);
    const [list, one] = [byName.get(`${pascal}ListPage.vue`), byName.get(`${pascal}Page.vue`)];
    return [
      list
        ? { path: page.route, component: list }
        : { path: page.route, component: RecordListPage, props: { kind: name } },
      {
        path: `${page.route}/:id`,
        component: one ?? general,
        props: (route) => ({ id: String(route.params['id']), ...(!one && { kind: name }) }),
      },
    ];
  }),
  { path: '/records/:kind', component: RecordListPage, props: true, beforeEnter: isKnown },
  { path: '/records/:kind/:id', component: general, props: true, beforeEnter: isKnown },
];
