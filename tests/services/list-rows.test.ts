// What lists say and in which order: numbers as numbers, names of references, the bin, sheets, saved views, sentences
// for what does not fit.
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Filter } from '../../domain/dictionary/filter.ts';
import { filterFault, filterLine, filterWords, parseFilter, printFilter } from '../../domain/lists.ts';
import { verification } from '../../domain/findings/entities.ts';
import { product } from '../../domain/enterprises/entities.ts';
import { savedView } from '../../domain/views/entities.ts';
import { act } from '../../services/context.ts';
import { binEnterprises } from '../../services/enterprises/index.ts';
import { listIds, listPage, listSheet, removeView, savedViews, saveView } from '../../services/lists/index.ts';
import { openDesk, type TestDesk } from '../support/register-import.ts';
import { makeEnterprises, makeFinding } from '../support/town.ts';

let t: TestDesk;
let ids: Record<string, string>;
let late: string;
let soon: string;
beforeAll(async () => {
  t = await openDesk();
  ids = await makeEnterprises(t.ctx, {
    甲厂: { siteArea: '9', foundedDate: '2019-01-01', foundedDatePrecision: 'year', objectKind: 'catering' },
    乙厂: { siteArea: '10.5', legalRep: '王建国' },
    丙厂: { siteArea: '100' },
    丁厂: {},
  });
  late = await makeFinding(t.ctx, ids['甲厂']!, '2026-10-01', '2026-11-10');
  soon = await makeFinding(t.ctx, ids['乙厂']!, '2026-11-02', '2026-11-20');
  await act(t.ctx, '产品', 'form', async (tx) => {
    for (const [name, designedCapacity] of [
      ['漆', '9.5'],
      ['胶', '80'],
      ['油', '100'],
    ] as const)
      await tx.insert(product, { enterpriseId: ids['甲厂']!, name, designedCapacity });
  });
});
afterAll(async () => {
  await t.close();
});

const page = { offset: 0, limit: 50 };
const names = async (filter: Filter, sort: { field: string; descending: boolean } | null = null): Promise<unknown[]> =>
  (await listPage(t.ctx, { kind: 'enterprise', filter, sort, columns: ['name'], page })).rows.map((r) => r.values.name);
const of = (kind: string, text: string): Filter => parseFilter(kind, text);

test('decimals are sorted and compared as the numbers they are, and what has none comes last either way', async () => {
  const by = (descending: boolean) => names([], { field: 'siteArea', descending });
  expect(await by(false)).toEqual(['甲厂', '乙厂', '丙厂', '丁厂']);
  expect(await by(true)).toEqual(['丙厂', '乙厂', '甲厂', '丁厂']);
  expect(await names(of('enterprise', 'siteArea>9.5'), { field: 'siteArea', descending: true })).toEqual([
    '丙厂',
    '乙厂',
  ]);
  const products = await listPage(t.ctx, {
    kind: 'product',
    filter: of('product', 'designedCapacity=9..80'),
    sort: { field: 'designedCapacity', descending: false },
    columns: ['name'],
    page,
  });
  expect(products.rows.map((r) => r.values.name)).toEqual(['漆', '胶']);
});

test('a page says how many rows match and how many there are, and both again after a write', async () => {
  const ask = async () => {
    const { total, all } = await listPage(t.ctx, {
      kind: 'finding',
      filter: of('finding', 'overdue'),
      sort: null,
      columns: null,
      page,
    });
    return [total, all];
  };
  expect(await ask()).toEqual([1, 2]);
  const more = await makeFinding(t.ctx, ids['丙厂']!, '2026-10-01', '2026-11-11');
  expect(await ask()).toEqual([2, 3]);
  expect(
    await listIds(t.ctx, { kind: 'finding', filter: of('finding', 'overdue & enterpriseId.name=丙厂'), sort: null }),
  ).toEqual([more]);
});

test('rows say names of references, days to a deadline, and how exactly a day is known', async () => {
  const { rows } = await listPage(t.ctx, {
    kind: 'finding',
    filter: [{ field: 'id', op: 'in', value: [late, soon] }],
    sort: { field: 'foundDate', descending: false },
    columns: ['enterpriseId', 'deadline'],
    page,
  });
  expect(rows.map((r) => [r.names.enterpriseId, r.values.overdueDays, r.values.daysLeft])).toEqual([
    ['甲厂', 8, null],
    ['乙厂', null, 2],
  ]);
  const [one] = (
    await listPage(t.ctx, {
      kind: 'enterprise',
      filter: of('enterprise', 'foundedDate!='),
      sort: null,
      columns: ['foundedDate'],
      page,
    })
  ).rows;
  expect(one?.values).toEqual({ foundedDate: '2019-01-01', foundedDatePrecision: 'year' });
});

