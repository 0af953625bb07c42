// The list behind a number: village by village, whole over all pages, with the counts that its headings show.
import { afterEach, beforeEach, expect, test } from 'vitest';
import { drill } from '../../contract/statistics.ts';
import { issueNotice, updateFinding } from '../../services/findings/index.ts';
import { behind } from '../../services/statistics/index.ts';
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

const asked = (figure: string) =>
  drill.parse({ scope: { from: '2026-01-01', to: '2026-12-31', asOf: '2026-11-18' }, figure });

test('pages put together are the whole list: each village in one piece, the largest first, its heading true', async () => {
  const villages = ['许浦村', '王泥浜村', '王泥浜村', '王泥浜村', '', '许浦村'];
  await bring(t.ctx, [
    sheet([
      ['企业名称', '村居', '对象类型'],
      ...villages.map((village, n) => [`上海第${n + 1}汽车修理厂`, village, '汽修'] as const),
    ]),
  ]);
  for (const row of await onFile(t.ctx)) {
    const enterpriseId = String(row.id);
    const { id } = await startVisit(t.ctx, { enterpriseId, roundTargetId: null, purposes: ['routine'] });
    const item = (await getVisit(t.ctx, id)).items[1];
    const { findingId } = await answerItem(t.ctx, id, item?.id ?? '', 'nonconforming', null);
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
  }
  for (const figure of ['foundCount', 'inScopeEnterprises', 'visitCount']) {
    const seen: { village: string | null }[] = [];
    const first = await behind(t.ctx, asked(figure), { offset: 0, limit: 2 });
    for (let offset = 0; offset < 8; offset += 2) {
      const page = await behind(t.ctx, asked(figure), { offset, limit: 2 });
      seen.push(...page.rows.map((row) => ({ village: row.villageName })));
      if (offset > 0) expect(page.groups).toEqual([]);
    }
    expect(
      first.groups.map((group) => [group.village, group.rows]),
      figure,
    ).toEqual([
      ['王泥浜村', 3],
      ['许浦村', 2],
      [null, 1],
    ]);
    expect(
      seen.map((row) => row.village),
      figure,
    ).toEqual(first.groups.flatMap((group) => Array.from({ length: group.rows }, () => group.village)));
    expect(first.total).toBe(seen.length);
  }
});
