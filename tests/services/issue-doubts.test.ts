// What issuing makes somebody look twice at is one rule: the page of a visit, the page of a finding and many at once say the same.
import { afterEach, beforeEach, expect, test } from 'vitest';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { serviceProject } from '../../domain/projects/entities.ts';
import { act as inAction } from '../../services/context.ts';
import { addAttachment } from '../../services/attachments/index.ts';
import { answerItem, getVisit, startVisit } from '../../services/visits/index.ts';
import { updateFinding } from '../../services/findings/index.ts';
import { allowed, offered } from '../../services/workflow/index.ts';
import { closeWorkers } from '../../services/workers/index.ts';
import { testPhoto } from '../support/photos.ts';
import { openDesk, type TestDesk } from '../support/register-import.ts';
import { makeEnterprises } from '../support/town.ts';

let t: TestDesk;
beforeEach(async () => {
  t = await openDesk();
});
afterEach(async () => {
  await t.close();
  await closeWorkers();
});

const repealed = `SELECT b.id FROM legal_basis b JOIN law l ON l.id = b.law_id WHERE l.repealed_date < '2026-11-01' AND b.kind <> 'penalty' LIMIT 1`;

test('a law out of force, a photo that is gone and a contract that is over are said wherever a finding is issued', async () => {
  const project = { name: '青禾镇环保管家', startDate: '2025-01-01', endDate: '2025-11-30' };
  const { value } = await inAction(t.ctx, '项目', 'form', async (tx) => await tx.insert(serviceProject, project));
  await t.desk.setProject(value.id);
  const ids = await makeEnterprises(t.ctx, { 上海甲汽车修理厂: { objectKind: 'car_repair' } });
  const enterpriseId = ids['上海甲汽车修理厂'] ?? '';
  const { id } = await startVisit(t.ctx, { enterpriseId, roundTargetId: null, purposes: ['routine'] });
  const [first, second] = (await getVisit(t.ctx, id)).items;
  const answer = async (item: string) => (await answerItem(t.ctx, id, item, 'nonconforming', null)).findingId ?? '';
  const [one, two] = [await answer(first?.id ?? ''), await answer(second?.id ?? '')];
  const law = await t.ctx.store.read.sqlOne<{ id: string }>(repealed);
  await updateFinding(t.ctx, one, { photoExemption: 'other' }, [law?.id ?? '']);
  const bytes = await testPhoto(60, 40);
  await addAttachment(t.ctx, { ownerEntity: 'finding', ownerId: two, kind: 'photo_before', bytes, name: '甲.jpg' });
  const { sha256 } = (await t.ctx.store.read.sqlOne<{ sha256: string }>('SELECT sha256 FROM attachment')) as never;
  rmSync(join(t.ctx.store.folder, 'attachments', String(sha256).slice(0, 2), String(sha256)));
  const onFinding = async (finding: string) =>
    (await allowed(t.ctx, 'finding', finding)).find((event) => event.event === 'issue')?.doubts ?? [];
  expect((await onFinding(one)).join()).toMatch(/已于 \d{4}-\d\d-\d\d 废止.*合同已经到期/);
  expect((await onFinding(two)).join()).toMatch(/1 张照片的原件不在这台电脑上.*合同已经到期/);
  const many = (await offered(t.ctx, 'finding', [one, two])).find((event) => event.event === 'issue')?.doubts ?? [];
  expect(many).toHaveLength(3);
  expect((await getVisit(t.ctx, id)).issueDoubts).toEqual(many);
});
