// Visits as services: consent before a signature, findings beside officers are theirs, a notice in the client's name
// needs the client's consent, and a notice that is printed again says what has come of it.
import { afterEach, beforeEach, expect, test } from 'vitest';
import { noticePhotos } from '../../domain/attachments/shown.ts';
import { finding, rectificationNotice } from '../../domain/findings/entities.ts';
import { serviceProject } from '../../domain/projects/entities.ts';
import { addAttachment, listAttachments } from '../../services/attachments/index.ts';
import { act as inAction } from '../../services/context.ts';
import { createFinding, issueNotice, noticeFile } from '../../services/findings/index.ts';
import { basisOn } from '../../services/knowledge/index.ts';
import { answerItem, getVisit, recordFile, startVisit, updateVisit } from '../../services/visits/index.ts';
import { closeWorkers } from '../../services/workers/index.ts';
import { act } from '../../services/workflow/index.ts';
import { openDocx, tables, textOf } from '../support/docx.ts';
import { listed } from '../support/listed.ts';
import { testPhoto } from '../support/photos.ts';
import { reportRequest } from '../../contract/reports.ts';
import { reportText, type ReportFigures } from '../../domain/reports/index.ts';
import { updateOffice } from '../../services/workspace/index.ts';
import { archivedBytes, issueReport, previewReport } from '../../services/reports/index.ts';
import { openDesk, type TestDesk } from '../support/register-import.ts';
import { makeEnterprises } from '../support/town.ts';

let t: TestDesk;
let enterpriseId: string;
beforeEach(async () => {
  t = await openDesk();
  const made = await makeEnterprises(t.ctx, { 上海绿屏汽车修理有限公司: { objectKind: 'car_repair' } });
  enterpriseId = made['上海绿屏汽车修理有限公司'] ?? '';
});
afterEach(async () => {
  await t.close();
  await closeWorkers();
});

const refusal = (sentence: string) => ({
  code: 'REFUSED',
  data: { sentence: expect.stringContaining(sentence) as unknown },
});
const aFinding = async (more: Record<string, string> = {}): Promise<string> => {
  const words = { description: '废漆桶露天堆放在门口', measure: '建议移入危废间', responsiblePerson: '王建国' };
  const rest = { category: 'hazardous_waste', handlingClass: 'immediate', photoExemption: 'other' };
  return (await createFinding(t.ctx, { enterpriseId, ...words, ...rest, ...more }, [])).id;
};
const file = async (ownerEntity: 'finding' | 'serviceProject', ownerId: string, kind: string, name: string) =>
  (
    await addAttachment(t.ctx, {
      ownerEntity,
      ownerId,
      bytes: await testPhoto(800, 600, { text: name }),
      name: `${name}.jpg`,
      kind: kind as 'photo_before',
      caption: name,
      originalId: null,
    })
  ).id;

test('beside officers: no notice, in no count, on a list of its own; the record says whose inspection it is', async () => {
  const { id: visitId } = await startVisit(t.ctx, {
    enterpriseId,
    roundTargetId: null,
    purposes: ['special'],
    nature: 'assist',
  });
  const [item] = (await getVisit(t.ctx, visitId)).items;
  const { findingId } = await answerItem(t.ctx, visitId, item?.id ?? '', 'nonconforming', null);
  expect((await t.ctx.store.read.get(finding, findingId ?? ''))?.owner).toBe('authority');
  const request = { enterpriseId, visitId, findingIds: [findingId ?? ''], kind: 'advice' as const, replyDate: null };
  await expect(issueNotice(t.ctx, request)).rejects.toMatchObject(refusal('归执法机关处理'));
  expect((await listed(t.ctx, 'finding', 'counted')).rows).toEqual([]);
  expect((await listed(t.ctx, 'finding', 'owner=authority')).rows).toHaveLength(1);
  // What is left open stays theirs, and nothing stands in the way of the end.
  await act(t.ctx, 'visit', [visitId], 'finish', { outcome: 'completed' });
  const text = textOf((await openDocx((await recordFile(t.ctx, visitId)).bytes)).body);
  expect(text).toContain('环保管家协助执法记录');
  expect(text).toContain('以执法机关的文书为准');
  expect(text).not.toContain('建议完成时间');
});

