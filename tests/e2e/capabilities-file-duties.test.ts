// Recurring duties of four firms, one of each class of permit, in the window: the year as a calendar against one made by hand, what is
// due by class of permit, and the inventory of what they give off to the air as a sheet.
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import type { Page } from 'playwright-core';
import * as XLSX from '@e965/xlsx';
import { createRecord } from '../../services/records/index.ts';
import { bring, onFile, sheet } from '../support/register-import.ts';
import { DeskUnderTest } from './support/desk.ts';
import { fillWorkspace } from './support/filled.ts';
import { heading } from './support/window.ts';

/** Firms by the class of their permit. */
const FIRMS = {
  key: '上海重点金属制品有限公司',
  simplified: '上海简化金属制品有限公司',
  registration: '上海登记金属制品有限公司',
  not_required: '上海免办金属制品有限公司',
} as const;
type Class = keyof typeof FIRMS;
const CLASSES = Object.keys(FIRMS) as Class[];

/** 2027 by hand: every firm makes hazardous waste under a contract until 30 November; permits end on 20 August. */
const EVERYBODY = [
  '2027-03-31 危险废物年度申报',
  '2027-03-31 危险废物管理计划备案',
  '2027-06-30 一企一表年度更新',
  '2027-10-01 危险废物处置合同续签',
];
const PERMITTED = ['2027-01-15 年度执行报告', '2027-01-31 排污信息公开核对', '2027-06-21 排污许可证延续'];
const each = (months: readonly number[], name: string): string[] =>
  months.map((month) => `2027-${String(month).padStart(2, '0')}-15 ${name}`);
const BY_HAND: Readonly<Record<Class, string[]>> = {
  key: [
    ...EVERYBODY,
    ...PERMITTED,
    '2027-03-15 环境信息依法披露（年度）',
    ...each([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12], '危险废物月度申报'),
  ],
  simplified: [...EVERYBODY, ...PERMITTED, ...each([1, 4, 7, 10], '危险废物季度申报')],
  registration: [...EVERYBODY, '2027-08-20 排污登记延续'],
  not_required: EVERYBODY,
};

