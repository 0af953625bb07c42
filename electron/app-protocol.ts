// The app:// scheme: every request of the window goes through here to the back end, and to nowhere else.
import { protocol, type Session } from 'electron';
import { answerAppRequest } from './app-answer.ts';
import { APP_SCHEME } from './app-url.ts';
import type { BackendSupervisor } from './backend-supervisor.ts';

/** Must run before the app is ready. */
export function registerAppScheme(): void {
  protocol.registerSchemesAsPrivileged([
    {
      scheme: APP_SCHEME,
      privileges: { standard: true, secure: true, stream: true, supportFetchAPI: true, codeCache: true },
    },
  ]);
}

/** Puts the scheme in the hands of the back end. Only real Electron shows that ranges and uploads stream through it. */
export function handleAppScheme(session: Session, supervisor: BackendSupervisor): void {
  session.protocol.handle(APP_SCHEME, (request) => answerAppRequest(request, supervisor));
}
