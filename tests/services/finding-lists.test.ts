// The list of findings for Excel and the timeline of a finding use the words of the dictionary.
import { afterEach, beforeEach, expect, test } from 'vitest';
import { findingFilter } from '../../contract/findings.ts';
import { attachment } from '../../domain/attachments/entities.ts';
import { verification } from '../../domain/findings/entities.ts';
import { act } from '../../services/context.ts';
import { exportFindingList, getFinding } from '../../services/findings/index.ts';
import { reportFigures } from '../../services/reports/figures.ts';
import { openDesk, type TestDesk } from '../support/register-import.ts';
import { makeEnterprises, makeFinding } from '../support/town.ts';

let t: TestDesk;
beforeEach(async () => { t = await openDesk(); });
afterEach(async () => { await t.close(); });

test('a verification that passed in part is 部分通过 on every list, and the number of a finding stands in one column', async () => {
  const ids = await makeEnterprises(t.ctx, { 上海甲有限公司: {} });
  const id = await makeFinding(t.ctx, ids['上海甲有限公司'] ?? '', '2026-11-02', '2026-12-10');
  await act(t.ctx, '复核', 'form', async (tx) => {
    await tx.insert(verification, { findingId: id, date: '2026-11-12', byName: '陈思远', method: 'documents', result: 'partial' });
    await tx.insert(attachment, { ownerEntity: 'finding', ownerId: id, kind: 'signed_paper', name: '签字.jpg', sha256: 'a'.repeat(64), mime: 'image/jpeg', size: 1 });
  });
  const sheet = await exportFindingList(t.ctx, findingFilter.parse({}));
  const row = new Map(sheet.columns.map((column, n) => [column.heading, sheet.rows[0]?.[n]]));
  const { values, events } = await getFinding(t.ctx, id);
  expect([row.get('复核结果/日期'), row.get('备注'), row.get('问题编号'), row.get('检查日期')]).toEqual(['资料部分通过 2026-11-12', null, values.no, '2026-11-02']);
  expect(sheet.columns.filter((c) => c.kind === 'day').map((c) => c.heading)).toEqual(['检查日期', '整改时限', '完成日期']);
  expect(events.map((e) => e.title)).toEqual(expect.arrayContaining(['资料复核部分通过', '签字扫描件 1 份']));
  const report = await reportFigures(t.ctx, { kind: 'monthly_report', from: '2026-11-01', to: '2026-11-30', asOf: '2026-11-18', objectKinds: [], plan: [] });
  expect(report.findings[0]?.verification).toBe('资料部分通过 2026-11-12');
});
