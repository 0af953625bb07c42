// Knowledge: laws with their articles, checklists.
import type { RouteRecordRaw } from 'vue-router';

export const routes: RouteRecordRaw[] = [
  { path: '/knowledge', redirect: '/knowledge/laws' },
  { path: '/knowledge/laws/:lawId?', component: () => import('./LawsPage.vue'), props: true },
  { path: '/knowledge/checklists/:checklistId?', component: () => import('./ChecklistsPage.vue'), props: true },
];
