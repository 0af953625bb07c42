// Periodic reports: options, checks, text with numbers that can be asked, Word, archive.
import type { RouteRecordRaw } from 'vue-router';

export const routes: RouteRecordRaw[] = [{ path: '/reports', component: () => import('./ReportPage.vue') }];
