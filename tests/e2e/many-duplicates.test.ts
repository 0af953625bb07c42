// Two offices that entered the same town: a preview with many pairs that may be one stays light.
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { creditCodeCheckCharacter } from '../../domain/values/credit-code.ts';
import { workbook } from '../support/spreadsheets.ts';
import { command, DeskUnderTest } from './support/desk.ts';
import { confirm, preview } from './support/exchange.ts';
import { button, heading, rail, toast } from './support/window.ts';

const COUNT = 200;
const code = (n: number): string => {
  const body = `91310112MA1A${String(n).padStart(5, '0')}`;
  return `${body}${creditCodeCheckCharacter(body)}`;
};
const rows = [
  ['企业名称', '统一社会信用代码', '地址'],
  ...Array.from({ length: COUNT }, (_, n) => [`上海第${n + 1}机械厂`, code(n), `联友路${n + 1}号`]),
];

describe('many possible duplicates', () => {
  const desk = new DeskUnderTest();
  const there = join(desk.machine.folder, '徐汇');
  const stick = join(desk.machine.folder, 'U 盘');
  const theirs = { ...desk.machine.env, STEWARD_CONFIG: join(desk.machine.folder, 'settings-there') };
  let folder = '';

  beforeAll(async () => {
    const { env } = desk.machine;
    const register = desk.file('名册.xlsx', workbook([{ name: '企业', rows }]));
    mkdirSync(stick);
    for (const [environment, workspace, name, letters] of [
      [env, desk.workspace, '华漕驻点', 'HC'],
      [theirs, there, '徐汇总部', 'XH'],
    ] as const) {
      await command(
        environment,
        'init',
        '--workspace',
        workspace,
        '--office',
        name,
        '--code',
        letters,
        '--operator',
        '周敏',
      );
      await command(environment, 'import', 'register', register, '--workspace', workspace);
    }
    const [own, other] = [join(stick, 'hc.card.json'), join(stick, 'xh.card.json')];
    const here = await command(env, 'handoff', 'card', '--out', own, '--workspace', desk.workspace);
    const far = await command(theirs, 'handoff', 'card', '--out', other, '--workspace', there);
    await command(theirs, 'handoff', 'trust', own, '--fingerprint', String(here['fingerprint']), '--workspace', there);
    await command(
      env,
      'handoff',
      'trust',
      other,
      '--fingerprint',
      String(far['fingerprint']),
      '--workspace',
      desk.workspace,
    );
    folder = String(
      (
        await command(
          theirs,
          'handoff',
          'export',
          '--out',
          stick,
          '--to',
          (here['office'] as { id: string }).id,
          '--workspace',
          there,
        )
      )['folder'],
    );
    await desk.open();
  });
  afterAll(() => desk.close());
  afterEach(() => {
    desk.expectNoTrouble();
  });

  test('the preview draws the pairs in sight only; the last one is reached, and can be left unmerged', async () => {
    const page = await preview(desk, folder);
    const list = page.getByRole('list', { name: '可能重复' });
    const pairs = list.getByRole('listitem');
    await pairs.first().waitFor();
    const size = Number(await pairs.first().getAttribute('aria-setsize'));
    expect(size).toBeGreaterThanOrEqual(COUNT);
    expect(await pairs.count()).toBeLessThan(60);
    await desk.look('handoff-duplicates');
    await list.focus();
    await page.keyboard.press('End');
    const last = list.locator(`[aria-posinset="${size}"]`);
    await last.waitFor();
    expect(await pairs.count()).toBeLessThan(60);
    const tick = last.getByRole('checkbox');
    const before = await tick.isChecked();
    await tick.click();
    expect(await tick.isChecked()).toBe(!before);
    // Two hundred pairs are let go, and ticked, by one click each.
    await page.getByRole('button', { name: '全不勾选' }).click();
    await page.getByText('已勾选 0 对').waitFor();
    await page.getByRole('button', { name: `勾选信用代码相同的 ${COUNT} 对` }).click();
    await page.getByText(`已勾选 ${COUNT} 对`).waitFor();
  });

  test(
    'a pair that was left unmerged is found afterwards, merged by keyboard on the page of one of the two, and ' +
      'taken apart by undo',
    async () => {
      const { page } = desk;
      const last = page.getByRole('list', { name: '可能重复' }).locator(`[aria-posinset="${COUNT}"]`);
      await page.getByRole('list', { name: '可能重复' }).focus();
      await page.keyboard.press('End');
      await last.getByRole('checkbox').uncheck();
      const name = (await last.innerText()).split('\n')[0] ?? '';
      await confirm(desk);
      await rail(page, '企业档案').click();
      await button(page, '疑似重复')
        .or(page.getByRole('tab', { name: '疑似重复' }))
        .first()
        .click();
      const rows = page.getByRole('grid', { name: '企业' }).getByRole('row').filter({ hasText: name });
      await expect.poll(() => rows.count()).toBe(2);
      await rows.first().dblclick();
      await heading(page, name).waitFor();
      const panel = page.getByRole('region', { name: '疑似重复' });
      await panel.getByText('信用代码相同').waitFor();
      await desk.look('enterprise-duplicates');
      await panel.getByRole('link', { name }).focus();
      await page.keyboard.press('Tab');
      await page.keyboard.press('Enter');
      await page.getByRole('dialog', { name: '合并为一家' }).getByRole('table', { name: '两份档案' }).waitFor();
      await page.keyboard.press('Enter');
      await toast(page, '已合并为一家').waitFor();
      await panel.waitFor({ state: 'detached' });
      await page.keyboard.press('Control+z');
      await panel.getByText('信用代码相同').waitFor();
    },
  );
});
