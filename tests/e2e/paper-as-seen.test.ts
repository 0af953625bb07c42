// A paper shows what the screen shows: what is still being drawn on a photo when one prints is kept first.
import sharp from 'sharp';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Download, Locator } from 'playwright-core';
import { openDocx, type OpenDocx } from '../support/docx.ts';
import { testPhoto } from '../support/photos.ts';
import { COMPLETE, openOneWindow, visitWithDraft, type OneWindow } from './support/issued.ts';
import { heading, rail } from './support/window.ts';

let w: OneWindow;
beforeEach(async () => {
  w = await openOneWindow();
  // Asked for only when a chooser is waited for, interception may reach the page after the key that opens it.
  takePhoto();
});
afterEach(async () => {
  await w.close();
});

/** Points of the red that marks are drawn in. */
async function redPoints(picture: Uint8Array): Promise<number> {
  const { data, info } = await sharp(picture).removeAlpha().raw().toBuffer({ resolveWithObject: true });
  let red = 0;
  for (let at = 0; at < data.length; at += info.channels)
    if ((data[at] ?? 0) > 180 && (data[at + 1] ?? 0) < 90 && (data[at + 2] ?? 0) < 90) red += 1;
  return red;
}

/** Whatever chooser opens gets a photo. */
function takePhoto(): void {
  w.page.on('filechooser', (chooser) => {
    void testPhoto(900, 600).then((bytes) =>
      chooser.setFiles({ name: '现场.jpg', mimeType: 'image/jpeg', buffer: Buffer.from(bytes) }),
    );
  });
}

async function printed(download: Download): Promise<OpenDocx> {
  const chunks: Buffer[] = [];
  for await (const chunk of await download.createReadStream()) chunks.push(chunk as Buffer);
  return await openDocx(new Uint8Array(Buffer.concat(chunks)));
}

/** Opens a visit at its first item, adds a photo to the draft of it and draws an ellipse on it. @returns the finding's group */
async function drawn(visitId: string): Promise<Locator> {
  const { page } = w;
  await page.evaluate(`location.hash = '#/visits/${visitId}'`);
  await heading(page, '上海海明科技有限公司').waitFor();
  const finding = page.getByRole('group', { name: '问题 1' });
  await page.getByText('GEN-01-01').first().click();
  await finding.waitFor();
  await page.keyboard.press('p');
  await finding.getByRole('button', { name: '圈标注' }).click();
  const box = await finding.locator('.touch').boundingBox();
  if (!box) throw new Error('the photo is not there');
  const [x, y] = [box.x + box.width / 2, box.y + box.height / 2];
  await page.mouse.move(x - 40, y - 30);
  await page.mouse.down();
  await page.mouse.move(x + 40, y + 30, { steps: 4 });
  await page.mouse.up();
  await finding.getByRole('button', { name: '保存标注' }).waitFor();
  return finding;
}

const copies = async (visitId: string): Promise<boolean[]> =>
  ((await w.t.client.visits.get({ id: visitId })).findings[0]?.photos ?? [])
    .map((photo) => photo.originalId !== null)
    .sort();

test.each([
  ['K', async () => await w.page.keyboard.press('k')],
  ['a click on another item', async () => await w.page.getByText('GEN-01-03').first().click()],
  ['Alt+←', async () => await w.page.keyboard.press('Alt+ArrowLeft')],
  ['the rail', async () => await rail(w.page, '今日').click()],
])('what was drawn is kept without a word when one goes on by %s', async (way, leave) => {
  const { visitId } = await visitWithDraft(w.t.client, w.enterpriseId, '2026-11-18');
  await w.page.evaluate(`location.hash = '#/enterprises'`);
  await heading(w.page, '企业档案').waitFor();
  const finding = await drawn(visitId);
  if (way === 'K') await w.page.keyboard.press('j');
  await leave();
  await expect.poll(() => copies(visitId)).toEqual([false, true]);
  expect(await w.page.getByRole('dialog').count()).toBe(0);
  if (way === 'K') await finding.getByRole('button', { name: '标注副本，看原图' }).waitFor();
});

test('an ellipse that nobody saved before Ctrl+P is on the notice, and stays (bug: printed without it)', async () => {
  const { page, t } = w;
  const { visitId, findingId } = await visitWithDraft(t.client, w.enterpriseId, '2026-11-18');
  await t.client.findings.update({ id: findingId, values: COMPLETE });
  const finding = await drawn(visitId);
  const [download] = await Promise.all([page.waitForEvent('download'), page.keyboard.press('Control+p')]);
  const docx = await printed(download);
  const pictures = docx.paths.filter((path) => /^word\/media\/.+\.(?:jpe?g|png)$/.test(path));
  expect(pictures).toHaveLength(1);
  const picture = await docx.zip.file(pictures[0] ?? '')?.async('uint8array');
  expect(await redPoints(picture ?? new Uint8Array())).toBeGreaterThan(100);
  expect(await copies(visitId)).toEqual([false, true]);
  await finding.getByRole('button', { name: '标注副本，看原图' }).waitFor();
});

test('a photo that is still being saved is waited for, then the notice is printed with it and nothing is said to be missing', async () => {
  const { page, t } = w;
  const { visitId, findingId } = await visitWithDraft(t.client, w.enterpriseId, '2026-11-18');
  await t.client.findings.update({ id: findingId, values: { ...COMPLETE, photoExemption: null } });
  await page.evaluate(`location.hash = '#/visits/${visitId}'`);
  await heading(page, '上海海明科技有限公司').waitFor();
  await page.getByText('GEN-01-01').first().click();
  await page.getByRole('group', { name: '问题 1' }).waitFor();
  let release = (): void => undefined;
  const held = new Promise<void>((resolve) => {
    release = resolve;
  });
  await page.route('**/rpc/attachments/add', async (route) => {
    await held;
    await route.continue();
  });
  await page.keyboard.press('p');
  await page.getByText('正在保存', { exact: true }).first().waitFor();
  const downloading = page.waitForEvent('download');
  await page.keyboard.press('Control+p');
  expect((await t.client.visits.get({ id: visitId })).findings[0]?.status).toBe('draft');
  release();
  const docx = await printed(await downloading);
  expect(docx.paths.filter((path) => path.startsWith('word/media/'))).toHaveLength(1);
  await expect.poll(() => page.getByText('请添加整改前照片').count()).toBe(0);
});
