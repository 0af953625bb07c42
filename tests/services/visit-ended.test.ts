// A visit that has ended is read-only until it is opened again; its times, not the clock of writing, say whether it was at night.
import { afterEach, beforeEach, expect, test } from 'vitest';
import { serviceProject } from '../../domain/projects/entities.ts';
import { act as inAction } from '../../services/context.ts';
import { actOnFindings, finishVisit, signVisit } from '../support/events.ts';
import {
  addAttachment,
  listAttachments,
  removeAttachment,
  updateAttachment,
} from '../../services/attachments/index.ts';
import { createFinding, getFinding, issueNotice, updateFinding } from '../../services/findings/index.ts';
import {
  answerItem,
  answerRest,
  getVisit,
  removeVisit,
  setVisitMembers,
  startVisit,
  updateVisit,
} from '../../services/visits/index.ts';
import { undoAction } from '../../services/history/index.ts';
import { createRecord } from '../../services/records/index.ts';
import { act, allowed } from '../../services/workflow/index.ts';
import { closeWorkers } from '../../services/workers/index.ts';
import { openDesk, type TestDesk } from '../support/register-import.ts';
import { testPhoto } from '../support/photos.ts';
import { makeEnterprises } from '../support/town.ts';

let t: TestDesk;
beforeEach(async () => {
  t = await openDesk();
});
afterEach(async () => {
  await t.close();
  await closeWorkers();
});

const said = (words: RegExp) => ({ code: 'REFUSED', data: { sentence: expect.stringMatching(words) as string } });

async function begun(date = '2026-11-18') {
  const ids = await makeEnterprises(t.ctx, { 上海甲汽车修理厂: { objectKind: 'car_repair' } });
  const enterpriseId = ids['上海甲汽车修理厂'] ?? '';
  const { id, problems } = await startVisit(t.ctx, { enterpriseId, roundTargetId: null, date, purposes: ['routine'] });
  return { enterpriseId, id, problems, items: (await getVisit(t.ctx, id)).items };
}

/** A visit with one issued finding, not ended. */
async function issued() {
  const { enterpriseId, id, items } = await begun();
  const itemId = items[0]?.id ?? '';
  const findingId = (await answerItem(t.ctx, id, itemId, 'nonconforming', null)).findingId ?? '';
  const words = { description: '废漆桶露天堆放', responsiblePerson: '王建国', photoExemption: 'other' };
  await updateFinding(t.ctx, findingId, words, undefined);
  await issueNotice(t.ctx, { enterpriseId, visitId: id, findingIds: [findingId], kind: 'advice', replyDate: null });
  return { enterpriseId, id, itemId, findingId, items };
}

test('nothing of an ended visit changes until it is opened again, which is an event with a reason', async () => {
  const { enterpriseId, id, itemId, items } = await issued();
  await finishVisit(t.ctx, id, 'completed');
  const ended = said(/这次检查已结束.*“重新打开”/);
  const other = items[1]?.id ?? '';
  for (const change of [
    () => answerItem(t.ctx, id, itemId, 'conforming', null),
    () => answerItem(t.ctx, id, other, 'conforming', null),
    () => answerRest(t.ctx, id, null, 'conforming'),
    () => updateVisit(t.ctx, id, { summary: '补写' }),
    () => setVisitMembers(t.ctx, id, 'purposes', ['special']),
    () => removeVisit(t.ctx, id),
    () => createFinding(t.ctx, { enterpriseId, visitId: id, description: '又一项问题在此', category: 'other' }, []),
  ])
    await expect(change()).rejects.toMatchObject(ended);
  expect((await getVisit(t.ctx, id)).items.find((i) => i.id === itemId)?.result).toBe('nonconforming');
  expect((await allowed(t.ctx, 'visit', id)).map((e) => e.event)).toContain('reopen');
  await expect(act(t.ctx, 'visit', [id], 'reopen')).rejects.toMatchObject(said(/请写明为何重新打开/));
  await act(t.ctx, 'visit', [id], 'reopen', { reason: '漏查一项' });
  await answerItem(t.ctx, id, other, 'conforming', null);
  await finishVisit(t.ctx, id, 'completed');
  await signVisit(t.ctx, id, { signerName: '王建国', signerPost: '', refused: false, refusedReason: '' });
  await expect(act(t.ctx, 'visit', [id], 'reopen', { reason: '再改' })).rejects.toMatchObject(said(/先撤销签字/));
});

