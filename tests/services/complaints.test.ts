// Complaints from receipt to closing: events by the table, repeats and relapses found by themselves, who complained kept back.
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Values } from '../../contract/shared.ts';
import { timelineOf } from '../../services/enterprises/index.ts';
import { listPage, listSheet } from '../../services/lists/index.ts';
import { binRecords, createRecord, getRecord, updateRecord } from '../../services/records/index.ts';
import { searchAll } from '../../services/search/index.ts';
import { todayPage } from '../../services/today/index.ts';
import { act, allowed } from '../../services/workflow/index.ts';
import { complaintSurveyPaper } from '../../domain/complaints/paper.ts';
import { makePaper } from '../../services/documents/index.ts';
import { readPaper } from '../../services/papers/index.ts';
import { openDocx, paragraphs, textOf } from '../support/docx.ts';
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

const receive = async (receivedDate: string, more: Values = {}): Promise<string> =>
  (
    await createRecord(t.ctx, 'complaint', {
      enterpriseId,
      receivedDate,
      medium: 'noise_industrial',
      content: '夜间冲床噪声扰民',
      ...more,
    })
  ).id;
const values = async (id: string) => (await getRecord(t.ctx, 'complaint', id)).values;
const steps: readonly [string, Values][] = [
  ['survey', { surveyNote: '冲床两台，门窗未关', conclusion: 'founded', surveyDate: '2026-03-05' }],
  ['analyse', { analysis: '夜间未关门窗' }],
  ['answer', { answer: '已建议夜间停用冲床', answeredDate: '2026-03-06' }],
  ['close', { closedDate: '2026-03-10' }],
];
async function closeOff(id: string): Promise<void> {
  await act(t.ctx, 'complaint', [id], 'assign', { handlerId: t.ctx.operator().id });
  for (const [event, given] of steps) await act(t.ctx, 'complaint', [id], event, given);
}
const ids = async (filter: Parameters<typeof listPage>[1]['filter']): Promise<string[]> =>
  (
    await listPage(t.ctx, {
      kind: 'complaint',
      filter,
      sort: { field: 'receivedDate', descending: false },
      columns: null,
      page: { offset: 0, limit: 50 },
    })
  ).rows.map((row) => row.id);

test('a complaint goes its way by the events of its table alone, and takes a number by itself', async () => {
  const id = await receive('2026-03-02');
  expect(String((await values(id)).no)).toMatch(/-26-00001$/);
  expect((await values(id)).state).toBe('received');
  await expect(act(t.ctx, 'complaint', [id], 'close', { closedDate: '2026-03-10' })).rejects.toMatchObject({
    code: 'REFUSED',
  });
  await expect(act(t.ctx, 'complaint', [id], 'assign', {})).rejects.toThrow('请选择经办人');
  await closeOff(id);
  expect(await values(id)).toMatchObject({ state: 'closed', closedDate: '2026-03-10', conclusion: 'founded' });
  expect((await allowed(t.ctx, 'complaint', id)).map((event) => event.event)).toEqual(['reopen']);
  await act(t.ctx, 'complaint', [id], 'reopen', { reason: '信访人又来电' });
  expect(await values(id)).toMatchObject({ state: 'answered', closedDate: null });
});

test(
  'a repeat within twelve months and a relapse within ninety days of closing are found, and found anew when ' +
    'something changes',
  async () => {
    const first = await receive('2026-03-02');
    await closeOff(first);
    const relapse = await receive('2026-05-01');
    const later = await receive('2026-11-01');
    const other = await receive('2026-11-02', { medium: 'water' });
    expect(await values(relapse)).toMatchObject({ previousId: first, relapseOfId: first });
    expect(await values(later)).toMatchObject({ previousId: relapse, relapseOfId: null });
    expect(await values(other)).toMatchObject({ previousId: null, relapseOfId: null });
    expect(await ids([{ is: 'repeat' }])).toEqual([relapse, later]);
    expect(await ids([{ is: 'relapsed' }])).toEqual([first]);
    // Of another medium it is no repeat any more; in the bin it is none either.
    await updateRecord(t.ctx, 'complaint', relapse, { medium: 'air_industrial' });
    expect((await values(later)).previousId).toBe(first);
    await binRecords(t.ctx, 'complaint', [first], true);
    expect((await values(later)).previousId).toBeNull();
  },
);

test('the overdue and those due soon are told by the day, closed ones never', async () => {
  const today = t.ctx.today();
  const late = await receive('2026-01-05', { dueDate: '2026-01-20' });
  const soon = await receive('2026-01-06', { dueDate: today });
  const done = await receive('2026-03-02', { dueDate: '2026-03-04' });
  await closeOff(done);
  expect(await ids([{ is: 'overdue' }])).toEqual([late]);
  const groups = (await todayPage(t.ctx, false)).groups;
  expect(groups.find((group) => group.id === 'complaintDue')?.rows.map((row) => row.id)).toEqual([late, soon]);
  expect(await ids([{ is: 'dueSoon', value: 3 }])).toEqual([soon]);
});

test('who complained is masked on sheets; the enterprise has it in its story; search finds it by its words', async () => {
  const id = await receive('2026-03-02', { complainantName: '张三丰', complainantPhone: '13800001234' });
  const columns = ['complainantName', 'complainantPhone', 'content'];
  const chosen = { kind: 'complaint', filter: [], sort: null, columns };
  const [row] = (await listSheet(t.ctx, { ...chosen, personal: 'masked' })).rows;
  expect(JSON.stringify(row)).not.toMatch(/张三丰|13800001234/);
  expect((await timelineOf(t.ctx, enterpriseId, { offset: 0, limit: 9 })).rows.map((one) => one.title)).toContain(
    '信访（12345 热线）：工业噪声',
  );
  expect((await searchAll(t.ctx, '冲床', 5)).hits.map((hit) => [hit.entity, hit.id])).toEqual([['complaint', id]]);
  await expect(createRecord(t.ctx, 'complaint', { receivedDate: '2026-03-02', content: '异味' })).rejects.toThrow(
    '请填写被反映单位、地点或村居中的一项',
  );
});

test('the survey report says what was seen, why, and what was answered, line by line; who complained stays masked', async () => {
  const id = await receive('2026-03-01', { complainantName: '周大明', complainantPhone: '13800000001' });
  await closeOff(id);
  await updateRecord(t.ctx, 'complaint', id, { surveyNote: '冲床两台\n门窗未关' });
  const { data, photos } = await readPaper(t.ctx, complaintSurveyPaper, id);
  const { body } = await openDocx(await makePaper(complaintSurveyPaper, data, { photos }));
  const said = paragraphs(body);
  for (const line of ['1.冲床两台。', '2.门窗未关。', '夜间未关门窗。', '已建议夜间停用冲床。', '调查结论：属实。'])
    expect(said).toContain(line);
  expect(textOf(body)).toContain('138****0001');
  expect(textOf(body)).not.toContain('周大明');
});
