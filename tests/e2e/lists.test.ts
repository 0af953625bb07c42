// The list of any kind as a person uses it: conditions over children and what a record refers to, views, columns, address, bin, stepping.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import type { Locator } from 'playwright-core';
import * as XLSX from '@e965/xlsx';
import { command, DeskUnderTest } from './support/desk.ts';
import { messyRegister, NAMES } from './support/registers.ts';
import { button, heading, rail, toast } from './support/window.ts';

describe('lists of records', () => {
  const desk = new DeskUnderTest();

  beforeAll(async () => {
    const { env, folder } = desk.machine;
    const register = join(folder, '名册.xlsx');
    writeFileSync(register, messyRegister());
    const at = ['--workspace', desk.workspace];
    await command(env, 'init', ...at, '--office', '华漕驻点', '--code', 'HC', '--operator', '陈静');
    await command(env, 'import', 'register', register, ...at);
    for (const [title, date] of [
      ['危废培训', '2026-01-10'],
      ['应急培训', '2026-01-12'],
      ['后年的培训', '2199-01-01'],
    ])
      await command(env, 'add', 'training', '--values', JSON.stringify({ title, date }), ...at);
    await desk.open();
  });
  afterAll(() => desk.close());
  afterEach(async ({ task }) => {
    if (task.result?.state === 'fail') await desk.shot('failed');
    desk.expectNoTrouble();
  });

  const grid = (name: string): Locator => desk.page.getByRole('grid', { name });
  const rows = (name: string): Locator => grid(name).locator('.tr');
  /** The list has so many rows. */
  const shows = (name: string, count: number) => expect.poll(() => rows(name).count()).toBe(count);
  async function go(path: string): Promise<void> {
    await desk.page.evaluate(`location.hash = ${JSON.stringify(path)}`);
    await desk.settled();
  }
  /** Chooses what a condition is about by typing part of its name. */
  async function about(text: string, subject: string): Promise<Locator> {
    await button(desk.page, '添加条件').click();
    await desk.page.getByLabel('查找条件').fill(text);
    await desk.page
      .getByRole('group', { name: '添加条件' })
      .getByRole('button', { name: subject, exact: true })
      .click();
    return desk.page.getByRole('group', { name: subject }).first();
  }

  test('a condition on a field of a child narrows the list, is said in words, and stands in the address', async () => {
    const { page } = desk;
    await rail(page, '企业档案').click();
    await shows('企业', 5);
    const pop = await about('联系人 姓名', '联系人 · 姓名');
    await pop.getByLabel('联系人 · 姓名', { exact: true }).fill('李敏');
    await page.keyboard.press('Enter');
    await shows('企业', 1);
    await page.getByText('联系人 · 姓名：含有“李敏”').waitFor();
    await desk.look('list-condition');
    expect(decodeURIComponent(page.url())).toContain('filter=contact.name~李敏');
    // The address alone opens the same list, in a window that knows nothing else.
    await page.reload();
    await page.getByText('联系人 · 姓名：含有“李敏”').waitFor();
    await shows('企业', 1);
  });

  test('conditions of which one holds, and several on one child, are made and changed where they stand', async () => {
    const { page } = desk;
    await button(page, '去掉条件“联系人 · 姓名”').click();
    await shows('企业', 5);
    // One of two: each has conditions of its own.
    const any = await about('满足其中', '满足其中一种');
    for (const [at, name] of [
      ['第 1 种', '李敏'],
      ['第 2 种', '不存在的人'],
    ] as const) {
      const way = any.getByRole('group', { name: at }).first();
      await way.getByRole('button', { name: '添加条件' }).click();
      await way.getByLabel('查找条件').fill('联系人 姓名');
      await way.getByRole('button', { name: '联系人 · 姓名', exact: true }).click();
      const value = way.getByRole('group', { name: '联系人 · 姓名' }).getByLabel('联系人 · 姓名', { exact: true });
      await value.fill(name);
      await value.press('Enter');
    }
    await shows('企业', 1);
    expect(decodeURIComponent(page.url())).toContain('(contact.name~李敏+|+contact.name~不存在的人)');
    await desk.look('list-any');
    await page.keyboard.press('Escape');
    // The same condition opens again from its chip, and is changed there.
    await page.locator('.chip .plain-text').click();
    await any.getByRole('button', { name: '去掉第 1 种' }).click();
    await shows('企业', 0);
    await page.keyboard.press('Escape');
    await page.locator('.chip .x').click();
    await shows('企业', 5);
    // A child with two conditions at once.
    await go(`/enterprises?filter=${encodeURIComponent('contact(name~李敏 & post!=env_manager)')}`);
    await page.locator('.chip .plain-text').first().click();
    const child = page.getByRole('group', { name: '联系人' }).first();
    await child.getByRole('button', { name: /^去掉条件“姓名/ }).click();
    await desk.look('list-child');
    await expect.poll(() => decodeURIComponent(page.url())).not.toContain('李敏');
    await page.keyboard.press('Escape');
    await go(`/enterprises?filter=${encodeURIComponent('contact.name~李敏')}`);
    await shows('企业', 1);
  });

  test('conditions that leave nothing say which of them to drop', async () => {
    const { page } = desk;
    const pop = await about('村居', '村居');
    await pop.getByRole('checkbox', { name: '王泥浜村' }).check();
    await page.keyboard.press('Escape');
    await page.getByText('没有符合条件的企业').waitFor();
    await desk.look('list-empty');
    await button(page, '去掉“联系人 · 姓名”').click();
    await shows('企业', 2);
    await page.getByText('村居：王泥浜村').waitFor();
  });

  test('the chip of a condition opens it again; a day is counted from today', async () => {
    const { page } = desk;
    await button(page, '村居：王泥浜村').click();
    await page.getByRole('group', { name: '村居' }).first().getByRole('checkbox', { name: '王泥浜村' }).uncheck();
    await page.keyboard.press('Escape');
    await shows('企业', 5);
    const pop = await about('建立时间', '建立时间');
    await pop.getByLabel('建立时间怎么比').selectOption('ge');
    await pop.getByLabel('建立时间的日期怎么写').selectOption('after');
    await pop.getByLabel('建立时间', { exact: true }).fill('1');
    await pop.getByLabel('建立时间', { exact: true }).press('Enter');
    await page.getByText('建立时间：不早于 1 天后').waitFor();
    await button(page, '去掉条件“建立时间”').click();
  });

  test('a view is saved for the office, kept over a restart, and its removal undone', async () => {
    const { page } = desk;
    const pop = await about('对象类型', '对象类型');
    await pop.getByRole('checkbox').first().check();
    await page.keyboard.press('Escape');
    await button(page, '保存视图').click();
    await page.getByRole('menuitem', { name: '把现在的条件存为视图…' }).click();
    await page.getByLabel('名称', { exact: true }).fill('汽修一类');
    await page.keyboard.press('Enter');
    await toast(page, '已保存视图“汽修一类”').waitFor();
    await page.getByRole('tab', { name: '全部' }).click();
    await desk.whileClosed(() => Promise.resolve());
    await rail(desk.page, '企业档案').click();
    const tab = desk.page.getByRole('tab', { name: '汽修一类' });
    await tab.click();
    await desk.page.getByText('对象类型：', { exact: false }).first().waitFor();
    await button(desk.page, '保存视图').click();
    await desk.page.getByRole('menuitem', { name: '删除当前视图' }).click();
    await tab.waitFor({ state: 'detached' });
    await desk.page.keyboard.press('Control+z');
    await tab.waitFor();
    await desk.page.getByRole('tab', { name: '全部' }).click();
  });

  test('a field that is no column of the list becomes one, and stands in the Excel file', async () => {
    const { page } = desk;
    await page.keyboard.press('c');
    await page.getByLabel('查找列').fill('更新时间');
    await page.getByRole('checkbox', { name: '更新时间', exact: true }).check();
    await page.keyboard.press('Escape');
    await grid('企业').getByRole('columnheader', { name: '更新时间' }).waitFor();
    await grid('企业').focus();
    const { name, bytes } = await desk.download(() => page.keyboard.press('e'));
    expect(name).toMatch(/^企业名单_.*\.xlsx$/);
    const book = XLSX.read(bytes, { type: 'array' });
    const sheet = book.Sheets[book.SheetNames[0] ?? ''] ?? {};
    expect(XLSX.utils.sheet_to_json(sheet, { header: 1 }).flat()).toContain('更新时间');
  });

  test('[ and ] step through the list one came from', async () => {
    const { page } = desk;
    await page.getByLabel('在企业档案里查找').fill('上海');
    await expect.poll(() => decodeURIComponent(page.url())).toContain('"上海"');
    await grid('企业').getByRole('columnheader', { name: '信用代码' }).getByRole('button').click();
    await desk.settled();
    const names = (await rows('企业').allInnerTexts()).map((row) => row.trim().split('\n')[0]?.trim() ?? '');
    await rows('企业').first().click();
    await page.getByText('企业 1 / 5').waitFor();
    await page.keyboard.press(']');
    await page.getByText('企业 2 / 5').waitFor();
    await heading(page, names[1] ?? '').waitFor();
    await page.keyboard.press('Escape');
    await expect.poll(() => page.getByLabel('在企业档案里查找').inputValue()).toBe('上海');
  });

  test('the conditions of the list become the scope of a report, which says it and takes further ones', async () => {
    const { page } = desk;
    await go(`/enterprises?filter=${encodeURIComponent('contact.name~李敏')}`);
    await shows('企业', 1);
    await button(page, '更多').click();
    await page.getByRole('menuitem', { name: '按现在的条件出报告' }).click();
    await page.getByText('本报告统计范围：联系人 · 姓名：含有“李敏”').waitFor();
    const pop = await about('对象类型', '对象类型');
    await pop.getByRole('checkbox').first().check();
    await page.getByText(/本报告统计范围：联系人 · 姓名：含有“李敏”.*对象类型：/).waitFor();
    await desk.look('report-scope');
    await page.keyboard.press('Escape');
    await button(page, '去掉条件“联系人 · 姓名”').click();
    await expect.poll(() => page.getByText('含有“李敏”').count()).toBe(0);
    await rail(page, '企业档案').click();
    await button(page, '去掉条件“联系人 · 姓名”').click();
  });

  test('ticked enterprises go into the bin and come back from it', async () => {
    const { page } = desk;
    await shows('企业', 5);
    await desk.settled();
    await grid('企业').focus();
    await page.keyboard.press('Home');
    await page.keyboard.press('Space');
    const bar = page.getByRole('toolbar', { name: '批量操作' });
    await bar.getByText('已选 1 家').waitFor();
    await desk.look('list-batch');
    await bar.getByRole('button', { name: '放入回收站' }).click();
    await shows('企业', 4);
    await button(page, '更多').click();
    await page.getByRole('menuitem', { name: '回收站' }).click();
    await heading(page, '回收站').waitFor();
    await shows('企业', 1);
    await desk.settled();
    await page.keyboard.press('Space');
    await bar.getByRole('button', { name: '恢复' }).click();
    await page.getByText('回收站是空的').waitFor();
    await button(page, '返回企业档案').click();
    await shows('企业', 5);
  });

  test('an event happens with the ticked rows at once: those that refuse are named and stay ticked, one undo takes it back', async () => {
    const { page } = desk;
    await go('/training');
    await shows('培训', 3);
    for (const row of await rows('培训').all()) await row.getByRole('checkbox').check();
    const bar = page.getByRole('toolbar', { name: '批量操作' });
    await bar.getByRole('button', { name: '办理' }).click();
    await page.getByRole('menuitem', { name: '已举办' }).click();
    const dialog = page.getByRole('dialog', { name: '已举办' });
    await dialog.getByText('已选 3 场，其中 2 场现在可以“已举办”').waitFor();
    await page.keyboard.press('Enter');
    await dialog.getByText('后年的培训：培训日期是 2199-01-01，还没有到').waitFor();
    await desk.look('list-batch-event');
    await toast(page, '已举办：2 条已办，1 条没有办').waitFor();
    await page.keyboard.press('Escape');
    await bar.getByText('已选 1 场').waitFor();
    await expect.poll(() => rows('培训').filter({ hasText: '已举办' }).count()).toBe(2);
    await page.keyboard.press('Control+z');
    await expect.poll(() => rows('培训').filter({ hasText: '计划' }).count()).toBe(3);
    await page.keyboard.press('Escape');
  });

  test('a kind without a page of its own has list, form, children, history and bin from its definition', async () => {
    const { page } = desk;
    await go('/records/staff');
    await button(page, '新增人员').click();
    const dialog = page.getByRole('dialog', { name: '新增人员' });
    await dialog.getByLabel('姓名').fill('赵一');
    await dialog.getByLabel('姓名').press('Tab');
    await dialog.locator('.btn.pri').click();
    await shows('人员', 2);
    await rows('人员').filter({ hasText: '赵一' }).click();
    await heading(page, '赵一').waitFor();
    await page.getByLabel('变更记录').first().getByText('新增人员').first().waitFor();
    await desk.look('record-page');
    await button(page, '更多').click();
    await page.getByRole('menuitem', { name: '放入回收站' }).click();
    await shows('人员', 1);
    await go(`/records/contact?filter=${encodeURIComponent('enterpriseId.name~食品')}`);
    await shows('联系人', 1);
    // What has no page of its own opens where it belongs.
    await rows('联系人').first().click();
    await heading(page, NAMES[2]).waitFor();
  });

  test('the general page of a record has its choices of several and the blocks that it has once', async () => {
    const { page } = desk;
    await go('/records/grid');
    await button(page, '新增网格').click();
    const dialog = page.getByRole('dialog', { name: '新增网格' });
    await dialog.getByLabel('网格名称').fill('一号网格');
    await dialog.getByLabel('网格名称').press('Tab');
    await dialog.locator('.btn.pri').click();
    await rows('网格').filter({ hasText: '一号网格' }).click();
    const areas = page.getByRole('group', { name: '网格区域' });
    await areas.getByLabel('添加网格区域').fill('王泥浜');
    await page.getByRole('option', { name: /王泥浜村/ }).click();
    await areas.getByRole('button', { name: '去掉“王泥浜村”' }).waitFor();
    await desk.look('record-set');
    await areas.getByRole('button', { name: '去掉“王泥浜村”' }).click();
    await expect.poll(() => areas.getByText('王泥浜村').count()).toBe(0);
    await go(`/enterprises?filter=${encodeURIComponent('objectKind=car_repair')}`);
    await rows('企业').first().click();
    await expect.poll(() => page.url()).toMatch(/enterprises\/[0-9a-f-]{36}/);
    await go(`/records/enterprise/${/[0-9a-f-]{36}/.exec(page.url())?.[0] ?? ''}`);
    const booths = page.getByLabel(/^喷漆房/);
    await booths.fill('2');
    await booths.press('Tab');
    await desk.settled();
    await page.reload();
    await expect.poll(() => booths.inputValue()).toBe('2');
    await desk.look('record-block');
  });

  test('an address with a condition that is none says so and shows the list as it was', async () => {
    await go(`/findings?filter=${encodeURIComponent('gibtsnicht=1')}`);
    await toast(desk.page, '没有“gibtsnicht”这一项').waitFor();
    await heading(desk.page, '问题闭环').waitFor();
    await desk.page
      .getByRole('tab', { name: '未销号', exact: true })
      .and(desk.page.locator('[aria-selected="true"]'))
      .waitFor();
    // An order that is none is left out alone: the rows are there.
    await go('/training?filter=&sort=gibtsnicht');
    await toast(desk.page, '不能按“gibtsnicht”排序').waitFor();
    await shows('培训', 3);
    expect(desk.page.url()).not.toContain('gibtsnicht');
  });

  test('views that an earlier version kept in the window are taken over once', async () => {
    const { page } = desk;
    await page.evaluate(
      `localStorage.setItem('sd.enterprise.views', ${JSON.stringify(
        JSON.stringify([
          {
            id: 'own-1',
            name: '在营的',
            filter: { operatingStatuses: ['operating'], withOpenFindings: false },
            sort: { field: 'villageName', descending: false },
            columns: ['name', 'villageName'],
            names: {},
          },
        ]),
      )})`,
    );
    await go('/today');
    await rail(page, '企业档案').click();
    await page.getByRole('tab', { name: '在营的' }).click();
    await button(page, '未销号问题：没有').waitFor();
    await expect.poll(() => decodeURIComponent(page.url())).toContain('sort=villageId');
    await grid('企业').getByRole('columnheader', { name: '村居' }).waitFor();
    expect(await page.evaluate(`localStorage.getItem('sd.enterprise.views')`)).toBeNull();
  });

  test('a row of Today is put off by a key with a reason and a day, is left out of count and print, and taken back', async () => {
    const at = ['--workspace', desk.workspace];
    await desk.whileClosed(async () => {
      const { env } = desk.machine;
      const { rows: all } = (await command(env, 'list', 'enterprise', ...at)) as { rows: { id: string }[] };
      const permit = async (enterpriseId: string | undefined) => {
        const values = JSON.stringify({ enterpriseId, number: 'A1', managementClass: 'key', validTo: '2026-12-10' });
        return String((await command(env, 'add', 'permit', '--values', values, ...at)).id);
      };
      await permit(all[0]?.id);
      const recordId = await permit(all[1]?.id);
      const values = JSON.stringify({ rule: 'permitEnding', recordId, until: '2026-11-25', reason: '正在换证' });
      await command(env, 'add', 'todaySnooze', '--values', values, ...at);
    });
    const { page } = desk;
    await go('/today');
    const items = page.getByRole('grid', { name: '今日事项' });
    const group = items.getByRole('rowgroup').filter({ hasText: '即将到期' });
    const away = items.getByRole('rowgroup', { name: '稍后再提' });
    await group.getByText('申请迟').waitFor();
    expect(await away.innerText()).toContain('1');
    await page.keyboard.press('z');
    const dialog = page.getByRole('dialog', { name: '稍后再提' });
    await dialog.getByLabel('原因').fill('企业负责人出差');
    await dialog.getByLabel('再提日期').fill('2026-11-18');
    await page.keyboard.press('Tab');
    await dialog.getByText('再提日期要晚于今天').waitFor();
    await dialog.getByLabel('再提日期').fill('2026-11-20');
    await page.keyboard.press('Tab');
    await dialog.getByLabel('原因').press('Enter');
    await toast(page, '稍后再提：').waitFor();
    await group.waitFor({ state: 'detached' });
    await page.keyboard.press('Shift+Z');
    await away.getByText('企业负责人出差').waitFor();
    await away.getByText('正在换证').waitFor();
    await desk.look('today-put-off');
    await page.emulateMedia({ media: 'print' });
    await away.getByText('没有列入这张清单').waitFor();
    await away.getByText('正在换证').waitFor({ state: 'hidden' });
    await page.emulateMedia({ media: 'screen' });
    // The first of them is under the cursor: the one that comes back sooner.
    await page.keyboard.press('z');
    await toast(page, '已取回：').waitFor();
    await group.getByText('申请迟').waitFor();
    await page.keyboard.press('Control+z');
    await group.waitFor({ state: 'detached' });
    await away.getByText('企业负责人出差').waitFor();
  });
});
