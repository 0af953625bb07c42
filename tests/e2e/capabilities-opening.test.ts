// Rows of the list of capabilities about what comes before looking around: papers of the project, opening talk, card, consent.
import { readFileSync } from 'node:fs';
import type { Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openDocx, paragraphs, tables, textOf, type OpenDocx } from '../support/docx.ts';
import { readCode } from '../support/qr.ts';
import { openOneWindow, type OneWindow } from './support/issued.ts';
import { barriers } from './support/axe.ts';
import { button, heading, toast } from './support/window.ts';

const NAME = '上海海明科技有限公司';
let w: OneWindow;
let page: Page;

beforeAll(async () => {
  w = await openOneWindow();
  ({ page } = w);
  const { id } = await w.t.client.workspace.saveProject({
    id: null,
    values: { name: '2026 年环保管家服务', startDate: '2026-01-01', endDate: '2026-12-31', code: 'HC-2026-01' },
    clientName: '华漕镇人民政府',
    objectKinds: [],
    areaIds: [],
  });
  await w.t.client.workspace.setProject({ projectId: id });
  await page.reload();
  await page.locator('.main h1').first().waitFor();
});
afterAll(() => w.close());

const go = async (address: string): Promise<void> => {
  await page.evaluate(`location.hash = '#${address}'`);
};
/** Starts a visit of a day and opens it. */
async function visit(date: string, nature: 'service' | 'assist' = 'service'): Promise<void> {
  const { enterpriseId } = w;
  const { id } = await w.t.client.visits.start({ enterpriseId, date, purposes: ['routine'], nature });
  await go(`/visits/${id}`);
  await heading(page, NAME).waitFor();
  await page.getByText(date.slice(5)).first().waitFor();
  await page.getByLabel('检查表').locator('[aria-current="true"]').waitFor();
}
const facts = (): Locator => page.getByRole('dialog', { name: '检查信息' });
async function openFacts(): Promise<void> {
  await page.keyboard.press('e');
  await facts().getByText('工作依据：').waitFor();
}
async function closeFacts(): Promise<void> {
  await facts().getByRole('button', { name: '完成' }).click();
  await facts().waitFor({ state: 'detached' });
}
async function downloaded(work: () => Promise<void>): Promise<{ name: string; docx: OpenDocx }> {
  const [download] = await Promise.all([page.waitForEvent('download'), work()]);
  return { name: download.suggestedFilename(), docx: await openDocx(readFileSync(await download.path())) };
}
const record = async (): Promise<OpenDocx> => (await downloaded(() => page.keyboard.press('r'))).docx;
/** Adds a row to a table of parts: its fields by their labels. */
async function addRow(within: Locator, of: string, values: Readonly<Record<string, string>>): Promise<void> {
  const part = within.getByRole('region', { name: of });
  await part.getByRole('button', { name: `添加${of}` }).click();
  for (const [label, text] of Object.entries(values)) await part.getByLabel(label, { exact: true }).fill(text);
  await part.getByRole('button', { name: `添加${of}` }).click();
  const [shown = ''] = Object.values(values).slice(-1);
  await part.getByRole('row').filter({ hasText: shown }).waitFor();
}
/** Saves what was changed of the project. */
async function saveProject(): Promise<void> {
  await button(page, '保存').click();
  await toast(page, '服务项目已保存').waitFor();
}

test('[MH-04] the papers of the project stand in each inspection, and its record prints their names and versions of that day', async () => {
  await go('/settings/project');
  await heading(page, '设置').waitFor();
  const settings = page.locator('.project');
  await addRow(settings, '工作依据', { 名称: '工作手册', 启用日期: '2026-01-01', 版本: '2026 年版' });
  await addRow(settings, '工作依据', { 名称: '检查规程', 停用日期: '2026-06-30', 版本: 'V1.0' });
  await addRow(settings, '工作依据', { 名称: '检查规程', 启用日期: '2026-07-01', 版本: 'V2.1' });
  expect(await barriers(page)).toEqual([]);
  await visit('2026-11-17');
  await openFacts();
  await facts().getByText('工作依据：工作手册（2026 年版）、检查规程（V2.1）').waitFor();
  expect(await barriers(page)).toEqual([]);
  await closeFacts();
  expect(paragraphs((await record()).body)).toContain('工作依据：工作手册（2026 年版）、检查规程（V2.1）。');
  await visit('2026-06-30');
  expect(paragraphs((await record()).body)).toContain('工作依据：工作手册（2026 年版）、检查规程（V1.0）。');
});

