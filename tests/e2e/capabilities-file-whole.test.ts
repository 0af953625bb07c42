// The whole file of an enterprise: every section has its place in the window and on paper, filled or said to be not collected; two
// hundred firms have it as one batch.
import JSZip from 'jszip';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import type { Page } from 'playwright-core';
import { DOSSIER_SECTIONS } from '../../domain/enterprises/dossier-sections.ts';
import { FILE_TABS, partsOfTab } from '../../domain/enterprises/file-tabs.ts';
import { createRecord } from '../../services/records/index.ts';
import { chineseNumber } from '../../domain/reports/words.ts';
import { openDocx, paragraphs, tables } from '../support/docx.ts';
import { bring, makeCode, onFile, sheet } from '../support/register-import.ts';
import { DeskUnderTest } from './support/desk.ts';
import { fillWorkspace } from './support/filled.ts';
import { button, heading } from './support/window.ts';

const FIRMS = 200;
const nameAt = (n: number): string => `上海第${String(n).padStart(3, '0')}金属制品有限公司`;
const TITLES = DOSSIER_SECTIONS.map(({ title }, at) => `${chineseNumber(at + 1)}、${title}`);
/** One row of the sections that a full file has; all others stay empty. */
const ROWS = [
  ['eiaProject', { projectName: '一期', documentKind: 'report_form', approvalDate: '2024-05-06' }],
  ['permit', { managementClass: 'simplified', number: 'P-77', validTo: '2028-03-15' }],
  ['process', { name: '喷涂', pollutionNode: '有机废气' }],
  ['wasteStream', { kind: 'hazardous', name: '废切削液' }],
  ['monitoringRecord', { pollutant: '化学需氧量', date: '2026-05-06', value: '40' }],
  ['penalty', { documentNo: '沪0112环罚〔2025〕8号', decisionDate: '2025-08-09' }],
  ['creditRating', { year: 2025, gradeText: '诚信' }],
] as const;

/** Sections of a printed file that say what they hold, and those that say that nothing was collected. */
async function sectionsOf(bytes: Uint8Array): Promise<{ filled: string[]; empty: string[]; said: number }> {
  const { body } = await openDocx(bytes);
  const overview = tables(body)
    .flat()
    .filter((row) => TITLES.includes(row[0] ?? ''));
  expect(overview.map((row) => row[0])).toEqual(TITLES);
  const lines = paragraphs(body);
  for (const title of TITLES) expect(lines).toContain(title);
  const empty = overview.filter((row) => row[1] === '未收集').map((row) => row[0] ?? '');
  return {
    filled: TITLES.filter((title) => !empty.includes(title)),
    empty,
    said: lines.filter((line) => line === '未收集（待补充）。').length,
  };
}

describe('the whole file', () => {
  const desk = new DeskUnderTest();
  let ids: string[] = [];
  beforeAll(async () => {
    ids = await fillWorkspace(desk.machine, async (ctx) => {
      const rows = Array.from({ length: FIRMS }, (_, n) => [nameAt(n), makeCode(`MA${n + 1}`), '工业企业', '东禾村']);
      await bring(ctx, [sheet([['企业名称', '统一社会信用代码', '企业类型', '村居'], ...rows])]);
      const made = (await onFile(ctx)).toSorted((a, b) => String(a.name).localeCompare(String(b.name)));
      for (const [kind, values] of ROWS)
        await createRecord(ctx, kind, { enterpriseId: String(made[0]?.id), ...values });
      return made.map((row) => String(row.id));
    });
    await desk.open();
  });
  afterAll(() => desk.close());
  afterEach(async ({ task }) => {
    if (task.result?.state === 'fail') await desk.shot('failed');
    desk.expectNoTrouble();
  });

  const toFile = async (n: number): Promise<Page> => {
    await desk.page.evaluate(`location.hash = '/enterprises/${ids[n]}'`);
    await heading(desk.page, nameAt(n)).waitFor();
    await desk.settled();
    return desk.page;
  };
  const dossier = async (): Promise<Uint8Array> =>
    (await desk.download(() => button(desk.page, '企业档案').last().click())).bytes;

  test('[PD-07][PJ-11] every section of a file is there in the window and on paper, or says that nothing was collected', async () => {
    for (const [n, isFull] of [
      [0, true],
      [FIRMS - 1, false],
    ] as const) {
      const page = await toFile(n);
      const marked = { there: 0, empty: 0 };
      for (const tab of FILE_TABS) {
        const parts = partsOfTab(tab.id, 'industrial').filter(({ facet }) => !facet.drawn);
        if (parts.length === 0) continue;
        await page.getByRole('tab', { name: new RegExp(`^${tab.label}`) }).click();
        for (const { entity } of parts) {
          if (entity.shape === 'set') {
            await page.getByText(entity.label, { exact: true }).first().waitFor();
            continue;
          }
          const region = page.getByRole('region', { name: entity.label, exact: true });
          const none = region.getByText('未收集', { exact: true });
          const holds = entity.shape === 'extension' ? region.getByRole('textbox') : region.getByRole('table');
          await holds.or(none).first().waitFor();
          marked[(await none.count()) > 0 ? 'empty' : 'there'] += 1;
        }
        if (tab.id === 'production') await desk.look(`file-sections-${isFull ? 'full' : 'empty'}`);
      }
      expect(marked.there > 0).toBe(isFull);
      expect(marked.empty).toBeGreaterThan(10);
    }
    await toFile(0);
    const full = await sectionsOf(await dossier());
    expect(full.empty).toEqual([5, 7, 8, 9, 10, 11].map((at) => TITLES[at]));
    expect(full.said).toBe(full.empty.length);
    await toFile(FIRMS - 1);
    const bare = await sectionsOf(await dossier());
    expect(bare.filled).toEqual(TITLES.slice(0, 2));
  });

  test('[LP-14] the files of two hundred firms are one batch, each with all its sections', async () => {
    const { page } = desk;
    await page.evaluate(`location.hash = '/enterprises'`);
    const grid = page.getByRole('grid', { name: '企业' });
    await grid.locator('.tr').first().waitFor();
    await grid.focus();
    await page.keyboard.press('Home');
    await page.keyboard.press('Space');
    const bar = page.getByRole('toolbar', { name: '批量操作' });
    await bar.getByRole('button', { name: `选中全部 ${FIRMS} 家` }).click();
    await bar.getByRole('button', { name: '批量出具' }).click();
    const dialog = page.getByRole('dialog', { name: `批量出具：${FIRMS} 家` });
    await desk.look('file-batch');
    const { bytes } = await desk.download(() => button(dialog, '出具').click());
    await dialog.getByText(`已出具 ${FIRMS} 份`).waitFor();
    const zip = await JSZip.loadAsync(bytes);
    const papers = Object.values(zip.files).filter((file) => file.name.endsWith('.docx'));
    expect(papers).toHaveLength(FIRMS);
    for (const paper of papers) {
      const { filled, empty } = await sectionsOf(await paper.async('uint8array'));
      expect([...filled, ...empty].toSorted(), paper.name).toEqual(TITLES.toSorted());
    }
  });
});
