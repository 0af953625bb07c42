// Events of the state machines through one door: what its table does not have is refused in words, and no other way leads to a state.
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { finding, findingStep, rectificationNotice, verification } from '../../domain/findings/entities.ts';
import { metaOf } from '../../domain/dictionary/field.ts';
import { eventOf } from '../../domain/dictionary/workflow.ts';
import { round, roundTarget } from '../../domain/rounds/entities.ts';
import { training, trainingAttendance } from '../../domain/training/entities.ts';
import { visit } from '../../domain/visits/entities.ts';
import { entityNamed } from '../../domain/entities.ts';
import { WORKFLOWS } from '../../domain/workflows.ts';
import { addAttachment } from '../../services/attachments/index.ts';
import { changesOfAction } from '../../db/index.ts';
import { serviceProject } from '../../domain/projects/entities.ts';
import { act as inAction, type Context } from '../../services/context.ts';
import { createFinding, noticeFile } from '../../services/findings/index.ts';
import { undoAction } from '../../services/history/index.ts';
import { createRecord, updateRecord } from '../../services/records/index.ts';
import { createRound } from '../../services/rounds/index.ts';
import { answerRest, startVisit } from '../../services/visits/index.ts';
import { closeWorkers } from '../../services/workers/index.ts';
import { act, allowed, offered } from '../../services/workflow/index.ts';
import { addRow, setRow } from '../../services/writing/index.ts';
import { insertAny } from '../support/any-row.ts';
import { openDesk, type TestDesk } from '../support/register-import.ts';
import { makeEnterprises } from '../support/town.ts';

let t: TestDesk;
let ctx: Context;
let enterpriseId: string;
let count = 0;
// One workspace for all: every test has an enterprise of its own.
beforeAll(async () => {
  t = await openDesk();
  ctx = t.ctx;
});
beforeEach(async () => {
  count += 1;
  const made = await makeEnterprises(ctx, { [`上海第${count}汽修有限公司`]: { objectKind: 'car_repair' } });
  enterpriseId = Object.values(made)[0] ?? '';
});
afterAll(async () => {
  await t.close();
  await closeWorkers();
});

const says = (words: string | RegExp, ...codes: string[]) => ({
  code: 'REFUSED',
  data: {
    sentence: expect.stringMatching(words) as string,
    ...(codes.length > 0 && { missing: codes.map((code) => expect.objectContaining({ code }) as unknown) }),
  },
});
const events = async (kind: string, id: string): Promise<string[]> =>
  (await allowed(ctx, kind, id)).map((event) => event.event);
const asRole = (role: string): Context => ({ ...ctx, operator: () => ({ ...ctx.operator(), role }) });

async function aRound(startDate = '2026-11-01'): Promise<string> {
  const base = { scopeRule: 'custom', baseRoundId: null, filter: null, no: null };
  return (
    await createRound(ctx, { ...base, startDate, endDate: '2026-12-31', enterpriseIds: [enterpriseId], name: '一轮' })
  ).id;
}
async function aFinding(values: Record<string, string> = {}): Promise<string> {
  const words = { description: '废漆桶露天堆放在门口', measure: '移入危废间', responsiblePerson: '王建国' };
  const rest = { category: 'hazardous_waste', handlingClass: 'immediate', photoExemption: 'other' };
  return (await createFinding(ctx, { enterpriseId, foundDate: '2026-11-10', ...words, ...rest, ...values }, [])).id;
}
const aTraining = async (date = '2026-11-10'): Promise<string> =>
  (await createRecord(ctx, 'training', { title: '危废培训', date, kind: 'general', mode: 'on_site' })).id;
async function aVisit(): Promise<string> {
  const { id } = await startVisit(ctx, { enterpriseId, roundTargetId: null, purposes: ['routine'] });
  await answerRest(ctx, id, null, 'conforming');
  return id;
}
const anyOf: Readonly<Record<string, () => Promise<string>>> = {
  round: async () => await aRound(),
  visit: aVisit,
  finding: async () => await aFinding(),
  training: async () => await aTraining(),
  rectificationNotice: async () => {
    const { made } = await act(ctx, 'finding', [await aFinding()], 'issue');
    return made[0]?.id ?? '';
  },
};

