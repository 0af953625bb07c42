// What a read page says: which paper it is, whose, and the fields of its kind, each with what is doubtful about it.
import { writableFields, type EntityDefinition } from '../dictionary/entity.ts';
import { metaOf, type FieldMeta } from '../dictionary/field.ts';
import type { ScannedPaper } from '../dictionary/scanned.ts';
import { enterprise } from '../enterprises/entities.ts';
import { checkCreditCode, normaliseCreditCode } from '../values/credit-code.ts';
import { parseDay } from '../values/day-parse.ts';
import { trimEdges } from '../values/text.ts';
import { findFields, printedLabels, type Found, type Wanted } from './find-fields.ts';
import { textOfLine, type Place, type ReadLine, type ReadSign } from './lines.ts';
import { likelyCodes } from './read-code.ts';

/** A value that was read, for a person to confirm. */
export interface ReadField {
  /** `enterprise.name`, `enterprise.creditCode`, or a field of the paper's kind. */
  readonly key: string;
  readonly label: string;
  /** As it would be stored; null where the print makes no such value. */
  readonly value: string | null;
  /** As it was read. */
  readonly text: string;
  readonly place: Place;
  /** Why a person has to look closely; null where nothing speaks against it. */
  readonly doubt: string | null;
  /** What a doubtful code may be. */
  readonly proposals: readonly string[];
}

/** Whose a paper is. */
export const HOLDER = 'enterprise.name';
export const HOLDER_CODE = 'enterprise.creditCode';

/** How sure every sign has to be. */
const SURE = 0.75;
const HOLDER_LABELS = ['单位名称', '排污单位名称', '企业名称', '建设单位', '建设单位名称', '持证单位', '委托单位'];
const PERMIT = /^([0-9A-Z]{18})(\d{3})([A-Z])$/;
const NUMBER = /[\p{Script=Han}A-Za-z]{0,14}[〔[(（【]\d{4}[〕\])）】]第?\d{1,5}号/u;
const ADDRESSEE = /^(\p{Script=Han}[\p{Script=Han}()（）·]{3,40}(?:公司|厂|店|中心|合作社|事务所))[:：]$/u;
const DATE_LINE = /^[〇○零一二三四五六七八九十\d]{4}年[一二三四五六七八九十\d]{1,3}月[一二三四五六七八九十\d]{1,3}日$/u;
const STAMP = /[（(](?:盖章|公章|章)[）)]/gu;

const mayBeRead = ({ kind, derived }: FieldMeta): boolean => !derived && (kind === 'text' || kind === 'day');

/** Fields of a kind that its papers print. */
function fieldsRead(of: EntityDefinition): { name: string; meta: FieldMeta }[] {
  return of.name === enterprise.name
    ? []
    : writableFields(of).filter(({ name, meta }) => mayBeRead(meta) && !name.endsWith('Precision'));
}

/** What is looked for on a paper of a kind: its fields, and whose it is. */
function wantedOf(of: EntityDefinition): Wanted[] {
  const named = (meta: FieldMeta) => printedLabels([meta.label, ...(meta.headings ?? [])]);
  const numbers = of.scanned.map(({ label }) => label);
  return [
    { key: HOLDER, labels: HOLDER_LABELS },
    { key: HOLDER_CODE, labels: printedLabels([metaOf(enterprise.fields.creditCode).label, '社会信用代码']) },
    ...fieldsRead(of).map(({ name, meta }) => ({
      key: name,
      labels: [
        ...named(meta).filter((label) => !numbers.includes(label)),
        ...(meta.kind === 'day' ? [] : splitLabel(meta)),
      ],
    })),
  ];
}

/** 证书/登记编号 stands on papers as 证书编号 or 登记编号. */
function splitLabel({ label }: FieldMeta): string[] {
  const [first = '', second = ''] = label.split('/');
  return second.length > 2 ? [`${first}${second.slice(-2)}`, second] : [];
}

const textOf = (signs: readonly ReadSign[]): string => trimEdges(signs.map(({ sign }) => sign).join(''));
const unsure = (signs: readonly ReadSign[]): string[] =>
  signs.filter(({ score }) => score < SURE).map(({ sign }) => sign);
const unsureDoubt = (signs: readonly ReadSign[]): string | null => {
  const doubtful = unsure(signs);
  return doubtful.length > 0 ? `“${doubtful.join('')}”认得不准，请对照图` : null;
};

type Judged = Pick<ReadField, 'value' | 'doubt' | 'proposals'>;

/** A code is right by its check character and by signs that are all sure; else it is doubtful. */
function judgeCode(signs: readonly ReadSign[]): Judged {
  const code = normaliseCreditCode(textOf(signs)).slice(0, 18);
  if (checkCreditCode(code).ok) return { value: code, doubt: unsureDoubt(signs.slice(0, 18)), proposals: [] };
  const proposals = likelyCodes(code, signs);
  return { value: code || null, doubt: '信用代码校验不符，请对照图', proposals };
}

/** 沪环许评[2021]12号 is 沪环许评〔2021〕12号: print tells these brackets badly apart. */
const yearInBrackets = (text: string): string => text.replace(/[〔[(（【](\d{4})[〕\])）】]/u, '〔$1〕');

