// Every screen of the window with data in it: a heading, no complaint in the console, nothing wider than the window.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { RAIL } from '../../renderer/app/rail.ts';
import { command, DeskUnderTest } from './support/desk.ts';
import { messyRegister } from './support/registers.ts';
import { rail } from './support/window.ts';

const SIZES = [
  { width: 1366, height: 768 },
  { width: 1024, height: 700 },
  { width: 1920, height: 1080 },
] as const;

/** Addresses besides the entries of the navigation; `first` opens the first row of a list. */
const MORE = [
  ...RAIL.flatMap((entry) => entry.children ?? []).map(({ path }) => ({ name: path.slice(1), path })),
  { name: 'permits', path: '/records/permit' },
  { name: 'packages', path: '/records/receivedPackage' },
  { name: 'registers', path: '/registers' },
  { name: 'import-runs', path: '/registers/runs' },
  { name: 'checklists', path: '/knowledge/checklists' },
  { name: 'conflicts', path: '/handoff/conflicts' },
  { name: 'take-in', path: '/handoff/take-in' },
  { name: 'backup', path: '/backup' },
  ...['office', 'people', 'areas', 'project', 'workspace', 'history', 'about'].map((part) => ({
    name: `settings-${part}`,
    path: `/settings/${part}`,
  })),
];
const LISTS = [
  { name: 'enterprise', path: '/enterprises' },
  { name: 'round', path: '/rounds' },
  { name: 'visit', path: '/visits' },
  { name: 'finding', path: '/findings?filter=' },
  { name: 'training-one', path: '/training' },
];

describe('every screen', () => {
  const desk = new DeskUnderTest();
  let isDemo = false;

  beforeAll(async () => {
    const { env, folder } = desk.machine;
    const demo = await command(env, 'demo', '--workspace', desk.workspace);
    isDemo = demo['ok'] === true;
    if (!isDemo) {
      console.log(
        `The screens are looked at with a small register: the demonstration town could not be built (${String(demo['sentence'])}).`,
      );
      const register = join(folder, '名册.xlsx');
      writeFileSync(register, messyRegister());
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
      await command(env, 'import', 'register', register, '--workspace', desk.workspace);
    }
    await desk.open();
  });
  afterAll(() => desk.close());
  afterEach(() => {
    desk.expectNoTrouble();
  });

  async function go(path: string): Promise<void> {
    await desk.page.evaluate(`location.hash = ${JSON.stringify(path)}`);
    await expect
      .poll(() =>
        desk.page
          .url()
          .split('#')[1]
          ?.startsWith(path.split('?')[0] ?? ''),
      )
      .toBe(true);
  }
  /** The page stands: its heading is there, nothing is being fetched, no list failed. */
  async function stands(): Promise<void> {
    await desk.page.locator('.main h1').first().waitFor();
    await desk.settled();
    expect(await desk.page.locator('.page .note.red').allInnerTexts()).toEqual([]);
    // An id of a vocabulary where its word should stand ("village_officer" for 村环保干部).
    expect((await desk.page.locator('.main').innerText()).match(/[a-z]{3,}_[a-z]{3,}/g)).toBeNull();
  }
  async function fits(name: string): Promise<void> {
    for (const size of SIZES) {
      await desk.page.setViewportSize(size);
      await expect.poll(() => desk.page.evaluate('innerWidth')).toBe(size.width);
      await desk.settled();
      await desk.look(`${name}-${size.width}`, { forAll: size.width <= 1366 });
    }
    await desk.page.setViewportSize(SIZES[0]);
  }

  test.each(RAIL.map((entry) => [entry.label, entry.path] as const))(
    '%s opens from the navigation, with a heading, quiet and inside the window',
    async (label, path) => {
      await rail(desk.page, label).click();
      await expect.poll(() => desk.page.url()).toContain(`#${path}`);
      await stands();
      await fits(path.slice(1));
    },
  );

  test.each(MORE.map((screen) => [screen.path, screen.name] as const))(
    '%s stands, quiet and inside the window',
    async (path, name) => {
      await go(path);
      await stands();
      await fits(name);
    },
  );

  test('on a screen of 1366 points at 150 % no action stands outside the window, and the villages have room', async () => {
    await desk.page.setViewportSize({ width: 911, height: 512 });
    for (const path of ['/statistics', '/findings?filter=', '/training']) {
      await go(path);
      await stands();
      if (path !== '/statistics' && (await openFirst(path))) await stands();
      const right = await desk.page
        .locator('.head button, .fh button')
        .evaluateAll((all) => Math.max(...all.map((one) => one.getBoundingClientRect().right)));
      expect(right, path).toBeLessThanOrEqual(911);
    }
    await go('/statistics');
    await stands();
    expect((await desk.page.locator('.below').boundingBox())?.height).toBeGreaterThan(140);
    await desk.page.setViewportSize(SIZES[0]);
  });

  /** Opens the first row of a list; false where the small register has none. */
  async function openFirst(name: string): Promise<boolean> {
    const row = desk.page.locator('.page [role="row"].tr, .page tbody tr').first();
    if ((await row.count()) === 0) {
      if (isDemo) throw new Error(`The demonstration town has no ${name}.`);
      console.log(`Not looked at, the page of one ${name}: the small register has none.`);
      return false;
    }
    const before = desk.page.url();
    await row.dblclick();
    await expect.poll(() => desk.page.url()).not.toBe(before);
    return true;
  }

  test.each(LISTS.map((list) => [list.name, list.path] as const))(
    'the page of one %s stands, quiet and inside the window',
    async (name, path) => {
      await go(path);
      await stands();
      if (!(await openFirst(name))) return;
      await stands();
      await fits(name);
    },
  );

  test('a report of a year draws a part of its long lists, and the list behind a number only what is seen', async () => {
    const { page } = desk;
    await go('/reports');
    await page
      .getByRole('group', { name: '种类' })
      .or(page.getByRole('radiogroup', { name: '种类' }))
      .getByText('年报')
      .click();
    await stands();
    const rest = page.getByText(/其余 [\d,]+ 行在 Word 里全部列出/).first();
    if (isDemo) {
      await rest.waitFor();
      const long = page.locator('.paper figure.table').filter({ has: rest }).first();
      expect(await long.locator('tbody tr').count()).toBeLessThanOrEqual(101);
      const drawn = await page.locator('.paper tbody tr').count();
      await long.getByRole('button', { name: /^再看 \d+ 行/ }).click();
      await expect.poll(() => page.locator('.paper tbody tr').count()).toBeGreaterThan(drawn);
      await page
        .locator('.paper [data-number]')
        .filter({ hasText: /^\d{3,}$/ })
        .first()
        .click();
      const behind = page.getByRole('region', { name: /的名单$/ });
      await behind.getByRole('link').first().waitFor();
      expect(await behind.getByRole('link').count()).toBeLessThan(60);
      await desk.look('report-year');
    }
  });
});
