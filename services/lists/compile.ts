// Compiles filters, orders and columns of any kind of record to SQL over an alias of its table.
import { snake, type EntityDefinition } from '../../domain/dictionary/entity.ts';
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
  type HasCondition,
  type IsCondition,
  type Operator,
} from '../../domain/dictionary/filter.ts';
import { orderTerm, type ComputedColumn, type Order, type UntilColumn } from '../../domain/dictionary/list.ts';
import {
  childOf,
  type Child,
  conditionOf,
  metaOfField,
  resolvePath,
  type PathEnd,
  type Step,
} from '../../domain/dictionary/path.ts';
import { searchTerms } from '../../domain/values/search-key.ts';
import { DICTIONARY, listedKind } from '../../domain/lists.ts';
import {
  ALWAYS,
  asNumber,
  columnsOf,
  contains,
  containsWord,
  daysBetween,
  holds,
  isNot,
  joined,
  named,
  ordered,
  SHADOW,
  tableOf,
  unindexed,
} from '../../db/index.ts';
import { areaOn, SQL_COLUMNS, SQL_CONDITIONS, type Asked } from '../conditions/index.ts';
import { compare, compareFields, POSITIVE } from './compare.ts';
import { allOf, joinSql, sql, within, type Sql } from './sql.ts';

/** What a filter is compiled for: the alias of its kind's table, and the day on which it is asked. */
export interface CompileFor extends Asked {
  readonly alias: string;
  /** Areas of the enterprise `alias` are asked as of a day given as SQL. */
  readonly areasOn?: { readonly alias: string; readonly day: string };
}

/** What rows are put in order by, and how a text that says its value stands in ORDER BY. */
export interface Term {
  readonly value: Sql;
  readonly by: (text: string) => string;
}

/** Terms over the rows themselves. */
export const orderBy = (terms: readonly Term[]): Sql =>
  joinSql(
    terms.map(({ value, by }) => ({ ...value, sql: by(value.sql) })),
    ', ',
  );

const tableAs = (entity: EntityDefinition, alias: string): string => `${named(tableOf(entity))} ${alias}`;
const columnSql = (alias: string, field: string): string => `${alias}.${named(snake(field))}`;

/** Fields of the enterprise that say where it lies, with the level of their areas: what an assignment of its area dates. */
const AREA_FIELDS: Readonly<Record<string, string>> = { townId: 'town', villageId: 'village', parkId: 'park' };

/** One compilation: aliases are numbered so that none is used twice. */
class Compilation {
  readonly #asked: Omit<CompileFor, 'alias'>;
  /** Aliases whose rows are found by their owner: no index of another column of theirs is to be chosen. */
  readonly #unindexed = new Set<string>();
  /** Aliases of which few rows are looked at: an index finds them by another condition. */
  readonly #narrow = new Set<string>();
  /** Aliases whose rows are found by what they refer to: their other columns are tested only. */
  readonly #referred = new Set<string>();
  #aliases = 0;

  constructor(asked: Omit<CompileFor, 'alias'>) {
    this.#asked = asked;
  }

