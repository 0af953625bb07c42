// Notices, inspection records and training sheets as Word documents.
import sharp from 'sharp';
import { orderingWords } from '../../domain/values/ordering-words.ts';
import { beforeAll, describe, expect, test } from 'vitest';
import {
  inspectionRecord,
  rectificationNotice,
  trainingSignIn,
  trainingSummary,
} from '../../services/documents/index.ts';
import {
  attribute,
  canRender,
  elements,
  grids,
  misplacedChildren,
  openDocx,
  paragraphs,
  renderPages,
  tables,
  textOf,
} from '../support/docx.ts';
import { noticeData, recordData, trainingData } from '../support/notice-data.ts';
import { testPhoto } from '../support/photos.ts';

let photos: Record<string, Uint8Array>;

beforeAll(async () => {
  photos = {
    a: await testPhoto(1600, 1200),
    b: await testPhoto(900, 1600),
    c: await testPhoto(1600, 1200, { orientation: 6 }),
    p: await testPhoto(900, 1600),
  };
});

/** Width by height of every picture, in EMU. */
const extents = (xml: string): [number, number][] =>
  elements(xml, 'wp:extent').map((extent) => [Number(attribute(extent, 'cx')), Number(attribute(extent, 'cy'))]);

describe('整改建议单', () => {
  test('each finding has its block: description, photos, source of law, advice, person and date', async () => {
    const docx = await openDocx(await rectificationNotice(noticeData(), { photos }));
    const text = textOf(docx.body);
    expect(paragraphs(docx.body)[0]).toBe('整改建议单');
    const blocks = tables(docx.body).filter((table) => table[0]?.[0]?.startsWith('问题提示'));
    expect(blocks.map((table) => table[0]?.[0])).toEqual([
      '问题提示1　建议限时完成　危险废物　HZ7K2-26-00042',
      '问题提示2　当场改进　环境管理台账　HZ7K2-26-00043',
      '问题提示3　建议限时完成　废气、油烟　HZ7K2-26-00044',
    ]);
    const cell = (block: number, label: string): string | undefined =>
      blocks[block]?.find((row) => row[0] === label)?.[1];
    expect(cell(0, '问题提示')).toBe(
      '位置：喷漆房北侧空地\n废机油桶（约6只）露天堆放，地面未做防渗，未设置危险废物识别标志。',
    );
    expect(cell(1, '现场照片')).toBe('无照片（资料检查）');
    expect(cell(1, '责任人')).toBe('不详');
    expect(blocks[0]?.find((row) => row[0] === '责任人')).toEqual([
      '责任人',
      '张伟',
      '建议完成\n时间',
      '2026年12月3日',
    ]);
    expect(blocks[1]?.find((row) => row[0] === '责任人')?.[3]).toBe('当场');
    for (const part of [
      '编号：HZ7K2-26-T0031',
      '请于2026年12月5日前反馈整改情况',
      '联系人陈思远，电话021-52340088',
      '一式三份：企业、委托方、服务单位各一份。',
      '整改回执',
      '□通过　□退回',
    ]) {
      expect(text).toContain(part);
    }
  });

  test('a verified article is cited with its number, one that is not verified by the title of its law alone', async () => {
    const docx = await openDocx(await rectificationNotice(noticeData(), { photos }));
    const cited = tables(docx.body)
      .flat()
      .filter((row) => row[0] === '法规依据')
      .map((row) => row[1]);
    expect(cited).toEqual([
      '《中华人民共和国固体废物污染环境防治法》（主席令第43号）第七十九条\n《危险废物贮存污染控制标准》',
      '－',
      '《挥发性有机物无组织排放控制标准》',
    ]);
  });

  test('a consultant suggests: no word of authority and no letterhead in our own text', async () => {
    const text = textOf((await openDocx(await rectificationNotice(noticeData(), { photos }))).body);
    expect(orderingWords(text)).toEqual([]);
    expect(text).not.toMatch(/抄送|签发人|密级/);
    expect(text).toContain('建议参照所列建议改进');
  });

  test('photos keep their ratio, also turned by EXIF; a missing one says so where it belongs', async () => {
    const docx = await openDocx(await rectificationNotice(noticeData(), { photos }));
    const ratios = extents(docx.body).map(([width, height]) => width / height);
    expect(ratios).toHaveLength(3);
    [4 / 3, 9 / 16, 3 / 4].forEach((ratio, index) => expect(ratios[index]).toBeCloseTo(ratio, 1));
    for (const [width, height] of extents(docx.body)) {
      expect(width / 36_000).toBeLessThan(156);
      expect(height / 36_000).toBeLessThanOrEqual(62.5);
    }
    expect(
      tables(docx.body)
        .flat()
        .find((row) => row[1]?.includes('照片缺失')),
    ).toEqual(['现场照片', '「照片缺失」活性炭箱']);
  });

  test('a photo that cannot be decoded does not stop the document', async () => {
    const broken = {
      ...photos,
      a: new Uint8Array([0xff, 0xd8, 0xff, 1, 2, 3]),
      b: new TextEncoder().encode('<svg xmlns="x"/>'),
    };
    const docx = await openDocx(await rectificationNotice(noticeData(), { photos: broken }));
    expect(textOf(docx.body).split('「照片缺失」')).toHaveLength(4);
  });

  test('printed photos carry no position and no camera data', async () => {
    const docx = await openDocx(await rectificationNotice(noticeData(), { photos }));
    const media = docx.paths.filter((path) => path.startsWith('word/media/'));
    expect(media.length).toBe(3);
    for (const path of media) expect(await docx.zip.file(path)?.async('binarystring')).not.toContain('Exif');
  });

  test("a notice in the client's name needs the client's consent, and then bears that name", async () => {
    await expect(rectificationNotice(noticeData({ kind: 'notice' }))).rejects.toMatchObject({
      code: 'NOTICE_WITHOUT_CONSENT',
    });
    await expect(rectificationNotice(noticeData({ findings: [] }))).rejects.toMatchObject({
      code: 'NOTICE_WITHOUT_FINDINGS',
    });
    const docx = await openDocx(
      await rectificationNotice(noticeData({ kind: 'notice', clientAgreed: true }), { photos }),
    );
    const texts = paragraphs(docx.body);
    expect(texts[0]).toBe('整改通知单');
    expect(texts).toContain('华漕镇人民政府');
    expect(textOf(docx.body)).toContain('受华漕镇人民政府委托，我单位于2026年11月18日到贵单位开展环保管家服务巡查');
  });

  test('contacts of the enterprise can be masked; the feedback channel stays readable', async () => {
    const text = textOf((await openDocx(await rectificationNotice(noticeData(), { photos, contacts: 'masked' }))).body);
    expect(text).not.toMatch(/13812346021|张伟|李强/);
    expect(text).toContain('138****6021');
    expect(text).toContain('021-52340088');
  });

  test('printed again after rectification it shows what was done, with photos', async () => {
    const [first] = noticeData().findings;
    const data = noticeData({
      findings: [{ ...first!, rectifiedDate: '2026-11-30', after: { text: '已移入暂存间', photos: [{ id: 'p' }] } }],
      acknowledged: { name: '张伟', date: '2026-11-18', state: '已签收（张伟，2026-11-18）' },
    });
    const rows = tables((await openDocx(await rectificationNotice(data, { photos }))).body).flat();
    expect(rows.find((row) => row[0] === '整改情况')?.[1]).toBe('已移入暂存间');
    // Each photo from before has one from after at its right; nobody is told that there is none where there is one above.
    const pairs = rows.filter((row) => row[0] === '整改前后\n照片');
    expect(pairs.map((row) => row.slice(1).map((cell) => cell.slice(0, 3)))).toEqual([
      ['整改前', '整改后'],
      ['整改前', '整改后'],
      ['整改前', '整改后'],
    ]);
    expect(pairs[1]?.[2]).toBe('整改后');
    const bare = noticeData({ findings: [{ ...first!, after: { text: '已移入暂存间', photos: [] } }] });
    const own = tables((await openDocx(await rectificationNotice(bare, { photos }))).body).flat();
    expect(own.find((row) => row[0] === '整改前后\n照片')?.[2]).toBe('整改后无照片');
    expect(rows.some((row) => row[0] === '现场照片')).toBe(false);
    expect(rows.find((row) => row[0] === '签收情况')?.[1]).toBe('已签收（张伟，2026-11-18）');
    expect(rows.find((row) => row[0] === '1' && row.length === 5)?.slice(3)).toEqual(['2026-11-30', '已移入暂存间']);
  });
});