/** A record of any kind: made its own way, or from the dictionary alone. */
const someOf = async (name: string): Promise<string> =>
  (await anyOf[name]?.()) ??
  (await inAction(ctx, '测试', 'form', async (tx) => await insertAny(tx, entityNamed(name), {}))).value;

describe.each([...WORKFLOWS.keys()])('%s', (name) => {
  const kind = WORKFLOWS.get(name);
  if (!kind) throw new Error(name);
  const { workflow } = kind;
  const state = async (id: string): Promise<unknown> =>
    ((await ctx.store.read.get(kind, id)) as Record<string, unknown> | null)?.[workflow.state];

  test('no state is set by writing the record, by its form or by name of its kind: neither changed nor made', async () => {
    const id = await someOf(name);
    const before = await state(id);
    const schema = kind.fields[workflow.state];
    const refusal = says('状态不能直接填写', 'STATE_BY_EVENT');
    for (const other of workflow.states.ids.filter((one) => one !== before)) {
      const values = { [workflow.state]: other };
      await expect(updateRecord(ctx, name as never, id, values), other).rejects.toMatchObject(refusal);
      await expect(setRow(ctx, name, id, values), other).rejects.toMatchObject(refusal);
    }
    for (const other of workflow.states.ids.filter((one) => one !== (schema && metaOf(schema).initial))) {
      const values = { [workflow.state]: other };
      await expect(createRecord(ctx, name as never, values), other).rejects.toMatchObject(refusal);
      await expect(addRow(ctx, name, values), other).rejects.toMatchObject(refusal);
    }
    expect(await state(id)).toBe(before);
  });

  test(
    'an event that the table does not have from the state is refused in words that say what can be done, and ' +
      'so is one that it does not know',
    async () => {
      const id = await someOf(name);
      const now = String(await state(id));
      const log = await ctx.store.read.state();
      for (const [event, definition] of Object.entries(workflow.events)) {
        if (definition.from.includes(now) || definition.through) continue;
        await expect(act(ctx, name, [id], event), event).rejects.toMatchObject(says(/\p{Script=Han}{4}/u, 'STATE'));
      }
      await expect(act(ctx, name, [id], 'explode')).rejects.toMatchObject(says('没有“explode”这一事项', 'STATE'));
      expect(await ctx.store.read.state()).toBe(log);
    },
  );

  test('what is offered is what the table has, and a value that an event does not ask for is refused', async () => {
    const id = await someOf(name);
    const now = String(await state(id));
    for (const event of await allowed(ctx, name, id)) {
      const definition = eventOf(workflow, event.event);
      expect(definition?.from.includes(now) || event.through !== null, event.event).toBe(true);
      await expect(act(ctx, name, [id], event.event, { nonsense: 1 }), event.event).rejects.toMatchObject(
        says('不填 nonsense', 'UNKNOWN_FIELD'),
      );
    }
  });
});

test('a record in the bin, or none, has no events; a kind without states says so', async () => {
  await expect(allowed(ctx, 'contact', enterpriseId)).rejects.toMatchObject(says('没有流转状态'));
  await expect(act(ctx, 'round', [enterpriseId], 'start')).rejects.toMatchObject({ code: 'NOT_FOUND' });
  const id = await aTraining();
  await inAction(ctx, '移除', 'form', async (tx) => {
    await tx.remove(training, id);
  });
  await expect(act(ctx, 'training', [id], 'hold')).rejects.toMatchObject({ code: 'NOT_FOUND' });
  expect([await events('training', id), await events('training', enterpriseId)]).toEqual([[], []]);
});

