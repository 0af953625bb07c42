// Settings: office, people, areas, project, the workspace folder, backup, history of actions, about.
import type { RouteRecordRaw } from 'vue-router';

export const routes: RouteRecordRaw[] = [
  { path: '/settings', redirect: '/settings/office' },
  { path: '/settings/backup', redirect: '/backup' },
  { path: '/settings/:part', component: () => import('./SettingsPage.vue'), props: true },
  { path: '/history', redirect: '/settings/history' },
];
