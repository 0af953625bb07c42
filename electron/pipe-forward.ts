// A request of the window carried over the private pipe, and the answer carried back, both as streams.
import { request as httpRequest, type IncomingMessage } from 'node:http';
import { Readable } from 'node:stream';
import type { ReadableStream as NodeReadableStream } from 'node:stream/web';
import type { Endpoint } from './endpoint.ts';

/** Headers that belong to one connection and are not passed on (RFC 9110, 7.6.1), and those that this side sets itself. */
const NOT_FORWARDED = new Set([
  'connection',
  'host',
  'keep-alive',
  'proxy-authenticate',
  'proxy-authorization',
  'proxy-connection',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
  'expect',
  'x-steward-secret',
]);
/** Answers that have no body by definition; a Response refuses one. */
const WITHOUT_BODY = new Set([101, 204, 205, 304]);

function outgoingHeaders(request: Request, secret: string): Record<string, string> {
  const headers: Record<string, string> = {};
  request.headers.forEach((value, name) => {
    if (!NOT_FORWARDED.has(name)) headers[name] = value;
  });
  return { ...headers, host: 'desk', 'x-steward-secret': secret };
}

function toResponse(answer: IncomingMessage, method: string): Response {
  const headers = new Headers();
  for (let i = 0; i + 1 < answer.rawHeaders.length; i += 2) {
    const name = answer.rawHeaders[i] ?? '';
    if (!NOT_FORWARDED.has(name.toLowerCase())) headers.append(name, answer.rawHeaders[i + 1] ?? '');
  }
  const status = answer.statusCode ?? 502;
  const init = { status, statusText: answer.statusMessage ?? '', headers };
  if (method === 'HEAD' || WITHOUT_BODY.has(status)) {
    answer.resume();
    return new Response(null, init);
  }
  // Cancelling the stream (a closed tab, an aborted fetch) destroys the answer, which the back end sees as a hang-up.
  return new Response(Readable.toWeb(answer) as ReadableStream<Uint8Array>, init);
}

/** Sends the request to the back end; rejects when the pipe cannot be reached or breaks before the answer begins. */
export function forwardToPipe(request: Request, endpoint: Endpoint): Promise<Response> {
  const { pathname, search } = new URL(request.url);
  return new Promise((resolve, reject) => {
    const outgoing = httpRequest({
      socketPath: endpoint.pipe,
      method: request.method,
      path: pathname + search,
      headers: outgoingHeaders(request, endpoint.secret),
      signal: request.signal,
      // A connection per request: no pool to grow stale when the back end is started again.
      agent: false,
    });
    outgoing.once('error', reject);
    outgoing.once('response', (answer) => resolve(toResponse(answer, request.method)));
    if (!request.body) {
      outgoing.end();
      return;
    }
    const body = Readable.fromWeb(request.body as NodeReadableStream);
    body.once('error', (error) => outgoing.destroy(error));
    // The back end may answer before it has read all (a file that is too large): that is an answer, not an error.
    outgoing.once('close', () => body.destroy());
    body.pipe(outgoing);
  });
}
