// How a request of the window is answered; apart from Electron, so that tests can run it against a real pipe.
import { isAppUrl } from './app-url.ts';
import type { BackendSupervisor } from './backend-supervisor.ts';
import { downResponse } from './down-page.ts';
import { forwardToPipe } from './pipe-forward.ts';

/** How long a request waits for a back end that is just starting; after that the user should see that it is. */
const PATIENCE_MS = 5_000;

/** Answers one request: 404 for a foreign host, the back end's answer, or 503 while it is down. */
export async function answerAppRequest(
  request: Request,
  supervisor: Pick<BackendSupervisor, 'endpoint'>,
): Promise<Response> {
  if (!isAppUrl(request.url)) return new Response(null, { status: 404 });
  const endpoint = await supervisor.endpoint(PATIENCE_MS);
  if (!endpoint) return downResponse(request);
  try {
    return await forwardToPipe(request, endpoint);
  } catch {
    return downResponse(request);
  }
}
