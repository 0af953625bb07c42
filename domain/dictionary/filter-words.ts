// A filter in Chinese words: chips above a list, headings of reports, titles of saved views.
import type { EntityDefinition } from './entity.ts';
import {
  numberTaken,
  isAny,
  isField,
  isHas,
  isNamed,
  operandsOf,
  WITHOUT_VALUE,
  type Condition,
  type FieldCondition,
  type Filter,
  type HasCondition,
  type IsCondition,
  type Operand,
} from './filter.ts';
import { DAY_WORDS, OPERATOR_WORDS } from './filter-check.ts';
import { childOf, conditionOf, resolvePath, type Dictionary, type PathEnd } from './path.ts';
import { valueText } from './value-text.ts';

/** One condition in words; `value` is empty where the label says all. */
export interface ConditionWords {
  readonly label: string;
  readonly value: string;
}

type NameOf = (id: string) => string | undefined;

const dayWords = (days: number): string => (days === 0 ? '今天' : days > 0 ? `${days} 天后` : `${-days} 天前`);

function operandWords(
  dictionary: Dictionary,
  of: EntityDefinition,
  end: PathEnd,
  operand: Operand,
  nameOf: NameOf,
): string {
  if (typeof operand === 'object') {
    if ('today' in operand) return dayWords(Number(operand.today));
    if ('field' in operand) return resolvePath(dictionary, of, operand.field)?.label ?? operand.field;
    return '';
  }
  const { kind } = end.meta;
  if (kind === 'day' || kind === 'instant') return String(operand);
  return valueText(end.meta, operand, { name: (id) => nameOf(id) ?? '…' });
}

/** Several values with 、; many are counted. */
const several = (words: readonly string[]): string =>
  words.length > 5 ? `${words.slice(0, 3).join('、')} 等 ${words.length} 项` : words.join('、');

function fieldWords(dictionary: Dictionary, of: EntityDefinition, c: FieldCondition, nameOf: NameOf): ConditionWords {
  const end = resolvePath(dictionary, of, c.field);
  if (!end) return { label: c.field, value: '' };
  const { label } = end;
  if (c.field === 'deletedAt' && c.op === 'filled') return { label: '回收站', value: '' };
  if (c.field === 'id' && c.op === 'in') return { label: `指定的${of.label}`, value: `${operandsOf(c).length} 项` };
  if (WITHOUT_VALUE.includes(c.op)) return { label, value: OPERATOR_WORDS[c.op] ?? '' };
  const values = operandsOf(c).map((operand) => operandWords(dictionary, of, end, operand, nameOf));
  if (c.op === 'eq' || c.op === 'in') return { label, value: several(values) };
  if (c.op === 'ne' || c.op === 'notIn') return { label, value: `不是${several(values)}` };
  if (c.op === 'between') return { label, value: `${values[0] ?? ''} 至 ${values[1] ?? ''}` };
  if (c.op === 'contains' || c.op === 'startsWith') return { label, value: `${OPERATOR_WORDS[c.op]}“${values[0]}”` };
  const words = end.meta.kind === 'day' || end.meta.kind === 'instant' ? DAY_WORDS : OPERATOR_WORDS;
  return { label, value: `${words[c.op]} ${values[0]}` };
}

function namedWords(of: EntityDefinition, c: IsCondition, nameOf: NameOf): ConditionWords {
  const condition = conditionOf(of, c.is);
  if (!condition) return { label: c.is, value: '' };
  const { label, takes, words } = condition;
  if (!takes) return { label, value: (c.not ? (condition.no ?? '否') : condition.yes) ?? '' };
  const number = numberTaken(takes);
  const given = String(c.value ?? number?.initial ?? '');
  const shown = takes.kind === 'reference' ? (nameOf(given) ?? '…') : given;
  return {
    label,
    value: `${c.not ? '不：' : ''}${words ? words(shown) : number ? `${shown} ${number.unit}` : shown}`,
  };
}

function hasWords(dictionary: Dictionary, of: EntityDefinition, c: HasCondition, nameOf: NameOf): ConditionWords {
  const child = childOf(dictionary, of, c.has);
  if (!child) return { label: c.has, value: '' };
  const inner = (c.where ?? []).map((one) => wordsOf(dictionary, child.entity, one, nameOf));
  const { label } = child.entity;
  if (inner.length === 0) return { label, value: c.not ? '没有' : '有' };
  const [only] = inner;
  if (inner.length === 1 && only && !c.not) return { label: `${label} · ${only.label}`, value: only.value };
  return { label: c.not ? `没有${label}` : label, value: inner.map(inOne).join('，') };
}

const inOne = (words: ConditionWords): string => (words.value ? `${words.label}：${words.value}` : words.label);

function wordsOf(dictionary: Dictionary, of: EntityDefinition, c: Condition, nameOf: NameOf): ConditionWords {
  if (isField(c)) return fieldWords(dictionary, of, c, nameOf);
  if (isNamed(c)) return namedWords(of, c, nameOf);
  if (isHas(c)) return hasWords(dictionary, of, c, nameOf);
  if (isAny(c))
    return {
      label: c.any.map((one) => filterWords(dictionary, of, one, nameOf).map(inOne).join('，')).join(' 或 '),
      value: '',
    };
  return { label: '查找', value: `“${c.text}”` };
}

/** Words of each condition of a filter, in its order. `nameOf` names the rows that are mentioned; `…` stands for one not yet known. */
export const filterWords = (
  dictionary: Dictionary,
  of: EntityDefinition,
  filter: Filter,
  nameOf: NameOf,
): ConditionWords[] => filter.map((c) => wordsOf(dictionary, of, c, nameOf));

/** A whole filter in one line: `村居：东禾村、北塘村；逾期`. */
export const filterLine = (dictionary: Dictionary, of: EntityDefinition, filter: Filter, nameOf: NameOf): string =>
  filterWords(dictionary, of, filter, nameOf).map(inOne).join('；');

/** Ids of rows that a filter mentions by name: those that chips need names of. */
export function mentionedIds(dictionary: Dictionary, of: EntityDefinition, filter: Filter): string[] {
  return filter.flatMap((c): string[] => {
    if (isField(c)) {
      const end = resolvePath(dictionary, of, c.field);
      if (end?.meta.kind !== 'reference' || c.field === 'id') return [];
      return operandsOf(c).filter((v): v is string => typeof v === 'string');
    }
    if (isNamed(c)) return conditionOf(of, c.is)?.takes?.kind === 'reference' ? [String(c.value)] : [];
    if (isHas(c)) {
      const child = childOf(dictionary, of, c.has);
      return child ? mentionedIds(dictionary, child.entity, c.where ?? []) : [];
    }
    return isAny(c) ? c.any.flatMap((one) => mentionedIds(dictionary, of, one)) : [];
  });
}
