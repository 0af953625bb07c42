// Places of an enterprise on its findings; what is proposed as a repeat, and that a person decides; what the village may close.
import { afterEach, beforeEach, expect, test } from 'vitest';
import { enterprisePlace } from '../../domain/enterprises/entities.ts';
import { placeKindOf } from '../../domain/enterprises/places.ts';
import { serviceProject } from '../../domain/projects/entities.ts';
import { act, type Context } from '../../services/context.ts';
import { createFinding, getFinding, issueNotice, updateFinding } from '../../services/findings/index.ts';
import { referenceOptions, createRecord, setMembers } from '../../services/records/index.ts';
import { figuresBy } from '../../services/statistics/index.ts';
import { getEnterprise } from '../../services/enterprises/index.ts';
import { allowed } from '../../services/workflow/index.ts';
import { staff } from '../../domain/identity/entities.ts';
import { drill } from '../../contract/statistics.ts';
import { openDesk, type TestDesk } from '../support/register-import.ts';
import { makeEnterprises } from '../support/town.ts';

let t: TestDesk;
let own = '';
let other = '';
beforeEach(async () => {
  t = await openDesk();
  const made = await makeEnterprises(t.ctx, { 上海甲有限公司: {}, 上海乙有限公司: {} });
  [own, other] = [made['上海甲有限公司'] ?? '', made['上海乙有限公司'] ?? ''];
});
afterEach(async () => {
  await t.close();
});

const itemOf = async (where: string): Promise<string> =>
  (
    await t.ctx.store.read.sqlOne<{ id: string }>(
      `SELECT id FROM checklist_item WHERE ${where} ORDER BY code LIMIT 1`,
      [],
    )
  )?.id ?? '';
const place = async (enterpriseId: string, name: string): Promise<string> =>
  (await createRecord(t.ctx, 'enterprisePlace', { enterpriseId, name, kind: placeKindOf(name) })).id;
/** A finding that counts. */
async function found(day: string, values: Record<string, string | null>): Promise<string> {
  const { id } = await createFinding(
    t.ctx,
    {
      enterpriseId: own,
      foundDate: day,
      category: 'hazardous_waste',
      handlingClass: 'immediate',
      description: '废漆桶露天堆放在门口',
      measure: '移入危废间',
      responsiblePerson: '王建国',
      photoExemption: 'other',
      proposedDeadline: day,
      ...values,
    },
    [],
  );
  await issueNotice(t.ctx, { enterpriseId: own, visitId: null, findingIds: [id], kind: 'advice', replyDate: null });
  return id;
}

test('the name of a place tells its kind', () => {
  const kinds = ['一号车间', 'DA001 排气筒', '废水处理站', '危废暂存间', '厂区道路', '前台'].map(placeKindOf);
  expect(kinds).toEqual(['workshop', 'outlet', 'facility', 'store', 'shared', 'other']);
});

test('a finding takes a place of its own enterprise; others are neither offered nor taken', async () => {
  const here = await place(own, '一号车间');
  const there = await place(other, '二号车间');
  const offer = { target: 'enterprisePlace', text: '', level: null, parentId: own, limit: 10 } as const;
  expect((await referenceOptions(t.ctx, offer)).map((o) => [o.id, o.detail])).toEqual([[here, '车间']]);
  const id = await found('2026-11-02', { placeId: here });
  expect((await getFinding(t.ctx, id)).names.placeId).toBe('一号车间');
  await expect(updateFinding(t.ctx, id, { placeId: there }, undefined)).rejects.toThrow('从这家企业的位置里选');
  expect((await getEnterprise(t.ctx, own)).counts[enterprisePlace.name]).toBe(1);
});

test('a repeat is proposed by enterprise, item and place, words only order; a person decides and takes it back', async () => {
  const item = await itemOf('1 = 1');
  const [store, paint] = [await place(own, '危废暂存间'), await place(own, '喷漆房')];
  const of = { checklistItemId: item };
  const elsewhere = await found('2026-03-01', { ...of, placeId: paint });
  const nowhere = await found('2026-04-01', of);
  const alike = await found('2026-05-01', { ...of, placeId: store });
  const unlike = await found('2026-06-01', { ...of, placeId: store, description: '台账缺少出库的签字记录' });
  const last = await found('2026-11-02', { ...of, placeId: store });
  const { earlier } = await getFinding(t.ctx, last);
  expect(earlier.likely.map((one) => [one.id, one.samePlace])).toEqual([
    [alike, true],
    [unlike, true],
    [nowhere, false],
  ]);
  expect(earlier.others.map((one) => one.id)).toEqual([elsewhere]);
  expect((await getFinding(t.ctx, last)).recurrence).toBeNull();
  await updateFinding(t.ctx, last, { recurrenceOfId: alike }, undefined);
  expect((await getFinding(t.ctx, last)).recurrence).toMatchObject({ id: alike, foundDate: '2026-05-01' });
  await expect(updateFinding(t.ctx, alike, { recurrenceOfId: last }, undefined)).rejects.toThrow('更早的另一个问题');
  await updateFinding(t.ctx, last, { recurrenceOfId: null }, undefined);
  expect((await getFinding(t.ctx, last)).recurrence).toBeNull();
});

const asVillage = (): Context => ({
  ...t.ctx,
  operator: () => ({ ...t.ctx.operator(), name: '村干部', role: 'village_officer' }),
});

test('the village closes what its project lets it close, and only items marked for it', async () => {
  const [simple, hard] = [await itemOf('village_may_verify = 1'), await itemOf('village_may_verify = 0')];
  const day = '2026-11-02';
  const [easy, heavy] = [await found(day, { checklistItemId: simple }), await found(day, { checklistItemId: hard })];
  const obstacles = async (id: string) =>
    (await allowed(asVillage(), 'finding', id)).find((e) => e.event === 'fix_on_site')?.missing.map((m) => m.code);
  expect(await obstacles(easy)).toContain('VILLAGE');
  const { value: project } = await act(t.ctx, '设置', 'form', async (tx) => {
    const period = { startDate: '2026-01-01', endDate: '2026-12-31' };
    return await tx.insert(serviceProject, { name: '华漕镇环保管家', ...period, ownVillageMayClose: true });
  });
  await t.desk.setProject(project.id);
  expect(await obstacles(easy)).not.toContain('VILLAGE');
  expect(await obstacles(heavy)).toContain('VILLAGE');
});

test('the people who work with an enterprise are set on its page and split the figures', async () => {
  const person = await act(
    t.ctx,
    '人员',
    'form',
    async (tx) => await tx.insert(staff, { name: '陆一鸣', role: 'inspector' }),
  );
  await setMembers(t.ctx, 'enterpriseTeam', own, [person.value.id]);
  const { scope } = drill.parse({
    scope: { from: '2026-01-01', to: '2026-11-18', asOf: '2026-11-18' },
    figure: 'foundCount',
  });
  const table = await figuresBy(t.ctx, { scope, by: ['team'], figures: ['inScopeEnterprises'] } as never);
  expect(JSON.stringify(table)).toContain('陆一鸣');
});
