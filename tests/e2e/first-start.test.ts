// First start: how far the making is, the other ways on after an error, and a package of another office as a beginning.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { ROOT } from '../../scripts/lib/run.ts';
import { openBackend, type TestBackend } from '../support/backend.ts';
import { launchBrowser } from '../support/browser.ts';
import { button, heading } from './support/window.ts';

let t: TestBackend;
let browser: Browser;
let page: Page;
beforeEach(async () => {
  t = await openBackend('loopback', { windowDir: join(ROOT, 'dist', 'renderer') });
  browser = await launchBrowser();
  page = await browser.newPage({ viewport: { width: 1024, height: 700 }, locale: 'zh-CN' });
  await page.goto(t.backend.address);
  await page.getByLabel('服务单位').fill('上海清源环保咨询有限公司');
  await page.getByLabel('本驻点').fill('华漕驻点');
  await page.getByLabel('驻点代号').fill('HC');
  await page.getByLabel('使用人').fill('陈静');
});
afterEach(async () => {
  await browser.close();
  await t.close();
});

test('a package of another office is a way to begin, and the making says how far it is', async () => {
  await page.getByLabel('资料放在').fill(t.folder);
  await page.getByRole('radio', { name: '接收交换包' }).check();
  await button(page, /^去接收/).click();
  const progress = page.getByRole('group', { name: '建立资料' });
  await progress.waitFor();
  await progress.getByText(/建立数据库|登记驻点和密钥|载入法规和检查表/).waitFor();
  await heading(page, /收进|接收/).waitFor();
  expect(page.url()).toContain('/handoff/take-in');
});

test('after an error the links to other ways stay, and the next attempt goes through', async () => {
  const taken = join(t.root, 'taken');
  writeFileSync(taken, 'a file, not a folder');
  await page.getByLabel('资料放在').fill(join(taken, 'below'));
  await button(page, /^开始使用/).click();
  await page.getByRole('alert').waitFor();
  for (const name of ['打开已有的资料…', '从备份恢复…']) {
    expect(await button(page, name).isVisible(), name).toBe(true);
    expect(await button(page, name).isEnabled(), name).toBe(true);
  }
  await page.getByLabel('资料放在').fill(t.folder);
  await button(page, /^开始使用/).click();
  await heading(page, '企业档案').waitFor();
});
