// Two offices that hand packages over, in verbs: what each does in its own window.
import { join } from 'node:path';
import { readFileSync } from 'node:fs';
import { expect } from 'vitest';
import type { Page } from 'playwright-core';
import { command, type DeskUnderTest } from './desk.ts';
import { button, heading, rail, toast } from './window.ts';

/** What the window says of a package that it wrote. */
export interface Sent {
  folder: string;
  said: string;
  operations: number;
  attachments: number;
}

/** Goes to the page of exchange. */
export async function toExchange(desk: DeskUnderTest): Promise<Page> {
  await rail(desk.page, '交换与备份').click();
  await heading(desk.page, '交换').waitFor();
  await desk.settled();
  return desk.page;
}

async function written(page: Page): Promise<Sent> {
  const made = page.locator('.made');
  await made.getByText('请安全弹出 U 盘').waitFor();
  const said = (await made.locator('p').first().innerText()).replaceAll(/\s+/g, ' ');
  const [, operations, attachments] = /([\d,]+) 处改动、([\d,]+) 个附件/.exec(said) ?? [];
  const folder = await made.locator('.where').innerText();
  await page.getByRole('button', { name: '收起', exact: true }).click();
  await made.waitFor({ state: 'detached' });
  return {
    folder: folder.trim(),
    said,
    operations: Number(operations?.replaceAll(',', '')),
    attachments: Number(attachments?.replaceAll(',', '')),
  };
}

/** Writes a package for the only partner. */
export async function send(
  desk: DeskUnderTest,
  stick: string,
  options: { full?: boolean; photos?: '仅缩略图' | '不带' } = {},
): Promise<Sent> {
  const page = await toExchange(desk);
  await page.getByRole('table', { name: '协作驻点' }).getByRole('button', { name: '发出' }).click();
  const dialog = page.getByRole('dialog', { name: '发出交换包' });
  await dialog.getByLabel('文件夹').fill(stick);
  if (options.photos)
    await dialog.getByRole('radiogroup', { name: '照片' }).getByRole('radio', { name: options.photos }).click();
  if (options.full) await dialog.getByLabel(/从头全发/).check();
  await dialog.getByRole('button', { name: /^制作交换包/ }).click();
  return await written(page);
}

/** Opens the list of packages that came. */
export async function received(page: Page): Promise<void> {
  await page.getByRole('navigation', { name: '交换与备份' }).getByRole('link', { name: '收进', exact: true }).click();
  await page.getByRole('grid', { name: '收进的交换包' }).waitFor();
}

/** Writes the receipt of the last package that came. */
export async function sendReceipt(desk: DeskUnderTest, stick: string): Promise<Sent> {
  const page = await toExchange(desk);
  await received(page);
  await page
    .getByRole('grid', { name: '收进的交换包' })
    .getByRole('button', { name: '发回执…', exact: true })
    .first()
    .click();
  const dialog = page.getByRole('dialog', { name: '发回执' });
  await dialog.getByLabel('文件夹').fill(stick);
  await dialog.getByRole('button', { name: /^制作回执/ }).click();
  return await written(page);
}

/** Looks at a package; the preview stands and nothing is written yet. */
export async function preview(desk: DeskUnderTest, folder: string): Promise<Page> {
  const page = await toExchange(desk);
  await button(page, '收进…').click();
  await page.getByLabel('交换包的文件夹').fill(folder);
  await button(page, '看看里面有什么').click();
  await page.getByText('还没有写入任何内容').waitFor();
  await desk.settled();
  return page;
}

/** Takes a previewed package in by keyboard; what the summary says. */
export async function confirm(desk: DeskUnderTest): Promise<string> {
  const { page } = desk;
  await page.keyboard.press('Control+Enter');
  const done = page.locator('section.done');
  await done.getByText(/^已收进 /).waitFor();
  const said = (await done.innerText()).replaceAll(/\s+/g, ' ');
  await button(page, '完成').click();
  await heading(page, '交换').waitFor();
  return said;
}

/** Previews and takes in. */
export async function take(desk: DeskUnderTest, folder: string): Promise<string> {
  await preview(desk, folder);
  return await confirm(desk);
}

