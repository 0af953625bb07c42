// How much two short texts have in common, for breaking ties only: never for deciding that two things are the same.

const pairs = (text: string): Set<string> => {
  const signs = [...text.normalize('NFKC').replace(/[\s\p{P}]/gu, '')];
  return new Set(signs.slice(1).map((sign, at) => `${signs[at] ?? ''}${sign}`));
};

/** Share of the pairs of neighbouring characters that two texts have in common: 0 nothing, 1 all. */
export function wordsInCommon(a: string, b: string): number {
  const [one, other] = [pairs(a), pairs(b)];
  if (one.size === 0 || other.size === 0) return 0;
  const both = [...one].filter((pair) => other.has(pair)).length;
  return (2 * both) / (one.size + other.size);
}
