// A file of 600 MB, chosen in the window and sent past it: refused at once, with a sentence, and nothing of it is kept.
import { closeSync, ftruncateSync, openSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { command, DeskUnderTest } from './support/desk.ts';
import { button, chooseFiles } from './support/window.ts';

const desk = new DeskUnderTest();
const path = (): string => join(desk.machine.folder, '很大的名册.xlsx');

beforeAll(async () => {
  const { env } = desk.machine;
  const who = ['--office', '华漕驻点', '--code', 'HC', '--operator', '陈静'];
  await command(env, 'init', '--workspace', desk.workspace, ...who);
  const file = openSync(path(), 'w');
  ftruncateSync(file, 600 * 1024 * 1024);
  closeSync(file);
  await desk.open();
});
afterAll(() => desk.close());

test('chosen for an import, it is refused before a byte is sent', async () => {
  const { page } = desk;
  const sent: string[] = [];
  page.on('request', (request) => {
    if (request.url().includes('files/upload')) sent.push(request.url());
  });
  await page.evaluate(`location.hash = '/registers'`);
  await chooseFiles(page, () => button(page, '选择文件…').click(), path());
  await page.getByText('文件超过 512 MB').first().waitFor();
  await desk.look('large-upload');
  expect(sent).toEqual([]);
  desk.expectNoTrouble();
});

test('sent by a page that does not look at its size, it is answered without being read', async () => {
  const { page } = desk;
  await page.evaluate(
    `(() => { const input = document.createElement('input'); input.type = 'file'; input.id = 'raw'; document.body.append(input); })()`,
  );
  await page.locator('#raw').setInputFiles(path());
  const answer = (await page.evaluate(`(async () => {
    const body = document.querySelector('#raw').files[0];
    const response = await fetch('files/upload', { method: 'POST', body });
    return { status: response.status, ...(await response.json()) };
  })()`)) as { status: number; sentence: string };
  expect(answer).toMatchObject({ status: 413, sentence: expect.stringContaining('512 MB') as string });
  desk.troubles.splice(0);
});
