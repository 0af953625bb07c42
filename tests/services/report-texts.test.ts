// What people write into a report is kept with it, printed, and proposed for the next one of the kind.
import { afterEach, beforeEach, expect, test } from 'vitest';
import { attachment } from '../../domain/attachments/entities.ts';
import { reportText } from '../../domain/reports/index.ts';
import { act } from '../../services/context.ts';
import { reportRequest } from '../../contract/reports.ts';
import { caseCandidates, issueReport, previewReport, saveCases, saveText } from '../../services/reports/index.ts';
import { closeWorkers } from '../../services/workers/index.ts';
import { elements, openDocx, paragraphs } from '../support/docx.ts';
import { testPhoto } from '../support/photos.ts';
import { openDesk, type TestDesk } from '../support/register-import.ts';
import { makeEnterprises, makeFinding } from '../support/town.ts';

let t: TestDesk;
beforeEach(async () => {
  t = await openDesk();
});
afterEach(async () => {
  await t.close();
  await closeWorkers();
});

const october = reportRequest.parse({
  kind: 'monthly_report',
  from: '2026-10-01',
  to: '2026-10-31',
  asOf: '2026-10-31',
});
const november = reportRequest.parse({
  kind: 'monthly_report',
  from: '2026-11-01',
  to: '2026-11-30',
  asOf: '2026-11-18',
});

async function findingWithPhotos(day: string): Promise<string> {
  const ids = await makeEnterprises(t.ctx, { 上海甲有限公司: {} });
  const id = await makeFinding(t.ctx, ids['上海甲有限公司'] ?? '', day, '2026-12-10');
  for (const [kind, width] of [
    ['photo_before', 400],
    ['photo_after', 300],
  ] as const) {
    const blob = await t.ctx.store.blobs.addBytes(await testPhoto(width, 200));
    await act(t.ctx, '照片', 'form', async (tx) => {
      await tx.insert(attachment, {
        ownerEntity: 'finding',
        ownerId: id,
        kind,
        name: `${kind}.jpg`,
        sha256: blob.sha256,
        mime: 'image/jpeg',
        size: blob.size,
      });
    });
  }
  return id;
}

test('problems and causes, advice and next steps are written into the report, and proposed a month later', async () => {
  const blank = await previewReport(t.ctx, october);
  const lacking = (id: string): string | null | undefined => blank.sections.find((s) => s.id === id)?.lacking;
  expect([lacking('causes'), lacking('advice')]).toEqual(['还没有填写存在问题与原因分析', '还没有填写工作建议']);
  await saveText(t.ctx, october, { causes: '台账容易中断\n设施维护没有固定责任人', advice: '建议按季培训' });
  await saveText(t.ctx, october, { plan: '完成第二轮检查' });
  const { figures, texts } = await previewReport(t.ctx, october);
  const printed = JSON.stringify(reportText(figures as never));
  for (const text of ['1.台账容易中断；', '2.设施维护没有固定责任人。', '建议按季培训。', '完成第二轮检查。'])
    expect(printed).toContain(text);
  expect(texts).toMatchObject({ advice: '建议按季培训', plan: '完成第二轮检查', last: null });
  const next = await previewReport(t.ctx, november);
  expect(next.texts).toMatchObject({ causes: '', advice: '', plan: '', cases: [] });
  expect(next.texts.last).toMatchObject({ label: '2026年10月', advice: '建议按季培训', plan: '完成第二轮检查' });
  // A proposal is not printed until somebody takes it.
  expect(JSON.stringify(reportText(next.figures as never))).not.toContain('台账容易中断');
  // Another kind, and a report on some enterprises only, have texts of their own.
  const others = [{ kind: 'quarterly_report' as const }, { objectKinds: ['catering'] }];
  for (const other of others)
    expect((await previewReport(t.ctx, { ...november, ...other })).texts).toMatchObject({ causes: '', last: null });
});

test('a typical case is chosen from the findings and printed with its photos side by side, the month after it is proposed', async () => {
  const id = await findingWithPhotos('2026-10-06');
  const [candidate] = await caseCandidates(t.ctx, october, '甲有限');
  expect(candidate).toMatchObject({ findingId: id, enterprise: '上海甲有限公司', before: 1, after: 1 });
  expect(candidate?.text).toContain('2026年10月6日巡查发现');
  expect(await caseCandidates(t.ctx, october, '没有这家')).toEqual([]);
  await saveCases(t.ctx, october, [{ findingId: id, title: '废漆桶入库', text: '联系13812346021后当周完成' }]);
  const document = await issueReport(t.ctx, october);
  const opened = await openDocx(document.bytes);
  expect(paragraphs(opened.body)).toContain('（一）废漆桶入库');
  expect(paragraphs(opened.body).join('')).toContain('联系138****6021后当周完成。');
  const grid = elements(opened.body, 'w:tbl').find((table) => table.includes('<pic:pic')) ?? '';
  const [row = ''] = elements(grid, 'w:tr');
  expect(elements(row, 'w:tc').map((cell) => elements(cell, 'pic:pic').length)).toEqual([1, 1]);
  expect(row.indexOf('整改前')).toBeLessThan(row.indexOf('整改后'));
  const { last } = (await previewReport(t.ctx, november)).texts;
  expect(last?.cases).toEqual([
    expect.objectContaining({ findingId: id, title: '废漆桶入库', text: '联系13812346021后当周完成' }),
  ]);
  await saveCases(t.ctx, october, []);
  expect((await previewReport(t.ctx, october)).texts.cases).toEqual([]);
});

test('a finding that is gone, or chosen twice, is refused in a sentence', async () => {
  const id = await findingWithPhotos('2026-10-06');
  const one = { findingId: id, title: '甲', text: '乙' };
  await expect(saveCases(t.ctx, october, [one, one])).rejects.toThrow('同一个问题不能作两个典型案例');
  await expect(
    saveCases(t.ctx, october, [{ ...one, findingId: id.replace(/.$/, (c) => (c === '0' ? '1' : '0')) }]),
  ).rejects.toThrow();
  expect((await previewReport(t.ctx, october)).texts.cases).toEqual([]);
});

test('words of authorities in what was typed are noticed before issuing', async () => {
  await saveText(t.ctx, november, { advice: '责令企业停产' });
  const { checks } = await previewReport(t.ctx, november);
  expect(checks.map(({ sentence }) => sentence).join()).toContain('“责令”是主管部门用语');
});

test('a quarter and a year have a cover and contents with their pages; a month has none', async () => {
  const quarter = { ...november, kind: 'quarterly_report' as const, from: '2026-10-01', to: '2026-12-31' };
  const opened = await openDocx((await issueReport(t.ctx, quarter)).bytes);
  const said = paragraphs(opened.body);
  expect(said.slice(0, 12).join('')).toContain('报告期间：2026年10月1日至2026年12月31日');
  const entries = elements(opened.body, 'w:p').filter((xml) => xml.includes('w:val="TOC1"'));
  expect(entries.length).toBeGreaterThan(3);
  for (const entry of entries) expect(paragraphs(entry).join('')).toMatch(/\d$/);
  const month = await openDocx((await issueReport(t.ctx, november)).bytes);
  expect(month.body).not.toContain('w:val="TOC1"');
});
