// Small windows and paper: villages are seen in a low window, a printed list has every row.
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { ROOT } from '../../scripts/lib/run.ts';
import { makeWorkspace, openBackend, type TestBackend } from '../support/backend.ts';
import { launchBrowser } from '../support/browser.ts';
import { heading } from './support/window.ts';

const VILLAGES = 6;
const ENTERPRISES = 130;
let t: TestBackend;
let browser: Browser;
let page: Page;
beforeAll(async () => {
  t = await openBackend('loopback', { windowDir: join(ROOT, 'dist', 'renderer') });
  await makeWorkspace(t);
  const { client } = t;
  const town = await client.records.create({ entity: 'area', values: { level: 'town', name: '华漕镇' } });
  const villages: string[] = [];
  for (let n = 1; n <= VILLAGES; n += 1) {
    const values = { level: 'village', name: `第${n}村`, parentId: town.id };
    villages.push((await client.records.create({ entity: 'area', values })).id);
  }
  for (let n = 0; n < ENTERPRISES; n += 1) {
    const villageId = villages[n % VILLAGES] as string;
    await client.enterprises.create({
      values: { name: `第${n}号机械厂`, townId: town.id, villageId, address: `${n}号` },
    });
  }
  browser = await launchBrowser();
  page = await browser.newPage({ viewport: { width: 911, height: 512 }, locale: 'zh-CN' });
  await page.goto(t.backend.address);
  await page.locator('.main h1').first().waitFor();
});
afterAll(async () => {
  await browser.close();
  await t.close();
});

const go = async (path: string, title: string): Promise<void> => {
  await page.evaluate(`location.hash = '#${path}'`);
  await heading(page, title).waitFor();
};

test.each([
  [911, 512],
  [1024, 700],
])('at %i x %i at least four villages are seen among the statistics', async (width, height) => {
  await page.setViewportSize({ width, height });
  await go('/statistics', '统计');
  const rows = page.getByRole('table', { name: '各村居' }).locator('tbody tr:not(.total)');
  await rows.first().waitFor();
  const seen = async (): Promise<number> => {
    const boxes = await Promise.all((await rows.all()).map((row) => row.boundingBox()));
    return boxes.filter((box) => box && box.y > 40 && box.y + box.height < height - 26).length;
  };
  await expect.poll(seen).toBeGreaterThanOrEqual(4);
});

test('a long list is printed with all its rows, from the key as from the dialog of the system', async () => {
  await page.setViewportSize({ width: 1024, height: 700 });
  await go('/enterprises', '企业档案');
  const rows = page.getByRole('grid').locator('.tr');
  await rows.first().waitFor();
  expect(await rows.count()).toBeLessThan(ENTERPRISES);
  await page.evaluate(
    "window.print = () => { window.printed = [...document.querySelectorAll('.data-table .tr')].map((r) => r.innerText) }",
  );
  await page.keyboard.press('Control+p');
  const printed = async () => (await page.evaluate('window.printed ?? []')) as string[];
  await expect.poll(async () => (await printed()).length).toBe(ENTERPRISES);
  expect((await printed()).filter((text) => text.includes('号机械厂')).length).toBe(ENTERPRISES);
  await expect.poll(() => rows.count()).toBeLessThan(ENTERPRISES);
  await page.evaluate("window.dispatchEvent(new Event('beforeprint'))");
  await expect.poll(() => rows.count()).toBe(ENTERPRISES);
  await page.evaluate("window.dispatchEvent(new Event('afterprint'))");
});
