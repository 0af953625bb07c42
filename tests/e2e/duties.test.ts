// Recurring duties in the window: one that is due stands on Today, its proof is attached in the file, and it is gone from Today.
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { DeskUnderTest, TODAY } from './support/desk.ts';
import { fillOneFile } from './support/filled.ts';
import { button, chooseFiles, toast } from './support/window.ts';

describe('duties', () => {
  const desk = new DeskUnderTest();
  let enterpriseId = '';
  beforeAll(async () => {
    enterpriseId = await fillOneFile(desk.machine, async (add) => {
      await add('contact', { name: '张敏', verifiedDate: '2026-05-30' });
      const outletId = await add('outlet', { code: 'DW001', medium: 'wastewater' });
      const pollutant = '化学需氧量';
      await add('monitoringPlan', { outletId, pollutant, frequency: 'quarterly', from: '2026-01-01' });
      await add('monitoringRecord', { outletId, pollutant, date: '2026-02-03', value: '40' });
    });
    await desk.open();
  });
  afterAll(() => desk.close());
  afterEach(() => {
    desk.expectNoTrouble();
  });

  test('a duty that is due is told, its proof attached, and it is gone from Today', async () => {
    const { page } = desk;
    await page.evaluate(`location.hash = '/today'`);
    const due = page.getByText('联系人核实（2026-11-26 前');
    await due.waitFor();
    await page.evaluate(`location.hash = '/enterprises/${enterpriseId}'`);
    await page.getByRole('tab', { name: /^定期义务/ }).click();
    await page.getByRole('table', { name: '义务清单' }).waitFor();
    await desk.look('duties');
    await button(page, '登记办理：联系人核实').click();
    const paper = desk.file('核实记录.txt', new TextEncoder().encode('电话核实'));
    await chooseFiles(page, () => button(page, '添加文件…').click(), paper);
    await page.getByRole('textbox', { name: '凭证' }).waitFor();
    await expect.poll(() => page.getByRole('textbox', { name: '凭证' }).inputValue()).toBe('核实记录.txt');
    await desk.look('duty-done');
    await button(page.getByRole('dialog'), '登记').click();
    await toast(page, '已登记“联系人核实”的办理').waitFor();
    await page.evaluate(`location.hash = '/today'`);
    await page.getByText('化学需氧量缺测').waitFor();
    await expect.poll(() => due.count()).toBe(0);
  });

  test('[LG-03] a quarter without its measurement is seen on the tab of monitoring', async () => {
    const { page } = desk;
    await page.evaluate(`location.hash = '/enterprises/${enterpriseId}'`);
    await page.getByRole('tab', { name: /^监测/ }).click();
    const table = page.getByRole('table', { name: '监测完成情况' });
    await table.getByRole('img', { name: /^2026-04-01 至 2026-06-30：缺测$/ }).waitFor();
    await table.getByRole('img', { name: /^2026-01-01 至 2026-03-31：已测$/ }).waitFor();
    await desk.look('monitoring-compliance');
    expect(TODAY).toBe('2026-11-18');
  });
});