test('no file of an ended visit comes, changes or goes, by any way, until it is opened again; its signed scan still comes', async () => {
  const { id, findingId } = await issued();
  const bytes = await testPhoto(80, 60);
  const file = (ownerEntity: string, ownerId: string, kind: string, originalId: string | null = null) =>
    addAttachment(t.ctx, { ownerEntity, ownerId, kind, originalId, bytes, name: `${kind}.jpg` });
  const [site, paper, before] = [
    (await file('visit', id, 'photo')).id,
    (await file('visit', id, 'document')).id,
    await file('finding', findingId, 'photo_before'),
  ];
  await finishVisit(t.ctx, id, 'completed');
  const ended = said(/这次检查已结束.*“重新打开”/);
  const changes = [
    () => file('visit', id, 'photo'),
    () => file('visit', id, 'document'),
    // Marks drawn on a photo are a photo of their own.
    () => file('visit', id, 'photo', site),
    () => file('finding', findingId, 'photo_before', before.id),
    ...[site, paper, before.id].flatMap((one) => [
      () => updateAttachment(t.ctx, one, { caption: '另一句' }),
      () => updateAttachment(t.ctx, one, { seq: 9 }),
      () => removeAttachment(t.ctx, one),
    ]),
    () => undoAction(t.ctx, before.actionId),
    () => createRecord(t.ctx, 'visitOfficer', { visitId: id, name: '王某', unit: '执法队' }),
  ];
  for (const change of changes) await expect(change()).rejects.toMatchObject(ended);
  expect(await listAttachments(t.ctx, id)).toHaveLength(2);
  expect((await getFinding(t.ctx, findingId)).photosSettled).toMatch(/已结束/);
  // What comes after the end: the rectification, the consent, the signed paper.
  await file('finding', findingId, 'photo_after');
  await file('visit', id, 'consent');
  await signVisit(t.ctx, id, { signerName: '王建国', signerPost: '', refused: false, refusedReason: '' });
  const scan = await file('visit', id, 'signed_paper');
  await removeAttachment(t.ctx, scan.id);
  await expect(file('visit', id, 'photo')).rejects.toMatchObject(said(/签字.*先撤销签字/));
  await act(t.ctx, 'visit', [id], 'unsign', { reason: '漏拍一张' });
  await act(t.ctx, 'visit', [id], 'reopen', { reason: '漏拍一张' });
  expect((await getFinding(t.ctx, findingId)).photosSettled).toBeNull();
  for (const change of changes.slice(0, 7)) await change();
});

test('an answer that has an issued finding changes only with it', async () => {
  const { id, itemId, findingId } = await issued();
  await expect(answerItem(t.ctx, id, itemId, 'conforming', null)).rejects.toMatchObject(said(/已开单.*“作废”/));
  expect((await getVisit(t.ctx, id)).findings).toHaveLength(1);
  await actOnFindings(t.ctx, [findingId], { event: 'void', reason: '重复登记', approver: '陈思远' });
  await answerItem(t.ctx, id, itemId, 'conforming', null);
  const page = await getVisit(t.ctx, id);
  expect([page.items.find((i) => i.id === itemId)?.result, page.findings]).toEqual(['conforming', []]);
  // Answered wrongly again, there is a finding of its own.
  expect((await answerItem(t.ctx, id, itemId, 'nonconforming', null)).findingId).not.toBe(findingId);
});

test('a visit does not end over drafts, however it ended', async () => {
  const { id, items } = await begun();
  await answerItem(t.ctx, id, items[0]?.id ?? '', 'nonconforming', null);
  for (const outcome of ['completed', 'refused'])
    await expect(finishVisit(t.ctx, id, outcome)).rejects.toMatchObject(said(/1 项问题还没有开单/));
});

test('night follows the times of the visit, whenever they were written down', async () => {
  const { id } = await begun('2026-11-10');
  const night = async (values: Record<string, string | boolean | null>) => {
    await updateVisit(t.ctx, id, values);
    return (await getVisit(t.ctx, id)).values['isNight'];
  };
  // Written down later: the clock says nothing of it.
  expect((await getVisit(t.ctx, id)).values).toMatchObject({ timeFrom: null, isNight: false });
  expect(await night({ timeFrom: '14:00', timeTo: '15:00' })).toBe(false);
  expect(await night({ timeFrom: '22:30', timeTo: '23:10' })).toBe(true);
  expect(await night({ timeFrom: '23:30', timeTo: '00:40' })).toBe(true);
  expect(await night({ timeFrom: '18:00', timeTo: '22:30' })).toBe(false);
  expect(await night({ timeFrom: '05:00', timeTo: '06:20' })).toBe(true);
  expect(await night({ timeFrom: '09:00', timeTo: '10:00', isNight: true })).toBe(true);
});

test('a visit of today that turns out to be of another day loses the clock of its writing', async () => {
  const { id } = await begun();
  expect((await getVisit(t.ctx, id)).values['timeFrom']).toMatch(/^\d\d:\d\d$/);
  await updateVisit(t.ctx, id, { date: '2026-11-10' });
  expect((await getVisit(t.ctx, id)).values).toMatchObject({ timeFrom: null, isNight: false });
});

test('a visit outside the days of its contract warns, when it is begun, on its page and when its day changes', async () => {
  const { value } = await inAction(
    t.ctx,
    '项目',
    'form',
    async (tx) =>
      await tx.insert(serviceProject, { name: '青禾镇环保管家', startDate: '2025-01-01', endDate: '2025-11-30' }),
  );
  await t.desk.setProject(value.id);
  const { id, problems } = await begun();
  const warning = {
    code: 'OUTSIDE_CONTRACT',
    severity: 'warn',
    sentence: expect.stringMatching(/合同已经到期/) as string,
  };
  expect(problems).toMatchObject([warning]);
  expect((await getVisit(t.ctx, id)).warnings).toMatchObject([warning]);
  expect((await updateVisit(t.ctx, id, { date: '2025-11-20' })).problems).toEqual([]);
});
