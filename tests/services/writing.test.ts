// Every kind of record by its name: what may be written is written by its own rules, and what may not is refused in words.
import { afterEach, beforeEach, expect, test } from 'vitest';
import { ENTITIES } from '../../domain/entities.ts';
import { listIds } from '../../services/lists/index.ts';
import { getRecord } from '../../services/records/index.ts';
import { addAttachment } from '../../services/attachments/index.ts';
import { addRow, removeRow, restoreRow, setRow } from '../../services/writing/index.ts';
import type { Given } from '../../services/writer.ts';
import { testPhoto } from '../support/photos.ts';
import { bring, onFile, openDesk, sheet, type TestDesk } from '../support/register-import.ts';

let t: TestDesk;
let enterpriseId: string;
beforeEach(async () => {
  t = await openDesk();
  await bring(t.ctx, [
    sheet([
      ['企业名称', '街镇', '村居'],
      ['上海川岚金属制品有限公司', '青禾镇', '东禾村'],
    ]),
  ]);
  enterpriseId = String((await onFile(t.ctx))[0]?.id);
});
afterEach(async () => {
  await t.close();
});

const NOWHERE = '01890000-0000-7000-8000-000000000000';
const SAID = ['INVALID', 'REFUSED', 'NOT_FOUND', 'UNDO_BLOCKED'];

/** Code and sentence of a refusal; `done` where nothing was refused. */
const outcome = async (work: Promise<unknown>): Promise<string> =>
  await work.then(
    () => 'done',
    (error: { code?: string; message?: string }) => `${error.code ?? 'no code'}: ${error.message ?? ''}`,
  );

test.each(ENTITIES.map((entity) => entity.name))(
  '%s: nothing given, and rows that are not there, are refused in words',
  async (kind) => {
    for (const said of [
      await outcome(addRow(t.ctx, kind, {})),
      await outcome(setRow(t.ctx, kind, NOWHERE, {})),
      await outcome(removeRow(t.ctx, kind, NOWHERE)),
      await outcome(restoreRow(t.ctx, kind, NOWHERE)),
    ]) {
      expect(SAID, said).toContain(said.split(':')[0]);
      expect(said).toMatch(/\p{Script=Han}/u);
    }
  },
);

const written: readonly [kind: string, given: () => Given, change: Given][] = [
  ['contact', () => ({ enterpriseId, name: '李明' }), { mobile: '13800001234' }],
  ['permit', () => ({ enterpriseId, number: '91310112A001P', managementClass: 'key' }), { validTo: '2030-01-01' }],
  ['drill', () => ({ enterpriseId, date: '2026-03-02', scenario: '泄漏' }), { participants: 9 }],
  ['complaint', () => ({ enterpriseId, receivedDate: '2026-03-02', content: '异味' }), { place: '东门' }],
  ['area', () => ({ level: 'village', name: '西禾村' }), { adminCode: '310115' }],
  ['finding', () => ({ enterpriseId, description: '危废混放' }), { location: '仓库' }],
  ['visit', () => ({ enterpriseId, date: '2026-11-01' }), { summary: '例行' }],
];

test.each(written)('%s is added, changed, put into the bin and taken out of it', async (kind, given, change) => {
  const { id } = await addRow(t.ctx, kind, given());
  expect(id).not.toBeNull();
  await setRow(t.ctx, kind, String(id), change);
  expect((await getRecord(t.ctx, kind as 'area', String(id))).values).toMatchObject(change);
  const listed = async () =>
    await listIds(t.ctx, { kind, filter: [{ field: 'id', op: 'eq', value: String(id) }], sort: null });
  await removeRow(t.ctx, kind, String(id));
  expect(await listed()).toEqual([]);
  expect(await outcome(removeRow(t.ctx, kind, String(id)))).toMatch(/^(REFUSED|NOT_FOUND): /);
  await restoreRow(t.ctx, kind, String(id));
  expect(await listed()).toEqual([id]);
});

test('what belongs to a visit goes by the visit: who came is added and taken out', async () => {
  const visitId = String((await addRow(t.ctx, 'visit', { enterpriseId })).id);
  const staff = String((await addRow(t.ctx, 'staff', { name: '王晓', role: 'inspector' })).id);
  const { id } = await addRow(t.ctx, 'visitStaff', { visitId, staffId: staff });
  const members = async () =>
    (await listIds(t.ctx, { kind: 'visitStaff', filter: [{ field: 'visitId', op: 'eq', value: visitId }], sort: null }))
      .length;
  expect(await members()).toBe(2);
  await removeRow(t.ctx, 'visitStaff', String(id));
  expect(await members()).toBe(1);
});

test('what would not be written is refused: unknown names, fields of the program, objects for a value, nothing at all', async () => {
  const visitId = String((await addRow(t.ctx, 'visit', { enterpriseId, date: '2026-02-01' })).id);
  const findingId = String((await addRow(t.ctx, 'finding', { enterpriseId, description: '危废混放' })).id);
  const read = async () => (await getRecord(t.ctx, 'enterprise', enterpriseId)).values;
  const { name, completeness } = await read();
  for (const [kind, id, given, said] of [
    ['enterprise', enterpriseId, { nickname: 'x' }, '企业没有 nickname；可以填的是：'],
    ['enterprise', enterpriseId, { completeness: 5 }, '企业的 completeness 不能在这里填'],
    ['enterprise', enterpriseId, { name: { a: 1 } }, 'name（单位名称）要写成一个值'],
    ['enterprise', enterpriseId, { name: 5 }, '单位名称'],
    ['enterprise', enterpriseId, {}, '没有给出要改的字段'],
    ['finding', findingId, { closedDate: '2026-01-01' }, '问题的 closedDate 不能在这里填'],
    ['finding', findingId, { no: 'X' }, '问题的 no 不能在这里填'],
    ['visit', visitId, { signerName: '李明' }, '现场检查的 signerName 不能在这里填'],
    ['visit', visitId, { timeFrom: 7 }, '格式不对'],
  ] as const) {
    const refused = await outcome(setRow(t.ctx, kind, id, given));
    expect(SAID, refused).toContain(refused.split(':')[0]);
    expect(refused).toContain(said);
  }
  // What stays as it is may stand among the values.
  await setRow(t.ctx, 'enterprise', enterpriseId, { name, completeness, signName: '川岚' });
  expect(await read()).toMatchObject({ name, signName: '川岚' });
});

test('a file of a record keeps what the program knows of it: its content and owner are no fields to set', async () => {
  const { id } = await addAttachment(t.ctx, {
    ownerEntity: 'enterprise',
    ownerId: enterpriseId,
    bytes: await testPhoto(40, 30),
    name: '门头.jpg',
    kind: 'photo',
    caption: null,
  });
  expect(await outcome(setRow(t.ctx, 'attachment', id, { sha256: 'x' }))).toContain('附件的 sha256 不能在这里填');
  await setRow(t.ctx, 'attachment', id, { caption: '门头' });
  expect((await getRecord(t.ctx, 'attachment', id)).values).toMatchObject({ caption: '门头' });
});

test('a visit of which one value does not fit is not begun', async () => {
  expect(await outcome(addRow(t.ctx, 'visit', { enterpriseId, timeFrom: '凌晨' }))).toMatch(/^INVALID: /);
  expect(await outcome(addRow(t.ctx, 'visit', { enterpriseId, projectId: NOWHERE }))).toMatch(/^INVALID: /);
  expect(await listIds(t.ctx, { kind: 'visit', filter: [], sort: null })).toEqual([]);
});
