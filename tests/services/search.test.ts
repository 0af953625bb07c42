// One normaliser in every search and filter: width, brackets, case and blanks are one, numbers are compared by their figures.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { foundAt, searchKey, searchTerms } from '../../domain/values/search-key.ts';
import { maskPhones } from '../../domain/reports/masking.ts';
import { onePhone } from '../../domain/values/phone.ts';
import { addAttachment, removeAttachment, updateAttachment } from '../../services/attachments/index.ts';
import { listArticles, listLaws } from '../../services/knowledge/index.ts';
import { listPage } from '../../services/lists/index.ts';
import { referenceOptions } from '../../services/records/index.ts';
import { searchAll } from '../../services/search/index.ts';
import { testPhoto } from '../support/photos.ts';
import { bring, makeCode, openDesk, sheet, type TestDesk } from '../support/register-import.ts';

const CODE = makeCode('MAXW0230');
/** What is typed, and how many of the enterprises below it finds. */
const TYPED: readonly (readonly [string, number])[] = [
  ['(中国)', 1],
  ['（中国）', 1],
  ['往来(中国)样本', 1],
  ['【中国】', 1],
  ['FH机电', 1],
  ['ｆｈ机电', 1],
  ['ａｂｃ', 1],
  ['样本（集团）', 1],
  ['空格样本', 1],
  ['空格　样本', 1],
  ['12号', 1],
  ['１２号', 1],
  [CODE, 1],
  [CODE.toLowerCase(), 1],
  [`${CODE.slice(0, 4)} ${CODE.slice(4, 8)}-${CODE.slice(8)}`, 1],
  [[...CODE].map((c) => String.fromCharCode(c.charCodeAt(0) + 0xfee0)).join(''), 1],
  ['13800007000', 1],
  ['138-0000-7001', 1],
  ['138 0000 7002', 1],
  ['+86 138 0000 7002', 1],
  ['１３８００００７００３', 1],
  ['02150001234', 1],
  ['021 5000 1234', 1],
  ['样本', 6],
  ['ＹＢ', 6],
];

let t: TestDesk;
beforeAll(async () => {
  t = await openDesk();
  await bring(
    t.ctx,
    [
      sheet([
        ['单位名称', '统一社会信用代码', '地址', '联系人', '联系电话'],
        ['上海往来（中国）样本有限公司', CODE, '青禾路１２号', '陶样一', '13800007000'],
        ['上海ＦＨ机电样本有限公司', makeCode('MAXW0231'), '东禾路1号', '姜样一', '138-0000-7001'],
        ['上海ABC仪器样本有限公司', makeCode('MAXW0232'), '东禾路2号', '戚样一', '138 0000 7002'],
        ['上海样本（集团）有限公司', makeCode('MAXW0233'), '东禾路3号', '谢样一', '１３８００００７００３'],
        ['上海空格 样本有限公司', makeCode('MAXW0234'), '东禾路4号', '邹样一', '021-50001234'],
        ['上海另一样本有限公司', makeCode('MAXW0235'), '东禾路5号', '喻样一', ''],
      ]),
    ],
    { townName: '青禾镇' },
  );
});
afterAll(() => t.close());

describe.each(TYPED)('%s', (typed, count) => {
  test('finds the same in the list and in the search of everything', async () => {
    const page = { offset: 0, limit: 50 };
    const listed = await listPage(t.ctx, {
      kind: 'enterprise',
      filter: [{ text: typed }],
      columns: ['name'],
      sort: null,
      page,
    });
    expect(listed.total).toBe(count);
    const { hits } = await searchAll(t.ctx, typed, 50);
    expect(new Set(hits.map((hit) => (hit.entity === 'enterprise' ? hit.id : hit.parentId))).size).toBe(count);
  });
});

test('filters of a field and pickers fold too', async () => {
  const page = { offset: 0, limit: 50 };
  const by = async (op: 'contains' | 'startsWith', value: string): Promise<number> =>
    (
      await listPage(t.ctx, {
        kind: 'enterprise',
        filter: [{ field: 'name', op, value }],
        columns: ['name'],
        sort: null,
        page,
      })
    ).total;
  expect(await by('contains', 'fh 机电')).toBe(1);
  expect(await by('contains', '(中国)')).toBe(1);
  expect(await by('startsWith', '上海ａｂｃ')).toBe(1);
  const options = await referenceOptions(t.ctx, {
    target: 'area',
    text: '青　禾',
    level: 'town',
    parentId: null,
    limit: 5,
  });
  expect(options.map((option) => option.name)).toEqual(['青禾镇']);
});

