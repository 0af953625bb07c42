// Hints of the trade when a file is begun: ticked, taken into the file in one go, marked as hints, and taken back with one undo.
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { updateEnterprise } from '../../services/enterprises/index.ts';
import { bring, onFile, sheet } from '../support/register-import.ts';
import { DeskUnderTest } from './support/desk.ts';
import { fillWorkspace } from './support/filled.ts';
import { button, heading, toast } from './support/window.ts';

const NAME = '上海川岚包装印刷有限公司';

describe('hints of the trade', () => {
  const desk = new DeskUnderTest();
  let enterpriseId = '';
  beforeAll(async () => {
    enterpriseId = await fillWorkspace(desk.machine, async (ctx) => {
      await bring(ctx, [
        sheet([
          ['企业名称', '村居', '企业类型'],
          [NAME, '东禾村', '工业企业'],
        ]),
      ]);
      const id = String((await onFile(ctx))[0]?.id);
      await updateEnterprise(ctx, id, { industryCode: '2319' });
      return id;
    });
    await desk.open();
  });
  afterAll(() => desk.close());
  afterEach(async ({ task }) => {
    if (task.result?.state === 'fail') await desk.shot('failed');
    desk.expectNoTrouble();
  });

  test('processes, wastes and facilities of a printer are ticked, stand in the file as hints, and go with one undo', async () => {
    const { page } = desk;
    await page.evaluate(`location.hash = '/enterprises/${enterpriseId}'`);
    await heading(page, NAME).waitFor();
    const note = page.getByRole('note').filter({ hasText: '包装印刷常见的工序、废物和设施' });
    await button(note, '挑选…').click();
    const dialog = page.getByRole('dialog', { name: '行业提示' });
    await dialog.getByText('不是这家企业的情况').waitFor();
    expect(await button(dialog, '收进档案').isDisabled()).toBe(true);
    await button(dialog, '全选生产工艺').click();
    await dialog.getByRole('checkbox', { name: /^模切/ }).uncheck();
    await dialog.getByRole('checkbox', { name: /废显影液.*900-019-16/ }).check();
    await dialog.getByRole('checkbox', { name: /^布袋/ }).check();
    await desk.look('trade-hints');
    await button(dialog, '收进档案，6 项').click();
    await toast(page, '已收进 6 项行业提示').waitFor();
    await page.getByRole('tab', { name: /^生产与产污/ }).click();
    const processes = page.getByRole('table', { name: '生产工艺' });
    await processes.getByText('制版冲洗').waitFor();
    expect(await processes.getByRole('row').count()).toBe(5);
    expect(await processes.getByText('模切').count()).toBe(0);
    const part = page.getByRole('region', { name: '生产工艺' });
    // Each says that nobody saw it yet, until somebody confirms it.
    await expect.poll(() => button(part, /已核实$/).count()).toBe(4);
    await part.getByText('待现场核实').waitFor();
    await desk.look('trade-hints-unseen');
    await page.getByRole('tab', { name: /^变更记录/ }).click();
    await page.getByText('按行业提示补充 6 项').waitFor();
    await page.keyboard.press('Control+z');
    await page.getByRole('tab', { name: /^废物/ }).click();
    await page.getByRole('region', { name: '废物', exact: true }).getByText('未收集', { exact: true }).waitFor();
    await note.getByText(/还没有 \d+ 项/).waitFor();
    await desk.look('trade-hints-undone');
    await button(note, '挑选…').click();
    await button(dialog, '全选生产工艺').click();
    await button(dialog, /^收进档案，/).click();
    await page.getByRole('tab', { name: /^生产与产污/ }).click();
    await button(part, '制版冲洗已核实').waitFor();
    const open = await button(part, /已核实$/).count();
    await button(part, '制版冲洗已核实').click();
    await toast(page, '生产工艺已核实').waitFor();
    await expect.poll(() => button(part, /已核实$/).count()).toBe(open - 1);
    await button(part, '制版冲洗已核实').waitFor({ state: 'detached' });
  });
});
