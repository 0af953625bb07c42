// Stems of towns, villages and residents' committees, so that 许浦村委会 finds 许浦村 (domain reference 6.4).
import { squeezeText } from './text.ts';

const VILLAGE_SUFFIXES = [
  '村民委员会',
  '村委会',
  '居民委员会',
  '居委会',
  '居民区',
  '居委',
  '村委',
  '社区',
  '村',
] as const;
const TOWN_SUFFIXES = [
  '街道办事处',
  '街道办',
  '街道',
  '镇人民政府',
  '镇政府',
  '乡人民政府',
  '管理委员会',
  '管委会',
  '镇',
  '乡',
] as const;

/** What kind of body a village-level name says it is; null where it says nothing. */
export type VillageKind = 'village' | 'residents' | null;

function strip(name: string, suffixes: readonly string[]): string {
  const suffix = suffixes.find((s) => name.endsWith(s) && name.length > s.length);
  return suffix === undefined ? name : name.slice(0, -suffix.length);
}

/** District, city or province in front of a town's name; taken off only where a town is named behind it. */
const ABOVE_TOWN = new RegExp(
  String.raw`^(?:\p{Script=Han}{2,8}?(?:省|市|自治区))?(?:\p{Script=Han}{2,8}?市)?(?:\p{Script=Han}{2,6}?(?:新区|区|县|旗))?` +
    String.raw`(?=\p{Script=Han}{2,}(?:街道|镇|乡|管委会|管理委员会))`,
  'u',
);

/** Stem of a town: without district in front and 街道办事处, 街道, 镇人民政府, 镇, 管委会 behind. */
export function townStem(name: string): string {
  const text = squeezeText(name).replace(/^中国\(?上海\)?自由贸易试验区/u, '');
  return strip(text.replace(ABOVE_TOWN, ''), TOWN_SUFFIXES);
}

/**
 * Stem of a village or residents' committee. Suffixes are taken off until none is left (`许浦村村民委员会` -> `许浦`),
 * but a stem never becomes empty. `town` is taken off the front where the name repeats it (`华漕镇许浦村`).
 */
export function villageStem(name: string, town?: string): string {
  let text = squeezeText(name).replace(/[()]/g, '');
  if (town !== undefined && town !== '') {
    const whole = squeezeText(town);
    if (text.startsWith(whole) && text.length > whole.length) text = text.slice(whole.length);
  }
  const front = /^\p{Script=Han}{2,6}?(?:街道|镇|乡)(?=\p{Script=Han}{2,})/u.exec(text);
  if (front && strip(text.slice(front[0].length), VILLAGE_SUFFIXES) !== text.slice(front[0].length))
    text = text.slice(front[0].length);
  for (let i = 0; i < 3; i += 1) {
    const shorter = strip(text, VILLAGE_SUFFIXES);
    if (shorter === text) break;
    text = shorter;
  }
  return text;
}

/** Does the name say that it is a village (村) or a residents' committee (居委, 社区)? */
export function villageKind(name: string): VillageKind {
  const text = squeezeText(name);
  if (/(?:居民委员会|居委会|居委|居民区|社区)$/u.test(text)) return 'residents';
  return /(?:村民委员会|村委会|村委|村)$/u.test(text) ? 'village' : null;
}
