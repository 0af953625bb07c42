// Catalogues: the class of each enterprise under each edition with its reason, who changes, and which total amounts are exempt.
import { afterEach, beforeEach, expect, test } from 'vitest';
import { catalogue, catalogueEntry, exemptionRule } from '../../domain/catalogues/entities.ts';
import { enterprise } from '../../domain/enterprises/entities.ts';
import { eiaProject, eiaTotal, permit } from '../../domain/formalities/entities.ts';
import { findSubIndustries } from '../../services/catalogues/index.ts';
import { act } from '../../services/context.ts';
import { openDesk, type TestDesk } from '../support/register-import.ts';
import { makeEnterprises } from '../support/town.ts';
import { listed } from '../support/listed.ts';

let t: TestDesk;
beforeEach(async () => {
  t = await openDesk();
});
afterEach(async () => {
  await t.close();
});

type Entry = readonly [no: string, codes: string, outcome: string, sub?: string, condition?: string];

/** An edition with its entries; its id. */
async function edition(name: string, subject: string, validFrom: string, entries: readonly Entry[]): Promise<string> {
  const { value } = await act(t.ctx, '名录', 'form', async (tx) => {
    const row = await tx.insert(catalogue, { name, subject, validFrom } as never);
    for (const [no, industryCodes, outcome, subIndustries = null, condition = null] of entries)
      await tx.insert(catalogueEntry, {
        catalogueId: row.id,
        no,
        name: `类别${no}`,
        industryCodes: industryCodes || null,
        subIndustries,
        condition,
        outcome,
      } as never);
    return row.id;
  });
  return value;
}

const classes = async (filter = ''): Promise<unknown[]> =>
  (await listed(t.ctx, 'classification', filter)).rows
    .map(({ names, values }) => [names.enterpriseId, names.catalogueId, values.outcome, values.change])
    .toSorted();

const OLD: readonly Entry[] = [
  ['1', '33', 'registration'],
  ['2', '3360', 'key', '专业电镀', '有电镀工序的'],
  ['3', '3360', 'simplified', '酸洗、抛光', '有酸洗、抛光的'],
  ['4', '17', 'registration'],
  ['5', '8412', 'simplified'],
];

test('the finest code decides, a sub-industry before it, and what is open says what there is to choose from', async () => {
  await makeEnterprises(t.ctx, {
    上海甲五金有限公司: { industryCode: '3311' },
    上海乙电镀有限公司: { industryCode: '3360', subIndustry: '专业电镀' },
    上海丙表面有限公司: { industryCode: '3360' },
    上海丁商行: { industryCode: '5212' },
    上海戊: {},
  });
  await edition('许可名录（2019）', 'permit', '2019-12-20', OLD);
  expect(await classes()).toEqual([
    ['上海丁商行', '许可名录（2019）', 'not_listed', 'first'],
    ['上海丙表面有限公司', '许可名录（2019）', 'undecided', 'first'],
    ['上海乙电镀有限公司', '许可名录（2019）', 'key', 'first'],
    ['上海甲五金有限公司', '许可名录（2019）', 'registration', 'first'],
  ]);
  const reasons = (await listed(t.ctx, 'classification')).rows.map((r) => r.values.reason);
  expect(reasons).toContain('细分行业“专业电镀”：2 类别2（有电镀工序的）');
  expect(reasons).toContain('行业代码 3311：1 类别1');
  expect(reasons).toContain('请选细分行业：2 类别2（有电镀工序的）→重点管理；3 类别3（有酸洗、抛光的）→简化管理');
  // A person says it: the class follows at once, and the words to choose from say what each leads to.
  expect(await findSubIndustries(t.ctx, '酸', 20)).toEqual([
    { code: '酸洗', name: '简化管理（许可名录（2019））', spoken: null },
  ]);
  const [row] = await t.ctx.store.read.find(enterprise, { name: '上海丙表面有限公司' });
  await act(t.ctx, '细分', 'form', (tx) => tx.update(enterprise, row?.id ?? '', { subIndustry: '抛光' }));
  expect(await classes('enterpriseId.subIndustry=抛光')).toEqual([
    ['上海丙表面有限公司', '许可名录（2019）', 'simplified', 'first'],
  ]);
});