test('properties stand in the order of the schema', async () => {
  for (const bytes of [
    await rectificationNotice(noticeData(), { photos }),
    await inspectionRecord(recordData(), { photos }),
    await trainingSignIn(trainingData(), { photos }),
  ]) {
    expect(misplacedChildren((await openDocx(bytes)).body)).toEqual([]);
  }
});

test('tables of forms lie on a fixed grid: cell widths add up to the columns they span', async () => {
  for (const bytes of [
    await rectificationNotice(noticeData(), { photos }),
    await inspectionRecord(recordData(), { photos }),
    await trainingSignIn(trainingData(), { photos }),
  ]) {
    for (const table of grids((await openDocx(bytes)).body)) {
      expect(table.fixed).toBe(true);
      for (const row of table.rows) expect(row.reduce((sum, width) => sum + width, 0)).toBe(table.width);
      expect(table.grid.reduce((sum, width) => sum + width, 0)).toBe(table.width);
    }
  }
});

test('a signature drawn on screen is printed in its box with name and day; a refusal with its reason', async () => {
  const signature = new Uint8Array(
    await sharp({ create: { width: 600, height: 200, channels: 4, background: { r: 0, g: 0, b: 0, alpha: 0 } } })
      .png()
      .toBuffer(),
  );
  const signed = await openDocx(
    await rectificationNotice(
      noticeData({
        findings: noticeData().findings.slice(1, 2),
        acknowledged: { signature: { id: 's' }, name: '张伟', date: '2026-11-18' },
      }),
      { photos: { s: signature } },
    ),
  );
  const box = tables(signed.body)
    .flat()
    .find((row) => row[0]?.startsWith('企业接收人'))?.[0];
  expect(box).toContain('张伟');
  expect(box).toContain('日期：2026年11月18日');
  expect(extents(signed.body)).toHaveLength(1);
  expect((extents(signed.body)[0]?.[1] ?? 0) / 36_000).toBeLessThanOrEqual(12.5);
  const refused = await openDocx(
    await rectificationNotice(noticeData({ acknowledged: { refusedReason: '负责人不在场' } }), { photos }),
  );
  expect(textOf(refused.body)).toContain('未签收，原因：负责人不在场');
});

