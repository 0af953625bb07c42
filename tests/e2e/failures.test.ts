// What goes wrong at a desk: a file that is no register, a back end that dies, a workspace that is open elsewhere.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { command, DeskUnderTest } from './support/desk.ts';
import { messyRegister, NAMES } from './support/registers.ts';
import { button, chooseFiles, heading, rail, toast } from './support/window.ts';

const DESCRIPTION = '危险废物台账缺 10 月记录';

describe('failures at a desk', () => {
  const desk = new DeskUnderTest();

  beforeAll(async () => {
    const { env, folder } = desk.machine;
    const register = join(folder, '名册.xlsx');
    writeFileSync(register, messyRegister());
    expect(
      await command(
        env,
        'init',
        '--workspace',
        desk.workspace,
        '--office',
        '华漕驻点',
        '--code',
        'HC',
        '--operator',
        '陈静',
      ),
    ).toMatchObject({ ok: true });
    expect(await command(env, 'import', 'register', register, '--workspace', desk.workspace)).toMatchObject({
      ok: true,
      sheets: [{ headerRow: 3, rows: 5, created: 5, duplicates: 1, rejected: 0 }],
    });
    await desk.open();
  });
  afterAll(() => desk.close());
  afterEach(async ({ task }) => {
    if (task.result?.state === 'fail') await desk.shot('failed');
    desk.expectNoTrouble();
  });

  test('a PDF that is called .xlsx gives one clear sentence, and nothing is imported', async () => {
    const { page } = desk;
    await rail(page, '企业档案').click();
    const count = page.locator('.page').getByText(/5 \/ 5 家/);
    await count.waitFor();
    await button(page, '导入名册').click();
    await chooseFiles(
      page,
      () => button(page, '选择文件…').click(),
      desk.file(
        '企业名册.xlsx',
        Buffer.from('%PDF-1.7\n1 0 obj\n<< /Type /Catalog >>\nendobj\ntrailer\n<< /Root 1 0 R >>\n%%EOF\n'),
      ),
    );
    const note = page.locator('.note.red');
    await note.waitFor();
    const said = (await note.innerText()).replaceAll(/\s+/g, '');
    expect(said).toContain('“企业名册.xlsx”没有读出来');
    expect(said).toContain('这不是表格文件，请选择xlsx、xls或csv格式的表格');
    expect(said).not.toMatch(/编号|Error|undefined|\bat\b/);
    await desk.look('import-pdf');
    expect(await button(page, /^确认导入/).count()).toBe(0);
    await rail(page, '企业档案').click();
    await count.waitFor();
  });

  test(
    'a day that is none is said in the dialog, which stays shut to Enter; enterprises ticked in the list ' +
      'become a round of their own',
    async () => {
      const { page } = desk;
      const grid = page.getByRole('grid', { name: '企业' });
      await grid.getByRole('row').filter({ hasText: NAMES[1] }).getByRole('checkbox').check();
      await grid.getByRole('row').filter({ hasText: NAMES[2] }).getByRole('checkbox').check();
      await button(page, '排入计划').click();
      await page.getByRole('radio', { name: '新建一轮，只含这 2 家' }).and(page.locator(':checked')).waitFor();
      await button(page, '填轮次的名称和期间').click();
      const dialog = page.getByRole('dialog', { name: '新建轮次' });
      const make = dialog.getByRole('button', { name: /^建立，2 家/ });
      await make.waitFor();
      const end = dialog.getByLabel('结束日期');
      await end.fill('1131');
      await end.press('Enter');
      await dialog.getByText('“1131”不是日期，请写成', { exact: false }).waitFor();
      expect([await end.getAttribute('aria-invalid'), await make.isDisabled()]).toEqual(['true', true]);
      await end.fill('1231');
      await end.press('Enter');
      await heading(page, '2026 年第一轮').waitFor();
      await page.getByLabel('这一轮的指标').getByText('0 / 2 家').waitFor();
      await page.keyboard.press('Control+z');
      await page.getByText('还没有轮次').waitFor();
      desk.expectRefusals('rounds/board');
      await rail(page, '企业档案').click();
    },
  );

  test(
    'the back end dies in the middle of a visit: what was said to be saved, within 2 seconds of the ' +
      'key, is there after the restart',
    async () => {
      const { page } = desk;
      await page.getByLabel('在企业档案里查找').fill(NAMES[3]);
      await page.getByText(/1 \/ 5 家/).waitFor();
      await page.getByRole('grid', { name: '企业' }).getByRole('row').filter({ hasText: NAMES[3] }).dblclick();
      await heading(page, NAMES[3]).waitFor();
      await page.keyboard.press('v');
      const checklist = page.getByRole('region', { name: '检查表' });
      const progress = checklist.getByRole('progressbar', { name: '已查项数' });
      await progress.waitFor();
      const saved = page.getByRole('status').getByText(/已保存 /);
      for (const key of ['1', 'j', '2', 'j', '3']) await page.keyboard.press(key);
      const description = page
        .getByRole('group', { name: /^问题 \d/ })
        .getByRole('textbox', { name: '问题', exact: true });
      await description.waitFor();
      await expect.poll(() => progress.getAttribute('aria-valuenow')).toBe('3');
      await saved.waitFor();
      await description.fill(DESCRIPTION);
      await page.getByText('正在保存').waitFor();
      await saved.waitFor();
      const place = page.url().replace(/^[^#]*/, '');

      await desk.killBackEnd();
      await description.fill('这句话没有存上');
      await page.getByText('没有保存，正在重试').waitFor();
      await desk.look('visit-unsaved');

      const again = await desk.reopen();
      await again.evaluate(`location.hash = ${JSON.stringify(place)}`);
      const after = again.getByRole('region', { name: '检查表' });
      await expect.poll(() => after.getByRole('progressbar').getAttribute('aria-valuenow')).toBe('3');
      for (const [at, word] of ['符合', '部分符合', '不符合'].entries()) {
        await expect.poll(() => after.getByRole('listitem').nth(at).innerText()).toMatch(new RegExp(`^${word}`));
      }
      await again.getByRole('region', { name: '整改建议单' }).getByText(DESCRIPTION).waitFor();
      expect(
        await command(
          { ...desk.machine.env, STEWARD_CONFIG: join(desk.machine.folder, 'other-settings') },
          'check',
          '--workspace',
          desk.workspace,
        ),
      ).toMatchObject({ ok: false, code: 'WORKSPACE_LOCKED' });
    },
  );

  test('the making of the workspace cannot be undone: it would take office and operator away', async () => {
    const { page } = desk;
    await rail(page, '设置').click();
    await page.getByRole('navigation', { name: '设置' }).getByRole('link', { name: '操作记录' }).click();
    const made = page.getByRole('table', { name: '操作记录' }).getByRole('row').filter({ hasText: '新建工作区' });
    await made.waitFor();
    expect(await made.getByRole('button').count()).toBe(0);
    await page.getByRole('navigation', { name: '设置' }).getByRole('link', { name: '驻点与使用人' }).click();
    await expect.poll(() => page.getByLabel('驻点代号').inputValue()).toBe('HC');
  });

  test('a project that was changed is saved on leaving; what cannot be saved, or is not made yet, is asked about', async () => {
    const { page } = desk;
    const parts = page.getByRole('navigation', { name: '设置' });
    const part = () => parts.getByRole('link', { name: '服务项目' }).click();
    const name = page.getByLabel('项目名称');
    await part();
    await name.fill('华漕镇环保管家服务');
    await name.press('Tab');
    const asked = page.getByRole('dialog', { name: '有改动没有保存' });
    await rail(page, '今日').click();
    await asked.getByRole('button', { name: '留在这里' }).click();
    await button(page, '新建服务项目').click();
    await toast(page, '已新建服务项目').waitFor();
    await name.fill('华漕镇环保管家服务二期');
    await name.press('Tab');
    await rail(page, '今日').click();
    await heading(page, '今日').waitFor();
    await rail(page, '设置').click();
    await part();
    await expect.poll(() => name.inputValue()).toBe('华漕镇环保管家服务二期');
    await name.fill('');
    await name.press('Tab');
    await rail(page, '今日').click();
    await asked.waitFor();
    await desk.look('leave-unsaved');
    await asked.getByRole('button', { name: '不保存，离开' }).click();
    await heading(page, '今日').waitFor();
    await rail(page, '设置').click();
    await part();
    await expect.poll(() => name.inputValue()).toBe('华漕镇环保管家服务二期');
    desk.expectRefusals('workspace/saveProject');
  });

  test('a workspace that is open elsewhere is not opened a second time, and the window says so', async () => {
    const second = new DeskUnderTest({ workspace: desk.workspace });
    try {
      const page = await second.open();
      await page.getByText('这个工作区正被另一个窗口或程序打开', { exact: false }).waitFor();
      await button(page, '打开别的文件夹').waitFor();
      await second.look('workspace-locked');
      second.expectNoTrouble();
    } finally {
      await second.close();
    }
    await rail(desk.page, '企业档案').click();
    await desk.page.getByText(/5 \/ 5 家/).waitFor();
  });
});
