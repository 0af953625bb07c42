// Forms as they are filled from paper: field after field by the Tab key, with what is wrong put right, nothing lost on the way.
import type { Locator } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { WritableRecord } from '../../contract/records.ts';
import { openOneWindow, type OneWindow } from './support/issued.ts';
import { button, heading, toast } from './support/window.ts';

/** The label of what has the focus. */
const FOCUSED = `(() => {
  const one = document.activeElement;
  return one.labels?.[0]?.textContent ?? one.getAttribute('aria-label') ?? one.tagName;
})()`;

describe('forms filled from paper', () => {
  let w: OneWindow;
  beforeAll(async () => {
    w = await openOneWindow();
  });
  afterAll(() => w.close());
  const focused = async (): Promise<string> => (await w.page.evaluate<string>(FOCUSED)).replace(/[\s*◦]/g, '');
  const main = () => w.page.locator('.main');

  test('the Tab key goes on from a field that stores what was typed, and a refusal beside it takes no focus', async () => {
    const { page } = w;
    await page.evaluate(`location.hash = '#/enterprises'`);
    await heading(page, '企业档案').waitFor();
    await button(page, '新增企业').click();
    const dialog = page.getByRole('dialog', { name: '新增企业' });
    await dialog.waitFor();
    await page.keyboard.type('上海浦江精饰电镀有限公司');
    await page.keyboard.press('Tab');
    expect(await focused()).toBe('统一社会信用代码');
    await page.keyboard.type('91310112MA1GBC7X2Q');
    await page.keyboard.press('Tab');
    await dialog.getByText('信用代码第 18 位校验不符，应为 P').waitFor();
    expect(await focused()).toBe('无代码原因');
    // A code that is too short is said as it is left, and stays said after the pause that belongs to typing.
    await dialog.getByLabel('统一社会信用代码').fill('91310112MA1GBC7X2');
    await page.keyboard.press('Tab');
    await dialog.getByText('信用代码应为 18 位，现为 17 位').waitFor();
    // Esc in a list of choices that is closed belongs to the dialog, which asks because something was typed.
    await dialog.getByLabel('无代码原因').focus();
    await page.keyboard.press('Escape');
    await dialog.getByText('还没有保存，再按一次 Esc 放弃').waitFor();
    await page.keyboard.press('Escape');
    await dialog.waitFor({ state: 'detached' });
  });

  test('a refused value is put right without being told that somebody else changed it; units may be pasted', async () => {
    const { page } = w;
    await page.evaluate(`location.hash = '#/enterprises/${w.enterpriseId}'`);
    await page.getByRole('tab', { name: '概况' }).waitFor();
    await page.keyboard.press('e');
    const field = (name: string) => main().getByLabel(name, { exact: true }).first();
    await field('行业代码').fill('天外');
    await page.keyboard.press('Tab');
    await main().getByText('没有找到叫“天外”的行业').waitFor();
    await field('行业代码').fill('33');
    await page.keyboard.press('Tab');
    await main().getByText('没有找到叫“天外”的行业').waitFor({ state: 'detached' });
    expect(
      await main()
        .getByText(/在你填写时已由/)
        .count(),
    ).toBe(0);
    await expect
      .poll(async () => (await w.t.client.enterprises.get({ id: w.enterpriseId })).values['industryCode'])
      .toBe('33');
    await field('占地面积').fill('3,500平方米');
    await page.keyboard.press('Tab');
    await expect
      .poll(async () => Number((await w.t.client.enterprises.get({ id: w.enterpriseId })).values['siteArea']))
      .toBe(3500);
    // A unit that is another one is turned into the field's, and one that can't be is refused with the field's unit.
    await field('占地面积').fill('0.4万平方米');
    await page.keyboard.press('Tab');
    await expect
      .poll(async () => Number((await w.t.client.enterprises.get({ id: w.enterpriseId })).values['siteArea']))
      .toBe(4000);
    await field('占地面积').fill('15亩');
    await page.keyboard.press('Tab');
    await expect
      .poll(async () => Number((await w.t.client.enterprises.get({ id: w.enterpriseId })).values['siteArea']))
      .toBe(10_000);
    await field('占地面积').fill('6间');
    await page.keyboard.press('Tab');
    await main().getByText('占地面积要写数字，单位是m²').waitFor();
    await field('占地面积').fill('4000');
    await page.keyboard.press('Tab');
    await main().getByText('占地面积要写数字').waitFor({ state: 'detached' });
  });

  test('the industry is found by what people call it; its code and its name are stored, and words of people stay', async () => {
    const { page } = w;
    const field = (name: string) => main().getByLabel(name, { exact: true }).first();
    const stored = async () => {
      const { values } = await w.t.client.enterprises.get({ id: w.enterpriseId });
      return [values['industryCode'], values['industryName']];
    };
    await field('行业代码').fill('电镀');
    await main().getByRole('option', { name: '3360 金属表面处理及热处理加工' }).waitFor();
    await page.keyboard.press('Enter');
    await expect.poll(stored).toEqual(['3360', '金属表面处理及热处理加工']);
    await expect.poll(() => field('行业名称').inputValue()).toBe('金属表面处理及热处理加工');
    // Left with a word that means several, a person is asked; nothing is guessed.
    await field('行业代码').fill('铸造');
    await page.keyboard.press('Tab');
    await main()
      .getByText(/“铸造”有 \d+ 个行业，请从列表里选一个/)
      .waitFor();
    await field('行业代码').fill('铸造');
    await main().getByRole('option', { name: '3391 黑色金属铸造' }).waitFor();
    await page.keyboard.press('Enter');
    await expect.poll(stored).toEqual(['3391', '黑色金属铸造']);
    await expect.poll(() => field('行业名称').inputValue()).toBe('黑色金属铸造');
    await field('行业名称').fill('精密铸造');
    await page.keyboard.press('Tab');
    await expect.poll(stored).toEqual(['3391', '精密铸造']);
    await field('行业代码').fill('3360');
    await page.keyboard.press('Tab');
    await expect.poll(stored).toEqual(['3360', '精密铸造']);
  });

  test('a longitude of nowhere is refused alone, a latitude that is a longitude is told, one abroad is said', async () => {
    const { page } = w;
    const field = (name: string) => main().getByLabel(name, { exact: true }).first();
    const stored = async () => {
      const { values } = await w.t.client.enterprises.get({ id: w.enterpriseId });
      return [values['longitude'], values['latitude']];
    };
    await field('经度').fill('181');
    await page.keyboard.press('Tab');
    await main().getByText('经度只到 180 度，181 不会有，请核对').waitFor();
    expect(await stored()).toEqual([null, null]);
    await field('经度').fill('31.2');
    await page.keyboard.press('Tab');
    await main().getByText('经度 31.2 不在国内（73～136 度）').waitFor();
    await field('经度').fill('121.5°');
    await page.keyboard.press('Tab');
    await field('纬度').fill('121.5');
    await page.keyboard.press('Tab');
    await main().getByText('纬度只到 90 度，121.5 不会有，像是经度填到了这里').waitFor();
    await expect.poll(stored).toEqual(['121.5', null]);
    await field('纬度').fill('31.1');
    await page.keyboard.press('Tab');
    await main().getByText('纬度只到 90 度').waitFor({ state: 'detached' });
  });

  test('what is too long is said, not cut off', async () => {
    const { page } = w;
    const shift = main().getByLabel('生产班制', { exact: true });
    await shift.fill('两班倒'.repeat(25));
    await page.keyboard.press('Tab');
    await main().getByText('生产班制最多 60 字，现在 75 字').waitFor();
    expect((await shift.inputValue()).length).toBe(75);
    await shift.fill('两班');
    await page.keyboard.press('Tab');
    await main().getByText('生产班制最多 60 字').waitFor({ state: 'detached' });
  });

  test('a permit that says nothing is not added, so the file goes on lacking one', async () => {
    const { page } = w;
    await page.getByRole('tab', { name: /^环保手续/ }).click();
    const part = page.getByRole('region', { name: '排污许可', exact: true });
    await button(part, '添加排污许可').click();
    await part.getByLabel('管理类别').waitFor();
    await part.getByRole('button', { name: '添加排污许可' }).click();
    await part.getByText('还没有填写内容，没有添加排污许可').waitFor();
    const kept = await w.t.client.records.list({ entity: 'permit', parentId: w.enterpriseId });
    expect(kept.rows).toEqual([]);
    await part.getByRole('button', { name: '取消' }).click();
  });

  test('a result below its detection limit, dB and 万元 are typed as they stand on paper', async () => {
    const { page } = w;
    const add = async (tab: RegExp, name: string, values: Record<string, string>) => {
      await page.getByRole('tab', { name: tab }).click();
      const part = page.getByRole('region', { name, exact: true });
      await button(part, `添加${name}`).click();
      for (const [label, value] of Object.entries(values)) {
        await part.getByLabel(label, { exact: true }).fill(value);
        await page.keyboard.press('Tab');
      }
      return part;
    };
    const list = async (entity: 'monitoringRecord' | 'noiseSource' | 'penalty') =>
      (await w.t.client.records.list({ entity, parentId: w.enterpriseId })).rows.map(({ values }) => values);
    const store = async (part: Locator) => await part.locator('.foot').getByRole('button', { name: /^添加/ }).click();
    const written = { 监测日期: '2026-09-18', 监测因子: '总锌', 结果: '＜0.05' };
    await store(await add(/^监测/, '监测结果', written));
    await expect.poll(() => list('monitoringRecord')).toMatchObject([{ operator: 'lt', value: '0.05' }]);
    await page.getByRole('table', { name: '监测结果' }).getByText('<0.05', { exact: true }).waitFor();
    await store(await add(/^生产与产污/, '噪声源', { 噪声源: '冷却塔', 数量: '2台', 源强: '78dB' }));
    await expect.poll(() => list('noiseSource')).toMatchObject([{ count: 2, level: '78' }]);
    const fine = { 决定书文号: '沪0112环罚〔2025〕41号', 罚款金额: '8.6万元' };
    await store(await add(/^行政处罚/, '行政处罚', fine));
    await expect.poll(() => list('penalty')).toMatchObject([{ amount: 8_600_000 }]);
  });

  test('a new row waits for a number that is none instead of leaving it out', async () => {
    const { page } = w;
    await page.getByRole('tab', { name: /^生产与产污/ }).click();
    const part = page.getByRole('region', { name: '原辅料' });
    await button(part, '添加原辅料').click();
    await part.getByLabel('名称', { exact: true }).fill('硫酸镍');
    await part.getByLabel('年用量', { exact: true }).fill('约1.5');
    // The sentence moves the button from under the mouse: the click is its own all the same.
    await part.getByRole('button', { name: '添加原辅料' }).click();
    await part.getByText('年用量要写数字').waitFor();
    await expect.poll(focused).toBe('年用量');
    await part.getByLabel('年用量', { exact: true }).fill('1.5');
    await part.getByRole('button', { name: '添加原辅料' }).click();
    await toast(page, '已添加原辅料“硫酸镍”').waitFor();
    await part.getByRole('row').filter({ hasText: '硫酸镍' }).getByText('1.5', { exact: true }).waitFor();
  });

  test('a word typed into a list is taken by Tab where it means one choice, by its own name first, and said where none', async () => {
    const { page } = w;
    const part = page.getByRole('region', { name: '敏感目标', exact: true });
    await button(part, '添加敏感目标').click();
    await part.getByLabel('名称', { exact: true }).fill('青禾苑');
    await part.getByLabel('类型', { exact: true }).focus();
    // The word that registers are read by.
    await page.keyboard.type('小区');
    await page.keyboard.press('Tab');
    const direction = part.getByLabel('方位', { exact: true });
    // 东 stands in 东北 too, and 东北 comes first: Enter took it.
    await direction.focus();
    await page.keyboard.type('东');
    await page.keyboard.press('Enter');
    await page.keyboard.press('Tab');
    await part.getByText('东', { exact: true }).waitFor();
    await direction.focus();
    await page.keyboard.type('西南');
    await page.keyboard.press('Tab');
    await part.getByText('西南', { exact: true }).waitFor();
    expect(await focused()).toBe('距离');
    await direction.focus();
    await page.keyboard.type('楼下');
    await page.keyboard.press('Tab');
    await part.getByText('方位里没有“楼下”，没有填入').waitFor();
    // What was typed is not left out of the row without a word.
    await part.getByRole('button', { name: '添加敏感目标' }).click();
    await expect.poll(focused).toBe('方位');
    await page.keyboard.type('南');
    await page.keyboard.press('Tab');
    await part.getByText('方位里没有“楼下”').waitFor({ state: 'detached' });
    await part.getByRole('button', { name: '添加敏感目标' }).click();
    await part.getByRole('row').filter({ hasText: '青禾苑' }).getByText('南', { exact: true }).waitFor();
  });

  test('rows of one report follow each other by Ctrl Enter with what they have alike, a number brings its unit', async () => {
    const { page } = w;
    const outlets = page.getByRole('region', { name: '排放口', exact: true });
    await button(outlets, '添加排放口').click();
    await outlets.getByLabel('排放口编号', { exact: true }).fill('ＤＷ００１');
    await outlets.getByRole('radio', { name: '废水' }).click();
    await page.keyboard.press('Control+Enter');
    await toast(page, '已添加排放口“DW001”').waitFor();
    await outlets.getByRole('button', { name: '取消' }).click();
    await page.getByRole('tab', { name: /^监测/ }).click();
    const part = page.getByRole('region', { name: '监测结果', exact: true });
    await button(part, '添加监测结果').click();
    await part.getByLabel('监测日期', { exact: true }).fill('2026-11-12');
    await part.getByLabel('排放口', { exact: true }).focus();
    await page.keyboard.type('DW001');
    await page.keyboard.press('Tab');
    await part.getByText('DW001', { exact: true }).waitFor();
    await part.getByLabel('监测因子', { exact: true }).fill('氨氮');
    await part.getByLabel('报告编号', { exact: true }).fill('HC26-1112');
    const result = part.getByLabel('结果', { exact: true });
    await result.fill('38.5 mg/L');
    await page.keyboard.press('Control+Enter');
    await toast(page, '已添加监测结果“氨氮”').waitFor();
    await expect.poll(focused).toBe('监测因子');
    expect(await part.getByLabel('报告编号', { exact: true }).inputValue()).toBe('HC26-1112');
    expect(await result.inputValue()).toBe('');
    await page.keyboard.type('动植物油');
    await part.getByRole('radio', { name: '<' }).click();
    await result.fill('0.06 毫克/升');
    await page.keyboard.press('Control+Enter');
    await toast(page, '已添加监测结果“动植物油”').waitFor();
    const all = await w.t.client.records.list({ entity: 'monitoringRecord', parentId: w.enterpriseId });
    const rows = all.rows.filter(({ values }) => values['date'] === '2026-11-12');
    expect(rows.map(({ values }) => [values['date'], values['pollutant'], values['value'], values['unit']])).toEqual([
      ['2026-11-12', '氨氮', '38.5', 'mg_L'],
      ['2026-11-12', '动植物油', '0.06', 'mg_L'],
    ]);
    expect(new Set(rows.map(({ values }) => values['outletId'])).size).toBe(1);
    // Not detected is no 0.06, and the table says what was judged.
    const row = part.getByRole('row').filter({ hasText: '动植物油' });
    await expect.poll(async () => (await row.innerText()).replace(/\s/g, '')).toContain('<0.06');
    expect(await row.innerText()).toContain('未判定');
  });

  test('a row that was begun waits where it was typed, and one that makes one ask stays open', async () => {
    const { page } = w;
    await page.getByRole('tab', { name: /^生产与产污/ }).click();
    const part = page.getByRole('region', { name: '噪声源', exact: true });
    await button(part, '添加噪声源').click();
    await part.getByRole('textbox', { name: '噪声源', exact: true }).fill('冷却塔');
    await page.getByRole('tab', { name: /^废物/ }).click();
    await toast(page, '噪声源还没有添加，填的内容留在原处').waitFor();
    await page.getByRole('tab', { name: /^生产与产污/ }).click();
    expect(await part.getByRole('textbox', { name: '噪声源', exact: true }).inputValue()).toBe('冷却塔');
    await part.getByRole('button', { name: '取消' }).click();
    await page.getByRole('tab', { name: /^废物/ }).click();
    await page.getByRole('tab', { name: /^生产与产污/ }).click();
    await button(part, '添加噪声源').waitFor();
    const outlets = page.getByRole('region', { name: '排放口', exact: true });
    await button(outlets, '添加排放口').click();
    await outlets.getByLabel('排放口编号', { exact: true }).fill('W-2');
    await outlets.getByRole('radio', { name: '废水' }).click();
    await outlets.getByRole('button', { name: '添加排放口' }).click();
    await outlets.getByText(/一般编作 DW001/).waitFor();
    await outlets.getByLabel('排放口编号', { exact: true }).fill('DW002');
    await page.keyboard.press('Tab');
    await outlets.getByText(/一般编作 DW001/).waitFor({ state: 'detached' });
    await outlets.getByRole('row').filter({ hasText: 'DW002' }).waitFor();
    const { rows } = await w.t.client.records.list({ entity: 'outlet', parentId: w.enterpriseId });
    expect(rows.map(({ values }) => values['code'])).toEqual(['DW001', 'DW002']);
  });
});

