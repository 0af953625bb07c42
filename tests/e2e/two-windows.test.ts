// Two windows on one workspace: each sees within a second what the other stored, and neither goes over the other without a word.
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { ROOT } from '../../scripts/lib/run.ts';
import { makeWorkspace, openBackend, type TestBackend } from '../support/backend.ts';
import { launchBrowser } from '../support/browser.ts';

let t: TestBackend;
let browser: Browser;
let windows: Page[];
let id: string;
beforeAll(async () => {
  t = await openBackend('loopback', { windowDir: join(ROOT, 'dist', 'renderer') });
  await makeWorkspace(t);
  const town = await t.client.records.create({ entity: 'area', values: { level: 'town', name: '华漕镇' } });
  ({ id } = await t.client.enterprises.create({ values: { name: '海明科技有限公司', townId: town.id } }));
  browser = await launchBrowser();
  windows = [];
  for (let n = 0; n < 2; n += 1) {
    const context = await browser.newContext({ viewport: { width: 1366, height: 768 }, locale: 'zh-CN' });
    const page = await context.newPage();
    await page.goto(t.backend.address);
    await page.locator('.main h1').first().waitFor();
    await page.evaluate(`location.hash = '#/enterprises/${id}'`);
    await page.getByRole('heading', { level: 1, name: '海明科技有限公司' }).waitFor();
    windows.push(page);
  }
});
afterAll(async () => {
  await browser.close();
  await t.close();
});

const sign = (page: Page) => page.getByLabel('店招', { exact: true });

test('a change shows in the other window by itself; who edits the same field is told and chooses', async () => {
  const [a, b] = windows as [Page, Page];
  for (const page of windows) {
    await page.getByRole('button', { name: /^编辑/ }).first().click();
    await sign(page).waitFor();
  }
  await sign(a).fill('甲的店招');
  await sign(a).press('Enter');
  await expect.poll(() => sign(b).inputValue()).toBe('甲的店招');
  // Both type; the second is told, and what was typed stays in its field until it is decided.
  await sign(b).fill('乙正在写');
  await sign(a).fill('甲又改');
  await sign(a).press('Enter');
  await expect.poll(async () => (await t.client.enterprises.get({ id })).values['signName']).toBe('甲又改');
  expect(await sign(b).inputValue()).toBe('乙正在写');
  await sign(b).press('Enter');
  const alert = b.getByRole('alert').filter({ hasText: '改为“甲又改”' });
  await alert.waitFor();
  expect((await t.client.enterprises.get({ id })).values['signName']).toBe('甲又改');
  await b.getByRole('button', { name: '用我填的' }).click();
  await expect.poll(() => sign(a).inputValue()).toBe('乙正在写');
  await expect.poll(() => alert.count()).toBe(0);
});
