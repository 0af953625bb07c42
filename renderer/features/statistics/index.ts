// Figures: the dashboard, and the list behind a number for other screens.
import { defineAsyncComponent } from 'vue';
import type { RouteRecordRaw } from 'vue-router';

export const routes: RouteRecordRaw[] = [{ path: '/statistics', component: () => import('./StatisticsPage.vue') }];

/** The rows behind a number. */
export const BehindList = defineAsyncComponent(() => import('./BehindList.vue'));
