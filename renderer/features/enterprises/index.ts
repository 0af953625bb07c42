// Enterprise files: the list and the page.
import type { RouteRecordRaw } from 'vue-router';

export const routes: RouteRecordRaw[] = [
  { path: '/enterprises', component: () => import('./EnterpriseListPage.vue') },
  { path: '/enterprises/:id', component: () => import('./EnterprisePage.vue'), props: true },
];

export { default as NewEnterprise } from './NewEnterprise.vue';
