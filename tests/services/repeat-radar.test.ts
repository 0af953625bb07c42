// The radar in the product: what it proposes by item, place and words, also where the oldest is closed; how long it looks back; that a
// person's word is kept, undone and not asked for again.
import { afterEach, beforeEach, expect, test } from 'vitest';
import { enterprisePlace } from '../../domain/enterprises/entities.ts';
import { finding, repeatDecision } from '../../domain/findings/entities.ts';
import { serviceProject } from '../../domain/projects/entities.ts';
import { act } from '../../services/context.ts';
import { refreshDerived } from '../../services/derived/index.ts';
import { decideRepeat, getFinding, updateFinding, withdrawRepeat } from '../../services/findings/index.ts';
import { listPage } from '../../services/lists/index.ts';
import { verifyStore } from '../../services/maintenance/index.ts';
import { createRecord } from '../../services/records/index.ts';
import { saveProject } from '../../services/workspace/index.ts';
import { pastFinding } from '../support/past-findings.ts';
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

const item = async (code: string): Promise<string> =>
  (await t.ctx.store.read.sqlOne<{ id: string }>('SELECT id FROM checklist_item WHERE code = ?', [code]))?.id ?? '';
const place = async (name: string): Promise<string> =>
  (await createRecord(t.ctx, 'enterprisePlace', { enterpriseId: own, name, kind: 'store' })).id;
const suspectedOf = async (id: string): Promise<string | null> =>
  (await t.ctx.store.read.get(finding, id))?.suspectedRepeatOfId ?? null;

const closedOn = (found: string, closed: string) =>
  [
    ['issue', 'open', found, '2026-12-31'],
    ['verify_pass', 'closed', closed],
  ] as const;
/** A finding without a label on a drum, closed long before another one that says so in other words, under another item. */
async function twice(closed: string, foundAgain = '2026-11-02'): Promise<[earlier: string, again: string]> {
  const earlier = await pastFinding(t.ctx, own, closedOn('2026-03-01', closed), {
    checklistItemId: await item('GEN-07-04'),
    placeId: await place('危废间'),
    description: '三只废油桶上没有贴标签',
  });
  const again = await pastFinding(t.ctx, own, [['issue', 'open', foundAgain, '2026-12-31']], {
    checklistItemId: await item('HWR-04-03'),
    location: '危险废物仓库',
    description: '容器未粘贴危废标签',
  });
  return [earlier, again];
}

test('a repeat is found though the oldest is closed, the item has another number and the place another word', async () => {
  const [earlier, again] = await twice('2026-09-10');
  expect(await suspectedOf(again)).toBe(earlier);
  const { likely, others } = (await getFinding(t.ctx, again)).earlier;
  expect(likely).toMatchObject([{ id: earlier, status: 'closed', closedDate: '2026-09-10', photos: [] }]);
  expect(likely[0]?.reasons).toEqual([
    '同一类问题：危险废物标签',
    '同一位置：危险废物仓库（也写作危废间）',
    '描述都说到：危险废物标签',
  ]);
  expect(others).toEqual([]);
  const { rows } = await listPage(t.ctx, {
    kind: 'finding',
    filter: [{ is: 'suspectedRepeat' }],
    sort: null,
    columns: ['suspectedRepeatOfId'],
    page: { offset: 0, limit: 10 },
  });
  expect(rows.map((row) => row.id)).toEqual([again]);
});

test('the same at another enterprise, at another numbered place, or of a void finding is none', async () => {
  const values = { checklistItemId: await item('VOC-04-02'), description: '活性炭超过更换周期未更换' };
  const steps = [['issue', 'open', '2026-10-01', '2026-12-31']] as const;
  await pastFinding(t.ctx, other, steps, { ...values, location: '2#喷漆房' });
  await pastFinding(t.ctx, own, steps, { ...values, location: '1#喷漆房' });
  const voided = [...steps, ['void', 'voided', '2026-10-02']] as const;
  await pastFinding(t.ctx, own, voided, { ...values, location: '2#喷漆房' });
  const last = await pastFinding(t.ctx, own, [['issue', 'open', '2026-11-02', '2026-12-31']], {
    ...values,
    location: '二号喷漆房',
  });
  expect(await suspectedOf(last)).toBeNull();
});

