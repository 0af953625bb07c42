// The Excel beside a report is the report's own list; lists can be printed as they are exported.
import * as XLSX from '@e965/xlsx';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { reportRequest } from '../../contract/reports.ts';
import { statisticsScope } from '../../contract/statistics.ts';
import { finding } from '../../domain/findings/entities.ts';
import { act } from '../../services/context.ts';
import { writeWorkbook, type Sheet } from '../../services/documents/index.ts';
import { listSheet } from '../../services/lists/index.ts';
import { reportSheets } from '../../services/reports/index.ts';
import { reportFigures } from '../../services/reports/figures.ts';
import { exportOverview, overview } from '../../services/statistics/index.ts';
import { startVisit } from '../../services/visits/index.ts';
import { closeWorkers } from '../../services/workers/index.ts';
import { finishVisit } from '../support/events.ts';
import { pastFinding } from '../support/past-findings.ts';
import { openDesk, type TestDesk } from '../support/register-import.ts';
import { makeEnterprises } from '../support/town.ts';

let t: TestDesk;
beforeEach(async () => {
  t = await openDesk();
});
afterEach(async () => {
  await t.close();
  await closeWorkers();
});

async function rowsOf(sheet: Sheet): Promise<unknown[][]> {
  const book = XLSX.read(await writeWorkbook([sheet]), { type: 'array' });
  return XLSX.utils.sheet_to_json(Object.values(book.Sheets)[0] ?? {}, { header: 1, defval: null, raw: false });
}

test('35 findings of October: 35 rows, of the day of the report, masked as it is', async () => {
  const { 上海甲有限公司: enterpriseId = '' } = await makeEnterprises(t.ctx, { 上海甲有限公司: {} });
  for (let n = 1; n <= 35; n += 1) {
    const day = `2026-10-${String(1 + (n % 28)).padStart(2, '0')}`;
    // The first was closed after the day of the report.
    const closed = n === 1 ? ([['verify_pass', 'closed', '2026-11-10']] as const) : [];
    await pastFinding(t.ctx, enterpriseId, [['issue', 'open', day, '2026-12-10'], ...closed]);
  }
  await pastFinding(t.ctx, enterpriseId, [['issue', 'open', '2026-11-02', '2026-12-10']]);
  const [one] = await t.ctx.store.read.find(finding, {});
  await act(t.ctx, '责任人', 'form', async (tx) => {
    await tx.update(finding, one?.id ?? '', { responsiblePerson: '王建国', description: '联系13812346021' });
  });
  const request = { from: '2026-10-01', to: '2026-10-31', asOf: '2026-10-31', kind: 'monthly_report' as const };
  const asked = reportRequest.parse(request);
  const { sheets, fileName } = await reportSheets(t.ctx, asked);
  const [sheet] = sheets as [Sheet];
  const { findings } = await reportFigures(t.ctx, asked);
  expect(fileName).toBe('问题清单_2026年10月_截至2026-10-31.xlsx');
  const rows = await rowsOf(sheet);
  expect([rows[0]?.[0], rows[1]?.[0]]).toEqual([
    '环保管家服务工作月报　问题清单（2026年10月）',
    '2026-10-01 至 2026-10-31 发现，状态截至 2026-10-31　共 35 项',
  ]);
  const head = rows[2] as string[];
  const body = rows.slice(3, -1);
  const column = (heading: string): unknown[] => body.map((row) => row[head.indexOf(heading)]);
  expect(column('问题编号')).toEqual(findings.map(({ no }) => no));
  expect(body).toHaveLength(35);
  expect(new Set(column('整改状态'))).toEqual(new Set(['待整改']));
  expect([rows.at(-1)?.[0], rows.at(-1)?.[head.indexOf('整改状态')]]).toEqual(['合计35项', '待整改35项']);
  const told = JSON.stringify(rows);
  expect(told).not.toMatch(/王建国|13812346021/);
  expect(told).toMatch(/王\*\*.*|138\*\*\*\*6021/);
  const shown = await reportSheets(t.ctx, reportRequest.parse({ ...request, contacts: 'shown' }));
  expect(JSON.stringify(shown.sheets[0]?.rows)).toMatch(/13812346021/);
});

