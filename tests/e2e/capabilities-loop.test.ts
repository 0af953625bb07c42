// Rows of the list of capabilities about the life of a finding, as people do it in the window: told on site, issued, followed, closed.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openDocx, tables, textOf, type OpenDocx } from '../support/docx.ts';
import { testPhoto } from '../support/photos.ts';
import { COMPLETE, openOneWindow, type OneWindow } from './support/issued.ts';
import { button, heading, toast } from './support/window.ts';

const NAME = '上海海明科技有限公司';
let w: OneWindow;
let page: Page;
beforeAll(async () => {
  w = await openOneWindow();
  ({ page } = w);
});
afterAll(() => w.close());

const go = async (address: string): Promise<void> => {
  await page.evaluate(`location.hash = '#${address}'`);
};
async function downloaded(work: () => Promise<void>): Promise<OpenDocx> {
  const [download] = await Promise.all([page.waitForEvent('download'), work()]);
  return await openDocx(readFileSync(await download.path()));
}
/** Starts a visit of a day and opens it. */
async function visit(date: string): Promise<void> {
  const { id } = await w.t.client.visits.start({ enterpriseId: w.enterpriseId, date, purposes: ['routine'] });
  await go(`/visits/${id}`);
  await heading(page, NAME).waitFor();
  await page.getByText(date.slice(5)).first().waitFor();
  await page.getByLabel('检查表').locator('[aria-current="true"]').waitFor();
}
const saved = async (): Promise<void> => {
  await page.getByText(/已保存 /).waitFor();
};
const draft = (): Locator => page.getByRole('group', { name: '问题 1' });

test('[ZJ-08] a sheet with an empty column of problem, duty, measure or deadline is not issued; with all four it is', async () => {
  await visit('2026-11-17');
  await page.keyboard.press('3');
  await draft().waitFor();
  const visitId = page.url().split('/').at(-1) ?? '';
  const { findings } = await w.t.client.visits.get({ id: visitId });
  const id = findings[0]?.id ?? '';
  const whole = {
    description: '废漆桶露天堆放在厂区东侧',
    responsibleUnit: NAME,
    responsiblePerson: '王建国',
    measure: '移入危废间，补贴标签',
    proposedDeadline: '2026-12-03',
    photoExemption: 'other',
  };
  const sheet = page.getByRole('region', { name: '整改建议单' });
  for (const [empty, lacking] of [
    [{ description: '废' }, '问题描述至少 6 个字'],
    [{ responsibleUnit: null, responsiblePerson: null }, '请填写责任单位或责任人'],
    [{ measure: null }, '请填写整改措施'],
    [{ proposedDeadline: null }, '请填写整改时限'],
  ] as const) {
    await w.t.client.findings.update({ id, values: { ...whole, ...empty } });
    await sheet.getByText(lacking).first().waitFor();
    await page.keyboard.press('Control+p');
    await sheet.getByText('还不能开具', { exact: true }).waitFor();
    expect((await w.t.client.visits.get({ id: visitId })).notices).toEqual([]);
  }
  await w.t.client.findings.update({ id, values: whole });
  await expect.poll(() => sheet.getByText('请填写整改时限').count()).toBe(0);
  const docx = await downloaded(() => page.keyboard.press('Control+p'));
  const printed = tables(docx.body).flat(2).join('').replaceAll(/\s/gu, '');
  for (const [label, value] of [
    ['问题提示', whole.description],
    ['责任人', whole.responsiblePerson],
    ['建议', whole.measure],
    ['建议完成时间', '2026年12月3日'],
  ] as const) {
    expect(printed).toContain(label);
    expect(printed).toContain(value);
  }
});

test('[MH-09] who was told of a finding on site, when, and what they said stands in the record beside it', async () => {
  await visit('2026-11-16');
  await page.keyboard.press('3');
  await draft().waitFor();
  for (const [label, text] of [
    ['现场告知', '王建国'],
    ['告知时间', '10:40'],
    ['对方意见', '今天就安排清理'],
  ] as const) {
    await draft().getByLabel(label, { exact: true }).fill(text);
    await draft().getByLabel(label, { exact: true }).blur();
  }
  await saved();
  const docx = await downloaded(() => page.keyboard.press('r'));
  const table = tables(docx.body).find((rows) => rows[0]?.includes('现场告知')) ?? [];
  const at = table[0]?.indexOf('现场告知') ?? -1;
  expect(table.slice(1).map((row) => row[at])).toEqual(['王建国，10:40：今天就安排清理']);
});

