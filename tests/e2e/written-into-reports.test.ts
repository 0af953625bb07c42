// What people write into a report: typed, kept, printed in Word, and proposed a month later.
import { afterAll, beforeAll, expect, test } from 'vitest';
import { readFile } from 'node:fs/promises';
import { openDocx, paragraphs } from '../support/docx.ts';
import { openOneWindow, visitWithFinding, type OneWindow } from './support/issued.ts';
import { button } from './support/window.ts';

const WRITTEN = {
  存在问题与原因分析: '部分企业危废贮存不规范，多因仓库面积不足',
  工作建议: '建议集中办一次危废贮存培训',
  下阶段计划: '十一月完成涉废企业复核',
};
let w: OneWindow;
beforeAll(async () => {
  w = await openOneWindow();
  await visitWithFinding(w.t.client, w.enterpriseId, '2026-10-12');
  await w.page.evaluate(`location.hash = '#/reports'`);
  await w.page
    .getByRole('radiogroup', { name: '种类' })
    .or(w.page.getByRole('group', { name: '种类' }))
    .getByText('月报')
    .click();
});
afterAll(async () => {
  await w.close();
});

const options = () => w.page.getByRole('region', { name: '报告选项' });
const paper = () => w.page.getByRole('region', { name: '报告正文' });

async function toOctober(): Promise<void> {
  const period = () => w.page.locator('.head').first().innerText();
  await expect.poll(period).toContain('2026年11月');
  await button(options(), '上一期').click();
  await expect.poll(period).toContain('2026年10月');
}

test('three texts and a typical case are typed, saved and printed', async () => {
  await toOctober();
  for (const [label, text] of Object.entries(WRITTEN)) {
    await options().getByRole('textbox', { name: label }).fill(text);
    await options().getByRole('textbox', { name: label }).blur();
    await paper().getByText(text).first().waitFor();
  }
  await button(options(), '选择和编写').click();
  const dialog = w.page.getByRole('dialog', { name: '典型案例' });
  await dialog.getByRole('button', { name: /^选用/ }).first().click();
  await dialog.getByRole('textbox', { name: /的标题$/ }).fill('废漆桶露天堆放的整改');
  await dialog.getByRole('textbox', { name: /的说明$/ }).fill('企业三日内清理完毕，并新建贮存间');
  for (const [width, height] of [
    [1024, 700],
    [911, 512],
    [1366, 768],
  ] as const) {
    await w.page.setViewportSize({ width, height });
    const box = await button(dialog, '保存').boundingBox();
    expect(box && box.y + box.height <= height && box.x + box.width <= width, `保存 at ${width}`).toBe(true);
  }
  await button(dialog, '保存').click();
  await expect.poll(() => dialog.count()).toBe(0);
  await paper().getByText('企业三日内清理完毕').first().waitFor();
  const [download] = await Promise.all([w.page.waitForEvent('download'), button(w.page, /^出 Word/).click()]);
  const text = paragraphs((await openDocx(await readFile(await download.path()))).body).join('\n');
  for (const words of [...Object.values(WRITTEN), '废漆桶露天堆放的整改', '企业三日内清理完毕'])
    expect(text).toContain(words);
});

test('after a reload they are still there, and the next month proposes them', async () => {
  await w.page.reload();
  await w.page
    .getByRole('radiogroup', { name: '种类' })
    .or(w.page.getByRole('group', { name: '种类' }))
    .getByText('月报')
    .click();
  await toOctober();
  const causes = options().getByRole('textbox', { name: '存在问题与原因分析' });
  await expect.poll(() => causes.inputValue()).toBe(WRITTEN.存在问题与原因分析);
  await button(options(), '下一期').click();
  await expect.poll(() => causes.inputValue()).toBe('');
  const proposal = options().locator('.proposal').filter({ hasText: WRITTEN.存在问题与原因分析 });
  await button(proposal, '采用').click();
  await expect.poll(() => causes.inputValue()).toBe(WRITTEN.存在问题与原因分析);
  await paper().getByText(WRITTEN.存在问题与原因分析).first().waitFor();
  await options()
    .getByText(/选过 1 个/)
    .waitFor();
});
