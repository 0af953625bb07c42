// A window on a back end of the test's own, and a visit with a finding, made over the contract as the window makes it.
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { ROOT } from '../../../scripts/lib/run.ts';
import { makeEnterprise, makeWorkspace, openBackend, type Client, type TestBackend } from '../../support/backend.ts';
import { launchBrowser } from '../../support/browser.ts';
import { WAIT_MS } from '../../support/limits.ts';

/** A back end with a workspace of one enterprise, and a window on it. */
export interface OneWindow {
  t: TestBackend;
  browser: Browser;
  page: Page;
  enterpriseId: string;
  close: () => Promise<void>;
}

/** Opens them; `filled` leaves out the enterprise. */
export async function openOneWindow({ today = '2026-11-18', filled = true } = {}): Promise<OneWindow> {
  const t = await openBackend('loopback', { windowDir: join(ROOT, 'dist', 'renderer'), today: () => today });
  await makeWorkspace(t);
  const enterpriseId = filled ? (await makeEnterprise(t.client)).id : '';
  const browser = await launchBrowser();
  const page = await browser.newPage({ viewport: { width: 1366, height: 768 }, locale: 'zh-CN' });
  page.setDefaultTimeout(WAIT_MS);
  await page.goto(t.backend.address);
  await page.locator('.main h1').first().waitFor();
  const close = async (): Promise<void> => {
    await browser.close();
    await t.close();
  };
  return { t, browser, page, enterpriseId, close };
}

/** Words that make a draft complete. */
export const COMPLETE = {
  description: '废漆桶露天堆放在厂区东侧',
  responsiblePerson: '王建国',
  photoExemption: 'other',
};

/** A visit of a day with a draft finding of its first item. */
export async function visitWithDraft(
  client: Client,
  enterpriseId: string,
  date: string,
): Promise<{ visitId: string; findingId: string }> {
  const { id: visitId } = await client.visits.start({ enterpriseId, roundTargetId: null, date, purposes: ['routine'] });
  const item = (await client.visits.get({ id: visitId })).items[0];
  const answer = await client.visits.answer({ visitId, itemId: item?.id ?? '', result: 'nonconforming' });
  return { visitId, findingId: answer.findingId ?? '' };
}

/** The same, issued with its notice. */
export async function visitWithFinding(
  client: Client,
  enterpriseId: string,
  date: string,
): Promise<{ visitId: string; findingId: string }> {
  const made = await visitWithDraft(client, enterpriseId, date);
  await client.findings.update({ id: made.findingId, values: COMPLETE });
  await client.findings.issueNotice({
    enterpriseId,
    visitId: made.visitId,
    findingIds: [made.findingId],
    kind: 'advice',
  });
  return made;
}