test('how an inspection is received is rated beside officers alone', async () => {
  const codes = async (nature: 'service' | 'assist'): Promise<string[]> => {
    const date = nature === 'service' ? '2026-11-16' : '2026-11-17';
    const checklistIds = (
      await t.ctx.store.read.sql<{ id: string }>("SELECT id FROM checklist WHERE code = 'general'")
    ).map((row) => row.id);
    const given = { enterpriseId, roundTargetId: null, purposes: ['routine'], checklistIds, date, nature };
    const page = await getVisit(t.ctx, (await startVisit(t.ctx, given)).id);
    return page.items.map((one) => one.code);
  };
  expect(await codes('service')).not.toContain('GEN-10-04');
  expect(await codes('assist')).toContain('GEN-10-04');
});

test('a declined service is an outcome without blame; consent by agreement needs its paper', async () => {
  const { id } = await startVisit(t.ctx, { enterpriseId, roundTargetId: null, purposes: ['routine'] });
  await expect(act(t.ctx, 'visit', [id], 'consent', { consent: 'standing' })).rejects.toMatchObject(
    refusal('请附上约定了服务的协议'),
  );
  await expect(act(t.ctx, 'visit', [id], 'consent', { consent: 'agreed' })).rejects.toMatchObject(
    refusal('请填写企业由谁同意'),
  );
  await act(t.ctx, 'visit', [id], 'consent', { consent: 'refused', cardLeft: true });
  await expect(act(t.ctx, 'visit', [id], 'finish', { outcome: 'completed' })).rejects.toMatchObject(
    refusal('企业谢绝了本次服务'),
  );
  await act(t.ctx, 'visit', [id], 'finish', { outcome: 'refused' });
});

test('the record prints what was noted, and leaves room for the pen where nothing was', async () => {
  const { id } = await startVisit(t.ctx, { enterpriseId, roundTargetId: null, purposes: ['routine'] });
  const open = textOf((await openDocx((await recordFile(t.ctx, id)).bytes)).body);
  expect(open).toContain('□同意　□服务协议已约定　□谢绝');
  expect(open).toContain('汽车维修检查表（');
  expect(open).not.toContain('签到位置');
  await updateVisit(t.ctx, id, {
    checkinLongitude: '121.31',
    checkinLatitude: '31.02',
    openingTalk: '说明来意',
    productionLoad: 70,
    wasteStock: '0.8',
    facilityState: 'normal',
    enterpriseOpinion: '无异议',
  });
  await act(t.ctx, 'visit', [id], 'consent', { consent: 'agreed', consentBy: '王建国', consentAt: '2026-11-18 09:20' });
  const rows = tables((await openDocx((await recordFile(t.ctx, id)).bytes)).body).flat();
  for (const [label, value] of [
    ['签到位置', '经度 121.31°，纬度 31.02°'],
    ['首次沟通', '说明来意'],
    ['生产负荷', '70%'],
    ['危废贮存量', '0.8吨'],
    ['企业意见', '无异议'],
    ['服务同意', '企业同意（王建国，2026-11-18 09:20）'],
  ])
    expect(rows.find((row) => row[0] === label)?.[1], label).toBe(value);
  expect(rows.find((row) => row[2] === '最早贮存日期')?.[3]).toBe('');
});

test('the record says who was told of a finding, when, and what they answered', async () => {
  const { id: visitId } = await startVisit(t.ctx, { enterpriseId, roundTargetId: null, purposes: ['routine'] });
  await aFinding({ visitId, toldToName: '王建国', toldAt: '检查结束时', toldReply: '已知晓' });
  const told = tables((await openDocx((await recordFile(t.ctx, visitId)).bytes)).body).find(
    ([head]) => head?.at(-1) === '现场告知',
  );
  expect(told?.[1]?.at(-1)).toBe('王建国，检查结束时：已知晓');
});

