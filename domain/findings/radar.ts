// The radar of repeated findings: does a finding repeat an earlier one of the same enterprise? Item and place decide, words break
// ties, and each verdict says why in words; whether it is a repeat a person decides (domain reference 8.2, 1).
import { wordsInCommon } from '../values/likeness.ts';
import { RADAR_WORDS, type Matter } from './radar-words.ts';
import { comparePlaces, mended, type PlaceVerdict } from './radar-places.ts';

/** What the radar looks at of a finding. */
export interface Sighting {
  /** Code of the checklist item. */
  readonly item: string | null;
  readonly place: string | null;
  /** The place as a record of the enterprise, where it is one. */
  readonly placeId?: string | null;
  readonly text: string;
}

/** How likely it is that one finding repeats the other, 0 to 1, and what speaks for and against it. */
export interface Likeness {
  readonly score: number;
  readonly likely: boolean;
  readonly reasons: readonly string[];
}

type ItemVerdict = 'same' | 'matter' | 'unknown' | 'other';
/** `apart`: other matters are named, which the item that both were found under does not mean. */
type WordsVerdict = 'agree' | 'unknown' | 'apart' | 'disagree';

/** From this score on an earlier finding is proposed. */
const LIKELY = 0.6;
const ITEM: Readonly<Record<ItemVerdict, number>> = { same: 0.5, matter: 0.4, unknown: 0.25, other: 0 };
const PLACE: Readonly<Record<PlaceVerdict, number>> = {
  same: 0.3,
  unknown: 0.15,
  near: 0.1,
  numbered: -0.25,
  other: -0.5,
};
const WORDS: Readonly<Record<WordsVerdict, number>> = { agree: 0.2, unknown: 0, apart: -0.15, disagree: -0.4 };
/** What the characters in common may add. */
const ALIKE_WEIGHT = 0.1;
/** Two descriptions so much alike say so. */
const ALIKE = 0.3;

interface Seen {
  readonly text: string;
  /** Matters that its item may mean. */
  readonly byItem: ReadonlySet<Matter>;
  /** Matters that its words name: those of its item, if there are any. */
  readonly byWords: ReadonlySet<Matter>;
}

const shared = <T>(a: ReadonlySet<T>, b: ReadonlySet<T>): T[] => [...a].filter((one) => b.has(one));

/** Findings whose words are remembered: each is compared with many. */
const REMEMBERED = 500;

const remembered = new Map<string, Seen>();

function see(of: Sighting): Seen {
  const key = `${of.item ?? ''}\n${of.text}`;
  let seen = remembered.get(key);
  if (!seen) {
    if (remembered.size >= REMEMBERED) remembered.clear();
    remembered.set(key, (seen = look(of)));
  }
  return seen;
}

function look(of: Sighting): Seen {
  const text = mended(of.text, RADAR_WORDS.slips);
  const byItem = new Set(RADAR_WORDS.matters.filter(({ items }) => of.item !== null && items.includes(of.item)));
  const named = new Set(RADAR_WORDS.matters.filter(({ words }) => words.some((word) => word.test(text))));
  const both = shared(named, byItem);
  return { text, byItem, byWords: both.length > 0 ? new Set(both) : named };
}

function compareItems(a: Sighting, b: Sighting, one: Seen, other: Seen): ItemVerdict {
  if (a.item !== null && a.item === b.item) return 'same';
  if (shared(one.byItem, other.byItem).length > 0) return 'matter';
  // What a text only mentions is no matter of an item that means others.
  const bothTold = one.byItem.size > 0 && other.byItem.size > 0;
  if (!bothTold && shared(one.byWords, other.byWords).length > 0) return 'matter';
  return a.item === null || b.item === null ? 'unknown' : 'other';
}

/** Words that name another matter of the same item contradict; those of what the item does not mean say little. */
function compareWords(item: ItemVerdict, one: Seen, other: Seen): WordsVerdict {
  if (one.byWords.size === 0 || other.byWords.size === 0) return 'unknown';
  if (shared(one.byWords, other.byWords).length > 0) return 'agree';
  if (item !== 'same') return 'disagree';
  const bothOfItem = [one, other].every(({ byWords, byItem }) => shared(byWords, byItem).length > 0);
  return bothOfItem ? 'disagree' : 'apart';
}

const names = (some: Iterable<Matter>): string =>
  [...some]
    .map(({ name }) => name)
    .slice(0, 2)
    .join('、');

function itemReason(verdict: ItemVerdict, a: Sighting, one: Seen, other: Seen): string {
  if (verdict === 'same') return `同一检查项 ${a.item ?? ''}`;
  if (verdict === 'matter') {
    const both = shared(one.byItem, other.byItem);
    return `同一类问题：${names(both.length > 0 ? both : shared(one.byWords, other.byWords))}`;
  }
  return verdict === 'unknown' ? '检查项没有都写明' : '检查项不同';
}

function placeReason(verdict: PlaceVerdict, a: Sighting, b: Sighting): string {
  const [here, there] = [a.place ?? '', b.place ?? ''];
  if (verdict === 'unknown') return '位置没有都写明';
  if (verdict === 'same') return here === there ? `同一位置：${here}` : `同一位置：${here}（也写作${there}）`;
  return verdict !== 'other' ? `位置可能相同：${here}、${there}` : `位置不同：${here}、${there}`;
}

function wordsReason(verdict: WordsVerdict, alike: number, one: Seen, other: Seen): string[] {
  if (verdict === 'disagree' || verdict === 'apart')
    return [`描述说的不是一件事：${names(one.byWords)}；${names(other.byWords)}`];
  const both = verdict === 'agree' ? [`描述都说到：${names(shared(one.byWords, other.byWords))}`] : [];
  return [...both, ...(alike >= ALIKE ? [`描述相近：有 ${Math.round(alike * 100)}% 的字词相同`] : [])];
}

/** Whether one finding of an enterprise repeats another, in either order, with what speaks for and against it. */
export function radar(a: Sighting, b: Sighting): Likeness {
  const [one, other] = [see(a), see(b)];
  const item = compareItems(a, b, one, other);
  const samePlace = a.placeId != null && a.placeId === b.placeId;
  const place = samePlace ? 'same' : comparePlaces(a.place, b.place);
  const said = compareWords(item, one, other);
  const sum = ITEM[item] + PLACE[place] + WORDS[said];
  // Of findings that nothing else brings together the characters are not counted.
  const alike = sum + ALIKE_WEIGHT < LIKELY ? 0 : wordsInCommon(one.text, other.text);
  const score = Math.round(Math.min(1, Math.max(0, sum + ALIKE_WEIGHT * alike)) * 100) / 100;
  const reasons = [itemReason(item, a, one, other), placeReason(place, a, b), ...wordsReason(said, alike, one, other)];
  return { score, likely: score >= LIKELY, reasons };
}
