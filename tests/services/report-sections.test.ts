// Sections of the reports: collected from the kinds, printed where there is something, and said in the preview where not.
import { drill } from '../../contract/statistics.ts';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { reportRequest } from '../../contract/reports.ts';
import { finding } from '../../domain/findings/entities.ts';
import { permit } from '../../domain/formalities/entities.ts';
import { entityNamed } from '../../domain/entities.ts';
import { fieldAt } from '../../domain/papers.ts';
import { REPORT_PAPERS, REPORT_SECTIONS, reportText } from '../../domain/reports/index.ts';
import { defineSection } from '../../domain/reports/section.ts';
import { createWriter } from '../../domain/reports/writer.ts';
import { act } from '../../services/context.ts';
import { reportParts } from '../../services/reports/parts.ts';
import { previewReport } from '../../services/reports/index.ts';
import { closeWorkers } from '../../services/workers/index.ts';
import { reportFigures } from '../support/report-figures.ts';
import { makeEnterprises, makeFinding } from '../support/town.ts';
import { bring, makeCode, onFile, openDesk, sheet, type TestDesk } from '../support/register-import.ts';

let t: TestDesk;
beforeEach(async () => {
  t = await openDesk();
});
afterEach(async () => {
  await t.close();
  await closeWorkers();
});

test('every section has an id and a place of its own, stands in reports that exist, and names fields that exist', () => {
  const kinds: readonly string[] = REPORT_PAPERS.map(({ report }) => report.kind);
  expect(new Set(REPORT_SECTIONS.map(({ id }) => id)).size).toBe(REPORT_SECTIONS.length);
  expect(new Set(REPORT_SECTIONS.map(({ order }) => order)).size).toBe(REPORT_SECTIONS.length);
  for (const section of REPORT_SECTIONS) {
    expect(section.kinds.filter((kind) => !kinds.includes(kind))).toEqual([]);
    if (typeof section.title !== 'string') expect(Object.keys(section.title)).toEqual(kinds);
    const { rows } = section;
    if (!rows) continue;
    const paths = [rows.day, ...rows.columns.map(({ path }) => path), ...Object.keys(rows.unless ?? {})];
    expect(paths.filter((path) => !fieldAt(entityNamed(rows.of), path.split('.')))).toEqual([]);
  }
});

test('what is left out is said in the preview with its reason, and is not in the text', async () => {
  const asked = reportRequest.parse({
    kind: 'monthly_report',
    from: '2026-11-01',
    to: '2026-11-30',
    asOf: '2026-11-18',
  });
  const preview = await previewReport(t.ctx, asked);
  const out = preview.sections.filter((section) => section.lacking !== null);
  expect(Object.fromEntries(out.map(({ title, lacking }) => [title, lacking]))).toMatchObject({
    专项任务完成情况: '还没有登记专项任务',
    培训与咨询: '还没有登记过培训和咨询',
    环比情况: '没有可比的期间',
  });
  expect(out.every(({ included, empty }) => !included && empty)).toBe(true);
  const headings = reportText(preview.figures as never).flatMap((block) =>
    block.type === 'heading' && block.level === 1 ? [block.text] : [],
  );
  expect(headings.slice(0, 3)).toEqual(['一、工作概况', '二、问题发现与整改', '三、重点问题与逾期清单']);
  expect(headings.join()).not.toMatch(/专项任务|培训|环比/);
});

