// Records that the dictionary alone describes: what has its own procedure is not written past it, and nothing that hangs together is torn.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { records as contract } from '../../contract/records.ts';
import { gridArea } from '../../domain/areas/entities.ts';
import { permit } from '../../domain/formalities/entities.ts';
import type { Values } from '../../contract/shared.ts';
import { updateEnterprise } from '../../services/enterprises/index.ts';
import { undoAction } from '../../services/history/index.ts';
import { listArticles, listChecklists, listLaws } from '../../services/knowledge/index.ts';
import { binRecords, createRecord, setMembers, updateRecord } from '../../services/records/index.ts';
import { startVisit } from '../../services/visits/index.ts';
import { saveProject } from '../../services/workspace/index.ts';
import { bring, onFile, openDesk, sheet, type TestDesk } from '../support/register-import.ts';

let t: TestDesk;
let enterpriseId: string;
beforeEach(async () => {
  t = await openDesk();
  await bring(t.ctx, [
    sheet([
      ['企业名称', '街镇', '村居', '对象类型'],
      ['上海绿屏汽车修理有限公司', '华漕镇', '许浦村', '汽修'],
    ]),
  ]);
  enterpriseId = String((await onFile(t.ctx))[0]?.id);
});
afterEach(async () => {
  await t.close();
});

const refusal = (field: string, words: string) => ({
  code: 'INVALID',
  data: {
    problems: expect.arrayContaining([
      expect.objectContaining({ field, sentence: expect.stringContaining(words) as string }),
    ]) as unknown,
  },
});
const areaId = async (name: string): Promise<string> =>
  (await t.ctx.store.read.sqlOne<{ id: string }>('SELECT id FROM area WHERE name = ?', [name]))?.id ?? '';
const rows = async (table: string): Promise<number> =>
  (await t.ctx.store.read.sqlOne<{ n: number }>(`SELECT count(*) AS n FROM ${table} WHERE deleted_at IS NULL`))?.n ?? 0;
const nowhere = '01890000-0000-7000-8000-000000000000';

test('verifications, follow-ups, checks of the file and projects are not written as plain records', () => {
  const input = contract.create['~orpc'].inputSchema as unknown as { safeParse(value: unknown): { success: boolean } };
  for (const entity of ['verification', 'followUp', 'sectionCheck', 'serviceProject'])
    expect(input.safeParse({ entity, values: {} }).success, entity).toBe(false);
  expect(input.safeParse({ entity: 'contact', values: {} }).success).toBe(true);
});

test('what has happened has no day to come; one that is on file does not stop the change of another field', async () => {
  await expect(
    createRecord(t.ctx, 'statusHistory', { enterpriseId, status: 'closed', date: '2031-01-01' }),
  ).rejects.toMatchObject(refusal('date', '不能晚于今天'));
  await expect(
    updateEnterprise(t.ctx, enterpriseId, { operatingStatus: 'closed', operatingStatusDate: '2031-01-01' }),
  ).rejects.toMatchObject(refusal('operatingStatusDate', '不能晚于今天'));
  const { id } = await createRecord(t.ctx, 'permit', {
    enterpriseId,
    managementClass: 'registration',
    issueDate: '2026-11-18',
    validTo: '2031-01-01',
  });
  await expect(updateRecord(t.ctx, 'permit', id, { issueDate: '2026-11-19' })).rejects.toMatchObject(
    refusal('issueDate', '不能晚于今天'),
  );
  await t.ctx.store.withAction({ name: '导入', actor: '甲', source: 'import' }, async (tx) => {
    await tx.update(permit, id, { issueDate: '2030-01-01' });
  });
  await updateRecord(t.ctx, 'permit', id, { number: 'A001' });
});

test('members of a set are said anew in one action, which an undo takes back; one that is none is refused whole', async () => {
  const { id } = await createRecord(t.ctx, 'grid', { name: '一号网格' });
  const [village, town] = [await areaId('许浦村'), await areaId('华漕镇')];
  const members = async () =>
    (await t.ctx.store.read.find(gridArea, { gridId: id }))
      .filter((link) => !link.deletedAt)
      .map((link) => link.areaId);
  await setMembers(t.ctx, 'gridArea', id, [village]);
  const { actionId } = await setMembers(t.ctx, 'gridArea', id, [town]);
  expect(await members()).toEqual([town]);
  await undoAction(t.ctx, actionId);
  expect(await members()).toEqual([village]);
  await expect(setMembers(t.ctx, 'gridArea', id, [village, nowhere])).rejects.toMatchObject(
    refusal('areaId', '已不在'),
  );
  expect(await members()).toEqual([village]);
  const { id: training } = await createRecord(t.ctx, 'training', { title: '危废培训', date: '2026-01-10' });
  await expect(setMembers(t.ctx, 'trainingAudience', training, ['nobody'])).rejects.toMatchObject(
    refusal('audience', '请从列出的选项里选'),
  );
  // What has procedures of its own is no plain set.
  const input = contract.setMembers['~orpc'].inputSchema as unknown as {
    safeParse(value: unknown): { success: boolean };
  };
  expect(input.safeParse({ set: 'findingLaw', parentId: training, members: [] }).success).toBe(false);
});

