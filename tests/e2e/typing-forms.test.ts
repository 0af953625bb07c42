// Forms as they are filled from paper: field after field by the Tab key, with what is wrong put right, nothing lost on the way.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openOneWindow, type OneWindow } from './support/issued.ts';
import { button, heading, toast } from './support/window.ts';

/** The label of what has the focus. */
const FOCUSED = `(() => {
  const one = document.activeElement;
  return one.labels?.[0]?.textContent ?? one.getAttribute('aria-label') ?? one.tagName;
})()`;

describe('forms filled from paper', () => {
  let w: OneWindow;
  beforeAll(async () => {
    w = await openOneWindow();
  });
  afterAll(() => w.close());
  const focused = async (): Promise<string> => (await w.page.evaluate<string>(FOCUSED)).replace(/[\s*◦]/g, '');
  const main = () => w.page.locator('.main');

  test('the Tab key goes on from a field that stores what was typed, and a refusal beside it takes no focus', async () => {
    const { page } = w;
    await page.evaluate(`location.hash = '#/enterprises'`);
    await heading(page, '企业档案').waitFor();
    await button(page, '新增企业').click();
    const dialog = page.getByRole('dialog', { name: '新增企业' });
    await dialog.waitFor();
    await page.keyboard.type('上海浦江精饰电镀有限公司');
    await page.keyboard.press('Tab');
    expect(await focused()).toBe('统一社会信用代码');
    await page.keyboard.type('91310112MA1GBC7X2Q');
    await page.keyboard.press('Tab');
    await dialog.getByText('信用代码第 18 位校验不符，应为 P').waitFor();
    expect(await focused()).toBe('无代码原因');
    // A code that is too short is said as it is left, and stays said after the pause that belongs to typing.
    await dialog.getByLabel('统一社会信用代码').fill('91310112MA1GBC7X2');
    await page.keyboard.press('Tab');
    await dialog.getByText('信用代码应为 18 位，现为 17 位').waitFor();
    // Esc in a list of choices that is closed belongs to the dialog, which asks because something was typed.
    await dialog.getByLabel('无代码原因').focus();
    await page.keyboard.press('Escape');
    await dialog.getByText('还没有保存，再按一次 Esc 放弃').waitFor();
    await page.keyboard.press('Escape');
    await dialog.waitFor({ state: 'detached' });
  });

  test('a refused value is put right without being told that somebody else changed it; units may be pasted', async () => {
    const { page } = w;
    await page.evaluate(`location.hash = '#/enterprises/${w.enterpriseId}'`);
    await page.getByRole('tab', { name: '概况' }).waitFor();
    await page.keyboard.press('e');
    const field = (name: string) => main().getByLabel(name, { exact: true }).first();
    await field('行业代码').fill('电镀');
    await page.keyboard.press('Enter');
    await main().getByText('行业代码格式不对').waitFor();
    await field('行业代码').fill('3360');
    await page.keyboard.press('Enter');
    await main().getByText('行业代码格式不对').waitFor({ state: 'detached' });
    expect(
      await main()
        .getByText(/在你填写时已由/)
        .count(),
    ).toBe(0);
    await expect
      .poll(async () => (await w.t.client.enterprises.get({ id: w.enterpriseId })).values['industryCode'])
      .toBe('3360');
    await field('占地面积').fill('3,500平方米');
    await page.keyboard.press('Tab');
    await expect
      .poll(async () => Number((await w.t.client.enterprises.get({ id: w.enterpriseId })).values['siteArea']))
      .toBe(3500);
  });

  test('what is too long is said, not cut off', async () => {
    const { page } = w;
    const shift = main().getByLabel('生产班制', { exact: true });
    await shift.fill('两班倒'.repeat(25));
    await page.keyboard.press('Tab');
    await main().getByText('生产班制最多 60 字，现在 75 字').waitFor();
    expect((await shift.inputValue()).length).toBe(75);
    await shift.fill('两班');
    await page.keyboard.press('Tab');
    await main().getByText('生产班制最多 60 字').waitFor({ state: 'detached' });
  });

  test('a permit that says nothing is not added, so the file goes on lacking one', async () => {
    const { page } = w;
    await page.getByRole('tab', { name: /^环保手续/ }).click();
    const part = page.getByRole('region', { name: '排污许可', exact: true });
    await button(part, '添加排污许可').click();
    await part.getByLabel('管理类别').waitFor();
    await part.getByRole('button', { name: '添加排污许可' }).click();
    await part.getByText('还没有填写内容，没有添加排污许可').waitFor();
    const kept = await w.t.client.records.list({ entity: 'permit', parentId: w.enterpriseId });
    expect(kept.rows).toEqual([]);
    await part.getByRole('button', { name: '取消' }).click();
  });

  test('a new row waits for a number that is none instead of leaving it out', async () => {
    const { page } = w;
    await page.getByRole('tab', { name: /^生产与产污/ }).click();
    const part = page.getByRole('region', { name: '原辅料' });
    await button(part, '添加原辅料').click();
    await part.getByLabel('名称', { exact: true }).fill('硫酸镍');
    await part.getByLabel('年用量', { exact: true }).fill('约1.5');
    // The sentence moves the button from under the mouse: the click is its own all the same.
    await part.getByRole('button', { name: '添加原辅料' }).click();
    await part.getByText('年用量要写数字').waitFor();
    await expect.poll(focused).toBe('年用量');
    await part.getByLabel('年用量', { exact: true }).fill('1.5');
    await part.getByRole('button', { name: '添加原辅料' }).click();
    await toast(page, '已添加原辅料“硫酸镍”').waitFor();
    await part.getByRole('row').filter({ hasText: '硫酸镍' }).getByText('1.5', { exact: true }).waitFor();
  });
});
