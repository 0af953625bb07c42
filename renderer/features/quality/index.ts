// Data quality: the checks, what they find, and what is done about it.
import type { RouteRecordRaw } from 'vue-router';

export const routes: RouteRecordRaw[] = [
  { path: '/quality', component: () => import('./QualityPage.vue') },
  { path: '/quality/:check', component: () => import('./QualityPage.vue'), props: true },
];