describe('duties by class of permit', () => {
  const desk = new DeskUnderTest();
  let ids: Record<string, string> = {};
  beforeAll(async () => {
    ids = await fillWorkspace(desk.machine, async (ctx) => {
      const rows = CLASSES.map((id) => [FIRMS[id], '青禾镇', '东禾村', '工业企业']);
      await bring(ctx, [sheet([['企业名称', '街镇', '村居', '企业类型'], ...rows])]);
      const made = Object.fromEntries((await onFile(ctx)).map((row) => [String(row.name), String(row.id)]));
      for (const managementClass of CLASSES) {
        const enterpriseId = made[FIRMS[managementClass]] ?? '';
        const hazardous = { key: 'key', simplified: 'simplified' }[managementClass as string] ?? 'registration';
        const outletId = (
          await createRecord(ctx, 'outlet', { enterpriseId, code: 'DA001', medium: 'air', heightM: '15' })
        ).id;
        for (const [kind, values] of [
          ['permit', { managementClass, validTo: '2027-08-20' }],
          ['wasteStream', { kind: 'hazardous', name: '废机油', contractEnd: '2027-11-30' }],
          ['hazWasteProfile', { generates: 'yes', managementClass: hazardous }],
          ['outlet', { code: 'DW001', medium: 'wastewater' }],
          ['treatmentFacility', { name: '活性炭箱', medium: 'air', servedOutletId: outletId }],
          ['monitoringRecord', { outletId, pollutant: '非甲烷总烃', date: '2026-05-06', value: '12.5' }],
        ] as const)
          await createRecord(ctx, kind, { enterpriseId, ...values });
        await createRecord(ctx, 'outletLimit', { outletId, pollutant: '非甲烷总烃', high: '70', unit: 'mg_m3' });
      }
      return made;
    });
    await desk.open();
  });
  afterAll(() => desk.close());
  afterEach(async ({ task }) => {
    if (task.result?.state === 'fail') await desk.shot('failed');
    desk.expectNoTrouble();
  });

  /** The year of a firm as its tab shows it: each duty with its day. */
  const calendarOf = async (name: string): Promise<{ page: Page; told: string[]; said: string }> => {
    const { page } = desk;
    await page.evaluate("location.hash = '/today'");
    await heading(page, '今日').waitFor();
    await page.evaluate(`location.hash = '/enterprises/${ids[name]}'`);
    await heading(page, name).waitFor();
    await page.getByRole('tab', { name: /^定期义务/ }).click();
    await page.getByRole('button', { name: '2027 年' }).click();
    const calendar = page.getByRole('region', { name: '义务年历' });
    await calendar.getByText('2027 年', { exact: true }).waitFor();
    await desk.settled();
    const days = await calendar.locator('.day').all();
    const titles = await Promise.all(days.map((one) => one.getAttribute('title')));
    const told = titles.map((title) => title?.split('：')[0] ?? '');
    return { page, told, said: await calendar.locator('.sec').innerText() };
  };

  test('[BY-26] a year of duties of four classes of permit is the calendar that was made by hand, each with rule and proof', async () => {
    for (const id of CLASSES) {
      const { page, told } = await calendarOf(FIRMS[id]);
      expect(told.toSorted(), id).toEqual(BY_HAND[id].toSorted());
      const plan = page.getByRole('table', { name: '义务清单' }).getByRole('row').filter({ hasText: '管理计划备案' });
      await plan.getByText('每年 3 月 31 日以前').waitFor();
      await plan.getByText('备案截图').waitFor();
    }
  });

  test('[FJ-04] the calendar of a key firm has as many duties in the year as it should have, month by month', async () => {
    const { page, said } = await calendarOf(FIRMS.key);
    expect(said).toContain('排污许可：重点管理');
    expect(said).toContain(`全年 ${BY_HAND.key.length} 项`);
    expect(BY_HAND.key).toHaveLength(20);
    for (const month of [1, 2, 3, 6, 12]) {
      const own = page.getByRole('group', { name: `${month} 月`, exact: true }).locator('.day');
      const expected = BY_HAND.key.filter((one) => Number(one.slice(5, 7)) === month);
      expect(await own.count(), `month ${month}`).toBe(expected.length);
    }
    await desk.look('file-duty-year');
  });

  test('[WG-10] deadlines are listed by class of permit, and the inventory of what goes into the air is a sheet', async () => {
    const { page } = desk;
    await page.getByRole('link', { name: '全部企业' }).click();
    const rows = page.getByRole('grid', { name: '到期义务' }).locator('.tr');
    for (const [view, firm, due] of [
      ['重点管理', FIRMS.key, '年度执行报告'],
      ['简化管理', FIRMS.simplified, '年度执行报告'],
      ['登记管理', FIRMS.registration, '排污登记延续'],
    ] as const) {
      await page
        .getByRole('tab', { name: view })
        .or(page.getByRole('radio', { name: view }))
        .click();
      await rows.filter({ hasText: due }).first().waitFor();
      await desk.settled();
      const all = await rows.allInnerTexts();
      expect(
        all.every((row) => row.includes(firm) && row.includes(view)),
        view,
      ).toBe(true);
    }
    await desk.look('file-deadlines');
    await page.evaluate(`location.hash = '/enterprises/${ids[FIRMS.key]}'`);
    await heading(page, FIRMS.key).waitFor();
    await page.getByRole('tab', { name: /^生产与产污/ }).click();
    await page.getByRole('region', { name: '排放口', exact: true }).getByRole('link', { name: '全部企业' }).click();
    const outlets = page.getByRole('grid', { name: '排放口' }).locator('.tr');
    await expect.poll(() => outlets.count()).toBe(CLASSES.length);
    await desk.look('file-inventory');
    await page.getByRole('grid', { name: '排放口' }).focus();
    const { bytes } = await desk.download(() => page.keyboard.press('e'));
    const book = XLSX.read(bytes, { type: 'array' });
    const cells = XLSX.utils.sheet_to_json<string[]>(book.Sheets[book.SheetNames[0] ?? ''] ?? {}, { header: 1 });
    const head = cells.find((row) => row.includes('排放口编号')) ?? [];
    const inventory = cells.filter((row) => row.includes('DA001'));
    expect(inventory.map((row) => row[head.indexOf('企业')]).toSorted()).toEqual(Object.values(FIRMS).toSorted());
    for (const [column, value] of [
      ['污染因子', '非甲烷总烃'],
      ['治理设施', '活性炭箱'],
      ['高度', 15],
      ['最近监测结果', 12.5],
    ] as const)
      expect(String(inventory[0]?.[head.findIndex((one) => one.startsWith(column))]), column).toContain(String(value));
    expect(cells.flat()).not.toContain('DW001');
  });
});
