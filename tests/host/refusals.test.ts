// Input that fits nothing: each is answered with a sentence in Chinese, never with a number or in English, and writes nothing.
import { join } from 'node:path';
import { safe } from '@orpc/client';
import Database from 'better-sqlite3';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { sentenceFor } from '../../host/error-sentences.ts';
import { makeEnterprise, makeWorkspace, openBackend, type Client, type TestBackend } from '../support/backend.ts';

let t: TestBackend;
beforeEach(async () => {
  t = await openBackend('loopback');
  await makeWorkspace(t);
});
afterEach(async () => {
  await t.close();
});

const nowhere = '01890000-0000-7000-8000-000000000000';

/** Code and sentence of what an error says. */
async function refusal(asked: Promise<unknown>): Promise<{ code: string; sentence: string }> {
  const { error } = await safe(asked);
  const { code, data } = error as unknown as { code: string; data: { sentence: string } };
  return { code, sentence: data.sentence };
}

test('what refers to rows that are not there is refused with a sentence', async () => {
  const { id: enterpriseId } = await makeEnterprise(t.client);
  const { id: trainingId } = await t.client.records.create({
    entity: 'training',
    values: { title: '危废培训', date: '2026-03-01' },
  });
  const { id: visitId } = await t.client.visits.start({ enterpriseId, roundTargetId: null, purposes: ['routine'] });
  const { id: findingId } = await t.client.findings.create({ values: { enterpriseId, description: '废漆桶露天堆放' } });
  const before = await t.client.history.actions({});
  const asked: Record<string, (client: Client) => Promise<unknown>> = {
    'findings/create': (c) => c.findings.create({ values: { enterpriseId: nowhere, description: '废漆桶露天堆放' } }),
    'findings/create, laws': (c) =>
      c.findings.create({ values: { enterpriseId, description: '废漆桶露天堆放' }, lawIds: [nowhere] }),
    'findings/update': (c) => c.findings.update({ id: findingId, values: { enterpriseId: nowhere } }),
    'findings/update, laws': (c) => c.findings.update({ id: findingId, values: {}, lawIds: [nowhere] }),
    'training/invite': (c) => c.training.invite({ id: trainingId, enterpriseIds: [nowhere] }),
    'training/setAudience': (c) => c.training.setAudience({ id: nowhere, audience: ['all'] }),
    'visits/setStaff': (c) => c.visits.setStaff({ id: visitId, staffIds: [nowhere] }),
    trainingAttendance: (c) =>
      c.records.create({
        entity: 'trainingAttendance',
        values: { trainingId, enterpriseId: nowhere, personName: '王建国' },
      }),
    statusHistory: (c) =>
      c.records.create({
        entity: 'statusHistory',
        values: { enterpriseId: nowhere, status: 'closed', date: '2026-03-01' },
      }),
    'enterprises/create': (c) => c.enterprises.create({ values: { name: '上海某厂', townId: nowhere } }),
    'rounds/addTargets': (c) => c.rounds.addTargets({ roundId: nowhere, enterpriseIds: [enterpriseId] }),
  };
  for (const [name, ask] of Object.entries(asked)) {
    const { code, sentence } = await refusal(ask(t.client));
    expect([name, code]).not.toEqual([name, 'INTERNAL_SERVER_ERROR']);
    expect(sentence, name).toMatch(/[一-龥]/);
    expect(sentence, name).not.toContain('原因不明');
  }
  expect(await t.client.history.actions({})).toEqual(before);
});

test('what the contract does not take is refused with a sentence, and says which place to whoever looks after the program', async () => {
  const wrong = await refusal(t.client.enterprises.get({ id: 'not-an-id' }));
  expect(wrong).toMatchObject({ code: 'BAD_REQUEST', sentence: expect.stringContaining('格式不对') as string });
  const { error } = await safe(t.client.workflow.act({ kind: 'explosion', ids: [nowhere], event: 'explode' }));
  expect(error).toMatchObject({
    code: 'BAD_REQUEST',
    data: { sentence: expect.stringContaining('格式不对') as string, issues: [{ path: ['kind'] }] },
  });
});

test('undo of what is undone already, or of what never was, is said as it is', async () => {
  const { actionId } = await makeEnterprise(t.client);
  await t.client.history.undo({ actionId });
  expect(await refusal(t.client.history.undo({ actionId }))).toMatchObject({
    code: 'UNDO_BLOCKED',
    sentence: expect.stringContaining('已经撤销过') as string,
  });
  expect(await refusal(t.client.history.undo({ actionId: nowhere }))).toMatchObject({
    code: 'NOT_FOUND',
    sentence: expect.stringContaining('找不到要撤销的') as string,
  });
});

test('what another program holds is said to be held, not 原因不明, and is written once it lets go', async () => {
  const holder = new Database(join(t.folder, 'steward.db'));
  holder.exec('BEGIN EXCLUSIVE');
  const add = () => t.client.records.create({ entity: 'area', values: { level: 'town', name: '青禾镇' } });
  const { code, sentence } = await refusal(add());
  expect(code).toBe('WORKSPACE');
  expect(sentence).toContain('资料正被其他程序占用');
  holder.exec('ROLLBACK');
  holder.close();
  await expect(add()).resolves.toMatchObject({ id: expect.any(String) as string });
});

test.each([
  ['SQLITE_BUSY_SNAPSHOT', '资料正被其他程序占用'],
  ['SQLITE_LOCKED', '资料正被其他程序占用'],
  ['SQLITE_IOERR_READ', '读写资料时磁盘出错'],
  ['SQLITE_FULL', '磁盘空间不足'],
  ['SQLITE_READONLY_DIRECTORY', '不能写入'],
])('%s has its sentence, from the driver and through the mapper', (code, words) => {
  const error = Object.assign(new Error('database'), { code });
  expect(sentenceFor(error)).toContain(words);
  expect(sentenceFor(Object.assign(new Error('query failed'), { driverError: error }))).toContain(words);
});