  #alias(): string {
    this.#aliases += 1;
    return `q${this.#aliases}`;
  }

  /** All conditions of a filter. */
  filter(of: EntityDefinition, alias: string, filter: Filter): Sql {
    return allOf(
      filter.map((c) => this.#condition(of, alias, c)),
      ALWAYS,
    );
  }

  #condition(of: EntityDefinition, alias: string, c: Condition): Sql {
    if (isField(c)) return this.#field(of, alias, c);
    if (isNamed(c)) return this.#named(of, alias, c);
    if (isHas(c)) return this.#has(of, alias, c);
    if (isAny(c))
      return within(
        '(',
        joinSql(
          c.any.map((one) => within('(', this.filter(of, alias, one), ')')),
          ' OR ',
        ),
        ')',
      );
    return this.#text(of, alias, c.text);
  }

  #field(of: EntityDefinition, alias: string, c: FieldCondition): Sql {
    const end = must(resolvePath(DICTIONARY, of, c.field), of, c.field);
    const positive = POSITIVE[c.op];
    const test = this.#along(alias, end.steps, (a) => this.#tested(end, a, of, alias, c, positive ?? c.op));
    if (!positive) return test;
    // Where the column can't be empty, the contrary needs no third answer, and an index can serve it.
    return end.steps.length === 0 && !nullable(end) ? within('NOT (', test, ')') : { ...test, sql: isNot(test.sql) };
  }

  #tested(end: PathEnd, alias: string, of: EntityDefinition, outer: string, c: FieldCondition, op: Operator): Sql {
    const x = this.expression(end, alias);
    const [operand] = operandsOf(c);
    if (typeof operand === 'object' && 'field' in operand) {
      const other = this.scalar(outer, must(resolvePath(DICTIONARY, of, operand.field), of, operand.field));
      return this.#merge(compareFields(x.sql, end.meta, op, other.sql), [x, other]);
    }
    const test = compare(x.sql, end.meta, op, operandsOf(c), this.#asked.today);
    return x.parameters.length === 0 ? test : this.#once(x, end, op, c);
  }

  /** A comparison that says an expression with parameters once only. */
  #once(x: Sql, end: PathEnd, op: Operator, c: FieldCondition): Sql {
    const alias = this.#alias();
    const test = compare(`${alias}.v`, end.meta, op, operandsOf(c), this.#asked.today);
    return joinSql([within('EXISTS (SELECT 1 FROM (SELECT ', x, ` AS v) ${alias} WHERE `), within('', test, ')')], '');
  }

  #merge(test: Sql, sides: readonly Sql[]): Sql {
    return { sql: test.sql, parameters: [...sides.flatMap((s) => s.parameters), ...test.parameters] };
  }

  /** A test on the row at the end of references. */
  #along(alias: string, steps: readonly Step[], test: (alias: string) => Sql): Sql {
    const [step, ...rest] = steps;
    if (!step) return test(alias);
    const inner = this.#alias();
    return within(
      `${columnSql(alias, step.field)} IN (SELECT ${inner}.${named('id')} FROM ${tableAs(step.to, inner)} WHERE `,
      this.#along(inner, rest, test),
      ')',
    );
  }

  #named(of: EntityDefinition, alias: string, c: IsCondition): Sql {
    const condition = conditionOf(of, c.is);
    if (!condition) throw new Error(`${of.name} has no condition ${c.is}`);
    const value = c.value ?? numberTaken(condition.takes)?.initial;
    let test: Sql;
    if (condition.where === 'sql') {
      const made = SQL_CONDITIONS[`${of.name}.${c.is}`];
      if (!made) throw new Error(`no SQL for the condition ${of.name}.${c.is}`);
      test = sql(made(alias, this.#asked, value));
    } else test = within('(', this.filter(of, alias, withGiven(condition.where, value)), ')');
    return c.not ? { ...test, sql: isNot(test.sql) } : test;
  }

  /**
   * There is a child row. Where few children can match (they are found by an index of their own, or by a word that few of them say, for
   * which all are read in one go) their owners are gathered; else each row looks at its children, by the index of their reference and
   * no other.
   */
  #has(of: EntityDefinition, alias: string, c: HasCondition): Sql {
    const child = childOf(DICTIONARY, of, c.has);
    if (!child) throw new Error(`${of.name} has no child ${c.has}`);
    const inner = this.#alias();
    const [own, fk] = [columnSql(alias, 'id'), columnSql(inner, child.field)];
    const from = `FROM ${tableAs(child.entity, inner)} WHERE`;
    const filter = c.where ?? [];
    const gathered = isFew(child, filter) || (!this.#narrow.has(alias) && asksForWords(child, filter));
    if (gathered || !isIndexed(child.entity, child.field)) {
      const where = this.#facts(child.entity, inner, filter);
      if (!c.not) return within(`${own} IN (SELECT ${fk} ${from} `, where, ')');
      return within(`${own} NOT IN (SELECT ${fk} ${from} ${fk} IS NOT NULL AND `, where, ')');
    }
    this.#unindexed.add(inner);
    const where = this.#facts(child.entity, inner, filter);
    return within(`${c.not ? 'NOT ' : ''}EXISTS (SELECT 1 ${from} ${fk} = ${own} AND `, where, ')');
  }

  /** A filter without rows in the bin, unless it speaks of the bin itself. */
  rows(of: EntityDefinition, alias: string, filter: Filter): Sql {
    const bin = filter.some((c) => isField(c) && c.field === 'deletedAt');
    if (filter.some((c) => isFewOwners(of, c))) this.#referred.add(alias);
    if (filter.some((c) => isFound(of, c))) this.#narrow.add(alias);
    const live = sql(`${columnSql(alias, 'deletedAt')} ${bin ? `IS NOT '${SHADOW}'` : 'IS NULL'}`);
    return filter.length === 0 ? live : joinSql([live, this.filter(of, alias, filter)], ' AND ');
  }

  /** Children that are there for certain: no guess that waits for somebody to see it, unless the filter speaks of those. */
  #facts(of: EntityDefinition, alias: string, filter: Filter): Sql {
    const { unseen } = of;
    const rows = this.rows(of, alias, filter);
    if (unseen === null || filter.some((c) => isField(c) && c.field === unseen)) return rows;
    return joinSql([rows, sql(`${columnSql(alias, unseen)} = 0`)], ' AND ');
  }

  #text(of: EntityDefinition, alias: string, text: string): Sql {
    const { search } = DICTIONARY.listOf(of);
    return allOf(
      searchTerms(text).map((forms) =>
        within(
          '(',
          joinSql(
            search.map((path) => this.#found(of, alias, path, forms)),
            ' OR ',
          ),
          ')',
        ),
      ),
      ALWAYS,
    );
  }

  /** A word in one of its forms in a text field, or in the search entry (else the title) of a row that is referred to. */
  #found(of: EntityDefinition, alias: string, path: string, forms: readonly string[]): Sql {
    const end = must(resolvePath(DICTIONARY, of, path), of, path);
    const target = end.meta.kind === 'reference' ? DICTIONARY.find(end.meta.target ?? '') : undefined;
    const { search } = target?.facets ?? {};
    return this.#along(alias, end.steps, (a) => {
      const x = this.expression(end, a);
      if (!target && x.parameters.length === 0) return within('(', containsWord(x.sql, forms), ')');
      if (!target) {
        const tests = forms.map((form) => this.#merge(sql(contains(x.sql), form), [x]));
        return within('(', joinSql(tests, ' OR '), ')');
      }
      if (search && 'order' in search)
        return sql(
          `${x.sql} IN (SELECT s.row_id FROM search_entry s WHERE s.entity = '${target.name}' AND ${holds('s.words', forms.length)})`,
          ...forms,
        );
      const title = this.#title(target, x.sql);
      return sql(contains(title, forms.length), ...forms);
    });
  }

  /** What a path says of the row of an alias, in one value. */
  scalar(alias: string, end: PathEnd): Sql {
    const ask = (from: string, steps: readonly Step[]): Sql => {
      const [step, ...rest] = steps;
      if (!step) return this.expression(end, from);
      const inner = this.#alias();
      return within(
        '(SELECT ',
        ask(inner, rest),
        ` FROM ${tableAs(step.to, inner)} WHERE ${inner}.${named('id')} = ${columnSql(from, step.field)})`,
      );
    };
    return ask(alias, end.steps);
  }

  /** The field or column at the end of a path, over the alias of the row that has it. */
  expression(end: PathEnd, alias: string): Sql {
    if (end.column) return this.#computed(end.entity, alias, end.column);
    const then = this.#areaThen(end, alias);
    if (then) return sql(then);
    const column = columnSql(alias, end.field);
    const tested = this.#referred.has(alias) && end.meta.kind !== 'reference';
    const astray = this.#unindexed.has(alias) && isIndexed(end.entity, end.field);
    return sql(tested || astray ? unindexed(column) : column);
  }

  /** The area of an enterprise on the day whose areas are asked for, or null where today's is meant. */
  #areaThen({ meta, field }: PathEnd, alias: string): string | null {
    const on = this.#asked.areasOn;
    const level = on?.alias === alias && meta.target === 'area' ? AREA_FIELDS[field] : undefined;
    return on && level ? areaOn(on.day, level, snake(field), alias) : null;
  }

  #computed(of: EntityDefinition, alias: string, column: ComputedColumn): Sql {
    const path = (name: string): Sql => this.scalar(alias, must(resolvePath(DICTIONARY, of, name), of, name));
    if ('sql' in column) {
      const made = SQL_COLUMNS[column.sql];
      if (!made) throw new Error(`no SQL for the column ${column.sql}`);
      return sql(made(alias, this.#asked));
    }
    if ('first' in column) return within('coalesce(', joinSql(column.first.map(path), ', '), ')');
    if ('until' in column) {
      return this.#until(of, alias, column.until, path(column.until.day));
    }
    if ('rate' in column) {
      const [n, d] = column.rate.map(path) as [Sql, Sql];
      return joinSql([within('(', n, ' * 1.0'), within('nullif(', d, ', 0))')], ' / ');
    }
    return this.#ofChildren(of, alias, column);
  }

  #until(of: EntityDefinition, alias: string, { where }: UntilColumn['until'], day: Sql): Sql {
    const left = { ...day, sql: daysBetween(`'${this.#asked.today}'`, day.sql) };
    return joinSql([within('CASE WHEN ', this.filter(of, alias, where), ''), within('', left, ' END')], ' THEN ');
  }

  #ofChildren(
    of: EntityDefinition,
    alias: string,
    column: Extract<ComputedColumn, { pick: unknown } | { count: unknown } | { join: unknown }>,
  ): Sql {
    const source = 'pick' in column ? column.pick : 'count' in column ? column.count : column.join;
    const child = childOf(DICTIONARY, of, source.child);
    if (!child) throw new Error(`${of.name} has no child ${source.child}`);
    const inner = this.#alias();
    // The children of one row are few: no other index than that of their reference is to be chosen.
    if (isIndexed(child.entity, child.field)) this.#unindexed.add(inner);
    const from = within(
      ` FROM ${tableAs(child.entity, inner)} WHERE ${columnSql(inner, child.field)} = ${columnSql(alias, 'id')} AND `,
      this.#facts(child.entity, inner, source.where ?? []),
      '',
    );
    if ('count' in column) return within('(SELECT count(*)', from, ')');
    if ('join' in column) return within(`(SELECT ${this.#member(child.entity, inner, column.join.field)}`, from, ')');
    const fields = [column.pick.field]
      .flat()
      .map((f) => this.scalar(inner, must(resolvePath(DICTIONARY, child.entity, f), child.entity, f)));
    const value = fields.length > 1 ? within('coalesce(', joinSql(fields, ', '), ')') : (fields[0] as Sql);
    const order = orderBy(this.order(child.entity, inner, column.pick.order));
    return joinSql([within('(SELECT ', value, ''), from, within(' ORDER BY ', order, ' LIMIT 1)')], '');
  }

  #member(of: EntityDefinition, alias: string, field: string): string {
    const meta = metaOfField(of, field);
    const target = meta?.kind === 'reference' ? DICTIONARY.find(meta.target ?? '') : undefined;
    const column = columnSql(alias, field);
    return target ? joined(this.#title(target, column), '、') : joined(column, ',');
  }

  /** Title of the row of a kind whose id an expression gives; of a kind without one, the title of the first row it refers to. */
  #title(of: EntityDefinition, id: string): string {
    const inner = this.#alias();
    return `(SELECT ${this.titleOf(of, inner)} FROM ${tableAs(of, inner)} WHERE ${inner}.${named('id')} = ${id})`;
  }

  /** Title of a row by its alias. */
  titleOf(of: EntityDefinition, alias: string): string {
    if (of.title) return columnSql(alias, of.title);
    const by = Object.keys(of.fields).find((f) => {
      const target = DICTIONARY.find(metaOfField(of, f)?.target ?? '');
      return target?.title !== undefined && target.title !== null && target.name !== of.name;
    });
    const target = by ? DICTIONARY.find(metaOfField(of, by)?.target ?? '') : undefined;
    return by && target ? this.#title(target, columnSql(alias, by)) : 'NULL';
  }

  /** Title of what a reference at the end of a path leads to. */
  nameOf(alias: string, end: PathEnd): Sql | null {
    const target = end.meta.kind === 'reference' ? DICTIONARY.find(end.meta.target ?? '') : undefined;
    if (!target) return null;
    const id = this.scalar(alias, end);
    return { sql: this.#title(target, id.sql), parameters: id.parameters };
  }

  /** Terms of ORDER BY. */
  order(of: EntityDefinition, alias: string, order: Order): Term[] {
    return order.map((term) => {
      const { path, descending } = orderTerm(term);
      return this.#term(alias, must(resolvePath(DICTIONARY, of, path), of, path), descending);
    });
  }

  #term(alias: string, end: PathEnd, descending: boolean): Term {
    const id = end.field === 'id' && end.steps.length === 0;
    const x = (!id && this.nameOf(alias, end)) || this.scalar(alias, end);
    const value = end.meta.kind === 'decimal' && !end.column ? { ...x, sql: asNumber(x.sql) } : x;
    return { value, by: (text) => ordered(text, descending, !id && (end.steps.length > 0 || nullable(end))) };
  }
}

