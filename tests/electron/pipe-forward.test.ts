// The forwarding of app:// to the private pipe, against a real HTTP server on a real Unix socket or named pipe.
import { once } from 'node:events';
import { createServer, type IncomingMessage, type RequestListener } from 'node:http';
import { afterEach, expect, test, vi } from 'vitest';
import { answerAppRequest } from '../../electron/app-answer.ts';
import { discardEndpoint, newEndpoint } from '../../electron/endpoint.ts';
import { forwardToPipe } from '../../electron/pipe-forward.ts';
import { WAIT } from '../support/limits.ts';

const cleanups: (() => void)[] = [];
afterEach(() => cleanups.splice(0).forEach((clean) => clean()));

async function listen(handler: RequestListener) {
  const endpoint = newEndpoint();
  const server = createServer(handler);
  server.listen(endpoint.pipe);
  await once(server, 'listening');
  cleanups.push(() => {
    server.closeAllConnections();
    server.close();
    discardEndpoint(endpoint);
  });
  return endpoint;
}

async function bodyOf(message: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of message) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString();
}

test('method, path with query, headers and body arrive; the secret is ours whatever the page sent', async () => {
  const seen: Record<string, unknown> = {};
  const endpoint = await listen(async (request, response) => {
    Object.assign(seen, {
      method: request.method,
      url: request.url,
      headers: request.headers,
      body: await bodyOf(request),
    });
    response
      .writeHead(201, { 'content-type': 'application/json', 'x-kept': 'yes', connection: 'close' })
      .end('{"ok":true}');
  });
  const answer = await forwardToPipe(
    new Request('app://desk/rpc/rounds/list?q=%E6%B5%B7#part', {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'x-steward-secret': 'forged', range: 'bytes=0-1' },
      body: '{"a":1}',
    }),
    endpoint,
  );
  expect(seen).toMatchObject({ method: 'POST', url: '/rpc/rounds/list?q=%E6%B5%B7', body: '{"a":1}' });
  expect(seen.headers).toMatchObject({
    host: 'desk',
    'x-steward-secret': endpoint.secret,
    range: 'bytes=0-1',
    'content-type': 'application/json',
  });
  expect(answer.status).toBe(201);
  expect(answer.headers.get('x-kept')).toBe('yes');
  expect(answer.headers.get('connection')).toBeNull();
  expect(await answer.json()).toEqual({ ok: true });
});

test('an answer streams: its first part is readable before the last is written (progress of a job)', async () => {
  let finish = (): void => undefined;
  const endpoint = await listen((_request, response) => {
    response.writeHead(200, { 'content-type': 'text/event-stream' });
    response.write('data: 1\n\n');
    finish = () => response.end('data: 2\n\n');
  });
  const answer = await forwardToPipe(new Request('app://desk/rpc/jobs/watch'), endpoint);
  const reader = answer.body?.pipeThrough(new TextDecoderStream()).getReader();
  expect((await reader?.read())?.value).toBe('data: 1\n\n');
  finish();
  expect((await reader?.read())?.value).toBe('data: 2\n\n');
  expect((await reader?.read())?.done).toBe(true);
});

test('a body streams: the back end reads the first part of an upload before the last is sent', async () => {
  const parts: string[] = [];
  const endpoint = await listen((request, response) => {
    request.on('data', (chunk: Buffer) => parts.push(chunk.toString()));
    request.on('end', () => response.end(parts.join('|')));
  });
  const { readable, writable } = new TransformStream<Uint8Array, Uint8Array>();
  const writer = writable.getWriter();
  const pending = forwardToPipe(
    new Request('app://desk/files/upload', { method: 'POST', body: readable, duplex: 'half' } as RequestInit),
    endpoint,
  );
  void writer.write(Buffer.from('one'));
  await vi.waitFor(() => expect(parts).toEqual(['one']), WAIT);
  void writer.write(Buffer.from('two'));
  void writer.close();
  expect(await (await pending).text()).toBe('one|two');
});

test('a page that turns away is noticed by the back end, so that it stops working for nobody', async () => {
  const gone = vi.fn();
  const endpoint = await listen((_request, response) => {
    response.on('close', gone);
    response.writeHead(200);
    response.write('x');
  });
  const cancelled = await forwardToPipe(new Request('app://desk/rpc/jobs/watch'), endpoint);
  await cancelled.body?.cancel();
  await vi.waitFor(() => expect(gone).toHaveBeenCalledTimes(1), WAIT);

  const abort = new AbortController();
  const aborted = await forwardToPipe(new Request('app://desk/rpc/jobs/watch', { signal: abort.signal }), endpoint);
  abort.abort();
  await expect(aborted.text()).rejects.toThrow();
  await vi.waitFor(() => expect(gone).toHaveBeenCalledTimes(2), WAIT);
});

test('a refusal that comes before the whole upload is read is an answer, not a broken connection', async () => {
  const endpoint = await listen((_request, response) => {
    response.writeHead(413).end('too large');
  });
  const { readable, writable } = new TransformStream<Uint8Array, Uint8Array>();
  const writer = writable.getWriter();
  writer.write(new Uint8Array(1024)).catch(() => undefined);
  const answer = await forwardToPipe(
    new Request('app://desk/files/upload', { method: 'POST', body: readable, duplex: 'half' } as RequestInit),
    endpoint,
  );
  expect(answer.status).toBe(413);
});

test('answers without a body by definition (204, 304, HEAD) do not break the forwarding', async () => {
  const endpoint = await listen((request, response) => {
    response.writeHead(request.url === '/204' ? 204 : request.url === '/304' ? 304 : 200, { etag: '"a"' }).end();
  });
  expect((await forwardToPipe(new Request('app://desk/204'), endpoint)).status).toBe(204);
  expect((await forwardToPipe(new Request('app://desk/304'), endpoint)).headers.get('etag')).toBe('"a"');
  expect(await (await forwardToPipe(new Request('app://desk/', { method: 'HEAD' }), endpoint)).text()).toBe('');
});

test('while the back end is down a page gets a Chinese page that tries again, and code gets JSON, both with 503', async () => {
  const down = { endpoint: () => Promise.resolve(null) };
  const page = await answerAppRequest(new Request('app://desk/', { headers: { accept: 'text/html,*/*' } }), down);
  expect(page.status).toBe(503);
  expect(await page.text()).toContain('正在启动后台服务');
  const gone = { endpoint: () => Promise.resolve({ pipe: newEndpoint().pipe, secret: 'x' }) };
  const code = await answerAppRequest(new Request('app://desk/rpc/today', { method: 'POST', body: '{}' }), gone);
  expect(code.status).toBe(503);
  expect(await code.json()).toMatchObject({ code: 'BACKEND_DOWN' });
});

test('only app://desk is answered: another host of the scheme is 404 and never reaches the back end', async () => {
  const asked = vi.fn(() => Promise.resolve(null));
  expect((await answerAppRequest(new Request('app://other/'), { endpoint: asked })).status).toBe(404);
  expect(asked).not.toHaveBeenCalled();
});
