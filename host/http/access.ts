// Who may talk to the server: the window that was given the secret, from an address that is ours.
import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';

const digest = (s: string): Buffer => createHash('sha256').update(s).digest();
const same = (a: string, b: string): boolean => timingSafeEqual(digest(a), digest(b));

/** How requests prove themselves: a browser by a cookie got for a token, the desktop shell by a header on a private pipe. */
export type AccessMode = 'browser' | 'pipe';

/** Cookies of one host go to every port of it, so the name alone would tell two windows apart, but not keep one from another server. */
const cookieOf = (port: number): string => `steward-${port}`;

/** What a browser says of a request that another page made; a page that is opened on its own shows its maker nothing. */
function isOfAnotherPage({ headers }: IncomingMessage): boolean {
  const site = headers['sec-fetch-site'];
  if (site === undefined || site === 'same-origin' || site === 'none') return false;
  return headers['sec-fetch-mode'] !== 'navigate' || headers['sec-fetch-dest'] !== 'document';
}

/**
 * The guard at the door of the server. A browser gets its cookie for a path that only the holder of the token is told: other servers on
 * this computer, to which the browser gives the cookies of this host too, are never sent it.
 */
export class Access {
  readonly #mode: AccessMode;
  readonly #secret: string;
  readonly #session = randomBytes(32).toString('base64url');
  readonly #base = `/${randomBytes(18).toString('base64url')}/`;
  #port = 0;

  constructor(mode: AccessMode, secret: string) {
    this.#mode = mode;
    this.#secret = secret;
  }

  /** Told once the port is known, so that other hosts' names can be refused (DNS rebinding). */
  listensOn(port: number): void {
    this.#port = port;
  }

  /** Whether a request names this server; over a pipe there is no name to get wrong. */
  isOwnHost({ headers }: IncomingMessage): boolean {
    return this.#mode === 'pipe' || [`127.0.0.1:${this.#port}`, `localhost:${this.#port}`].includes(headers.host ?? '');
  }

  /** What is asked for inside of the window, when the request may go on; null when it has been answered. */
  admit(request: IncomingMessage, response: ServerResponse): string | null {
    const asked = request.url ?? '/';
    if (this.#mode === 'pipe') {
      const given = request.headers['x-steward-secret'];
      return typeof given === 'string' && same(given, this.#secret) ? asked : refuse(response, 403);
    }
    if (!this.isOwnHost(request) || isOfAnotherPage(request)) return refuse(response, 403);
    const { host, origin } = request.headers;
    if (origin !== undefined && origin !== `http://${host}`) return refuse(response, 403);
    response.setHeader('cross-origin-resource-policy', 'same-origin');
    response.setHeader('cross-origin-opener-policy', 'same-origin');
    const url = new URL(asked, `http://${host}`);
    const token = url.searchParams.get('token');
    if (token !== null && url.pathname === '/' && request.method === 'GET') {
      if (same(token, this.#secret)) this.#letIn(response);
      else refuse(response, 403);
      return null;
    }
    const inside = url.pathname.startsWith(this.#base) && this.#isKnown(request.headers.cookie ?? '');
    return inside ? `${url.pathname.slice(this.#base.length - 1)}${url.search}` : refuse(response, 403);
  }

  #letIn(response: ServerResponse): void {
    response
      .writeHead(303, {
        'set-cookie': `${cookieOf(this.#port)}=${this.#session}; HttpOnly; SameSite=Strict; Path=${this.#base}`,
        location: this.#base,
        'cache-control': 'no-store',
        'referrer-policy': 'no-referrer',
      })
      .end();
  }

  #isKnown(cookies: string): boolean {
    const name = `${cookieOf(this.#port)}=`;
    const given = cookies.split(/; ?/).find((c) => c.startsWith(name));
    return same(given?.slice(name.length) ?? '', this.#session);
  }
}

const NO_ACCESS =
  '<!doctype html><html lang="zh-CN"><meta charset="utf-8"><title>环保管家工作台</title><p>请用启动时显示的完整地址打开（含 token）。</p>';

function refuse(response: ServerResponse, status: number): null {
  response
    .writeHead(status, { 'content-type': 'text/html; charset=utf-8', 'cache-control': 'no-store' })
    .end(NO_ACCESS);
  return null;
}