test('what hangs on an enterprise in the bin is in no list, but in that of the enterprise itself', async () => {
  const found = async (text: string) =>
    (await listIds(t.ctx, { kind: 'finding', filter: of('finding', text), sort: null })).length;
  const before = await found('');
  await t.ctx.store.withoutCapture(async (tx) => {
    await tx.execute('UPDATE enterprise SET deleted_at = ? WHERE id = ?', ['2026-11-18T00:00:00.000Z', ids['乙厂']!]);
  });
  expect([await found(''), await found(`enterpriseId=${ids['乙厂']!}`), await found('enterpriseId.name=乙厂')]).toEqual(
    [before - 1, 1, 0],
  );
  expect(await names(of('enterprise', 'deletedAt!='))).toEqual(['乙厂']);
  expect(await names([])).not.toContain('乙厂');
  await binEnterprises(t.ctx, [ids['乙厂']!], false);
  expect(await found('')).toBe(before);
});

test('a sheet has the rows of its list in their order, values in words, and its own form when no columns are asked for', async () => {
  await act(t.ctx, '复核', 'form', async (tx) => {
    await tx.insert(verification, {
      findingId: late,
      date: '2026-11-12',
      byName: '周敏',
      method: 'documents',
      result: 'partial',
    });
  });
  const chosen = { kind: 'finding', filter: of('finding', 'open'), sort: { field: 'foundDate', descending: true } };
  const own = await listSheet(t.ctx, {
    ...chosen,
    columns: ['no', 'status', 'enterpriseId', 'foundDate'],
    personal: 'shown',
  });
  const { rows } = await listPage(t.ctx, { ...chosen, columns: ['no'], page });
  expect(own.rows.map((r) => r[0])).toEqual(rows.map((r) => r.values.no));
  expect(own.rows[0]).toEqual([expect.any(String), '待整改', '乙厂', '2026-11-02']);
  const whole = await listSheet(t.ctx, {
    kind: 'finding',
    filter: [{ field: 'id', op: 'in', value: [late] }],
    sort: null,
    columns: null,
    personal: 'shown',
  });
  const cell = (heading: string) => whole.rows[0]?.[whole.columns.findIndex((c) => c.heading === heading)];
  expect([cell('序号'), cell('企业名称'), cell('复核结果/日期'), cell('备注'), cell('整改时限')]).toEqual([
    1,
    '甲厂',
    '资料部分通过 2026-11-12',
    null,
    '2026-11-10',
  ]);
  expect(whole.columns.map((c) => c.heading).at(-1)).toBe('问题编号');
  const persons = await listSheet(t.ctx, {
    kind: 'enterprise',
    filter: of('enterprise', 'name=乙厂'),
    sort: null,
    columns: ['legalRep'],
    personal: 'masked',
  });
  expect(persons.rows).toEqual([['王**']]);
});

test('a view that was saved is there after the workspace was opened again, by name only once, and gone when removed', async () => {
  const view = {
    id: null,
    kind: 'enterprise',
    name: '餐饮',
    filter: of('enterprise', 'objectKind=catering & permit.validTo<today+90'),
    sort: { field: 'name', descending: true },
    columns: ['name'],
  };
  const { id } = await saveView(t.ctx, view);
  await expect(saveView(t.ctx, view)).rejects.toMatchObject({ code: 'REFUSED' });
  await expect(saveView(t.ctx, { ...view, name: '全部' })).rejects.toMatchObject({ code: 'REFUSED' });
  await expect(
    saveView(t.ctx, { ...view, name: '坏', filter: [{ field: 'nothing', op: 'filled' }] }),
  ).rejects.toMatchObject({ data: { sentence: '企业没有“nothing”这一项' } });
  expect(await savedViews(t.ctx, 'enterprise')).toEqual([{ ...view, id }]);
  // It is the office's own: nothing of it may travel.
  expect([savedView.scope, savedView.facets.travels]).toEqual(['office', 'never']);
  await removeView(t.ctx, id);
  expect(await savedViews(t.ctx, 'enterprise')).toEqual([]);
  await expect(removeView(t.ctx, id)).rejects.toMatchObject({ code: 'NOT_FOUND' });
});

