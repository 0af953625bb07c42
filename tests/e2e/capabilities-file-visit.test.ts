// The file of an enterprise at a visit, row by row of the list of capabilities: what is corrected on site goes into the file with the
// visit as its source, what differs from it is listed, whoever was not verified for long is asked for, and the trade says what to look at.
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import type { Locator, Page } from 'playwright-core';
import { DeskUnderTest } from './support/desk.ts';
import { fillWorkspace } from './support/filled.ts';
import { area } from '../../domain/areas/entities.ts';
import { createRecord } from '../../services/records/index.ts';
import { updateEnterprise } from '../../services/enterprises/index.ts';
import { bring, onFile, sheet } from '../support/register-import.ts';
import { button, heading } from './support/window.ts';

/** What the library of trades wants looked at in printing, in the order of the checklists. */
const FOCUS = [
  ...['GEN-04-05', 'GEN-06-01', 'GEN-07-01', 'GEN-07-04'],
  ...['VOC-01-01', 'VOC-01-02', 'VOC-03-01', 'VOC-04-01', 'VOC-04-02'],
];
const NAME = '上海川岚包装印刷有限公司';

describe('file at a visit, row by row', () => {
  const desk = new DeskUnderTest();
  let enterpriseId = '';
  beforeAll(async () => {
    enterpriseId = await fillWorkspace(desk.machine, async (ctx) => {
      await bring(ctx, [
        sheet([
          ['企业名称', '街镇', '村居', '企业类型', '行业代码'],
          [NAME, '青禾镇', '东禾村', '工业企业', '2319'],
        ]),
      ]);
      const id = String((await onFile(ctx))[0]?.id);
      const townId = (await ctx.store.read.first(area, { name: '青禾镇' }))?.id ?? '';
      await createRecord(ctx, 'area', { level: 'village', name: '西禾村', parentId: townId });
      for (const [kind, values] of [
        ['contact', { name: '张敏', post: 'env_manager', mobile: '13800000001', verifiedDate: '2026-05-21' }],
        ['contact', { name: '李强', mobile: '13800000002', verifiedDate: '2026-05-22' }],
        ['process', { step: 1, name: '上光', pollutionNode: '上光废气' }],
        ['equipment', { name: '印刷机', count: 5, countInEia: 5, inEia: 'yes' }],
        ['equipment', { name: '烘箱', count: 1, inEia: 'yes' }],
        ['treatmentFacility', { name: '活性炭箱', medium: 'air', consistent: 'yes' }],
      ] as const)
        await createRecord(ctx, kind, { enterpriseId: id, ...values });
      return id;
    });
    await desk.open();
  });
  afterAll(() => desk.close());
  afterEach(async ({ task }) => {
    if (task.result?.state === 'fail') await desk.shot('failed');
    desk.expectNoTrouble();
  });

  const toFile = async (): Promise<Page> => {
    await desk.page.evaluate(`location.hash = '/enterprises/${enterpriseId}'`);
    await heading(desk.page, NAME).waitFor();
    await desk.settled();
    return desk.page;
  };
  const dialog = (): Locator => desk.page.getByRole('dialog', { name: '档案核对' });
  /** Opens the row of a part that names something, and changes a field. */
  const correct = async (part: string, row: string, field: string, value: string): Promise<void> => {
    const table = dialog().getByRole('table', { name: part });
    await table.getByRole('row').filter({ hasText: row }).dblclick();
    const section = dialog().getByRole('region', { name: part });
    const input = section.getByLabel(field, { exact: true });
    if ((await input.getAttribute('role')) === 'radiogroup') await input.getByRole('radio', { name: value }).click();
    else {
      await input.fill(value);
      await input.press('Tab');
    }
    await desk.settled();
    await button(section, '完成').click();
  };

  test('[FX-02] the checklist of a printer marks what its trade is to be looked at for, and the step that gives it off', async () => {
    const page = await toFile();
    await button(page, '开始检查').click();
    await page.getByLabel('检查表').locator('[aria-current="true"]').waitFor();
    const lines = page.getByLabel('检查表').locator('.line');
    const marked = await lines.filter({ hasText: '关注' }).allInnerTexts();
    expect(marked.map((text) => /[A-Z]+-\d\d-\d\d/.exec(text)?.[0])).toEqual(FOCUS);
    await page.getByRole('radiogroup', { name: '显示哪些检查项' }).getByText('关注 9').click();
    await lines.filter({ hasText: 'GEN-07-01' }).click();
    await expect.poll(() => lines.count()).toBe(FOCUS.length);
    await page.getByText('包装印刷：制版冲洗（废显影液、冲版水）').waitFor();
    await desk.look('file-focus');
    await page.getByRole('radiogroup', { name: '显示哪些检查项' }).getByText('全部').click();
  });

  test('[PD-09][PJ-17] phone and process are corrected on site: the file shows new and old value, and leads to the visit', async () => {
    const { page } = desk;
    await page.keyboard.press('b');
    await dialog().getByRole('table', { name: '联系人' }).waitFor();
    await desk.look('file-on-site');
    await correct('联系人', '张敏', '手机', '13811112222');
    await correct('生产工艺', '上光', '产污环节', '上光废气（水性）');
    const corrections = dialog().getByRole('region', { name: '这次改了档案' });
    await expect.poll(() => corrections.getByRole('listitem').count()).toBe(2);
    await corrections.scrollIntoViewIfNeeded();
    await desk.look('file-on-site-corrected');
    const visit = page.url().split('#')[1] ?? '';
    await button(dialog(), '关闭').first().click();
    await toFile();
    await page.getByRole('tab', { name: /^联系人/ }).click();
    await page.getByRole('table', { name: '联系人' }).getByText('138****2222').waitFor();
    await page.getByRole('tab', { name: /^生产与产污/ }).click();
    await page.getByRole('table', { name: '生产工艺' }).getByText('上光废气（水性）').waitFor();
    await page.getByRole('tab', { name: /^变更记录/ }).click();
    for (const [before, after] of [
      ['138****0001', '138****2222'],
      ['上光废气', '上光废气（水性）'],
    ] as const) {
      const change = page.getByRole('list', { name: '变更记录' }).locator('> li').filter({ hasText: after });
      expect(await change.locator('del').innerText()).toBe(before);
      expect(await change.locator('ins').innerText()).toBe(after);
      const link = change.getByRole('link', { name: /^现场检查 / });
      expect(await link.getAttribute('href')).toContain(visit);
    }
    await desk.look('file-history');
    await page
      .getByRole('link', { name: /^现场检查 / })
      .first()
      .click();
    await heading(page, NAME).waitFor();
    expect(page.url()).toContain(visit);
  });

  test('[PJ-12] what is true on paper and not on site is a list of differences, each as a sentence', async () => {
    const { page } = desk;
    await page.keyboard.press('b');
    await dialog().getByRole('table', { name: '生产设备' }).waitFor();
    await expect.poll(() => dialog().getByRole('region', { name: '与批准不同' }).count()).toBe(0);
    await correct('生产设备', '烘箱', '环评内', '否');
    await correct('治理设施', '活性炭箱', '与环评一致', '否');
    await correct('生产设备', '印刷机', '数量', '7');
    const differences = dialog().getByRole('region', { name: '与批准不同' });
    await expect.poll(() => differences.getByRole('listitem').count()).toBe(3);
    const said = (await differences.getByRole('listitem').allInnerTexts()).map((text) => text.split(' 记为问题')[0]);
    expect(said.toSorted()).toEqual([
      '治理设施“活性炭箱”与环评不一致',
      '生产设备“印刷机”现场 7台，环评 5台，多于批准',
      '生产设备“烘箱”与环评不一致',
    ]);
    await differences.scrollIntoViewIfNeeded();
    await desk.look('file-differences');
    await button(dialog(), '关闭').first().click();
  });

  test('[FJ-17] a contact not verified for 180 days is asked for; who left stays on file, and so does a move', async () => {
    const { page } = desk;
    await page.keyboard.press('b');
    await dialog().getByText('张敏（环保负责人）上次核实 2026-05-21').waitFor();
    expect(await dialog().getByText('李强（').count()).toBe(0);
    await button(dialog(), '张敏已换人').click();
    const form = dialog().getByRole('region', { name: '联系人' });
    await form.getByLabel('姓名', { exact: true }).fill('赵丽');
    await form.getByLabel('职务', { exact: true }).click();
    await page.getByRole('option', { name: '环保负责人' }).click();
    await form.getByLabel('手机', { exact: true }).fill('13800000003');
    await button(form, '添加联系人').last().click();
    await dialog().getByRole('table', { name: '联系人' }).getByText('赵丽').waitFor();
    await expect.poll(() => dialog().getByText('上次核实').count()).toBe(0);
    await button(dialog(), '关闭').first().click();
    await toFile();
    await page.getByRole('tab', { name: /^联系人/ }).click();
    const old = page.getByRole('table', { name: '联系人' }).getByRole('row').filter({ hasText: '张敏' });
    await old.getByText('2026-11-18').waitFor();
    await desk.look('file-contacts');
    await desk.whileClosed(() =>
      fillWorkspace(desk.machine, async (ctx) => {
        const [other] = await ctx.store.read.find(area, { name: '西禾村' });
        await updateEnterprise(ctx, enterpriseId, { villageId: other?.id ?? null });
      }),
    );
    const moved = await toFile();
    await moved.getByRole('tab', { name: /^基本信息/ }).click();
    await moved.getByText(/起在西禾村，此前在东禾村/).waitFor();
    await desk.look('file-moved');
  });
});
