// Hands on the keyboard: repair goes on from row to row, a code on file offers what to do, input methods and pasting spoil nothing.
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import type { Locator, Page } from 'playwright-core';
import { makeCode } from '../support/register-import.ts';
import { workbook } from '../support/spreadsheets.ts';
import { command, DeskUnderTest } from './support/desk.ts';
import { button, chooseFiles, heading } from './support/window.ts';

const [A, B, C] = [makeCode('MA1A'), makeCode('MA1B'), makeCode('MA1C')];
/** A code whose zero was typed as the letter O, and one that breaks the check rule. */
const letter = (code: string): string => `${code.slice(0, 4)}O${code.slice(5)}`;
const broken = (code: string): string => `${code.slice(0, 17)}${code.endsWith('A') ? 'B' : 'A'}`;
const rows = [
  ['单位名称', '统一社会信用代码', '地址'],
  ['上海甲样本有限公司', A.slice(0, 16), '繁兴路 1 号'],
  ['上海乙样本有限公司', B.slice(0, 15), '繁兴路 2 号'],
  ['上海丙样本有限公司', letter(C), '繁兴路 3 号'],
  ['上海丁样本有限公司', broken(A), '繁兴路 4 号'],
];

const hasFocus = (field: Locator): Promise<boolean> =>
  field.evaluate((element) => element === element.ownerDocument.activeElement);

/** The page's own code, as text: the tests know no window. */
const onFocused = (page: Page, code: string): Promise<unknown> =>
  page.evaluate(`(() => { const field = document.activeElement; ${code} })()`);

/** A key as an input method strikes it. */
async function composing(page: Page, field: Locator, key: string): Promise<void> {
  await field.focus();
  const init = `{ key: '${key}', bubbles: true, cancelable: true, isComposing: true }`;
  await onFocused(page, `field.dispatchEvent(new KeyboardEvent('keydown', ${init}))`);
}

/** Pastes a text as a spreadsheet puts it on the clipboard. */
async function paste(page: Page, field: Locator, text: string): Promise<void> {
  await field.focus();
  const init = '{ clipboardData: data, bubbles: true, cancelable: true }';
  await onFocused(
    page,
    `const data = new DataTransfer(); data.setData('text/plain', ${JSON.stringify(text)});
     field.dispatchEvent(new ClipboardEvent('paste', ${init}))`,
  );
}

const dialog = (page: Page): Locator => page.getByRole('dialog').last();

