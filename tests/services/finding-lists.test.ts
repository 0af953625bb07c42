// The list of findings for Excel and the timeline of a finding use the words of the dictionary.
import * as XLSX from '@e965/xlsx';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { attachment } from '../../domain/attachments/entities.ts';
import { verification } from '../../domain/findings/entities.ts';
import { act } from '../../services/context.ts';
import { writeWorkbook } from '../../services/documents/index.ts';
import { getFinding } from '../../services/findings/index.ts';
import { listSheet } from '../../services/lists/index.ts';
import { reportFigures } from '../../services/reports/figures.ts';
import { openDesk, type TestDesk } from '../support/register-import.ts';
import { makeEnterprises, makeFinding } from '../support/town.ts';

let t: TestDesk;
beforeEach(async () => {
  t = await openDesk();
});
afterEach(async () => {
  await t.close();
});

test('a verification that passed in part is 部分通过 on every list, and the number of a finding stands in one column', async () => {
  const ids = await makeEnterprises(t.ctx, { 上海甲有限公司: {} });
  const id = await makeFinding(t.ctx, ids['上海甲有限公司'] ?? '', '2026-11-02', '2026-12-10');
  await act(t.ctx, '复核', 'form', async (tx) => {
    await tx.insert(verification, {
      findingId: id,
      date: '2026-11-12',
      byName: '陈思远',
      method: 'documents',
      result: 'partial',
    });
    await tx.insert(attachment, {
      ownerEntity: 'finding',
      ownerId: id,
      kind: 'signed_paper',
      name: '签字.jpg',
      sha256: 'a'.repeat(64),
      mime: 'image/jpeg',
      size: 1,
    });
  });
  const sheet = await listSheet(t.ctx, { kind: 'finding', filter: [], sort: null, columns: null, personal: 'shown' });
  const row = new Map(sheet.columns.map((column, n) => [column.heading, sheet.rows[0]?.[n]]));
  const { values, events } = await getFinding(t.ctx, id);
  expect([row.get('复核结果/日期'), row.get('备注'), row.get('问题编号'), row.get('检查日期')]).toEqual([
    '资料部分通过 2026-11-12',
    null,
    values.no,
    '2026-11-02',
  ]);
  expect(sheet.columns.filter((c) => c.kind === 'day').map((c) => c.heading)).toEqual([
    '检查日期',
    '整改时限',
    '完成日期',
  ]);
  expect(events.map((e) => e.title)).toEqual(expect.arrayContaining(['资料复核部分通过', '签字扫描件 1 份']));
  const report = await reportFigures(t.ctx, {
    kind: 'monthly_report',
    from: '2026-11-01',
    to: '2026-11-30',
    asOf: '2026-11-18',
    objectKinds: [],
    plan: [],
  });
  expect(report.findings[0]?.verification).toBe('资料部分通过 2026-11-12');
});

test("the list of findings has the columns of the report's annex and the number by which it comes back in", async () => {
  const ids = await makeEnterprises(t.ctx, { 上海甲有限公司: { creditCode: '00012345678901234X' } });
  const id = await makeFinding(t.ctx, ids['上海甲有限公司'] ?? '', '2026-11-02', '2026-12-10');
  const sheet = await listSheet(t.ctx, { kind: 'finding', filter: [], sort: null, columns: null, personal: 'shown' });
  const book = XLSX.read(await writeWorkbook([sheet]), { type: 'array' });
  const [title, note, head, first] = XLSX.utils.sheet_to_json<unknown[]>(book.Sheets['问题清单'] ?? {}, {
    header: 1,
    defval: null,
    raw: false,
  });
  expect([title?.[0], note?.[0]]).toEqual(['问题清单', `截至 ${t.ctx.today()}　共 1 项`]);
  expect(head).toEqual([
    '序号',
    '村居/园区',
    '企业名称',
    '信用代码',
    '检查日期',
    '轮次',
    '问题类别',
    '问题描述',
    '处理类别',
    '责任人',
    '整改措施',
    '整改时限',
    '整改状态',
    '完成日期',
    '复核结果/日期',
    '备注',
    '问题编号',
  ]);
  const { values } = await getFinding(t.ctx, id);
  expect([first?.[0], first?.[3], first?.[4], first?.[11], first?.[15], first?.[16]]).toEqual([
    '1',
    '00012345678901234X',
    '2026-11-02',
    '2026-12-10',
    null,
    values.no,
  ]);
});