test('trade words find what they mean: 危废 标识 finds HJ 1276-2022 among the first three', async () => {
  for (const typed of ['危废 标识', '危废标识', '危险废物　标志']) {
    const laws = await listLaws(t.ctx, typed, { offset: 0, limit: 3 });
    expect(laws.rows.map((law) => law.documentNumber)).toContain('HJ 1276-2022');
    const articles = await listArticles(t.ctx, null, typed, null, { offset: 0, limit: 3 });
    expect(articles.rows.map((one) => one.documentNumber)).toContain('HJ 1276-2022');
  }
});

test('a paper of a file is found by the words of its title or name; photos only by a title that somebody gave them', async () => {
  const named = await t.ctx.store.read.sqlOne<{ id: string }>("SELECT id FROM enterprise WHERE name LIKE '%ABC%'");
  const ownerId = named?.id ?? '';
  const add = async (name: string, kind: string, bytes: Uint8Array = Buffer.from(name)) =>
    (await addAttachment(t.ctx, { ownerEntity: 'enterprise', ownerId, bytes, name, kind })).id;
  const scan = await add('scan0007.pdf', 'document');
  await add('排水许可申请材料.docx', 'document');
  const photo = await add('IMG_2207.jpg', 'photo', await testPhoto(60, 40));
  const hits = async (typed: string) =>
    (await searchAll(t.ctx, typed, 10)).hits.map(({ entity, title, parentId, tail }) => [
      entity,
      title,
      parentId,
      tail,
    ]);
  const owner = [ownerId, '上海ABC仪器样本有限公司'];
  expect(await hits('排水许可申请')).toEqual([['attachment', '排水许可申请材料.docx', ...owner]]);
  expect(await hits('IMG_2207')).toEqual([]);
  await updateAttachment(t.ctx, scan, { title: '环评批复意见（2024）' });
  expect(await hits('批复意见')).toEqual([['attachment', '环评批复意见（2024）', ...owner]]);
  expect(await hits('HPPFYJ')).toHaveLength(1);
  await updateAttachment(t.ctx, photo, { title: '平面布置图' });
  expect(await hits('平面布置')).toHaveLength(1);
  await removeAttachment(t.ctx, scan);
  expect(await hits('批复意见')).toEqual([]);
});

test('a folded word is marked where it stands; keys and terms are what they say', () => {
  expect(foundAt('上海ＦＨ 机电', 'fh机')).toEqual([2, 6]);
  expect(foundAt('上海', '北')).toBeNull();
  expect(searchKey('Ａ（b）\n021-50001234')).toBe('a(b)\n021-50001234\n02150001234');
  expect(searchTerms('138 0000 7002')).toEqual([
    ['138', '13800007002'],
    ['0000', '13800007002'],
    ['7002', '13800007002'],
  ]);
});

test.each([
  ['１３８００００８００１', '13800008001', '138****8001'],
  ['+86-138-0000-8003', '13800008003', '+86-138****8003'],
  ['138　0000　8004', '13800008004', '138****8004'],
  ['138.0000.8005', '13800008005', '138****8005'],
  ['138—0000—8006', '13800008006', '138****8006'],
  ['0086 13800008007', '13800008007', '138****8007'],
  ['(138)00008008', '13800008008', '138****8008'],
  ['０２１－５０００１２３５', '021-50001235', '021-****35'],
])('%s is stored in one form, and masked in papers as it came', (typed, stored, masked) => {
  expect([onePhone(typed), maskPhones(typed), maskPhones(`打${typed}找他`)]).toEqual([
    stored,
    masked,
    `打${masked}找他`,
  ]);
  for (const kept of ['91310199MAXW02001Y', '2024.05.01-2025.05.01', '2024-05-01 12:30'])
    expect(maskPhones(kept)).toBe(kept);
});
