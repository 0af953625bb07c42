// The list that the program itself exports comes back in whole: into the workspace it came from, and into an empty one.
import { afterEach, beforeEach, expect, test } from 'vitest';
import { writeWorkbook } from '../../services/documents/index.ts';
import { updateEnterprise } from '../../services/enterprises/index.ts';
import { listSheet } from '../../services/lists/index.ts';
import { bring, makeCode, onFile, openDesk, sheet, type TestDesk } from '../support/register-import.ts';

let [t, other]: TestDesk[] = [];
beforeEach(async () => {
  [t, other] = [await openDesk(), await openDesk()];
});
afterEach(async () => {
  await t?.close();
  await other?.close();
});

const LIST = sheet([
  ['单位名称', '统一社会信用代码', '店招', '街镇', '村居', '地址', '行业', '经营状态', '联系人', '联系电话'],
  [
    '上海甲样本有限公司',
    makeCode('1'),
    '甲记',
    '青禾镇',
    '东禾村',
    '青禾路1号',
    '3311',
    '在产',
    '陶样一',
    '13800008001',
  ],
  ['上海乙样本有限公司', '', '', '青禾镇', '西禾村', '青禾路2号', '汽车修理与维护', '停产', '姜样一', '021-50001234'],
  ['上海丙样本有限公司', makeCode('3'), '', '青禾镇', '', '青禾路3号', '', '', '', ''],
]);

/** The exported list as a file. */
async function exported(personal: 'masked' | 'shown'): Promise<{ name: string; bytes: Uint8Array }> {
  const asked = { kind: 'enterprise', filter: [], sort: null, columns: null, personal } as const;
  return { name: '企业名单.xlsx', bytes: await writeWorkbook([await listSheet(t!.ctx, asked)]) };
}

const FIELDS = ['name', 'internal_code', 'credit_code', 'sign_name', 'site_no', 'industry_code', 'industry_name'];
const MORE = ['operating_status', 'object_kind', 'address', 'village', 'town'];
const facts = (rows: readonly Record<string, unknown>[]) =>
  rows.map((row) => [...FIELDS, ...MORE].map((field) => String(row[field]))).sort();
const contacts = async (desk: TestDesk): Promise<unknown[]> =>
  await desk.ctx.store.read.sql('SELECT name, mobile, landline FROM contact WHERE deleted_at IS NULL ORDER BY name');

test('into the workspace it came from: every row is known, nothing changes, masked people add nobody', async () => {
  if (!t) return;
  await bring(t.ctx, [LIST]);
  const operator = t.ctx.operator();
  const [first] = await onFile(t.ctx);
  await updateEnterprise(t.ctx, String(first?.id), { responsibleStaffId: operator.id });
  const [before, people] = [await onFile(t.ctx), await contacts(t)];
  for (const personal of ['masked', 'shown'] as const) {
    const { done, preview } = await bring(t.ctx, [await exported(personal)]);
    expect(preview.sheets[0]?.unmapped).toEqual([]);
    expect(done.totals).toMatchObject({ rows: 3, created: 0, updated: 0, unchanged: 3, rejected: 0, joined: 0 });
    expect(facts(await onFile(t.ctx))).toEqual(facts(before));
    expect(await contacts(t)).toEqual(people);
  }
});

test('into an empty one: numbers, person responsible and everything else come along', async () => {
  if (!t || !other) return;
  await bring(t.ctx, [LIST]);
  const [first] = await onFile(t.ctx);
  await updateEnterprise(t.ctx, String(first?.id), { responsibleStaffId: t.ctx.operator().id });
  const file = await exported('shown');
  const { done } = await bring(other.ctx, [file]);
  expect(done.totals).toMatchObject({ rows: 3, created: 3, rejected: 0 });
  expect(facts(await onFile(other.ctx))).toEqual(facts(await onFile(t.ctx)));
  expect(await contacts(other)).toEqual(await contacts(t));
  const responsible = (await onFile(other.ctx)).filter((e) => e.responsible_staff_id === other?.ctx.operator().id);
  expect(responsible.map((e) => e.name)).toEqual(['上海甲样本有限公司']);
  expect((await onFile(other.ctx)).every((e) => e.remark === null)).toBe(true);
});
