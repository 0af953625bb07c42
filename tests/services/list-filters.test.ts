// Filters compiled to SQL take exactly the rows that a plain reading of them takes: on rows of every kind, by a counted
// number of made-up filters.
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { EntityDefinition } from '../../domain/dictionary/entity.ts';
import type { FieldMeta } from '../../domain/dictionary/field.ts';
import { numberTaken, OPERATORS, type Condition, type Filter, type Operand } from '../../domain/dictionary/filter.ts';
import { isPathColumn, type ComputedColumn } from '../../domain/dictionary/list.ts';
import { childOf, childrenOf, filterFields, resolvePath } from '../../domain/dictionary/path.ts';
import { ENTITIES, entityNamed } from '../../domain/entities.ts';
import { DICTIONARY, filterFault, parseFilter, printFilter } from '../../domain/lists.ts';
import { columnsOf, tableOf } from '../../db/index.ts';
import { compileFilter } from '../../services/lists/index.ts';
import { PlainFilter, type PlainRow } from '../support/plain-filter.ts';
import { openTestStore, type TestStore } from '../support/store.ts';

const TODAY = '2026-11-18';
const FILTERS = 800;
const ROWS = 24;
const rows = new Map<string, PlainRow[]>();
let t: TestStore;
let plain: PlainFilter;

beforeAll(async () => {
  t = await openTestStore();
  await fill(dice(1));
  for (const e of ENTITIES) {
    const columns = columnsOf(e).map((c) => `"${c.column}" AS "${c.field}"`);
    rows.set(e.name, await t.store.read.sql(`SELECT ${columns.join(', ')} FROM "${tableOf(e)}"`));
  }
  plain = new PlainFilter(rows, TODAY);
});
afterAll(async () => {
  await t.close();
});

const POOLS: Readonly<Partial<Record<FieldMeta['kind'], readonly (string | number)[]>>> = {
  text: ['甲', '乙丙厂', 'Aa b', 'aa B', '12', 'x%_y', "o'k", '村“东”', '09|10..11'],
  longText: ['废漆桶露天堆放', '贮存间\n标识', 'today', '@name'],
  day: ['2025-12-31', '2026-01-01', '2026-02-28', '2026-11-17', '2026-11-18', '2026-11-19', '2027-03-01'],
  instant: [
    '2026-11-17T23:59:59.999Z',
    '2026-11-18T00:00:00.000Z',
    '2026-11-18T16:00:00.000Z',
    '2025-12-31T15:59:59.000Z',
  ],
  integer: [0, 1, 2, 9, 10, 100],
  money: [0, 150, 99_999, 100_000],
  decimal: ['9', '10.5', '100', '-2', '0.30', '0.3'],
  flag: [0, 1],
};
const idOf = (kind: number, n: number): string =>
  `01900000-${String(kind).padStart(4, '0')}-7000-8000-${String(n).padStart(12, '0')}`;

/** Rows of every kind with values of small pools, so that filters find some of them. */
async function fill(roll: Dice): Promise<void> {
  await t.store.withoutCapture(async (tx) => {
    for (const [kind, e] of ENTITIES.entries()) {
      const columns = columnsOf(e);
      const sql = `INSERT INTO "${tableOf(e)}" (${columns.map((c) => `"${c.column}"`).join(', ')}) VALUES (${columns.map(() => '?').join(', ')})`;
      for (let n = 0; n < ROWS; n += 1)
        await tx.execute(
          sql,
          columns.map((c) => {
            if (c.field === 'id') return idOf(kind, n);
            if (c.field === 'deletedAt') return roll(6) === 0 ? '2026-11-10T00:00:00.000Z' : null;
            if (!c.meta) return pick(roll, POOLS.instant!);
            if (c.nullable && roll(4) === 0) return null;
            if (c.meta.vocabulary) return pick(roll, c.meta.vocabulary.ids);
            if (c.meta.kind !== 'reference') return pick(roll, POOLS[c.meta.kind]!);
            const target = ENTITIES.findIndex((other) => other.name === (c.meta?.target || 'enterprise'));
            return idOf(target, roll(ROWS));
          }),
        );
    }
  });
}

/** Numbers that look random and are the same in every run. */
function dice(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) % below;
  };
}
type Dice = ReturnType<typeof dice>;
const pick = <T>(roll: Dice, list: readonly T[]): T => list[roll(list.length)] as T;

/** Conditions that only SQL can say are not read plainly, nor columns that count by them. */
const isSql = (kind: string, id: string): boolean =>
  DICTIONARY.find(kind)?.conditions.some((c) => c.id === id && c.where === 'sql') ?? false;
const isPlain = (c: ComputedColumn): boolean =>
  !('count' in c) ||
  !JSON.stringify(c.count.where ?? []).includes('"is"') ||
  !namesIn(c.count.where ?? []).some((id) => isSql(c.count.child, id));
const namesIn = (filter: Filter): string[] =>
  filter.flatMap((c) => ('is' in c ? [c.is] : 'any' in c ? c.any.flatMap(namesIn) : []));

