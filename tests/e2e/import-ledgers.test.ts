// Two ledgers in one drop: a guessed heading is answered once, a row is left out, each file has its own result and undo.
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { bring, makeCode, sheet, workbook, type Cell } from '../support/register-import.ts';
import { DeskUnderTest } from './support/desk.ts';
import { fillWorkspace } from './support/filled.ts';
import { button, chooseFiles, heading, toast } from './support/window.ts';

const [A, B, C] = ['上海甲甲金属制品有限公司', '上海乙乙涂料有限公司', '上海丙丙机械有限公司'] as const;
const CODE_C = makeCode('C1');
const REGISTER: Cell[][] = [
  ['单位名称', '统一社会信用代码', '厂区序号', '街镇', '地址'],
  [A, makeCode('A1'), '001', '青禾镇', '青禾镇东路1号'],
  [B, makeCode('B1'), '001', '青禾镇', '青禾镇西路2号'],
  [C, CODE_C, '001', '青禾镇', '青禾镇南路3号'],
  [C, CODE_C, '002', '青禾镇', '青禾镇北路4号'],
];
/** 单位名称全 is no heading of the program: it is guessed. */
const FACILITIES = (...rows: Cell[][]): Cell[][] => [['单位名称全', '设施编号', '设施名称', '运行情况'], ...rows];
const OUTLETS: Cell[][] = [
  ['单位名称', '统一社会信用代码', '排放口编号', '排放口名称', '排放口类型'],
  [A, '', 'DA001', '喷漆口', '废气'],
  [C, CODE_C, 'DA003', '分不清的口', '废气'],
];