/** A number that begins with a code is held to that code's rule; what else it says no rule can tell. */
function judgeNumber(signs: readonly ReadSign[]): Judged {
  const text = yearInBrackets(textOf(signs));
  const [, code] = PERMIT.exec(normaliseCreditCode(text)) ?? [];
  if (!code && !/^[0-9A-Z]{16,}$/i.test(text)) return { value: text || null, doubt: unsureDoubt(signs), proposals: [] };
  const number = normaliseCreditCode(text);
  if (!code) return { value: number, doubt: '编号应为 22 位，请对照图', proposals: [] };
  if (checkCreditCode(code).ok) return { value: number, doubt: unsureDoubt(signs), proposals: [] };
  const proposals = likelyCodes(code, signs).map((one) => `${one}${number.slice(18)}`);
  return { value: number, doubt: '编号里的信用代码校验不符，请对照图', proposals };
}

function judgeDay(signs: readonly ReadSign[], meta: FieldMeta): Judged & { start?: string } {
  const read = parseDay(textOf(signs).replaceAll(/[oO]/g, '0'), { role: meta.forward ? 'end' : 'start' });
  if (read.kind === 'day')
    return { value: read.day, doubt: unsureDoubt(signs), proposals: [], ...(read.start && { start: read.start }) };
  const said = read.kind === 'no_end' ? '写的是长期有效' : '看不出是哪一天';
  return { value: null, doubt: `${said}，请对照图`, proposals: [] };
}

/** A value of one field of the paper, and the start that a span of days says beside it. */
function judge(found: Found, meta: FieldMeta, isNumber: boolean): Judged & { start?: string } {
  if (meta.kind === 'day') return judgeDay(found.signs, meta);
  if (isNumber) return judgeNumber(found.signs);
  const value = textOf(found.signs).replaceAll(STAMP, '');
  return { value: value || null, doubt: unsureDoubt(found.signs), proposals: [] };
}

const whole = (key: string, line: ReadLine, from = 0, to = line.signs.length): Found => ({
  ...{ key, place: line.place },
  signs: line.signs.slice(from, to).filter(({ sign }) => sign.trim() !== ''),
});

/** An approval has no labels: its number, whom it speaks to, and its day stand by themselves. */
function findUnlabelled(lines: readonly ReadLine[], { number }: ScannedPaper, day: string | null): Found[] {
  const found: Found[] = [];
  for (const line of lines) {
    const text = textOfLine(line);
    const said = NUMBER.exec(text);
    if (number && said && !found.some(({ key }) => key === number))
      found.push(whole(number, line, said.index, said.index + said[0].length));
    const tight = text.replace(/\s/g, '');
    if (ADDRESSEE.test(tight) && !found.some(({ key }) => key === HOLDER)) found.push(whole(HOLDER, line, 0, -1));
  }
  const last = lines.filter((line) => DATE_LINE.test(textOfLine(line).replace(/\s/g, ''))).at(-1);
  if (day && last) found.push(whole(day, last));
  return found;
}

type FieldsRead = ReadonlyMap<string, FieldMeta>;

const labelOf = (key: string, fields: FieldsRead): string =>
  fields.get(key)?.label ?? (key === HOLDER ? '单位名称' : metaOf(enterprise.fields.creditCode).label);

/** What was found for a field; a span of days says the start beside the end. */
function readFound(found: Found, fields: FieldsRead, paper: ScannedPaper): ReadField[] {
  const { key, signs, place } = found;
  const base = { key, label: labelOf(key, fields), text: textOf(signs), place };
  if (key === HOLDER_CODE) return [{ ...base, ...judgeCode(signs) }];
  const { start, ...judged } = judge(found, fields.get(key) ?? metaOf(enterprise.fields.name), key === paper.number);
  const begins = [...fields].find(([name, meta]) => meta.kind === 'day' && name.endsWith('From'))?.[0];
  const own = { ...base, ...judged };
  if (!start || !begins || !fields.get(key)?.forward) return [own];
  return [own, { ...own, key: begins, label: labelOf(begins, fields), value: start }];
}

/** Reads the fields of a paper from the lines of its page, in the order of the dictionary. */
export function readPaper(lines: readonly ReadLine[], of: EntityDefinition, paper: ScannedPaper): ReadField[] {
  const fields: FieldsRead = new Map(fieldsRead(of).map(({ name, meta }) => [name, meta]));
  const labelled = findFields(lines, wantedOf(of));
  const day = [...fields].find(([, meta]) => meta.kind === 'day' && meta.happened)?.[0] ?? null;
  const loose = findUnlabelled(lines, paper, day).filter(({ key }) => !labelled.some((one) => one.key === key));
  const read = new Map<string, ReadField>();
  for (const found of [...labelled, ...loose])
    for (const one of readFound(found, fields, paper)) if (!read.has(one.key)) read.set(one.key, one);
  const order = [HOLDER, HOLDER_CODE, ...fields.keys()];
  return agreeing(
    [...read.values()].sort((a, b) => order.indexOf(a.key) - order.indexOf(b.key)),
    paper,
  );
}

/** The code and the number of one paper say the same holder: where they differ, both are doubtful. */
function agreeing(read: readonly ReadField[], paper: ScannedPaper): ReadField[] {
  const code = read.find(({ key }) => key === HOLDER_CODE)?.value ?? null;
  const number = read.find(({ key }) => key === paper.number)?.value ?? null;
  const inside = number === null ? null : (PERMIT.exec(number)?.[1] ?? null);
  if (code === null || inside === null || code === inside) return [...read];
  return read.map((field) => {
    if (field.key !== HOLDER_CODE && field.key !== paper.number) return field;
    const other = field.key === HOLDER_CODE ? inside : `${code}${number?.slice(18) ?? ''}`;
    const isRight = checkCreditCode(other.slice(0, 18)).ok;
    return {
      ...field,
      doubt: field.doubt ?? '编号里的代码和信用代码不一致，请对照图',
      proposals: isRight ? [...new Set([other, ...field.proposals])] : field.proposals,
    };
  });
}