/** Reads this office's card out of the window: the file, and the fingerprint as it is read out by telephone. */
export async function cardOf(desk: DeskUnderTest): Promise<{ file: string; fingerprint: string }> {
  const page = await toExchange(desk);
  const { name, bytes } = await desk.download(() => button(page, '导出名片').click());
  const fingerprint = (
    await page.getByRole('complementary', { name: '本驻点名片' }).locator('.fp').first().innerText()
  ).replaceAll(/\D/g, '');
  expect(fingerprint).toHaveLength(40);
  return { file: desk.file(name, bytes), fingerprint };
}

/** Imports another office's card and types what the other read out. */
export async function befriend(
  desk: DeskUnderTest,
  card: { file: string; fingerprint: string },
  name: string,
): Promise<void> {
  const page = await toExchange(desk);
  await page.getByLabel('导入名片', { exact: true }).setInputFiles(card.file);
  const dialog = page.getByRole('dialog', { name: '登记协作驻点' });
  await dialog.getByLabel('把对方读的数字打在这里').fill(card.fingerprint.replaceAll(/(.{5})/g, '$1 '));
  await dialog.getByText('一致', { exact: true }).waitFor();
  await dialog.getByRole('button', { name: /^登记/ }).click();
  await toast(page, `已登记“${name}”`).waitFor();
  await page.getByRole('table', { name: '协作驻点' }).getByText(name).waitFor();
}

/** The canonical dump of a workspace as the command line writes it, and what its check says; nobody may have it open. */
export async function verified(desk: DeskUnderTest): Promise<{ dump: string; problems: unknown }> {
  const out = join(desk.machine.folder, 'canonical.dump');
  await command(desk.machine.env, 'handoff', 'dump', '--out', out, '--workspace', desk.workspace);
  const { problems } = await command(desk.machine.env, 'check', '--workspace', desk.workspace);
  return { dump: readFileSync(out, 'utf8'), problems };
}

/** Shows a page of the window by its address. */
export async function go(desk: DeskUnderTest, path: string): Promise<Page> {
  await desk.page.evaluate(`location.hash = ${JSON.stringify(path)}`);
  await expect.poll(() => desk.page.url().split('#')[1]).toBe(path);
  await desk.page.locator('.main h1').first().waitFor();
  await desk.settled();
  return desk.page;
}

/** Changes a field of an enterprise in its form. */
export async function changeEnterprise(desk: DeskUnderTest, id: string, label: RegExp, value: string): Promise<void> {
  const page = await go(desk, `/enterprises/${id}`);
  await page.keyboard.press('e');
  const field = page.getByRole('region', { name: '基本信息' }).getByLabel(label);
  await field.fill(value);
  await field.press('Enter');
  await desk.settled();
  await button(page, '完成').click();
  await page.getByRole('region', { name: '基本信息' }).getByRole('button', { name: /^编辑/ }).waitFor();
}

/** Changes long texts of a finding in its form. */
export async function changeFinding(
  desk: DeskUnderTest,
  id: string,
  texts: Readonly<Record<string, string>>,
): Promise<void> {
  const page = await go(desk, `/findings/${id}`);
  await page.keyboard.press('e');
  const facts = page.getByRole('region', { name: '问题内容' });
  for (const [label, text] of Object.entries(texts)) {
    const field = facts.getByRole('textbox', { name: label, exact: true });
    await field.fill(text);
    await field.blur();
    await desk.settled();
  }
  await button(page, '改完了').click();
}

/** Puts the cursor of the page of conflicts on a line with J and K. */
export async function pointAt(page: Page, title: string, field: string): Promise<void> {
  const rows = page.locator('tr[data-id]');
  const target = rows.filter({ hasText: title }).filter({ has: page.getByText(field, { exact: true }) });
  await target.first().waitFor();
  const id = await target.first().getAttribute('data-id');
  const ids = await rows.evaluateAll((all) => all.map((row) => row.getAttribute('data-id')));
  for (let left = ids.length; left > 0; left -= 1) {
    const here = await page.locator('tr.cur').getAttribute('data-id');
    if (here === id) return;
    const key = ids.indexOf(here) < ids.indexOf(id) ? 'j' : 'k';
    await page.keyboard.press(key);
    await expect.poll(() => page.locator('tr.cur').getAttribute('data-id')).not.toBe(here);
  }
  expect(await page.locator('tr.cur').getAttribute('data-id')).toBe(id);
}