test('[PJ-07] 22:30 is night, also over midnight; most of an evening before ten is not; the night visits are counted', async () => {
  const facts = page.getByRole('dialog', { name: '检查信息' });
  for (const [date, from, to, night] of [
    ['2026-11-13', '22:30', '', true],
    ['2026-11-12', '22:30', '00:40', true],
    ['2026-11-11', '20:00', '22:30', false],
    ['2026-11-10', '23:30', '06:10', true],
  ] as const) {
    await visit(date);
    await page.keyboard.press('e');
    await facts.getByLabel('开始', { exact: true }).fill(from);
    await facts.getByLabel('开始', { exact: true }).blur();
    if (to) {
      await facts.getByLabel('结束', { exact: true }).fill(to);
      await facts.getByLabel('结束', { exact: true }).blur();
    }
    await expect
      .poll(() => facts.getByLabel('夜间', { exact: true }).isChecked(), { message: `${from}-${to}` })
      .toBe(night);
    await facts.getByRole('button', { name: '完成' }).click();
    await page.keyboard.press('1');
    await saved();
    await button(page, '结束检查').click();
    await page.getByRole('dialog', { name: '结束检查' }).getByRole('button', { name: '结束检查' }).click();
    await toast(page, '检查已结束').waitFor();
  }
  await go(`/visits?filter=${encodeURIComponent('isNight=true')}`);
  await expect.poll(() => page.getByRole('grid', { name: '现场检查' }).locator('.tr').count()).toBe(3);
});

test('[PD-16] a closed finding shows its whole story with days and persons; the print tells the same events', async () => {
  const { client } = w.t;
  const { enterpriseId } = w;
  const { id: visitId } = await client.visits.start({ enterpriseId, date: '2026-11-09', purposes: ['routine'] });
  const item = (await client.visits.get({ id: visitId })).items.find((one) => one.handlingClass === 'deadline');
  const answer = await client.visits.answer({ visitId, itemId: item?.id ?? '', result: 'nonconforming' });
  const findingId = answer.findingId ?? '';
  await client.findings.update({ id: findingId, values: COMPLETE });
  await client.findings.issueNotice({ enterpriseId, visitId, findingIds: [findingId], kind: 'advice' });
  const photo = join(w.t.folder, '整改后.jpg');
  writeFileSync(photo, await testPhoto(640, 480, { text: '整改后' }));
  await go(`/findings/${findingId}`);
  const story = page.getByRole('list', { name: '经过' });
  await story.waitFor();
  await page.keyboard.press('f');
  const follow = page.getByRole('dialog', { name: '登记跟进' });
  await follow.getByRole('textbox').filter({ visible: true }).nth(1).fill('电话联系，企业说本周内清理');
  await follow.getByLabel('下次跟踪').fill('1120');
  await follow.getByLabel('下次跟踪').press('Tab');
  await follow.getByRole('button', { name: '登记' }).click();
  await story.getByText('电话联系').waitFor();
  await page.getByLabel('选择整改后照片').setInputFiles(photo);
  await story.getByText('整改后照片 1 份').waitFor();
  await page.getByPlaceholder('看到了什么').fill('废漆桶已全部移入危废间，标签齐全');
  await page.keyboard.press('Escape');
  await page.keyboard.press('y');
  await page.getByRole('dialog', { name: '复核通过' }).waitFor();
  await page.keyboard.press('Enter');
  await page.getByLabel('流转').getByText('已销号').and(page.locator('[aria-current="step"] *')).waitFor();
  const titles = await story.getByRole('listitem').locator('b').allInnerTexts();
  expect(titles.length).toBeGreaterThanOrEqual(6);
  await button(page, '其他办理').click();
  const docx = await downloaded(() => page.getByRole('menuitem', { name: '出具全过程档案' }).click());
  const events = (tables(docx.body).find((rows) => rows[0]?.[2] === '事项') ?? []).slice(1);
  expect(events.map((row) => row[2])).toEqual(titles.toReversed());
  for (const row of events) {
    expect(row[1], row[2]).toMatch(/2026/u);
    expect(row[4], row[2]).not.toBe('－');
  }
  expect(textOf(docx.body)).toContain('历时 9 天');
  expect(docx.paths.filter((path) => path.startsWith('word/media/'))).not.toEqual([]);
});