describe('a file filled from paper by keyboard', () => {
  let w: OneWindow;
  beforeAll(async () => {
    w = await openOneWindow();
    await w.page.evaluate(`location.hash = '#/enterprises/${w.enterpriseId}'`);
    await w.page.getByRole('tab', { name: '概况' }).waitFor();
  });
  afterAll(() => w.close());
  const focused = async (): Promise<string> => (await w.page.evaluate<string>(FOCUSED)).replace(/[\s*◦]/g, '');
  const part = async (tab: RegExp, name: string): Promise<Locator> => {
    await w.page.getByRole('tab', { name: tab }).click();
    return w.page.getByRole('region', { name, exact: true });
  };
  const typed = async (within: Locator, values: Record<string, string>): Promise<void> => {
    for (const [label, value] of Object.entries(values)) {
      await within.getByLabel(label, { exact: true }).focus();
      await w.page.keyboard.type(value);
      await w.page.keyboard.press('Tab');
    }
  };
  const rows = async (entity: WritableRecord) =>
    (await w.t.client.records.list({ entity, parentId: w.enterpriseId })).rows.map(({ values }) => values);

  test('a stock in another unit than the use of the year is turned into its unit, and both are read with it', async () => {
    const materials = await part(/^生产与产污/, '原辅料');
    await button(materials, '添加原辅料').click();
    await typed(materials, { 名称: '铬酐', 年用量: '2.4t/a', 最大储存量: '300公斤' });
    await w.page.keyboard.press('Control+Enter');
    await expect.poll(() => rows('material')).toMatchObject([{ yearlyUse: '2.4', unit: 't', maxStock: '0.3' }]);
    await materials.getByRole('cell', { name: '2.4 t', exact: true }).waitFor();
    expect(await materials.getByRole('columnheader').allTextContents()).not.toContain('单位');
    await typed(materials, { 年用量: '2升', 最大储存量: '3度' });
    await materials.getByText('“度”换算不成 L，请按 L 填写').waitFor();
    await w.page.keyboard.press('Escape');
    await w.page.keyboard.press('Escape');
  });

  test('a row that makes one ask keeps the focus, Ctrl Enter goes on from it, and a binned row leaves the focus in its table', async () => {
    const outlets = await part(/^生产与产污/, '排放口');
    await button(outlets, '添加排放口').click();
    await typed(outlets, { 排放口编号: 'W-1' });
    await outlets.getByRole('radio', { name: '废水' }).click();
    await outlets.locator('.foot').getByRole('button', { name: '添加排放口' }).press('Enter');
    await outlets.getByText(/一般编作 DW001/).waitFor();
    await expect.poll(focused).toBe('排放口编号');
    await w.page.keyboard.press('Control+Enter');
    await expect.poll(() => outlets.getByLabel('排放口编号', { exact: true }).inputValue()).toBe('');
    await w.page.keyboard.press('Escape');
    await outlets.getByRole('button', { name: '第 1 行放入回收站' }).press('Enter');
    await outlets.getByRole('row').filter({ hasText: 'W-1' }).waitFor({ state: 'detached' });
    await expect.poll(focused).toBe('添加排放口');
  });

  test('a choice made by arrows, one after the other, is one’s own and no change of somebody else', async () => {
    const waste = await part(/^废物/, '危废管理');
    await waste.getByRole('radio', { name: '重点监管' }).focus();
    for (let n = 0; n < 7; n += 1) await w.page.keyboard.press('ArrowRight');
    await expect.poll(() => rows('hazWasteProfile')).toMatchObject([{ managementClass: 'key' }]);
    await waste.getByText(/在你填写时已由/).waitFor({ state: 'detached' });
    expect(await waste.getByRole('radio', { name: '重点监管' }).getAttribute('aria-checked')).toBe('true');
  });

  test('codes of wastes are read as they are written, one of the other list is refused; a manifest takes the waste on file', async () => {
    const wastes = await part(/^废物/, '废物');
    await button(wastes, '添加废物').click();
    await typed(wastes, { 废物类别: '危废', 废物名称: '废槽液', 废物代码: 'HW17 33606217', 年产生量: '2400斤' });
    await w.page.keyboard.press('Control+Enter');
    await expect.poll(() => rows('wasteStream')).toMatchObject([{ code: '336-062-17', yearlyAmount: '1.2' }]);
    await expect.poll(focused).toBe('废物名称');
    await typed(wastes, { 废物名称: '废锌渣', 废物代码: '900-002-S17' });
    await w.page.keyboard.press('Control+Enter');
    await wastes.getByText('“900-002-S17”是一般固废的代码，请改废物类别或代码').waitFor();
    await w.page.keyboard.press('Escape');
    await w.page.keyboard.press('Escape');
    const manifests = await part(/^废物/, '转移联单');
    await button(manifests, '添加转移联单').click();
    await typed(manifests, { 联单编号: '20263101', 转移日期: '2026-11-3', 档案中的废物: '废槽液', 转移量: '860公斤' });
    await w.page.keyboard.press('Control+Enter');
    await expect
      .poll(() => rows('wasteTransfer'))
      .toMatchObject([{ name: '废槽液', code: '336-062-17', amount: '860', unit: 'kg' }]);
    await w.page.keyboard.press('Escape');
  });

  test('days and results that a paper writes otherwise are taken, or said with what to write', async () => {
    const licences = await part(/^环保手续/, '其他证照');
    await button(licences, '添加其他证照').click();
    await typed(licences, { 有效期自: '2021.3', 有效期至: '长期' });
    await licences.getByText('“2021.3”没有写到日，有效期自要写到日，如 2021-03-01').waitFor();
    await licences.getByText('“长期”没有到期日，有效期至留空').waitFor();
    await w.page.keyboard.press('Escape');
    await w.page.keyboard.press('Escape');
    const results = await part(/^监测/, '监测结果');
    await button(results, '添加监测结果').click();
    await typed(results, { 监测日期: '2026-9-12', 监测因子: '总铬', 结果: 'ND' });
    await results.getByText('没有检出的写小于检出限').waitFor();
    await results.getByLabel('结果', { exact: true }).fill('');
    await typed(results, { 结果: '0.03L', 限值: '6-9' });
    await w.page.keyboard.press('Control+Enter');
    await expect
      .poll(() => rows('monitoringRecord'))
      .toMatchObject([{ operator: 'lt', value: '0.03', limitLow: '6', limitHigh: '9' }]);
    await w.page.keyboard.press('Escape');
  });

  test('messages stand on the status bar, the number to call is not cut off', async () => {
    const { page } = w;
    for (const [width, height] of [
      [1366, 768],
      [1024, 700],
    ] as const) {
      await page.setViewportSize({ width, height });
      const people = await part(/^联系人/, '联系人');
      await button(people, '添加联系人').click();
      await typed(people, { 姓名: `刘敏${width}`, 手机: '13817654321' });
      await page.keyboard.press('Control+Enter');
      const box = await toast(page, `已添加联系人“刘敏${width}”`).boundingBox();
      const bar = await page.locator('footer.status').boundingBox();
      expect(box && bar && box.y >= bar.y && box.y + box.height <= height).toBe(true);
      await page.keyboard.press('Escape');
      const number = people
        .getByRole('row')
        .filter({ hasText: `刘敏${width}` })
        .locator('.value', { hasText: '138****' });
      expect(await number.evaluate((one) => one.scrollWidth <= one.clientWidth && one.clientHeight < 24)).toBe(true);
    }
    await page.setViewportSize({ width: 1366, height: 768 });
  });

  test('a further site of a legal person leaves the focus at its code', async () => {
    const { page, t } = w;
    const { values } = await t.client.enterprises.get({ id: w.enterpriseId });
    const code = String(values['creditCode'] ?? '91310112MA1GBC7X2P');
    if (!values['creditCode']) await t.client.enterprises.update({ id: w.enterpriseId, values: { creditCode: code } });
    await page.evaluate(`location.hash = '#/enterprises'`);
    await button(page, '新增企业').click();
    const dialog = page.getByRole('dialog', { name: '新增企业' });
    await typed(dialog, { 单位名称: String(values['name']), 统一社会信用代码: code });
    await dialog
      .getByRole('button', { name: /^另一厂区/ })
      .first()
      .press('Enter');
    await dialog.getByText(/作为同一单位的另一厂区建档/).waitFor();
    await expect.poll(focused).toMatch(/单位名称|统一社会信用代码/);
  });
});

