// Data quality by keyboard: a proposal of a check is looked at and taken, two files are made one by choices, many rows are changed at
// once; each is taken back in one step.
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { enterprise } from '../../domain/enterprises/entities.ts';
import { act, type Context } from '../../services/context.ts';
import { bring, makeCode, onFile, sheet } from '../support/register-import.ts';
import { DeskUnderTest } from './support/desk.ts';
import { fillWorkspace } from './support/filled.ts';
import { Hands } from './support/hands.ts';
import { heading, toast } from './support/window.ts';

const CODE = makeCode('1');
const TWIN = makeCode('2');
const NAMES = ['上海川岚金属制品有限公司', '上海川岚金属制品厂', '青禾镇老张汽车修理厂'] as const;

async function fill(ctx: Context): Promise<void> {
  await bring(ctx, [
    sheet([
      ['企业名称', '统一社会信用代码', '街镇', '村居', '企业类型', '地址', '职工人数'],
      [NAMES[0], TWIN, '青禾镇', '东禾村', '工业企业', '东禾路1号', 12],
      [NAMES[1], '', '青禾镇', '东禾村', '工业企业', '东禾路2号', 30],
      [NAMES[2], CODE.replace('0', 'O'), '青禾镇', '东禾村', '汽修', '东禾路3号', 4],
    ]),
  ]);
  const twin = (await ctx.store.read.find(enterprise, { name: NAMES[1] }))[0]?.id ?? '';
  await act(ctx, '录入', 'form', async (tx) => {
    await tx.update(enterprise, twin, { creditCode: TWIN, siteNo: '001' });
  });
  expect(await onFile(ctx)).toHaveLength(3);
}

describe('data quality', () => {
  const desk = new DeskUnderTest();
  const hands = new Hands(desk);
  beforeAll(async () => {
    await fillWorkspace(desk.machine, fill);
    await desk.open();
  });
  afterAll(() => desk.close());
  afterEach(async ({ task }) => {
    if (task.result?.state === 'fail') await desk.shot('failed');
    desk.expectNoTrouble();
  });

  const grid = (name: string) => desk.page.getByRole('grid', { name });

  test('a proposed code is looked at and taken, the check is empty then, and one undo brings it back', async () => {
    const { page } = desk;
    await hands.use('企业档案');
    await hands.use('数据质量');
    await heading(page, '数据质量').waitFor();
    await grid('疑似重复').getByText(NAMES[0]).first().waitFor();
    await desk.look('quality-duplicates');
    await hands.press(']');
    await grid('待核的信用代码').getByText(CODE).first().waitFor();
    await desk.look('quality-proposal');
    await hands.use('采用全部建议');
    const dialog = page.getByRole('dialog', { name: '采用建议：待核的信用代码' });
    await dialog.getByText('将改 1 家').waitFor();
    await dialog.getByRole('table', { name: '将改的内容' }).getByText(CODE, { exact: true }).first().waitFor();
    await desk.look('quality-take');
    await hands.use(/^采用 1 家/);
    await toast(page, '已改 1 条').waitFor();
    await page.getByText('这一项没有问题了').waitFor();
    await hands.press('Control+z');
    await grid('待核的信用代码').getByText(CODE).first().waitFor();
  });

  test('two files are made one: one stays, a value of the other is chosen, and undo takes them apart', async () => {
    const { page } = desk;
    await hands.press('[');
    await grid('疑似重复').getByText(NAMES[1]).first().waitFor();
    await hands.use(`核对合并：${NAMES[0]}`);
    const dialog = page.getByRole('dialog', { name: '合并为一家' });
    const other = dialog.getByRole('radio', { name: '职工人数：30 人' });
    await other.waitFor();
    expect(await other.isChecked()).toBe(false);
    await other.focus();
    await hands.press('Space');
    await desk.look('quality-merge');
    await hands.use(/^合并/);
    await toast(page, '已合并为一家').waitFor();
    await page.getByText('这一项没有问题了').waitFor();
    await page.evaluate("location.hash = '/enterprises'");
    await grid('企业').getByText(NAMES[0]).waitFor();
    await expect.poll(() => grid('企业').locator('.tr').count()).toBe(2);
    // The name of the other is found as a former one.
    await page.keyboard.press('Control+k');
    await page.keyboard.type('川岚金属制品厂');
    await page.getByRole('option').filter({ hasText: NAMES[0] }).first().waitFor();
    await page.keyboard.press('Escape');
    await hands.press('Control+z');
    await expect.poll(() => grid('企业').locator('.tr').count()).toBe(3);
  });

  test('all that a filter finds are changed at once, looked at first, and changed back by one undo', async () => {
    const { page } = desk;
    await page.evaluate("location.hash = '/enterprises?filter=objectKind%3Dindustrial'");
    await expect.poll(() => grid('企业').locator('.tr').count()).toBe(2);
    await grid('企业').focus();
    await hands.press('Space');
    await hands.use('选中全部 2 家');
    await hands.use('批量修改');
    const dialog = page.getByRole('dialog', { name: '批量修改：2 家' });
    await dialog.getByLabel('改哪一项').selectOption({ label: '企业规模' });
    await hands.to('大型');
    await hands.press('ArrowRight', 'ArrowRight', 'ArrowRight');
    await dialog.getByRole('radio', { name: '小型', checked: true }).waitFor();
    await hands.use(/^预览/);
    await dialog.getByText('将改 2 家').waitFor();
    await desk.look('quality-batch-edit');
    await hands.use(/^修改 2 家/);
    await toast(page, '已改 2 条').waitFor();
    await page.evaluate("location.hash = '/enterprises?filter=scale%3Dsmall'");
    await expect.poll(() => grid('企业').locator('.tr').count()).toBe(2);
    await hands.press('Control+z');
    await expect.poll(() => grid('企业').locator('.tr').count()).toBe(0);
  });
});
