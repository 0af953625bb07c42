// Rows of the list of capabilities about catalogues, exemption and tiers of supervision, as people do it: window and command line.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { makeCode, workbook, type Cell } from '../support/register-import.ts';
import { command, DeskUnderTest } from './support/desk.ts';
import { fillWorkspace } from './support/filled.ts';
import { button, heading, toast } from './support/window.ts';

type Json = Record<string, unknown>;

/** The classes of Fengjing: trades that a catalogue puts into them, and how many enterprises there are of each. */
const CLASSES = {
  key: { code: '3360', count: 8, label: '重点管理' },
  simplified: { code: '2641', count: 34, label: '简化管理' },
  registration: { code: '3311', count: 779, label: '登记管理' },
} as const;
const ALL = Object.values(CLASSES).reduce((sum, { count }) => sum + count, 0);
const firms = Object.entries(CLASSES).flatMap(([id, { code, count, label }]) =>
  Array.from({ length: count }, (_, n) => ({
    name: `上海${id === 'key' ? '甲' : id === 'simplified' ? '乙' : '丙'}${String(n).padStart(3, '0')}号制造有限公司`,
    code: makeCode(`${{ key: 'K', simplified: 'M', registration: 'R' }[id] ?? ''}${String(n).padStart(4, '0')}`),
    trade: code,
    label,
  })),
);

/** A desk with what the tests here do by the command line. */
function deskOfTown() {
  const desk = new DeskUnderTest();
  const steward = async (...args: string[]): Promise<Json> =>
    await command(desk.machine.env, ...args, '--workspace', desk.machine.workspace);
  const bring = async (file: string, rows: Cell[][]): Promise<Json> => {
    const path = join(desk.machine.folder, `${file}.xlsx`);
    writeFileSync(path, workbook([{ name: '表', rows }]));
    return await steward('import', path, '--town', '枫泾镇');
  };
  const add = async (kind: string, values: Json): Promise<string> =>
    String(((await steward('add', kind, '--values', JSON.stringify(values))) as { id: string }).id);
  const edition = async (name: string, subject: string, validFrom: string, entries: readonly Json[]): Promise<void> => {
    const catalogueId = await add('catalogue', { name, subject, validFrom });
    for (const entry of entries) await add('catalogueEntry', { name: '类别', ...entry, catalogueId, subject });
  };
  const count = async (kind: string, filter: string): Promise<number> =>
    Number((await steward('list', kind, '--filter', filter)).total);
  const open = async (address: string): Promise<void> => {
    await desk.open();
    await desk.page.evaluate(`location.hash = '#${address}'`);
  };
  return { desk, steward, bring, add, edition, count, open };
}

describe('the classes of a town', () => {
  const { desk, bring, edition, count, open } = deskOfTown();
  beforeAll(async () => {
    await fillWorkspace(desk.machine, async () => await Promise.resolve());
    await bring('名册', [
      ['单位名称', '统一社会信用代码', '街镇', '地址', '行业代码', '对象类型'],
      ...firms.map(({ name, code, trade }, n) => [name, code, '枫泾镇', `枫路${String(n)}号`, trade, '工业企业']),
    ]);
    await edition('许可名录（2019年版）', 'permit', '2019-12-20', [
      { no: '1', industryCodes: '33', outcome: 'registration' },
      { no: '2', industryCodes: '3360', outcome: 'key', condition: '有电镀工序的' },
      { no: '3', industryCodes: '2641', outcome: 'simplified' },
    ]);
  });
  afterAll(() => desk.close());
  afterEach(() => {
    desk.expectNoTrouble();
  });

  test('[FJ-01] 8 key, 34 simplified, 779 registered: by catalogue and by permit, each class with its duties and dates', async () => {
    await bring('排污许可', [
      ['持证单位', '许可证编号', '管理类别', '有效期至'],
      ...firms.map(({ name, code, label }) => [
        name,
        `${code}001${label === '登记管理' ? 'Y' : 'P'}`,
        label,
        '2028-12-31',
      ]),
    ]);
    for (const [id, { count: expected }] of Object.entries(CLASSES)) {
      expect([id, await count('classification', `outcome=${id} & standing=agrees`)]).toEqual([id, expected]);
      expect([id, await count('enterprise', `permit(managementClass=${id})`)]).toEqual([id, expected]);
      // The duties of the class: each enterprise has some, with a day.
      expect([id, await count('enterprise', `permit(managementClass=${id}) & openDuty(dueDate!=)`)]).toEqual([
        id,
        expected,
      ]);
    }
    await open('/records/openDuty');
    const { page } = desk;
    for (const { label } of Object.values(CLASSES)) {
      await page.getByRole('tab', { name: label }).click();
      await expect.poll(() => page.locator('.page').innerText()).toMatch(/[1-9]\d* \/ /u);
    }
    await desk.look('catalogue-duties');
    await page.evaluate(`location.hash = '#/records/classification'`);
    await heading(page, '名录归类').waitFor();
    await page.getByRole('tab', { name: '全部' }).click();
    await expect.poll(() => page.locator('.page').innerText()).toContain(`${String(ALL)} 条`);
  });
});

