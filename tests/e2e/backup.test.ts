// Backup and restore as a person does it: made on the page, checked on trial, restored into a new folder, opened with the same counts.
import { join } from 'node:path';
import { mkdirSync } from 'node:fs';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { command, DeskUnderTest } from './support/desk.ts';
import { messyRegister } from './support/registers.ts';
import { button, heading, rail, toast } from './support/window.ts';

describe('backup and restore in the window', () => {
  const desk = new DeskUnderTest();

  beforeAll(async () => {
    const { env } = desk.machine;
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
      '陈静',
    );
    await command(env, 'import', 'register', desk.file('名册.xlsx', messyRegister()), '--workspace', desk.workspace);
    mkdirSync(join(desk.machine.folder, '别的盘'));
    await desk.open();
  });
  afterAll(() => desk.close());
  afterEach(async ({ task }) => {
    if (task.result?.state === 'fail') await desk.shot('backup-failed');
    desk.expectNoTrouble();
  });

  test('an encrypted backup to another disk is made and verified; the top bar and Today know of it', async () => {
    const { page } = desk;
    await rail(page, '交换与备份').click();
    await page.getByRole('navigation', { name: '交换与备份' }).getByRole('link', { name: '备份' }).click();
    await heading(page, '备份').waitFor();
    await button(page, '备份到别的盘…').click();
    await page.getByLabel('存放的文件夹').fill(join(desk.machine.folder, '别的盘'));
    await page.getByLabel('用口令加密').check();
    await page.getByLabel('口令', { exact: true }).fill('青山绿水 2026');
    await page.getByLabel('再输一次').fill('青山绿水');
    await page.getByText('两次输入的口令不一样').waitFor();
    await desk.look('backup-create');
    await page.getByLabel('再输一次').fill('青山绿水 2026');
    await page.getByRole('dialog').getByRole('button', { name: /^备份/ }).click();
    await toast(page, '已备份并核对').waitFor();
    await button(page, '现在备份').click();
    const rows = page.getByRole('table', { name: '备份' }).locator('tbody tr');
    await expect
      .poll(async () => (await rows.allInnerTexts()).filter((t) => t.includes('手动') && t.includes('企业')).length)
      .toBe(1);
    await rows.filter({ hasText: '手动' }).getByRole('button', { name: '试恢复' }).click();
    await page.getByText('试恢复通过').waitFor();
    await page
      .getByText(/企业 \d+，问题 0/)
      .first()
      .waitFor();
    await desk.look('backup-page');
    // What lies on the other disk is listed while that is the second place.
    const secondPlace = async (folder: string) => {
      await page.getByLabel('第二个位置').fill(folder);
      await button(page, '保存').click();
    };
    await secondPlace(join(desk.machine.folder, '别的盘'));
    await rows.filter({ hasText: '加密' }).getByRole('button', { name: '试恢复' }).click();
    await page.getByRole('dialog', { name: '备份口令' }).waitFor();
    await desk.look('backup-passphrase');
    await page.keyboard.press('Escape');
    await secondPlace('');
    await rows.filter({ hasText: '加密' }).waitFor({ state: 'detached' });
    // The desk's day is a made-up one, the backup's the computer's: the word 今天 may be missing.
    await page
      .locator('.top')
      .getByRole('button', { name: /^备份 .*\d\d:\d\d/ })
      .waitFor();
    await rail(page, '今日').click();
    await page.getByLabel('本周').getByText('已备份').waitFor();
    await desk.look('backup-today');
  });

  test('a backup restored into a new folder opens with the same enterprises; a workspace is never gone over', async () => {
    const { page } = desk;
    const count = await page.getByRole('navigation', { name: '主导航' }).innerText();
    await rail(page, '交换与备份').click();
    await page.getByRole('navigation', { name: '交换与备份' }).getByRole('link', { name: '备份' }).click();
    await page
      .getByRole('table', { name: '备份' })
      .locator('tbody tr')
      .filter({ hasText: '手动' })
      .getByRole('button', { name: '恢复…' })
      .click();
    const dialog = page.getByRole('dialog', { name: '从备份恢复' });
    await dialog.getByLabel('恢复到（新的空文件夹）').fill(desk.workspace);
    await dialog.getByRole('button', { name: /^恢复/ }).click();
    await dialog.getByText('不会覆盖', { exact: false }).last().waitFor();
    const target = join(desk.machine.folder, '恢复处');
    await dialog.getByLabel('恢复到（新的空文件夹）').fill(target);
    await desk.look('backup-restore');
    await dialog.getByRole('button', { name: /^恢复/ }).click();
    await dialog.getByText('已恢复').waitFor();
    await desk.look('backup-restored');
    await dialog.getByRole('button', { name: /^打开恢复的资料/ }).click();
    await heading(page, '今日').waitFor();
    await expect.poll(() => page.getByRole('navigation', { name: '主导航' }).innerText()).toBe(count);
    await page.evaluate("location.hash = '/settings/workspace'");
    await page.getByText(target, { exact: true }).waitFor();
  });
});
