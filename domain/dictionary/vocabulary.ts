// A closed list of ids with their Chinese labels: the only place where a label of a choice is written.

/** A vocabulary: stable snake_case ids (stored) and the Chinese labels people see. */
export interface Vocabulary<Id extends string = string> {
  readonly ids: readonly [Id, ...Id[]];
  readonly labels: Readonly<Record<Id, string>>;
  /** Other words that people write for an id, with spaces between them: registers are read by them. */
  readonly words?: Readonly<Partial<Record<Id, string>>>;
  /** Schema number in which an id first appeared, of those added after the fields that hold them (domain/handoff/schema.ts). */
  readonly since?: Readonly<Partial<Record<Id, number>>>;
  /** Ids of released programs that nothing leads to any more, with their labels: read where they stand, never offered. */
  readonly retired?: Readonly<Record<string, string>>;
}

/**
 * Builds a vocabulary from `id: label` pairs; order is the order of display. `words`, and what became of ids since the
 * first release: see {@link Vocabulary}.
 */
export function vocabulary<const L extends Record<string, string>>(
  labels: L,
  words?: Readonly<Partial<Record<Extract<keyof L, string>, string>>>,
  history: Pick<Vocabulary<Extract<keyof L, string>>, 'since' | 'retired'> = {},
): Vocabulary<Extract<keyof L, string>> {
  const ids = Object.keys(labels) as Extract<keyof L, string>[];
  return {
    ids: ids as unknown as readonly [Extract<keyof L, string>, ...Extract<keyof L, string>[]],
    labels,
    ...(words && { words }),
    ...history,
  };
}

/** A vocabulary whose ids come from elsewhere in the dictionary, once all of it has been defined. */
export interface OpenVocabulary extends Vocabulary {
  /** Adds ids with their labels. */
  add(labels: Readonly<Record<string, string>>): void;
}

/** An open vocabulary without ids. */
export function openVocabulary(): OpenVocabulary {
  const ids: string[] = [];
  const labels: Record<string, string> = {};
  return {
    ids: ids as unknown as readonly [string, ...string[]],
    labels,
    add: (more) => {
      ids.push(...Object.keys(more).filter((id) => !(id in labels)));
      Object.assign(labels, more);
    },
  };
}

/** The id union of a vocabulary. */
export type IdOf<V> = V extends Vocabulary<infer Id> ? Id : never;

/** Label of an id; an unknown id (newer data) is shown as it stands rather than hidden. */
export function labelOf(v: Vocabulary, id: string | null | undefined): string {
  if (id === null || id === undefined || id === '') return '－';
  return (v.labels as Record<string, string>)[id] ?? v.retired?.[id] ?? id;
}

/** Four-state answers; blank input means `unknown`, never `no` (domain reference, code conventions). */
export const FOUR_STATES = vocabulary({ yes: '是', no: '否', unknown: '不详', not_applicable: '不涉及' });

/** How exactly a day is known. */
export const DAY_PRECISIONS = vocabulary({ day: '日', month: '月', year: '年' });