test('after the name of the firm was corrected, the paper of the next period bears the new one, the kept one the old', async () => {
  await updateOffice(t.ctx, { name: '华漕驻点', code: 'HC', organisation: '上海某环报公司' });
  const report = async (from: string, to: string) =>
    await issueReport(t.ctx, reportRequest.parse({ kind: 'monthly_report', from, to, asOf: to }));
  const first = await report('2026-09-01', '2026-09-30');
  await updateOffice(t.ctx, { name: '华漕驻点', code: 'HC', organisation: '上海某环保公司' });
  const next = textOf((await openDocx((await report('2026-10-01', '2026-10-31')).bytes)).body);
  expect(next).toContain('上海某环保公司');
  expect(next).not.toContain('上海某环报公司');
  const kept = await archivedBytes(t.ctx, first.documentId);
  expect(textOf((await openDocx(kept.bytes)).body)).toContain('上海某环报公司');
});

test("papers, figures and the report are written in the project's word for a visit, and leave what people wrote alone", async () => {
  const project = await inAction(t.ctx, '建项目', 'form', async (tx) => {
    const days = { startDate: '2026-01-01', endDate: '2026-12-31' };
    return await tx.insert(serviceProject, { name: '走访项目', ...days, visitAct: 'call' });
  });
  await t.desk.setProject(project.value.id);
  const { id } = await startVisit(t.ctx, { enterpriseId, roundTargetId: null, purposes: ['routine'] });
  await updateVisit(t.ctx, id, { openingTalk: '上次巡查时已约定' });
  const record = textOf((await openDocx((await recordFile(t.ctx, id)).bytes)).body);
  for (const words of ['环保管家服务走访记录', '走访日期', '走访目的', '走访项', '走访人员'])
    expect(record).toContain(words);
  // What people wrote, and the items of a checklist, stay as they are.
  expect(record.replace(/上次巡查时已约定|定期巡查并及时清理更换/g, '')).not.toContain('巡查');
  const advice = { visitId: null, kind: 'advice' as const, replyDate: null };
  const { noticeId } = await issueNotice(t.ctx, { enterpriseId, findingIds: [await aFinding()], ...advice });
  const notice = textOf((await openDocx((await noticeFile(t.ctx, noticeId)).bytes)).body);
  expect(notice).toContain('开展环保管家服务走访');
  expect(notice).not.toContain('巡查');
  const period = { from: '2026-11-01', to: '2026-11-30', asOf: '2026-11-18' };
  const asked = reportRequest.parse({ kind: 'monthly_report', ...period });
  const figures = (await previewReport(t.ctx, asked)).figures as ReportFigures;
  expect(JSON.stringify(reportText(figures))).not.toContain('巡查');
  expect(figures.figures.coverageRate?.label).toBe('走访覆盖率');
});

test("整改通知单 can't be made without the client's consent: for this notice, or for the project and the period", async () => {
  const findingId = await aFinding();
  const request = { enterpriseId, visitId: null, findingIds: [findingId], kind: 'notice' as const, replyDate: null };
  await expect(issueNotice(t.ctx, request)).rejects.toMatchObject(refusal('还差：同意人、同意日期、同意材料'));
  await expect(
    issueNotice(t.ctx, { ...request, clientConsentBy: '顾主任', clientConsentAt: '2026-11-10' }),
  ).rejects.toMatchObject(refusal('还差：同意材料'));
  expect((await t.ctx.store.read.get(finding, findingId))?.status).toBe('draft');
  const projectId = t.ctx.projectId() ?? (await aProject());
  const letter = await file('serviceProject', projectId, 'consent', '同意函');
  const during = async (noticeConsentTo: string): Promise<void> => {
    const consent = { noticeConsentBy: '顾主任', noticeConsentAt: '2026-01-06', noticeConsentFrom: '2026-01-06' };
    await inAction(t.ctx, '同意', 'form', async (tx) => {
      await tx.update(serviceProject, projectId, { ...consent, noticeConsentTo, noticeConsentAttachmentId: letter });
    });
  };
  await during('2026-10-31');
  await expect(issueNotice(t.ctx, request)).rejects.toMatchObject(refusal('还差'));
  await during('2026-12-31');
  const { noticeId } = await issueNotice(t.ctx, request);
  expect(await t.ctx.store.read.get(rectificationNotice, noticeId)).toMatchObject({
    clientConsentBy: '顾主任',
    clientConsentAt: '2026-01-06',
    clientConsentAttachmentId: letter,
  });
});

