// The history says values as forms do.
import { expect, test } from 'vitest';
import { serviceProject } from '../../domain/projects/entities.ts';
import { act } from '../../services/context.ts';
import { updateEnterprise } from '../../services/enterprises/index.ts';
import { historyOf, listActions, undoAction } from '../../services/history/index.ts';
import { createRecord } from '../../services/records/index.ts';
import { bring, onFile, openDesk, sheet } from '../support/register-import.ts';

test('an amount of money in the history is in yuan, not a hundred times as much', async () => {
  const t = await openDesk();
  const { value: id } = await act(t.ctx, '新增项目', 'form', async (tx) => (await tx.insert(serviceProject, { name: '华漕', startDate: '2026-01-01', endDate: '2026-12-31', contractAmount: 30_000_000 })).id);
  await act(t.ctx, '修改项目', 'form', async (tx) => await tx.update(serviceProject, id, { contractAmount: 45_000_050 }));
  const [change] = await historyOf(t.ctx, id, false, 10);
  expect(change?.fields).toEqual([expect.objectContaining({ label: '合同金额', before: '300,000 元', after: '450,000.50 元' })]);
  await t.close();
});

test('the log of actions says whose file an action wrote; one of many files names none; an undo can be taken back', async () => {
  const t = await openDesk();
  await bring(t.ctx, [sheet([['企业名称', '街镇'], ['上海甲机械有限公司', '华漕镇'], ['上海乙塑料有限公司', '华漕镇']])]);
  const [a] = await onFile(t.ctx);
  const id = String(a?.id);
  const { actionId } = await updateEnterprise(t.ctx, id, { employees: 12 });
  await createRecord(t.ctx, 'contact', { enterpriseId: id, name: '王建国' });
  expect((await listActions(t.ctx, 3)).map((action) => [action.name, action.about?.name])).toEqual([
    ['新增联系人', '上海甲机械有限公司'], ['修改企业', '上海甲机械有限公司'], ['导入名册 名册.xlsx', undefined]]);
  const employees = async () => (await onFile(t.ctx))[0]?.employees;
  const undo = await undoAction(t.ctx, actionId);
  expect(await employees()).toBeNull();
  await undoAction(t.ctx, undo.actionId);
  expect(await employees()).toBe(12);
  expect((await listActions(t.ctx, 4)).map((action) => [action.name, action.undone, action.restored, action.isUndo])).toEqual([
    ['恢复：修改企业', false, false, false], ['撤销：修改企业', true, false, true], ['新增联系人', false, false, false], ['修改企业', true, true, false]]);
  await t.close();
});
