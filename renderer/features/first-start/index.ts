// First start: who you are and how to begin.
import type { RouteRecordRaw } from 'vue-router';

export const routes: RouteRecordRaw[] = [
  { path: '/start', component: () => import('./FirstStartPage.vue'), meta: { bare: true } },
];
