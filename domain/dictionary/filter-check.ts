// Whether a filter fits the dictionary: what does not is said in one sentence.
import { lookup } from '../values/lookup.ts';
import { isDay } from '../values/day.ts';
import type { EntityDefinition } from './entity.ts';
import type { FieldMeta } from './field.ts';
import {
  numberTaken,
  isAny,
  isField,
  isHas,
  isNamed,
  operandsOf,
  OPERATORS,
  WITH_LIST,
  WITHOUT_VALUE,
  type Condition,
  type FieldCondition,
  type Filter,
  type IsCondition,
  type Operand,
} from './filter.ts';
import { childOf, conditionOf, resolvePath, type Dictionary } from './path.ts';

const DEEPEST = 6;
const MONTH = /^\d{4}-(0[1-9]|1[0-2])$/;
const YEAR = /^\d{4}$/;
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
const DECIMAL = /^-?\d+(\.\d+)?$/;

/** A day, or all days of a month or a year. */
export const isPeriod = (value: string): boolean => YEAR.test(value) || MONTH.test(value) || isDay(value);

/** What is wrong with a plain value of a field, or null. */
function scalarProblem(meta: FieldMeta, value: unknown): string | null {
  const name = `“${meta.label}”`;
  switch (meta.kind) {
    case 'flag':
      return typeof value === 'boolean' ? null : `${name}的条件只能是“是”或“否”`;
    case 'integer':
    case 'money':
      return Number.isSafeInteger(value) ? null : `${name}要和整数比较，“${String(value)}”不是`;
    case 'decimal':
      return typeof value === 'number' || DECIMAL.test(String(value))
        ? null
        : `${name}要和数字比较，“${String(value)}”不是`;
    case 'day':
    case 'instant':
      return typeof value === 'string' && isPeriod(value)
        ? null
        : `${name}要和日期比较，“${String(value)}”不是。请写成 2026-11-18、2026-11 或 2026`;
    case 'reference':
      return typeof value === 'string' && UUID.test(value) ? null : `${name}要从列表里选，“${String(value)}”不是`;
    case 'choice':
    case 'fourState':
      return meta.vocabulary && !meta.vocabulary.ids.includes(String(value))
        ? `${name}没有“${String(value)}”这一项`
        : null;
    default:
      return typeof value === 'string' && value !== '' ? null : `${name}的条件要写文字`;
  }
}

function operandProblem(
  dictionary: Dictionary,
  of: EntityDefinition,
  meta: FieldMeta,
  operand: Operand,
  given: boolean,
): string | null {
  if (typeof operand !== 'object' || operand === null) return scalarProblem(meta, operand);
  if ('field' in operand) {
    const other = resolvePath(dictionary, of, operand.field);
    return other ? null : `${of.label}没有“${operand.field}”这一项`;
  }
  if ('given' in operand) return given ? null : `“${meta.label}”的条件没有给值`;
  const { today } = operand;
  if (meta.kind !== 'day' && meta.kind !== 'instant') return `“${meta.label}”不是日期，不能和今天比较`;
  if (typeof today === 'number' ? Number.isSafeInteger(today) && Math.abs(today) <= 36_600 : given) return null;
  return `“${meta.label}”的天数不对，请写 0 到 36600 之间的整数`;
}

function fieldProblem(dictionary: Dictionary, of: EntityDefinition, c: FieldCondition, given: boolean): string | null {
  const end = resolvePath(dictionary, of, c.field);
  if (!end) return `${of.label}没有“${c.field}”这一项`;
  const name = `“${end.label}”`;
  if (!OPERATORS[end.meta.kind].includes(c.op)) return `${name}不能用“${OPERATOR_WORDS[c.op] ?? c.op}”来筛选`;
  const operands = operandsOf(c);
  if (WITHOUT_VALUE.includes(c.op)) return operands.length === 0 ? null : `${name}的“${OPERATOR_WORDS[c.op]}”不带值`;
  if (operands.length === 0) return `请给${name}的条件写上值`;
  if (c.op === 'between' ? operands.length !== 2 : !WITH_LIST.includes(c.op) && operands.length !== 1)
    return c.op === 'between' ? `${name}的范围要写两头` : `${name}的“${OPERATOR_WORDS[c.op]}”只能带一个值`;
  for (const operand of operands) {
    const problem = operandProblem(dictionary, of, end.meta, operand, given);
    if (problem) return problem;
  }
  return null;
}

function namedProblem(of: EntityDefinition, c: IsCondition, given: boolean): string | null {
  const condition = conditionOf(of, c.is);
  if (!condition) return `${of.label}没有“${c.is}”这个条件`;
  const { takes } = condition;
  if (!takes) return c.value === undefined ? null : `“${condition.label}”不带值`;
  if (given && typeof c.value === 'object') return null;
  const number = numberTaken(takes);
  if (number)
    return c.value === undefined || (Number.isSafeInteger(c.value) && Number(c.value) >= 0 && Number(c.value) <= 36_600)
      ? null
      : `“${condition.label}”的${number.word}不对，请写 0 到 36600 之间的整数`;
  if (takes.kind === 'day')
    return typeof c.value === 'string' && isDay(c.value) ? null : `“${condition.label}”要写日期，如 2026-11-18`;
  return typeof c.value === 'string' && UUID.test(c.value) ? null : `请给“${condition.label}”选一项`;
}

function problemOf(
  dictionary: Dictionary,
  of: EntityDefinition,
  c: Condition,
  given: boolean,
  depth: number,
): string | null {
  if (depth > DEEPEST) return '条件套得太深，请分成几次筛选';
  if (isField(c)) return fieldProblem(dictionary, of, c, given);
  if (isNamed(c)) return namedProblem(of, c, given);
  if (isHas(c)) {
    const child = childOf(dictionary, of, c.has);
    if (!child) return `${of.label}没有“${c.has}”这样的下级记录`;
    return filterProblem(dictionary, child.entity, c.where ?? [], given, depth + 1);
  }
  if (isAny(c)) {
    if (c.any.length === 0) return '“或”里至少要有一个条件';
    for (const one of c.any) {
      const problem = filterProblem(dictionary, of, one, given, depth + 1);
      if (problem) return problem;
    }
    return null;
  }
  return c.text.length <= 100 ? null : '查找的文字最多 100 个字';
}

/** The sentence that says what in a filter does not fit a kind, or null. `given`: it stands in a named condition that takes a value. */
export function filterProblem(
  dictionary: Dictionary,
  of: EntityDefinition,
  filter: Filter,
  given = false,
  depth = 0,
): string | null {
  for (const condition of filter) {
    const problem = problemOf(dictionary, of, condition, given, depth);
    if (problem) return problem;
  }
  return null;
}

/** Operators as people say them. */
export const OPERATOR_WORDS: Readonly<Record<string, string>> = lookup({
  eq: '是',
  ne: '不是',
  in: '是其中之一',
  notIn: '不是其中任何一个',
  contains: '含有',
  startsWith: '开头是',
  lt: '小于',
  le: '不超过',
  gt: '大于',
  ge: '不少于',
  between: '在范围内',
  empty: '没有填',
  filled: '已填',
});

/** Operators of days and moments as people say them. */
export const DAY_WORDS: Readonly<Record<string, string>> = lookup({
  ...OPERATOR_WORDS,
  lt: '早于',
  le: '不晚于',
  gt: '晚于',
  ge: '不早于',
});