const isIndexed = (of: EntityDefinition, field: string): boolean => of.indexes.some((fields) => fields[0] === field);

/** Whether the rows' owners are asked for by what these belong to: they are fewer than the rows of one state. */
function isFewOwners(of: EntityDefinition, c: Condition): boolean {
  if (!isField(c) || (c.op !== 'eq' && c.op !== 'in')) return false;
  const end = resolvePath(DICTIONARY, of, c.field);
  const [step] = end?.steps ?? [];
  if (!end || !step || end.column || end.meta.kind !== 'reference') return false;
  return isIndexed(of, step.field) && isIndexed(end.entity, end.field);
}

/** Whether an index finds the few rows that a condition takes: by what they refer to, or by a text. */
function isFound(of: EntityDefinition, c: Condition): boolean {
  if (!isField(c) || (c.op !== 'eq' && c.op !== 'in')) return false;
  const kind = metaOfField(of, c.field)?.kind;
  return (kind === 'reference' || kind === 'text') && isIndexed(of, c.field);
}

/** Whether an index of its own finds the few children that a filter takes. */
const isFew = ({ entity, field }: Child, filter: Filter): boolean =>
  filter.some((c) => isFound(entity, c) && !(isField(c) && c.field === field));

/** A word that few texts say: one or two letters or figures are in many, as DA in the number of every outlet. */
const RARE = /^.{3}|[^ -~]/u;

