// What may no longer change: content that was signed for, and what a finding needed to be issued.
import { afterEach, beforeEach, expect, test } from 'vitest';
import { findingStep, findingStepPrev } from '../../domain/findings/entities.ts';
import { addFollowUp, createFinding, getFinding, issueNotice, updateFinding } from '../../services/findings/index.ts';
import {
  answerItem,
  getVisit,
  recordFile,
  setVisitMembers,
  startVisit,
  updateVisit,
} from '../../services/visits/index.ts';
import { closeWorkers } from '../../services/workers/index.ts';
import { actOnFindings, finishVisit, signVisit, unsignVisit } from '../support/events.ts';
import { openDocx, textOf } from '../support/docx.ts';
import { bring, onFile, openDesk, sheet, type TestDesk } from '../support/register-import.ts';

let t: TestDesk;
let visitId = '';
let findingId = '';
let enterprises: string[] = [];
beforeEach(async () => {
  t = await openDesk();
  await bring(t.ctx, [
    sheet([
      ['企业名称', '村居', '对象类型'],
      ['上海绿屏汽车修理有限公司', '建东村', '汽修'],
      ['上海红屏汽车修理有限公司', '建东村', '汽修'],
    ]),
  ]);
  enterprises = (await onFile(t.ctx)).map((row) => String(row.id));
  ({ id: visitId } = await startVisit(t.ctx, {
    enterpriseId: enterprises[0] ?? '',
    roundTargetId: null,
    date: '2026-11-10',
    purposes: ['routine'],
  }));
  const item = (await getVisit(t.ctx, visitId)).items[1];
  findingId = (await answerItem(t.ctx, visitId, item?.id ?? '', 'nonconforming', null)).findingId ?? '';
  await updateFinding(
    t.ctx,
    findingId,
    {
      description: '废漆桶露天堆放在门口',
      measure: '移入危废间',
      responsiblePerson: '王建国',
      photoExemption: 'other',
      handlingClass: 'deadline',
    },
    undefined,
  );
  await issueNotice(t.ctx, {
    enterpriseId: enterprises[0] ?? '',
    visitId,
    findingIds: [findingId],
    kind: 'advice',
    replyDate: null,
  });
  await finishVisit(t.ctx, visitId, 'completed');
});
afterEach(async () => {
  await t.close();
  await closeWorkers();
});

const sign = async (signerName = '王建国') =>
  await signVisit(t.ctx, visitId, { signerName, signerPost: '环保专员', refused: false, refusedReason: '' });
const update = async (values: Record<string, string | null>, laws?: string[]) =>
  await updateFinding(t.ctx, findingId, values, laws);
const printed = async (): Promise<string> => textOf((await openDocx((await recordFile(t.ctx, visitId)).bytes)).body);

test('nothing of a signed visit changes: neither its head, people, answers and outcome nor the words of its findings', async () => {
  await sign();
  const before = await t.ctx.store.read.state();
  const item = (await getVisit(t.ctx, visitId)).items[2];
  for (const [what, change] of [
    ['head', async () => await updateVisit(t.ctx, visitId, { date: '2026-11-01' })],
    ['people', async () => await setVisitMembers(t.ctx, visitId, 'staff', [])],
    ['purposes', async () => await setVisitMembers(t.ctx, visitId, 'purposes', ['special'])],
    ['answer', async () => await answerItem(t.ctx, visitId, item?.id ?? '', 'nonconforming', null)],
    ['outcome', async () => await finishVisit(t.ctx, visitId, 'closed_door')],
    ['signer', async () => await sign('赵六')],
    ['words', async () => await update({ description: '一切正常没有问题' })],
    ['place', async () => await update({ location: '后门' })],
    ['laws', async () => await update({}, [])],
    [
      'one more',
      async () =>
        await createFinding(t.ctx, { enterpriseId: enterprises[0] ?? '', visitId, description: '另一个问题描述' }, []),
    ],
  ] as const)
    await expect(change(), what).rejects.toThrow(/签/);
  expect(await t.ctx.store.read.state()).toBe(before);
  // Rectification goes on.
  await addFollowUp(t.ctx, [findingId], {
    date: '2026-11-12',
    channel: 'phone',
    content: '已联系清运',
    progressPercent: 50,
    nextDate: '2026-11-20',
  });
  await actOnFindings(t.ctx, [findingId], {
    event: 'report',
    date: '2026-11-15',
    deadline: null,
    reason: null,
    approver: null,
    evidence: '已移入危废间',
  });
  expect((await getFinding(t.ctx, findingId)).signed).toBe(true);
});

test(
  'what was signed is archived with its signer; taken back, corrected and signed anew it is another ' +
    'paper, and a change behind a signature is never printed above it',
  async () => {
    await sign();
    const archived = await t.ctx.store.read.sql(
      "SELECT version FROM generated_document WHERE kind = 'inspection_record' AND subject_id = ?",
      [visitId],
    );
    expect(archived).toEqual([{ version: 1 }]);
    await unsignVisit(t.ctx, visitId, '位置写错');
    await update({ description: '废漆桶露天堆放在后门' });
    expect(await printed()).not.toContain('王建国 环保专员');
    await sign('赵六');
    expect(await printed()).toContain('赵六');
    expect(await printed()).toContain('后门');
    // Another office's correction may come by a package after the signature, and the archived paper be in the bin.
    const change = async (sql: string) =>
      await t.ctx.store.withAction({ name: '收进', actor: '他人', source: 'test' }, async (tx) => {
        await tx.execute(sql);
      });
    await change("UPDATE finding SET description = '废漆桶已经不见了'");
    expect(await printed()).toContain('后门');
    await change("UPDATE generated_document SET deleted_at = '2026-11-18T00:00:00.000Z'");
    const changed = await printed();
    expect(changed).toContain('本件不是签字件');
    expect(changed).toContain('已经不见了');
    expect(changed).not.toContain('赵六');
  },
);