test(
  'a round goes on step by step; it finishes when nothing is left, and a finished one goes back only by name ' +
    'and with a reason',
  async () => {
    const id = await aRound('2026-12-01');
    const state = async () => (await ctx.store.read.get(round, id))?.state;
    expect([await state(), await events('round', id)]).toEqual(['planned', ['start']]);
    await act(ctx, 'round', [id], 'start');
    await expect(act(ctx, 'round', [id], 'finish')).rejects.toMatchObject(says('现在可以“转入核对”', 'STATE'));
    await act(ctx, 'round', [id], 'review');
    await expect(act(ctx, 'round', [id], 'finish')).rejects.toMatchObject(says('还有 1 家.*待查 1', 'TARGETS'));
    expect((await allowed(ctx, 'round', id)).find((e) => e.event === 'finish')?.missing).toHaveLength(1);
    const target = await ctx.store.read.first(roundTarget, { roundId: id });
    await act(ctx, 'roundTarget', [target?.id ?? ''], 'skip', { skipReason: 'closed' });
    await act(ctx, 'round', [id], 'finish');
    expect([await state(), await events('round', id)]).toEqual(['finished', ['reopen']]);
    await expect(act(ctx, 'round', [id], 'reopen')).rejects.toMatchObject(says('请写明为何重新打开', 'REASON'));
    const { actionId } = await act(ctx, 'round', [id], 'reopen', { reason: '漏查一家' });
    expect(await ctx.store.read.sqlOne('SELECT name FROM action_log WHERE id = ?', [actionId])).toEqual({
      name: '重新打开轮次（漏查一家）',
    });
    expect(await state()).toBe('reviewing');
    await undoAction(ctx, actionId);
    expect(await state()).toBe('finished');
  },
);

test(
  'a visit ends, is signed or refused, locked by the leader; its signature is taken back with a reason and ' +
    'nothing of it stays',
  async () => {
    const id = await aVisit();
    const row = async () => await ctx.store.read.get(visit, id);
    await expect(act(ctx, 'visit', [id], 'sign', { signerName: '王建国' })).rejects.toMatchObject(says('请先结束检查'));
    await expect(act(ctx, 'visit', [id], 'finish')).rejects.toMatchObject(says('请选择检查结果', 'OUTCOME'));
    await expect(act(ctx, 'visit', [id], 'finish', { outcome: 'flown' })).rejects.toMatchObject(
      says('请从列出的选项里选'),
    );
    await act(ctx, 'visit', [id], 'finish', { outcome: 'completed' });
    await expect(act(ctx, 'visit', [id], 'sign', { signerName: '王建国' })).rejects.toMatchObject(
      says('还没有登记企业是否同意本次服务', 'CONSENT'),
    );
    await act(ctx, 'visit', [id], 'consent', { consent: 'agreed', consentBy: '王建国' });
    await expect(act(ctx, 'visit', [id], 'sign')).rejects.toMatchObject(says('请填写签字人姓名', 'SIGNER_NAME'));
    await expect(act(ctx, 'visit', [id], 'sign', { refusedSign: true })).rejects.toMatchObject(
      says('请写明拒签原因', 'REFUSED_SIGN_REASON'),
    );
    await act(ctx, 'visit', [id], 'sign', { signerName: ' 王建国 ', refusedSignReason: '不该留下' });
    expect(await row()).toMatchObject({
      state: 'signed',
      signerName: '王建国',
      refusedSign: false,
      signedDate: t.desk.today(),
    });
    expect([(await row())?.refusedSignReason, (await row())?.signedContentHash?.length]).toEqual([null, 64]);
    await expect(act(asRole('inspector'), 'visit', [id], 'lock')).rejects.toMatchObject(says('由项目经理办理', 'ROLE'));
    await act(asRole('leader'), 'visit', [id], 'lock');
    await expect(act(ctx, 'visit', [id], 'unsign', { reason: '写错' })).rejects.toMatchObject(says('已锁定'));
    await act(asRole('leader'), 'visit', [id], 'unlock', { reason: '更正' });
    await act(ctx, 'visit', [id], 'unsign', { reason: '位置写错' });
    expect(await row()).toMatchObject({
      state: 'recorded',
      outcome: 'completed',
      signerName: null,
      signedContentHash: null,
    });
  },
);

