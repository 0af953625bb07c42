// What files come to in figures: completeness by the stated weight, filing and sheets of a year, forms and counts by industry, papers
// before a visit and to be filled in.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import type { Page } from 'playwright-core';
import { updateEnterprise } from '../../services/enterprises/index.ts';
import { localDay } from '../../domain/values/clock.ts';
import { createRecord } from '../../services/records/index.ts';
import { openDocx, paragraphs, tables, textOf } from '../support/docx.ts';
import { bring, makeCode, onFile, sheet } from '../support/register-import.ts';
import { command, DeskUnderTest } from './support/desk.ts';
import { fillWorkspace } from './support/filled.ts';
import { button, heading, toast } from './support/window.ts';

/** Firms by object kind; three of them did not hand in their sheet this year. */
const KINDS = { 工业企业: 40, 汽修: 35, 餐饮: 25 } as const;
const WITHOUT = ['上海第010金属制品有限公司', '上海第050金属制品有限公司', '上海第090金属制品有限公司'];
/** What makes the first file lack one needed item. */
const NEARLY = {
  creditCodeMissingReason: null,
  industryCode: '3311',
  operatingStatusDate: '2026-01-05',
  operatingStatusBasis: 'visit',
  address: '纪翟路 1 号',
};
/** A file is established on the day of the clock: here the desk is of that day too. */
const TODAY = localDay(new Date().toISOString());
const YEAR = TODAY.slice(0, 4);
const nameAt = (n: number): string => `上海第${String(n).padStart(3, '0')}金属制品有限公司`;

