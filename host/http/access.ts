// Who may talk to the server: the window that was given the secret, from an address that is ours.
import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';

const COOKIE = 'steward';
const digest = (s: string): Buffer => createHash('sha256').update(s).digest();
const same = (a: string, b: string): boolean => timingSafeEqual(digest(a), digest(b));

/** How requests prove themselves: a browser by a cookie got for a token, the desktop shell by a header on a private pipe. */
export type AccessMode = 'browser' | 'pipe';

/** The guard at the door of the server. */
export class Access {
  readonly #mode: AccessMode;
  readonly #secret: string;
  readonly #session = randomBytes(32).toString('base64url');
  #port = 0;

  constructor(mode: AccessMode, secret: string) {
    this.#mode = mode;
    this.#secret = secret;
  }

  /** Told once the port is known, so that other hosts' names can be refused (DNS rebinding). */
  listensOn(port: number): void { this.#port = port; }

  /** True when the request may go on; otherwise it has been answered. */
  admit(request: IncomingMessage, response: ServerResponse): boolean {
    if (this.#mode === 'pipe') {
      const given = request.headers['x-steward-secret'];
      return (typeof given === 'string' && same(given, this.#secret)) || refuse(response, 403);
    }
    const host = request.headers.host ?? '';
    if (host !== `127.0.0.1:${this.#port}` && host !== `localhost:${this.#port}`) return refuse(response, 403);
    const { origin } = request.headers;
    if (origin !== undefined && origin !== `http://${host}`) return refuse(response, 403);
    const url = new URL(request.url ?? '/', `http://${host}`);
    const token = url.searchParams.get('token');
    if (token !== null && url.pathname === '/' && request.method === 'GET') {
      if (!same(token, this.#secret)) return refuse(response, 403);
      response.writeHead(303, { 'set-cookie': `${COOKIE}=${this.#session}; HttpOnly; SameSite=Strict; Path=/`, location: '/', 'cache-control': 'no-store' }).end();
      return false;
    }
    const cookies = (request.headers.cookie ?? '').split(/;\s*/);
    const given = cookies.find((c) => c.startsWith(`${COOKIE}=`))?.slice(COOKIE.length + 1) ?? '';
    return same(given, this.#session) || refuse(response, 403);
  }
}

const NO_ACCESS = '<!doctype html><html lang="zh-CN"><meta charset="utf-8"><title>环保管家工作台</title><p>请用启动时显示的完整地址打开（含 token）。</p>';

function refuse(response: ServerResponse, status: number): false {
  response.writeHead(status, { 'content-type': 'text/html; charset=utf-8', 'cache-control': 'no-store' }).end(NO_ACCESS);
  return false;
}
