// Emergency drills ask for nothing but their definition: what the file, the story, the search and the list show of them comes from there.
import { afterEach, beforeEach, expect, test } from 'vitest';
import { getEnterprise, timelineOf } from '../../services/enterprises/index.ts';
import { undoAction } from '../../services/history/index.ts';
import { listPage } from '../../services/lists/index.ts';
import { binRecords, createRecord, referenceOptions, updateRecord } from '../../services/records/index.ts';
import { searchAll } from '../../services/search/index.ts';
import { todayPage } from '../../services/today/index.ts';
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

const story = async (): Promise<string[]> =>
  (await timelineOf(t.ctx, enterpriseId, { offset: 0, limit: 50 })).rows.map((row) => `${row.day} ${row.title}`);
const hits = async (text: string): Promise<string[]> =>
  (await searchAll(t.ctx, text, 10)).hits.map((hit) => `${hit.entity} ${hit.title}（${hit.detail}）`);

test('a drill with its improvement stands in the file, the story, the search and the list, and can be taken back', async () => {
  const drill = await createRecord(t.ctx, 'drill', {
    enterpriseId,
    date: '2026-10-20',
    scenario: '废机油泄漏',
    form: 'functional',
    participants: 12,
    roles: '王工，总指挥，发令',
    script: '9:00 发现泄漏 …',
    evaluation: '围堵及时',
  });
  expect((await getEnterprise(t.ctx, enterpriseId)).counts.drill).toBe(1);
  expect(await story()).toContain('2026-10-20 应急演练：废机油泄漏');
  expect(await hits('机油泄漏')).toEqual(['drill 废机油泄漏（上海川岚金属制品有限公司）']);
  const list = await listPage(t.ctx, {
    kind: 'drill',
    filter: [{ field: 'participants', op: 'ge', value: 10 }],
    sort: null,
    columns: ['scenario', 'enterpriseId'],
    page: { offset: 0, limit: 10 },
  });
  expect(list.rows.map((row) => [row.values.scenario, row.names.enterpriseId])).toEqual([
    ['废机油泄漏', '上海川岚金属制品有限公司'],
  ]);

  const improvement = await createRecord(t.ctx, 'drillImprovement', {
    drillId: drill.id,
    content: '增配吸油毡 20 片',
    nextDate: t.ctx.today(),
  });
  const waiting = async (): Promise<string[] | undefined> =>
    (await todayPage(t.ctx, false)).groups.find((g) => g.id === 'drillImprovement')?.rows.map((row) => row.text);
  expect(await waiting()).toEqual(['增配吸油毡 20 片（废机油泄漏）']);
  expect(await story()).not.toContain('2026-11-01 演练改进完成：增配吸油毡 20 片');
  await updateRecord(t.ctx, 'drillImprovement', improvement.id, { doneDate: '2026-11-01' });
  expect(await story()).toContain('2026-11-01 演练改进完成：增配吸油毡 20 片');
  expect(await waiting()).toBeUndefined();

  // In the bin it takes its improvements with it, and brings them back.
  const binned = await binRecords(t.ctx, 'drill', [drill.id], true);
  expect(await hits('机油泄漏')).toEqual([]);
  expect((await story()).filter((line) => line.includes('演练'))).toEqual([]);
  await undoAction(t.ctx, binned.actionId);
  expect((await story()).filter((line) => line.includes('演练'))).toEqual([
    '2026-11-01 演练改进完成：增配吸油毡 20 片',
    '2026-10-20 应急演练：废机油泄漏',
  ]);
});

test('a day to come, a missing scene and an enterprise that is not there are refused under their fields', async () => {
  const problemsOf = async (values: Record<string, string>): Promise<unknown> =>
    await createRecord(t.ctx, 'drill', values).catch((error: { data?: { problems?: { field: string }[] } }) =>
      error.data?.problems?.map((p) => p.field),
    );
  expect(await problemsOf({ enterpriseId, date: '2031-01-01', scenario: '泄漏' })).toEqual(['date']);
  expect(await problemsOf({ enterpriseId, date: '2026-10-20' })).toEqual(['scenario']);
  expect(
    await problemsOf({ enterpriseId: '01890000-0000-7000-8000-000000000000', date: '2026-10-20', scenario: '泄漏' }),
  ).toEqual(['enterpriseId']);
});

test('a picker offers drills by their scene', async () => {
  await createRecord(t.ctx, 'drill', { enterpriseId, date: '2026-10-20', scenario: '火灾' });
  const options = await referenceOptions(t.ctx, { target: 'drill', text: '火', level: null, parentId: null, limit: 5 });
  expect(options.map((option) => option.name)).toEqual(['火灾']);
});