test('[MH-06] where a project wants it, no finding is recorded before the opening talk; the record says who, when, what', async () => {
  await go('/settings/project');
  await page.getByLabel('先做首次沟通再记问题').check();
  await saveProject();
  await visit('2026-11-16');
  await page.keyboard.press('3');
  await toast(page, '请在“检查信息”里登记时间、参加人、说明的要点').waitFor();
  expect(await page.getByRole('group', { name: '问题 1' }).count()).toBe(0);
  await openFacts();
  await facts().getByLabel('首次沟通时间').fill('09:20');
  await facts().getByLabel('首次沟通时间').blur();
  for (const point of ['说明来意和目的', '说明看哪些内容', '说明后续安排']) {
    await facts().getByLabel(point).click();
    await expect.poll(() => facts().getByLabel(point).isChecked()).toBe(true);
  }
  await addRow(facts(), '参加人', { 职务: '厂长', 姓名: '王建国' });
  await closeFacts();
  await page.keyboard.press('3');
  await page.getByRole('group', { name: '问题 1' }).waitFor();
  const rows = tables((await record()).body).flat();
  for (const [label, value] of [
    ['时间', '09:20'],
    ['参加人', '王建国（厂长）'],
    ['说明要点', '说明来意和目的；说明看哪些内容；说明后续安排'],
  ] as const)
    expect(rows.find((row) => row[0] === label)?.[1], label).toBe(value);
});

test('[BY-14] the card says who comes, for whom, by which contract, that it is a service; its code says the same', async () => {
  await go('/settings/project');
  await page.getByLabel('委托方部门').fill('生态环境办公室');
  await page.getByLabel('意见反映电话').fill('021-55550123');
  await page.getByLabel('意见反映电话').blur();
  await saveProject();
  await visit('2026-11-13');
  await button(page, '更多').click();
  const { name, docx } = await downloaded(() => page.getByRole('menuitem', { name: '到访说明卡' }).click());
  expect(name).toMatch(/^到访说明卡_上海海明科技有限公司_.*\.docx$/);
  const said = textOf(docx.body);
  for (const words of [
    '我们受华漕镇人民政府生态环境办公室委托，按2026 年环保管家服务（合同HC-2026-01，2026年1月1日至2026年12月31日）提供环保管家服务。',
    '今天的目的是例行，时间2026年11月13日',
    '这次走访是受委托开展的技术服务。',
    '贵单位可以改约或不接受本次到访',
    '请打意见电话021-55550123，或向华漕镇人民政府反映。',
  ])
    expect(said).toContain(words);
  const media = docx.paths.find((path) => /media\/.*\.png$/u.test(path)) ?? '';
  const code = await readCode((await docx.zip.file(media)?.async('uint8array')) ?? new Uint8Array());
  const lines = (code ?? '').split('\n');
  expect(lines.length).toBeGreaterThan(10);
  expect(
    paragraphs(docx.body)
      .filter((text) => text !== '')
      .slice(0, lines.length),
  ).toEqual(lines);
});

/** Ends the visit in hand with one item answered. */
async function end(): Promise<void> {
  await page.keyboard.press('1');
  await page.getByText(/已保存 /).waitFor();
  await button(page, '结束检查').click();
  await page.getByRole('dialog', { name: '结束检查' }).getByRole('button', { name: '结束检查' }).click();
  await toast(page, '检查已结束').waitFor();
}

test('[BY-11] a service visit without consent can not be signed; an assisted one names its officers before and on the record', async () => {
  const dialog = (name: string): Locator => page.getByRole('dialog', { name });
  await visit('2026-11-12');
  await end();
  await button(page, '签字').click();
  await dialog('签字').getByText('还没有登记企业是否同意本次服务').waitFor();
  await page.keyboard.press('Escape');
  await button(page, '登记同意').click();
  await page.getByRole('dialog').getByRole('radio', { name: '企业同意' }).click();
  await page.getByRole('dialog').getByLabel('同意人', { exact: true }).fill('王建国');
  await page.getByRole('dialog').getByRole('button', { name: /登记/ }).click();
  await toast(page, '已登记').waitFor();
  await button(page, '签字').click();
  await dialog('签字').getByLabel('签字人', { exact: true }).fill('王建国');
  await dialog('签字').getByRole('button', { name: '签字' }).click();
  await toast(page, '已登记签字').waitFor();

  await visit('2026-11-11', 'assist');
  await openFacts();
  await addRow(facts(), '执法人员', { 单位: '闵行区生态环境局执法大队', 姓名: '周正' });
  await closeFacts();
  await end();
  await button(page, '签字').click();
  await dialog('签字').getByText('1 名执法人员没有证件号').waitFor();
  await page.keyboard.press('Escape');
  await button(page, '重新打开').first().click();
  await page.getByRole('dialog').getByRole('textbox').fill('补登记检查码');
  await page
    .getByRole('dialog')
    .getByRole('button', { name: /重新打开/ })
    .click();
  await toast(page, '检查已重新打开').waitFor();
  await openFacts();
  await facts().getByLabel('检查码').fill('MH-20261111-01');
  await facts().getByLabel('检查码').blur();
  await closeFacts();
  await end();
  await button(page, '签字').click();
  await dialog('签字').getByLabel('签字人', { exact: true }).fill('王建国');
  await dialog('签字').getByRole('button', { name: '签字' }).click();
  await toast(page, '已登记签字').waitFor();
  const { body } = await record();
  expect(tables(body).flat()).toContainEqual(['周正', '闵行区生态环境局执法大队', '－']);
  expect(textOf(body)).toContain('检查码：MH-20261111-01');
});