test('an area lies neither in itself nor in what lies in it', async () => {
  const [town, village] = [await areaId('华漕镇'), await areaId('许浦村')];
  await expect(updateRecord(t.ctx, 'area', town, { parentId: town })).rejects.toMatchObject(
    refusal('parentId', '上级区域'),
  );
  await expect(updateRecord(t.ctx, 'area', town, { parentId: village })).rejects.toMatchObject(
    refusal('parentId', '上级区域'),
  );
});

test('a target is a part of a hundred', async () => {
  const values: Values = {
    name: '华漕镇环保管家',
    startDate: '2026-01-01',
    endDate: '2026-12-31',
    rectificationTarget: '150',
  };
  const project = { id: null, clientName: null, objectKinds: [], areaIds: [] };
  await expect(saveProject(t.ctx, { ...project, values })).rejects.toMatchObject(
    refusal('rectificationTarget', '0 到 100'),
  );
  await saveProject(t.ctx, { ...project, values: { ...values, rectificationTarget: '95' } });
});

test('a person signs in once; two of one name are told apart by their phones', async () => {
  const { id: trainingId } = await createRecord(t.ctx, 'training', {
    title: '危废培训',
    date: '2026-11-10',
    kind: 'general',
    mode: 'on_site',
  });
  const who = { trainingId, enterpriseId, personName: '王建国' };
  const { id } = await createRecord(t.ctx, 'trainingAttendance', { ...who, phone: '13800000001' });
  await expect(createRecord(t.ctx, 'trainingAttendance', who)).rejects.toMatchObject(
    refusal('personName', '已在这次的签到里'),
  );
  await createRecord(t.ctx, 'trainingAttendance', { ...who, phone: '13800000002' });
  await updateRecord(t.ctx, 'trainingAttendance', id, { post: '环保专员' });
  expect(await rows('training_attendance')).toBe(2);
});

test('a reference to nothing is refused with the name of its field, not with a number of an error', async () => {
  await expect(
    createRecord(t.ctx, 'statusHistory', { enterpriseId: nowhere, status: 'closed', date: '2026-01-01' }),
  ).rejects.toMatchObject(refusal('enterpriseId', '企业'));
  await expect(updateRecord(t.ctx, 'staff', t.ctx.operator().id, { areaId: nowhere })).rejects.toMatchObject(
    refusal('areaId', '负责村居'),
  );
});

test('what is in use is not put into the bin, and the sentence says what uses it', async () => {
  const { id: spare } = await createRecord(t.ctx, 'staff', { name: '周敏', role: 'inspector' });
  const { id: responsible } = await createRecord(t.ctx, 'staff', { name: '李强', role: 'inspector' });
  await updateEnterprise(t.ctx, enterpriseId, { responsibleStaffId: responsible });
  await startVisit(t.ctx, { enterpriseId, roundTargetId: null, purposes: ['routine'] });
  const own =
    (await t.ctx.store.read.sqlOne<{ id: string }>("SELECT id FROM organisation WHERE kind = 'service_org'"))?.id ?? '';
  const said = (words: RegExp) => ({ code: 'REFUSED', data: { sentence: expect.stringMatching(words) as string } });
  await expect(binRecords(t.ctx, 'area', [await areaId('许浦村')], true)).rejects.toMatchObject(
    said(/“许浦村”还有内容在用（企业 1）/),
  );
  await expect(binRecords(t.ctx, 'area', [await areaId('华漕镇')], true)).rejects.toMatchObject(
    said(/“华漕镇”还有内容在用/),
  );
  await expect(binRecords(t.ctx, 'staff', [responsible], true)).rejects.toMatchObject(said(/企业 1.*取消“在岗”/));
  await expect(binRecords(t.ctx, 'staff', [t.ctx.operator().id], true)).rejects.toMatchObject(said(/现在的使用人/));
  await expect(binRecords(t.ctx, 'organisation', [own], true)).rejects.toMatchObject(said(/驻点 1/));
  await binRecords(t.ctx, 'staff', [spare], true);
  expect(await rows('staff')).toBe(2);
});

test('laws, articles and checklists stand in the order of their files, and are found by any letters, % for itself', async () => {
  const first = { offset: 0, limit: 500 };
  const file = JSON.parse(readFileSync(join(t.ctx.resources, 'content', 'laws.json'), 'utf8')) as {
    laws: { id: string; repealedDate?: string; articles: { id: string }[] }[];
  };
  const inForce = file.laws.filter((law) => !law.repealedDate);
  const { rows: laws } = await listLaws(t.ctx, '', first);
  expect(laws.slice(0, inForce.length).map(({ code }) => code)).toEqual(inForce.map(({ id }) => id));
  const law = inForce.find(({ articles }) => articles.length > 12);
  const own = laws.find(({ code }) => code === law?.id);
  const { rows: articles } = await listArticles(t.ctx, String(own?.id), '', null, first);
  expect(articles.map(({ code }) => code)).toEqual(law?.articles.map(({ id }) => id));
  const templates = JSON.parse(readFileSync(join(t.ctx.resources, 'content', 'checklists.json'), 'utf8')) as {
    templates: { id: string }[];
  };
  expect((await listChecklists(t.ctx)).map(({ code }) => code)).toEqual(templates.templates.map(({ id }) => id));
  for (const text of ['GB 18597', 'gb 18597']) expect((await listLaws(t.ctx, text, first)).total, text).toBe(1);
  expect((await listLaws(t.ctx, '%', first)).total).toBe(0);
});
