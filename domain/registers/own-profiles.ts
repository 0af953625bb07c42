// Profiles that an office learnt or wrote: how the lists of one kind that a client sends are understood, known by their headings.
import { normaliseHeading } from '../values/text.ts';
import { targetOf } from './targets.ts';

/** Stands for "do not import" where a choice is kept. */
export const NOT_IMPORTED = '-';

/** A heading of a profile. `target`: `entity.field`, null: not imported. `isGuess`: nobody said so, it only tells the profile. */
export interface OwnHeading {
  readonly heading: string;
  readonly target: string | null;
  readonly isGuess: boolean;
}

/** A word of a profile: what a text stands for in a field with choices. */
export interface OwnWord {
  readonly target: string;
  readonly text: string;
  readonly value: string;
}

/** A profile of the office. Headings are in their normal form. */
export interface OwnProfile {
  readonly id: string;
  readonly name: string;
  readonly kind: 'register' | 'ledger';
  readonly columns: readonly OwnHeading[];
  readonly words: readonly OwnWord[];
}

/** So much of a profile a sheet must have, and so much of the sheet the profile must know. */
const OF_PROFILE = 0.7;
const OF_SHEET = 0.5;
const FEWEST = 2;

/** The profile that a sheet is of, by its headings: that of which it has most; of equals the one made last. Null for none. */
export function ownProfileOf(profiles: readonly OwnProfile[], headings: readonly string[]): OwnProfile | null {
  const there = new Set(headings.map(normaliseHeading).filter((heading) => heading !== ''));
  const fitting = profiles
    .map((profile) => ({ profile, hits: profile.columns.filter(({ heading }) => there.has(heading)).length }))
    .filter(
      ({ profile, hits }) =>
        hits >= FEWEST && hits >= profile.columns.length * OF_PROFILE && hits >= there.size * OF_SHEET,
    )
    .sort((a, b) => b.hits - a.hits || (a.profile.id < b.profile.id ? 1 : -1));
  return fitting[0]?.profile ?? null;
}

/** What people said of the headings of a profile: target by heading, null: not imported. */
export const saidHeadings = (profile: OwnProfile | null): (readonly [string, string | null])[] =>
  (profile?.columns ?? [])
    .filter(({ isGuess, target }) => !isGuess && (target === null || targetOf(target) !== null))
    .map(({ heading, target }) => [heading, target] as const);

/** Words by field with those of a profile before them. */
export function withWords(
  known: ReadonlyMap<string, ReadonlyMap<string, string>>,
  profile: OwnProfile | null,
): ReadonlyMap<string, ReadonlyMap<string, string>> {
  if (profile === null || profile.words.length === 0) return known;
  const all = new Map([...known].map(([target, words]) => [target, new Map(words)]));
  for (const { target, text, value } of profile.words) {
    const words = all.get(target) ?? new Map<string, string>();
    all.set(target, words.set(text, value));
  }
  return all;
}

/** Ways of recognising that are no more than a guess: a person is asked about it once. */
const GUESSES: ReadonlySet<string> = new Set(['stem', 'contains', 'values']);

/** Is the field of a column only guessed? */
export const isGuessed = ({ how, target }: { readonly how: string; readonly target: unknown }): boolean =>
  target !== null && GUESSES.has(how);