/** Paths of a kind: its own fields, computed columns that can be read plainly, fields of what it refers to. */
function pathsOf(of: EntityDefinition, roll: Dice): string {
  const fields = filterFields(of).map((f) => f.name);
  const columns = DICTIONARY.listOf(of)
    .columns.filter((c) => !isPathColumn(c) && !('sql' in c) && !('join' in c) && !('rate' in c) && isPlain(c))
    .map((c) => c.key);
  const path = pick(roll, roll(4) === 0 && columns.length > 0 ? columns : fields);
  const end = resolvePath(DICTIONARY, of, path)!;
  const target =
    end.meta.kind === 'reference' && !end.column && roll(2) === 0 ? DICTIONARY.find(end.meta.target ?? '') : null;
  return target && path !== 'id' ? `${path}.${pathsOf(target, roll)}` : path;
}

function operand(of: EntityDefinition, path: string, roll: Dice, op: string): Operand {
  const { meta } = resolvePath(DICTIONARY, of, path)!;
  const some = pick(roll, rows.get(of.name)!);
  const value = plain.value(of, some, path);
  switch (meta.kind) {
    case 'flag':
      return roll(2) === 0;
    case 'day':
    case 'instant': {
      if (roll(4) === 0) return { today: roll(400) - 200 };
      const day = value === null ? TODAY : String(value).slice(0, 10);
      return pick(roll, [day, day.slice(0, 7), day.slice(0, 4)]);
    }
    case 'choice':
    case 'fourState':
      return value ?? meta.vocabulary!.ids[0];
    case 'decimal':
      return value ?? '12.5';
    case 'integer':
    case 'money':
      return Number(value ?? 7);
    case 'reference':
      return value ?? '01900000-0000-7000-8000-000000000000';
    default: {
      const text = value === null || value === '' ? '某' : String(value);
      return op === 'contains'
        ? [...text].slice(1, 3).join('') || text
        : op === 'startsWith'
          ? [...text].slice(0, 2).join('')
          : text.slice(0, 200);
    }
  }
}

function condition(of: EntityDefinition, roll: Dice, depth: number): Condition {
  const kind = roll(10);
  if (kind === 0 && depth < 2) return { any: [filter(of, roll, depth + 1, 2), filter(of, roll, depth + 1, 1)] };
  const children = childrenOf(DICTIONARY, of).filter((c) => (rows.get(c.entity.name)?.length ?? 0) > 0);
  if (kind < 4 && depth < 2 && children.length > 0) {
    const { entity, field } = pick(roll, children);
    const has = childOf(DICTIONARY, of, entity.name)?.field === field ? entity.name : `${entity.name}.${field}`;
    return { has, where: filter(entity, roll, depth + 1, roll(3)), ...(roll(4) === 0 && { not: true as const }) };
  }
  const named = of.conditions.filter((c) => c.where !== 'sql' && (!c.takes || numberTaken(c.takes)));
  if (kind < 6 && named.length > 0) {
    const { id, takes } = pick(roll, named);
    return { is: id, ...(takes && { value: roll(400) }), ...(roll(3) === 0 && { not: true as const }) };
  }
  const field = pathsOf(of, roll);
  const op = pick(roll, OPERATORS[resolvePath(DICTIONARY, of, field)!.meta.kind]);
  if (op === 'empty' || op === 'filled') return { field, op };
  const one = (): Operand => operand(of, field, roll, op);
  if (op === 'between') return { field, op, value: [one(), one()] };
  if (op === 'in' || op === 'notIn') {
    const listed = Array.from({ length: 2 + roll(60) }, one).filter((v) => typeof v !== 'object');
    return { field, op, value: listed.length > 0 ? listed : ['2026'] };
  }
  return { field, op, value: one() };
}
const filter = (of: EntityDefinition, roll: Dice, depth: number, count: number): Filter =>
  Array.from({ length: count }, () => condition(of, roll, depth));

test(`${FILTERS} filters over all kinds take what a plain reading takes, and the same after being written as text`, async () => {
  const kinds = ENTITIES.filter((e) => (rows.get(e.name)?.length ?? 0) > 0);
  const taken = { none: 0, some: 0, all: 0 };
  for (let n = 0; n < FILTERS; n += 1) {
    const roll = dice(n);
    const of = n % 3 === 0 ? pick(roll, kinds) : entityNamed(pick(roll, ['enterprise', 'finding', 'visit', 'permit']));
    const made = filter(of, roll, 0, 1 + roll(3));
    const text = printFilter(of.name, made);
    expect(filterFault(of.name, made), text).toBeNull();
    const all = rows.get(of.name)!;
    const wanted = all.filter((row) => plain.holds(of, row, made)).map((row) => row.id);
    for (const asked of [made, parseFilter(of.name, text)]) {
      const sql = compileFilter(of.name, asked, { alias: 'x', today: TODAY });
      const found = await t.store.read.sql<{ id: string }>(
        `SELECT x.id FROM "${tableOf(of)}" x WHERE ${sql.sql}`,
        sql.parameters,
      );
      expect(found.map((r) => r.id).sort(), `${n}: ${of.name}: ${text}`).toEqual([...wanted].sort());
    }
    taken[wanted.length === 0 ? 'none' : wanted.length === all.length ? 'all' : 'some'] += 1;
  }
  // Filters that take everything or nothing show little.
  expect(taken.some).toBeGreaterThan(FILTERS / 4);
});