/** Whether children are asked for by a word in a text of theirs that few of them say. */
const asksForWords = ({ entity }: Child, filter: Filter): boolean =>
  filter.some(
    (c) =>
      isField(c) && c.op === 'contains' && metaOfField(entity, c.field) !== null && RARE.test(String(c.value).trim()),
  );

/** Whether what a filter asks for is gathered before a row is looked at: a word, or children that few rows have. */
export const isGathered = (of: EntityDefinition, filter: Filter): boolean =>
  filter.some((c) => {
    if (isAny(c)) return c.any.some((one) => isGathered(of, one));
    if (isNamed(c)) return conditionOf(of, c.is)?.slow === true;
    const child = isHas(c) ? childOf(DICTIONARY, of, c.has) : null;
    if (isHas(c)) return child !== null && (isFew(child, c.where ?? []) || asksForWords(child, c.where ?? []));
    return !isField(c);
  });

/** Whether there may be no value at the end of a path. */
const nullable = (end: PathEnd): boolean =>
  end.column !== null || (columnsOf(end.entity).find((c) => c.field === end.field)?.nullable ?? true);

function must<T>(found: T | null, of: EntityDefinition, path: string): T {
  if (found === null) throw new Error(`${of.name} has no ${path}`);
  return found;
}

/**
 * A filter as a condition over `given.alias`; rows in the bin are not its matter (see `compileRows`). The filter must
 * fit (`filterFault`).
 */
export const compileFilter = (kind: string, filter: Filter, given: CompileFor): Sql =>
  new Compilation(given).filter(listedKind(kind), given.alias, filter);

/** Aliases of one compilation after the other would meet in one statement: this compiles all parts of it together. */
export const compilation = (asked: Asked): Compilation => new Compilation(asked);
export type { Compilation };