test('what an issued finding needed to be issued it keeps, where and when it was found too', async () => {
  for (const [what, values] of [
    ['responsible', { responsiblePerson: null, responsibleUnit: null }],
    ['measure', { measure: null }],
    ['photo', { photoExemption: null }],
  ] as const)
    await expect(update(values), what).rejects.toThrow('不能缺这一项');
  await expect(update({}, []), 'laws').rejects.toThrow('不能缺这一项');
  await expect(update({ foundDate: '2026-11-01' })).rejects.toThrow('开单后发现日期不能改');
  await expect(update({ foundDate: '2027-01-01' })).rejects.toThrow('不能晚于今天');
  await expect(update({ enterpriseId: enterprises[1] ?? '' })).rejects.toThrow('所属的企业不能改');
  await expect(update({ recurrenceOfId: findingId })).rejects.toThrow('更早的另一个问题');
  await expect(
    addFollowUp(t.ctx, [findingId], {
      date: '2019-01-01',
      channel: 'phone',
      content: '电话',
      progressPercent: null,
      nextDate: '2026-12-01',
    }),
  ).rejects.toThrow('不能早于发现日期');
  await update({ description: '废漆桶露天堆放在门口，共三只' });
});

test('a finding of a day to come, or of nobody, is refused in one sentence; the day of a draft moves with its first step', async () => {
  await expect(
    createFinding(
      t.ctx,
      { enterpriseId: enterprises[0] ?? '', foundDate: '2027-01-01', description: '雨水口积泥未清理' },
      [],
    ),
  ).rejects.toThrow('发现日期不能晚于今天');
  await expect(createFinding(t.ctx, { enterpriseId: 'nobody', description: '雨水口积泥未清理' }, [])).rejects.toThrow(
    '企业',
  );
  const { id } = await createFinding(
    t.ctx,
    { enterpriseId: enterprises[0] ?? '', foundDate: '2026-11-17', description: '雨水口积泥未清理' },
    [],
  );
  await updateFinding(t.ctx, id, { foundDate: '2026-11-12' }, undefined);
  expect(await t.ctx.store.read.sql('SELECT date FROM finding_step WHERE finding_id = ?', [id])).toEqual([
    { date: '2026-11-12' },
  ]);
});

test(
  'a step that does not follow from the one before, as two offices may write it, is kept and flagged in the ' +
    'story; ordinary steps are not',
  async () => {
    await addFollowUp(t.ctx, [findingId], {
      date: '2026-11-12',
      channel: 'phone',
      content: '已联系清运',
      progressPercent: 50,
      nextDate: '2026-11-20',
    });
    await actOnFindings(t.ctx, [findingId], {
      event: 'report',
      date: '2026-11-15',
      deadline: null,
      reason: null,
      approver: null,
      evidence: '已移入危废间',
    });
    const flags = async () =>
      (await getFinding(t.ctx, findingId)).events.flatMap((event) => (event.flag ? [event.flag] : []));
    expect(await flags()).toEqual([]);
    const steps = await t.ctx.store.read.find(findingStep, { findingId });
    const submitted = steps.find((step) => step.event === 'report');
    await t.ctx.store.withAction({ name: '收进', actor: '他人', source: 'test' }, async (tx) => {
      const step = (await tx.insert(findingStep, {
        findingId,
        event: 'resume',
        from: 'suspended',
        to: 'in_progress',
        date: '2026-11-14',
        at: tx.now,
        by: '他人',
        deadline: '2026-12-01',
      } as never)) as { id: string };
      await tx.insert(findingStepPrev, { stepId: step.id, prevId: submitted?.id } as never);
    });
    expect(await flags()).toEqual(['前一步不是中止，“恢复整改”接不上；日期 2026-11-14 早于前一步的 2026-11-15']);
  },
);

test('immediate to dated after issue needs a deadline first: without one it would never be overdue', async () => {
  const { id } = await createFinding(
    t.ctx,
    {
      enterpriseId: enterprises[0] ?? '',
      foundDate: '2026-11-12',
      description: '雨水口积泥未清理',
      category: 'other',
      handlingClass: 'immediate',
      measure: '清理',
      responsiblePerson: '王建国',
      photoExemption: 'other',
      proposedDeadline: null,
    },
    [],
  );
  await actOnFindings(t.ctx, [id], {
    event: 'issue',
    date: '2026-11-12',
    deadline: null,
    reason: null,
    approver: null,
    evidence: null,
  });
  await expect(updateFinding(t.ctx, id, { handlingClass: 'deadline' }, undefined)).rejects.toThrow('要有时限');
});
