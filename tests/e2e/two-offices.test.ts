// Two offices, two back ends, two windows: work goes on in both, packages go back and forth over a folder, conflicts are decided in
// both, and both end with the same data to the byte. After the first register nothing is done but through the windows.
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { testPhoto } from '../support/photos.ts';
import { canonicalDumpOf } from '../support/store.ts';
import { command, DeskUnderTest } from './support/desk.ts';
import {
  befriend,
  cardOf,
  changeEnterprise,
  changeFinding,
  confirm,
  go,
  pointAt,
  preview,
  received,
  send,
  sendReceipt,
  take,
  toExchange,
  verified,
} from './support/exchange.ts';
import { messyRegister, NAMES } from './support/registers.ts';
import { button, heading, rail, toast } from './support/window.ts';

const LINES = ['调漆间废漆桶露天堆放', '桶上没有标签', '地面有漆渍', '台账未登记'] as const;
const [LP, HS, QH, HY] = NAMES;

describe('two offices exchange packages over a folder', () => {
  const hc = new DeskUnderTest();
  const xh = new DeskUnderTest();
  const both = [hc, xh] as const;
  const stick = join(hc.machine.folder, 'U 盘');
  const ids: Record<string, string> = {};
  let finding = '';

  beforeAll(async () => {
    mkdirSync(stick);
    await command(
      hc.machine.env,
      'init',
      '--workspace',
      hc.workspace,
      '--office',
      '华漕驻点',
      '--code',
      'HC',
      '--operator',
      '周敏',
    );
    await command(
      hc.machine.env,
      'import',
      'register',
      hc.file('名册.xlsx', messyRegister()),
      '--workspace',
      hc.workspace,
    );
    await command(
      xh.machine.env,
      'init',
      '--workspace',
      xh.workspace,
      '--office',
      '徐汇总部',
      '--code',
      'XH',
      '--operator',
      '沈佳',
    );
    await Promise.all(both.map((desk) => desk.open()));
  });
  afterAll(async () => {
    await Promise.all(both.map((desk) => desk.close()));
  });
  afterEach(async ({ task }) => {
    if (task.result?.state === 'fail') await Promise.all([hc.shot('two-failed-hc'), xh.shot('two-failed-xh')]);
    for (const desk of both) desk.expectNoTrouble();
  });

  const dump = (desk: DeskUnderTest) => canonicalDumpOf(join(desk.workspace, 'steward.db'));
  const conflictPage = (desk: DeskUnderTest) => go(desk, '/handoff/conflicts');

  test('office HC has a finding with a photo, issued to the enterprise', async () => {
    const { page } = hc;
    for (const name of [HS, QH, HY, LP]) {
      await rail(page, '企业档案').click();
      await page.getByRole('grid', { name: '企业' }).getByRole('row').filter({ hasText: name }).first().dblclick();
      await heading(page, name).waitFor();
      ids[name] = page.url().split('/').at(-1) ?? '';
    }
    await button(page, '开始检查').click();
    await page.getByLabel('检查表').locator('[aria-current="true"]').waitFor();
    await page.keyboard.press('3');
    const draft = page.getByRole('group', { name: '问题 1' });
    await draft.getByRole('radio', { name: '限期整改' }).click();
    await draft.getByRole('textbox', { name: '问题', exact: true }).fill(LINES.join('\n'));
    await draft.getByLabel('责任人', { exact: true }).fill('王强');
    await page.keyboard.press('Alt+1');
    await expect.poll(() => draft.getByLabel('拟定时限').inputValue()).toBe('2026-11-25');
    await page.keyboard.press('Escape');
    await page
      .getByLabel('选择整改前照片')
      .setInputFiles(hc.file('废漆桶.jpg', await testPhoto(1200, 900, { text: '现场' })));
    await draft.getByRole('button', { name: /^整改前照片 1/ }).waitFor();
    await page.getByText(/已保存 /).waitFor();
    await hc.download(() =>
      page.getByRole('region', { name: '整改建议单' }).getByRole('button', { name: '打印' }).click(),
    );
    await page
      .getByRole('region', { name: '整改建议单' })
      .getByText(/已开具 /)
      .waitFor();
    await button(page, '结束检查').click();
    await page.getByRole('dialog', { name: '结束检查' }).getByRole('button', { name: '结束检查' }).click();
    await toast(page, '检查已结束').waitFor();
    await rail(page, '问题闭环').click();
    await page.getByRole('grid', { name: '问题清单' }).getByRole('row').filter({ hasText: LINES[0] }).dblclick();
    await page.getByLabel('流转').getByText('待整改').waitFor();
    finding = page.url().split('/').at(-1) ?? '';
  });

  test('cards go by file, fingerprints by telephone: each office knows the other only after the comparison', async () => {
    const own = await cardOf(hc);
    await befriend(xh, own, '华漕驻点');
    // The card of the office that joined says so only from now on.
    await befriend(hc, await cardOf(xh), '徐汇总部');
    expect(await hc.page.getByRole('table', { name: '协作驻点' }).locator('tbody tr').count()).toBe(1);
  });

  /** The photo before rectification as the page of the finding shows it: how wide its file is, and what is said of it. */
  async function photoBefore(desk: DeskUnderTest): Promise<{ width: number; said: string }> {
    await go(desk, `/findings/${finding}`);
    const photo = desk.page.getByRole('button', { name: '放大整改前照片' });
    const width = () =>
      photo.locator('img').evaluate((img) => (img as unknown as { naturalWidth: number }).naturalWidth);
    await expect.poll(width).toBeGreaterThan(100);
    return { width: await width(), said: (await photo.innerText()).replaceAll(/\s+/g, ' ') };
  }

  test(
    'a full package with small pictures is previewed and taken in whole; taking it back leaves ' + 'what was before',
    async () => {
      const sent = await send(hc, stick, { photos: '仅缩略图' });
      expect(sent.attachments).toBeGreaterThan(0);
      const before = await dump(xh);
      const page = await preview(xh, sent.folder);
      await page.getByRole('region', { name: '会有的改动' }).getByText('新增').first().waitFor();
      await page.getByText('1 张照片只带了缩略图').waitFor();
      await xh.look('two-preview');
      expect(await confirm(xh)).toContain('两边没有冲突');
      const taken = await dump(xh);
      expect(taken).toContain(HS);

      await toExchange(xh);
      await received(xh.page);
      await xh.page.getByRole('grid', { name: '收进的交换包' }).getByRole('button', { name: '撤销接收' }).click();
      await xh.page
        .getByRole('dialog')
        .getByRole('button', { name: /^撤销这次接收/ })
        .click();
      await toast(xh.page, '已撤销接收').waitFor();
      expect(await dump(xh)).toBe(before);

      await take(xh, sent.folder);
      expect(await dump(xh)).toBe(taken);
      expect(await photoBefore(xh)).toEqual({
        width: 480,
        said: expect.stringContaining('缩略图，原图未收到') as string,
      });
      await xh.look('two-finding-there');
    },
  );

  test(
    '[I1][I17] after the receipt a further package carries nothing but the photo that was asked for, ' +
      'and once the other office sent its own part both hold the same',
    async () => {
      const receipt = await sendReceipt(xh, stick);
      expect(receipt.said).toContain('回执已写好并核对');
      await take(hc, receipt.folder);
      await toExchange(hc);
      await received(hc.page);
      const row = hc.page.getByRole('grid', { name: '收进的交换包' }).locator('.tr').first();
      await row.getByText('回执', { exact: true }).waitFor();
      expect(await row.getByRole('button', { name: '发回执…' }).count()).toBe(0);
      const photos = await send(hc, stick);
      expect([photos.operations, photos.attachments]).toEqual([0, 1]);
      await take(xh, photos.folder);
      expect(await photoBefore(xh)).toEqual({ width: 1200, said: expect.not.stringContaining('缩略图') as string });
      await take(hc, (await send(xh, stick)).folder);
      expect(await dump(hc)).toBe(await dump(xh));
    },
  );

  test("both offices go on with the same records, out of each other's sight", async () => {
    await changeEnterprise(hc, ids[HS]!, /^单位名称/, '上海华申金属有限公司');
    await changeEnterprise(xh, ids[HS]!, /^单位名称/, '上海华申金属制品厂');
    for (const name of [HS, QH, LP]) {
      await changeEnterprise(hc, ids[name]!, /^店招/, `店招甲 ${name}`);
      await changeEnterprise(xh, ids[name]!, /^店招/, `店招乙 ${name}`);
    }
    await changeEnterprise(hc, ids[HY]!, /^生产经营地址/, '联友路 19 号');
    await changeFinding(hc, finding, {
      问题: ['调漆间废漆桶露天堆放约 12 只', ...LINES.slice(1)].join('\n'),
      措施: '三日内移入危废间',
    });
    await changeFinding(xh, finding, {
      问题: [...LINES.slice(0, 3), '台账从 9 月起未登记'].join('\n'),
      措施: '移入危废间并张贴标签',
    });

    await go(xh, `/enterprises/${ids[HY]}`);
    await button(xh.page, '更多操作').click();
    await xh.page.getByRole('menuitem', { name: '放入回收站' }).click();
    await toast(xh.page, '已放入回收站').waitFor();

    await go(hc, `/findings/${finding}`);
    await button(hc.page, '转为整改中').click();
    await hc.page.getByRole('dialog').locator('.btn.pri').click();
    await toast(hc.page, '已办理').waitFor();
    await go(xh, `/findings/${finding}`);
    await xh.page
      .getByLabel('选择整改后照片')
      .setInputFiles(xh.file('移走后.jpg', await testPhoto(1000, 800, { text: '整改后' })));
    await xh.page.getByRole('button', { name: '放大整改后照片' }).locator('img').waitFor();
    await button(xh.page, '企业提交整改').click();
    await xh.page.getByRole('dialog').getByRole('textbox').filter({ visible: true }).last().fill('桶已移走');
    await xh.page.getByRole('dialog').locator('.btn.pri').click();
    await toast(xh.page, '已办理').waitFor();
  });

  test('[I1]packages that cross on the way show both offices the same conflicts', async () => {
    const [there, back] = [await send(hc, stick), await send(xh, stick)];
    expect(there.operations).toBeGreaterThan(0);
    expect(back.attachments).toBeGreaterThan(0);
    await preview(xh, there.folder);
    await xh.page.getByRole('region', { name: '会有的改动' }).getByText('转为整改中').waitFor();
    await xh.look('two-preview-conflicts');
    expect(await confirm(xh)).toContain('5 项要决定，3 项已按规则处理');
    expect(await take(hc, back.folder)).toContain('5 项要决定，3 项已按规则处理');
    expect(await dump(hc)).toBe(await dump(xh));
    expect(await dump(hc)).toContain('"conflict"');
  });

  /** Puts the cursor on a line, presses the keys, and waits until the line is decided. */
  async function decide(desk: DeskUnderTest, title: string, field: string, how: () => Promise<void>): Promise<void> {
    const { page } = desk;
    await pointAt(page, title, field);
    const id = await page.locator('tr.cur').getAttribute('data-id');
    await how();
    await page.locator(`tr.done[data-id="${id}"]`).waitFor();
    await desk.settled();
  }
  const press =
    (desk: DeskUnderTest, ...keys: string[]) =>
    async () => {
      for (const key of keys) await desk.page.keyboard.press(key);
    };

  test(
    'office HC decides by keyboard: the own side, the merged text, a wording of its own, the loop from ' +
      'the other side',
    async () => {
      const page = await conflictPage(hc);
      await page.locator('tr[data-id]').first().waitFor();
      await hc.look('two-conflicts');
      await decide(hc, '华申', '单位名称', press(hc, '1'));
      await decide(hc, LINES[0], '问题', press(hc, '4'));
      await decide(hc, LINES[0], '闭环状态', press(hc, '2'));
      await decide(hc, LINES[0], '措施', async () => {
        await page.keyboard.press('3');
        const own = page.locator('.own textarea');
        await own.waitFor();
        await page.locator('.own textarea:focus').waitFor();
        await own.fill('三日内移入危废间，并张贴标签');
        await page.keyboard.press('Control+Enter');
      });
      await hc.look('two-conflicts-decided');
      await page.getByText('已定 4', { exact: false }).waitFor();
    },
  );

  test(
    'office XH decides otherwise about the name, keeps what was edited elsewhere, and lets all ' +
      'harmless ones stand with one key',
    async () => {
      const page = await conflictPage(xh);
      await page.locator('tr[data-id]').first().waitFor();
      await decide(xh, '华申', '单位名称', press(xh, '1'));
      await decide(xh, HY, '回收站', press(xh, '1'));
      await page.keyboard.press('a');
      await toast(page, '已认可 3 项').waitFor();
      await expect.poll(() => page.locator('tr.one.done').count()).toBe(3);
    },
  );

  test('[I1][I9] of the decisions only the one that disagrees is left, in both offices; deciding it once closes it for both', async () => {
    const [there, back] = [await send(hc, stick), await send(xh, stick)];
    expect(await take(xh, there.folder)).toContain('1 项要决定');
    expect(await take(hc, back.folder)).toContain('1 项要决定');
    expect(await dump(hc)).toBe(await dump(xh));
    const page = await conflictPage(hc);
    await page.getByText('两边都作过决定，结果不一样').waitFor();
    await hc.look('two-conflicts-disagree');
    await decide(hc, '华申', '单位名称', press(hc, '2'));
    expect(await take(xh, (await send(hc, stick)).folder)).toContain('两边没有冲突');
    await conflictPage(xh);
    await xh.page.getByText('没有要决定的冲突').waitFor();
  });

  test(
    '[I1][I17] both end with the same bytes and pass their check; a further package carries nothing; ' +
      'both windows show what was agreed',
    async () => {
      expect(await dump(hc)).toBe(await dump(xh));
      const empty = await send(xh, stick);
      expect(empty.operations).toBe(0);
      await take(hc, empty.folder);
      expect((await send(hc, stick)).operations).toBe(0);
      const [a, b] = [await hc.whileClosed(() => verified(hc)), await xh.whileClosed(() => verified(xh))];
      expect(a.dump).toBe(b.dump);
      expect([a.problems, b.problems]).toEqual([[], []]);
      expect(a.dump).not.toContain('["conflict"');
      for (const desk of both) {
        const page = await go(desk, `/enterprises/${ids[HS]}`);
        await heading(page, '上海华申金属制品厂').waitFor();
        await go(desk, `/findings/${finding}`);
        await page.getByLabel('流转').getByText('待复核').waitFor();
        const facts = page.getByRole('region', { name: '问题内容' });
        for (const words of ['露天堆放约 12 只', '台账从 9 月起未登记', '三日内移入危废间，并张贴标签'])
          await facts.getByText(words, { exact: false }).first().waitFor();
        await expect
          .poll(() =>
            page
              .getByRole('button', { name: '放大整改后照片' })
              .locator('img')
              .evaluate((img) => (img as unknown as { naturalWidth: number }).naturalWidth),
          )
          .toBeGreaterThan(100);
      }
    },
  );
});
