// A filter read plainly, row by row in memory: what the compiled one is held against.
import { searchKey } from '../../domain/values/search-key.ts';
import { DICTIONARY } from '../../domain/lists.ts';
import type { EntityDefinition } from '../../domain/dictionary/entity.ts';
import type { FieldMeta } from '../../domain/dictionary/field.ts';
import {
  isAny,
  isField,
  isHas,
  isNamed,
  numberTaken,
  operandsOf,
  withGiven,
  type Condition,
  type FieldCondition,
  type Filter,
  type Operand,
} from '../../domain/dictionary/filter.ts';
import { orderTerm, type ComputedColumn } from '../../domain/dictionary/list.ts';
import { childOf, conditionOf, resolvePath, type Child, type PathEnd } from '../../domain/dictionary/path.ts';
import { localDay } from '../../domain/values/clock.ts';
import { addDays, daysBetween } from '../../domain/values/day.ts';

export type PlainRow = Readonly<Record<string, string | number | null>>;
/** All rows of every kind by the names of fields. */
export type PlainRows = ReadonlyMap<string, readonly PlainRow[]>;

/** Reads filters over rows that are all in memory. */
export class PlainFilter {
  readonly #rows: PlainRows;
  readonly #byId = new Map<string, PlainRow>();
  readonly #today: string;

  constructor(rows: PlainRows, today: string) {
    this.#rows = rows;
    this.#today = today;
    for (const list of rows.values()) for (const row of list) this.#byId.set(row.id as string, row);
  }

  holds(of: EntityDefinition, row: PlainRow, filter: Filter): boolean {
    return filter.every((c) => this.#condition(of, row, c));
  }

  #condition(of: EntityDefinition, row: PlainRow, c: Condition): boolean {
    if (isField(c)) return this.#field(of, row, c);
    if (isAny(c)) return c.any.some((one) => this.holds(of, row, one));
    if (isHas(c)) {
      const child = childOf(DICTIONARY, of, c.has)!;
      const found = this.#children(child, row, c.where ?? []).length > 0;
      return found !== (c.not ?? false);
    }
    if (!isNamed(c)) throw new Error('texts are not read plainly');
    const { where, takes } = conditionOf(of, c.is)!;
    if (where === 'sql') throw new Error('SQL is not read plainly');
    const value = c.value ?? numberTaken(takes)?.initial;
    return this.holds(of, row, withGiven(where, value)) !== (c.not ?? false);
  }

  /** Rows of a child kind that a filter takes; those in the bin only where it speaks of the bin. */
  #children({ entity, field }: Child, row: PlainRow, where: Filter): PlainRow[] {
    const bin = where.some((c) => isField(c) && c.field === 'deletedAt');
    // A guess that nobody has seen is no fact, unless the filter speaks of guesses.
    const guess = entity.unseen;
    const facts = guess !== null && !where.some((c) => isField(c) && c.field === guess);
    return (this.#rows.get(entity.name) ?? []).filter(
      (r) =>
        r[field] === row.id &&
        (bin || r.deletedAt === null) &&
        !(facts && Number(r[guess]) === 1) &&
        this.holds(entity, r, where),
    );
  }

  value(of: EntityDefinition, row: PlainRow, path: string): string | number | null {
    const end = resolvePath(DICTIONARY, of, path)!;
    let at: PlainRow | undefined = row;
    for (const step of end.steps) at = at && this.#byId.get(String(at[step.field]));
    if (!at) return null;
    return end.column ? this.#computed(end.entity, at, end.column) : (at[end.field] ?? null);
  }

  #computed(of: EntityDefinition, row: PlainRow, column: ComputedColumn): string | number | null {
    if ('first' in column) return column.first.map((p) => this.value(of, row, p)).find((v) => v !== null) ?? null;
    if ('until' in column) {
      const day = this.value(of, row, column.until.day);
      return day !== null && this.holds(of, row, column.until.where) ? daysBetween(this.#today, String(day)) : null;
    }
    const source = 'count' in column ? column.count : 'pick' in column ? column.pick : null;
    if (!source) throw new Error(`${column.key} is not read plainly`);
    const child = childOf(DICTIONARY, of, source.child)!;
    const rows = this.#children(child, row, source.where ?? []);
    if (!('pick' in column)) return rows.length;
    const order = column.pick.order.map(orderTerm);
    rows.sort((a, b) => {
      for (const { path, descending } of order) {
        const [x, y] = [this.value(child.entity, a, path), this.value(child.entity, b, path)];
        if (x === y) continue;
        if (x === null || y === null) return x === null ? 1 : -1;
        return x < y === descending ? 1 : -1;
      }
      return 0;
    });
    const [first] = rows;
    if (!first) return null;
    return (
      [column.pick.field]
        .flat()
        .map((f) => this.value(child.entity, first, f))
        .find((v) => v !== null) ?? null
    );
  }

  #field(of: EntityDefinition, row: PlainRow, c: FieldCondition): boolean {
    const end = resolvePath(DICTIONARY, of, c.field) as PathEnd;
    const value = this.value(of, row, c.field);
    if (c.op === 'empty' || c.op === 'filled') return (value === null) === (c.op === 'empty');
    if (c.op === 'ne') return !this.#field(of, row, { ...c, op: 'eq' });
    if (c.op === 'notIn') return !this.#field(of, row, { ...c, op: 'in' });
    if (value === null) return false;
    const given = operandsOf(c).map((o) => this.#operand(of, row, o));
    if (given.some((g) => g === null)) return false;
    const as = (v: string | number): string | number => comparable(end.meta, v);
    const low = (v: string | number): string | number => as(isDayKind(end.meta) ? firstDay(String(v)) : v);
    const high = (v: string | number): string | number => as(isDayKind(end.meta) ? lastDay(String(v)) : v);
    const x = as(end.meta.kind === 'instant' ? localDay(String(value)) : value);
    const [g, h] = given as (string | number)[];
    switch (c.op) {
      case 'eq':
        return x >= low(g!) && x <= high(g!);
      case 'in':
        return (given as (string | number)[]).some((v) => x >= low(v) && x <= high(v));
      case 'lt':
        return x < low(g!);
      case 'le':
        return x <= high(g!);
      case 'gt':
        return x > high(g!);
      case 'ge':
        return x >= low(g!);
      case 'between':
        return x >= low(g!) && x <= high(h!);
      case 'contains':
        return searchKey(String(value)).includes(searchKey(String(g)));
      default:
        return searchKey(String(value)).startsWith(searchKey(String(g)));
    }
  }

  #operand(of: EntityDefinition, row: PlainRow, o: Operand): string | number | null {
    if (typeof o === 'boolean') return o ? 1 : 0;
    if (typeof o !== 'object') return o;
    if ('field' in o) return this.value(of, row, o.field);
    if ('today' in o) return addDays(this.#today, Number(o.today));
    throw new Error('a value was not given');
  }
}

const isDayKind = (meta: FieldMeta): boolean => meta.kind === 'day' || meta.kind === 'instant';
const comparable = (meta: FieldMeta, v: string | number): string | number => (meta.kind === 'decimal' ? Number(v) : v);
const firstDay = (text: string): string =>
  text.length === 4 ? `${text}-01-01` : text.length === 7 ? `${text}-01` : text;
const lastDay = (text: string): string =>
  text.length === 4 ? `${text}-12-31` : text.length === 7 ? `${text}-31` : text;
