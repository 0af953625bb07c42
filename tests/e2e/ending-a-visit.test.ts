// Ending a visit over drafts: the dialog says so and offers both ways out; no click and no Enter is without an answer. What has ended
// is only looked at.
import { afterEach, beforeEach, expect, test } from 'vitest';
import { COMPLETE, openOneWindow, visitWithDraft, type OneWindow } from './support/issued.ts';
import { button, heading, toast } from './support/window.ts';

let w: OneWindow;
beforeEach(async () => {
  w = await openOneWindow();
});
afterEach(async () => {
  await w.close();
});

const dialog = () => w.page.getByRole('dialog', { name: '结束检查' });
const state = async (id: string) => (await w.t.client.visits.get({ id })).values['state'];

/** Opens a visit with a draft and its dialog of the end. */
async function ending(complete: boolean): Promise<string> {
  const { visitId, findingId } = await visitWithDraft(w.t.client, w.enterpriseId, '2026-11-18');
  if (complete) await w.t.client.findings.update({ id: findingId, values: COMPLETE });
  await w.page.evaluate(`location.hash = '#/visits/${visitId}'`);
  await heading(w.page, '上海海明科技有限公司').waitFor();
  await button(w.page, '结束检查').click();
  await dialog().getByText('1 项问题还没有开单').first().waitFor();
  return visitId;
}

test('the end over a draft that lacks something is answered; the draft is named and led to; deleted, the visit ends', async () => {
  const id = await ending(false);
  await w.page.keyboard.press('Control+Enter');
  // The refusal is said in the dialog, and nothing has happened.
  await dialog()
    .getByText(/还没有检查任何一项|请补全后开具整改建议单，或删除草稿/)
    .first()
    .waitFor();
  expect(await state(id)).toBe('draft');
  expect(await button(dialog(), '现在开具').isDisabled()).toBe(true);
  await button(dialog(), '去补全').click();
  await expect.poll(() => dialog().count()).toBe(0);
  await w.page.getByRole('group', { name: '问题 1' }).waitFor();
  await button(w.page, '结束检查').click();
  await button(dialog(), '删除草稿').click();
  await toast(w.page, '草稿已放入回收站').waitFor();
  await expect.poll(() => button(dialog(), '现在开具').count()).toBe(0);
  expect((await w.t.client.visits.get({ id })).findings).toEqual([]);
});

test('a complete draft is issued from the dialog, the visit ends by Enter, and nothing of it offers to be changed', async () => {
  const id = await ending(true);
  const [download] = await Promise.all([w.page.waitForEvent('download'), button(dialog(), '现在开具').click()]);
  expect(download.suggestedFilename()).toMatch(/^整改建议单_.*\.docx$/);
  await expect.poll(() => button(dialog(), '现在开具').count()).toBe(0);
  await dialog().getByRole('heading').first().click();
  await w.page.keyboard.press('Enter');
  await toast(w.page, '检查已结束').waitFor();
  expect(await state(id)).toBe('recorded');
  await w.page
    .getByText('检查已结束（完成）')
    .or(w.page.getByText(/检查已结束（/))
    .first()
    .waitFor();
  for (const name of [/^添加整改前照片/, /^圈标注/, /^添加照片/])
    expect(await w.page.getByRole('button', { name }).count(), String(name)).toBe(0);
  await w.page.keyboard.press('e');
  const facts = w.page.getByRole('dialog', { name: '检查信息' });
  await facts.getByRole('button', { name: /^添加签字扫描件/ }).waitFor();
  for (const name of [/^添加照片/, /^添加资料/]) expect(await facts.getByRole('button', { name }).count()).toBe(0);
});