test.each([
  ['enterprise', 'colour=red', '企业没有“colour”这一项'],
  ['enterprise', 'objectKind=bakery', '“对象类型”没有“bakery”这一项'],
  ['enterprise', 'employees=many', '“职工人数”要和整数比较，“many”不是'],
  [
    'enterprise',
    'foundedDate<2026-02-30',
    '“成立日期”要和日期比较，“2026-02-30”不是。请写成 2026-11-18、2026-11 或 2026',
  ],
  ['enterprise', 'villageId=华漕', '“村居”要从列表里选，“华漕”不是'],
  ['enterprise', 'sunny', '企业没有“sunny”这个条件'],
  ['enterprise', 'rocket(name=1)', '企业没有“rocket”这样的下级记录'],
  ['enterprise', 'permitExpiring:soon', '“许可到期”的天数不对，请写 0 到 36600 之间的整数'],
  ['finding', 'status<open', '“状态”不能用“小于”来筛选'],
  ['finding', 'deadline="', '筛选条件里的引号没有成对'],
  ['finding', '=open', '筛选条件从“=open”起看不懂。请写成 字段=值，如 objectKind=car_repair'],
])('%s: %s is refused in words', (kind, text, sentence) => {
  expect(() => parseFilter(kind, text)).toThrow(sentence);
});

test('a filter of another kind than its field is refused when it comes as data', () => {
  expect(filterFault('finding', [{ field: 'deadline', op: 'lt', value: 7 }])).toMatch('要和日期比较');
  expect(filterFault('finding', [{ field: 'deadline', op: 'between', value: ['2026-01-01'] }])).toBe(
    '“时限”的范围要写两头',
  );
  expect(filterFault('finding', [{ field: 'description', op: 'contains' }])).toBe('请给“问题”的条件写上值');
  expect(filterFault('enterprise', [{ is: 'notVisitedInRound' }])).toBe('请给“本轮未查”选一项');
});

test.each([
  ['enterprise', 'objectKind=car_repair', '对象类型：汽修'],
  ['enterprise', 'permit.validTo<2026-12-31', '排污许可 · 有效期至：早于 2026-12-31'],
  ['enterprise', '!inScope & name~化工', '服务范围：不在范围内；单位名称：含有“化工”'],
  [
    'enterprise',
    'objectKind!=catering|medical & employees=10..50',
    '对象类型：不是餐饮、医疗机构；职工人数：10 人 至 50 人',
  ],
  ['enterprise', 'permitExpiring:30', '许可到期：30 天内到期或已过期'],
  ['finding', 'overdue', '逾期'],
  ['finding', 'deadline<today+7 & enterpriseId.name~五金', '时限：早于 7 天后；企业 · 单位名称：含有“五金”'],
  ['finding', '(status=closed | overdue)', '状态：已销号 或 逾期'],
  ['finding', '!verification()', '复核：没有'],
])('%s: %s is read back and said as %s', (kind, text, words) => {
  const filter = parseFilter(kind, text);
  expect(printFilter(kind, filter)).toBe(text);
  expect(filterLine(kind, filter, () => undefined)).toBe(words);
});

test('a chip names the rows that its condition mentions', () => {
  const filter = of('enterprise', `villageId=${ids['甲厂']!}|${ids['乙厂']!}`);
  expect(filterWords('enterprise', filter, (id) => (id === ids['甲厂'] ? '东禾村' : '北塘村'))).toEqual([
    { label: '村居', value: '东禾村、北塘村' },
  ]);
});

test('packages that came and went are listed from the log of the hand-off', async () => {
  await t.ctx.store.withoutCapture(async (tx) => {
    const summary = { officeName: '青溪驻点', created: 12, changed: 3, conflicts: { must: 1, may: 2, waiting: 0 } };
    await tx.execute(
      `INSERT INTO handoff_import(id, package_id, office, device, made_at, kind, applied_at, actor, summary, ranges) VALUES ('i1', 'p1', 'o1', 'A1', ?, 'delta', ?, '周敏', ?, '[]')`,
      ['2026-11-16T01:00:00.000Z', '2026-11-17T01:00:00.000Z', JSON.stringify(summary)],
    );
    await tx.execute(
      `INSERT INTO handoff_export(package_id, kind, made_at, actor, recipients, folder, scope, ops, blobs, last_seq) VALUES ('p2', 'full', ?, '周敏', '["o1"]', '/u', '{}', 40, 5, 9)`,
      ['2026-11-17T02:00:00.000Z'],
    );
    await tx.execute(
      `INSERT INTO handoff_partner(office, name, code, key, confirmed_by, confirmed_at, devices) VALUES ('o1', '青溪驻点', 'QX', '', '', '', '[]')`,
    );
  });
  const rowsOf = async (kind: string, text: string) =>
    (await listPage(t.ctx, { kind, filter: of(kind, text), sort: null, columns: null, page })).rows.map(
      (r) => r.values,
    );
  expect(await rowsOf('receivedPackage', 'mustDecide>0 & undoneAt= & appliedAt=2026-11-17')).toMatchObject([
    { officeName: '青溪驻点', created: 12, changed: 3, mayDecide: 2 },
  ]);
  expect(await rowsOf('sentPackage', 'kind=全部')).toMatchObject([{ recipients: '青溪驻点', operations: 40 }]);
});
