// Repair of an import: proposals taken one by one and all at once, a code that its paper has so, and what follows at the end.
import { afterEach, beforeEach, expect, test } from 'vitest';
import { followText } from '../../domain/registers/follow-text.ts';
import { checkCreditCode } from '../../domain/values/credit-code.ts';
import { adoptProposals, applyImport, mendRow, previewRows } from '../../services/registers/index.ts';
import { checkEnterprise, createEnterprise, updateEnterprise } from '../../services/enterprises/index.ts';
import type { PreviewRow } from '../../contract/registers.ts';
import { look, makeCode, onFile, openDesk, quiet, sheet, type TestDesk } from '../support/register-import.ts';

let t: TestDesk;
beforeEach(async () => {
  t = await openDesk();
});
afterEach(() => t.close());

const [A, B] = [makeCode('MA1A'), makeCode('MA1B')];
/** A code whose zero was typed as the letter O. */
const withLetter = (code: string): string => `${code.slice(0, 4)}O${code.slice(5)}`;
const Z = makeCode('MA1Y');
/** A code in which the last character breaks the check rule. */
const broken = (code: string): string => `${code.slice(0, 17)}${code.endsWith('A') ? 'B' : 'A'}`;

const HEAD = ['单位名称', '统一社会信用代码', '地址'];
const LIST = sheet([
  HEAD,
  ['上海甲样本有限公司', withLetter(Z), '青禾路1号'],
  ['上海乙样本有限公司', `${B}（01）`, '青禾路2号'],
  ['上海丙样本有限公司', broken(A), '青禾路3号'],
  ['上海丁样本有限公司', A.slice(0, 14).replace('1', 'O'), '青禾路4号'],
]);

async function rowsOf(previewId: string): Promise<PreviewRow[]> {
  return previewRows(t.ctx, { previewId, show: 'all', sheet: null, page: { offset: 0, limit: 50 } }).rows;
}

test('each doubt names its column; what is proposed is taken for one row, and for all at once', async () => {
  const { previewId, totals } = await look(t.ctx, [LIST], { townName: '青禾镇' });
  expect(totals).toMatchObject({ proposals: 2, codesInDoubt: 4, withoutCode: 0 });
  const rows = await rowsOf(previewId);
  expect(rows.map((row) => row.warnings.map((w) => [w.column, w.proposal ?? null]))).toEqual([
    [[1, Z]],
    [[1, B]],
    [[1, null]],
    [[1, null]],
  ]);
  // The length is said before anything else about a code.
  expect(rows[3]?.warnings[0]?.sentence).toContain('应为 18 位，现为 14 位');
  const one = await adoptProposals(t.ctx, { previewId, keys: [rows[0]!.key] });
  expect(one).toMatchObject({ adopted: 1, totals: { proposals: 1, codesInDoubt: 3 } });
  const all = await adoptProposals(t.ctx, { previewId, keys: null });
  expect(all).toMatchObject({ adopted: 1, totals: { proposals: 0, codesInDoubt: 2 } });
  const done = await applyImport(t.ctx, previewId, quiet);
  expect((await onFile(t.ctx)).map((e) => e.credit_code)).toEqual([Z, B, null, null]);
  expect(followText(done.totals)).toEqual(['2 家的信用代码有误，原文在“待核代码”里，请对照执照改正']);
});

