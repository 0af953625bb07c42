// A window at 200 %: of a screen of 1366 x 768 only 683 x 384 points are left. Nothing is cut, and everything that takes the focus
// can be brought into the window; the button of a long form stands whole.
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { command, DeskUnderTest } from './support/desk.ts';
import { OUT_OF_REACH } from './support/reach.ts';
import { button, TOO_WIDE } from './support/window.ts';

const ENLARGED = { width: 683, height: 384 };

describe('at 200 %', () => {
  const desk = new DeskUnderTest();

  beforeAll(async () => {
    await command(desk.machine.env, 'demo', '--workspace', desk.workspace);
    await desk.open();
    await desk.page.setViewportSize(ENLARGED);
  });
  afterAll(() => desk.close());
  afterEach(async ({ task }) => {
    if (task.result?.state === 'fail') await desk.shot('enlarged-failed');
    desk.expectNoTrouble();
  });

  async function go(path: string): Promise<void> {
    await desk.page.evaluate(`location.hash = ${JSON.stringify(path)}`);
    await desk.page.locator('.main h1').first().waitFor();
    await desk.settled();
  }
  const first = (): Promise<void> => desk.page.locator('.page [role="row"].tr').first().dblclick();
  async function fits(name: string): Promise<void> {
    await desk.settled();
    await desk.shot(`enlarged-${name}`);
    const [wide, away] = [await desk.page.evaluate(TOO_WIDE), await desk.page.evaluate(OUT_OF_REACH)];
    expect({ name, wide, away }).toEqual({ name, wide: [], away: [] });
  }

  test.each([
    ['/today', 'today'],
    ['/enterprises?filter=', 'enterprises'],
    ['/statistics', 'statistics'],
    ['/reports', 'reports'],
    ['/registers', 'registers'],
    ['/handoff', 'handoff'],
    ['/handoff/take-in', 'take-in'],
    ['/backup', 'backup'],
    ['/settings/office', 'settings'],
  ])('%s', async (path, name) => {
    await go(path);
    await fits(name);
  });

  test.each([
    ['/enterprises?filter=', 'enterprise'],
    ['/findings?filter=', 'finding'],
    ['/rounds?filter=', 'round'],
    ['/visits?filter=', 'visit'],
  ])('the first row of %s', async (list, name) => {
    await go(list);
    await first();
    await desk.page.locator('.main h1').first().waitFor();
    await fits(name);
  });

  test.each([
    ['a long form', '/enterprises?filter=', 'n'],
    ['a round', '/rounds?filter=', 'n'],
  ])('the button of %s stands whole, and its last field can be reached', async (_what, list, key) => {
    const { page } = desk;
    await go(list);
    await page.keyboard.press(key);
    const dialog = page.getByRole('dialog');
    await dialog.waitFor();
    const confirm = dialog.locator('[data-confirm]');
    const box = await confirm.boundingBox();
    expect(box && box.y + box.height).toBeLessThanOrEqual(ENLARGED.height);
    expect(box?.y).toBeGreaterThan(0);
    await fits(`dialog-${key}-${list.slice(1, 4)}`);
    await button(dialog, '取消').click();
  });

  test('a planted button that is cut off is found', async () => {
    await go('/today');
    const planted =
      '<div id="planted" style="position:fixed;left:0;top:360px;height:20px;overflow:hidden">' +
      '<button style="margin-top:60px">a</button></div>';
    await desk.page.locator('body').evaluate((body, html) => body.insertAdjacentHTML('beforeend', html), planted);
    await desk.page.locator('#planted button').evaluate((one) => {
      one.style.position = 'fixed';
      one.style.top = '500px';
    });
    expect(await desk.page.evaluate(OUT_OF_REACH)).not.toEqual([]);
    await desk.page.locator('#planted').evaluate((one) => one.remove());
  });
});