describe('hands', () => {
  const desk = new DeskUnderTest();
  beforeAll(async () => {
    const named = ['--office', '华漕驻点', '--code', 'HC', '--operator', '陈静'];
    await command(desk.machine.env, 'init', '--workspace', desk.workspace, ...named);
    await desk.open();
  });
  afterAll(() => desk.close());
  afterEach(() => {
    desk.expectNoTrouble();
  });

  test('repair goes on from row to row by E and Enter; A takes what is proposed, C confirms from the paper', async () => {
    const { page } = desk;
    await page.evaluate(`location.hash = '/registers'`);
    const file = desk.file('名册.xlsx', workbook([{ name: '企业', rows }]));
    await chooseFiles(page, () => button(page, '选择文件…').click(), file);
    await button(page, /^核对 4 行/).click();
    await page.getByRole('row').filter({ hasText: '上海甲样本有限公司' }).first().click();
    for (const [n, code] of [A, B].entries()) {
      await page.keyboard.press('e');
      const field = page.getByRole('textbox', { name: `统一社会信用代码，企业第 ${n + 2} 行` });
      await expect.poll(() => hasFocus(field)).toBe(true);
      await field.fill(code);
      await page.keyboard.press('Enter');
      await page
        .getByRole('row')
        .filter({ hasText: `统一社会信用代码补正为“${code}”` })
        .first()
        .waitFor();
      // The cursor stands in the next row that needs a look.
      await expect.poll(() => page.locator('.ln.cur').innerText()).toContain(rows[n + 2]?.[0] ?? '');
    }
    await page.keyboard.press('ArrowRight');
    await desk.look('import-proposal');
    await page.keyboard.press('a');
    await page
      .getByRole('row')
      .filter({ hasText: `统一社会信用代码补正为“${C}”` })
      .first()
      .waitFor();
    await expect.poll(() => page.locator('.ln.cur').innerText()).toContain('上海丁样本有限公司');
    await page.keyboard.press('c');
    await dialog(page)
      .getByRole('combobox', { name: '从哪份材料核对' })
      .or(dialog(page).getByLabel('从哪份材料核对'))
      .first()
      .fill('营业执照副本');
    await desk.look('import-confirm-code');
    await page.keyboard.press('Enter');
    await page.getByRole('row').filter({ hasText: '信用代码确认补正为' }).first().waitFor();
    await page.keyboard.press('Control+Enter');
    await page.getByRole('heading', { name: '已导入 4 行' }).waitFor();
    await desk.look('import-done');
    await button(page, '看企业档案').click();
  });

  test('a code on file is said while it is typed, and offers the next site or the file', async () => {
    const { page } = desk;
    await page.evaluate(`location.hash = '/enterprises'`);
    await heading(page, '企业档案').waitFor();
    await page.keyboard.press('n');
    const name = dialog(page).getByLabel('单位名称', { exact: true });
    await name.pressSequentially('上海甲样本有限公司');
    await dialog(page).getByText('已有同名企业“上海甲样本有限公司”').waitFor();
    const code = dialog(page).getByLabel('统一社会信用代码', { exact: true });
    await code.fill(A);
    await code.blur();
    await desk.look('new-enterprise-second-site');
    await button(dialog(page), '另一厂区 002').click();
    await dialog(page).getByText('厂区序号 002').waitFor();
    await page.keyboard.press('Escape');
    await dialog(page).getByText('再按一次 Esc 放弃').waitFor();
    await page.keyboard.press('Escape');
    await expect.poll(() => page.getByRole('dialog').count()).toBe(0);
  });

  test('Esc of an input method leaves the row with all its fields; cells of a spreadsheet go into the fields one by one', async () => {
    const { page } = desk;
    await page.getByText('上海甲样本有限公司').first().dblclick();
    await heading(page, '上海甲样本有限公司').waitFor();
    await page.getByRole('tab', { name: /^联系人/ }).click();
    await button(page, '添加联系人').click();
    const form = page.locator('.record-form').last();
    await form.getByLabel('手机', { exact: true }).fill('13800008001');
    const name = form.getByLabel('姓名', { exact: true });
    await name.fill('陶');
    for (const key of ['Escape', 'Escape', 'Enter']) await composing(page, name, key);
    expect(await form.getByLabel('手机', { exact: true }).inputValue()).toBe('13800008001');
    expect(await name.inputValue()).toBe('陶');
    expect(await page.getByText('连不上后台').count()).toBe(0);
    await paste(page, name, '\u200B陶\u00A0样一\r\n');
    await expect.poll(() => name.inputValue()).toMatch(/^陶? ?陶 ?样一$/);
    await name.fill('');
    await paste(page, form.getByLabel('手机', { exact: true }), '１３８ 0000 8002\t021-50001234\r\n');
    await expect.poll(() => form.getByLabel('座机', { exact: true }).inputValue()).toBe('021-50001234');
    await name.fill('陶样一');
    await button(page, /^添加联系人$/)
      .last()
      .click();
    await page.getByRole('cell', { name: '陶样一' }).first().waitFor();
  });

  test('the firm and the office can be corrected; the list of keys names each key once', async () => {
    const { page } = desk;
    await page.evaluate(`location.hash = '/settings/office'`);
    const firm = page.getByLabel('服务单位');
    await firm.fill('上海华漕环保服务有限公司');
    await firm.press('Enter');
    await page.getByText('驻点已改').first().waitFor();
    await desk.look('settings-office');
    await page.evaluate(`location.hash = '/registers'`);
    await page.keyboard.press('?');
    const keys = (await dialog(page).locator('dt').allInnerTexts()).flatMap((text) => text.split('、'));
    expect(keys.length).toBe(new Set(keys).size);
    await page.keyboard.press('Escape');
  });
});
