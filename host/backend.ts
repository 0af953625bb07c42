// The back end: one HTTP server over the router, on a loopback port or a private pipe.
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { BodyLimitPlugin, RPCHandler } from '@orpc/server/node';
import { v4 } from 'uuid';
import { CALL_LIMIT } from '../contract/shared.ts';
import { isWorkspace, keepPrivate } from '../db/index.ts';
import { clearLeftHandoffs } from '../services/handoff/index.ts';
import type { KeyWrapper } from '../services/identity/index.ts';
import { Desk } from '../services/workspace/index.ts';
import { keepSafe } from './backup-schedule.ts';
import { Downloads } from './downloads.ts';
import { sentenceFor } from './error-sentences.ts';
import { Access } from './http/access.ts';
import { receiveUpload, sendDownload, sendMedia } from './http/files.ts';
import { serveWindow } from './http/static-window.ts';
import { JobRunner } from './jobs.ts';
import { log } from './log.ts';
import { makeRouter, unreadCall, type HostContext } from './router/index.ts';
import { clearLeftUploads, Uploads } from './uploads.ts';
import { closeReader } from '../services/registers/index.ts';
import { closeWorkers } from '../services/workers/index.ts';

export interface BackendOptions {
  listen: { kind: 'loopback'; port?: number } | { kind: 'pipe'; path: string };
  /** Browser: token exchanged for a cookie. Pipe: what each request must carry in `x-steward-secret`. */
  secret: string;
  /** Opened at start when it is a workspace; null opens the last one. */
  workspaceDir: string | null;
  /** The built window. */
  windowDir: string;
  keyWrapper?: KeyWrapper;
  configFolder?: string;
  /** Today's day, for tests. */
  today?: () => string;
  /** Largest upload in bytes, for tests. */
  uploadLimit?: number;
}

export interface Backend {
  address: string;
  close(): Promise<void>;
}

/** Root of the installed application: the folder with package.json and resources. */
export function applicationRoot(): string {
  let at = dirname(fileURLToPath(import.meta.url));
  for (;;) {
    try {
      readFileSync(join(at, 'package.json'));
      return at;
    } catch {
      const up = dirname(at);
      if (up === at) throw new Error('package.json not found above the back end');
      at = up;
    }
  }
}

/** Version of the application. */
export function applicationVersion(): string {
  return (JSON.parse(readFileSync(join(applicationRoot(), 'package.json'), 'utf8')) as { version: string }).version;
}

/** A desk for this installation. However the back end is started, STEWARD_PASSPHRASE keeps its keys where the desktop has no key store. */
export function makeDesk(options: Pick<BackendOptions, 'keyWrapper' | 'configFolder' | 'today'> = {}): Desk {
  return new Desk({
    resources: join(applicationRoot(), 'resources'),
    version: applicationVersion(),
    keyWrapper: options.keyWrapper ?? null,
    passphrase: process.env.STEWARD_PASSPHRASE || null,
    ...(options.configFolder && { configFolder: options.configFolder }),
    ...(options.today
      ? { today: options.today }
      : process.env.STEWARD_TODAY
        ? { today: () => process.env.STEWARD_TODAY as string }
        : {}),
  });
}

/** The address of a request; null for one that is none, such as `//`. */
function readUrl(url: string | undefined): URL | null {
  return URL.canParse(url ?? '/', 'http://steward') ? new URL(url ?? '/', 'http://steward') : null;
}

/** Starts the server and opens the workspace if there is one. Failing to open it is a state of the window, not of the start. */
export async function startBackend(options: BackendOptions): Promise<Backend> {
  keepPrivate();
  const desk = makeDesk(options);
  await Promise.all([clearLeftUploads(), clearLeftHandoffs()]);
  const host: HostContext = {
    desk,
    uploads: new Uploads(),
    downloads: new Downloads(),
    jobs: new JobRunner(sentenceFor),
    startFolder: options.workspaceDir,
  };
  const folder = options.workspaceDir ?? desk.lastFolder();
  if (folder && isWorkspace(folder))
    await desk.open(folder).catch((error: unknown) => {
      log('workspace could not be opened', error);
    });
  const stopKeeping = keepSafe(desk, host.jobs);
  const rpc = new RPCHandler(makeRouter(host), {
    plugins: [new BodyLimitPlugin({ maxBodySize: CALL_LIMIT })],
    // Each answer says how much was written by then: a window knows what its own pages have seen.
    interceptors: [
      async ({ next }) => {
        const result = await next().catch((error: unknown) => {
          throw unreadCall(error);
        });
        if (result.matched) result.response.headers['x-steward-written'] = String(desk.changes.mark.written);
        return result;
      },
    ],
  });
  const access = new Access(options.listen.kind === 'pipe' ? 'pipe' : 'browser', options.secret);

  const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    // Whoever starts or watches the server may ask whether it lives; the answer holds nothing of the workspace.
    if (request.url === '/health' && request.method === 'GET' && access.isOwnHost(request)) {
      response
        .writeHead(200, { 'content-type': 'application/json', 'cache-control': 'no-store' })
        .end(JSON.stringify({ ok: true, version: desk.options.version, workspace: desk.isOpen }));
      return;
    }
    if (!readUrl(request.url)) {
      response.writeHead(400).end();
      return;
    }
    const inside = access.admit(request, response);
    if (inside === null) return;
    request.url = inside;
    const url = readUrl(inside);
    if (!url) {
      response.writeHead(400).end();
      return;
    }
    if (url.pathname.startsWith('/rpc/')) {
      const { matched } = await rpc.handle(request, response, { prefix: '/rpc', context: {} });
      if (!matched) response.writeHead(404).end();
      return;
    }
    if (url.pathname === '/files/upload' && request.method === 'POST') {
      await receiveUpload(host.uploads, request, response, options.uploadLimit);
      return;
    }
    const [, area, id] = url.pathname.split('/');
    if (area === 'files' && id && request.method === 'GET') {
      await sendDownload(host.downloads, id, response);
      return;
    }
    if (area === 'media' && id && request.method === 'GET') {
      await sendMedia(desk, id, url.searchParams, response);
      return;
    }
    await serveWindow(options.windowDir, request, response);
  };

  const server = createServer((request, response) => {
    answer(request, response).catch((error: unknown) => {
      const errorId = v4().slice(0, 8);
      log(`request ${request.url ?? ''} failed (${errorId})`, error);
      if (!response.headersSent) response.writeHead(500, { 'content-type': 'application/json' });
      response.end(
        JSON.stringify({ sentence: `没有完成，原因不明（编号 ${errorId}）。请重试；仍不行时把编号告诉支持人员` }),
      );
    });
  });
  server.keepAliveTimeout = 65_000;

  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    if (options.listen.kind === 'pipe') server.listen(options.listen.path, resolve);
    else server.listen(options.listen.port ?? 0, '127.0.0.1', resolve);
  });
  const bound = server.address();
  const port = typeof bound === 'object' && bound ? bound.port : 0;
  access.listensOn(port);

  return {
    address: options.listen.kind === 'pipe' ? options.listen.path : `http://127.0.0.1:${port}/?token=${options.secret}`,
    close: async () => {
      stopKeeping();
      await host.jobs.stopAll();
      server.closeAllConnections();
      await new Promise((resolve) => {
        server.close(resolve);
      });
      await desk.close();
      await host.uploads.dispose();
      await Promise.all([closeWorkers(), closeReader()]);
    },
  };
}
