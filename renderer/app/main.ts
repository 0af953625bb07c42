// Start of the window: state, pages, keyboard; the first page waits until the back end has said what is open.
import { createPinia } from 'pinia';
import { createApp } from 'vue';
import '../styles/tokens.css';
import 'element-plus/theme-chalk/base.css';
import '../styles/tokens-over.css';
import '../styles/base.css';
import { localDay } from '../../domain/values/clock.ts';
import App from './App.vue';
import { api } from '../desk/client.ts';
import { watchDay } from '../desk/day-watch.ts';
import { listenToKeys } from '../desk/keys.ts';
import { listenToPasting } from '../desk/pasting.ts';
import { notifyError } from '../desk/notify.ts';
import { watchOthers } from '../desk/other-windows.ts';
import { router } from './router.ts';
import { useSession } from '../desk/session.ts';

const app = createApp(App);
app.use(createPinia());
app.config.errorHandler = (error) => notifyError(error);
window.addEventListener('unhandledrejection', (event) => {
  event.preventDefault();
  notifyError(event.reason);
});
// A file dropped beside its place must not make the window navigate away.
for (const kind of ['dragover', 'drop'] as const) window.addEventListener(kind, (event) => event.preventDefault());
listenToKeys();
listenToPasting();
const session = useSession();
await session.refresh();
session.begin();
watchDay(() => void session.look(), { page: document, window, day: localDay });
watchOthers({
  ask: (seen, signal) => api.workspace.changes(seen, { signal }),
  heard: session.fetchedAt,
  onWritten: session.bumpTo,
  onNoted: () => void session.look(),
  page: document,
  wait: (milliseconds) => new Promise((resolve) => window.setTimeout(resolve, milliseconds)),
});
app.use(router);
await router.isReady();
app.mount('#app');
