// A back end of the test's own, on a loopback port or a private pipe, and a client that speaks to it as the window does.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { request as httpRequest, type Agent } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { createORPCClient } from '@orpc/client';
import { RPCLink } from '@orpc/client/fetch';
import type { ContractRouterClient } from '@orpc/contract';
import { v4 } from 'uuid';
import type { Contract } from '../../contract/index.ts';
import { startBackend, type Backend, type BackendOptions } from '../../host/backend.ts';

export type Client = ContractRouterClient<Contract>;
export type Kind = 'loopback' | 'pipe';
export const SECRET = 'a-secret-of-sufficient-length-0123';

/** A request to a server, answered as `fetch` answers. */
export type Send = (
  path: string,
  init?: { method?: string; headers?: Record<string, string>; body?: Uint8Array | string },
) => Promise<Response>;

export interface TestBackend {
  backend: Backend;
  root: string;
  folder: string;
  client: Client;
  /** With the proof that the window has. */
  send: Send;
  /** Without any. */
  bare: Send;
  close(): Promise<void>;
}

/** An address for a private pipe on this system. */
export const pipePath = (root: string): string =>
  process.platform === 'win32' ? `\\\\.\\pipe\\steward-${v4()}` : join(root, 'pipe');

/** A fetch over a pipe (or a port), below `base`: Node's own has no Unix sockets. Header names that fetch forbids may be set. */
export function fetchOver(
  at: { socketPath: string; agent?: Agent } | { host: string; port: number; agent?: Agent },
  always: Record<string, string> = {},
  base = '/',
): Send {
  return async (asked, init = {}) =>
    await new Promise((resolve, reject) => {
      const path = `${base}${asked.replace(/^\//, '')}`;
      const body = init.body === undefined ? null : Buffer.from(init.body as Uint8Array);
      const req = httpRequest(
        {
          agent: false,
          ...at,
          path,
          method: init.method ?? 'GET',
          headers: { ...always, ...init.headers, ...(body && { 'content-length': String(body.length) }) },
        },
        (res) => {
          const headers = new Headers();
          for (const [name, value] of Object.entries(res.headers))
            for (const v of Array.isArray(value) ? value : [value ?? '']) headers.append(name, v);
          const empty = [204, 304].includes(res.statusCode ?? 0) || init.method === 'HEAD';
          resolve(
            new Response(empty ? null : (Readable.toWeb(res) as unknown as ReadableStream<Uint8Array>), {
              status: res.statusCode ?? 0,
              headers,
            }),
          );
        },
      );
      req.on('error', reject);
      req.end(body ?? undefined);
    });
}

/** The client of the contract over such a fetch. */
export function clientOver(send: Send): Client {
  const link = new RPCLink({
    url: 'http://steward/rpc',
    fetch: async (request) => {
      const { pathname, search } = new URL(request.url);
      const body = new Uint8Array(await request.arrayBuffer());
      return await send(`${pathname}${search}`, {
        method: request.method,
        headers: Object.fromEntries(request.headers),
        ...(body.length > 0 && { body }),
      });
    },
  });
  return createORPCClient(link);
}

/** The cookie and the path that a browser gets for the token of an address, and how to ask with them. */
export async function browserSend(
  address: string,
): Promise<{ send: Send; bare: Send; cookie: string; base: string; port: number }> {
  const url = new URL(address);
  const at = { host: url.hostname, port: Number(url.port) };
  const bare = fetchOver(at);
  const entered = await bare(`/${url.search}`);
  await entered.arrayBuffer();
  const cookie = (entered.headers.get('set-cookie') ?? '').split(';')[0] ?? '';
  const base = entered.headers.get('location') ?? '/';
  return { bare, cookie, base, port: at.port, send: fetchOver(at, { cookie }, base) };
}

/** Starts one with an empty desk. The window is a folder of two files. */
export async function openBackend(kind: Kind, options: Partial<BackendOptions> = {}): Promise<TestBackend> {
  const root = mkdtempSync(join(tmpdir(), 'steward-host-'));
  const windowDir = join(root, 'window');
  mkdirSync(join(windowDir, 'assets'), { recursive: true });
  writeFileSync(join(windowDir, 'index.html'), '<!doctype html><title>窗口</title>');
  writeFileSync(join(windowDir, 'assets', 'app.js'), 'export {};');
  writeFileSync(join(root, 'secret.json'), '{"secret":true}');
  const path = pipePath(root);
  const backend = await startBackend({
    listen: kind === 'pipe' ? { kind, path } : { kind },
    secret: SECRET,
    workspaceDir: null,
    windowDir,
    configFolder: join(root, 'config'),
    today: () => '2026-03-02',
    ...options,
  });
  const over =
    kind === 'pipe'
      ? { send: fetchOver({ socketPath: path }, { 'x-steward-secret': SECRET }), bare: fetchOver({ socketPath: path }) }
      : await browserSend(backend.address);
  return {
    backend,
    root,
    folder: join(root, '工作区'),
    client: clientOver(over.send),
    send: over.send,
    bare: over.bare,
    close: async () => {
      await backend.close();
      rmSync(root, { recursive: true, force: true });
    },
  };
}

/** Makes the workspace of a test back end. */
export async function makeWorkspace(t: TestBackend): Promise<void> {
  await t.client.workspace.create({
    folder: t.folder,
    organisation: '上海某环保公司',
    office: '华漕驻点',
    code: 'HC',
    operator: '陈思远',
  });
}

/** Makes a town and an enterprise over the contract; returns their ids. */
export async function makeEnterprise(
  client: Client,
  name = '上海海明科技有限公司',
): Promise<{ townId: string; id: string; actionId: string }> {
  const town = await client.records.create({ entity: 'area', values: { level: 'town', name: '华漕镇' } });
  const saved = await client.enterprises.create({ values: { name, townId: town.id, objectKind: 'industrial' } });
  return { townId: town.id, id: saved.id, actionId: saved.actionId };
}
