// Names of enterprises for matching only; the stored name stays as given, cleaned of edge spaces (domain reference 6.3).
import { editDistance, foldText } from './text.ts';

/** Notes that registers append to a name, with the operating status each one hints at. */
const STATUS_WORDS: readonly (readonly [RegExp, string])[] = [
  [/^(?:正在|计划|拟|将|准备|待)搬(?:迁|离)|^搬迁中/u, 'relocating'],
  [/^(?:已|全部|整体)?(?:搬迁|搬离|搬走|迁出|迁走|外迁)/u, 'relocated'],
  [/^(?:已|长期|暂时|临时|现)?(?:停产|停业|停用|停工|停运|歇业|停止生产|停止经营)/u, 'suspended'],
  [/^(?:已|现)?(?:关停|关闭|注销|吊销|倒闭|关门|取缔|拆除)/u, 'closed'],
  [/^(?:正在)?(?:在建|建设中|未投产|筹建)/u, 'under_construction'],
  [/^(?:调试|试运行|试生产)/u, 'trial'],
  [/^(?:查无|未找到|找不到|无此企业|不存在)/u, 'not_found'],
];
const FORMER_WORD = /^(?:原名?|曾用名|前身|原名称|更名前|旧名)[:为]?(.{2,})$/u;

/** Notes behind one name: taken off one by one, each by reading the name again. */
const MOST_NOTES = 10;

const unify = (name: string): string => foldText(name).toUpperCase();
const hintOf = (note: string): string | null => STATUS_WORDS.find(([pattern]) => pattern.test(note))?.[1] ?? null;

/** A name taken apart: the key, and what its notes said. */
export interface NameParts {
  /** For matching: NFKC, no spaces, one kind of bracket, no trailing notes or punctuation, upper case. */
  readonly key: string;
  /** Operating status that a note such as `(已搬迁)` hints at. */
  readonly statusHint: string | null;
  /** Former name out of a note such as `(原上海某某厂)`. */
  readonly formerName: string | null;
}

/** Takes a name apart. Brackets that belong to the name (`(中国)`, `(有限合伙)`) stay. */
export function nameParts(name: string): NameParts {
  let key = unify(name);
  let statusHint: string | null = null;
  let formerName: string | null = null;
  for (let notes = 0; notes <= MOST_NOTES; notes += 1) {
    key = key.replace(/(?<![。.,、;:!*#★-])[。.,、;:!*#★-]+$/u, '');
    const bracketed = /^(.+)\(([^()]*)\)$/u.exec(key);
    const loose = bracketed ? null : /^(.{4,})[-—–,、;:](\p{Script=Han}{2,8})$/u.exec(key);
    const note = bracketed?.[2] ?? loose?.[2];
    if (note === undefined) break;
    const hint = hintOf(note);
    const former = FORMER_WORD.exec(note)?.[1];
    if (hint === null && former === undefined && note !== '') break;
    statusHint ??= hint;
    formerName ??= former ?? null;
    key = (bracketed?.[1] ?? loose?.[1]) as string;
  }
  return { key, statusHint, formerName };
}

/** Key of a name for matching; see {@link NameParts}. */
export function nameKey(name: string): string {
  return nameParts(name).key;
}

/** Key for comparing two names: like {@link nameKey}, and without a leading 上海市 or 上海. */
export function nameComparisonKey(name: string): string {
  const key = nameKey(name);
  const rest = key.replace(/^上海市?/u, '');
  return rest.length >= 2 ? rest : key;
}

/** Operating status that a note in a name hints at, or null. */
export function statusHint(name: string): string | null {
  return nameParts(name).statusHint;
}

/**
 * Are two names near enough to suggest that they may be one enterprise: keys of at least six characters that differ in
 * at most one? It only suggests: 一厂 and 二厂 are two enterprises, so a person decides. Equal keys count as similar.
 */
export function areSimilarNames(a: string, b: string): boolean {
  const [left, right] = [nameComparisonKey(a), nameComparisonKey(b)];
  if (left === right) return true;
  return Math.min([...left].length, [...right].length) >= 6 && editDistance(left, right, 1) <= 1;
}
