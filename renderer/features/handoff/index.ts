// Hand-off between offices: partners and packages, taking one in, conflicts.
import type { RouteRecordRaw } from 'vue-router';

export const routes: RouteRecordRaw[] = [
  { path: '/handoff', component: () => import('./HandoffPage.vue') },
  { path: '/handoff/received', component: () => import('./ReceivedPackageListPage.vue') },
  { path: '/handoff/sent', component: () => import('./SentPackageListPage.vue') },
  { path: '/handoff/take-in', component: () => import('./TakeInPage.vue') },
  { path: '/handoff/conflicts', component: () => import('./ConflictPage.vue') },
];

export { default as HandoffTabs } from './HandoffTabs.vue';
