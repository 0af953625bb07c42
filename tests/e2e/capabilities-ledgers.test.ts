// Nine ledgers of a town against 300 enterprises on file: each goes to its one file, what differs waits, and every field says its source.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { makeCode, workbook, type Cell } from '../support/register-import.ts';
import { command, DeskUnderTest } from './support/desk.ts';
import { fillWorkspace } from './support/filled.ts';
import { button, chooseFiles, heading, rail, toast } from './support/window.ts';

const MANY = 300;
/** Enterprises of which the ninth ledger says otherwise. */
const DIFFER = 4;
const numbers = Array.from({ length: MANY }, (_, n) => n);
const name = (n: number): string => `上海样本${String(n).padStart(3, '0')}号制造有限公司`;
const code = (n: number): string => makeCode(`L${String(n).padStart(4, '0')}`);
const table = (heads: Cell[], row: (n: number) => Cell[]): Cell[][] => [heads, ...numbers.map(row)];

const REGISTER = table(['单位名称', '统一社会信用代码', '街镇', '村居', '地址', '法定代表人'], (n) => [
  name(n),
  code(n),
  '青禾镇',
  '东禾村',
  `东路${String(n + 1)}号`,
  `张${String(n)}`,
]);

/** Eight ledgers, each of another office: by code, by name, or by the code in the number of a permit. */
const LEDGERS: Readonly<Record<string, Cell[][]>> = {
  排污许可: table(['持证单位', '许可证编号', '管理类别', '有效期至'], (n) => [
    name(n),
    `${code(n)}001P`,
    '简化管理',
    '2028-12-31',
  ]),
  环评台账: table(['建设单位', '项目名称', '环评批复文号', '批复日期'], (n) => [
    name(n),
    `一期${String(n)}`,
    `样环评〔2020〕${String(n)}号`,
    '2020-05-06',
  ]),
  危废计划: table(['产废单位', '信用代码', '危废名称', '废物代码', '年产生量（吨）'], (n) => [
    name(n),
    code(n),
    '废机油',
    '900-214-08',
    1.5,
  ]),
  排放口清单: table(['企业名称', '排放口编号', '排放口名称', '高度/m'], (n) => [name(n), 'DA001', '废气排口', 15]),
  治理设施: table(['单位名称', '设施编号', '设施名称', '处理工艺'], (n) => [
    name(n),
    'TA001',
    '废气装置',
    '活性炭吸附',
  ]),
  行政处罚: table(['行政相对人', '处罚决定书文号', '罚款金额（元）', '决定日期'], (n) => [
    name(n),
    `样罚〔2025〕${String(n)}号`,
    20000,
    '2025-03-04',
  ]),
  信用评价: table(['企业名称', '评价年度', '评价等级'], (n) => [name(n), 2025, '良']),
  应急预案: table(['单位名称', '预案备案编号', '备案日期'], (n) => [
    name(n),
    `310199-2024-${String(n).padStart(3, '0')}-L`,
    '2024-06-01',
  ]),
};
const NINTH = table(['企业', '信用代码', '法定代表人', '排污许可证编号', '许可证有效期'], (n) => [
  name(n),
  code(n),
  n < DIFFER ? '李四' : `张${String(n)}`,
  `${code(n)}001P`,
  n < DIFFER ? '2030-12-31' : '2028-12-31',
]);

describe('ledgers of many offices', () => {
  const desk = new DeskUnderTest();
  const put = (file: string, rows: Cell[][]): string => {
    const path = join(desk.machine.folder, `${file}.xlsx`);
    writeFileSync(path, workbook([{ name: '表', rows }]));
    return path;
  };
  const bring = (file: string, rows: Cell[][]) =>
    command(desk.machine.env, 'import', put(file, rows), '--workspace', desk.machine.workspace, '--town', '青禾镇');
  beforeAll(async () => {
    await fillWorkspace(desk.machine, async () => await Promise.resolve());
    await bring('名册', REGISTER);
  });
  afterAll(() => desk.close());
  afterEach(() => {
    desk.expectNoTrouble();
  });

  test('[PD-30] nine ledgers with 300 overlaps: one firm each, what differs waits for a person, and a field shows its source', async () => {
    for (const [file, rows] of Object.entries(LEDGERS)) {
      const { files, refused } = (await bring(file, rows)) as {
        files: { kind: string; entities: { rows: number; created: number }[] }[];
        refused: unknown[];
      };
      expect([file, files[0]?.kind, files[0]?.entities[0], refused]).toMatchObject([
        file,
        'ledger',
        { rows: MANY, created: MANY },
        [],
      ]);
    }
    await desk.open();
    const { page } = desk;
    await rail(page, '企业档案').click();
    await button(page, '导入名册').click();
    await heading(page, '导入名册和台账').waitFor();
    await chooseFiles(page, () => button(page, '选择文件…').click(), put('综合信息', NINTH));
    const permits = page.getByRole('row').filter({ hasText: '排污许可' }).first();
    await expect
      .poll(async () => (await permits.innerText()).split(/\s+/))
      .toEqual(['排污许可', '300', '0', '0', '300', '0', '0', '4']);
    await page.getByText(`待定的值 ${String(2 * DIFFER)}`).waitFor();
    await desk.look('ledger-preview');
    await page.keyboard.press('Control+Enter');
    await button(page, '决定待定的值').click();
    const waiting = page.getByRole('region', { name: '待定的值' });
    await waiting.getByText(`待定的值 ${String(2 * DIFFER)}`).waitFor();
    await desk.look('ledger-waiting');
    // The first by its key, the second stays; the rest waits.
    await page.keyboard.press('n');
    await toast(page, '已采用 1 个新值').waitFor();
    await waiting.getByText(`待定的值 ${String(2 * DIFFER - 1)}`).waitFor();
    await page.keyboard.press('o');
    await waiting.getByText(`待定的值 ${String(2 * DIFFER - 2)}`).waitFor();
    await rail(page, '企业档案').click();
    await expect.poll(() => page.locator('.page').innerText()).toContain(`${String(MANY)} 家`);
    await page
      .getByRole('link', { name: name(7) })
      .or(page.getByText(name(7)))
      .first()
      .dblclick();
    await heading(page, name(7)).waitFor();
    await page.getByRole('tab', { name: /^环保手续/ }).click();
    await button(page, /来历$/).first().click();
    await page.getByRole('dialog').getByText('导入台账 排污许可.xlsx').first().waitFor();
    await desk.look('ledger-origins');
  });
});
