// The file at a visit: what is there stands beside what is seen, by keyboard and in a small window; the history names the visit.
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { DeskUnderTest } from './support/desk.ts';
import { fillOneFile } from './support/filled.ts';
import { button, toast } from './support/window.ts';

describe('file at a visit', () => {
  const desk = new DeskUnderTest();
  let enterpriseId = '';
  beforeAll(async () => {
    enterpriseId = await fillOneFile(desk.machine, async (add) => {
      await add('contact', { name: '张敏', verifiedDate: '2026-01-30' });
      await add('equipment', { name: '冲床', count: 5, countInEia: 5 });
    });
    await desk.open();
  });
  afterAll(() => desk.close());
  afterEach(() => {
    desk.expectNoTrouble();
  });

  test('[MH-08] an extra machine is corrected, told as a difference, recorded as a finding; its history leads to the visit', async () => {
    const { page } = desk;
    await page.setViewportSize({ width: 1024, height: 700 });
    await page.evaluate(`location.hash = '/enterprises/${enterpriseId}'`);
    await button(page, '开始检查').click();
    await page.getByText('张敏 超过 180 天没有核实').waitFor();
    await page.keyboard.press('b');
    const dialog = page.getByRole('dialog', { name: '档案核对' });
    await dialog.getByRole('table', { name: '生产设备' }).waitFor();
    await button(dialog, '张敏已核实').click();
    await expect.poll(() => dialog.getByText('请核实联系人').count()).toBe(0);
    await dialog.getByRole('table', { name: '生产设备' }).getByRole('row').nth(1).dblclick();
    const count = dialog.getByRole('spinbutton', { name: '数量' }).or(dialog.getByRole('textbox', { name: '数量' }));
    await count.first().fill('6');
    await count.first().press('Tab');
    const difference = '生产设备“冲床”现场 6台，环评 5台，多于批准';
    await dialog.getByText(difference).waitFor();
    await desk.look('file-check');
    await button(dialog, `记为问题：${difference}`).click();
    await toast(page, '已记为问题草稿').waitFor();
    await dialog.getByText('已记为问题').first().waitFor();
    await button(dialog, '关闭').first().click();
    await page.evaluate(`location.hash = '/enterprises/${enterpriseId}'`);
    await page.getByRole('tab', { name: /^变更记录/ }).click();
    await page
      .getByRole('link', { name: /^现场检查 / })
      .first()
      .click();
    await expect.poll(() => page.url()).toContain('/visits/');
  });

  test('a paper of the file is found by its name from anywhere, and the file opens where it lies; each value says its source', async () => {
    const { page } = desk;
    await page.evaluate(`location.hash = '/enterprises/${enterpriseId}'`);
    await page.getByRole('tab', { name: /^附件/ }).click();
    await page.getByLabel('选择资料').setInputFiles(desk.file('川岚环评批复.pdf', Buffer.from('%PDF-1.4 made up')));
    await page.getByText('川岚环评批复.pdf').first().waitFor();
    await page.evaluate("location.hash = '/today'");
    await page.locator('.main h1').first().waitFor();
    await page.keyboard.press('Control+k');
    await page.getByRole('dialog', { name: '查找' }).getByRole('combobox').fill('环评批复');
    await page
      .getByRole('option', { name: /川岚环评批复\.pdf.*上海川岚金属制品有限公司/ })
      .first()
      .waitFor();
    await page.keyboard.press('Enter');
    await page.getByRole('tab', { name: /^附件/, selected: true }).waitFor();
    await page.getByText('川岚环评批复.pdf').first().waitFor();
    await page.getByRole('tab', { name: /^生产与产污/ }).click();
    await button(page, '生产与产污的来历').click();
    const origins = page.getByRole('dialog', { name: '生产与产污的来历' });
    const line = origins.getByRole('row').filter({ hasText: '数量' }).first();
    await expect.poll(() => line.innerText()).toMatch(/6 ?台?[\s\S]*现场检查/);
    await origins.getByRole('row').filter({ hasText: '此前' }).first().waitFor();
    await desk.look('field-origins');
  });
});
