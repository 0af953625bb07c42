// Industry codes of GB/T 4754-2017: section letter, division, group, class; domain reference 2.4.
import { CLASS_NAMES } from './industry-classes.ts';
import { DIVIDED_NAMES, OLDER_NAMES, SPOKEN_NAMES } from './industry-names.ts';
import { squeezeText } from './text.ts';

/** The `industries` object of the content library's classifications. */
export interface IndustryContent {
  readonly sections: readonly {
    readonly code: string;
    readonly name: string;
    readonly divisions: readonly { readonly code: string; readonly name: string }[];
  }[];
  /** The replaceable four-digit list, where one is installed. */
  readonly classes?: readonly { readonly code: string; readonly name: string }[];
}

export type IndustryLevel = 'section' | 'division' | 'group' | 'class';

/** An industry as it was understood; `code` is empty where only a section is known. */
export interface Industry {
  /** Two to four digits, or empty for a section. */
  readonly code: string;
  readonly section: string;
  readonly level: IndustryLevel;
  /** Name of the finest level that is known by name. */
  readonly name: string;
}

export type IndustryResult =
  | { readonly ok: true; readonly industry: Industry; readonly sentence?: string }
  | {
      readonly ok: false;
      readonly reason: 'empty' | 'unknown_code' | 'unknown_name' | 'divided';
      readonly sentence: string;
    };

/** Last division of each section, in order; the first one follows from the section before. */
const SECTION_ENDS: readonly (readonly [string, number])[] = [
  ['A', 5],
  ['B', 12],
  ['C', 43],
  ['D', 46],
  ['E', 50],
  ['F', 52],
  ['G', 60],
  ['H', 62],
  ['I', 65],
  ['J', 69],
  ['K', 70],
  ['L', 72],
  ['M', 75],
  ['N', 79],
  ['O', 82],
  ['P', 83],
  ['Q', 85],
  ['R', 90],
  ['S', 96],
  ['T', 97],
];

/** The section letter of a division (`'33'` or `33` -> `'C'`), null if there is no such division. */
export function sectionOfDivision(division: string | number): string | null {
  const number = typeof division === 'number' ? division : /^\d{2}$/.test(division) ? Number(division) : 0;
  if (!Number.isInteger(number) || number < 1) return null;
  return SECTION_ENDS.find(([, end]) => number <= end)?.[0] ?? null;
}

/** The section letter of any two- to four-digit code, null if its division does not exist. */
export function sectionOfCode(code: string): string | null {
  return /^\d{2,4}$/.test(code) ? sectionOfDivision(code.slice(0, 2)) : null;
}

/** An industry that was found by a word. */
export interface FoundIndustry {
  readonly code: string;
  readonly name: string;
  /** What people call it, where that was found. */
  readonly spoken: string | null;
}

/** Everything that can be asked about one version of the classification. */
export interface IndustryIndex {
  readonly parse: (text: string) => IndustryResult;
  /** Name of a code: its own where the list has it, else that of its division; null for an unknown code. */
  readonly nameOf: (code: string) => string | null;
  /** Industries in whose name, or in what people call them, all of a text stands, or whose code begins with it; the finest first. */
  readonly find: (text: string, most: number) => readonly FoundIndustry[];
  readonly divisions: readonly { readonly code: string; readonly name: string; readonly section: string }[];
  readonly sections: readonly { readonly code: string; readonly name: string }[];
}

/** Names are told apart by their nouns: 及, 和, 与, 的 and marks changed with every edition. */
const nameKey = (name: string): string =>
  squeezeText(name)
    .replace(/[、,，;·及和与的()]/gu, '')
    .replace(/业$/u, '');
const LEVELS: Readonly<Record<number, IndustryLevel>> = { 2: 'division', 3: 'group', 4: 'class' };

