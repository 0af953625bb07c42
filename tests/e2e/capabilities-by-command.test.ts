// Rows of the list of capabilities that are about data, shown by the command line and by the papers that it writes.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { area } from '../../domain/areas/entities.ts';
import { serviceProject } from '../../domain/projects/entities.ts';
import { act, type Context } from '../../services/context.ts';
import { insertEnterprise } from '../../services/enterprises/index.ts';
import { startVisit } from '../../services/visits/index.ts';
import { charts, openDocx, tables, type OpenDocx } from '../support/docx.ts';
import { insertPast } from '../support/past-findings.ts';
import { command, throwAwayMachine } from './support/desk.ts';
import { fillWorkspace } from './support/filled.ts';

type Json = Record<string, unknown>;
const machine = throwAwayMachine();
afterAll(() => {
  machine.discard();
});

/** One command; its JSON answer. */
const steward = async (...args: string[]): Promise<Json> =>
  await command(machine.env, ...args, '--workspace', machine.workspace);
const values = (given: object): string[] => ['--values', JSON.stringify(given)];
/** What a command refuses, in its words. */
const refusal = async (...args: string[]): Promise<unknown> => {
  const answer = await steward(...args);
  expect(answer).toMatchObject({ ok: false });
  return answer['sentence'];
};

const VILLAGES = Array.from({ length: 15 }, (_, n) => `${String(n + 1).padStart(2, '0')}号村`);
const FIRMS = 207;
/** Kinds of problems of 2025: how many enterprises have them, from which one on, and how many findings that makes. */
const KINDS = {
  hazardous_waste: { label: '危险废物', from: 0, firms: 59, findings: 80 },
  medical_waste: { label: '医疗废物', from: 50, firms: 21, findings: 25 },
  exhaust: { label: '废气/油烟', from: 60, firms: 37, findings: 41 },
  wastewater: { label: '废水/雨污分流', from: 90, firms: 20, findings: 31 },
} as const;
/** Problems of 2026 by the five kinds of a town's year report. */
const FIVE = {
  formalities: { label: '环保手续', findings: 61 },
  hazardous_waste: { label: '危险废物', findings: 52 },
  exhaust: { label: '废气/油烟', findings: 43 },
  outlet_marking: { label: '排放口规范化', findings: 25 },
  disclosure: { label: '信息公开', findings: 19 },
} as const;

/** Category, number of the enterprise and year of each finding. */
function* findings(): Generator<readonly [category: string, firm: number, year: number]> {
  for (const [category, { from, firms, findings: count }] of Object.entries(KINDS))
    for (let n = 0; n < count; n += 1) yield [category, from + (n % firms), 2025];
  let at = 0;
  for (const [category, { findings: count }] of Object.entries(FIVE))
    for (let n = 0; n < count; n += 1) yield [category, (at += 7) % FIRMS, 2026];
}
/** Villages of 1, 3, 5, … enterprises: no two have the same numbers. */
const villageOf = (firm: number): number => Math.floor(Math.sqrt(firm));

async function fill(ctx: Context): Promise<Record<string, string>> {
  const made = await act(ctx, '建档', 'import', async (tx) => {
    const town = await tx.insert(area, { level: 'town', name: '华漕镇' });
    const villages: string[] = [];
    for (const name of VILLAGES)
      villages.push((await tx.insert(area, { level: 'village', name, parentId: town.id })).id);
    const project = await tx.insert(serviceProject, {
      name: '华漕镇环保管家服务',
      startDate: '2025-01-01',
      endDate: '2026-12-31',
    });
    const firms: string[] = [];
    for (let n = 0; n < FIRMS; n += 1) {
      const place = { townId: town.id, villageId: villages[villageOf(n)] ?? '' };
      const given = {
        name: `上海第${n}机械有限公司`,
        ...place,
        operatingStatus: 'operating',
        objectKind: 'industrial',
      };
      firms.push((await insertEnterprise(tx, given, '2025-01-05', 'client')).id);
    }
    for (const [category, firm, year] of findings())
      await insertPast(tx, firms[firm] ?? '', [['issue', 'open', `${year}-03-02`, `${year}-12-20`]], { category });
    return { project: project.id, firm: firms[0] ?? '' };
  });
  return made.value;
}

/** An inspection by the person at the desk, with two findings that were issued. */
async function inspected(ctx: Context, enterpriseId: string): Promise<Record<string, string>> {
  const visit = (
    await startVisit(ctx, { enterpriseId, roundTargetId: null, date: '2026-11-10', purposes: ['routine'] })
  ).id;
  const made = await act(ctx, '建问题', 'form', async (tx) => {
    const insert = async () =>
      await insertPast(tx, enterpriseId, [['issue', 'open', '2026-11-10', '2026-12-20']], { visitId: visit });
    return { visit, first: await insert(), second: await insert() };
  });
  return made.value;
}

let ids: Record<string, string> = {};
let report: OpenDocx;
beforeAll(async () => {
  ids = await fillWorkspace(machine, fill);
  const out = join(machine.folder, '年报.docx');
  await steward('report', '--kind', 'annual_report', '--from', '2026-01-01', '--to', '2026-12-31', '--out', out);
  report = await openDocx(new Uint8Array(readFileSync(out)));
  ids = { ...ids, ...(await fillWorkspace(machine, async (ctx) => await inspected(ctx, ids['firm'] ?? ''))) };
});

