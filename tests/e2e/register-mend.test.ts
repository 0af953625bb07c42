// A row that an import refuses is mended in its preview, by keyboard.
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { workbook } from '../support/spreadsheets.ts';
import { command, DeskUnderTest } from './support/desk.ts';
import { button, chooseFiles } from './support/window.ts';

const rows = [
  ['企业名称', '村居', '地址', '联系人', '手机'],
  ['上海绿屏汽车修理有限公司', '许浦村', '繁兴路 1 号', '王强', '1380000'],
  [null, '许浦村', '繁兴路 2 号', '李敏', '13800000002'],
];

describe('a refused row of a register', () => {
  const desk = new DeskUnderTest();
  beforeAll(async () => {
    await command(
      desk.machine.env,
      'init',
      '--workspace',
      desk.workspace,
      '--office',
      '华漕驻点',
      '--code',
      'HC',
      '--operator',
      '陈静',
    );
    await desk.open();
  });
  afterAll(() => desk.close());
  afterEach(() => {
    desk.expectNoTrouble();
  });

  test('it is opened with E, mended by typing, taken back with Ctrl+Z, mended again, and imported', async () => {
    const { page } = desk;
    await page.evaluate(`location.hash = '/registers'`);
    await chooseFiles(
      page,
      () => button(page, '选择文件…').click(),
      desk.file('名册.xlsx', workbook([{ name: '企业', rows }])),
    );
    await button(page, /^核对 2 行/).click();
    const equation = page.getByLabel('逐行对账');
    const says = async (words: RegExp): Promise<void> => {
      await expect.poll(async () => (await equation.innerText()).replaceAll(/\s+/g, ' ')).toMatch(words);
    };
    await says(/2 行 ?= ?1 新增 ?\+ ?0 变更 ?\+ ?0 无变化 ?\+ ?1 退回/);
    await desk.look('import-refused');

    await page.getByRole('row').filter({ hasText: '没有单位名称' }).first().click();
    await page.keyboard.press('e');
    const name = page.getByRole('textbox', { name: '企业名称，企业第 3 行' });
    await expect.poll(() => name.evaluate((field) => field === field.ownerDocument.activeElement)).toBe(true);
    await page.keyboard.type('上海新立机械厂');
    await desk.look('import-mending');
    await page.keyboard.press('Enter');
    await says(/2 行 ?= ?2 新增 ?\+ ?0 变更 ?\+ ?0 无变化 ?\+ ?0 退回/);
    await desk.look('import-mended');
    await page.keyboard.press('Control+z');
    await says(/2 行 ?= ?1 新增 .* 1 退回/);
    expect(await name.inputValue()).toBe('');
    await name.fill('上海新立机械厂');
    await name.press('Enter');
    await says(/2 行 ?= ?2 新增/);
    // A row that is taken with a doubt is opened and mended by the same key.
    await page.getByRole('row').filter({ hasText: '上海绿屏汽车修理有限公司' }).first().click();
    await page.keyboard.press('e');
    const phone = page.getByRole('textbox', { name: '手机，企业第 2 行' });
    await phone.fill('13800000001');
    await phone.press('Enter');
    await page.getByRole('row').filter({ hasText: '手机补正为' }).first().waitFor();
    await button(page, /^确认导入 2 行/).click();
    await page.getByRole('heading', { name: '已导入 2 行' }).waitFor();
    await button(page, '看企业档案').click();
    await page.getByText('上海新立机械厂').first().waitFor();
  });
});
