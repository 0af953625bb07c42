// A closed list of ids with their Chinese labels: the only place where a label of a choice is written.

/** A vocabulary: stable snake_case ids (stored) and the Chinese labels people see. */
export interface Vocabulary<Id extends string = string> {
  readonly ids: readonly [Id, ...Id[]];
  readonly labels: Readonly<Record<Id, string>>;
}

/** Builds a vocabulary from `id: label` pairs; order is the order of display. */
export function vocabulary<const L extends Record<string, string>>(labels: L): Vocabulary<Extract<keyof L, string>> {
  const ids = Object.keys(labels) as Extract<keyof L, string>[];
  return { ids: ids as unknown as readonly [Extract<keyof L, string>, ...Extract<keyof L, string>[]], labels };
}

/** The id union of a vocabulary. */
export type IdOf<V> = V extends Vocabulary<infer Id> ? Id : never;

/** Label of an id; an unknown id (newer data) is shown as it stands rather than hidden. */
export function labelOf(v: Vocabulary, id: string | null | undefined): string {
  if (id === null || id === undefined || id === '') return '－';
  return (v.labels as Record<string, string>)[id] ?? id;
}

/** Four-state answers; blank input means `unknown`, never `no` (domain reference, code conventions). */
export const FOUR_STATES = vocabulary({ yes: '是', no: '否', unknown: '不详', not_applicable: '不涉及' });

/** How exactly a day is known. */
export const DAY_PRECISIONS = vocabulary({ day: '日', month: '月', year: '年' });
