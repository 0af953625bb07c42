// Numbers that are typed with their unit, where the unit has a field of its own beside them.
import type { FieldMeta } from '../../domain/dictionary/field.ts';
import { inUnit } from '../../domain/registers/units.ts';
import { halfWidth } from '../../domain/values/text.ts';

/** A number as it was typed with a unit behind it; null where it is no number, or has no unit. */
function numberAndWord(typed: string): { number: string; word: string } | null {
  const [, number, word] = /^(-?[\d.,]+)\s*([\p{L}%‰°/].*)$/u.exec(halfWidth(typed.trim())) ?? [];
  return number && word ? { number: number.replaceAll(',', ''), word: word.replace(/m([23])(?!\d)/g, raised) } : null;
}
const raised = (_: string, power: string): string => (power === '2' ? 'm²' : 'm³');

/** A unit as the field names it; a field that takes any word names none. */
interface Unit {
  readonly id: string;
  readonly label: string;
  readonly words: readonly string[];
}
function unitsOf({ vocabulary }: FieldMeta, kept: string | null): readonly Unit[] | null {
  if (!vocabulary) return kept === null ? null : [{ id: kept, label: kept, words: [kept] }];
  const all = vocabulary.ids.map((id) => {
    const label = vocabulary.labels[id] ?? id;
    return { id, label, words: [label, ...(vocabulary.words?.[id]?.split(' ') ?? [])] };
  });
  return kept === null ? all : all.filter(({ id }) => id === kept);
}

/**
 * A number that was typed with its unit, where the unit has a field of its own: `45 mg/L`. A unit that the field lacks is turned into
 * the nearest that it has (3 万吨 is 30000 t); where other numbers of the row have their unit (`kept`), into that one. Null where no
 * unit was typed, or none that can be turned.
 */
export function withUnit(
  typed: string,
  unit: FieldMeta,
  kept: string | null = null,
): { number: string; unit: string } | null {
  const { number, word } = numberAndWord(typed) ?? {};
  if (!number || !word) return null;
  const units = unitsOf(unit, kept);
  if (!units) return { number, unit: word };
  const known = units.find(({ words }) => words.some((one) => unitKey(one) === unitKey(word)));
  if (known) return { number, unit: known.id };
  const turned = units.flatMap(({ id, label }) => {
    const value = inUnit(number, word, label);
    return value === null ? [] : [{ number: value, unit: id }];
  });
  return turned.toSorted((a, b) => a.number.length - b.number.length)[0] ?? null;
}

/** Why a number with a unit of its own is not taken; null where it has none. */
export function unitUnknown(typed: string, unit: FieldMeta, kept: string | null = null): string | null {
  const { word } = numberAndWord(typed) ?? {};
  const units = unitsOf(unit, kept);
  if (!word || !units) return null;
  const labels = units.map(({ label }) => label).join('、');
  return kept === null
    ? `${unit.label}里没有“${word}”，可写 ${labels}`
    : `“${word}”换算不成 ${labels}，请按 ${labels} 填写`;
}

/** `m³` and `m3`, `mg/m³` and `MG/M3` are one; 吨/年 is 吨 where amounts are those of a year. */
const unitKey = (unit: string): string =>
  unit
    .normalize('NFKC')
    .replace(/\s/g, '')
    .replace(/\/[年a]$/u, '')
    .toLowerCase();
