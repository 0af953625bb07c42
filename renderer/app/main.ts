// Start of the window: state, pages, keyboard; the first page waits until the back end has said what is open.
import { createPinia } from 'pinia';
import { createApp } from 'vue';
import '../styles/tokens.css';
import 'element-plus/theme-chalk/base.css';
import '../styles/tokens-over.css';
import '../styles/base.css';
import { localDay } from '../../domain/values/clock.ts';
import App from './App.vue';
import { watchDay } from './day-watch.ts';
import { listenToKeys } from './keys.ts';
import { notifyError } from './notify.ts';
import { router } from './router.ts';
import { useSession } from './session.ts';

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
await useSession().refresh();
watchDay(() => void useSession().lookAtDay(), { page: document, window, day: localDay });
app.use(router);
await router.isReady();
app.mount('#app');