test(
  'a training is held not before its day, archived only with sign-in, material and summary, and every step ' +
    'back has its name',
  async () => {
    const later = await aTraining('2026-12-24');
    await expect(act(ctx, 'training', [later], 'hold')).rejects.toMatchObject(says('还没有到', 'DATE_FUTURE'));
    const id = await aTraining();
    for (const [event, values] of [
      ['notify', {}],
      ['withdraw', {}],
      ['hold', {}],
      ['unhold', { reason: '登记错场次' }],
      ['hold', {}],
      ['summarise', { summary: '到会四十家', satisfaction: '4.6' }],
    ] as const)
      await act(ctx, 'training', [id], event, values);
    expect(await ctx.store.read.get(training, id)).toMatchObject({
      state: 'summarised',
      summary: '到会四十家',
      satisfaction: '4.6',
    });
    await expect(act(ctx, 'training', [id], 'archive')).rejects.toMatchObject(says('签到', 'SIGN_IN', 'MATERIALS'));
    await inAction(ctx, '签到', 'form', async (tx) => {
      await tx.insert(trainingAttendance, { trainingId: id, enterpriseId, personName: '王建国' });
    });
    const file = { name: '签到表.txt', bytes: new TextEncoder().encode('签到') };
    await addAttachment(ctx, { ownerEntity: 'training', ownerId: id, kind: 'material', ...file });
    await act(ctx, 'training', [id], 'archive');
    expect(await events('training', id)).toEqual(['reopen']);
  },
);

test(
  'issuing by event makes one notice per enterprise with its paper; it is acknowledged, cleared when all is ' +
    'closed, and taken back by name',
  async () => {
    const ids = [await aFinding(), await aFinding({ description: '雨水口积泥没有清理' })];
    const { made, actionId } = await act(ctx, 'finding', ids, 'issue');
    expect(made).toHaveLength(1);
    const id = made[0]?.id ?? '';
    const state = async () => (await ctx.store.read.get(rectificationNotice, id))?.state;
    expect((await noticeFile(ctx, id)).bytes.length).toBeGreaterThan(1000);
    await expect(act(ctx, 'rectificationNotice', [id], 'clear')).rejects.toMatchObject(says('请先登记签收'));
    await act(ctx, 'rectificationNotice', [id], 'acknowledge', { signerName: '王建国', deliveredBy: 'on_site' });
    expect(await ctx.store.read.get(rectificationNotice, id)).toMatchObject({ deliveredDate: t.desk.today() });
    await expect(act(ctx, 'rectificationNotice', [id], 'clear')).rejects.toMatchObject(
      says('还有 2 项', 'OPEN_FINDINGS'),
    );
    await act(ctx, 'finding', ids, 'fix_on_site', { evidence: '已移入危废间并清理' });
    await act(ctx, 'rectificationNotice', [id], 'clear');
    await act(ctx, 'rectificationNotice', [id], 'reopen', { reason: '复查反弹' });
    await act(ctx, 'rectificationNotice', [id], 'unacknowledge', { reason: '签收人写错' });
    expect([await state(), (await ctx.store.read.get(rectificationNotice, id))?.signerName]).toEqual(['issued', null]);
    expect(actionId).toBeTruthy();
  },
);

test('one event on several findings happens to all or to none, and the refusal says which', async () => {
  const [one, other] = [await aFinding(), await aFinding({ measure: '' })];
  const { no } = (await ctx.store.read.get(finding, other)) ?? { no: '' };
  await expect(act(ctx, 'finding', [one, other], 'issue')).rejects.toMatchObject(
    says(`^${no}：请填写整改措施$`, 'MEASURE'),
  );
  expect((await ctx.store.read.get(finding, one))?.status).toBe('draft');
});

test(
  'an event on several rows leaves out those that refuse, named with their sentence; each of the others has its entry in the ' +
    'log, and one undo takes all back',
  async () => {
    const ids = await Promise.all(['一', '二', '三'].map((n) => aFinding({ description: `第${n}只桶露天堆放` })));
    const draft = await aFinding({ measure: '' });
    const state = async () =>
      await Promise.all([...ids, draft].map(async (id) => (await ctx.store.read.get(finding, id))?.status));
    const { no } = (await ctx.store.read.get(finding, draft)) ?? { no: '' };
    const { actionId, left } = await act(ctx, 'finding', [...ids, draft], 'issue', {}, { each: true });
    expect(left).toEqual([{ id: draft, name: no, sentence: '请填写整改措施' }]);
    expect(await state()).toEqual(['open', 'open', 'open', 'draft']);
    const changes = await changesOfAction(ctx.store.read, actionId);
    for (const id of ids)
      expect(
        changes.filter((change) => change.entity === 'findingStep' && change.fields.some((f) => f.after === id)),
        id,
      ).toHaveLength(1);
    await undoAction(ctx, actionId);
    expect(await state()).toEqual(['draft', 'draft', 'draft', 'draft']);
    await expect(act(ctx, 'finding', [draft, draft], 'issue', {}, { each: true })).rejects.toMatchObject(
      says('请填写整改措施', 'LEFT_OUT', 'LEFT_OUT'),
    );
  },
);