test('[ZJ-17] firms with a problem and findings of it are counted apart, each under its own label', async () => {
  const table = (await steward(
    ...['figures', '--from', '2025-01-01', '--to', '2025-12-31', '--by', 'category'],
    ...['--figure', 'problemEnterprises,foundCount'],
  )) as { figures: { label: string }[]; cells: { names: string[]; figures: Record<string, { numerator: number }> }[] };
  expect(table.figures.map((figure) => figure.label).toSorted()).toEqual(['发现问题数', '问题企业数']);
  const counted = Object.fromEntries(
    table.cells.map(({ names, figures }) => [
      names[0],
      [figures['problemEnterprises']?.numerator, figures['foundCount']?.numerator],
    ]),
  );
  expect(counted).toEqual({ 危险废物: [59, 80], 医疗废物: [21, 25], '废气/油烟': [37, 41], '废水/雨污分流': [20, 31] });
});

test('[PJ-20] the year report has the problems of a town by the five categories', () => {
  const table = tables(report.body).find((rows) => rows[0]?.[0] === '问题类别') ?? [];
  const counted = table.slice(1, -1).map(([category, found]) => [category, Number(found)]);
  expect(counted).toEqual(Object.values(FIVE).map(({ label, findings: count }) => [label, count]));
});

test('[HC-21] the year report has fifteen villages in two years as a chart whose values are those of its table', async () => {
  const tally = new Map(VILLAGES.map((name) => [name, [0, 0]]));
  for (const [, firm, year] of findings()) {
    const counts = tally.get(VILLAGES[villageOf(firm)] ?? '') ?? [];
    counts[year - 2025] = (counts[year - 2025] ?? 0) + 1;
  }
  const table = tables(report.body).find((rows) => rows[0]?.join() === '村居,2025年,2026年') ?? [];
  const chart = (await charts(report)).at(-1);
  const counted = new Map(table.slice(1, -1).map(([name = '', ...found]) => [name, found.map(Number)]));
  expect(counted).toEqual(tally);
  expect(chart?.cells.slice(1).map((row) => row.map(String))).toEqual(table.slice(1, -1));
});

test('[PJ-09] check, find, rectify, track, complete: no step can be jumped, and each has its day', async () => {
  const given = {
    ...{ enterpriseId: ids['firm'], visitId: ids['visit'], foundDate: '2026-11-10', description: '危废桶没有标签' },
    ...{ handlingClass: 'immediate', measure: '张贴标签', responsiblePerson: '王强', photoExemption: 'technical' },
  };
  const id = String((await steward('add', 'finding', ...values(given)))['id']);
  const jump = async (event: string, state: string): Promise<void> => {
    expect(await refusal('act', 'finding', id, event), event).toContain(state);
  };
  await jump('report', '草稿');
  await steward('act', 'finding', id, 'issue', ...values({ date: '2026-11-11' }));
  await jump('resume', '待整改');
  await steward(
    ...['add', 'followUp'],
    ...values({ findingId: id, date: '2026-11-13', content: '标签已印好', nextDate: '2026-11-16' }),
  );
  await steward('act', 'finding', id, 'report', ...values({ date: '2026-11-16', evidence: '标签已张贴' }));
  await steward(
    'act',
    'finding',
    id,
    'verify_pass',
    ...values({ date: '2026-11-18', comment: '标签完整，地面已清理' }),
  );
  await jump('report', '已销号');
  const steps = (await steward(
    ...['list', 'findingStep', '--filter', `findingId=${id}`, '--columns', 'event,to,date', '--sort', 'date'],
  )) as { rows: { values: Record<string, string> }[] };
  expect(steps.rows.map((row) => [row.values['event'], row.values['to'], row.values['date']])).toEqual([
    ['record', 'draft', '2026-11-10'],
    ['issue', 'open', '2026-11-11'],
    ['start', 'in_progress', '2026-11-13'],
    ['report', 'submitted', '2026-11-16'],
    ['verify_pass', 'closed', '2026-11-18'],
  ]);
});

test('[WG-07] where a project wants a second person, whoever inspected can not verify; anybody else can', async () => {
  const [first = '', second = '', project = ''] = [ids['first'], ids['second'], ids['project']];
  const verify = ['verify_pass', ...values({ comment: '标签完整，地面已清理' })];
  await steward('set', 'serviceProject', project, ...values({ secondPersonVerifies: true }));
  expect(await refusal('act', 'finding', first, ...verify)).toBe('本项目要求复核人与检查人不同，请换一位复核');
  const other = values({ comment: '标签完整，分区清楚', byName: '李敏' });
  expect(await steward('act', 'finding', first, 'verify_pass', ...other)).toMatchObject({ ok: true });
  await steward('set', 'serviceProject', project, ...values({ secondPersonVerifies: false }));
  expect(await steward('act', 'finding', second, ...verify)).toMatchObject({ ok: true });
});
