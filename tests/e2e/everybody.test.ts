// The window by keyboard alone, by ear, and in forced colours: where the focus is, what it shows, which row is current.
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { command, DeskUnderTest } from './support/desk.ts';
import { FOCUS_UNSEEN } from './support/focus.ts';
import { button, heading, rail } from './support/window.ts';

describe('keyboard, ear and eye', () => {
  const desk = new DeskUnderTest();

  beforeAll(async () => {
    await command(desk.machine.env, 'demo', '--workspace', desk.workspace);
    await desk.open();
  });
  afterAll(() => desk.close());
  afterEach(async ({ task }) => {
    if (task.result?.state === 'fail') await desk.shot('everybody-failed');
    desk.expectNoTrouble();
  });

  const press = (keys: string): Promise<void> => desk.page.keyboard.press(keys);
  async function go(path: string): Promise<void> {
    await desk.page.evaluate(`location.hash = ${JSON.stringify(path)}`);
    await desk.page.locator('.main h1').first().waitFor();
    await desk.settled();
  }
  /** What has the focus: its tag, role, and the text of the row that it names as current. */
  const focus = (): Promise<{ tag: string; role: string | null; row: string | null; text: string }> =>
    desk.page.evaluate(`(() => {
      const now = document.activeElement;
      const row = document.getElementById(now.getAttribute('aria-activedescendant') ?? '');
      return { tag: now.tagName, role: now.getAttribute('role'), row: row && row.textContent.trim(), text: now.textContent.trim() };
    })()`);
  /** Away from the dialog, whatever was typed. */
  async function leave(): Promise<void> {
    await desk.page.getByRole('dialog').getByRole('button', { name: /^取消/ }).click();
    await desk.page.getByRole('dialog').waitFor({ state: 'detached' });
  }
  const cursor = (): Promise<string> => desk.page.locator('.main .cur').first().innerText();

  test('a change of page names the window and puts the focus on the heading; the first stop leads past the rail', async () => {
    const { page } = desk;
    for (const label of ['问题闭环', '企业档案', '统计']) {
      await rail(page, label).click();
      await heading(page, label).waitFor();
      await expect.poll(async () => (await focus()).tag, { message: label }).toBe('H1');
      await expect.poll(() => page.title()).toBe(`${label} - 环保管家工作台`);
    }
    await page.reload();
    await heading(page, '统计').waitFor();
    await press('Tab');
    expect((await focus()).text).toBe('跳到页面内容');
    await desk.shot('everybody-skip');
    await press('Enter');
    expect(await focus()).toMatchObject({ tag: 'H1', text: '统计' });
  });

  test.each([
    ['/today', 'ArrowDown'],
    ['/today', 'j'],
    ['/enterprises?filter=', 'ArrowDown'],
    ['/rounds?filter=', 'j'],
  ])('the list of %s says which row is current when %s is pressed', async (path, key) => {
    await go(path);
    const before = await cursor();
    await press(key);
    await press(key);
    await expect.poll(cursor).not.toBe(before);
    const now = await focus();
    expect(now.role).toBe('grid');
    expect(now.row?.replaceAll(/\s/g, '')).toBe((await cursor()).replaceAll(/\s/g, ''));
  });

  test('in a visit the focus goes along with the item, and only one of them is a stop of the Tab key', async () => {
    const { page } = desk;
    await go('/enterprises?filter=');
    await page.locator('.page [role="row"].tr').first().dblclick();
    await page.getByRole('tablist', { name: '企业档案的部分' }).waitFor();
    await press('v');
    const list = page.getByRole('region', { name: '检查表' });
    await list.locator('.line').nth(2).waitFor();
    await desk.settled();
    await press('j');
    await press('j');
    await expect.poll(() => list.locator('.line:focus').getAttribute('aria-current')).toBe('true');
    expect(await list.locator('.line:not([tabindex="-1"])').count()).toBe(1);
  });

  test('no letter closes a finding without a question', async () => {
    const { page } = desk;
    await go(`/findings?filter=${encodeURIComponent('status=submitted')}`);
    await page.locator('.page [role="row"].tr').first().dblclick();
    await page.getByRole('group', { name: '复核' }).waitFor();
    await desk.settled();
    await press('y');
    await page.getByRole('dialog', { name: '复核通过' }).waitFor();
    await desk.shot('everybody-question');
    await press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    await page.locator('[aria-current="step"]').getByText('待复核').waitFor();
    // Back where one was: the same key asks again.
    await press('y');
    await page.getByRole('dialog', { name: '复核通过' }).waitFor();
    await press('Escape');
  });

  test('letters that do something by themselves can be switched off, for good; with Alt they still do it', async () => {
    const { page } = desk;
    await go('/settings/keys');
    await page.getByRole('checkbox', { name: /直接起作用/ }).uncheck();
    await page.getByRole('status').getByText('改用 Alt + 字母').first().waitFor();
    await go('/today');
    await page.reload();
    await page.locator('.today-list .cur').waitFor();
    await desk.settled();
    const before = await cursor();
    await press('j');
    await press('v');
    expect(await cursor()).toBe(before);
    expect(page.url()).toContain('#/today');
    await page.locator('.status kbd').getByText('Alt V', { exact: true }).waitFor();
    await press('Alt+j');
    await expect.poll(cursor).not.toBe(before);
    await press('Alt+g');
    await press('e');
    await heading(page, '企业档案').waitFor();
    await press('n');
    expect(await page.getByRole('dialog').count()).toBe(0);
    await press('Alt+n');
    await page.getByRole('dialog', { name: '新增企业' }).waitFor();
    await leave();
    await page.locator('.page [role="row"].tr').first().dblclick();
    await page.getByRole('tablist', { name: '企业档案的部分' }).waitFor();
    await press('Alt+v');
    const answers = page.getByRole('radiogroup', { name: '检查结果' });
    await answers.waitFor();
    expect(await answers.locator('kbd').allInnerTexts()).toEqual(['Alt 1', 'Alt 2', 'Alt 3', 'Alt 4', 'Alt 5']);
    await press('Alt+1');
    await answers
      .getByRole('radio', { name: '符合', exact: true })
      .and(page.locator('[aria-checked="true"]'))
      .waitFor();
    await go('/settings/keys');
    await page.getByRole('checkbox', { name: /直接起作用/ }).check();
    await go('/today');
    const again = await cursor();
    await press('j');
    await expect.poll(cursor).not.toBe(again);
  });

  test('a menu keeps its letters to itself, and closes when the focus goes on', async () => {
    const { page } = desk;
    await go('/enterprises?filter=');
    const menu = page.getByRole('menu');
    await button(page, '更多').focus();
    await press('ArrowDown');
    await menu.waitFor();
    // On the page these add an enterprise, choose columns, go elsewhere.
    for (const key of ['n', 'c', 'g', 't']) await press(key);
    await expect.poll(() => page.getByRole('dialog').count()).toBe(0);
    expect(page.url()).toContain('#/enterprises');
    await menu.waitFor();
    await press('Tab');
    await menu.waitFor({ state: 'detached' });
    await button(page, '更多').click();
    await menu.waitFor();
    await press('Control+k');
    await page.getByRole('dialog', { name: '查找' }).waitFor();
    await menu.waitFor({ state: 'detached' });
    await press('Escape');
  });

  test('a refused dialog keeps the focus on the faulty field, which says why', async () => {
    const { page } = desk;
    await go('/today');
    await button(page, '切换时段').click();
    await page.getByRole('menuitemradio', { name: '自选日期' }).click();
    const from = page.getByRole('dialog').getByRole('textbox', { name: '从' });
    await from.fill('十一月');
    await press('Enter');
    await page.getByRole('alert').getByText('“十一月”不是日期').waitFor();
    await press('Enter');
    expect(await from.evaluate((field) => field === field.ownerDocument.activeElement)).toBe(true);
    const line = page.locator(`[id="${(await from.getAttribute('aria-describedby')) ?? ''}"]`);
    expect(await line.innerText()).toContain('不是日期');
    expect(await from.getAttribute('aria-invalid')).toBe('true');
    await leave();
  });

  test('a picker takes what was typed, however fast Enter follows', async () => {
    const { page } = desk;
    await go('/rounds?filter=');
    await page.locator('.page [role="row"].tr').first().dblclick();
    await button(page, '加企业').click();
    const dialog = page.getByRole('dialog', { name: '加企业' });
    await dialog.waitFor();
    await desk.settled();
    const field = dialog.getByRole('combobox').first();
    await field.pressSequentially('朗宇');
    await press('Enter');
    await dialog.getByText('上海朗宇汽车维修有限公司').first().waitFor();
    await leave();
  });

  test.each(['/today', '/enterprises?filter=', '/findings?filter=', '/statistics', '/reports', '/settings/office'])(
    'in forced colours everything on %s that takes the focus shows it, and what is drawn can be seen',
    async (path) => {
      const { page } = desk;
      await page.emulateMedia({ forcedColors: 'active' });
      try {
        await go(path);
        await desk.shot(`everybody-forced-${path.replaceAll(/\W/g, '')}`);
        // From here on what takes the focus does so as by keyboard.
        await press('Tab');
        expect(await page.evaluate(FOCUS_UNSEEN)).toEqual([]);
        await press('ArrowDown');
        await desk.shot(`everybody-forced-${path.replaceAll(/\W/g, '')}-cursor`);
        const bars = page.locator('.pbar > i, .track > i');
        for (const bar of (await bars.all()).slice(0, 3)) {
          const looks = await bar.evaluate((one) => {
            const of = one.ownerDocument.defaultView?.getComputedStyle(one).backgroundColor;
            const ground = one.ownerDocument.defaultView?.getComputedStyle(one.ownerDocument.body).backgroundColor;
            return [of, ground];
          });
          expect(looks[0]).not.toBe(looks[1]);
        }
      } finally {
        await page.emulateMedia({ forcedColors: 'none' });
      }
    },
  );

  test('in forced colours what is chosen is told from what is not: answers, kinds, tools (bug: an answer by its shadow)', async () => {
    const { page } = desk;
    await go('/visits?filter=');
    await page.locator('.page [role="row"].tr').first().dblclick();
    await page.getByRole('radiogroup', { name: '检查结果' }).waitFor();
    await page.emulateMedia({ forcedColors: 'active' });
    try {
      const alike = await page.evaluate<
        string[]
      >(`[...document.querySelectorAll('[role="radiogroup"]')].flatMap((group) => {
        const of = (state) => group.querySelector('[role="radio"][aria-checked="' + state + '"]');
        const ground = (one) => one && getComputedStyle(one).backgroundColor;
        return of('true') && ground(of('true')) === ground(of('false')) ? [group.getAttribute('aria-label')] : [];
      })`);
      expect(alike).toEqual([]);
      expect(await page.locator('[role="radio"][aria-checked="true"]').count()).toBeGreaterThan(1);
    } finally {
      await page.emulateMedia({ forcedColors: 'none' });
    }
  });

  test('on paper one chart of the statistics stands beside the other, inside the sheet', async () => {
    const { page } = desk;
    await go('/today');
    // A sheet is laid out without telling anybody that it is narrower than the window.
    await page.evaluate('window.ResizeObserver = class { observe() {} unobserve() {} disconnect() {} }');
    await go('/statistics');
    await page.locator('.charts canvas').nth(1).waitFor();
    await page.emulateMedia({ media: 'print' });
    // What a sheet of A4 has between its margins.
    await page.setViewportSize({ width: 718, height: 1000 });
    try {
      const places = (what: string): Promise<{ left: number; right: number; top: number }[]> =>
        page.locator(what).evaluateAll((all) =>
          all.map((one) => {
            const { left, right, top } = one.getBoundingClientRect();
            return { left, right, top };
          }),
        );
      const [boxes, drawn] = [await places('.charts .box'), await places('.charts canvas')];
      expect([boxes.length, drawn.length]).toEqual([2, 2]);
      for (const [at, { left, right }] of drawn.entries()) {
        expect(left).toBeGreaterThanOrEqual(boxes[at]?.left ?? 0);
        expect(right).toBeLessThanOrEqual((boxes[at]?.right ?? 0) + 1);
      }
      expect(boxes[0]?.top).toBe(boxes[1]?.top);
      expect(boxes[1]?.right).toBeLessThanOrEqual(718);
      const cut = await page
        .locator('.page :is(td, th, .cut)')
        .evaluateAll((all) =>
          all
            .filter((one) => one.scrollWidth > one.clientWidth + 1)
            .map((one) => one.ownerDocument.defaultView?.getComputedStyle(one).overflowX),
        );
      expect(cut.filter((overflow) => overflow !== 'visible')).toEqual([]);
      await desk.shot('everybody-print-statistics');
    } finally {
      await page.emulateMedia({ media: 'screen' });
      await page.setViewportSize({ width: 1366, height: 768 });
      await page.reload();
    }
  });
});
