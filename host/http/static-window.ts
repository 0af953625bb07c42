// Serves the built window with a strict content policy.
import { lookup } from '../../domain/values/lookup.ts';
import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { extname, join, normalize, sep } from 'node:path';
import { send } from './send.ts';

const TYPES: Readonly<Record<string, string>> = lookup({
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.ico': 'image/x-icon',
  '.woff2': 'font/woff2',
  '.json': 'application/json; charset=utf-8',
});

/** Nothing but our own files; Element Plus positions pop-ups by inline styles, hence `unsafe-inline` for styles alone. */
export const CONTENT_POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' blob: data:",
  "connect-src 'self'",
  "font-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

/** A path without its percent signs; one that is not well-formed names nothing. */
function decoded(pathname: string): string {
  try {
    return decodeURIComponent(pathname);
  } catch {
    return '';
  }
}

/** Answers a GET for a file of the window; unknown paths get 404. */
export async function serveWindow(folder: string, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const { pathname } = new URL(request.url ?? '/', 'http://window');
  const path = normalize(join(folder, decoded(pathname === '/' ? '/index.html' : pathname)));
  const type = TYPES[extname(path)];
  const file = path.startsWith(normalize(folder) + sep) && type ? await stat(path).catch(() => null) : null;
  if (!file?.isFile() || (request.method !== 'GET' && request.method !== 'HEAD')) {
    response.writeHead(404, { 'content-type': 'text/plain; charset=utf-8' }).end('404');
    return;
  }
  response.writeHead(200, {
    'content-type': type,
    'content-length': file.size,
    'content-security-policy': CONTENT_POLICY,
    'x-content-type-options': 'nosniff',
    'referrer-policy': 'no-referrer',
    // Built files carry their hash in the name; the page itself does not.
    'cache-control': pathname.startsWith('/assets/') ? 'public, max-age=31536000, immutable' : 'no-cache',
  });
  if (request.method === 'HEAD') {
    response.end();
    return;
  }
  await send(createReadStream(path), response);
}
