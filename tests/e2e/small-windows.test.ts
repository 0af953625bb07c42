// Small windows and paper: nothing is on top of another or out of reach, villages are seen in a low window, a printed list has every row.
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { ROOT } from '../../scripts/lib/run.ts';
import { makeWorkspace, openBackend, type TestBackend } from '../support/backend.ts';
import { launchBrowser } from '../support/browser.ts';
import { RAIL } from '../../renderer/app/rail.ts';
import { visitWithDraft } from './support/issued.ts';
import { BUTTONS_OUT_OF_REACH, MAIN_BUTTON_HIDDEN, OVERLAPPING_HEADINGS } from './support/reach.ts';
import { button, heading } from './support/window.ts';

const VILLAGES = 6;
const ENTERPRISES = 130;
let t: TestBackend;
let browser: Browser;
let page: Page;
/** Pages of single records. */
const one = { enterprise: '', visit: '', finding: '' };
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
  const found = await client.enterprises.create({
    values: { name: '海明印务有限公司', townId: town.id, objectKind: 'industrial' },
  });
  const { visitId, findingId } = await visitWithDraft(client, found.id, '2026-03-02');
  Object.assign(one, {
    enterprise: `/enterprises/${found.id}`,
    visit: `/visits/${visitId}`,
    finding: `/findings/${findingId}`,
  });
  const project = { name: '华漕镇环保管家服务', startDate: '2026-01-01', endDate: '2026-12-31' };
  await client.workspace.saveProject({ id: null, values: project, clientName: null, objectKinds: [], areaIds: [] });
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

const SIZES = [
  [911, 512],
  [1024, 700],
] as const;

/** Nothing lies on another, is cut, or is out of reach, in either size. */
async function inReach(name: string): Promise<void> {
  for (const [width, height] of SIZES) {
    await page.setViewportSize({ width, height });
    await expect.poll(() => page.evaluate('innerWidth')).toBe(width);
    const looked = async () => ({
      screen: `${name} at ${width}`,
      over: await page.evaluate(OVERLAPPING_HEADINGS),
      cut: await page.evaluate(BUTTONS_OUT_OF_REACH),
      hidden: await page.evaluate(MAIN_BUTTON_HIDDEN),
    });
    await expect.poll(looked).toEqual({ screen: `${name} at ${width}`, over: [], cut: [], hidden: [] });
  }
}

const ROUTES = [
  ...new Set([
    ...RAIL.flatMap((entry) => [entry.path, ...(entry.children ?? []).map(({ path }) => path)]),
    ...['/records/permit', '/registers', '/registers/runs', '/knowledge/checklists', '/handoff/take-in', '/backup'],
    ...['office', 'people', 'areas', 'project', 'workspace', 'keys', 'history', 'about'].map(
      (part) => `/settings/${part}`,
    ),
    ...Object.keys(one),
  ]),
];
test.each(ROUTES)('%s: no heading on another, no cut button, the main button in reach', async (route) => {
  await page.evaluate(`location.hash = '#${one[route as keyof typeof one] ?? route}'`);
  await page.locator('.main h1').first().waitFor();
  await inReach(route);
});

/** Dialogs by their page and what opens them: a key, or a button. */
const DIALOGS: readonly (readonly [at: string, opens: string])[] = [
  ['/enterprises', '新增企业'],
  ['/rounds', '新建轮次'],
  ['/visits', '开始检查'],
  ['/training', '新建培训'],
  ['/complaints', '新增信访'],
  ['/reports', '选择和编写'],
  ['/backup', '备份到别的盘…'],
  ['visit', '结束检查'],
  ['visit', '登记同意'],
  ['visit', 'e'],
  ['/today', '?'],
];
test.each(DIALOGS)('the dialog at %s opened by %s has its buttons in reach', async (at, opens) => {
  await page.evaluate(`location.hash = '#${one[at as keyof typeof one] ?? at}'`);
  await page.locator('.main h1').first().waitFor();
  if (opens.length > 1) await button(page, opens).first().click();
  else await page.keyboard.press(opens);
  await page.getByRole('dialog').first().waitFor();
  await inReach(`${at} ${opens}`);
  // Esc in an open choice closes that alone.
  await page.getByRole('dialog').last().focus();
  await page.keyboard.press('Escape');
  await expect.poll(() => page.getByRole('dialog').count()).toBe(0);
});

test('a long list is printed with all its rows, from the key as from the dialog of the system', async () => {
  await page.setViewportSize({ width: 1024, height: 700 });
  await go('/enterprises', '企业档案');
  const rows = page.getByRole('grid').locator('.tr');
  await rows.first().waitFor();
  expect(await rows.count()).toBeLessThan(ENTERPRISES + 1);
  await page.evaluate(
    "window.print = () => { window.printed = [...document.querySelectorAll('.data-table .tr')].map((r) => r.innerText) }",
  );
  await page.keyboard.press('Control+p');
  const printed = async () => (await page.evaluate('window.printed ?? []')) as string[];
  await expect.poll(async () => (await printed()).length).toBe(ENTERPRISES + 1);
  expect((await printed()).filter((text) => text.includes('号机械厂')).length).toBe(ENTERPRISES);
  await expect.poll(() => rows.count()).toBeLessThan(ENTERPRISES + 1);
  await page.evaluate("window.dispatchEvent(new Event('beforeprint'))");
  await expect.poll(() => rows.count()).toBe(ENTERPRISES + 1);
  await page.evaluate("window.dispatchEvent(new Event('afterprint'))");
});
