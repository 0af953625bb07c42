// What no page may do here, whatever got into it: leave, open windows, embed, ask for devices, or reach the network.
import { app, type Session } from 'electron';
import { isAppUrl, mayRequest, mayUse } from './app-url.ts';

/** Locks every web contents of the application, also those that nobody meant to make. */
export function lockNavigation(): void {
  app.on('web-contents-created', (_event, contents) => {
    contents.on('will-navigate', (event) => {
      if (!isAppUrl(event.url)) event.preventDefault();
    });
    contents.on('will-redirect', (event) => {
      if (!isAppUrl(event.url)) event.preventDefault();
    });
    contents.on('will-frame-navigate', (event) => {
      if (!isAppUrl(event.url)) event.preventDefault();
    });
    contents.on('will-attach-webview', (event) => event.preventDefault());
    // Nothing opens a window and nothing is handed to the system's browser: the product works without a network.
    contents.setWindowOpenHandler(() => ({ action: 'deny' }));
  });
}

/** Refuses permissions (but copying text), devices and the network for the whole session. */
export function lockSession(session: Session): void {
  session.setPermissionRequestHandler((_contents, permission, answer, { requestingUrl }) =>
    answer(mayUse(permission, requestingUrl)),
  );
  session.setPermissionCheckHandler((_contents, permission, origin) => mayUse(permission, origin));
  session.setDevicePermissionHandler(() => false);
  session.setDisplayMediaRequestHandler(null);
  session.setSpellCheckerEnabled(false);
  session.webRequest.onBeforeRequest((details, answer) => answer({ cancel: !mayRequest(details.url) }));
}
