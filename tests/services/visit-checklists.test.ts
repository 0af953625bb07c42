// The checklists of a visit are all that apply; items that the file rules out are named with the reason; answers are scored.
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createRecord } from '../../services/records/index.ts';
import { verifySection } from '../../services/enterprises/index.ts';
import {
  applicabilityIn,
  factsIn,
  getChecklist,
  listArticles,
  listChecklists,
} from '../../services/knowledge/index.ts';
import { answerItem, answerRest, getVisit, startVisit } from '../../services/visits/index.ts';
import { openDesk, type TestDesk } from '../support/register-import.ts';
import { makeEnterprises } from '../support/town.ts';

/** Only asked where an authority inspects (domain reference 8.1). */
const OF_THE_AUTHORITY = ['GEN-10-04'];

let t: TestDesk;
let own = '';
let visitId = '';
beforeEach(async () => {
  t = await openDesk();
  const made = await makeEnterprises(t.ctx, { 上海甲有限公司: { objectKind: 'industrial' } });
  own = made['上海甲有限公司'] ?? '';
  ({ id: visitId } = await startVisit(t.ctx, {
    enterpriseId: own,
    roundTargetId: null,
    date: '2026-11-10',
    purposes: ['routine'],
  }));
});
afterEach(async () => {
  await t.close();
});

test('all three checklists of an industrial enterprise, and every item of them listed or left out with a reason', async () => {
  const page = await getVisit(t.ctx, visitId);
  expect(page.checklists.map((list) => list.code)).toEqual(['general', 'hazardous-waste-room', 'vocs-special']);
  const lists = (await listChecklists(t.ctx)).filter((list) => page.checklists.some((own) => own.id === list.id));
  const all = lists.reduce((sum, list) => sum + list.items, 0);
  expect(page.items.length + page.leftOut.length).toBe(all);
  expect(page.leftOut.every((item) => item.reason !== '')).toBe(true);
  // Nothing is known of the file: nothing is hidden by it, what is open is marked. A service visit scores no cooperation.
  expect(page.leftOut.map((item) => item.code)).toEqual(OF_THE_AUTHORITY);
  expect(page.items.find((item) => item.code === 'GEN-02-01')?.unknownFacts).toEqual(['属排污许可名录（含登记管理）']);
  expect(page.items.some((item) => item.code.startsWith('VOC-') && item.unknownFacts.length > 0)).toBe(true);
});

test('what the file rules out is left out by reason, stays out of answering the rest, and can be taken in', async () => {
  await createRecord(t.ctx, 'permit', { enterpriseId: own, managementClass: 'not_required' });
  await createRecord(t.ctx, 'emergencyPlan', { enterpriseId: own, required: 'no' });
  const page = await getVisit(t.ctx, visitId);
  const out = page.leftOut.find((item) => item.code === 'GEN-02-01');
  expect(out?.reason).toBe('按档案不适用：没有“属排污许可名录（含登记管理）”');
  expect(new Set(page.leftOut.map((item) => item.reason)).size).toBeGreaterThan(1);
  const { answered } = await answerRest(t.ctx, visitId, null, 'conforming');
  expect(answered).toBe(page.items.length);
  await answerItem(t.ctx, visitId, out?.id ?? '', 'unchecked', undefined);
  const again = await getVisit(t.ctx, visitId);
  expect(again.items.find((item) => item.code === 'GEN-02-01')?.result).toBe('unchecked');
  expect(again.leftOut.some((item) => item.code === 'GEN-02-01')).toBe(false);
});

test('a verified part of the file lets what is missing there mean no, part by part', async () => {
  const codes = async () => (await getVisit(t.ctx, visitId)).leftOut.map((item) => item.code);
  expect(await codes()).toEqual(OF_THE_AUTHORITY);
  await verifySection(t.ctx, own, 'formalities', '');
  const formal = await codes();
  expect(formal).toContain('GEN-02-01');
  await verifySection(t.ctx, own, 'waste', '');
  const waste = (await codes()).filter((code) => code.startsWith('HWR-'));
  expect(waste.length).toBeGreaterThan(formal.filter((code) => code.startsWith('HWR-')).length);
});

test('answers are scored by checklist, with the level of the rule; the knowledge page says how', async () => {
  expect((await getVisit(t.ctx, visitId)).scores).toEqual([]);
  await answerRest(t.ctx, visitId, null, 'conforming');
  const [first, ...others] = (await getVisit(t.ctx, visitId)).scores;
  expect(first).toMatchObject({ rate: '100.0%', levelName: '较好', provisional: false });
  expect(others).toHaveLength(2);
  const general = (await listChecklists(t.ctx)).find((list) => list.code === 'general');
  const { scoring, aspects } = await getChecklist(t.ctx, general?.id ?? '');
  expect(scoring.join()).toContain('得分率');
  const items = aspects.flatMap((aspect) => aspect.items);
  expect(new Set(items.map((item) => item.villageMayVerify))).toEqual(new Set([true, false]));
});

test('an article of a repealed law names what stands in its place', async () => {
  const found = await listArticles(t.ctx, null, '固体废物污染环境防治法 77', '2026-11-10', { offset: 0, limit: 50 });
  const old = found.rows.find((row) => row.code === 'law-solid-2020#77');
  expect(old?.warning).toContain('废止');
  expect(old?.replacedBy.map((now) => now.code)).toEqual(['code-eco-2026#531']);
  expect(old?.replacedBy[0]?.warning).toBeNull();
});

test('facts are read from every section of the file: limits below their outlet, choices by their label', async () => {
  const facts = async (...ids: string[]) => {
    const judge = await applicabilityIn(t.ctx.store.read, t.ctx.resources, own);
    return ids.map((id) => judge({ all: [id] }).applies);
  };
  const asked = ['wastewater.toxic', 'outlet.wastewater', 'drain.household', 'facility.adsorption'];
  expect(await facts(...asked)).toEqual([null, null, null, null]);
  const outletId = (
    await createRecord(t.ctx, 'outlet', {
      enterpriseId: own,
      code: 'DW001',
      medium: 'wastewater',
      destination: 'municipal_sewer',
    })
  ).id;
  await createRecord(t.ctx, 'outletLimit', { outletId, pollutant: '六价铬', high: '0.5', unit: 'mg_L' });
  const facility = { enterpriseId: own, medium: 'air', name: '吸附箱', processName: '二级活性炭吸附' };
  await createRecord(t.ctx, 'treatmentFacility', facility);
  expect(await facts(...asked)).toEqual([true, true, true, true]);
  // A receptor is named by its label in the content, and by how far it is.
  const [near] = (await factsIn(t.ctx.resources)).filter((fact) =>
    fact.sources.some((source) => /住宅.* within 200 m/.test(source.condition)),
  );
  const house = { enterpriseId: own, name: '住宅', kind: 'housing' };
  await createRecord(t.ctx, 'sensitiveReceptor', { ...house, distanceM: 260 });
  expect(await facts(String(near?.id))).toEqual([null]);
  await createRecord(t.ctx, 'sensitiveReceptor', { ...house, name: '学校旁住宅', distanceM: 120 });
  expect(await facts(String(near?.id))).toEqual([true]);
});
