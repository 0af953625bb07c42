// Two hundred scans dropped at once: what their names say is filed in one step, the others by mouse and by keys, nothing twice.
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { listAttachments } from '../../services/attachments/index.ts';
import { makeCode } from '../support/register-import.ts';
import { scannedPage } from '../support/scans.ts';
import { makeEnterprises } from '../support/town.ts';
import { DeskUnderTest } from './support/desk.ts';
import { fillWorkspace } from './support/filled.ts';
import { button, heading, rail, toast } from './support/window.ts';

const FIRMS = Array.from({ length: 30 }, (_, n) => {
  const word = `${'川绿海恒宏瑞'[n % 6] ?? ''}${'岚屏明泰达'[Math.floor(n / 6)] ?? ''}`;
  return { word, name: `上海${word}${['金属', '塑料', '印务'][n % 3] ?? ''}有限公司`, code: makeCode(`${100 + n}`) };
});
const PAPERS = [
  '环评批复_沪浦环保许评〔2021〕',
  '验收意见_2022-03-',
  '排污许可证_',
  '危废合同_2025-',
  '监测报告_2025-01-',
];
const ENDINGS = ['pdf', 'jpg', 'png'];

/** Names of two hundred files: 150 say all, 20 a code, 20 a part of a name, 8 nothing; two bring what is there already. */
function names(): string[] {
  const full = Array.from({ length: 150 }, (_, n) => {
    const paper = PAPERS[n % PAPERS.length] ?? '';
    const no = n % 5 === 0 ? `${n + 1}号` : `${10 + (n % 18)}_${n}`;
    return `${FIRMS[n % 30]?.name ?? ''}_${paper}${no}.${ENDINGS[n % 3] ?? ''}`;
  });
  const coded = FIRMS.slice(0, 20).map(({ code }, n) => `${code}001U 排污许可证副本.${ENDINGS[n % 3] ?? ''}`);
  const parts = FIRMS.slice(0, 20).map(({ word, name }) => `${word}${name.slice(4, 6)}-应急预案备案表.pdf`);
  return [...full, ...coded, ...parts, ...Array.from({ length: 8 }, (_, n) => `IMG_2025031${n}.jpg`)];
}

