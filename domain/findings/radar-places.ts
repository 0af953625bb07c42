// Whether two ways to write a place mean one place: numbers, directions, what kind of place it is, and what it belongs to.
import { foldText } from '../values/text.ts';
import { RADAR_WORDS, type PlaceWords } from './radar-words.ts';

export type PlaceVerdict =
  | 'same'
  /** One says a little more: 雨水口, 食堂旁雨水口. */
  | 'near'
  /** One has a number and the other has none: 烤漆房, 2号烤漆房. */
  | 'numbered'
  /** One of them does not say where. */
  | 'unknown'
  | 'other';

interface Parsed {
  readonly key: string;
  readonly unspecific: boolean;
  readonly numbers: ReadonlySet<string>;
  readonly directions: ReadonlySet<string>;
  /** Number of the group of words that it belongs to. */
  readonly head: number | null;
  /** What stands beside the head, or the whole of a place without one, without the endings of rooms. */
  readonly stem: string;
  /** The whole without the endings of rooms. */
  readonly name: string;
  /** It names a kind of room and nothing else. */
  readonly isRoom: boolean;
}

const HAN = '一二三四五六七八九十';
const HAN_NUMBER = /([一二三四五六七八九十])(?=号|#|车间|楼|层|期|线|区|厂|分厂|库|门|仓)/gu;
const OUTLET = /(?:da|fq)-?0*(\d+)(?:号|#)?(?:排气筒|排放口|排口)?/gu;
const NUMBER = /([a-z]?\d+)(号|#|楼|层)?/gu;
const LETTER = /(?<![a-z])([a-z])(?=车间|区|栋|楼|座|库|线|仓|号)/gu;
/** What many places are called, which tells none from another. */
const ENDINGS =
  /(?:(?:生产)?车间|工段|工序|工位|区域|现场|实验室|仓库|机房|厂房|大楼|罐区|堆场|作业|间|房|室|区|线|处|库|站|棚|场|池|罐|点|楼|部|柜|内|外|旁|里|的|门|侧|边|面|墙|角|上|下){1,4}$/u;
const DIRECTIONS = '东南西北前后左右新老';
/** Letters that many names have. */
const COMMON_LETTERS = '车间工区厂房室库线处站场池罐点楼部柜内外旁里的门侧边面墙角上下号料口机器设备生产';
const BESIDE = /厂区|空地|场地|[门侧边面旁内外处里的上下角()]/gu;

/** The text as it is compared: folded, slips mended. */
export function mended(text: string, slips: PlaceWords['slips']): string {
  let folded = foldText(text);
  for (const [slip, word] of Object.entries(slips)) folded = folded.replaceAll(slip, word);
  return folded;
}

const pairsOf = (text: string): string[] => [...text].slice(1).map((sign, at) => `${[...text][at] ?? ''}${sign}`);
const common = <T>(a: ReadonlySet<T>, b: ReadonlySet<T>): boolean => [...a].some((one) => b.has(one));
/** Two parts of a name that share a word, or of which one holds the other. */
const overlaps = (a: string, b: string): boolean =>
  a.includes(b) || b.includes(a) || common(new Set(pairsOf(a)), new Set(pairsOf(b)));

const endOf = (text: string, word: string): number => text.lastIndexOf(word) + word.length;

/** The thing itself stands last in Chinese: 屋顶烟道 is a flue. Of two words that end together the longer counts. */
const isLater = (text: string, word: string, best: string): boolean =>
  text.includes(word) &&
  (best === '' ||
    endOf(text, word) > endOf(text, best) ||
    (endOf(text, word) === endOf(text, best) && word.length > best.length));

/** @returns number of the group and the word that names it */
function headOf(text: string): { head: number; word: string } | null {
  let best: { head: number; word: string } | null = null;
  RADAR_WORDS.places.forEach((group, head) => {
    for (const word of group) if (isLater(text, word, best?.word ?? '')) best = { head, word };
  });
  return best;
}

/** 危废间门口 is at the store: where beside a thing somebody stood tells no other place. */
const BY = /(?:门口|门前|门外|入口|出口|旁边|附近|[旁边前后])$/u;
function atThing(text: string): string {
  const thing = text.replace(BY, '');
  return thing !== text && headOf(thing) !== null ? thing : text;
}

/** Places that are remembered: each is compared with many. */
const REMEMBERED = 500;
const remembered = new Map<string, Parsed>();

function parse(place: string): Parsed {
  let parsed = remembered.get(place);
  if (!parsed) {
    if (remembered.size >= REMEMBERED) remembered.clear();
    remembered.set(place, (parsed = read(place)));
  }
  return parsed;
}

function read(place: string): Parsed {
  const key = mended(place, RADAR_WORDS.slips).replace(/\s/gu, '');
  const plain = key
    .replace(HAN_NUMBER, (one) => String(HAN.indexOf(one) + 1))
    .replace(/(\d)f(?![a-z])/gu, '$1楼')
    .replace(OUTLET, '$1#排气筒');
  const numbers = new Set([
    ...[...plain.matchAll(NUMBER)].map(([, number = '', unit]) => number + (/[楼层]/u.test(unit ?? '') ? 'f' : '')),
    ...[...plain.matchAll(LETTER)].map(([, letter = '']) => letter),
  ]);
  const unnumbered = atThing(plain.replace(NUMBER, '').replace(LETTER, ''));
  const found = headOf(unnumbered);
  const beside = found ? unnumbered.replace(found.word, '') : unnumbered;
  const directions = new Set([...beside].filter((sign) => DIRECTIONS.includes(sign)));
  const stem = beside.replace(new RegExp(`[${DIRECTIONS}]`, 'gu'), '').replace(BESIDE, '');
  const bare = stem.replace(ENDINGS, '');
  return {
    key,
    unspecific: RADAR_WORDS.everywhere.includes(key) || RADAR_WORDS.offices.some((word) => key.endsWith(word)),
    numbers,
    directions,
    head: found?.head ?? null,
    stem: bare === '' && !found ? stem : bare,
    name: unnumbered.replace(ENDINGS, ''),
    isRoom: bare === '' && !found && numbers.size === 0 && directions.size === 0,
  };
}

const lettersOf = (text: string): Set<string> => new Set([...text].filter((sign) => !COMMON_LETTERS.includes(sign)));
/** Names that share a word, or two letters that stand for a thing: 含铬槽, 镀铬线. */
const alike = (a: string, b: string): boolean =>
  overlaps(a, b) || [...lettersOf(a)].filter((sign) => lettersOf(b).has(sign)).length >= 2;

/** 车间 may be any workshop, 仓库 any store: one names no more than a kind of room, in which the other ends. */
const mayBeIn = (a: Parsed, b: Parsed): boolean => a.isRoom !== b.isRoom && [...a.key].at(-1) === [...b.key].at(-1);

const clash = (a: ReadonlySet<string>, b: ReadonlySet<string>): boolean => a.size > 0 && b.size > 0 && !common(a, b);

/** A room that both number in the same way is one, whatever it is called: 301实验室, 3楼301室. */
const sameRoom = (a: Parsed, b: Parsed): boolean =>
  [...a.numbers].some((one) => /\d{3}/.test(one) && b.numbers.has(one));

function named(a: Parsed, b: Parsed): PlaceVerdict {
  if (mayBeIn(a, b)) return 'near';
  if (a.head !== null && b.head !== null) {
    if (a.head !== b.head) return 'other';
    if (a.stem === '' || b.stem === '') return a.stem === b.stem ? 'same' : 'near';
    return overlaps(a.stem, b.stem) ? 'same' : 'other';
  }
  if (a.head !== b.head && a.name !== '' && b.name !== '') return alike(a.name, b.name) ? 'near' : 'other';
  const pointed = common(a.numbers, b.numbers) || common(a.directions, b.directions);
  if (a.stem === '' || b.stem === '') return pointed ? 'same' : 'other';
  if (overlaps(a.stem, b.stem)) return 'same';
  return pointed || alike(a.stem, b.stem) ? 'near' : 'other';
}

/**
 * Whether two places of one enterprise, as people write them, are the same.
 * @param a,b words, or null where nothing is said
 */
export function comparePlaces(a: string | null, b: string | null): PlaceVerdict {
  const [one, other] = [parse(a ?? ''), parse(b ?? '')];
  if (one.key === '' || other.key === '') return 'unknown';
  if (one.key === other.key) return 'same';
  if (one.unspecific || other.unspecific) return one.unspecific && other.unspecific ? 'same' : 'unknown';
  if (sameRoom(one, other)) return 'same';
  if (clash(one.numbers, other.numbers) || clash(one.directions, other.directions)) return 'other';
  const verdict = named(one, other);
  if (verdict === 'other') return 'other';
  if (one.numbers.size !== other.numbers.size && !common(one.numbers, other.numbers)) return 'numbered';
  return one.directions.size > 0 === other.directions.size > 0 ? verdict : 'near';
}
