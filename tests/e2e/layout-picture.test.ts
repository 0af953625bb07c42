// The layout picture in the window: marks put by keys alone and by mouse, moved, undone, opened, printed.
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { elements, openDocx, tables } from '../support/docx.ts';
import { testPhoto } from '../support/photos.ts';
import { DeskUnderTest } from './support/desk.ts';
import { fillOneFile } from './support/filled.ts';
import { button, toast } from './support/window.ts';

describe('layout picture', () => {
  const desk = new DeskUnderTest();
  let enterpriseId = '';
  beforeAll(async () => {
    enterpriseId = await fillOneFile(desk.machine, async (add) => {
      const result = { date: '2026-10-12', pollutant: '化学需氧量', unit: 'mg_L', value: '86' };
      for (const [code, medium, pollutant] of [
        ['DW001', 'wastewater', '化学需氧量'],
        ['DA001', 'air', '颗粒物'],
      ] as const) {
        const outletId = await add('outlet', { code, medium });
        await add('monitoringPlan', { outletId, pollutant, frequency: 'half_year', from: '2026-01-01' });
        await add('monitoringRecord', { ...result, outletId, pollutant });
      }
      await add('wasteStorage', { name: '危废仓库', kind: 'room', waste: 'hazardous' });
    });
    await desk.open();
  });
  afterAll(() => desk.close());
  afterEach(() => {
    desk.expectNoTrouble();
  });

  const section = () => desk.page.getByRole('region', { name: '平面布置图', exact: true });
  const mark = (name: string) =>
    section()
      .locator('.plan')
      .getByRole('button', { name: new RegExp(`^${name} `) });

  test('[MH-19] an outlet is marked by keys alone, a store by a click; the mark opens the monitoring of its outlet alone', async () => {
    const { page } = desk;
    await page.evaluate(`location.hash = '/enterprises/${enterpriseId}?tab=production'`);
    const picture = desk.file('平面布置图.jpg', await testPhoto(1200, 800));
    await page.getByLabel('选择平面布置图').setInputFiles(picture);
    const list = section().getByRole('combobox', { name: '标注' });
    await list.waitFor();
    // By keys alone: chosen in the list, moved by arrows, kept by Enter.
    await list.focus();
    await page.keyboard.type('DW');
    await expect.poll(() => list.locator('option:checked').textContent()).toContain('DW001');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    await expect.poll(() => mark('DW001').getAttribute('aria-label')).toContain('左起 50%，上起 50%');
    for (let step = 0; step < 5; step += 1) await page.keyboard.press('ArrowRight');
    await page.keyboard.press('Shift+ArrowDown');
    await page.keyboard.press('Enter');
    await toast(page, '已标注“DW001”').waitFor();
    await expect.poll(() => mark('DW001').getAttribute('style')).toMatch(/left: 60%; top: 50\.2%/);
    // By mouse: chosen, then a click on the picture.
    await list.selectOption({ label: '危废仓库' });
    const box = (await section().locator('.plan').boundingBox())!;
    await section()
      .locator('.plan')
      .click({ position: { x: box.width * 0.2, y: box.height * 0.25 } });
    await toast(page, '已标注“危废仓库”').waitFor();
    await list.selectOption({ label: 'DA001' });
    await section()
      .locator('.plan')
      .click({ position: { x: box.width * 0.9, y: box.height * 0.8 } });
    await mark('DA001').waitFor();
    await desk.look('layout-picture');

    await mark('DW001').focus();
    await page.keyboard.press('Enter');
    await page.getByRole('tab', { name: /^监测/, selected: true }).waitFor();
    const results = page.getByRole('table', { name: '监测结果' });
    await expect.poll(() => results.locator('tbody').innerText()).toContain('化学需氧量');
    expect(await page.locator('.l tbody').allInnerTexts()).not.toContain('颗粒物');
    expect(await results.locator('tbody tr').count()).toBe(1);
    expect(await page.getByRole('table', { name: '监测完成情况' }).locator('tbody tr').count()).toBe(1);
    await desk.look('layout-monitoring');
    await button(page, '看全部').click();
    await expect.poll(() => results.locator('tbody tr').count()).toBe(2);
  });

  test('a mark is dragged, taken off and brought back; what belongs elsewhere is opened where it stands', async () => {
    const { page } = desk;
    await page.evaluate(`location.hash = '/enterprises/${enterpriseId}?tab=changes'`);
    await page.getByRole('tab', { name: /^生产与产污/ }).click();
    await mark('DA001').waitFor();
    await section().getByRole('list', { name: '图上的标注' }).scrollIntoViewIfNeeded();
    const from = (await mark('DA001').boundingBox())!;
    const plan = (await section().locator('.plan').boundingBox())!;
    await page.mouse.move(from.x + 12, from.y + 12);
    await page.mouse.down();
    await page.mouse.move(plan.x + plan.width * 0.5, plan.y + plan.height * 0.5, { steps: 4 });
    await page.mouse.up();
    await toast(page, '已移动“DA001”').waitFor();
    await expect.poll(() => mark('DA001').getAttribute('aria-label')).toContain('左起 50%，上起 50%');
    await mark('DA001').focus();
    await page.keyboard.press('ArrowLeft');
    await page.keyboard.press('Escape');
    await expect.poll(() => mark('DA001').getAttribute('aria-label')).toContain('左起 50%，上起 50%');
    await page.keyboard.press('Delete');
    await button(toast(page, '已移除标注“DA001”'), '撤销').click();
    await mark('DA001').waitFor();
    await mark('危废仓库').click();
    await page.getByRole('tab', { name: /^废物/, selected: true }).waitFor();
    await page.getByRole('table', { name: '贮存场所' }).waitFor();
  });

  test('the printed file has the picture with its marks, and their list', async () => {
    const { page } = desk;
    const { bytes } = await desk.download(async () => {
      await page.keyboard.press('d');
    });
    const { body } = await openDocx(bytes);
    const rows = tables(body).flat();
    expect(rows).toContainEqual(expect.arrayContaining(['DW001', '平面布置图.jpg']));
    expect(elements(body, 'pic:pic').length).toBe(1);
    if (process.env.STEWARD_SHOTS) desk.file('dossier.docx', bytes);
  });
});
