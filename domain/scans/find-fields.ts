// Fields of a paper found by their labels: the value stands behind the label, or right of it.
import { normaliseHeading } from '../values/text.ts';
import type { Place, ReadLine, ReadSign } from './lines.ts';

/** A field that is looked for, with the labels that papers give it. */
export interface Wanted {
  readonly key: string;
  readonly labels: readonly string[];
}

/** What stands behind a label. */
export interface Found {
  readonly key: string;
  readonly signs: readonly ReadSign[];
  readonly place: Place;
}

interface Label {
  readonly key: string;
  readonly label: string;
  readonly at: number;
  readonly end: number;
}

const COLON = /^[:：;；.．]$/u;
const WORD = /[\p{Script=Han}A-Za-z0-9]/u;
/** A label of so many signs needs no colon where a line begins with it. */
const PLAIN = 4;
/** Two lines stand beside each other where they share so much of their height. */
const BESIDE = 0.5;

/** A line without blanks, its signs as they are compared. */
const tight = ({ signs }: ReadLine): readonly ReadSign[] => signs.filter(({ sign }) => sign.trim() !== '');
const textOf = (signs: readonly ReadSign[]): string => signs.map(({ sign }) => sign).join('');

/** Labels of a line in their order; of two that overlap the longer one. */
function labelsIn(text: string, wanted: readonly Wanted[]): Label[] {
  const found: Label[] = [];
  for (const { key, labels } of wanted)
    for (const label of labels) {
      const at = text.indexOf(label);
      if (at < 0) continue;
      const end = at + label.length;
      const colon = COLON.test(text[end] ?? '');
      const begins = at === 0 || !WORD.test(text[at - 1] ?? '');
      const whole = at === 0 && end === text.length;
      if (colon || whole || (begins && at === 0 && label.length >= PLAIN))
        found.push({ key, label, at, end: colon ? end + 1 : end });
    }
  const longest = found.sort((a, b) => b.label.length - a.label.length);
  const kept: Label[] = [];
  for (const one of longest) if (kept.every((other) => one.end <= other.at || one.at >= other.end)) kept.push(one);
  return kept.sort((a, b) => a.at - b.at);
}

/** The part of a line's place that some of its signs take. */
function placeOf({ place }: ReadLine, signs: readonly ReadSign[]): Place {
  const [first, last] = [signs[0]?.place ?? 0, signs.at(-1)?.place ?? 1];
  const half = Math.max(0.02, 0.6 / Math.max(1, signs.length)) * Math.max(0.05, last - first);
  const [left, right] = [Math.max(0, first - half), Math.min(1, last + half)];
  return { ...place, x: place.x + left * place.width, width: (right - left) * place.width };
}

const shared = (a: Place, b: Place): number =>
  (Math.min(a.y + a.height, b.y + b.height) - Math.max(a.y, b.y)) / Math.min(a.height, b.height);

/** The line right of another one, nearest first. */
function rightOf(line: ReadLine, lines: readonly ReadLine[]): ReadLine | undefined {
  const end = line.place.x + line.place.width * 0.9;
  return lines
    .filter((other) => other !== line && other.place.x >= end && shared(line.place, other.place) >= BESIDE)
    .sort((a, b) => a.place.x - b.place.x)[0];
}

/** Whether a line holds a label itself: then it is no value. */
const isLabel = (line: ReadLine, wanted: readonly Wanted[]): boolean =>
  labelsIn(textOf(tight(line)), wanted).length > 0;

/** The values behind labels; of a field that stands in several places the first. */
export function findFields(lines: readonly ReadLine[], wanted: readonly Wanted[]): Found[] {
  const found = new Map<string, Found>();
  for (const line of lines) {
    const signs = tight(line);
    const labels = labelsIn(textOf(signs), wanted);
    labels.forEach(({ key, end }, index) => {
      if (found.has(key)) return;
      const own = signs.slice(end, labels[index + 1]?.at ?? signs.length);
      if (own.length > 0) {
        found.set(key, { key, signs: own, place: placeOf(line, own) });
        return;
      }
      const beside = rightOf(line, lines);
      if (beside && !isLabel(beside, wanted)) found.set(key, { key, signs: tight(beside), place: beside.place });
    });
  }
  return [...found.values()];
}

/** Labels as papers print them, of headings as registers write them: those in Chinese, long enough to stand alone. */
export const printedLabels = (headings: readonly string[]): string[] => [
  ...new Set(headings.map(normaliseHeading).filter((one) => /^\p{Script=Han}{3,}$/u.test(one))),
];
