// A training from its sign-in to its summary, over HTTP: village officers sign in with their village.
import { afterEach, beforeEach, expect, test } from 'vitest';
import { closeWorkers } from '../../services/workers/index.ts';
import { makeEnterprise, makeWorkspace, openBackend, type TestBackend } from '../support/backend.ts';
import { openDocx, tables, textOf } from '../support/docx.ts';

let t: TestBackend;
beforeEach(async () => {
  t = await openBackend('loopback');
  await makeWorkspace(t);
});
afterEach(async () => {
  await t.close();
  await closeWorkers();
});

const paper = async (link: { url: string }) =>
  await openDocx(new Uint8Array(await (await t.send(link.url)).arrayBuffer()));

test('a village officer signs in for the village, and sign-in sheet and 培训总结 say so', async () => {
  const { id: enterpriseId, townId } = await makeEnterprise(t.client);
  const values = { level: 'village', name: '东禾村', parentId: townId };
  const { id: villageId } = await t.client.records.create({ entity: 'area', values });
  const { id } = await t.client.records.create({
    entity: 'training',
    values: { title: '危废培训', date: '2026-03-01', place: '镇文体中心', questions: '问：标签贴哪里？答：建议贴正面' },
  });
  await t.client.training.invite({ id, enterpriseIds: [enterpriseId] });
  const came: Record<string, string>[] = [
    { enterpriseId, personName: '王建国' },
    { villageId, personName: '陆根宝', post: '村环保干部' },
  ];
  for (const one of came)
    await t.client.records.create({ entity: 'trainingAttendance', values: { trainingId: id, ...one } });
  const sheet = tables((await paper(await t.client.training.signInSheet({ id }))).body).at(-1) ?? [];
  expect(sheet.find((row) => row[2] === '陆根宝')?.slice(1, 4)).toEqual(['东禾村', '陆根宝', '村环保干部']);
  await expect(t.client.training.summaryFile({ id })).rejects.toMatchObject({
    data: { sentence: expect.stringContaining('培训还没有举办') as string },
  });
  await t.client.workflow.act({ kind: 'training', ids: [id], event: 'hold', values: {} });
  const summary = textOf((await paper(await t.client.training.summaryFile({ id }))).body);
  expect(summary).toContain('实到企业1家、2人次，其中村居人员1人，覆盖率100%（1/1）');
  expect(summary).toContain('问：标签贴哪里？答：建议贴正面');
});