test('every list has its title, its day and conditions, and totals that count its rows by their states', async () => {
  const { 上海甲有限公司: enterpriseId = '' } = await makeEnterprises(t.ctx, { 上海甲有限公司: {} });
  await pastFinding(t.ctx, enterpriseId, [['issue', 'open', '2026-11-02', '2026-12-10']]);
  await pastFinding(t.ctx, enterpriseId, [['fix_on_site', 'closed', '2026-11-03']]);
  const asked = { kind: 'finding', filter: [], sort: null, columns: null, personal: 'masked' as const };
  const sheet = await listSheet(t.ctx, asked);
  expect([sheet.title, sheet.note]).toEqual(['问题清单', `截至 ${t.ctx.today()}　共 2 项`]);
  const states = sheet.columns.findIndex(({ heading }) => heading === '整改状态');
  expect(sheet.totals?.[0]).toBe('合计2项');
  expect(String(sheet.totals?.[states]).split('，').toSorted()).toEqual(['已销号1项', '待整改1项']);
  const open = await listSheet(t.ctx, { ...asked, filter: [{ field: 'status', op: 'ne', value: 'closed' }] });
  expect(open.note).toContain('条件：');
  expect((await listSheet(t.ctx, { ...asked, most: 1 })).totals?.[0]).toBe('合计1项');
});

test('rates of the dashboard are numbers in its sheets', async () => {
  const { 上海甲有限公司: enterpriseId = '' } = await makeEnterprises(t.ctx, { 上海甲有限公司: {} });
  for (const state of ['open', 'closed', 'closed'])
    await pastFinding(t.ctx, enterpriseId, [['issue', state, '2026-11-02', '2026-11-10']]);
  const scope = statisticsScope.parse({ from: '2026-01-01', to: '2026-12-31', asOf: t.ctx.today() });
  const sheets = exportOverview(await overview(t.ctx, scope));
  const book = XLSX.read(await writeWorkbook(sheets), { type: 'array', cellNF: true });
  const villages = book.Sheets['村居'] ?? {};
  const [, , head = []] = XLSX.utils.sheet_to_json<string[]>(villages, { header: 1 });
  const rate = villages[XLSX.utils.encode_cell({ r: 3, c: head.indexOf('整改率') })] as XLSX.CellObject;
  expect(rate).toMatchObject({ t: 'n', v: 0.667, z: '0.0%' });
  expect(sheets.map(({ title, note }) => [title !== undefined, note?.includes('截至')])).toEqual(
    sheets.map(() => [true, true]),
  );
});

test('the person-days of a report have their list: a row for each person and day, as many as the paper counts', async () => {
  const { 甲厂: first = '', 乙厂: second = '' } = await makeEnterprises(t.ctx, { 甲厂: {}, 乙厂: {} });
  for (const [enterpriseId, date] of [
    [first, '2026-10-12'],
    [second, '2026-10-12'],
    [first, '2026-11-03'],
  ] as const) {
    const { id } = await startVisit(t.ctx, { enterpriseId, roundTargetId: null, purposes: ['routine'], date });
    await finishVisit(t.ctx, id, 'refused');
  }
  const asked = reportRequest.parse({
    from: '2026-11-01',
    to: '2026-11-18',
    asOf: '2026-11-18',
    kind: 'monthly_report',
  });
  const { figures } = await reportFigures(t.ctx, asked);
  const { sheets } = await reportSheets(t.ctx, asked);
  const rows = await rowsOf(sheets.find(({ name }) => name === '投入人日') as Sheet);
  expect(rows.slice(1)).toEqual([
    ['同一人同一天计一日　2026-11-01 至 2026-11-18 1 人日，本年 2 人日', null, null],
    ['人员', '日期', '工作'],
    [t.ctx.operator().name, '2026-10-12', '现场检查'],
    [t.ctx.operator().name, '2026-11-03', '现场检查'],
    ['合计', '2 人日', null],
  ]);
  expect([figures['periodStaffDays']?.numerator, figures['staffDays']?.numerator]).toEqual([1, 2]);
});