async function aProject(): Promise<string> {
  const { value } = await inAction(t.ctx, '建项目', 'form', async (tx) => {
    return await tx.insert(serviceProject, { name: '服务', startDate: '2026-01-01', endDate: '2026-12-31' });
  });
  await t.desk.setProject(value.id);
  return value.id;
}

test('a notice of a closed finding shows before and after side by side and who received it, and keeps its words', async () => {
  const findingId = await aFinding();
  await file('finding', findingId, 'photo_before', '整改前现场');
  const request = { enterpriseId, visitId: null, findingIds: [findingId], kind: 'advice' as const, replyDate: null };
  const { noticeId, document } = await issueNotice(t.ctx, request);
  expect((await noticeFile(t.ctx, noticeId)).documentId).toBe(document.documentId);
  await file('finding', findingId, 'photo_after', '整改后现场');
  await act(t.ctx, 'finding', [findingId], 'fix_on_site', { evidence: '已移入危废间并贴标签' });
  await act(t.ctx, 'rectificationNotice', [noticeId], 'acknowledge', {
    signerName: '王建国',
    deliveredBy: 'on_site',
    deliveredDate: '2026-11-18',
  });
  const again = await noticeFile(t.ctx, noticeId);
  const rows = tables((await openDocx(again.bytes)).body).flat();
  const pair = rows.find((row) => row[0] === '整改前后\n照片');
  expect([pair?.[1], pair?.[2]]).toEqual(['整改前整改前现场', '整改后整改后现场']);
  expect(rows.find((row) => row[0] === '整改情况')?.[1]).toContain('已移入危废间并贴标签');
  expect(rows.find((row) => row[0] === '签收情况')?.[1]).toContain('已签收（王建国');
  expect((await noticeFile(t.ctx, noticeId)).documentId).toBe(again.documentId);
});

test('photos on paper are those of the preview: a marked copy stands for its original', async () => {
  const findingId = await aFinding();
  await file('finding', findingId, 'photo_before', '一');
  const second = await file('finding', findingId, 'photo_before', '二');
  const bytes = await testPhoto(800, 600, { text: '圈' });
  const marked = { ownerEntity: 'finding' as const, ownerId: findingId, bytes, name: '二.jpg', caption: '二，已标注' };
  await addAttachment(t.ctx, { ...marked, kind: 'photo_before', originalId: second });
  const preview = noticePhotos(await listAttachments(t.ctx, findingId), 'before').map((photo) => photo.caption);
  expect(preview).toEqual(['一', '二，已标注']);
  const request = { enterpriseId, visitId: null, findingIds: [findingId], kind: 'advice' as const, replyDate: null };
  const docx = await openDocx((await issueNotice(t.ctx, request)).document.bytes);
  expect(docx.paths.filter((path) => path.startsWith('word/media/'))).toHaveLength(2);
  expect(textOf(docx.body)).toContain('二，已标注');
});

test('an item rests on what was in force on the day of the conduct', async () => {
  const [item] = await t.ctx.store.read.sql<{ id: string }>("SELECT id FROM checklist_item WHERE code = 'GEN-01-06'");
  const lawsOn = async (day: string): Promise<string[]> => {
    const ids = (await basisOn(t.ctx.store.read, [item?.id ?? ''], day)).get(item?.id ?? '') ?? [];
    const rows = await t.ctx.store.read.sql<{ code: string }>(
      `SELECT code FROM legal_basis WHERE id IN (SELECT value FROM json_each(?)) ORDER BY code`,
      [JSON.stringify(ids)],
    );
    return rows.map((row) => row.code);
  };
  expect(await lawsOn('2024-05-10')).toEqual(['law-ep-2014#46', 'law-solid-2020#33']);
  expect(await lawsOn('2026-11-18')).toEqual(['code-eco-2026#49']);
});
