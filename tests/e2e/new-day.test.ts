// A window that stays open over midnight.
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { ROOT } from '../../scripts/lib/run.ts';
import { makeWorkspace, openBackend } from '../support/backend.ts';
import { launchBrowser } from '../support/browser.ts';

test('whoever comes back to a window on the next day sees that day and not the one it was opened on', async () => {
  let day = '2026-11-18';
  const t = await openBackend('loopback', { windowDir: join(ROOT, 'dist', 'renderer'), today: () => day });
  const browser = await launchBrowser();
  try {
    await makeWorkspace(t);
    const page = await browser.newPage({ viewport: { width: 1366, height: 768 }, locale: 'zh-CN' });
    await page.goto(t.backend.address);
    await page.locator('.main h1').first().waitFor();
    expect(await page.locator('.main').innerText()).toContain('11 月 18 日');
    day = '2026-11-19';
    await page.evaluate("window.dispatchEvent(new Event('focus'))");
    await expect.poll(() => page.locator('.main').innerText()).toContain('11 月 19 日');
    expect(await page.locator('.main').innerText()).not.toContain('11 月 18 日');
  } finally {
    await browser.close();
    await t.close();
  }
});
