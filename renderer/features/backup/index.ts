// Backups: the page, and the dialog that restores one (also at first start).
import type { RouteRecordRaw } from 'vue-router';

export const routes: RouteRecordRaw[] = [{ path: '/backup', component: () => import('./BackupPage.vue') }];

export { default as RestoreDialog } from './RestoreDialog.vue';