test('a rate that nothing feeds is not printed but said in the preview; what is open from earlier years is listed', async () => {
  const { ctx } = t;
  const id = (await makeEnterprises(ctx, { 上海甲有限公司: {} }))['上海甲有限公司'] ?? '';
  await makeFinding(ctx, id, '2025-12-01', '2025-12-20');
  const first = await makeFinding(ctx, id, '2026-11-02', '2026-11-30');
  const again = await makeFinding(ctx, id, '2026-11-10', '2026-11-30');
  const monthly = { kind: 'monthly_report', from: '2026-11-01', to: '2026-11-30', asOf: '2026-11-18' } as const;
  const read = async () => {
    const preview = await previewReport(ctx, reportRequest.parse(monthly));
    const blocks = reportText(preview.figures as never);
    return { preview, blocks, text: JSON.stringify(blocks) };
  };
  const before = await read();
  expect(before.preview.leftOut.map(({ label, why }) => [label, why])).toEqual([
    ['档案更新率', '还没有核实过档案'],
    ['一企一表建立率', '还没有登记过一企一表'],
    ['按期整改率', '没有可以作分母的记录'],
    ['重复发生率', '还没有认定过重复发生的问题'],
    ['复核退回率', '还没有登记过复核'],
  ]);
  expect(before.text).not.toMatch(/重复发生率|复核退回率|按期整改率/);
  expect(before.text).toMatch(/另有往年未销号.*项/);
  const listed = before.blocks.filter((block) => block.type === 'table' && block.id === 'earlier');
  expect(listed).toMatchObject([
    { rows: [['1', expect.anything(), '－', '上海甲有限公司', '废漆桶露天堆放', expect.anything(), '待整改']] },
  ]);
  await act(ctx, '认定', 'form', async (tx) => {
    await tx.update(finding, again, { recurrenceOfId: first });
  });
  const after = await read();
  expect(after.text).toContain('重复发生率');
  expect(after.preview.leftOut.map(({ label }) => label)).not.toContain('重复发生率');
  expect(after.preview.checks.filter(({ severity }) => severity === 'error')).toEqual([]);
});

const section = defineSection({
  id: 'permits',
  title: '许可到期',
  kinds: ['month'],
  order: 55,
  lacking: '还没有登记排污许可',
  caption: '到期的许可',
  clauses: ['发现问题{foundCount}项'],
  none: '本期没有到期的许可。',
  rows: {
    of: 'permit',
    day: 'validTo',
    unless: { managementClass: ['key'] },
    columns: [
      { path: 'enterpriseId', weight: 4 },
      { path: 'number', weight: 3 },
      { path: 'managementClass', weight: 2 },
      { path: 'validTo', heading: '到期', weight: 2, align: 'center' },
      { path: 'enterpriseId.legalRep', weight: 2 },
    ],
  },
});

test('a made-up section needs only its description: its rows are read, worded, masked and told by its figures', async () => {
  const { scope } = drill.parse({
    scope: { from: '2026-11-01', to: '2026-11-30', asOf: '2026-11-30' },
    figure: 'foundCount',
  });
  const asked = async () => await reportParts(t.ctx, scope, [section]);
  expect(await asked()).toEqual({});
  await bring(t.ctx, [
    sheet([
      ['企业名称', '统一社会信用代码', '对象类型', '村居', '法定代表人'],
      ['上海绿屏汽车修理有限公司', makeCode('MA1A'), '汽修', '许浦村', '周大明'],
    ]),
  ]);
  const enterpriseId = String((await onFile(t.ctx))[0]?.id);
  await t.ctx.store.withAction({ name: '证', actor: '甲', source: 'form' }, async (tx) => {
    for (const [managementClass, number, validTo] of [
      ['registration', 'P3', '2026-12-01'],
      ['key', 'P2', '2026-11-09'],
      ['registration', 'P1', '2026-11-20'],
    ] as const)
      await tx.insert(permit, { enterpriseId, managementClass, number, validTo });
  });
  const parts = await asked();
  expect(parts.permits?.rows).toEqual([['上海绿屏汽车修理有限公司', 'P1', '登记管理', '2026-11-20', '周大明']]);
  const blocks = section.blocks(createWriter(reportFigures({ parts }), 'masked') as never);
  expect(blocks).toMatchObject([
    { type: 'paragraph' },
    {
      type: 'table',
      caption: '表1　到期的许可（2026年11月，截至2026年11月18日）',
      columns: [{ heading: '企业' }, { heading: '证书/登记编号' }, {}, { heading: '到期' }, {}],
      rows: [['上海绿屏汽车修理有限公司', 'P1', '登记管理', '2026-11-20', '周**']],
    },
  ]);
  const none = reportFigures({ parts: { permits: { columns: [], rows: [] } } });
  expect(section.has(none as never)).toBe(true);
  expect(JSON.stringify(section.blocks(createWriter(none, 'masked') as never))).toContain('本期没有到期的许可。');
  expect(section.has(reportFigures({ parts: {} }) as never)).toBe(false);
});
