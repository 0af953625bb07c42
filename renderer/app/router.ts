// All pages of the window. Without an open workspace there is only the first-start page.
import { createRouter, createWebHashHistory } from 'vue-router';
import { routes as backup } from '../features/backup/index.ts';
import { routes as firstStart } from '../features/first-start/index.ts';
import { routes as handoff } from '../features/handoff/index.ts';
import { routes as history } from '../features/history/index.ts';
import { routes as knowledge } from '../features/knowledge/index.ts';
import { routes as quality } from '../features/quality/index.ts';
import { routes as registers } from '../features/registers/index.ts';
import { routes as reports } from '../features/reports/index.ts';
import { routes as statistics } from '../features/statistics/index.ts';
import { routes as today } from '../features/today/index.ts';
import { routes as workspace } from '../features/workspace/index.ts';
import { recordRoutes } from './record-routes.ts';
import { useSession } from '../desk/session.ts';

export const router = createRouter({
  history: createWebHashHistory(),
  routes: [
    { path: '/', redirect: '/today' },
    ...firstStart,
    ...today,
    ...registers,
    ...quality,
    ...statistics,
    ...reports,
    ...knowledge,
    ...handoff,
    ...backup,
    ...workspace,
    ...history,
    ...recordRoutes,
    { path: '/:rest(.*)*', redirect: '/today' },
  ],
});

router.beforeEach((to) => {
  const isOpen = useSession().isOpen;
  if (!isOpen && to.path !== '/start') return '/start';
  if (isOpen && to.path === '/start') return '/today';
  return true;
});
