// Names of enterprises for matching only; the stored name stays as given (domain reference 6.3).

const STATUS_NOTES: readonly (readonly [RegExp, string])[] = [
  [/已?搬迁|已?搬离|搬走/, 'relocated'], [/停产|停业|停用/, 'suspended'], [/关停|关闭|注销|倒闭/, 'closed'], [/在建/, 'under_construction'],
];
const NOTE = /\((?:已?搬迁|已?搬离|搬走|停产|停业|停用|关停|已?关闭|已?注销|倒闭|在建)[^()]*\)$/;

const unify = (name: string): string => name.normalize('NFKC').replace(/\s+/g, '').replace(/（/g, '(').replace(/）/g, ')').replace(/[。．.,，、;；:：]+$/, '').toUpperCase();

/** Key of a name: NFKC, no spaces, one kind of bracket, no trailing notes, upper case. */
export function nameKey(name: string): string {
  let key = unify(name);
  while (NOTE.test(key)) key = key.replace(NOTE, '');
  return key;
}

/** Key for comparing two names: like {@link nameKey}, and without a leading 上海市 or 上海. */
export function nameComparisonKey(name: string): string {
  return nameKey(name).replace(/^上海市?/, '');
}

/** Operating status that a note in a name hints at, or null. */
export function statusHint(name: string): string | null {
  const note = /\(([^()]*)\)$/.exec(unify(name))?.[1];
  return note ? STATUS_NOTES.find(([pattern]) => pattern.test(note))?.[1] ?? null : null;
}
