// Two workspaces served side by side to one browser, and another server of this computer that would like to see them.
import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { ROOT } from '../../scripts/lib/run.ts';
import { fetchOver, openBackend, type TestBackend } from '../support/backend.ts';
import { launchBrowser } from '../support/browser.ts';

let browser: Browser;
let context: BrowserContext;
const desks: TestBackend[] = [];

beforeAll(async () => {
  browser = await launchBrowser();
  context = await browser.newContext();
  for (const office of ['华漕驻点', '新虹驻点']) {
    const desk = await openBackend('loopback', { windowDir: join(ROOT, 'dist', 'renderer') });
    desks.push(desk);
    await desk.client.workspace.create({
      folder: desk.folder,
      organisation: '某公司',
      office,
      code: 'HC',
      operator: '甲',
    });
  }
});
afterAll(async () => {
  await browser.close();
  for (const desk of desks) await desk.close();
});

/** A server that answers every request with a page, and keeps what the browser said to it. */
async function stranger(page: string): Promise<{ server: Server; port: number; heard: IncomingHttpHeaders[] }> {
  const heard: IncomingHttpHeaders[] = [];
  const server = createServer((request, response) => {
    heard.push(request.headers);
    response.setHeader('content-type', 'text/html').end(page);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return { server, port: (server.address() as AddressInfo).port, heard };
}

test('two served workspaces stay open in one browser, whichever was opened last', async () => {
  const pages: Page[] = [];
  for (const desk of desks) {
    const page = await context.newPage();
    await page.goto(desk.backend.address);
    pages.push(page);
  }
  for (const [at, office] of ['华漕驻点', '新虹驻点'].entries()) {
    expect((await pages[at]?.reload())?.status()).toBe(200);
    await expect.poll(() => pages[at]?.locator('body').innerText()).toContain(office);
  }
});

test('another server of this computer is told no cookie, and its page shows nothing of a window, not even by its path', async () => {
  const page = await context.newPage();
  await page.goto(desks[0]?.backend.address ?? '');
  const { origin, pathname } = new URL(page.url());
  const there = `${origin}${pathname}`;
  const { server, port, heard } = await stranger(
    `<img src="${there}assets/x.png"><iframe src="${there}"></iframe><script src="${origin}/health"></script>`,
  );
  try {
    const answers: number[] = [];
    const strange = await context.newPage();
    strange.on('response', (response) => {
      if (response.url().startsWith(there)) answers.push(response.status());
    });
    await strange.goto(`http://127.0.0.1:${port}/`, { waitUntil: 'load' });
    await expect.poll(() => answers.length).toBeGreaterThan(0);
    expect(new Set(answers)).toEqual(new Set([403]));
    expect(heard.length).toBeGreaterThan(0);
    expect(heard.map((headers) => headers.cookie ?? null)).toEqual(heard.map(() => null));
    // What it heard, said again to the desk, opens nothing.
    const again = await fetchOver({ host: '127.0.0.1', port: Number(new URL(there).port) })('/', {
      headers: { cookie: heard[0]?.cookie ?? '' },
    });
    expect(again.status).toBe(403);
  } finally {
    server.closeAllConnections();
    server.close();
  }
});
