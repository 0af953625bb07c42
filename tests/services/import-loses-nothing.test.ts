// No cell of a ledger is lost without a word: tables made at random of the dictionary's own headings and of columns nobody knows.
import { afterAll, beforeAll, expect, test } from 'vitest';
import { importOptions } from '../../contract/registers.ts';
import { snake } from '../../domain/dictionary/entity.ts';
import { LEDGER_KINDS, PEOPLE, type RegisterKind } from '../../domain/registers/kinds.ts';
import { LEDGER_TARGETS, targetOf, type Target } from '../../domain/registers/targets.ts';
import { isUnknownToken } from '../../domain/values/text.ts';
import { tableOf } from '../../db/index.ts';
import { importFiles, type FilesDone } from '../../services/registers/index.ts';
import {
  bring,
  makeCode,
  openDesk,
  quiet,
  sheet,
  workbook,
  type Cell,
  type TestDesk,
} from '../support/register-import.ts';

const RUNS = 120;
const ROWS = 3;

let t: TestDesk;
beforeAll(async () => {
  t = await openDesk();
});
afterAll(() => t.close());

/** Numbers from 0 up to 1, the same ones for the same seed. */
function chances(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

type Pick = <T>(from: readonly T[]) => T;
const picker =
  (chance: () => number): Pick =>
  (from) =>
    from[Math.floor(chance() * from.length)] as (typeof from)[number];

/** Texts as people write them, right, in doubt and wrong. */
const WRITTEN: Readonly<Record<string, readonly Cell[]>> = {
  text: ['待确认', '无', '/'],
  longText: ['一句说明。', '两句，还有；别的', '不详'],
  integer: [12, '约30', '20个', '50-60', '三', '-'],
  decimal: [1.5, '1,200.5', '３．５', '约2', '1.2吨', '不详', '800kg', '3~5'],
  money: [30000, '5万元', '贰万元整', '警告', '/', '１２０００'],
  day: ['2025-03-04', '2025.3.5', '2025年3月', '20250305', 45291, '3月5日', '长期', '待确认', '2025.3.5-2026.3.4'],
  choice: ['别的说法', '不详', '一般'],
  fourState: ['是', '否', '√', '×', '部分', '/', '1', '整改中'],
  flag: ['是', '否', '√', '也许'],
  reference: ['DA001', '没有的东西', '/'],
};
const READ: Readonly<Record<string, readonly Cell[]>> = {
  pollutant: ['化学需氧量', 'COD', '某某物'],
  wasteCode: ['900-249-08', '90024908', '无', '900-006'],
  measured: ['12.5', '<0.05', 'ND', '未检出', '1.2mg/L', '异味'],
  limit: ['50', '6-9', '≤60', '—', '50mg/L'],
  number: ['91310112MA10002870001P', '办理中', '无'],
};

function written({ meta }: Target, pick: Pick, chance: () => number): Cell {
  const labels = Object.values(meta.vocabulary?.labels ?? {});
  const own = READ[meta.cell ?? ''] ?? WRITTEN[meta.kind] ?? WRITTEN.text ?? [];
  const free = meta.kind === 'text' && meta.cell === undefined ? [`样本${Math.floor(chance() * 1e6)}`] : [];
  return pick(labels.length > 0 ? [...labels, ...own] : [...free, ...own]);
}

const KINDS = LEDGER_KINDS.filter((kind) => kind !== PEOPLE && kind.facet.find.length > 0);
const UNKNOWN = ['经办科室', '归档盒号', '天气', '备查'];

/** A table of one kind: its name, then some of its fields under one of their headings, and columns nobody knows. */
function tableOfKind(kind: RegisterKind, names: readonly string[], pick: Pick, chance: () => number): Cell[][] {
  const fields = LEDGER_TARGETS.filter(
    (target) =>
      target.entity === kind.entity.name &&
      (kind.needs.includes(target.field) || kind.facet.find.includes(target.field) || chance() < 0.5),
  );
  const columns = [
    ...fields.map((target) => ({ heading: pick([target.label, ...target.headings]), target })),
    { heading: pick(UNKNOWN), target: null },
  ].sort(() => chance() - 0.5);
  const once = columns.filter(({ heading }, n) => columns.findIndex((one) => one.heading === heading) === n);
  const cell = (target: Target | null): Cell =>
    chance() < 0.15 ? null : target === null ? `备查${Math.floor(chance() * 99)}` : written(target, pick, chance);
  return [
    ['单位名称', ...once.map(({ heading }) => heading)],
    ...names.map((name) => [name, ...once.map(({ target }) => cell(target))]),
  ];
}

async function valuesOf(target: Target, enterprise: string): Promise<unknown[]> {
  const kind = LEDGER_KINDS.find(({ entity }) => entity.name === target.entity);
  const table = `"${tableOf(target.definition)}"`;
  const owner = kind?.within ? `t.outlet_id IN (SELECT o.id FROM outlet o WHERE o.enterprise_id = ?)` : null;
  const where = target.entity === 'enterprise' ? 't.id = ?' : (owner ?? 't.enterprise_id = ?');
  const rows = await t.ctx.store.read.sql<Record<string, unknown>>(`SELECT t.* FROM ${table} t WHERE ${where}`, [
    enterprise,
  ]);
  return rows
    .flatMap((row) => storedIn(target).map((field) => row[snake(field)]))
    .filter((value) => value !== null && value !== undefined);
}

/** The fields that take what a column says: words that name nothing on file have a place of their own, 未检出 is a sign. */
function storedIn({ entity, field, meta }: Target): string[] {
  const instead = LEDGER_KINDS.find((kind) => kind.entity.name === entity)?.facet.ledger?.unlinked?.[field];
  return [field, ...(instead === undefined ? [] : [instead]), ...(meta.cell === 'measured' ? ['operator'] : [])];
}

/** No end is what an empty end says. */
const SAYS_NO_END = '长期';
const plain = (heading: unknown): string => String(heading).replace(/[()/]/gu, '');

/** Where a cell went: a sentence for each that went nowhere. */
async function lostCells(rows: readonly (readonly Cell[])[], done: FilesDone): Promise<string[]> {
  const [file] = done.files;
  const [first] = file?.sheets ?? [];
  const [run] = await t.ctx.store.read.sql<{ report_json: string }>(
    'SELECT report_json FROM import_run ORDER BY applied_at DESC, id DESC LIMIT 1',
  );
  const report = JSON.parse(run?.report_json ?? '{}') as {
    files?: { sheets: { columns: { heading: string; target: string | null }[] }[] }[];
  };
  const columns = report.files?.[0]?.sheets[0]?.columns ?? [];
  const left = new Set(first?.left.map(({ heading }) => plain(heading)));
  const lost: string[] = [];
  for (const [n, row] of rows.slice(1).entries()) {
    const number = n + 2;
    if (done.refused.some((one) => one.row === number)) continue;
    const said = [
      ...done.notes.filter((one) => one.row === number).map(({ reason }) => reason),
      ...done.questions.filter((one) => one.row === number).map(({ theirs, label }) => `${label}${theirs}`),
    ].join('\n');
    const [owner] = await t.ctx.store.read.sql<{ id: string }>('SELECT id FROM enterprise WHERE name = ?', [
      String(row[0]),
    ]);
    for (const [c, heading] of (rows[0] ?? []).entries()) {
      const text = String(row[c] ?? '');
      if (c === 0 || text === '' || text === SAYS_NO_END || isUnknownToken(text) || left.has(plain(heading))) continue;
      const target = targetOf(columns.find((one) => plain(one.heading) === plain(heading))?.target ?? '');
      if (!target) {
        lost.push(`${String(heading)}：${text}（没有列名）`);
        continue;
      }
      const named = said.includes(text) || said.includes(target.label);
      if (!named && (await valuesOf(target, owner?.id ?? '')).length === 0)
        lost.push(`${target.key} ${String(heading)}：${text}`);
    }
  }
  return lost;
}

test('each cell of a table made at random is stored, or stands by its column, its row or its words in the result', async () => {
  const lost: string[] = [];
  for (let seed = 1; seed <= RUNS; seed += 1) {
    const chance = chances(seed * 7919);
    const pick = picker(chance);
    const kind = KINDS[seed % KINDS.length] as RegisterKind;
    const names = Array.from({ length: ROWS }, (_, n) => `上海样本${seed}号${'甲乙丙'[n] ?? ''}制品有限公司`);
    const register = [
      ['单位名称', '统一社会信用代码', '街镇'],
      ...names.map((name, n) => [name, makeCode(`R${seed}${n}`), '青禾镇']),
    ];
    await bring(t.ctx, [sheet(register)], { townName: '青禾镇' });
    const rows = tableOfKind(kind, names, pick, chance);
    const files = [{ name: `${kind.entity.label}.xlsx`, bytes: workbook([{ name: '表', rows }]) }];
    const options = importOptions.parse({ townName: '青禾镇' });
    const done = await importFiles(t.ctx, files, { options, as: 'ledger', dryRun: false }, quiet).catch(
      (error: Error) => error,
    );
    if (done instanceof Error) lost.push(`${seed} ${kind.entity.name}：${done.message} ${JSON.stringify(rows)}`);
    else lost.push(...(await lostCells(rows, done)).map((one) => `${seed} ${kind.entity.name}：${one}`));
  }
  expect(lost).toEqual([]);
});
