// A field that changed since it was shown is not gone over without a word, whichever form writes it.
import { afterAll, beforeAll, expect, test } from 'vitest';
import { contact, enterpriseTag } from '../../domain/enterprises/entities.ts';
import { findingLaw } from '../../domain/findings/entities.ts';
import { legalBasis } from '../../domain/knowledge/entities.ts';
import { visitPurpose } from '../../domain/visits/entities.ts';
import { act } from '../../services/context.ts';
import { getEnterprise, updateEnterprise } from '../../services/enterprises/index.ts';
import { getFinding, updateFinding } from '../../services/findings/index.ts';
import { getRecord, setMembers, updateRecord } from '../../services/records/index.ts';
import { answerItem, getVisit, setVisitMembers, startVisit, updateVisit } from '../../services/visits/index.ts';
import { getProject, saveProject } from '../../services/workspace/index.ts';
import { openDesk, type TestDesk } from '../support/register-import.ts';
import { makeEnterprises, makeFinding } from '../support/town.ts';

let t: TestDesk;
let id: string;
beforeAll(async () => {
  t = await openDesk();
  id = (await makeEnterprises(t.ctx, { 甲厂: { signName: '旧店招' } }))['甲厂'] as string;
});
afterAll(async () => {
  await t.close();
});

const changed = (field: string, words: string, now: unknown) => ({
  data: {
    problems: [
      { code: 'CHANGED_MEANWHILE', field, severity: 'error', sentence: expect.stringContaining(words) as string, now },
    ],
  },
});

test('the second of two windows is told what the first stored, by whom, and stores nothing; asked again it does', async () => {
  const seen = { signName: '旧店招' };
  await updateEnterprise(t.ctx, id, { signName: '甲的店招' }, seen);
  const second = updateEnterprise(t.ctx, id, { signName: '乙的店招' }, seen);
  await expect(second).rejects.toMatchObject(changed('signName', '改为“甲的店招”', '甲的店招'));
  await expect(second).rejects.toThrow(t.ctx.operator().name);
  expect((await getEnterprise(t.ctx, id)).values.signName).toBe('甲的店招');
  await updateEnterprise(t.ctx, id, { signName: '乙的店招' }, { signName: '甲的店招' });
  await updateEnterprise(t.ctx, id, { signName: '丙的店招' });
  expect((await getEnterprise(t.ctx, id)).values.signName).toBe('丙的店招');
});

test('other fields, equal values and blanks are no conflict', async () => {
  await updateEnterprise(t.ctx, id, { address: '一号' }, { address: null });
  await updateEnterprise(t.ctx, id, { address: '一号' }, { address: '' });
  await updateEnterprise(t.ctx, id, { employees: 12 }, { employees: null, address: '早已不是' });
  await updateEnterprise(t.ctx, id, { address: '二号 ' }, { address: '一号' });
});

test('plain records, findings and inspections ask the same', async () => {
  const row = (
    await act(
      t.ctx,
      't',
      'form',
      async (tx) => await tx.insert(contact, { enterpriseId: id, name: '张三', isPrimary: true } as never),
    )
  ).value;
  await expect(updateRecord(t.ctx, 'contact', row.id, { name: '李四' }, { name: '王五' })).rejects.toMatchObject(
    changed('name', '张三', '张三'),
  );
  // A flag is one value, however it is written.
  await updateRecord(t.ctx, 'contact', row.id, { isPrimary: false }, { isPrimary: true });
  expect((await getRecord(t.ctx, 'contact', row.id)).values).toMatchObject({ name: '张三', isPrimary: false });
  const finding = await makeFinding(t.ctx, id, '2026-11-01', null);
  await expect(
    updateFinding(t.ctx, finding, { location: '东墙' }, undefined, { location: '西墙' }),
  ).rejects.toMatchObject(changed('location', '空白', null));
  expect((await getFinding(t.ctx, finding)).values.location).toBeNull();
  const visit = await startVisit(t.ctx, { enterpriseId: id, purposes: ['routine'], date: t.ctx.today() } as never);
  await expect(updateVisit(t.ctx, visit.id, { summary: '乙' }, { summary: '甲' })).rejects.toMatchObject({
    data: { problems: [{ code: 'CHANGED_MEANWHILE' }] },
  });
});