test('closed longer ago than the project looks back it is said to have been there before; the setting changes that', async () => {
  const [earlier, again] = await twice('2026-05-01');
  expect(await suspectedOf(again)).toBeNull();
  const page = await getFinding(t.ctx, again);
  expect(page.earlier).toMatchObject({ likely: [], before: [{ id: earlier, closedDate: '2026-05-01' }], days: 90 });
  const { value: project } = await act(t.ctx, '设置', 'form', async (tx) => {
    const period = { startDate: '2026-01-01', endDate: '2026-12-31' };
    return await tx.insert(serviceProject, { name: '青禾镇环保管家', ...period });
  });
  await t.desk.setProject(project.id);
  const given = { id: project.id, clientName: null, objectKinds: [], areaIds: [] };
  await saveProject(t.ctx, { ...given, values: { repeatDays: 200 } });
  await refreshDerived(t.ctx.store);
  expect(await suspectedOf(again)).toBe(earlier);
  expect((await getFinding(t.ctx, again)).earlier).toMatchObject({ likely: [{ id: earlier }], before: [], days: 200 });
});

test('that it is none is kept with who and when, not asked again whatever is written after, and can be undone', async () => {
  const [earlier, again] = await twice('2026-09-10');
  const { actionId } = await decideRepeat(t.ctx, { id: again, earlierId: earlier, decision: 'not_repeat' });
  expect(await suspectedOf(again)).toBeNull();
  await updateFinding(t.ctx, again, { description: '三只废油桶上没有贴标签' }, undefined);
  expect(await suspectedOf(again)).toBeNull();
  const page = await getFinding(t.ctx, again);
  expect(page.recurrence).toBeNull();
  expect(page.earlier.likely).toEqual([]);
  expect(page.earlier.decisions).toMatchObject([
    { earlierId: earlier, decision: 'not_repeat', byName: t.ctx.operator().name, date: t.ctx.today() },
  ]);
  expect(page.earlier.decisions[0]?.reasons).toContain('危险废物标签');
  await t.ctx.store.undo(actionId ?? '', '周敏');
  expect(await suspectedOf(again)).toBe(earlier);
});

test('that it is one counts as a repeat, and is taken back with its decision, here or on the finding itself', async () => {
  const [earlier, again] = await twice('2026-09-10');
  const repeat = { id: again, earlierId: earlier, decision: 'repeat' } as const;
  await decideRepeat(t.ctx, repeat);
  const { recurrence, earlier: seen } = await getFinding(t.ctx, again);
  expect([recurrence?.id, await suspectedOf(again)]).toEqual([earlier, null]);
  await withdrawRepeat(t.ctx, seen.decisions[0]?.id ?? '');
  expect((await getFinding(t.ctx, again)).recurrence).toBeNull();
  expect(await suspectedOf(again)).toBe(earlier);
  await decideRepeat(t.ctx, repeat);
  await updateFinding(t.ctx, again, { recurrenceOfId: null }, undefined);
  expect((await getFinding(t.ctx, again)).earlier.decisions).toEqual([]);
  await updateFinding(t.ctx, again, { recurrenceOfId: earlier }, undefined);
  expect((await getFinding(t.ctx, again)).earlier.decisions).toMatchObject([{ decision: 'repeat' }]);
  expect((await verifyStore(t.ctx)).problems).toEqual([]);
});

test('a word on a pair that is none is refused: of another enterprise, found later, or void', async () => {
  const [earlier, again] = await twice('2026-09-10');
  const decision = 'repeat';
  await expect(decideRepeat(t.ctx, { id: earlier, earlierId: again, decision })).rejects.toThrow('更早的另一个问题');
  const there = await pastFinding(t.ctx, other, [['issue', 'open', '2026-01-01', '2026-12-31']]);
  await expect(decideRepeat(t.ctx, { id: again, earlierId: there, decision })).rejects.toThrow('更早的另一个问题');
  expect(await t.ctx.store.read.find(repeatDecision, {})).toEqual([]);
});

test('a place that gets another name is looked at anew', async () => {
  const [earlier, again] = await twice('2026-09-10');
  const here = await t.ctx.store.read.first(enterprisePlace, { enterpriseId: own });
  await act(t.ctx, '改名', 'form', async (tx) => {
    await tx.update(enterprisePlace, here?.id ?? '', { name: '三车间暂存点' });
  });
  expect([earlier, await suspectedOf(again)]).toEqual([earlier, null]);
});