test('what a row had written before it refused is taken back alone, and the others stay', async () => {
  const dates = { startDate: '2026-01-01', endDate: '2026-12-31' };
  const project = await inAction(
    ctx,
    '项目',
    'form',
    async (tx) => await tx.insert(serviceProject, { name: '年度服务', ...dates, secondPersonVerifies: true }),
  );
  const two: Context = { ...ctx, projectId: () => project.value.id };
  const { id: visitId } = await startVisit(two, { enterpriseId, roundTargetId: null, purposes: ['routine'] });
  const [seen, other] = [await aFinding({ visitId }), await aFinding()];
  await act(two, 'finding', [seen, other], 'issue');
  const given = { method: 'on_site', comment: '已移入危废间' };
  const { left } = await act(two, 'finding', [seen, other], 'verify_pass', given, { each: true });
  expect(left.map(({ id, sentence }) => [id, sentence])).toEqual([
    [seen, '本项目要求复核人与检查人不同，请换一位复核'],
  ]);
  const steps = await ctx.store.read.find(findingStep, { findingId: seen });
  expect(steps.map((step) => step.event).sort()).toEqual(['issue', 'record']);
  expect((await ctx.store.read.get(finding, other))?.status).toBe('closed');
});

test('what is offered for several rows is what at least one may have; what differs among them stands in no field', async () => {
  const [one, other] = [await aTraining(), await aTraining()];
  await act(ctx, 'training', [one], 'hold');
  expect((await offered(ctx, 'training', [one, other])).map((e) => [e.event, e.possible])).toEqual([
    ['notify', 1],
    ['hold', 1],
    ['summarise', 1],
    ['unhold', 1],
  ]);
  await inAction(ctx, '总结', 'form', async (tx) => await tx.update(training, one, { summary: '甲' }));
  await act(ctx, 'training', [other], 'hold');
  const summarise = (await offered(ctx, 'training', [one, other])).find((e) => e.event === 'summarise');
  expect(summarise?.asks.map((ask) => [ask.field, ask.initial])).toEqual([
    ['summary', null],
    ['questions', null],
    ['improvements', null],
    ['satisfaction', null],
  ]);
});

test('a target of a round is left out with a reason and tried again three times; what a visit found is no event by hand', async () => {
  const roundId = await aRound();
  const target = await ctx.store.read.first(roundTarget, { roundId });
  const id = target?.id ?? '';
  await expect(act(ctx, 'roundTarget', [id], 'visit')).rejects.toMatchObject(says('检查结束时自动记下', 'STATE'));
  await expect(act(ctx, 'roundTarget', [id], 'skip')).rejects.toMatchObject(says('请选择不查的原因', 'SKIP_REASON'));
  await expect(act(ctx, 'roundTarget', [id], 'skip', { skipReason: 'other' })).rejects.toMatchObject(
    says('请写明说明'),
  );
  await act(ctx, 'roundTarget', [id], 'skip', { skipReason: 'relocated', skipNote: '村居告知' });
  await act(ctx, 'roundTarget', [id], 'retry');
  const row = async () => await ctx.store.read.get(roundTarget, id);
  expect(await row()).toMatchObject({ status: 'pending', skipReason: null, skipNote: null });
  for (const n of [1, 2, 3]) {
    const saved = await startVisit(ctx, { enterpriseId, roundTargetId: id, purposes: ['routine'] });
    await act(ctx, 'visit', [saved.id], 'finish', { outcome: 'closed_door' });
    expect(await row()).toMatchObject({ status: 'closed_door', attempts: n });
    if (n < 3) await act(ctx, 'roundTarget', [id], 'retry');
  }
  await expect(act(ctx, 'roundTarget', [id], 'retry')).rejects.toMatchObject(says('已去过 3 次', 'RETRIES'));
});

