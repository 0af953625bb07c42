// What a heading of a ledger may mean: fields of every kind that tables fill. Which of them is meant, the other columns tell.
import { levelsOf } from '../heading-levels.ts';
import { knownPollutant } from '../../monitoring/pollutants.ts';
import { LEDGER_KINDS, PEOPLE } from '../kinds.ts';
import { LEDGER_TARGETS, type Target } from '../targets.ts';
import { isUnitText, normaliseHeading, squeezeText } from '../../values/text.ts';
import { nameForms, plainHeading } from './heading-words.ts';

/** A field that a heading may mean. `points`: more levels of the heading say more, a part of it says less than the whole. */
export interface Meaning {
  readonly target: Target;
  readonly points: number;
}

/** From here on the heading is one that the field has, not only something like it. */
export const WHOLE = 100;
/** The very words of the field say more than others that mean the same. */
export const VERY = 10;
const LEVEL = 30;
const PART = 50;
/** Shorter headings are found inside everything. */
const SHORTEST_PART = 3;
const LONGEST_LABEL = 16;

/** The levels of a heading, outermost first; `高度/m` has one. */
export function ledgerLevels(heading: string): string[] {
  const levels = levelsOf(heading);
  const last = levels.at(-1) ?? '';
  return levels.length > 1 && isUnitText(last) && /[a-z㎡³²℃%]/iu.test(last) ? levels.slice(0, -1) : levels;
}

/** A unit that stands right behind the words: `面积㎡`. */
const UNIT_AT_END = /(?<=\p{Script=Han})(?:[mｍ][23²³]?|㎡|㎥|[km]?g|km|cm|mm|t|%|mg\/[lm][3³]?)$/iu;

/** The unit that a heading ends in without brackets (`高度/m`, `面积㎡`), or null. */
export function unitBehind(heading: string): string | null {
  const last = levelsOf(heading).at(-1) ?? null;
  if (ledgerLevels(heading).length < levelsOf(heading).length) return last;
  return UNIT_AT_END.exec(last ?? '')?.[0] ?? null;
}

/** 审批时间 for 审批日期: ledgers do not tell the two apart. */
const otherWord = (text: string): string | null =>
  text.endsWith('时间') ? `${text.slice(0, -2)}日期` : text.endsWith('日期') ? `${text.slice(0, -2)}时间` : null;

function indexOf(targets: readonly Target[]): Map<string, Target[]> {
  const index = new Map<string, Target[]>();
  const put = (text: string, target: Target): void => {
    const key = normaliseHeading(text);
    const known = index.get(key) ?? [];
    if (!known.includes(target)) index.set(key, [...known, target]);
  };
  for (const target of targets) {
    for (const text of [target.label, `${target.group}${target.label}`, ...target.headings]) {
      put(text, target);
      const other = otherWord(text);
      if (other !== null) put(other, target);
    }
  }
  return index;
}

const INDEX = indexOf(LEDGER_TARGETS);

/** Fields by their headings in plain words; where two of one kind come to the same, the words do not tell them apart. */
function plainIndex(): Map<string, Target[]> {
  const index = new Map<string, Set<Target>>();
  for (const [text, targets] of INDEX) {
    const key = plainHeading(text);
    const known = index.get(key) ?? new Set();
    for (const target of targets) known.add(target);
    index.set(key, known);
  }
  const alone = (target: Target, _: number, all: readonly Target[]): boolean =>
    all.every((other) => other === target || other.entity !== target.entity);
  return new Map([...index].map(([text, targets]) => [text, [...targets].filter(alone)]));
}

const PLAIN = plainIndex();

/** Fields that words may hold; only these have a name. */
const isText = ({ meta }: Target): boolean => ['text', 'longText', 'reference'].includes(meta.kind);