describe('服务巡查记录', () => {
  test('has its ten parts, ticks the purposes, numbers the items through and prints what is unknown as 不详', async () => {
    const docx = await openDocx(await inspectionRecord(recordData(), { photos }));
    const headings = elements(docx.body, 'w:p')
      .filter((xml) => xml.includes('w:val="Heading1"'))
      .map(textOf);
    expect(headings).toEqual([
      '一、基本情况',
      '二、巡查目的',
      '三、首次沟通',
      '四、巡查内容',
      '五、关键数据',
      '六、问题提示',
      '七、以往问题复核',
      '八、现场指导',
      '九、现场照片',
      '十、企业意见及签字',
    ]);
    const text = textOf(docx.body);
    expect(text).toContain('☑例行检查　□专项检查');
    const checks = tables(docx.body).find((table) => table[0]?.[1] === '巡查项');
    expect(
      checks
        ?.filter((row) => row.length === 4)
        .slice(1)
        .map((row) => row[0]),
    ).toEqual(['1', '2', '3', '4', '5', '6']);
    expect(tables(docx.body)[0]?.find((row) => row[2] === '验收')?.[3]).toBe('不详');
    expect(text).toContain('如不签字，注明原因：');
  });

  test('an empty visit prints sentences, a refusal its reason', async () => {
    const docx = await openDocx(
      await inspectionRecord(
        recordData({
          aspects: [],
          quantities: [],
          findings: [],
          previous: [],
          guidance: null,
          photos: [],
          refusedSign: { reason: '负责人不在场' },
        }),
      ),
    );
    for (const sentence of [
      '本次未按检查表巡查。',
      '未记录。',
      '本次巡查无问题提示。',
      '无待复核的以往问题。',
      '无照片。',
      '未签字，原因：负责人不在场',
    ]) {
      expect(paragraphs(docx.body)).toContain(sentence);
    }
  });
});

