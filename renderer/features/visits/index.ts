// Visits: the list and the three-pane screen of an inspection.
import type { RouteRecordRaw } from 'vue-router';

export const routes: RouteRecordRaw[] = [
  { path: '/visits', component: () => import('./VisitList.vue') },
  { path: '/visits/:id', component: () => import('./VisitPage.vue') },
];
