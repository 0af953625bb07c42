// Jobs from the keyboard alone: no mouse, no click, nothing put into a field but by typing.
// What lies on the system (its chooser of files) is answered as the system would.
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { testPhoto } from '../support/photos.ts';
import { barriers } from './support/axe.ts';
import { DeskUnderTest } from './support/desk.ts';
import { Hands } from './support/hands.ts';
import { messyRegister } from './support/registers.ts';
import { heading, toast } from './support/window.ts';

const NEW = '上海键盘机械厂';
const DESCRIPTION = '废漆桶露天堆放，未张贴标签';

describe('from the keyboard alone', () => {
  const desk = new DeskUnderTest();
  const hands = new Hands(desk);

  beforeAll(async () => {
    await desk.open();
  });
  afterAll(() => desk.close());
  afterEach(async ({ task }) => {
    if (task.result?.state === 'fail') await desk.shot(`keyboard-failed`);
    desk.expectNoTrouble();
  });

  const shot = (name: string): Promise<void> => desk.shot(`keyboard-${name}`);
  /** A room of the navigation. */
  async function room(name: string): Promise<void> {
    await desk.settled();
    await hands.use(new RegExp(`^${name}\\s*[\\d,]*$`), { back: true });
    await desk.page.locator('.main h1').first().waitFor();
    await desk.settled();
  }

  test('the first start, with a register that is imported to the end', async () => {
    const { page } = desk;
    await hands.fill('服务单位', '上海清源环保咨询有限公司');
    await hands.fill('本驻点', '华漕驻点');
    await hands.fill('驻点代号', 'HC');
    await hands.fill('使用人', '陈静');
    await hands.to('空白工作区');
    await hands.press('ArrowDown');
    const register = desk.file('华漕镇名册.xlsx', messyRegister());
    await hands.choose(() => hands.use('选择文件…'), register);
    await expect.poll(() => hands.focused()).toMatch(/^开始使用/);
    await hands.press('Enter');
    await heading(page, '导入名册和台账').waitFor();
    await page.getByRole('region', { name: '华漕镇的列' }).waitFor();
    await shot('import-columns');
    await hands.press('Control+Enter');
    await page.getByLabel('逐行对账').waitFor();
    await desk.settled();
    await hands.press('j', 'j', 'ArrowRight');
    await shot('import-review');
    await hands.press('Control+Enter');
    await page.getByRole('heading', { name: '已导入 5 行' }).waitFor();
    await hands.use('看企业档案');
    await heading(page, '企业档案').waitFor();
  });

  test('a new enterprise; what the back end refuses leaves the focus on the faulty field', async () => {
    const { page } = desk;
    await desk.settled();
    await hands.press('n');
    await page.getByRole('dialog', { name: '新增企业' }).waitFor();
    await hands.fill('单位名称', NEW);
    await hands.press('Control+Enter');
    // Town and address are needed, and were not given.
    await page.getByRole('dialog').locator('[aria-invalid="true"]').first().waitFor();
    desk.expectRefusals('enterprises/create');
    const isFaulty = (): Promise<boolean> =>
      page.evaluate(`document.activeElement === document.querySelector('[role="dialog"] [aria-invalid="true"]')`);
    await expect.poll(isFaulty).toBe(true);
    await shot('new-enterprise-refused');
    // It is the town: added by what was typed, and the rest goes through.
    await hands.type('华漕镇');
    await page.getByRole('option', { name: '添加街镇“华漕镇”' }).waitFor();
    await desk.settled();
    await hands.press('Enter');
    await toast(page, '已添加街镇').waitFor();
    await hands.fill('生产经营地址', '繁兴路 9 号');
    await hands.press('Control+Enter');
    await heading(page, NEW).waitFor();
  });

  test('a round over all enterprises', async () => {
    const { page } = desk;
    await room('检查');
    await hands.press('n');
    await page.getByRole('dialog', { name: '新建轮次' }).waitFor();
    await hands.fill('结束日期', '1231');
    await hands.press('Tab');
    await page.getByRole('button', { name: /^建立，\d+ 家/ }).waitFor();
    await hands.use(/^建立，\d+ 家/);
    await heading(page, '2026 年第一轮').waitFor();
    await desk.settled();
    await shot('round');
  });

  test('a visit: answers, a finding with its text, person, deadline and photo', async () => {
    const { page } = desk;
    await hands.press('v');
    const current = page.locator('[aria-label="检查表"] [aria-current="true"]');
    await current.waitFor();
    await desk.settled();
    await hands.press('1', 'j', '3');
    const finding = page.getByRole('group', { name: '问题 1' });
    await finding.waitFor();
    await desk.settled();
    await hands.fill(/^问题$/, DESCRIPTION);
    await hands.fill(/^责任人/, '王强');
    await hands.press('Alt+1');
    await expect.poll(() => finding.getByLabel('拟定时限').inputValue()).toBe('2026-11-25');
    await hands.press('Escape');
    const photo = desk.file('废漆桶.jpg', await testPhoto(1600, 1200, { text: '现场' }));
    await hands.choose(() => hands.press('p'), photo);
    await finding.getByRole('button', { name: /^整改前照片 1/ }).waitFor();
    await desk.settled();
    await shot('visit');
  });

  test('marks on the photo: placed in the middle, moved, made larger, with a word, and kept on a copy', async () => {
    const { page } = desk;
    const finding = page.getByRole('group', { name: '问题 1' });
    await hands.use('圈标注');
    await hands.press('ArrowRight', 'ArrowDown', 'Shift+ArrowRight');
    await hands.use('文字标注');
    await hands.type('废漆桶');
    await hands.press('Enter');
    await expect.poll(() => hands.focused()).toBe('文字标注');
    await shot('markup');
    await hands.press('Control+Enter');
    await finding.getByRole('button', { name: '标注副本，看原图' }).waitFor();
    await desk.settled();
  });

  test('the notice is issued, the visit ended, the finding reported as rectified and verified', async () => {
    const { page } = desk;
    const notice = await desk.download(() => hands.press('Control+p'));
    expect(notice.name).toMatch(/\.docx$/);
    await page
      .getByText(/已开具 /)
      .first()
      .waitFor();
    await hands.use(/^结束检查/, { back: true });
    await page.getByRole('dialog', { name: '结束检查' }).waitFor();
    await hands.use(/^结束检查/);
    await toast(page, '检查已结束').waitFor();
    await room('问题闭环');
    await hands.to('问题清单');
    await hands.press('Enter');
    await heading(page, DESCRIPTION).waitFor();
    await desk.settled();
    await hands.use(/^企业提交整改/);
    await page.getByRole('dialog', { name: '企业提交整改' }).waitFor();
    await hands.fill(/^证据/, '废漆桶已移入危废间，标签已张贴');
    await hands.press('Control+Enter');
    await toast(page, '已办理').waitFor();
    await desk.settled();
    await hands.fill(/^复核意见/, '标签内容完整，地面已清理');
    await hands.press('Escape', 'y');
    await page.getByRole('dialog', { name: '复核通过' }).waitFor();
    await shot('verify');
    await hands.press('Enter');
    await toast(page, '复核通过，已销号').waitFor();
  });

  test('a report: looked at, and written as Word', async () => {
    const { page } = desk;
    await room('报告');
    const word = page.getByRole('button', { name: /^出 Word/ });
    await word.waitFor();
    await desk.settled();
    await shot('report');
    const report = await desk.download(() => hands.use(/^出 Word/));
    expect(report.name).toMatch(/\.docx$/);
  });

  test('a backup, its trial, and its restoring into a new folder', async () => {
    const { page } = desk;
    await room('交换与备份');
    await hands.use(/^备份$/);
    await heading(page, '备份').waitFor();
    await desk.settled();
    await hands.use('现在备份');
    await toast(page, '已备份并核对').waitFor();
    await desk.settled();
    await hands.use('试恢复');
    await page.getByText('试恢复通过').waitFor();
    await hands.use(/^恢复…/);
    const dialog = page.getByRole('dialog', { name: '从备份恢复' });
    await dialog.waitFor();
    await hands.fill(/^恢复到/, join(desk.machine.folder, '恢复处'));
    await hands.press('Control+Enter');
    await dialog.getByText('已恢复').waitFor();
    await shot('restored');
    await hands.use(/^打开恢复的资料/);
    await heading(page, '今日').waitFor();
  });

  test('settings: a name is changed and stays', async () => {
    const { page } = desk;
    await room('设置');
    await shot('settings');
    await hands.fill(/^服务单位/, '上海清源环保服务有限公司');
    await hands.press('Enter');
    await desk.settled();
    await page.reload();
    await heading(page, '设置').waitFor();
    expect(await page.getByLabel('服务单位').inputValue()).toBe('上海清源环保服务有限公司');
    expect(await barriers(page)).toEqual([]);
  });
});
