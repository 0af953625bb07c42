// Today: what has to be done.
import type { RouteRecordRaw } from 'vue-router';

export const routes: RouteRecordRaw[] = [{ path: '/today', component: () => import('./TodayPage.vue') }];