test(
  'a finding that is seen done before anybody reported is reported and verified in one action; a partial ' +
    'verification sends back',
  async () => {
    const id = await aFinding();
    await act(ctx, 'finding', [id], 'issue', { date: '2026-11-11' });
    const passed = await act(ctx, 'finding', [id], 'verify_pass', {
      date: '2026-11-12',
      method: 'on_site',
      comment: '已移入危废间',
    });
    const steps = async () =>
      (await ctx.store.read.find(findingStep, { findingId: id })).map((step) => step.event).sort();
    expect([(await ctx.store.read.get(finding, id))?.status, await steps()]).toEqual([
      'closed',
      ['issue', 'record', 'report', 'verify_pass'],
    ]);
    await undoAction(ctx, passed.actionId);
    expect([(await ctx.store.read.get(finding, id))?.status, await steps()]).toEqual(['open', ['issue', 'record']]);
    await act(ctx, 'finding', [id], 'report', { date: '2026-11-12', evidence: '已清理' });
    await act(ctx, 'finding', [id], 'verify_fail', { date: '2026-11-13', result: 'partial', comment: '后门还有两只' });
    expect(await ctx.store.read.find(verification, { findingId: id })).toMatchObject([
      { result: 'partial', comment: '后门还有两只' },
    ]);
    expect((await ctx.store.read.get(finding, id))?.status).toBe('in_progress');
  },
);

test('who may not verify may not close, suspend, void, extend or reopen either; a village officer issues no notice', async () => {
  const village = asRole('village_officer');
  const id = await aFinding();
  await expect(act(village, 'finding', [id], 'issue')).rejects.toMatchObject(says('换一位使用人', 'ROLE'));
  await act(ctx, 'finding', [id], 'issue');
  const more = { reason: '设备未到', approver: '李所长', deadline: '2026-12-20' };
  for (const [event, values] of [
    ['fix_on_site', { evidence: '已清理干净' }],
    ['suspend', { reason: '停产搬迁' }],
    ['void', { reason: '重复登记', approver: '李所长' }],
    ['extend', more],
    ['transfer', { reason: '设备未到', approver: '李所长' }],
  ] as const)
    await expect(act(village, 'finding', [id], event, values), event).rejects.toMatchObject(
      says('村居人员', 'VILLAGE'),
    );
  await act(village, 'finding', [id], 'report', { evidence: '企业已清理' });
  await expect(act(village, 'finding', [id], 'verify_pass')).rejects.toMatchObject(says('村居人员核销', 'VILLAGE'));
  await act(ctx, 'finding', [id], 'verify_pass', { comment: '已移入危废间' });
  await expect(act(village, 'finding', [id], 'reopen', more)).rejects.toMatchObject(says('村居人员', 'VILLAGE'));
});

test('a verification on documents without photo or words is refused; nothing is written of it', async () => {
  const id = await aFinding();
  await act(ctx, 'finding', [id], 'issue', { date: '2026-11-11' });
  await expect(act(ctx, 'finding', [id], 'verify_pass', { method: 'documents' })).rejects.toMatchObject({
    code: 'REFUSED',
  });
  await act(ctx, 'finding', [id], 'report', { evidence: '企业来电说已清理' });
  await expect(act(ctx, 'finding', [id], 'verify_pass', { method: 'documents' })).rejects.toMatchObject(
    says('复核通过要有依据', 'EVIDENCE'),
  );
  expect(await ctx.store.read.find(verification, { findingId: id })).toEqual([]);
  await act(ctx, 'finding', [id], 'verify_pass', { method: 'documents', comment: '转移联单已核对' });
  const steps = await ctx.store.read.find(findingStep, { findingId: id });
  expect(steps.map((one) => one.evidence).filter(Boolean)).toEqual(['企业来电说已清理']);
});
