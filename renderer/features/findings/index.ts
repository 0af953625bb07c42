// Findings and their closed loop: the list, the page, and the two dialogs that other screens need too.
import { defineAsyncComponent } from 'vue';
import type { RouteRecordRaw } from 'vue-router';

export const routes: RouteRecordRaw[] = [
  { path: '/findings', component: () => import('./FindingList.vue') },
  { path: '/findings/:id', component: () => import('./FindingPage.vue') },
];

/** Records a follow-up on one or many findings. */
export const FollowUpDialog = defineAsyncComponent(() => import('./FollowUpDialog.vue'));
/** Asks what an event of the state machine needs, and performs it. */
export const ActionDialog = defineAsyncComponent(() => import('./ActionDialog.vue'));
export { queryOf } from './filter-query.ts';
