// Words for labels in a register: which label system a column of grades belongs to, and which value each word is.
import { lookup } from '../values/lookup.ts';
import { LABEL_SYSTEMS, LABEL_VALUES, LABEL_VALUES_OF } from '../enterprises/vocabulary.ts';
import { isUnknownToken, squeezeText } from '../values/text.ts';

const MORE: Readonly<Record<string, string>> = lookup({
  '1类': 'I',
  '2类': 'II',
  '3类': 'III',
  Ⅰ: 'I',
  Ⅱ: 'II',
  Ⅲ: 'III',
  一类: 'I',
  二类: 'II',
  三类: 'III',
  I: 'I',
  II: 'II',
  III: 'III',
  好: 'good',
  良好: 'good',
  差: 'unqualified',
  特别重大: 'critical',
  轻: 'slight',
  低风险: 'low',
  中风险: 'medium',
  高风险: 'high',
});

/** The bare word of a grade: `重大风险`, `红色`, `A级` without what every grade ends with. */
const bare = (text: string): string =>
  squeezeText(text)
    .toUpperCase()
    .replace(/(?:环境|环保|综合)?(?:风险)?(?:等级|级别|级|标签|标|色|企业)?$/u, '')
    .replace(/风险$/u, '');

const VALUE_OF = new Map<string, string>([
  ...Object.entries(LABEL_VALUES.labels).map(([id, name]) => [name.toUpperCase(), id] as const),
  ...Object.entries(MORE),
]);

/** Label values that a word may mean; `一般` belongs to two systems and gives two. */
export function labelValuesOf(text: string): string[] {
  const word = squeezeText(text).toUpperCase();
  const values = new Set<string>();
  for (const form of [word, bare(word)]) {
    const id = VALUE_OF.get(form);
    if (id) values.add(id);
    if (form === '一般') values.add('ordinary').add('fair');
  }
  return [...values];
}

/** Systems tried in this order: the first wins a tie. A system that needs a medium can't be told from a grade alone. */
const SYSTEMS = LABEL_SYSTEMS.ids.filter((s) => s !== 'media_risk');

/** The system whose values most cells of a column are; null when no word belongs to any. */
export function labelSystemOf(texts: Iterable<string>): string | null {
  const hits = new Map<string, number>();
  for (const text of texts) {
    if (text === '' || isUnknownToken(text)) continue;
    const values = labelValuesOf(text);
    for (const system of SYSTEMS)
      if (LABEL_VALUES_OF[system]?.some((v) => values.includes(v))) hits.set(system, (hits.get(system) ?? 0) + 1);
  }
  let best: string | null = null;
  for (const system of SYSTEMS) if ((hits.get(system) ?? 0) > (best ? (hits.get(best) ?? 0) : 0)) best = system;
  return best;
}

/** The value of a word within a system, or null. */
export function labelValueIn(system: string, text: string): string | null {
  const values = labelValuesOf(text);
  return LABEL_VALUES_OF[system]?.find((v) => values.includes(v)) ?? null;
}