describe('files in figures', () => {
  const desk = new DeskUnderTest();
  let ids: string[] = [];
  beforeAll(async () => {
    desk.machine.env.STEWARD_TODAY = TODAY;
    ids = await fillWorkspace(desk.machine, async (ctx) => {
      const kinds = Object.entries(KINDS).flatMap(([kind, count]) => Array<string>(count).fill(kind));
      const rows = kinds.map((kind, n) => [
        nameAt(n),
        makeCode(`MA${n + 1}`),
        kind,
        n % 2 ? '东禾村' : '西禾村',
        '在产',
      ]);
      await bring(ctx, [sheet([['企业名称', '统一社会信用代码', '企业类型', '村居', '经营状态'], ...rows])]);
      const made = (await onFile(ctx)).toSorted((a, b) => String(a.name).localeCompare(String(b.name)));
      const all = made.map((row) => String(row.id));
      for (const [n, enterpriseId] of all.entries()) {
        if (!WITHOUT.includes(nameAt(n)))
          await createRecord(ctx, 'enterpriseSheet', { enterpriseId, filledDate: `${YEAR}-01-01` });
      }
      const enterpriseId = all[0] ?? '';
      await createRecord(ctx, 'contact', { enterpriseId, name: '张敏', post: 'env_manager', mobile: '13800000001' });
      await createRecord(ctx, 'eiaProject', { enterpriseId, projectName: '一期', documentKind: 'report_form' });
      await createRecord(ctx, 'permit', { enterpriseId, managementClass: 'simplified', number: 'P-77' });
      await updateEnterprise(ctx, enterpriseId, NEARLY);
      return all;
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
  /** A command, while nobody has the window open. */
  const steward = async (...args: string[]): Promise<Record<string, unknown>> =>
    await desk.whileClosed(() => command(desk.machine.env, ...args, '--workspace', desk.workspace));
  /** Figures of this year by the command line: those of a dimension by its names. */
  const figures = async (figure: string, by: string): Promise<Record<string, Record<string, string>>> => {
    const asked = ['--from', `${YEAR}-01-01`, '--to', `${YEAR}-12-31`, '--by', by, '--figure', figure];
    const answer = (await steward('figures', ...asked)) as {
      cells: {
        names: string[];
        figures: Record<string, { numerator: number; denominator: number; printed: string }>;
      }[];
    };
    return Object.fromEntries(
      answer.cells.map(({ names, figures: found }) => [
        names[0],
        Object.fromEntries(
          Object.entries(found).map(([code, one]) => [
            code,
            one.denominator === null ? String(one.numerator) : `${one.numerator}/${one.denominator} ${one.printed}`,
          ]),
        ),
      ]),
    );
  };
  const paper = async (name: string) => {
    await button(desk.page, '更多操作').click();
    const { bytes } = await desk.download(() => desk.page.getByRole('menuitem', { name, exact: true }).click());
    return (await openDocx(bytes)).body;
  };

  test('[PD-35][FJ-07] a missing field that is filled raises the file by the weight it tells, and the share of filed firms', async () => {
    expect((await figures('fileRate', 'village'))['西禾村']).toEqual({ fileRate: '0/50 0.0%' });
    const page = await toFile(0);
    const region = page.getByRole('region', { name: '完整度' });
    const told = async (): Promise<{ percent: number; weight: number }> => {
      const found = /([\d.]+)%[\s\S]*每补一项加 ([\d.]+)%/.exec(await region.innerText());
      return { percent: Number(found?.[1]), weight: Number(found?.[2]) };
    };
    const before = await told();
    await desk.look('file-weight');
    await button(region, '补录法定代表人').click();
    await page.getByLabel('法定代表人', { exact: true }).fill('周明远');
    await page.getByLabel('法定代表人', { exact: true }).press('Tab');
    await desk.settled();
    await region.getByText('已达建档条件').waitFor();
    const after = await told();
    expect(after.weight).toBe(before.weight);
    expect(Math.abs(after.percent - before.percent - before.weight)).toBeLessThanOrEqual(0.11);
    await page.getByRole('tab', { name: '概况' }).click();
    await button(page.getByRole('region', { name: '基本信息' }).first(), '基本信息今天已核实').click();
    await page.getByText(`核实于 ${TODAY}`).first().waitFor();
    expect(await figures('fileRate,fileUpdateRate', 'village')).toEqual({
      东禾村: { fileRate: '0/50 0.0%', fileUpdateRate: '0/50 0.0%' },
      西禾村: { fileRate: '1/50 2.0%', fileUpdateRate: '1/50 2.0%' },
    });
  });

  test('[PJ-01] factories, car repair and catering have a form of their own each, and are counted apart', async () => {
    for (const [n, own, field] of [
      [0, '工业情况', '锅炉和炉窑'],
      [40, '汽修情况', '喷漆房'],
      [75, '餐饮情况', '灶头数'],
    ] as const) {
      const page = await toFile(n);
      await page.getByRole('tab', { name: /^生产与产污/ }).click();
      const form = page.getByRole('region', { name: own, exact: true });
      await form.getByLabel(field, { exact: true }).waitFor();
      for (const other of ['工业情况', '汽修情况', '餐饮情况'].filter((name) => name !== own))
        expect(await page.getByRole('region', { name: other, exact: true }).count(), own).toBe(0);
      await desk.look(`file-form-${n}`);
      // The sheet that the firm fills in asks the same.
      expect(textOf(await paper('一企一表（空表）'))).toContain(field);
    }
    const counted = await figures('inScopeEnterprises', 'objectKind');
    expect(counted).toEqual(
      Object.fromEntries(Object.entries(KINDS).map(([kind, n]) => [kind, { inScopeEnterprises: String(n) }])),
    );
  });

  test('[MH-05] what is read before a visit has its five parts, and says of those that are missing that they are', async () => {
    await toFile(0);
    const body = await paper('拜访前资料');
    const lines = paragraphs(body);
    const titles = ['一、环评', '二、竣工验收', '三、排污许可', '四、监测数据', '五、台账'];
    expect(lines.filter((line) => titles.includes(line))).toEqual(titles);
    const said = lines
      .filter((line) => line.startsWith('缺：'))
      .map((line) => /^缺：档案(?:里没有|没有说)([^，；]*)/.exec(line)?.[1]);
    // Nothing says whether there is hazardous waste: that is asked.
    expect(said).toEqual(['验收资料', '监测结果', '是否产生危险废物', '执行报告']);
    const cells = tables(body).flat(2);
    expect(cells).toEqual(expect.arrayContaining(['一期', 'P-77']));
  });

  test('[MH-07] the sheet to be filled in has help in each field, and the training on it is counted', async () => {
    await toFile(1);
    const cells = tables(await paper('一企一表（空表）')).flat(2);
    for (const help of ['实际生产经营的地方，写到门牌号', '开始生产或营业的日期', '两班，8 小时/班', '用箭头连起来'])
      expect(
        cells.some((cell) => cell.includes(help)),
        help,
      ).toBe(true);
    const { page } = desk;
    await page.evaluate("location.hash = '/training'");
    await button(page, '新建培训').first().click();
    const dialog = page.getByRole('dialog', { name: '新建培训' });
    await dialog.getByLabel('主题', { exact: true }).fill('《一企一表》填表讲解');
    await button(dialog, '建立').click();
    await heading(page, '《一企一表》填表讲解').waitFor();
    const signed = page.getByRole('region', { name: '签到' });
    await button(signed, '添加签到').click();
    await signed.getByLabel('姓名', { exact: true }).fill('张敏');
    await button(signed, '添加签到').last().click();
    await signed.getByRole('table').getByText('张敏').waitFor();
    await button(page, '已举办').click();
    await toast(page, '已举办').waitFor();
    await desk.look('sheet-training');
    expect((await figures('trainingCount,trainingPersonTimes', 'year'))[YEAR]).toEqual({
      trainingCount: '1',
      trainingPersonTimes: '1',
    });
  });

  test('[MH-22] ninety-seven of a hundred handed in their sheet: 97.0 % and the names of three in the report of the year', async () => {
    const out = join(desk.machine.folder, '年报.docx');
    const period = ['--from', `${YEAR}-01-01`, '--to', `${YEAR}-12-31`];
    expect(await steward('report', '--kind', 'annual_report', ...period, '--out', out)).toMatchObject({ ok: true });
    const { body } = await openDocx(new Uint8Array(readFileSync(out)));
    const sentence = paragraphs(body).find((line) => line.includes('一企一表建立率')) ?? '';
    expect(sentence).toContain('一企一表建立率97.0%（已填97家，在册100家）');
    const text = textOf(body);
    const named = Array.from({ length: 100 }, (_, n) => nameAt(n)).filter((name) => text.includes(name));
    expect(named).toEqual(WITHOUT);
  });
});
