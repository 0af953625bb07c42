// Register import: the wizard and the list of imports.
import type { RouteRecordRaw } from 'vue-router';

export const routes: RouteRecordRaw[] = [
  { path: '/registers', component: () => import('./ImportPage.vue') },
  { path: '/registers/profiles', component: () => import('./ProfilesPage.vue') },
  { path: '/registers/runs', component: () => import('./RunsPage.vue') },
];

export { handOverFiles, REGISTER_FILES } from './import-files.ts';
