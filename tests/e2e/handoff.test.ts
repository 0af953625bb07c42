// The hand-off as people do it: card, code, fingerprint, preview, taking in, sending out, taking back.
import { mkdirSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { command, DeskUnderTest } from './support/desk.ts';
import { messyRegister } from './support/registers.ts';
import { button, heading, rail, toast } from './support/window.ts';

describe('hand-off', () => {
  const desk = new DeskUnderTest();
  const there = join(desk.machine.folder, '徐汇');
  const stick = join(desk.machine.folder, 'U 盘');
  // The other office is another computer: its keys lie elsewhere.
  const theirs = { ...desk.machine.env, STEWARD_CONFIG: join(desk.machine.folder, 'settings-there') };
  let sent: { folder: string; code: string };
  let fingerprint = '';

  beforeAll(async () => {
    const { env } = desk.machine;
    mkdirSync(stick);
    await command(
      env,
      'init',
      '--workspace',
      desk.workspace,
      '--office',
      '华漕驻点',
      '--code',
      'HC',
      '--operator',
      '周敏',
    );
    await command(theirs, 'init', '--workspace', there, '--office', '徐汇总部', '--code', 'XH', '--operator', '沈佳');
    await command(theirs, 'import', 'register', desk.file('名册.xlsx', messyRegister()), '--workspace', there);
    const [own, other] = [join(stick, 'hc.card.json'), join(stick, 'xh.card.json')];
    const card = await command(env, 'handoff', 'card', '--out', own, '--workspace', desk.workspace);
    fingerprint = String(
      (await command(theirs, 'handoff', 'card', '--out', other, '--workspace', there))['fingerprint'],
    );
    await command(theirs, 'handoff', 'trust', own, '--fingerprint', String(card['fingerprint']), '--workspace', there);
    // Their computer loses its keys before it ever handed over; the office's key lies in a safe.
    const safe = join(desk.machine.folder, 'xh.officekey.json');
    const withSafe = { ...theirs, STEWARD_OFFICE_KEY_PASSPHRASE: '青山绿水 2026' };
    await command(withSafe, 'handoff', 'office-key', '--out', safe, '--workspace', there);
    rmSync(join(theirs.STEWARD_CONFIG, 'keys'), { recursive: true });
    await command(withSafe, 'handoff', 'take-key', safe, '--workspace', there);
    sent = (await command(
      theirs,
      'handoff',
      'export',
      '--out',
      stick,
      '--with-code',
      '--workspace',
      there,
    )) as unknown as typeof sent;
    await desk.open();
  });
  afterAll(() => desk.close());
  afterEach(async ({ task }) => {
    if (task.result?.state === 'fail') await desk.shot('handoff-failed');
    desk.expectNoTrouble();
  });

  /** Opens the preview of the package that was sent. */
  const lookInside = async (): Promise<void> => {
    const { page } = desk;
    await button(page, '收进…').click();
    await page.getByLabel('交换包的文件夹').fill(sent.folder);
    await button(page, '看看里面有什么').click();
    await page.getByLabel('30 位口令').fill(sent.code);
    await button(page, '看看里面有什么').click();
  };

  test('a card counts only after its fingerprint was compared; a wrong digit keeps it out', async () => {
    const { page } = desk;
    await rail(page, '交换与备份').click();
    await heading(page, '交换').waitFor();
    await page.getByText('还没有协作驻点').waitFor();
    await desk.look('handoff-empty');
    await page.getByLabel('导入名片', { exact: true }).setInputFiles(join(stick, 'xh.card.json'));
    const dialog = page.getByRole('dialog', { name: '登记协作驻点' });
    const typed = dialog.getByLabel('把对方读的数字打在这里');
    await typed.fill('00000 00000');
    await dialog.getByText('和指纹不一样').waitFor();
    expect(await dialog.getByRole('button', { name: /^登记/ }).isDisabled()).toBe(true);
    await desk.look('handoff-card');
    // What was typed is not given up by one Esc.
    await page.keyboard.press('Escape');
    await page.getByRole('alert').getByText('再按一次 Esc 放弃').waitFor();
    await page.keyboard.press('Escape');
  });

  test(
    'what is no package, and a wrong code, are said in words; an unknown maker is compared, and nothing is ' +
      'written before the confirmation',
    async () => {
      const { page } = desk;
      await button(page, '收进…').click();
      const look = button(page, '看看里面有什么');
      await page.getByLabel('交换包的文件夹').fill(join(stick, '没有'));
      await look.click();
      await page.getByRole('alert').filter({ hasText: '这不是交换包' }).waitFor();
      await page.getByLabel('交换包的文件夹').fill(sent.folder);
      await look.click();
      await page.getByLabel('30 位口令').fill('1'.repeat(30));
      await look.click();
      await page.getByRole('alert').filter({ hasText: '口令不对' }).waitFor();
      await page.getByLabel('30 位口令').fill(sent.code);
      await look.click();
      await page.getByText('还不认识这个驻点').waitFor();
      await desk.look('handoff-compare');
      await page.getByLabel('把对方读的数字打在这里').fill(fingerprint);
      await button(page, '登记并预览').click();
      await page.getByText('还没有写入任何内容').waitFor();
      await page.getByRole('region', { name: '会有的改动' }).getByText('新增').first().waitFor();
      expect(await page.getByText('没有新内容').count()).toBe(0);
      await page.getByText(/处改动由“徐汇总部”认领/).waitFor();
      await desk.look('handoff-preview');
      const rows = /\d+/.exec(await page.getByRole('button', { name: /^确认接收/ }).innerText())?.[0];
      await page.keyboard.press('Control+Enter');
      await page.getByText('已收进 徐汇总部 的交换包').waitFor();
      await page.getByText('两边没有冲突').waitFor();
      const [created, changed] = (await page.getByText(/处改动：新增/).innerText())
        .match(/新增 (\d+) 行，变更 (\d+) 行/)
        ?.slice(1)
        .map(Number) ?? [0, 0];
      expect(created! + changed!).toBe(Number(rows));
      await desk.look('handoff-taken');
      await button(page, '完成').click();
      await page.getByRole('table', { name: '协作驻点' }).getByText('徐汇总部').waitFor();
      await rail(page, '企业档案').click();
      await page.getByRole('grid', { name: '企业' }).getByRole('row').nth(1).dblclick();
      await button(page, '变更记录').first().click();
      await page.getByRole('list', { name: '变更记录' }).getByText('由“徐汇总部”认领').first().waitFor();
      await desk.look('handoff-adopted');
      await rail(page, '交换与备份').click();
      await heading(page, '交换').waitFor();
    },
  );

  test('the same package again: the preview says that nothing new is in it', async () => {
    const { page } = desk;
    await lookInside();
    await page.getByText('交换包里的内容这里都已经有了，不需要导入').waitFor();
    await page.getByText('收进过').waitFor();
    await page.getByRole('button', { name: /^记下对方已有的内容/ }).waitFor();
    await desk.look('handoff-nothing-new');
    await button(page, '不收了').click();
    await heading(page, '交换').waitFor();
  });

  test('taking back empties the workspace of it, and the package can be taken in again', async () => {
    const { page } = desk;
    await rail(page, '交换与备份').click();
    await page.getByRole('navigation', { name: '交换与备份' }).getByRole('link', { name: '冲突' }).click();
    await page.getByText('没有要决定的冲突').waitFor();
    // The head of the conflicts answers and takes back what they came with.
    await button(page, '发回执…').click();
    await page.getByRole('dialog', { name: '发回执' }).getByText('告诉徐汇总部', { exact: false }).waitFor();
    await desk.look('handoff-receipt');
    await page.keyboard.press('Escape');
    await desk.look('handoff-no-conflicts');
    await button(page, '撤销这次接收').click();
    await page.getByRole('dialog').waitFor();
    await desk.look('handoff-take-back');
    await page
      .getByRole('dialog')
      .getByRole('button', { name: /^撤销这次接收/ })
      .click();
    await toast(page, '已撤销接收').waitFor();
    await expect.poll(() => button(page, '撤销这次接收').count()).toBe(0);
    await page.getByRole('navigation', { name: '交换与备份' }).getByRole('link', { name: '收进', exact: true }).click();
    await page.getByRole('grid', { name: '收进的交换包' }).getByText('已撤销').waitFor();
    await desk.look('handoff-received');
    await lookInside();
    await page.getByText('还没有写入任何内容').waitFor();
    await button(page, '不收了').click();
    await heading(page, '交换').waitFor();
  });

  test('a package with a code shows the code until it is put away, and lies on the stick', async () => {
    const { page } = desk;
    const before = readdirSync(stick).length;
    await page.getByRole('table', { name: '协作驻点' }).getByRole('button', { name: '停用…' }).first().click();
    await page.getByRole('dialog', { name: '停用协作驻点' }).waitFor();
    await desk.look('handoff-stop');
    await page.keyboard.press('Escape');
    await page.getByRole('table', { name: '协作驻点' }).getByRole('button', { name: '发出' }).click();
    const dialog = page.getByRole('dialog', { name: '发出交换包' });
    await dialog.getByLabel(/用口令打开/).check();
    await dialog.getByLabel('文件夹').fill(stick);
    await desk.look('handoff-export');
    await dialog.getByRole('button', { name: /^制作交换包/ }).click();
    await page.getByText('请安全弹出 U 盘').waitFor();
    expect((await page.locator('.made .big').innerText()).replace(/\D/g, '')).toMatch(/^\d{30}$/);
    expect(readdirSync(stick).length).toBe(before + 1);
    await desk.look('handoff-exported');
    // What was made stands on every page of the hand-off until it is put away, the code with it.
    await page.getByRole('navigation', { name: '交换与备份' }).getByRole('link', { name: '发出', exact: true }).click();
    await page.getByRole('grid', { name: '发出的交换包' }).getByText('徐汇总部').waitFor();
    await desk.look('handoff-sent');
    await page.getByText('请安全弹出 U 盘').waitFor();
    await page.getByRole('button', { name: '收起', exact: true }).click();
    await expect.poll(() => page.getByText('请安全弹出 U 盘').count()).toBe(0);
  });
});
