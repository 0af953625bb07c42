// The radar of repeats in the window: an earlier finding is proposed with its reasons, both texts and photos; a person's word is kept.
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import type { Locator, Page } from 'playwright-core';
import { addAttachment } from '../../services/attachments/index.ts';
import { createRecord } from '../../services/records/index.ts';
import { bring, onFile, sheet } from '../support/register-import.ts';
import { pastFinding } from '../support/past-findings.ts';
import { testPhoto } from '../support/photos.ts';
import { DeskUnderTest } from './support/desk.ts';
import { fillWorkspace } from './support/filled.ts';
import { button, heading } from './support/window.ts';

const NAME = '上海川岚金属制品有限公司';

describe('repeat radar', () => {
  const desk = new DeskUnderTest();
  const ids = { closed: '', again: '', old: '', unlike: '' };
  beforeAll(async () => {
    await fillWorkspace(desk.machine, async (ctx) => {
      await bring(ctx, [
        sheet([
          ['企业名称', '街镇', '村居', '企业类型'],
          [NAME, '青禾镇', '东禾村', '工业企业'],
        ]),
      ]);
      const enterpriseId = String((await onFile(ctx))[0]?.id);
      const items = new Map(
        (await ctx.store.read.sql<{ id: string; code: string }>('SELECT id, code FROM checklist_item')).map((row) => [
          row.code,
          row.id,
        ]),
      );
      const place = await createRecord(ctx, 'enterprisePlace', { enterpriseId, name: '危废间', kind: 'store' });
      const past = (found: string, closed: string | null, values: Record<string, unknown>): Promise<string> =>
        pastFinding(
          ctx,
          enterpriseId,
          [
            ['record', 'draft', found],
            ['issue', 'open', found, '2026-12-20'],
            ...(closed ? [['verify_pass', 'closed', closed] as const] : []),
          ],
          { category: 'hazardous_waste', handlingClass: 'deadline', measure: '补贴标签', ...values },
        );
      const label = { checklistItemId: items.get('HWR-04-03'), location: '危险废物仓库' };
      ids.old = await past('2025-03-03', '2025-04-01', { ...label, description: '废油桶未粘贴危险废物标签' });
      ids.closed = await past('2026-08-20', '2026-09-10', {
        checklistItemId: items.get('GEN-07-04'),
        placeId: place.id,
        description: '三只废油桶上没有贴标签',
      });
      ids.unlike = await past('2026-10-08', null, {
        checklistItemId: items.get('HWR-02-02'),
        placeId: place.id,
        description: '地面环氧破损',
      });
      ids.again = await past('2026-11-12', null, { ...label, description: '容器未粘贴危废标签' });
      for (const [ownerId, name] of [
        [ids.closed, '八月'],
        [ids.again, '十一月'],
      ] as const)
        await addAttachment(ctx, {
          ownerEntity: 'finding',
          ownerId,
          bytes: await testPhoto(800, 600, { text: name }),
          name: `${name}.jpg`,
          kind: 'photo_before',
        });
    });
    await desk.open();
  });
  afterAll(() => desk.close());
  afterEach(async ({ task }) => {
    if (task.result?.state === 'fail') await desk.shot('failed');
    desk.expectNoTrouble();
  });

  const toFinding = async (id: string): Promise<Page> => {
    await desk.page.evaluate(`location.hash = '/findings/${id}'`);
    await desk.page.getByRole('region', { name: '重复发生于' }).waitFor();
    await desk.settled();
    return desk.page;
  };
  const part = (): Locator => desk.page.getByRole('region', { name: '重复发生于' });
  const pair = (): Locator => part().getByRole('group', { name: /^疑似重复于/ });

  test('[BY-03] found though the oldest is closed: list, reasons, both texts and photos, a word that is kept and undone', async () => {
    await desk.page.evaluate(`location.hash = '/findings'`);
    await heading(desk.page, '问题闭环').waitFor();
    await desk.page.getByRole('tab', { name: '疑似重复' }).click();
    await desk.page.getByRole('row').filter({ hasText: '地面环氧破损' }).waitFor({ state: 'detached' });
    await desk.settled();
    await desk.page.getByText('容器未粘贴危废标签').waitFor();
    expect(await desk.page.getByText('地面环氧破损').count()).toBe(0);

    await toFinding(ids.again);
    await button(desk.page, '疑似重复，请判断').click();
    expect(await pair().count()).toBe(1);
    const said = await pair().innerText();
    expect(said).toContain('同一类问题：危险废物标签');
    expect(said).toContain('同一位置：危险废物仓库（也写作危废间）');
    expect(said).toContain('三只废油桶上没有贴标签');
    expect(said).toContain('容器未粘贴危废标签');
    expect(said).toContain('已销号');
    expect(await pair().locator('img').count()).toBe(2);
    expect(await part().innerText()).toContain('以前出现过');
    await pair().scrollIntoViewIfNeeded();
    await desk.shot('repeat-radar-asked');

    await button(pair(), '不是重复').click();
    await pair().waitFor({ state: 'detached' });
    await desk.settled();
    expect(await part().innerText()).toMatch(/不是重复[\s\S]*陈静　2026-11-18 判断/);
    await desk.page.reload();
    await toFinding(ids.again);
    await part().scrollIntoViewIfNeeded();
    expect(await pair().count()).toBe(0);
    await desk.shot('repeat-radar-no');

    await button(part(), '撤销判断').click();
    await pair().waitFor();
    await button(pair(), '是重复').click();
    await button(part(), '撤销认定').waitFor();
    await desk.settled();
    expect(await part().innerText()).toContain('2026-11-18 判断');
    expect(await pair().count()).toBe(0);
    await desk.shot('repeat-radar-yes');
    await desk.page.evaluate(`location.hash = '/findings'`);
    await heading(desk.page, '问题闭环').waitFor();
    await desk.page.getByRole('tab', { name: '疑似重复' }).click();
    await desk.page.getByRole('row').filter({ hasText: '容器未粘贴危废标签' }).waitFor({ state: 'detached' });
  });
});
