// Words typed into a list of choices: what they find, best first, and what is taken by leaving the list with the Tab key.
import { nextTick } from 'vue';
import { isFound, searchKey } from '../../domain/values/search-key.ts';

/** What was typed into the list that is left; empty where nothing was, or where an input method is still composing. */
export function wordTyped({ target, isComposing }: KeyboardEvent): string {
  return !isComposing && target instanceof HTMLInputElement && !target.readOnly ? target.value.trim() : '';
}

/** What a choice is called: its label, and other words that people write for it. */
type Names<T> = (one: T) => readonly string[];

const isCalled = <T>(word: string, one: T, names: Names<T>): boolean =>
  names(one).some((name) => searchKey(name) === searchKey(word));

/** Choices that a typed word finds; those that are called so stand first, so that Enter takes them. */
export function foundBy<T>(word: string, of: readonly T[], names: Names<T>): T[] {
  const found = of.filter((one) => names(one).some((name) => isFound(name, word)));
  return [...found.filter((one) => isCalled(word, one, names)), ...found.filter((one) => !isCalled(word, one, names))];
}

/** The choice that is meant among those that were found for a word: the one called so, or the only one; else the sentence why none. */
export function choiceMeant<T>(word: string, found: readonly T[], names: Names<T>, label: string): T | string {
  const called = found.filter((one) => isCalled(word, one, names));
  const [meant, ...others] = called.length > 0 ? called : found;
  if (meant !== undefined && others.length === 0) return meant;
  return meant === undefined
    ? `${label}里没有“${word}”，没有填入`
    : `${label}里有 ${found.length} 项含“${word}”，请选一项`;
}

/** Settles what is being typed as the Tab key would, before the form around it is stored. */
export async function settleTyped(): Promise<void> {
  const field = document.activeElement;
  if (!(field instanceof HTMLElement)) return;
  field.dispatchEvent(new KeyboardEvent('keydown', { key: 'Tab', bubbles: true }));
  field.blur();
  await nextTick();
  // What is refused is put right from here.
  if (field.isConnected) field.focus();
}
