// A filter as text, for addresses and the command line: `objectKind=car_repair`, `permit.validTo<today+90`, `overdue`,
// `name~化工`, `!inScope`.
import { parseFen } from '../values/money.ts';
import type { EntityDefinition } from './entity.ts';
import type { FieldMeta } from './field.ts';
import {
  numberTaken,
  isAny,
  isField,
  isHas,
  isNamed,
  isText,
  operandsOf,
  type Condition,
  type FieldCondition,
  type Filter,
  type Operand,
  type Operator,
  type Scalar,
} from './filter.ts';
import { filterProblem } from './filter-check.ts';
import { childOf, conditionOf, metaOfField, resolvePath, type Dictionary } from './path.ts';

/** The text is no filter of the kind; the message is the Chinese sentence. */
export class FilterTextError extends Error {
  override readonly name = 'FilterTextError';
}

const SIGNS: readonly [sign: string, op: Operator][] = [
  ['!=', 'ne'],
  ['<=', 'le'],
  ['>=', 'ge'],
  ['=', 'eq'],
  ['<', 'lt'],
  ['>', 'gt'],
  ['~', 'contains'],
  ['^', 'startsWith'],
];
const SIGN_OF = new Map(SIGNS.map(([sign, op]) => [op, sign]));
/** Characters that a bare value cannot hold. */
const SPECIAL = /[\s"&|()]/;
const NAME = /^[A-Za-z][A-Za-z0-9]*(\.[A-Za-z][A-Za-z0-9]*)*/;
const TODAY = /^today([+-]\d{1,5})?$/;

/** Reads one text; every method leaves `#at` behind what it has read. */
class TextReader {
  readonly #text: string;
  readonly #dictionary: Dictionary;
  #at = 0;

  constructor(dictionary: Dictionary, text: string) {
    this.#dictionary = dictionary;
    this.#text = text;
  }

  whole(of: EntityDefinition): Filter {
    const filter = this.#conditions(of);
    if (this.#at < this.#text.length) this.#stop();
    return filter;
  }

  #conditions(of: EntityDefinition): Condition[] {
    const conditions: Condition[] = [];
    for (;;) {
      this.#space();
      if (this.#take('&')) continue;
      if (this.#at >= this.#text.length || this.#text[this.#at] === ')' || this.#text[this.#at] === '|')
        return conditions;
      conditions.push(this.#condition(of));
    }
  }

  #condition(of: EntityDefinition): Condition {
    if (this.#text[this.#at] === '"') return { text: this.#word() };
    if (this.#take('(')) return this.#either(of);
    const not = this.#take('!');
    const name = NAME.exec(this.#text.slice(this.#at))?.[0];
    if (!name) this.#stop();
    this.#at += name.length;
    if (this.#take('(')) return { ...this.#rows(of, name), ...(not && { not: true as const }) };
    const sign = SIGNS.find(([s]) => this.#text.startsWith(s, this.#at));
    if (!sign) return this.#named(of, name, not);
    if (not) this.#stop();
    this.#at += sign[0].length;
    return this.#field(of, name, sign[1]);
  }

  #either(of: EntityDefinition): Condition {
    const any: Filter[] = [this.#conditions(of)];
    while (this.#take('|')) any.push(this.#conditions(of));
    if (!this.#take(')')) this.#stop();
    return { any };
  }

  #rows(of: EntityDefinition, name: string): Condition {
    const child = childOf(this.#dictionary, of, name);
    if (!child) throw new FilterTextError(`${of.label}没有“${name}”这样的下级记录`);
    const where = this.#conditions(child.entity);
    if (!this.#take(')')) this.#stop();
    return { has: name, ...(where.length > 0 && { where }) };
  }

  #named(of: EntityDefinition, name: string, not: boolean): Condition {
    const condition = conditionOf(of, name);
    const word = { ...(not && { not: true as const }) };
    if (!condition) {
      if (childOf(this.#dictionary, of, name)) return { has: name, ...word };
      if (metaOfField(of, name)?.kind === 'flag') return { field: name, op: 'eq', value: !not };
      throw new FilterTextError(`${of.label}没有“${name}”这个条件`);
    }
    if (!this.#take(':')) return { is: name, ...word };
    const given = this.#word();
    return { is: name, value: numberTaken(condition.takes) ? Number(given) : given, ...word };
  }

  #field(of: EntityDefinition, path: string, op: Operator): Condition {
    const end = resolvePath(this.#dictionary, of, path);
    if (end) return this.#compared(end.meta, path, op);
    const [head = '', ...rest] = path.split('.');
    const child = rest.length > 0 ? childOf(this.#dictionary, of, head) : null;
    if (child) return { has: head, where: [this.#field(child.entity, rest.join('.'), op)] };
    if (rest.length > 0 && metaOfField(of, `${head}Id`)?.kind === 'reference')
      return this.#field(of, `${head}Id.${rest.join('.')}`, op);
    throw new FilterTextError(`${of.label}没有“${path}”这一项`);
  }

  #compared(meta: FieldMeta, field: string, op: Operator): FieldCondition {
    const next = this.#text[this.#at];
    if ((op === 'eq' || op === 'ne') && (next === undefined || /[\s&)|]/.test(next)))
      return { field, op: op === 'eq' ? 'empty' : 'filled' };
    const values = [this.#operand(meta)];
    if (op === 'eq' && this.#takeRange())
      return { field, op: 'between', value: [values[0] as Operand, this.#operand(meta)] };
    while (this.#text[this.#at] === '|' && (op === 'eq' || op === 'ne')) {
      this.#at += 1;
      values.push(this.#operand(meta));
    }
    if (values.length === 1) return { field, op, value: values[0] as Operand };
    return { field, op: op === 'eq' ? 'in' : 'notIn', value: values };
  }

  #takeRange(): boolean {
    return this.#take('..');
  }

  #operand(meta: FieldMeta): Operand {
    if (this.#text[this.#at] === '"') return valueOf(meta, this.#word());
    const word = this.#word();
    if (word.startsWith('@')) return { field: word.slice(1) };
    const today = TODAY.exec(word);
    if (today && (meta.kind === 'day' || meta.kind === 'instant')) return { today: Number(today[1] ?? 0) };
    return valueOf(meta, word);
  }

  /** A bare or a quoted word; a bare one ends before `..`. */
  #word(): string {
    if (this.#take('"')) {
      let word = '';
      for (; this.#at < this.#text.length; this.#at += 1) {
        const c = this.#text[this.#at] as string;
        if (c === '"') {
          this.#at += 1;
          return word;
        }
        if (c === '\\') this.#at += 1;
        word += this.#text[this.#at] ?? '';
      }
      throw new FilterTextError('筛选条件里的引号没有成对');
    }
    const from = this.#at;
    while (
      this.#at < this.#text.length &&
      !SPECIAL.test(this.#text[this.#at] as string) &&
      !this.#text.startsWith('..', this.#at)
    )
      this.#at += 1;
    if (this.#at === from) this.#stop();
    return this.#text.slice(from, this.#at);
  }

  #take(sign: string): boolean {
    if (!this.#text.startsWith(sign, this.#at)) return false;
    this.#at += sign.length;
    return true;
  }

  #space(): void {
    while (/\s/.test(this.#text[this.#at] ?? '')) this.#at += 1;
  }

  #stop(): never {
    const rest = this.#text.slice(this.#at, this.#at + 20);
    const where = rest === '' ? '筛选条件没有写完' : `筛选条件从“${rest}”起看不懂`;
    throw new FilterTextError(`${where}。请写成 字段=值，如 objectKind=car_repair`);
  }
}

/** A word as the value of a field: ids or labels of a vocabulary, 是/否, yuan for money. What does not fit stays for the check to name. */
function valueOf(meta: FieldMeta, word: string): Scalar {
  if (meta.vocabulary) {
    const { labels, ids } = meta.vocabulary;
    return ids.includes(word) ? word : (Object.entries(labels).find(([, label]) => label === word)?.[0] ?? word);
  }
  switch (meta.kind) {
    case 'flag':
      if (['true', 'yes', '1', '是'].includes(word)) return true;
      return ['false', 'no', '0', '否'].includes(word) ? false : word;
    case 'integer':
      return /^-?\d{1,15}$/.test(word) ? Number(word) : word;
    case 'money':
      return parseFen(word) ?? word;
    default:
      return word;
  }
}

/** Reads a filter. @throws FilterTextError with a Chinese sentence */
export function parseFilter(dictionary: Dictionary, of: EntityDefinition, text: string): Filter {
  const filter = new TextReader(dictionary, text).whole(of);
  const problem = filterProblem(dictionary, of, filter);
  if (problem) throw new FilterTextError(problem);
  return filter;
}

const quotedWord = (word: string): string =>
  word === '' || SPECIAL.test(word) || word.includes('..') || word.startsWith('@') || word.startsWith('today')
    ? `"${word.replace(/["\\]/g, '\\$&')}"`
    : word;

function operandText(meta: FieldMeta | undefined, operand: Operand): string {
  if (typeof operand !== 'object') {
    if (meta?.kind === 'money') return (Number(operand) / 100).toFixed(2);
    return quotedWord(String(operand));
  }
  if ('field' in operand) return `@${operand.field}`;
  if ('given' in operand) return '';
  const days = Number(operand.today);
  return days === 0 ? 'today' : `today${days > 0 ? '+' : ''}${days}`;
}

function fieldText(dictionary: Dictionary, of: EntityDefinition, c: FieldCondition): string {
  if (c.op === 'empty') return `${c.field}=`;
  if (c.op === 'filled') return `${c.field}!=`;
  const meta = resolvePath(dictionary, of, c.field)?.meta;
  const values = operandsOf(c).map((operand) => operandText(meta, operand));
  if (c.op === 'between') return `${c.field}=${values.join('..')}`;
  if (c.op === 'in' || c.op === 'notIn') return `${c.field}${c.op === 'in' ? '=' : '!='}${values.join('|')}`;
  return `${c.field}${SIGN_OF.get(c.op) ?? '='}${values.join('|')}`;
}

function conditionText(dictionary: Dictionary, of: EntityDefinition, c: Condition): string {
  if (isField(c)) return fieldText(dictionary, of, c);
  const not = (isNamed(c) || isHas(c)) && c.not ? '!' : '';
  if (isNamed(c)) return `${not}${c.is}${c.value === undefined ? '' : `:${operandText(undefined, c.value)}`}`;
  if (isText(c)) return `"${c.text.replace(/["\\]/g, '\\$&')}"`;
  if (isAny(c)) return `(${c.any.map((one) => printFilter(dictionary, of, one)).join(' | ')})`;
  const child = childOf(dictionary, of, c.has);
  const [only] = c.where ?? [];
  if (!child || !only) return `${not}${c.has}()`;
  if (!not && !c.has.includes('.') && c.where?.length === 1 && isField(only))
    return `${c.has}.${fieldText(dictionary, child.entity, only)}`;
  return `${not}${c.has}(${printFilter(dictionary, child.entity, c.where ?? [])})`;
}

/** Writes a filter so that `parseFilter` reads the same: conditions with ` & ` between them. */
export const printFilter = (dictionary: Dictionary, of: EntityDefinition, filter: Filter): string =>
  filter.map((c) => conditionText(dictionary, of, c)).join(' & ');
