// A field that changed since it was shown is not gone over without a word, whichever form writes it.
import { afterAll, beforeAll, expect, test } from 'vitest';
import { contact, enterpriseTag } from '../../domain/enterprises/entities.ts';
import { act } from '../../services/context.ts';
import { getEnterprise, updateEnterprise } from '../../services/enterprises/index.ts';
import { getFinding, updateFinding } from '../../services/findings/index.ts';
import { getRecord, setMembers, updateRecord } from '../../services/records/index.ts';
import { startVisit, updateVisit } from '../../services/visits/index.ts';
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