/** Builds the look-up over the content library's `industries`; pure, so the window and the importer share it. */
export function makeIndustryIndex(industries: IndustryContent): IndustryIndex {
  const sections = industries.sections.map(({ code, name }) => ({ code, name }));
  const divisions = industries.sections.flatMap((s) => s.divisions.map((d) => ({ ...d, section: s.code })));
  const names = new Map<string, string>();
  for (const item of divisions) names.set(item.code, item.name);
  for (const [name, code] of CLASS_NAMES) if (!names.has(code)) names.set(code, name);
  for (const item of industries.classes ?? []) names.set(item.code, item.name);
  const byName = new Map<string, Industry>();
  for (const s of sections) byName.set(nameKey(s.name), { code: '', section: s.code, level: 'section', name: s.name });
  for (const item of industries.classes ?? []) {
    const section = sectionOfCode(item.code);
    const level = LEVELS[item.code.length];
    if (section && level) byName.set(nameKey(item.name), { code: item.code, section, level, name: item.name });
  }
  // a division wins over a class of the same name: the coarser statement is the safe one
  for (const d of divisions)
    byName.set(nameKey(d.name), { code: d.code, section: d.section, level: 'division', name: d.name });
  for (const [name, code] of [...CLASS_NAMES, ...Object.entries(OLDER_NAMES)]) {
    const section = sectionOfCode(code);
    const level = LEVELS[code.length];
    if (section && level && !byName.has(nameKey(name)))
      byName.set(nameKey(name), { code, section, level, name: names.get(code) ?? name });
  }
  const divided = new Map(Object.entries(DIVIDED_NAMES).map(([name, codes]) => [nameKey(name), codes]));

  const nameOf = (code: string): string | null => {
    if (sectionOfCode(code) === null) return null;
    return names.get(code) ?? names.get(code.slice(0, 3)) ?? names.get(code.slice(0, 2)) ?? null;
  };

  const fromCode = (letter: string, digits: string): IndustryResult => {
    const section = sectionOfCode(digits);
    const level = LEVELS[digits.length];
    const name = nameOf(digits);
    if (section === null || level === undefined || name === null) {
      return {
        ok: false,
        reason: 'unknown_code',
        sentence: `行业代码 ${letter}${digits} 不在 GB/T 4754-2017 中，请核对前两位`,
      };
    }
    const industry: Industry = { code: digits, section, level, name };
    return letter === '' || letter === section
      ? { ok: true, industry }
      : { ok: true, industry, sentence: `行业代码 ${digits} 属于门类 ${section}，不是 ${letter}，已按数字取门类` };
  };

  const fromName = (text: string): IndustryResult | null => {
    const whole = byName.get(nameKey(text));
    if (whole) return { ok: true, industry: whole };
    // "制造业-金属制品业": the finest part that is known, read from the right
    for (const part of text.split(/[-—–/\\>＞:|()[\]]+/u).reverse()) {
      const found = part === '' ? undefined : byName.get(nameKey(part));
      if (found) return { ok: true, industry: found };
    }
    return null;
  };

  const parse = (input: string): IndustryResult => {
    const text = squeezeText(input).toUpperCase();
    if (text === '') return { ok: false, reason: 'empty', sentence: '行业为空，请填写行业代码或名称' };
    const letterOnly = /^([A-T])$/.exec(text);
    if (letterOnly) {
      const section = sections.find((s) => s.code === letterOnly[1]);
      if (section)
        return { ok: true, industry: { code: '', section: section.code, level: 'section', name: section.name } };
    }
    const leading = /^([A-Z]?)[-.]?(\d{2,4})(?!\d)/.exec(text);
    if (leading) return fromCode(leading[1] ?? '', leading[2] ?? '');
    const bracketed = /[([【]([A-T]?)(\d{2,4})[)\]】]$/u.exec(text);
    if (bracketed) return fromCode(bracketed[1] ?? '', bracketed[2] ?? '');
    const name = text.replace(/^[A-T](?=\p{Script=Han})/u, '');
    const named = fromName(name);
    if (named) return named;
    const codes = divided.get(nameKey(name));
    if (codes)
      return {
        ok: false,
        reason: 'divided',
        sentence: `“${input.trim()}”在 GB/T 4754-2017 里分成了 ${codes.map((c) => `${c} ${nameOf(c) ?? ''}`).join('、')}，请选定一个`,
      };
    return {
      ok: false,
      reason: 'unknown_name',
      sentence: `“${input.trim()}”不是 GB/T 4754-2017 的大类名称，请从列表中选择`,
    };
  };

  const find = (input: string, most: number): readonly FoundIndustry[] => {
    const text = squeezeText(input).toUpperCase();
    const digits = /^[A-T]?(\d{1,4})$/.exec(text)?.[1];
    const key = nameKey(text);
    if (key === '') return [];
    const spoken = new Map<string, string>();
    for (const [word, codes] of Object.entries(SPOKEN_NAMES))
      if (digits === undefined && (word.includes(key) || (key.includes(word) && word.length > 1)))
        for (const code of codes) spoken.set(code, word);
    const found = [...names]
      .filter(([code, name]) => (digits ? code.startsWith(digits) : spoken.has(code) || nameKey(name).includes(key)))
      .map(([code, name]) => ({ code, name, spoken: spoken.get(code) ?? null }));
    // What people call so stands first, then classes before groups and divisions.
    const rank = (one: FoundIndustry): string =>
      `${one.spoken === null ? 1 : 0}${digits ? '' : 9 - one.code.length}${one.code}`;
    return found.toSorted((a, b) => (rank(a) < rank(b) ? -1 : 1)).slice(0, most);
  };

  return { parse, nameOf, find, divisions, sections };
}