describe('培训签到表', () => {
  test('lists the attendees with room to sign, masked unless asked for, and blank lines after them', async () => {
    const docx = await openDocx(
      await trainingSignIn(trainingData({ summary: undefined as never }), { contacts: 'shown' }),
    );
    const list = tables(docx.body).at(-1) ?? [];
    expect(list[0]).toEqual(['序号', '单位', '姓名', '职务', '电话', '签名']);
    expect(list).toHaveLength(1 + 32 + 3);
    expect(list[1]).toEqual(['1', '上海第1汽车维修有限公司', '张伟', '', '13812346021', '']);
    const masked = tables((await openDocx(await trainingSignIn(trainingData()))).body).at(-1) ?? [];
    expect(masked[3]?.slice(2, 5)).toEqual(['欧**', '环保专员', '138****6021']);
  });

  test('the summary has no part without anything in it, and numbers those that it has', async () => {
    const held = trainingData();
    const bare = { ...held.summary!, questions: [], improvements: [], assessment: null, photos: [] };
    const lines = paragraphs((await openDocx(await trainingSummary({ ...held, summary: bare }))).body);
    expect(lines.filter((line) => /^[一二三四五六]、/.test(line))).toEqual(['一、基本情况', '二、培训内容']);
  });

  test('the summary states coverage with its numerator and denominator', async () => {
    const docx = await openDocx(await trainingSummary(trainingData(), { photos }));
    expect(textOf(docx.body)).toContain('应到企业60家，实到企业32家、45人次，覆盖率53.3%（32/60）。');
    expect(extents(docx.body)).toHaveLength(2);
  });
});

test.runIf(canRender())(
  'seven findings: no signature alone on a page, and no row without the heading of its finding',
  async () => {
    const [first, second, third] = noticeData().findings;
    const findings = [first!, second!, third!, first!, second!, third!, first!];
    const pages = (await renderPages(await rectificationNotice(noticeData({ findings }), { photos }))).map((page) =>
      page.replace(/\s/g, ''),
    );
    expect(pages.length).toBeGreaterThan(3);
    const signed = pages.filter((page) => page.includes('企业接收人') || page.includes('复核人员'));
    expect(signed.length).toBe(2);
    for (const page of signed) expect(page).toMatch(/反馈渠道|以上情况属实/);
    for (const page of pages.filter((one) => one.includes('责任人')))
      expect(page.search(/问题提示\d/)).toBeLessThan(page.indexOf('责任人'));
  },
);

test.runIf(canRender())('LibreOffice opens notice, record and sign-in sheet', async () => {
  const [notice, record, training] = [
    (await renderPages(await rectificationNotice(noticeData(), { photos }))).join(''),
    (await renderPages(await inspectionRecord(recordData(), { photos }))).join(''),
    (await renderPages(await trainingSignIn(trainingData(), { photos }))).join(''),
  ].map((text) => text.replace(/\s/g, ''));
  expect(notice).toContain('整改回执');
  expect(record).toContain('环保管家服务巡查记录');
  expect(training).toContain('培训签到表');
});
