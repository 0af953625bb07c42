// Inspection rounds: the list and the board of who visits what.
import type { RouteRecordRaw } from 'vue-router';

export const routes: RouteRecordRaw[] = [
  { path: '/rounds', component: () => import('./RoundList.vue') },
  { path: '/rounds/:id', component: () => import('./RoundBoard.vue') },
];

export { handOverEnterprises } from './chosen-enterprises.ts';
