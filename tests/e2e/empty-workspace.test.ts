// A workspace in which nothing is yet: every page says what comes first, and its button leads there.
import { afterAll, beforeAll, expect, test } from 'vitest';
import { RAIL } from '../../renderer/app/rail.ts';
import { openOneWindow, type OneWindow } from './support/issued.ts';
import { button, heading } from './support/window.ts';

let w: OneWindow;
beforeAll(async () => {
  w = await openOneWindow({ filled: false });
});
afterAll(async () => {
  await w.close();
});

const go = async (path: string): Promise<void> => {
  await w.page.evaluate(`location.hash = '#${path}'`);
  await expect.poll(() => w.page.url()).toContain(`#${path}`);
  await w.page.locator('.main h1').first().waitFor();
};

test('今日 offers the register, an enterprise and the project, and each leads there', async () => {
  await go('/today');
  await w.page.getByText('从名册开始').waitFor();
  expect(await w.page.getByText('今天没有待办').count()).toBe(0);
  await button(w.page, '导入名册').click();
  await heading(w.page, '导入名册和台账').waitFor();
  await go('/today');
  await button(w.page, '新增企业').click();
  await w.page.getByRole('dialog', { name: '新增企业' }).waitFor();
  await w.page.keyboard.press('Escape');
  await go('/today');
  await button(w.page, /^(建项目|看服务项目)$/).click();
  await expect.poll(() => w.page.url()).toContain('/settings/project');
});

const LISTS = RAIL.flatMap((entry) => [entry, ...(entry.children ?? [])]).map(({ path }) => path);

test.each(LISTS.map((path) => [path] as const))('%s says what is there, or what comes first', async (path) => {
  await go(path);
  const main = w.page.locator('.main');
  // No table of headings alone, no page without a word.
  await expect
    .poll(async () => {
      const empty = (await main.locator('.empty').count()) > 0;
      const rows = (await main.locator('[role="row"].tr, tbody tr').count()) > 0;
      const grids = (await main.getByRole('grid').count()) > 0;
      return empty || rows || !grids;
    })
    .toBe(true);
  expect(await main.locator('.note.red').allInnerTexts()).toEqual([]);
});
