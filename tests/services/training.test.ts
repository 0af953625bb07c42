// Trainings: who was expected and who came, by each denominator and as of a day; nobody twice.
import { afterEach, beforeEach, expect, test } from 'vitest';
import { serviceProject } from '../../domain/projects/entities.ts';
import { statusHistory } from '../../domain/enterprises/entities.ts';
import { training, trainingAttendance, trainingAudience, trainingInvitation } from '../../domain/training/entities.ts';
import { act } from '../../services/context.ts';
import { changeEnterprise } from '../../services/enterprises/write.ts';
import { enterprise } from '../../domain/enterprises/entities.ts';
import { binRecords, createRecord } from '../../services/records/index.ts';
import { reportFigures } from '../../services/reports/figures.ts';
import { askedUnder, figuresOf } from '../../services/statistics/index.ts';
import { addAttendance, getTraining, trainingEnterprises } from '../../services/training/index.ts';
import { openDesk, type TestDesk } from '../support/register-import.ts';
import { makeEnterprises } from '../support/town.ts';

let t: TestDesk;
let ids: Record<string, string>;
beforeEach(async () => {
  t = await openDesk();
  ids = await makeEnterprises(t.ctx, {
    上海修一有限公司: { objectKind: 'car_repair' },
    上海修二有限公司: { objectKind: 'car_repair' },
    上海食有限公司: { objectKind: 'catering' },
    上海厂有限公司: { objectKind: 'industrial' },
  });
});
afterEach(async () => {
  await t.close();
});

const id = (name: string): string => ids[`上海${name}有限公司`] ?? '';

/** A training with the names that were invited and those that came. */
async function hold(given: {
  date: string;
  state?: 'planned' | 'notified' | 'held';
  audience?: string[];
  invited?: string[];
  came?: string[];
}): Promise<string> {
  return (
    await act(t.ctx, '培训', 'form', async (tx) => {
      const row = await tx.insert(training, {
        title: `${given.date} 培训`,
        date: given.date,
        state: given.state ?? 'held',
      });
      await tx.setMembers(trainingAudience, row.id, given.audience ?? []);
      await tx.setMembers(trainingInvitation, row.id, (given.invited ?? []).map(id));
      for (const name of given.came ?? [])
        await tx.insert(trainingAttendance, { trainingId: row.id, enterpriseId: id(name), personName: '王建国' });
      return row.id;
    })
  ).value;
}

async function choose(trainingDenominator: 'audience' | 'invited' | 'all'): Promise<void> {
  const { value } = await act(
    t.ctx,
    '项目',
    'form',
    async (tx) =>
      await tx.insert(serviceProject, {
        name: trainingDenominator,
        startDate: '2026-01-01',
        endDate: '2026-12-31',
        trainingDenominator,
      }),
  );
  await t.desk.setProject(value.id);
}

async function close(name: string, day: string): Promise<void> {
  await act(t.ctx, '关停', 'form', async (tx) => {
    const before = await tx.read.get(enterprise, id(name));
    if (before) await changeEnterprise(tx, before, { operatingStatus: 'closed' }, day, 'visit');
  });
}

const coverageFigure = async (to: string) => {
  const scope = { from: '2026-01-01', to, asOf: to, objectKinds: [], roundId: null, villageIds: [] };
  return (await figuresOf(t.ctx, await askedUnder(t.ctx, scope), ['trainingCoverage'])).get('trainingCoverage');
};
const coverage = async (to: string): Promise<[number, number | null, string] | undefined> => {
  const f = await coverageFigure(to);
  return f && [f.numerator, f.denominator, f.printed];
};

