// Trainings: the list and the page.
import type { RouteRecordRaw } from 'vue-router';

export const routes: RouteRecordRaw[] = [
  { path: '/training', component: () => import('./TrainingList.vue') },
  { path: '/training/:id', component: () => import('./TrainingPage.vue') },
];