test('of a set what each window added or took out is done, and what the other did stays', async () => {
  const tags = async () =>
    (await t.ctx.store.read.find(enterpriseTag, { enterpriseId: id })).map((row) => row.tag).sort();
  const put = (members: string[], seen?: string[]) => setMembers(t.ctx, 'enterpriseTag', id, members, seen);
  await put(['甲', '乙']);
  const seen = ['甲', '乙'];
  // One window adds, the other takes out, a third knows of neither.
  await put(['甲', '乙', '丙'], seen);
  await put(['乙'], seen);
  expect(await tags()).toEqual(['丙', '乙']);
  await put(['甲', '乙', '丁'], seen);
  expect(await tags()).toEqual(['丁', '丙', '乙']);
  await put(['乙']);
  expect(await tags()).toEqual(['乙']);
});

test('laws of a finding, purposes of a visit and what a project covers keep what another window did to them', async () => {
  const [one, two, three] = (await t.ctx.store.read.find(legalBasis, {})).map((row) => row.id) as [
    string,
    string,
    string,
  ];
  const issue = await makeFinding(t.ctx, id, '2026-11-02', null);
  const laws = async () =>
    (await t.ctx.store.read.find(findingLaw, { findingId: issue })).map((row) => row.legalBasisId);
  await updateFinding(t.ctx, issue, {}, [one]);
  await updateFinding(t.ctx, issue, {}, [one, two], undefined, [one]);
  await updateFinding(t.ctx, issue, {}, [three], undefined, [one]);
  expect((await laws()).sort()).toEqual([two, three].sort());

  const visit = await startVisit(t.ctx, { enterpriseId: id, purposes: ['routine'], date: t.ctx.today() } as never);
  const purposes = async () =>
    (await t.ctx.store.read.find(visitPurpose, { visitId: visit.id })).map((row) => row.purpose);
  await setVisitMembers(t.ctx, visit.id, 'purposes', ['routine', 'consultation'], ['routine']);
  await setVisitMembers(t.ctx, visit.id, 'purposes', ['routine', 'special'], ['routine']);
  expect((await purposes()).sort()).toEqual(['consultation', 'routine', 'special']);
  const all = ['consultation', 'routine', 'special'];
  await setVisitMembers(t.ctx, visit.id, 'purposes', ['routine'], all);
  // What one window took out and the other kept is out; none at all is refused.
  await expect(setVisitMembers(t.ctx, visit.id, 'purposes', ['special'], all)).rejects.toThrow('至少要留一项');
  expect(await purposes()).toEqual(['routine']);
});

test('an answer that another window gave meanwhile is told, and stays until it is given again', async () => {
  const visit = await startVisit(t.ctx, { enterpriseId: id, purposes: ['routine'], date: t.ctx.today() } as never);
  const [item] = (await getVisit(t.ctx, visit.id)).items;
  const answer = (result: string, seen?: string) =>
    answerItem(t.ctx, visit.id, item?.id ?? '', result, undefined, seen);
  const now = async () => (await getVisit(t.ctx, visit.id)).items[0]?.result;
  await answer('nonconforming', 'unchecked');
  await expect(answer('conforming', 'unchecked')).rejects.toMatchObject(changed('result', '不符合', 'nonconforming'));
  expect(await now()).toBe('nonconforming');
  await answer('conforming', 'nonconforming');
  expect(await now()).toBe('conforming');
});

test('a project that two windows change keeps the fields of both; its client is gone over only when told', async () => {
  const project: { id: string | null } = { id: null };
  const name = (clientName: string, values: object, seen?: object) =>
    saveProject(t.ctx, { id: project.id, values, clientName, objectKinds: [], areaIds: [], seen } as never);
  project.id = (await name('甲镇', { name: '旧名', startDate: '2026-01-01', endDate: '2026-12-31' })).id;
  const shown = async () => ({ ...(await getProject(t.ctx, project.id ?? '')), id: undefined });
  const seen = await shown();
  await name('乙镇', { name: '旧名' }, seen);
  // Untouched here, the client stays; what both touched is told.
  await name('甲镇', { name: '新名' }, seen);
  expect(await shown()).toMatchObject({ clientName: '乙镇', values: { name: '新名' } });
  await expect(name('丙镇', { name: '新名' }, seen)).rejects.toThrow('乙镇');
  expect((await shown()).clientName).toBe('乙镇');
});