test('the coverage of a training and of the report is by the denominator of the project, and only who belongs to it counts', async () => {
  const one = await hold({
    date: '2026-03-02',
    audience: ['car_repair'],
    invited: ['修一', '食'],
    came: ['修一', '食', '厂'],
  });
  for (const [basis, n, d, printed] of [
    ['audience', 1, 2, '50.0%'],
    ['invited', 2, 2, '100.0%'],
    ['all', 3, 4, '75.0%'],
  ] as const) {
    await choose(basis);
    expect((await getTraining(t.ctx, one)).coverage).toMatchObject({
      basis,
      numerator: n,
      denominator: d,
      printed,
      missing: d - n,
    });
    expect(await coverage('2026-11-18')).toEqual([n, d, printed]);
    expect((await trainingEnterprises(t.ctx, one, 'absent', '', { offset: 0, limit: 9 })).total).toBe(d - n);
  }
  expect((await coverageFigure('2026-11-18'))?.definition).toContain('全部在册企业');
});

test('an enterprise that was expected at two trainings and came to one counts once', async () => {
  await choose('audience');
  await hold({ date: '2026-03-02', audience: ['car_repair'], came: ['修一'] });
  await hold({ date: '2026-05-02', audience: ['all'], came: ['修一', '食'] });
  expect(await coverage('2026-04-30')).toEqual([1, 2, '50.0%']);
  expect(await coverage('2026-11-18')).toEqual([2, 4, '50.0%']);
});

test('a report as of a day tells of no training after it, of none that was only announced, and of no later change of status', async () => {
  await choose('all');
  await hold({ date: '2026-05-02', came: ['修一'] });
  await hold({ date: '2026-09-02', came: ['食'] });
  await hold({ date: '2026-06-20', state: 'notified', came: ['厂'] });
  await close('厂', '2026-08-01');
  const at = async (asOf: string) =>
    await reportFigures(t.ctx, {
      kind: 'annual_report',
      from: '2026-01-01',
      to: '2026-12-31',
      asOf,
      objectKinds: [],
      plan: [],
    });
  const june = await at('2026-06-30');
  expect([
    june.trainings?.map((r) => r.date),
    june.figures.trainingCount?.printed,
    june.figures.trainingPersonTimes?.printed,
    june.figures.trainingCoverage?.printed,
    june.statusChanges,
  ]).toEqual([['2026-05-02'], '1', '1', '25.0%', []]);
  const now = await at('2026-11-18');
  expect([
    now.trainings?.length,
    now.figures.trainingPersonTimes?.printed,
    now.figures.trainingCoverage?.printed,
    now.statusChanges?.length,
  ]).toEqual([2, '2', '50.0%', 1]);
});

test('an enterprise that closed after it came still counts; one that was closed before is not expected', async () => {
  await choose('all');
  await hold({ date: '2026-03-02', came: ['修一', '食'] });
  await close('修一', '2026-06-01');
  await close('厂', '2026-02-01');
  expect(await coverage('2026-11-18')).toEqual([2, 3, '66.7%']);
  // Closed in January, open again by March: on the day of the training it was there.
  await act(t.ctx, '变更', 'form', async (tx) => {
    for (const [status, date] of [
      ['closed', '2026-01-05'],
      ['operating', '2026-02-20'],
    ] as const)
      await tx.insert(statusHistory, { enterpriseId: id('修一'), status, date, basis: 'visit' });
  });
  expect(await coverage('2026-11-18')).toEqual([2, 3, '66.7%']);
});

test('nobody signs twice at one training: form and list refuse it or pass it over', async () => {
  const one = await hold({ date: '2026-03-02', came: ['修一'] });
  const again = { trainingId: one, enterpriseId: id('修一'), personName: '王建国' };
  await expect(createRecord(t.ctx, 'trainingAttendance', again)).rejects.toThrow('已在这次的签到里');
  expect((await getTraining(t.ctx, one)).persons).toBe(1);
  const line = { unit: '上海修二有限公司', name: '李梅', post: null, phone: null };
  expect(
    await addAttendance(t.ctx, one, [line, line, { ...line, unit: '上海修一有限公司', name: '王建国' }]),
  ).toMatchObject({ added: 1, unknown: [] });
  const first = await t.ctx.store.read.first(trainingAttendance, again);
  await binRecords(t.ctx, 'trainingAttendance', [first?.id ?? ''], true);
  await createRecord(t.ctx, 'trainingAttendance', again);
  expect((await getTraining(t.ctx, one)).persons).toBe(2);
});
