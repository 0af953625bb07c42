// What changed with the enterprises, with the state before it, summed up; and the days that people spent.
import { afterEach, beforeEach, expect, test } from 'vitest';
import { complaint } from '../../domain/complaints/entities.ts';
import { label, statusHistory } from '../../domain/enterprises/entities.ts';
import { reportText, type ReportFigures } from '../../domain/reports/index.ts';
import { staff } from '../../domain/identity/entities.ts';
import { training } from '../../domain/training/entities.ts';
import { visit, visitStaff } from '../../domain/visits/entities.ts';
import { act } from '../../services/context.ts';
import { reportFigures } from '../../services/reports/figures.ts';
import { closeWorkers } from '../../services/workers/index.ts';
import { bring, onFile, openDesk, sheet, type TestDesk } from '../support/register-import.ts';
import { makeEnterprises } from '../support/town.ts';

let t: TestDesk;
beforeEach(async () => {
  t = await openDesk();
});
afterEach(async () => {
  await t.close();
  await closeWorkers();
});

const QUARTER = ['quarterly_report', '2026-10-01', '2026-12-31'] as const;
const MONTH = ['monthly_report', '2026-11-01', '2026-11-30'] as const;
const figuresOf = async ([kind, from, to]: typeof QUARTER | typeof MONTH): Promise<ReportFigures> =>
  await reportFigures(t.ctx, { kind, from, to, asOf: t.ctx.today(), objectKinds: [], plan: [] });
const table = (figures: ReportFigures, id: string) => {
  const found = reportText(figures).find((block) => block.type === 'table' && block.id === id);
  return found?.type === 'table' ? found : null;
};

test("the next year's list of a client turns 在产 into 停产: the change has both states", async () => {
  const rows = (state: string) => [
    sheet([
      ['企业名称', '是否在产'],
      ['上海甲有限公司', '在产'],
      ['上海乙有限公司', state],
    ]),
  ];
  await bring(t.ctx, rows('在产'));
  await bring(t.ctx, rows('停产'));
  expect(await onFile(t.ctx)).toHaveLength(2);
  const figures = await figuresOf(MONTH);
  expect(figures.statusChanges).toMatchObject([{ enterprise: '上海乙有限公司', from: '在产', to: '停产' }]);
  expect(table(figures, 'statusChangeCounts')?.rows).toEqual([['经营状态', '在产', '停产', '1', '1']]);
});

test('labels that were assessed anew are told with the grade before, summed up beside the year; a first grade is no change', async () => {
  const ids = await makeEnterprises(t.ctx, { 上海甲有限公司: {}, 上海乙有限公司: {}, 上海丙有限公司: {} });
  await act(t.ctx, '评定', 'form', async (tx) => {
    const graded = async (name: string, value: 'A' | 'B' | 'C', assessedDate: string): Promise<void> => {
      const enterpriseId = ids[name] ?? '';
      await tx.insert(label, { enterpriseId, system: 'management_grade', value, assessedDate });
    };
    await graded('上海甲有限公司', 'C', '2025-05-01');
    await graded('上海甲有限公司', 'B', '2026-11-02');
    await graded('上海乙有限公司', 'C', '2025-05-01');
    await graded('上海乙有限公司', 'B', '2026-03-02');
    await graded('上海丙有限公司', 'A', '2026-11-02');
  });
  const figures = await figuresOf(QUARTER);
  expect(figures.labelChanges).toMatchObject([
    { enterprise: '上海甲有限公司', what: '环保管理等级', from: 'C', to: 'B' },
  ]);
  const counts = table(figures, 'labelChangeCounts');
  expect(counts?.columns.slice(3).map(({ heading }) => heading)).toEqual(['本季度（家次）', '本年（家次）']);
  expect(counts?.rows).toEqual([['环保管理等级', 'C', 'B', '1', '2']]);
});

test('a long list of changes stands in the annex, the text says how many there are', async () => {
  const names = Array.from({ length: 120 }, (_, n) => `上海第${n}有限公司`);
  const ids = await makeEnterprises(t.ctx, Object.fromEntries(names.map((name) => [name, {}])));
  await act(t.ctx, '停产', 'form', async (tx) => {
    for (const name of names)
      await tx.insert(statusHistory, { enterpriseId: ids[name] ?? '', status: 'suspended', date: '2026-11-03' });
  });
  const blocks = reportText(await figuresOf(MONTH));
  const signature = blocks.findIndex((block) => block.type === 'paragraph' && block.role === 'date');
  const list = blocks.findIndex((block) => block.type === 'table' && block.id === 'statusChanges');
  expect(list).toBeGreaterThan(signature);
  // None of them is left out.
  expect((blocks[list] as unknown as { rows: unknown[] }).rows).toHaveLength(120);
  const said = JSON.stringify(blocks.slice(0, signature));
  expect(said).toContain('2026年11月的120家次变化逐一列在附件“企业经营状态变化清单”');
  expect(said).toContain('附件：1.问题清单　2.企业经营状态变化清单');
});

test('person-days: one person on one day counts once, over visits, trainings and complaints', async () => {
  const ids = await makeEnterprises(t.ctx, { 上海甲有限公司: {}, 上海乙有限公司: {} });
  const [first = '', second = ''] = Object.values(ids);
  await act(t.ctx, '工作', 'form', async (tx) => {
    const person = async (name: string): Promise<string> =>
      (await tx.insert(staff, { name, role: 'inspector' } as never)).id;
    const [li, wang] = [await person('李工'), await person('王工')];
    const visited = async (enterpriseId: string, date: string, outcome: string | null, ...who: string[]) => {
      const no = await tx.nextNumber('visit', date);
      const { id } = await tx.insert(visit, { no, enterpriseId, date, outcome } as never);
      for (const staffId of who) await tx.insert(visitStaff, { visitId: id, staffId });
    };
    await visited(first, '2026-11-03', 'completed', li, wang);
    await visited(second, '2026-11-03', 'partial', li);
    await visited(first, '2026-11-04', null, li);
    await visited(first, '2026-03-04', 'completed', wang);
    await tx.insert(training, { title: '危废', state: 'held', date: '2026-11-10', trainer: '李工、外聘专家' } as never);
    await tx.insert(complaint, {
      no: 'X1',
      content: '异味',
      receivedDate: '2026-11-02',
      handlerId: wang,
      surveyDate: '2026-11-03',
      answeredDate: '2026-11-06',
      state: 'assigned',
    } as never);
  });
  const figures = await figuresOf(MONTH);
  // 李工: the 3rd and the 10th; 王工: the 3rd and the 6th, and a day in March.
  expect(figures.staffDays).toMatchObject([
    { name: '王工', period: 2, year: 3 },
    { name: '李工', period: 2, year: 2 },
  ]);
  expect(figures.staffDays?.map(({ days }) => days?.length)).toEqual([3, 2]);
  expect([figures.figures['periodStaffDays']?.printed, figures.figures['staffDays']?.printed]).toEqual(['4', '5']);
  expect(table(figures, 'main')?.rows.at(-1)).toMatchObject(['投入人日（人日）', { text: '4' }, { text: '5' }]);
});
