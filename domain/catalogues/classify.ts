// What a catalogue says of an enterprise: by the sub-industry that a person chose, else by the finest industry code; with the reason
// (domain reference 8.2, 14; capabilities FX-05, BY-17). Pure.
import { squeezeText } from '../values/text.ts';
import { labelOf } from '../dictionary/vocabulary.ts';
import { CATALOGUE_RESULTS } from './vocabulary.ts';

/** What is asked of an entry of a catalogue. */
export interface EntryFacts {
  readonly no: string | null;
  readonly name: string;
  readonly industryCodes: string | null;
  readonly subIndustries: string | null;
  readonly condition: string | null;
  readonly outcome: string;
}

/** What is asked of an enterprise. */
export interface TradeFacts {
  readonly industryCode: string | null;
  readonly subIndustry: string | null;
}

/** What a catalogue says of an enterprise, and why, in words. */
export interface Classed {
  readonly outcome: string;
  readonly reason: string;
}

const SPLIT = /[、,，;；/\s]+/u;

/** Industry codes that a text lists: `3311、C3360` -> `['3311', '3360']`; words that are no code are left out. */
export const codesIn = (text: string | null): string[] =>
  (text ?? '').split(SPLIT).flatMap((part) => /^[A-T]?(\d{2,4})$/.exec(squeezeText(part).toUpperCase())?.[1] ?? []);

/** Names that a text lists. */
export const namesIn = (text: string | null): string[] =>
  (text ?? '').split(/[、,，;；\n]+/u).flatMap((part) => part.trim() || []);

const nameKey = (name: string): string => squeezeText(name).toLowerCase();

/** How much of a code an entry names: digits of its longest code that the code begins with. */
const reachOf = (entry: EntryFacts, code: string | null): number =>
  Math.max(0, ...codesIn(entry.industryCodes).map((own) => (code?.startsWith(own) ? own.length : 0)));

const names = (entry: EntryFacts, sub: string): boolean =>
  namesIn(entry.subIndustries).some((name) => nameKey(name) === nameKey(sub));

/** An entry as people read it: `81 金属表面处理（专业电镀）`. */
const entryText = ({ no, name, condition }: EntryFacts): string =>
  `${no ? `${no} ` : ''}${name}${condition ? `（${condition}）` : ''}`;

/** Of these the ones that name most of the code; those that name none count where the sub-industry was chosen. */
function finest(entries: readonly EntryFacts[], code: string | null): EntryFacts[] {
  const most = Math.max(0, ...entries.map((entry) => reachOf(entry, code)));
  return entries.filter((entry) => reachOf(entry, code) === most);
}

function decided(entries: readonly EntryFacts[], why: string): Classed | null {
  const [first] = entries;
  if (!first || entries.some(({ outcome }) => outcome !== first.outcome)) return null;
  return { outcome: first.outcome, reason: `${why}：${entries.map(entryText).join('；')}` };
}

/**
 * The class of an enterprise under one edition. Where entries of its code differ and nobody said the sub-industry, it is `undecided` and
 * the reason names what there is to choose from; where none names its code, `not_listed`. Null for one without a trade.
 */
export function classOf(entries: readonly EntryFacts[], { industryCode, subIndustry }: TradeFacts): Classed | null {
  if (!industryCode && !subIndustry) return null;
  const chosen = subIndustry ? entries.filter((entry) => names(entry, subIndustry)) : [];
  const bySub = decided(finest(chosen, industryCode), `细分行业“${subIndustry ?? ''}”`);
  if (bySub) return bySub;
  const listed = finest(
    entries.filter((entry) => reachOf(entry, industryCode) > 0),
    industryCode,
  );
  // Whoever said another sub-industry is none of those that entries name.
  const rest = subIndustry ? listed.filter((entry) => namesIn(entry.subIndustries).length === 0) : listed;
  const open = rest.length > 0 ? rest : listed;
  if (open.length === 0) return { outcome: 'not_listed', reason: notListed(industryCode, subIndustry) };
  const byCode = decided(open, `行业代码 ${industryCode ?? ''}`);
  if (byCode) return byCode;
  const options = open.map((entry) => `${entryText(entry)}→${labelOf(CATALOGUE_RESULTS, entry.outcome)}`);
  return { outcome: 'undecided', reason: `请选细分行业：${options.join('；')}` };
}

const notListed = (code: string | null, sub: string | null): string =>
  `名录里没有${[code && `行业代码 ${code}`, sub && `细分行业“${sub}”`].filter(Boolean).join('、')}`;

/** Whether an edition says something else than the one before; null: there is none, or it says nothing of the enterprise. */
export function changeOf(now: string, before: string | null): 'changed' | 'same' | 'open' | 'first' {
  if (before === null) return 'first';
  if (now === 'undecided' || before === 'undecided') return 'open';
  return now === before ? 'same' : 'changed';
}

/** Whether the papers on file are of the class; null where there is no paper to hold against it. */
export function standingOf(now: string, held: string | null): 'agrees' | 'differs' | 'open' | null {
  if (held === null) return null;
  if (now === 'undecided' || now === 'not_listed' || held === 'missing') return held === 'missing' ? 'differs' : 'open';
  return now === held ? 'agrees' : 'differs';
}
