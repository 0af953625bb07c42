// A scanned permit in the window: read by one key, shown beside the page's own print, stored when a person confirms it.
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { canRead } from '../../services/scans/index.ts';
import { hasChineseFont } from '../support/browser.ts';
import { makeCode } from '../support/register-import.ts';
import { permitLines, scannedPaper } from '../support/scans.ts';
import { makeEnterprises } from '../support/town.ts';
import { DeskUnderTest } from './support/desk.ts';
import { fillWorkspace } from './support/filled.ts';
import { button, heading, toast } from './support/window.ts';

const ready = canRead() && hasChineseFont();
if (!ready)
  console.log('Skipped, reading of scans in the window: the runtime of the models or a Chinese font is not here.');

const METAL = '上海川岚金属制品有限公司';
const CODE = makeCode('MA1K8B0D5');

describe.skipIf(!ready)('scan reading', () => {
  const desk = new DeskUnderTest();
  let metal = '';
  const paths: string[] = [];
  beforeAll(async () => {
    const permit = { holder: METAL, from: '2024-03-05', to: '2029-03-04' };
    const wrong = `${CODE.slice(0, 9)}${CODE[9] === '1' ? '7' : '1'}${CODE.slice(10)}`;
    const print = async (name: string, code: string) =>
      paths.push(
        desk.file(
          name,
          await scannedPaper('排污许可证', permitLines({ ...permit, code }), { degrees: 1, quality: 60 }),
        ),
      );
    await print('IMG_0001.jpg', CODE);
    await print('IMG_0002.jpg', wrong);
    await fillWorkspace(desk.machine, async (ctx) => {
      metal = (await makeEnterprises(ctx, { [METAL]: { creditCode: CODE } }))[METAL] ?? '';
    });
    await desk.open();
  });
  afterAll(() => desk.close());
  afterEach(() => {
    desk.expectNoTrouble();
  });
  const dialog = () => desk.page.getByRole('dialog', { name: '核对读出的内容：排污许可证' });
  const rowOf = (label: string) =>
    dialog()
      .getByRole('row')
      .filter({ has: desk.page.getByRole('rowheader', { name: label, exact: true }) });

  test('[BY-16] number, holder, validity and code stand beside the crop; nothing is stored before a person confirms', async () => {
    const { page } = desk;
    await page.evaluate(`location.hash = '/scans'`);
    await heading(page, '待归档').waitFor();
    await page.getByLabel('选择扫描件', { exact: true }).setInputFiles(paths);
    await toast(page, '收进 2 份待归档文件').waitFor();
    await page.getByRole('img', { name: 'IMG_0001.jpg 第 1 页' }).waitFor();
    await page.keyboard.press('r');
    await dialog().waitFor();
    for (const [label, value] of [
      ['证书/登记编号', `${CODE}001U`],
      ['有效期自', '2024-03-05'],
      ['有效期至', '2029-03-04'],
    ] as const) {
      expect(await rowOf(label).getByRole('textbox').inputValue(), label).toContain(value);
      await rowOf(label).getByRole('img').waitFor();
      expect(await rowOf(label).getByRole('checkbox').isChecked()).toBe(true);
    }
    expect(await rowOf('单位名称').innerText()).toContain(METAL);
    expect(await rowOf('统一社会信用代码').innerText()).toContain(CODE);
    await desk.look('scan-read');
    await page.setViewportSize({ width: 1024, height: 700 });
    await desk.look('scan-read-1024');
    await page.setViewportSize({ width: 1366, height: 768 });
    // Read, and not confirmed: nothing is there.
    await page.keyboard.press('Escape');
    await dialog().waitFor({ state: 'hidden' });
    await page.keyboard.press('r');
    await dialog().waitFor();
    await button(dialog(), '填入 5 项并归档').click();
    await toast(page, '已填入 5 项并归档').waitFor();

    // The second one is printed with a wrong code: it says so, and is not taken by itself.
    await page.getByRole('img', { name: 'IMG_0002.jpg 第 1 页' }).waitFor();
    await page.keyboard.press('r');
    await dialog().waitFor();
    expect(await rowOf('统一社会信用代码').innerText()).toContain('校验不符');
    expect(await rowOf('证书/登记编号').getByRole('checkbox').isChecked()).toBe(false);
    await desk.look('scan-read-doubtful');
    await page.keyboard.press('Escape');
    await page.evaluate(`location.hash = '/enterprises/${metal}?tab=formalities'`);
    const permits = page.getByRole('table', { name: '排污许可' });
    await permits.waitFor();
    await expect.poll(() => permits.locator('tbody tr').count()).toBe(1);
    expect(await permits.innerText()).toContain(`${CODE}001U`);
    await desk.shot('scan-read-file');
  });
});
