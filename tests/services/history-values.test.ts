// The history says values as forms do.
import { expect, test } from 'vitest';
import { serviceProject } from '../../domain/projects/entities.ts';
import { act } from '../../services/context.ts';
import { updateEnterprise } from '../../services/enterprises/index.ts';
import { historyOf, listActions, undoAction } from '../../services/history/index.ts';
import { finding, findingStepPrev } from '../../domain/findings/entities.ts';
import { ENTITIES } from '../../domain/entities.ts';
import { fieldsOf } from '../../domain/dictionary/entity.ts';
import { addAttachment } from '../../services/attachments/index.ts';
import { timelineOf } from '../../services/enterprises/index.ts';
import { createRecord } from '../../services/records/index.ts';
import { bring, onFile, openDesk, sheet } from '../support/register-import.ts';
import { makeEnterprises, makeFinding } from '../support/town.ts';

test('an amount of money in the history is in yuan, not a hundred times as much', async () => {
  const t = await openDesk();
  const { value: id } = await act(
    t.ctx,
    '新增项目',
    'form',
    async (tx) =>
      (
        await tx.insert(serviceProject, {
          name: '华漕',
          startDate: '2026-01-01',
          endDate: '2026-12-31',
          contractAmount: 30_000_000,
        })
      ).id,
  );
  await act(
    t.ctx,
    '修改项目',
    'form',
    async (tx) => await tx.update(serviceProject, id, { contractAmount: 45_000_050 }),
  );
  const [change] = await historyOf(t.ctx, id, false, 10);
  expect(change?.fields).toEqual([
    expect.objectContaining({ label: '合同金额', before: '300,000 元', after: '450,000.50 元' }),
  ]);
  await t.close();
});

test('the log of actions says whose file an action wrote; one of many files names none; an undo can be taken back', async () => {
  const t = await openDesk();
  await bring(t.ctx, [
    sheet([
      ['企业名称', '街镇'],
      ['上海甲机械有限公司', '华漕镇'],
      ['上海乙塑料有限公司', '华漕镇'],
    ]),
  ]);
  const [a] = await onFile(t.ctx);
  const id = String(a?.id);
  const { actionId } = await updateEnterprise(t.ctx, id, { employees: 12 });
  await createRecord(t.ctx, 'contact', { enterpriseId: id, name: '王建国' });
  expect((await listActions(t.ctx, 3)).map((action) => [action.name, action.about?.name])).toEqual([
    ['新增联系人', '上海甲机械有限公司'],
    ['修改企业', '上海甲机械有限公司'],
    ['导入名册 名册.xlsx', undefined],
  ]);
  const employees = async () => (await onFile(t.ctx))[0]?.employees;
  const undo = await undoAction(t.ctx, actionId);
  expect(await employees()).toBeNull();
  await undoAction(t.ctx, undo.actionId);
  expect(await employees()).toBe(12);
  expect(
    (await listActions(t.ctx, 4)).map((action) => [action.name, action.undone, action.restored, action.isUndo]),
  ).toEqual([
    ['恢复：修改企业', false, false, false],
    ['撤销：修改企业', true, false, true],
    ['新增联系人', false, false, false],
    ['修改企业', true, true, false],
  ]);
  await t.close();
});

test('the history of a closed finding speaks to people: labels, no ids, no hashes, no format of a file, no word twice', async () => {
  const t = await openDesk();
  const { 甲厂: enterpriseId = '' } = await makeEnterprises(t.ctx, { 甲厂: {} });
  const id = await makeFinding(t.ctx, enterpriseId, '2024-11-08', '2024-11-20', [
    { event: 'report', from: 'open', to: 'submitted', date: '2024-11-15' },
    { event: 'verify_pass', from: 'submitted', to: 'closed', date: '2024-11-18' },
  ]);
  const bytes = Buffer.from('%PDF-1.4 report');
  await addAttachment(t.ctx, { ownerEntity: 'finding', ownerId: id, bytes, name: '整改报告.pdf', kind: 'document' });
  await act(t.ctx, '改描述', 'form', async (tx) => await tx.update(finding, id, { description: '废漆桶已入库' }));
  expect(await t.ctx.store.read.find(findingStepPrev, {})).not.toEqual([]);
  for (const asked of [id, enterpriseId]) {
    const changes = await historyOf(t.ctx, asked, true, 200);
    const words = changes.flatMap((c) => [
      c.rowTitle,
      ...c.fields.flatMap((f) => [f.label, f.before ?? '', f.after ?? '']),
    ]);
    expect(
      words.filter((word) => /[0-9a-f]{32}|[0-9a-f]{8}-[0-9a-f]{4}-|[a-z]+_[a-z]+|application\/|^finding$/.test(word)),
    ).toEqual([]);
    expect(words.join('|')).toContain('复核通过，销号');
    for (const { rowTitle, kind, fields } of changes.filter((c) => c.kind === 'create'))
      expect(
        fields.filter((f) => rowTitle !== '' && f.after === rowTitle),
        `${kind} ${rowTitle}`,
      ).toEqual([]);
  }
  const [edit] = await historyOf(t.ctx, id, false, 1);
  expect(edit?.fields).toEqual([
    { field: 'description', label: '问题', before: '废漆桶露天堆放', after: '废漆桶已入库' },
  ]);
  const told = (await timelineOf(t.ctx, enterpriseId, { offset: 0, limit: 50 })).rows;
  expect(told.map((line) => line.day)).toContain('2024-11-18');
  expect(told.every((line) => /^\d{4}-\d{2}-\d{2}$/.test(line.day))).toBe(true);
  await t.close();
});

test('fields that hold a hash or a key are kept out of the history, whatever kind they are of', () => {
  const hidden = ENTITIES.flatMap((entity) =>
    fieldsOf(entity).filter(({ name }) => /sha256|fingerprint|signingKey|certificate$/i.test(name)),
  );
  expect(hidden.length).toBeGreaterThan(4);
  expect(hidden.filter(({ meta }) => !meta.inner).map(({ name }) => name)).toEqual([]);
});

test('of one part of a file its changes are told, however many others came after them', async () => {
  const t = await openDesk();
  const { 甲厂: id = '' } = await makeEnterprises(t.ctx, { 甲厂: {} });
  await createRecord(t.ctx, 'contact', { enterpriseId: id, name: '张三' });
  for (const signName of ['一', '二', '三']) await updateEnterprise(t.ctx, id, { signName });
  const [last] = await historyOf(t.ctx, id, true, 1, ['contact']);
  expect([last?.entity, last?.rowTitle]).toEqual(['contact', '张三']);
  await t.close();
});
