// The history says values as forms do.
import { expect, test } from 'vitest';
import { serviceProject } from '../../domain/projects/entities.ts';
import { act } from '../../services/context.ts';
import { historyOf } from '../../services/history/index.ts';
import { openDesk } from '../support/register-import.ts';

test('an amount of money in the history is in yuan, not a hundred times as much', async () => {
  const t = await openDesk();
  const { value: id } = await act(t.ctx, '新增项目', 'form', async (tx) => (await tx.insert(serviceProject, { name: '华漕', startDate: '2026-01-01', endDate: '2026-12-31', contractAmount: 30_000_000 })).id);
  await act(t.ctx, '修改项目', 'form', async (tx) => await tx.update(serviceProject, id, { contractAmount: 45_000_050 }));
  const [change] = await historyOf(t.ctx, id, false, 10);
  expect(change?.fields).toEqual([expect.objectContaining({ label: '合同金额', before: '300,000 元', after: '450,000.50 元' })]);
  await t.close();
});