/** Fields that a heading means in other words. What is a name is no answer, no day and no number. */
function inOtherWords(text: string): Target[] {
  const [plain = '', ...others] = nameForms(plainHeading(text));
  const known = PLAIN.get(plain) ?? [];
  const kinds = new Set(known.map(({ entity }) => entity));
  const named = others.flatMap((form) => PLAIN.get(form) ?? []).filter((one) => isText(one) && !kinds.has(one.entity));
  return [...known, ...named];
}
const PARTS = [...new Map([...PLAIN, ...INDEX])].filter(([text]) => [...text].length >= SHORTEST_PART);

/** The forms in which a heading is looked up: all levels, then fewer, down to the innermost. */
function formsOf(heading: string): { text: string; levels: number }[] {
  const levels = ledgerLevels(heading);
  return levels.flatMap((_, from) => {
    const some = levels.slice(from);
    const plain = some.map(normaliseHeading);
    // 批复（备案）日期 is 批复日期 too.
    const bare = plain.map((text) => text.replace(/(?<=.)\([^()]*\)(?=.)/gu, ''));
    const texts = new Set([plain, bare].flatMap((one) => [one.join(''), one.join('/')]));
    return [...texts].map((text) => ({ text, levels: some.length }));
  });
}

/** All fields that a heading may mean, each once with its most points. */
export function meaningsOf(heading: string): Meaning[] {
  const best = new Map<Target, number>();
  const put = (target: Target, points: number): void => void best.set(target, Math.max(points, best.get(target) ?? 0));
  for (const { text, levels } of formsOf(heading)) {
    const above = LEVEL * (levels - 1);
    for (const target of INDEX.get(text) ?? []) put(target, WHOLE + VERY + above);
    for (const target of inOtherWords(text)) put(target, WHOLE + above);
  }
  const [leaf = '', above = ''] = ledgerLevels(heading).map(normaliseHeading).reverse();
  if (leaf.length <= LONGEST_LABEL)
    for (const form of new Set([leaf, plainHeading(leaf), plainHeading(`${above}${leaf}`)]))
      for (const [text, targets] of PARTS)
        if (text.length < form.length && form.endsWith(text))
          for (const target of targets) put(target, PART + text.length);
  return [...best].map(([target, points]) => ({ target, points }));
}

/** The only field of these kinds whose heading ends in the same words: 环评手续/类别 is 环评类别. */
export function endMeanings(heading: string, kinds: ReadonlySet<string>): Meaning[] {
  const leaf = normaliseHeading(ledgerLevels(heading).at(-1) ?? '');
  if ([...leaf].length < 2) return [];
  const ends = ({ label, headings }: Target): boolean =>
    [normaliseHeading(label), ...headings].some((text) => text.endsWith(leaf));
  return [...kinds].flatMap((kind) => {
    const [only, ...others] = LEDGER_TARGETS.filter((target) => target.entity === kind && ends(target));
    return only && others.length === 0 ? [{ target: only, points: WHOLE }] : [];
  });
}

/** How well a heading of one level is known, for finding the row of headings: 3 a heading, 1 something like it, 0 not at all. */
export function ledgerHeadingScore(heading: string): number {
  if (heading === '') return 0;
  if (INDEX.has(heading) || inOtherWords(heading).length > 0) return 3;
  if (knownPollutant(heading) !== null) return 1;
  return heading.length <= 14 && PARTS.some(([text]) => text.length < heading.length && heading.endsWith(text)) ? 1 : 0;
}

const NAMES = LEDGER_KINDS.filter((kind) => kind !== PEOPLE).map(({ entity, facet }) => ({
  kind: entity.name,
  words: [entity.label, ...(facet.ledger?.called ?? [])].map(squeezeText),
}));

/** The kinds that a title, or a heading over several columns, speaks of. */
export function kindsNamed(text: string): ReadonlySet<string> {
  const said = squeezeText(text);
  return new Set(NAMES.flatMap(({ kind, words }) => (words.some((word) => said.includes(word)) ? [kind] : [])));
}