describe('ledgers in the import window', () => {
  const desk = new DeskUnderTest();
  const put = (name: string, rows: Cell[][]): string => desk.file(name, workbook([{ name: '表', rows }]));
  const drop = async (...paths: string[]): Promise<void> => {
    await desk.page.evaluate(`location.hash = '/registers'`);
    await chooseFiles(desk.page, () => button(desk.page, '选择文件…').click(), ...paths);
  };
  beforeAll(async () => {
    await fillWorkspace(desk.machine, async (ctx) => {
      await bring(ctx, [sheet(REGISTER)], { townName: '青禾镇' });
    });
    await desk.open();
  });
  afterAll(() => desk.close());
  afterEach(() => {
    desk.expectNoTrouble();
  });

  test('a guess is asked once, a row is left out, a bad file stops none, and each file is taken back by itself', async () => {
    const { page } = desk;
    await drop(
      put('一月设施.xlsx', FACILITIES([A, 'TA001', '喷淋塔', '运行'], [B, 'TA002', '布袋', '运行'])),
      put('排口.xlsx', OUTLETS),
      desk.file('坏的.xlsx', new Uint8Array([0x50, 0x4b, 3, 4, 1, 2])),
    );
    const guesses = page.getByRole('region', { name: '表里猜的列' });
    await guesses.getByText('“单位名称全”是企业的单位名称吗？').waitFor();
    await guesses.getByText(`${A}　${B}`).waitFor();
    await desk.look('ledger-guess');
    const answers = guesses.getByRole('group', { name: '“单位名称全”的回答' });
    await button(answers, '对').click();
    await expect.poll(() => button(answers, '对').getAttribute('aria-pressed')).toBe('true');
    await button(page, /^核对 4 行/).click();

    const files = page.getByRole('list', { name: '这次的文件' });
    await expect
      .poll(async () => (await files.innerText()).replaceAll(/\s+/g, ' '))
      .toMatch(/排口\.xlsx ?待导入 一月设施\.xlsx ?待导入 坏的\.xlsx ?没有读出来/);
    const outlet = page
      .getByRole('row')
      .filter({ hasText: 'DA003' })
      .or(page.getByRole('row').filter({ hasText: C }));
    await outlet.filter({ hasText: '有 2 个厂区' }).first().waitFor();
    await desk.look('ledger-review');

    await button(files, '一月设施.xlsx').click();
    await page.getByRole('radio', { name: '全部' }).click();
    const second = page.getByRole('row').filter({ hasText: B }).first();
    await second.click();
    await page.keyboard.press('ArrowRight');
    await page.getByRole('row').filter({ hasText: '治理设施：设施名称' }).filter({ hasText: '布袋' }).waitFor();
    await desk.look('ledger-row');
    await page.keyboard.press('Space');
    await second.getByText('不导入').first().waitFor();

    await page.keyboard.press('Control+Enter');
    await expect
      .poll(async () => (await files.innerText()).replaceAll(/\s+/g, ' '))
      .toMatch(/排口\.xlsx ?已导入 一月设施\.xlsx ?已导入 坏的\.xlsx ?没有读出来/);
    await button(files, '一月设施.xlsx').click();
    await page.getByRole('heading', { name: '已写入 1 条记录' }).waitFor();
    await page.getByText('按选择不导入').waitFor();
    await desk.look('ledger-done');
    await button(page, '撤销这份的导入').click();
    await page.getByRole('heading', { name: '这份的导入已撤销' }).waitFor();
    await expect
      .poll(async () => (await files.innerText()).replaceAll(/\s+/g, ' '))
      .toMatch(/排口\.xlsx ?已导入 一月设施\.xlsx ?已撤销/);
    await button(page, '再导入一份').click();
  });

  test('the second file of a kind is known by its profile, which is seen, changed and copied under 导入方案', async () => {
    const { page } = desk;
    await drop(put('二月设施.xlsx', FACILITIES([A, 'TA001', '喷淋塔', '运行'])));
    await button(page.getByRole('group', { name: '“单位名称全”的回答' }), '对').click();
    await page.getByRole('checkbox', { name: '记住为一种表' }).check();
    await page.getByRole('textbox', { name: '导入方案的名称' }).fill('镇里的设施表');
    await page.keyboard.press('Tab');
    await button(page, /^核对 1 行/).click();
    await button(page, /^确认导入/).click();
    await page.getByRole('heading', { name: '已写入 1 条记录' }).waitFor();

    await button(page, '再导入一份').click();
    await drop(put('三月设施.xlsx', FACILITIES([B, 'TA002', '布袋', '开着'])));
    await page.getByText('按导入方案“镇里的设施表”识别').waitFor();
    expect(await page.getByRole('region', { name: '表里猜的列' }).count()).toBe(0);
    await button(page, '放弃').click();

    await button(page, '导入方案').click();
    await heading(page, '导入方案').waitFor();
    await button(page.getByRole('navigation', { name: '导入方案' }), /^镇里的设施表/).click();
    const editor = page.getByRole('region', { name: '镇里的设施表' });
    await editor.getByRole('textbox', { name: '第 1 个表头' }).waitFor();
    await button(editor, '加一个用词').click();
    await editor.getByRole('textbox', { name: '第 1 个用词' }).fill('开着');
    await button(editor, /的字段：/).click();
    await page.keyboard.type('运行');
    await page.getByRole('option', { name: /运行/ }).first().click();
    const value = editor.getByRole('combobox', { name: '“开着”记为' });
    await value.selectOption({ index: 1 });
    const chosen = await value.evaluate((field) => (field as unknown as { value: string }).value);
    await desk.look('import-profile');
    await button(editor, '保存').click();
    await toast(page, '已保存导入方案“镇里的设施表”').waitFor();
    await page.getByText('1 个用词').first().waitFor();
    expect(chosen).not.toBe('');

    await button(page.getByRole('navigation', { name: '导入方案' }), /^排污许可平台导出/).click();
    await page.getByText('随程序提供，只能查看').waitFor();
    await desk.look('import-profile-builtin');
    await button(page, '复制为自己的').click();
    await button(page, '保存').click();
    await toast(page, '已保存导入方案“排污许可平台导出（自己的）”').waitFor();
    await button(page.getByRole('navigation', { name: '导入方案' }), /^排污许可平台导出（自己的）/).click();
    await button(page, '删除').click();
    await toast(page, '已删除导入方案“排污许可平台导出（自己的）”').waitFor();
  });

  test('a row that may be of two sites is answered later, among what waits', async () => {
    const { page } = desk;
    await page.evaluate(`location.hash = '/registers/runs'`);
    const waiting = page.getByRole('region', { name: '分不清厂区的行' });
    await waiting.getByText('分不清的口').waitFor();
    await desk.look('rows-wait');
    await button(waiting, /^002 厂区/).click();
    await toast(page, '已归入').waitFor();
    await expect.poll(() => waiting.count()).toBe(0);
  });
});
