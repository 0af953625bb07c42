// The hand-off from the keyboard alone, both ways: cards, fingerprints, a package out and in, its receipt back.
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { command, DeskUnderTest } from './support/desk.ts';
import { Hands } from './support/hands.ts';
import { messyRegister } from './support/registers.ts';
import { heading, toast } from './support/window.ts';

describe('the hand-off from the keyboard alone', () => {
  const [hc, xh] = [new DeskUnderTest(), new DeskUnderTest()];
  const both = [hc, xh] as const;
  const stick = join(hc.machine.folder, 'U 盘');

  beforeAll(async () => {
    mkdirSync(stick);
    const at = (desk: DeskUnderTest) => ['--workspace', desk.workspace];
    const init = async (desk: DeskUnderTest, office: string, code: string, operator: string) =>
      await command(desk.machine.env, 'init', ...at(desk), '--office', office, '--code', code, '--operator', operator);
    await init(hc, '华漕驻点', 'HC', '周敏');
    await init(xh, '徐汇总部', 'XH', '沈佳');
    await command(hc.machine.env, 'import', 'register', hc.file('名册.xlsx', messyRegister()), ...at(hc));
    await Promise.all(both.map((desk) => desk.open()));
  });
  afterAll(async () => {
    await Promise.all(both.map((desk) => desk.close()));
  });
  afterEach(async ({ task }) => {
    if (task.result?.state === 'fail')
      await Promise.all([hc.shot('keyboard-handoff-failed-hc'), xh.shot('keyboard-handoff-failed-xh')]);
    for (const desk of both) desk.expectNoTrouble();
  });

  async function exchange(desk: DeskUnderTest): Promise<Hands> {
    const hands = new Hands(desk);
    await desk.settled();
    await hands.use(/^交换与备份/, { back: true });
    await heading(desk.page, '交换').waitFor();
    await desk.settled();
    return hands;
  }

  /** This office's card as a file, and its fingerprint as it is read out by telephone. */
  async function card(desk: DeskUnderTest): Promise<{ file: string; fingerprint: string }> {
    const hands = await exchange(desk);
    const { name, bytes } = await desk.download(() => hands.use('导出名片'));
    const shown = desk.page.getByRole('complementary', { name: '本驻点名片' }).locator('.fp').first();
    return { file: desk.file(name, bytes), fingerprint: (await shown.innerText()).replaceAll(/\D/g, '') };
  }

  async function befriend(desk: DeskUnderTest, of: { file: string; fingerprint: string }, name: string): Promise<void> {
    const hands = await exchange(desk);
    await hands.choose(() => hands.use('导入名片…'), of.file);
    await desk.page.getByRole('dialog', { name: '登记协作驻点' }).waitFor();
    await hands.fill(/^把对方读的数字打在这里/, of.fingerprint);
    await desk.page.getByRole('dialog').getByText('一致', { exact: true }).waitFor();
    await hands.use(/^登记/);
    await toast(desk.page, `已登记“${name}”`).waitFor();
  }

  test('each office knows the other by its card and the digits that were read out', async () => {
    const own = await card(hc);
    await befriend(xh, own, '华漕驻点');
    await befriend(hc, await card(xh), '徐汇总部');
  });

  /** Where the package lies that the dialog on screen writes. */
  async function writtenTo(desk: DeskUnderTest, hands: Hands, label: RegExp): Promise<string> {
    await hands.fill(label, stick);
    await hands.press('Control+Enter');
    const made = desk.page.locator('.made');
    await made.getByText('请安全弹出 U 盘').waitFor();
    return (await made.locator('.where').innerText()).trim();
  }

  /** Looks at a package and takes it in; what the window says of it. */
  async function takeIn(desk: DeskUnderTest, hands: Hands, folder: string): Promise<void> {
    await hands.use('收进…');
    await heading(desk.page, '收进交换包').waitFor();
    await hands.fill(/^交换包的文件夹/, folder);
    await hands.use('看看里面有什么');
    await desk.page.getByText('还没有写入任何内容').waitFor();
    await desk.settled();
    await hands.press('Control+Enter');
    await desk.page
      .locator('section.done')
      .getByText(/^已收进 /)
      .waitFor();
  }

  /** Writes a package for the other office, which takes it in and answers by a receipt that goes back. */
  async function handOver(from: DeskUnderTest, to: DeskUnderTest): Promise<void> {
    const sender = await exchange(from);
    await sender.use('发出…');
    await from.page.getByRole('dialog', { name: '发出交换包' }).waitFor();
    const folder = await writtenTo(from, sender, /^文件夹/);
    await from.shot('keyboard-handoff-sent');
    const taker = await exchange(to);
    await takeIn(to, taker, folder);
    await to.shot('keyboard-handoff-taken');
    await taker.use('发回执…');
    await to.page.getByRole('dialog', { name: '发回执' }).waitFor();
    await takeIn(from, await exchange(from), await writtenTo(to, taker, /^文件夹/));
    await sender.use('完成');
    await heading(from.page, '交换').waitFor();
  }

  test('a package goes out, is looked at and taken in, and its receipt comes back', async () => {
    await handOver(hc, xh);
    const names = xh.page.getByRole('grid', { name: '企业' }).getByRole('row');
    const hands = new Hands(xh);
    await xh.settled();
    await hands.use(/^企业档案/, { back: true });
    await heading(xh.page, '企业档案').waitFor();
    await expect.poll(() => names.count()).toBeGreaterThan(3);
    // Each value says the office that it came from, and how that came by it.
    await hands.to('企业名单');
    await hands.press('Enter');
    await xh.page.getByRole('tablist', { name: '企业档案的部分' }).waitFor();
    await xh.settled();
    await hands.use('基本信息的来历');
    const origins = xh.page.getByRole('dialog').getByRole('row').filter({ hasText: '统一社会信用代码' });
    await origins.getByText('华漕驻点　名册导入').waitFor();
    await hands.press('Escape');
  });

  test('and the other way round', async () => {
    await handOver(xh, hc);
  });
});
