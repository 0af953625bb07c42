// A report stands as of a day: what was done to a finding after it is not told, though it is known by now.
import { afterEach, beforeEach, expect, test } from 'vitest';
import { verification } from '../../domain/findings/entities.ts';
import { act } from '../../services/context.ts';
import { issueNotice, updateFinding } from '../../services/findings/index.ts';
import { reportFigures } from '../../services/reports/figures.ts';
import { answerItem, getVisit, startVisit } from '../../services/visits/index.ts';
import { closeWorkers } from '../../services/workers/index.ts';
import { finishVisit } from '../support/events.ts';
import { bring, onFile, openDesk, sheet, type TestDesk } from '../support/register-import.ts';

let t: TestDesk;
beforeEach(async () => {
  t = await openDesk();
});
afterEach(async () => {
  await t.close();
  await closeWorkers();
});

test('the list of findings names the last verification up to the day of the report', async () => {
  await bring(t.ctx, [
    sheet([
      ['企业名称', '对象类型'],
      ['上海某汽车修理厂', '汽修'],
    ]),
  ]);
  const [row] = await onFile(t.ctx);
  const enterpriseId = String(row?.id);
  const { id } = await startVisit(t.ctx, {
    enterpriseId,
    roundTargetId: null,
    date: '2026-11-02',
    purposes: ['routine'],
  });
  const { findingId } = await answerItem(
    t.ctx,
    id,
    (await getVisit(t.ctx, id)).items[1]?.id ?? '',
    'nonconforming',
    null,
  );
  await updateFinding(
    t.ctx,
    findingId ?? '',
    { description: '废漆桶露天堆放', responsiblePerson: '王建国', photoExemption: 'other' },
    undefined,
  );
  await issueNotice(t.ctx, {
    enterpriseId,
    visitId: id,
    findingIds: [findingId ?? ''],
    kind: 'advice',
    replyDate: null,
  });
  await finishVisit(t.ctx, id, 'completed');
  await act(t.ctx, '复核', 'form', async (tx) => {
    for (const [date, result] of [
      ['2026-11-09', 'fail'],
      ['2026-11-17', 'pass'],
    ] as const)
      await tx.insert(verification, { findingId: findingId ?? '', date, byName: '陈思远', method: 'on_site', result });
  });
  const seen: (string | null | undefined)[] = [];
  for (const asOf of ['2026-11-05', '2026-11-10', '2026-11-17']) {
    const { findings } = await reportFigures(t.ctx, {
      kind: 'monthly_report',
      from: '2026-11-01',
      to: '2026-11-30',
      asOf,
      objectKinds: [],
      plan: [],
    });
    seen.push(findings[0]?.verification);
  }
  expect(seen).toEqual([null, '现场不通过 2026-11-09', '现场通过 2026-11-17']);
});