test('a new edition with three changed trades lists exactly their enterprises, and no longer once it is taken back', async () => {
  const trades = { 甲: '3311', 乙: '1711', 丙: '8412', 丁: '3360', 戊: '2710', 己: '3352' };
  await makeEnterprises(
    t.ctx,
    Object.fromEntries(
      Object.entries(trades).map(([name, industryCode]) => [
        `上海${name}有限公司`,
        { industryCode, ...(name === '丁' && { subIndustry: '专业电镀' }) },
      ]),
    ),
  );
  await edition('许可名录（2019）', 'permit', '2019-12-20', OLD);
  await edition('环评名录（2021）', 'eia', '2021-01-01', [['1', '33', 'report_form']]);
  const fresh = await edition('许可名录（2027）', 'permit', '2027-01-01', [
    ['1', '33', 'registration'],
    ['1-1', '3352', 'simplified'],
    ['2', '3360', 'key', '专业电镀', '有电镀工序的'],
    ['3', '3360', 'simplified', '酸洗、抛光', '有酸洗、抛光的'],
    ['4', '17', 'simplified'],
    ['5', '8412', 'key'],
  ]);
  expect(await classes('change=changed')).toEqual([
    ['上海丙有限公司', '许可名录（2027）', 'key', 'changed'],
    ['上海乙有限公司', '许可名录（2027）', 'simplified', 'changed'],
    ['上海己有限公司', '许可名录（2027）', 'simplified', 'changed'],
  ]);
  await act(t.ctx, '删', 'form', (tx) => tx.remove(catalogue, fresh));
  expect(await classes('change=changed')).toEqual([]);
  expect((await listed(t.ctx, 'classification', 'catalogueId.subject=permit')).total).toBe(6);
});

test('papers on file are held against the class: a registration where the catalogue asks for a permit', async () => {
  const ids = await makeEnterprises(t.ctx, {
    上海甲有限公司: { industryCode: '8412' },
    上海乙有限公司: { industryCode: '1711' },
  });
  await edition('许可名录（2019）', 'permit', '2019-12-20', OLD);
  await act(t.ctx, '许可', 'form', async (tx) => {
    for (const enterpriseId of Object.values(ids))
      await tx.insert(permit, { enterpriseId, managementClass: 'registration' });
  });
  const rows = (await listed(t.ctx, 'classification')).rows.map((r) => [
    r.names.enterpriseId,
    r.values.held,
    r.values.standing,
  ]);
  expect(rows.toSorted()).toEqual([
    ['上海乙有限公司', '登记管理', 'agrees'],
    ['上海甲有限公司', '登记管理', 'differs'],
  ]);
});

test('an amount below the threshold of a rule in force on the day of the project is exempt by its number', async () => {
  const ids = await makeEnterprises(t.ctx, { 上海甲有限公司: { industryCode: '2710' } });
  const { value } = await act(t.ctx, '总量', 'form', async (tx) => {
    const project = await tx.insert(eiaProject, {
      enterpriseId: Object.values(ids)[0] ?? '',
      projectName: '制剂项目',
      approvalDate: '2025-06-30',
      approvalDatePrecision: 'day',
    } as never);
    for (const [pollutant, amount] of [
      ['VOCs', '0.099'],
      ['化学需氧量', '0.1'],
      ['氨氮', '0.01'],
      ['氮氧化物', '3'],
    ] as const)
      await tx.insert(eiaTotal, { eiaProjectId: project.id, pollutant, amount });
    for (const [code, pollutant, threshold, validFrom, more] of [
      ['豁-1', '挥发性有机物', '0.1', '2025-01-01', {}],
      ['豁-2', 'COD', '0.1', '2025-01-01', {}],
      ['豁-3', '氨氮', '0.1', '2026-01-01', {}],
      ['豁-4', 'NOx', '5', '2020-01-01', { industryCodes: '33' }],
    ] as const)
      await tx.insert(exemptionRule, { code, pollutant, threshold, validFrom, ...more });
    return project.id;
  });
  const marks = async (): Promise<unknown> =>
    Object.fromEntries(
      (await t.ctx.store.read.find(eiaTotal, { eiaProjectId: value })).map((r) => [
        r.pollutant,
        [r.exemption, r.exemptBy],
      ]),
    );
  expect(await marks()).toEqual({
    VOCs: ['exempt', '豁-1'],
    化学需氧量: ['needed', null],
    氨氮: ['unjudged', null],
    氮氧化物: ['unjudged', null],
  });
  // The rule takes the number itself in, and the trade comes to be of the other rule.
  const [cod] = await t.ctx.store.read.find(exemptionRule, { code: '豁-2' });
  await act(t.ctx, '规则', 'form', (tx) => tx.update(exemptionRule, cod?.id ?? '', { isInclusive: true }));
  await act(t.ctx, '行业', 'form', (tx) =>
    tx.update(enterprise, Object.values(ids)[0] ?? '', { industryCode: '3360' }),
  );
  expect(await marks()).toMatchObject({ 化学需氧量: ['exempt', '豁-2'], 氮氧化物: ['exempt', '豁-4'] });
});