const TRADES = {
  上海木门有限公司: '2110',
  上海包装有限公司: '2231',
  上海彩印有限公司: '2319',
  上海成衣有限公司: '1819',
  上海生物有限公司: '2761',
};
const register = (names: readonly string[], tier: string): Cell[][] => [
  ['单位名称', '统一社会信用代码', '街镇', '地址', '行业代码', '监管层级'],
  ...names.map((name) => {
    const n = String(Object.keys(TRADES).indexOf(name));
    return [name, makeCode(`X000${n}`), '青溪镇', `南路${n}号`, TRADES[name as keyof typeof TRADES], tier];
  }),
];

describe('editions, sub-industries, exemption and tiers', () => {
  const { desk, steward, bring, add, edition, count, open } = deskOfTown();
  let biology = '';
  /** What the list of the other level did, and how many each level has after it. */
  let [twice, levels]: [Json, number[]] = [{}, []];
  beforeAll(async () => {
    await fillWorkspace(desk.machine, async () => await Promise.resolve());
    await bring('区级名单', register(Object.keys(TRADES), '区级'));
    await edition('许可名录（2019年版）', 'permit', '2019-12-20', [
      { no: '1', industryCodes: '21、2231、2319、1819', outcome: 'registration' },
    ]);
    await edition('环评名录（2021年版）', 'eia', '2021-01-01', [
      { no: '47', name: '生物药品制造', industryCodes: '276', subIndustries: '生物药原液', outcome: 'report_book' },
      {
        no: '47',
        name: '生物药品制造',
        industryCodes: '276',
        subIndustries: '单纯分装',
        condition: '只混合、分装的',
        outcome: 'report_form',
      },
    ]);
    await add('exemptionRule', { code: '豁-3', pollutant: '挥发性有机物', threshold: '0.1', validFrom: '2025-01-01' });
    const { rows } = (await steward('list', 'enterprise', '--filter', 'name=上海生物有限公司')) as {
      rows: { id: string }[];
    };
    biology = rows[0]?.id ?? '';
    twice = await bring('镇级名单', register(['上海木门有限公司'], '镇级'));
    levels = [await count('enterprise', 'managementTier=district'), await count('enterprise', 'managementTier=town')];
    await open('/registers/runs');
  });
  afterAll(() => desk.close());
  afterEach(() => {
    desk.expectNoTrouble();
  });
  const main = () => desk.page.locator('.main');

  test('[PD-03] the same firm in the lists of both levels: it stays in one and waits for a person', async () => {
    expect(twice).toMatchObject({
      entities: [{ entity: 'enterprise', rows: 1, created: 0, updated: 0, unchanged: 1, queued: 1 }],
      questions: [{ field: 'managementTier', ours: '区级', theirs: '镇级', who: '上海木门有限公司' }],
    });
    expect(levels).toEqual([5, 0]);
    const waiting = desk.page.getByRole('region', { name: '待定的值' });
    await waiting.getByText('待定的值 1').waitFor();
    await desk.look('tier-waits');
    await waiting.getByText('镇级').first().waitFor();
    await desk.page.keyboard.press('n');
    await toast(desk.page, '已采用 1 个新值').waitFor();
  });

  test('[FX-05] the class of a sub-industry that is picked, with the reason', async () => {
    const { page } = desk;
    await page.evaluate(`location.hash = '#/enterprises/${biology}'`);
    await page.getByRole('tab', { name: /^环保手续/ }).click();
    const classes = page.locator('[data-entity="classification"]');
    await classes.getByText('请选细分行业').waitFor();
    await page.getByRole('tab', { name: '概况' }).click();
    await page.keyboard.press('e');
    const field = main().getByLabel('细分行业', { exact: true }).first();
    await field.fill('原液');
    await page.getByRole('option', { name: /生物药原液.*报告书/ }).waitFor();
    await desk.look('sub-industry');
    await page.keyboard.press('Enter');
    await expect.poll(() => field.inputValue()).toBe('生物药原液');
    await page.keyboard.press('Escape');
    await page.getByRole('tab', { name: /^环保手续/ }).click();
    await classes.getByText('报告书', { exact: true }).waitFor();
    await classes.getByText('细分行业“生物药原液”：47 生物药品制造').waitFor();
    await desk.look('sub-industry-class');
  });

  test('[FX-07] the total amount of a project below the threshold is marked exempt with the number of the rule', async () => {
    const { page } = desk;
    const projects = page.getByRole('region', { name: '环评项目', exact: true });
    await button(projects, '添加环评项目').click();
    await projects.getByLabel('项目名称', { exact: true }).fill('生物药扩产项目');
    await projects.getByLabel('批复日期', { exact: true }).fill('2026-03-02');
    await projects.getByRole('button', { name: '添加环评项目' }).click();
    await button(projects, '修改第 1 行').click();
    const totals = projects.getByRole('region', { name: '总量指标' });
    await button(totals, '添加总量指标').click();
    for (const [pollutant, amount] of [
      ['VOCs', '0.08'],
      ['化学需氧量', '0.5'],
    ] as const) {
      await totals.getByLabel('污染物', { exact: true }).fill(pollutant);
      await totals.getByLabel('新增总量', { exact: true }).fill(amount);
      await page.keyboard.press('Control+Enter');
    }
    await desk.look('exemption');
    const row = totals.getByRole('row').filter({ hasText: 'VOCs' });
    await row.getByText('豁免', { exact: true }).waitFor();
    await row.getByText('豁-3').waitFor();
  });

  test('[BY-17] a new edition with three changed trades lists exactly their enterprises, old class beside new', async () => {
    const { page } = desk;
    await page.evaluate(`location.hash = '#/catalogues'`);
    await heading(page, '分类管理名录').waitFor();
    await page.keyboard.press('n');
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('名称', { exact: true }).fill('许可名录（2027年版）');
    await dialog.getByRole('radio', { name: '排污许可' }).click();
    await dialog.getByLabel('施行日期', { exact: true }).fill('2027-01-01');
    await page.keyboard.press('Control+Enter');
    await heading(page, '许可名录（2027年版）').waitFor();
    const entries = page.getByRole('region', { name: '名录条目' });
    await button(entries, '添加名录条目').click();
    for (const [no, codes, outcome] of [
      ['1', '1819', '登记管理'],
      ['2', '21', '简化管理'],
      ['3', '2231、2319', '重点管理'],
    ] as const) {
      await entries.getByLabel('序号', { exact: true }).fill(no);
      await entries.getByLabel('行业类别', { exact: true }).fill('类别');
      await entries.getByLabel('行业代码', { exact: true }).fill(codes);
      await entries.getByLabel('类别', { exact: true }).fill(outcome);
      await page.keyboard.press('Control+Enter');
      await entries.getByRole('row').filter({ hasText: codes }).waitFor();
    }
    await desk.look('edition-entries');
    await page.evaluate(`location.hash = '#/records/classification'`);
    await heading(page, '名录归类').waitFor();
    const rows = page.getByRole('row').filter({ hasText: '许可名录（2027年版）' });
    await expect.poll(() => rows.count()).toBe(3);
    await desk.look('edition-changes');
    const said = await rows.allInnerTexts();
    for (const [name, before, now] of [
      ['上海木门有限公司', '登记管理', '简化管理'],
      ['上海包装有限公司', '登记管理', '重点管理'],
      ['上海彩印有限公司', '登记管理', '重点管理'],
    ] as const)
      expect(said.find((text) => text.includes(name))?.split(/\s+/u)).toEqual(
        expect.arrayContaining([now, before, '类别变了']),
      );
  });
});
