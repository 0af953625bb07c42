// The six parts of a source's file: what another office kept comes in by one package, stands on a tab each with its day and its papers,
// and is printed in the order of the client.
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import type { Context } from '../../services/context.ts';
import { addAttachment } from '../../services/attachments/index.ts';
import { createRecord } from '../../services/records/index.ts';
import { answerRest, startVisit } from '../../services/visits/index.ts';
import { act } from '../../services/workflow/index.ts';
import { closeWorkers } from '../../services/workers/index.ts';
import { openDocx, paragraphs, tables } from '../support/docx.ts';
import { Desks, take } from '../support/handoff-desks.ts';
import { DeskUnderTest } from './support/desk.ts';
import { button } from './support/window.ts';

/** A row of each part: its tab and table, the kind, what it says, and its day and another word as they are shown. */
const PARTS = [
  ['环保手续', '环评项目', 'eiaProject', { projectName: '一期', documentKind: 'report_form' }, 'approvalDate'],
  ['监管专项', '监管专项', 'supervisionTopic', { topic: 'VOCs 专项', result: 'partly' }, 'date'],
  ['检查与问题', '现场检查', 'visit', {}, 'date'],
  ['监测', '监测结果', 'monitoringRecord', { pollutant: '化学需氧量', value: '40' }, 'date'],
  ['行政处罚', '行政处罚', 'penalty', { documentNo: '沪0112环罚〔2025〕8号' }, 'decisionDate'],
  ['信用评价', '信用评价', 'creditRating', { year: 2025, gradeText: '诚信' }, 'publishedDate'],
] as const;
const dayAt = (n: number): string => `2026-0${n + 1}-12`;

const attach = async (ctx: Context, ownerEntity: string, ownerId: string): Promise<unknown> =>
  await addAttachment(ctx, {
    ...{ ownerEntity, ownerId, kind: 'document', name: `${ownerEntity}.pdf` },
    bytes: Buffer.from(`%PDF-1.4 ${ownerEntity}`),
  });

/** An inspection of a day with its paper, ended. */
async function inspected(ctx: Context, enterpriseId: string, date: string): Promise<void> {
  const { id } = await startVisit(ctx, { enterpriseId, roundTargetId: null, date, purposes: ['routine'] });
  await attach(ctx, 'visit', id);
  await answerRest(ctx, id, null, 'conforming');
  await act(ctx, 'visit', [id], 'finish', { outcome: 'completed' });
}

describe('the six parts of a file', () => {
  const desks = new Desks();
  const desk = new DeskUnderTest({ workspace: desks.folder('XH') });
  let enterpriseId = '';
  beforeAll(async () => {
    const { a, b, id } = await desks.pair();
    enterpriseId = id;
    for (const [n, [, , kind, values, day]] of PARTS.entries()) {
      const given = { enterpriseId, ...values, [day]: dayAt(n) };
      if (kind === 'visit') await inspected(a, enterpriseId, dayAt(n));
      else await attach(a, kind, (await createRecord(a, kind, given)).id);
    }
    await take(b, (await desks.send(a, b)).folder);
    for (const one of desks.desks.values()) await one.close();
    await closeWorkers();
    desk.machine.env.STEWARD_CONFIG = desks.config('XH');
    await desk.open();
    await desk.page.evaluate(`location.hash = '/enterprises/${enterpriseId}'`);
    await desk.page.getByRole('tablist', { name: '企业档案的部分' }).waitFor();
  });
  afterAll(async () => {
    await desk.close();
    await desks.close();
  });
  afterEach(async ({ task }) => {
    if (task.result?.state === 'fail') await desk.shot('failed');
    desk.expectNoTrouble();
  });

  test('[PD-13] a row of each of six parts comes in, is dated and has its paper on its tab, and all six are printed in order', async () => {
    const { page } = desk;
    for (const [n, [tab, table, kind]] of PARTS.entries()) {
      await page.getByRole('tab', { name: new RegExp(`^${tab} ?\\d`) }).click();
      const row = page.getByRole('table', { name: table, exact: true }).getByRole('row').nth(1);
      await row.getByText(dayAt(n)).first().waitFor();
      if (kind === 'visit') await row.getByRole('cell').last().getByText('1', { exact: true }).waitFor();
      else {
        await row.getByRole('button', { name: '第 1 行的附件 1' }).click();
        await page.getByText(`${kind}.pdf`).waitFor();
      }
      await desk.look(`file-six-${kind}`, { forAll: n < 3 });
    }
    await button(page, '更多操作').click();
    const { bytes } = await desk.download(() => page.getByRole('menuitem', { name: '六类档案' }).click());
    const { body } = await openDocx(bytes);
    const headings = ['环保手续', '监管专项', '现场检查', '环境监测', '行政处罚', '环境信用评价'];
    const lines = paragraphs(body).map((line) => line.replace(/^[一二三四五六]、/, ''));
    expect(lines.filter((line) => headings.includes(line))).toEqual(headings);
    const rows = tables(body).flat();
    const printed = PARTS.map((_, n) => rows.findIndex((row) => row.includes(dayAt(n))));
    expect(printed).toEqual(printed.toSorted((x, y) => x - y));
    expect(printed[0]).toBeGreaterThan(0);
  });
});