test('a code that breaks the check rule is taken from a person who names the paper, and stays flagged', async () => {
  const { previewId } = await look(t.ctx, [LIST], { townName: '青禾镇' });
  const row = (await rowsOf(previewId))[2]!;
  expect(row.warnings[0]?.confirmable).toBe(broken(A));
  const confirm = { code: broken(A), from: '营业执照副本' };
  const { row: mended } = await mendRow(t.ctx, { previewId, key: row.key, cells: [], confirm });
  expect(mended).toMatchObject({ result: 'created', creditCode: broken(A), isMended: true });
  expect(mended.warnings.map((w) => w.code)).toEqual(['CODE_CONFIRMED']);
  await applyImport(t.ctx, previewId, quiet);
  const stored = (await onFile(t.ctx))[2]!;
  expect([stored.credit_code, stored.credit_code_quarantine]).toEqual([broken(A), null]);
  expect([stored.credit_code_confirmed_from, stored.credit_code_confirmed_by]).toEqual([
    '营业执照副本',
    t.ctx.operator().name,
  ]);
  expect(stored.credit_code_confirmed_date).toBe(t.ctx.today());
  // The list again finds it by its code.
  expect((await look(t.ctx, [LIST], { townName: '青禾镇' })).totals).toMatchObject({ created: 0, unchanged: 4 });
  const said = await checkEnterprise(t.ctx, String(stored.id), {});
  expect(said.find((p) => p.code === 'CREDIT_CODE_CONFIRMED')?.severity).toBe('warn');
});

test('the form takes such a code the same way; another code loses the confirmation, a wrong form has none', async () => {
  const base = { name: '上海戊样本有限公司', objectKind: 'industrial', townId: (await anyTown())! };
  const problems = await checkEnterprise(t.ctx, null, { ...base, creditCode: broken(A) });
  const expected = checkCreditCode(broken(A));
  expect(problems.find((p) => p.field === 'creditCode')?.confirmable).toEqual({
    code: broken(A),
    expected: expected.ok ? '' : expected.expected,
  });
  const from = { creditCodeConfirmedFrom: '营业执照正本' };
  await expect(createEnterprise(t.ctx, { ...base, creditCode: broken(A) })).rejects.toMatchObject({ code: 'INVALID' });
  await expect(createEnterprise(t.ctx, { ...base, ...from, creditCode: A.slice(0, 17) })).rejects.toMatchObject({
    code: 'INVALID',
  });
  const made = await createEnterprise(t.ctx, { ...base, ...from, creditCode: broken(A) });
  expect((await onFile(t.ctx))[0]).toMatchObject({
    credit_code: broken(A),
    credit_code_confirmed_by: t.ctx.operator().name,
    credit_code_confirmed_date: t.ctx.today(),
  });
  await updateEnterprise(t.ctx, made.id, { creditCode: A });
  expect((await onFile(t.ctx))[0]).toMatchObject({ credit_code: A, credit_code_confirmed_from: null });
});

test('a code on file offers its next site or its file; a name on file is said, not refused', async () => {
  const base = { objectKind: 'industrial', townId: (await anyTown())! };
  const first = await createEnterprise(t.ctx, {
    ...base,
    name: '上海己样本有限公司',
    creditCode: A,
    address: '青禾路1号',
  });
  const values = { ...base, name: '上海己样本有限公司', creditCode: A };
  const problems = await checkEnterprise(t.ctx, null, values);
  expect(problems.find((p) => p.code === 'CREDIT_CODE_USED')).toMatchObject({
    severity: 'error',
    other: { id: first.id, siteNo: '002' },
  });
  expect(problems.find((p) => p.code === 'NAME_USED')).toMatchObject({
    severity: 'warn',
    sentence: '已有同名企业“上海己样本有限公司”（青禾路1号），请先看是不是同一家',
    other: { id: first.id },
  });
  await createEnterprise(t.ctx, { ...values, siteNo: '002' });
  expect((await onFile(t.ctx)).map((e) => e.site_no)).toEqual(['001', '002']);
  const third = await checkEnterprise(t.ctx, null, values);
  expect(third.find((p) => p.code === 'CREDIT_CODE_USED')?.other?.siteNo).toBe('003');
});

async function anyTown(): Promise<string | undefined> {
  const known = await t.ctx.store.read.sqlOne<{ id: string }>("SELECT id FROM area WHERE level = 'town' LIMIT 1");
  if (known) return known.id;
  const { createRecord } = await import('../../services/records/index.ts');
  return (await createRecord(t.ctx, 'area', { level: 'town', name: '青禾镇' })).id;
}