describe('scan tray', () => {
  const desk = new DeskUnderTest();
  const paths: string[] = [];
  let last = '';
  beforeAll(async () => {
    const folder = join(desk.machine.folder, '扫描');
    const put = async (name: string, words = name): Promise<string> => {
      const path = join(folder, name);
      mkdirSync(dirname(path), { recursive: true });
      writeFileSync(path, await scannedPage(name, words));
      return path;
    };
    for (const name of names()) paths.push(await put(name));
    const [first = ''] = names();
    paths.push(await put(`再扫一次.${first.slice(-3)}`, first), await put(`又一次.${first.slice(-3)}`, first));
    await fillWorkspace(desk.machine, async (ctx) => {
      const ids = await makeEnterprises(
        ctx,
        Object.fromEntries(FIRMS.map(({ name, code }) => [name, { creditCode: code }])),
      );
      last = ids[FIRMS[29]?.name ?? ''] ?? '';
    });
    await desk.open();
  });
  afterAll(() => desk.close());
  afterEach(() => {
    desk.expectNoTrouble();
  });

  const table = () => desk.page.getByRole('grid', { name: '待归档' });
  const rows = () => table().locator('.tr');
  const count = async (label: string): Promise<number> =>
    Number((await desk.page.getByRole('radio', { name: new RegExp(`^${label}`) }).innerText()).replace(/\D/g, ''));

  test('[FJ-06] 200 scans are filed by names, by dragging, by keys; the tray is empty, titles are found, nothing is twice', async () => {
    const { page } = desk;
    expect(paths.length).toBe(200);
    await rail(page, '企业档案').click();
    await page.getByRole('link', { name: '待归档' }).click();
    await heading(page, '待归档').waitFor();
    await page.getByText('没有待归档的文件').waitFor();
    await desk.look('scans-empty');
    await page.getByLabel('选择扫描件', { exact: true }).setInputFiles(paths);
    await toast(page, '收进 198 份待归档文件').waitFor();
    await page.getByText('“再扫一次.pdf”：一模一样的文件已在待归档里').waitFor();
    expect([await count('全部'), await count('认得清'), await count('待定')]).toEqual([198, 170, 28]);
    await page.getByRole('img', { name: / 第 1 页$/ }).waitFor();
    await desk.look('scans-full');
    await page.setViewportSize({ width: 1024, height: 700 });
    await desk.look('scans-full-1024');
    await page.setViewportSize({ width: 1366, height: 768 });
    await button(page, '知道了').click();

    // What is plain goes by one key, is taken back by one click, and goes again.
    await page.keyboard.press('a');
    await button(toast(page, '已归档 170 份'), '撤销').click();
    await expect.poll(() => count('全部')).toBe(198);
    await page.keyboard.press('a');
    await expect.poll(() => count('全部')).toBe(28);

    // What came in stays in when the program ends in between.
    await desk.whileClosed(() => Promise.resolve());
    await rail(page_(), '企业档案').click();
    await page_().getByRole('link', { name: '待归档' }).click();
    await expect.poll(() => rows().count()).toBeGreaterThan(20);
    expect([await count('全部'), await count('认得清')]).toEqual([28, 0]);

    // A part of a name proposes: marked from the first to the last of them by keys, and filed together.
    await expect.poll(() => rows().first().innerText()).toContain('应急预案备案表');
    await table().focus();
    await page_().keyboard.press('Home');
    for (let n = 0; n < 19; n += 1) await page_().keyboard.press('Shift+ArrowDown');
    await desk.look('scans-marked');
    await page_().keyboard.press('f');
    await toast(page_(), '已归档 20 份').waitFor();
    await expect.poll(() => count('全部')).toBe(8);

    // Nothing in the name: dragged to a kind, given to an enterprise that is looked for, filed.
    await expect.poll(() => rows().count()).toBe(8);
    await rows().first().locator('.drag').dragTo(button(page_(), '环保台账'));
    await expect.poll(() => rows().first().innerText()).toContain('环保台账');
    await table().focus();
    await page_().keyboard.press('Home');
    for (let n = 0; n < 7; n += 1) await page_().keyboard.press('Shift+ArrowDown');
    await button(page_(), '环保台账').click();
    await expect.poll(() => rows().last().innerText()).toContain('环保台账');
    const find = page_().getByRole('combobox', { name: '把选中的归到企业' });
    await find.focus();
    await page_().keyboard.type(FIRMS[29]?.word ?? '');
    await page_()
      .getByRole('option', { name: FIRMS[29]?.name ?? '' })
      .click();
    await expect.poll(() => count('认得清')).toBe(8);
    await button(page_(), '归档所选 8').click();
    await page_().getByText('没有待归档的文件').waitFor();

    // The same files again: every one of them is on file, and said so.
    await page_().getByLabel('选择扫描件', { exact: true }).setInputFiles(paths);
    await page_().getByText('200 份没有办').waitFor();
    await page_()
      .getByText(/一模一样的文件已在档案里：上海/)
      .first()
      .waitFor();
    await page_().getByText('没有待归档的文件').waitFor();
    await button(page_(), '知道了').click();

    // Titles are found.
    await page_().keyboard.press('Control+k');
    await page_().keyboard.type('沪浦环保许评〔2021〕1号');
    await page_()
      .getByRole('option', { name: /环评批复 沪浦环保许评〔2021〕1号/ })
      .first()
      .waitFor();
    await desk.shot('scans-search');
    await page_().keyboard.press('Escape');
    const filed = await desk.whileClosed(() =>
      fillWorkspace(desk.machine, async (ctx) => {
        const all = await ctx.store.read.sqlOne<{ n: number; contents: number }>(
          'SELECT count(*) AS n, count(DISTINCT sha256) AS contents FROM attachment WHERE deleted_at IS NULL',
        );
        return {
          ...all,
          ofLast: (await listAttachments(ctx, last)).filter(({ title }) => title?.startsWith('环保台账')).length,
        };
      }),
    );
    expect(filed).toEqual({ n: 198, contents: 198, ofLast: 8 });
  });

  const page_ = () => desk.page;
});