describe('the long form and the page of an enterprise', () => {
  let w: OneWindow;
  beforeAll(async () => {
    w = await openOneWindow();
    await w.page.evaluate(`location.hash = '#/enterprises/${w.enterpriseId}'`);
    await w.page.getByRole('tab', { name: '概况' }).waitFor();
  });
  afterAll(() => w.close());
  const focused = async (): Promise<string> => (await w.page.evaluate<string>(FOCUSED)).replace(/[\s*◦]/g, '');
  const main = () => w.page.locator('.main');

  test('the long form begins with what is common; what is rare is folded, opened by keyboard, and Esc gives the focus back', async () => {
    const { page } = w;
    await page.keyboard.press('e');
    await expect.poll(focused).toBe('单位名称');
    expect(await main().getByLabel('旧注册号', { exact: true }).count()).toBe(0);
    const rare = main().getByRole('button', { name: /^其他名称、编号和代码/ });
    expect(await rare.textContent()).toMatch(/12 项，已填 \d/);
    await rare.focus();
    await page.keyboard.press('Enter');
    await page.keyboard.press('Tab');
    expect(await focused()).toBe('简称');
    await page.keyboard.press('Escape');
    await expect.poll(() => page.evaluate('document.activeElement.textContent')).toMatch(/编辑/);
  });

  test('Esc out of a row and out of a dialog gives the focus back to what opened it', async () => {
    const { page } = w;
    await page.getByRole('tab', { name: /^联系人/ }).click();
    const part = page.getByRole('region', { name: '联系人', exact: true });
    await button(part, '添加联系人').focus();
    await page.keyboard.press('Enter');
    await expect.poll(focused).toBe('姓名');
    await page.keyboard.press('Escape');
    await expect.poll(focused).toBe('添加联系人');
    await page.keyboard.press('Enter');
    await expect.poll(focused).toBe('姓名');
    await page.keyboard.type('刘敏');
    await part.getByLabel('职务').focus();
    await page.keyboard.type('环保');
    await page.keyboard.press('Enter');
    await part.locator('.foot').getByRole('button', { name: '添加联系人' }).focus();
    await page.keyboard.press('Enter');
    await part.getByRole('row').filter({ hasText: '刘敏' }).waitFor();
    await expect.poll(focused).toBe('添加联系人');
    await part.getByRole('button', { name: '修改第 1 行' }).focus();
    await page.keyboard.press('Enter');
    await expect.poll(focused).toBe('姓名');
    await page.keyboard.press('Escape');
    await expect.poll(focused).toBe('修改第1行');
  });

  test('a tab counts what it lists: duties, inspections and trainings; no dash stands alone where nothing is open', async () => {
    const { page, t } = w;
    const training = await t.client.records.create({
      entity: 'training',
      values: { title: '危废规范化管理', date: '2026-05-12', kind: 'general' },
    });
    await t.client.records.create({
      entity: 'trainingAttendance',
      values: { trainingId: training.id, enterpriseId: w.enterpriseId, personName: '刘敏' },
    });
    await t.client.records.create({
      entity: 'trainingAttendance',
      values: { trainingId: training.id, enterpriseId: w.enterpriseId, personName: '王磊' },
    });
    const tab = page.getByRole('tab', { name: /^检查与问题/ });
    await expect.poll(async () => (await tab.textContent())?.replace(/\s/g, '')).toBe('检查与问题1');
    await tab.click();
    const row = page.getByRole('table', { name: '参加培训' }).getByRole('row').filter({ hasText: '危废规范化管理' });
    await row.getByText('刘敏、王磊').waitFor();
    const duties = page.getByRole('tab', { name: /^定期义务/ });
    await duties.click();
    const table = page.getByRole('table', { name: '义务清单' });
    await table.waitFor();
    const listed = (await table.getByRole('row').count()) - 1;
    expect(listed).toBeGreaterThan(0);
    expect((await duties.textContent())?.replace(/\s/g, '')).toBe(`定期义务${listed}`);
    await page.getByText('没有等待整改、回复或复核的').waitFor();
    await page.getByText('今年没有发现问题，没有整改率').waitFor();
  });

  test('at 150 % the head and the tabs leave most of the window to the file, and the open tab is seen', async () => {
    const { page } = w;
    await page.setViewportSize({ width: 911, height: 512 });
    await page.getByRole('tab', { name: '变更记录' }).click();
    const place = async (selector: string) => await page.locator(selector).first().boundingBox();
    const file = await place('.page .eb');
    const top = await place('.page');
    expect((file?.y ?? 999) - (top?.y ?? 0)).toBeLessThan(150);
    await expect
      .poll(async () => {
        const [one, all] = [await place('.tabs .on'), await place('.page')];
        return one !== null && all !== null && one.x >= all.x && one.x + one.width <= all.x + all.width;
      })
      .toBe(true);
    await page.setViewportSize({ width: 1366, height: 768 });
  });
});
