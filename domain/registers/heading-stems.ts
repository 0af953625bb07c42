// Headings by their stem: 所属村, 村名, 行政村 and 村（社区） all speak of the village, 是否停产 of the state (domain reference 6.1).
import { squeezeText } from '../values/text.ts';
import type { RegisterCell } from './cell.ts';
import { TARGETS, type Target } from './targets.ts';
import { wordOf } from './words.ts';

/** What stands before a heading without saying what it is. */
const BEFORE = /^(?:所属|所在地?|所处|归属|隶属|属于|当前|目前|现|企业|单位|公司|实际|其中|是否(?:有|为|属于?)?)(?=.)/u;
/** What stands behind it. */
const BEHIND = /(?<=.)(?:名称|名|情况|信息|与否|否|全称|一栏|栏)$/u;

/** The heading without what only introduces it; never empty. */
export function stemOf(heading: string): string {
  let stem = heading;
  for (;;) {
    const shorter = stem.replace(BEFORE, '').replace(BEHIND, '');
    if (shorter === stem) return stem;
    stem = shorter;
  }
}

/** A heading with the alternatives it names side by side: `村(社区)`, `街道/乡镇`. */
const alternatives = (heading: string): string[] =>
  heading
    .split(/[()[\]/\\、,，;；或和与及]/u)
    .map((part) => part.trim())
    .filter((part) => part !== '');

// No word here is made of others (村居, 街镇): a row of them would be read in ever more ways.
const VILLAGE = /^(?:行政村|自然村|村民委员会|居民委员会|村委会|居委会|村委|居委|居民区|社区|村|居)+$/u;
const TOWN = /^(?:街道办事处|街道办|街道|镇|乡|街)+$/u;
/** Headings of territory that only their values settle. */
const PLACE = /^(?:属地|区域|地区|辖区|区划|行政区划?|行政区域|属地管理|属地单位|镇村|村镇|街镇村居?|镇街村居?)$/u;
/** What stands around the word for an area: 属地村, 辖区村, 村级, 村别. */
const PLACE_BEFORE = /^(?:属地|辖区|管辖|辖|属)(?=.)/u;
const PLACE_BEHIND = /(?<=.)[级别]$/u;
/** Levels above the town: no area of a register, whatever stands in the column. */
const ABOVE =
  /^(?:省|省市|省份|直辖市|市|地市|地级市|设区市|城市|区|县|区县|县区|区市县|市区|市县|市\(区\)|区\(县\))$/u;

/** What a heading says about territory: a level, one that its values have to tell, one above the town, or nothing. */
export type PlaceHeading = 'village' | 'town' | 'byValues' | 'above' | null;

/** @param heading in its normal form */
export function placeHeading(heading: string): PlaceHeading {
  const stem = stemOf(heading);
  if (ABOVE.test(stem)) return 'above';
  if (PLACE.test(stem) || PLACE.test(heading)) return 'byValues';
  const parts = alternatives(heading).map((part) => stemOf(part).replace(PLACE_BEFORE, '').replace(PLACE_BEHIND, ''));
  if (parts.length === 0) return null;
  if (parts.every((part) => VILLAGE.test(part))) return 'village';
  if (parts.every((part) => TOWN.test(part))) return 'town';
  return parts.every((part) => VILLAGE.test(part) || TOWN.test(part)) ? 'byValues' : null;
}

const STATE = TARGETS.find((target) => target.meta.cell === 'state') ?? null;

/** A question about the state of an enterprise: what 是 means there, and what 否. */
export interface StateQuestion {
  readonly target: Target;
  readonly yes: string;
  readonly no: string;
}

/** The state that a word means, also one made of two words for it: 停产停业. */
function stateMeant(state: Target, text: string): string | null {
  const meaning = (word: string): string | null => {
    const found = wordOf(state, word);
    return found?.how === 'exact' ? found.id : null;
  };
  const whole = meaning(text) ?? meaning(text.replace(/(?:状态|中)$/u, ''));
  if (whole !== null) return whole;
  const pairs = [...text].length === 4 ? [text.slice(0, 2), text.slice(2)].map(meaning) : [];
  return pairs[0] && pairs[0] === pairs[1] ? pairs[0] : null;
}

/** 是否生产, 生产与否, 是否停产: the state that 是 answers. Null for what is no such question. @param heading in its normal form */
export function stateQuestion(heading: string): StateQuestion | null {
  const asked =
    /^(?:企业|单位|目前|现|当前)?是否(?:已经|已|正在|正常|正|处于|在)?(.{2,})$/u.exec(heading)?.[1] ??
    /^(?:企业|单位|目前|现|当前)?(.{2,}?)(?:与否|否)$/u.exec(heading)?.[1];
  if (!STATE || asked === undefined) return null;
  const yes = stateMeant(STATE, asked.replace(/[、/或]/gu, ''));
  return yes === null ? null : { target: STATE, yes, no: yes === 'operating' ? 'suspended' : 'operating' };
}

/** Words of the state that no equipment has: what runs is normal, but only an enterprise stops producing, closes or moves. */
const OF_ENTERPRISES = /[产业关迁搬]/u;

/** The state for a heading such as 开停状态 or 现况 whose values are words of it. @param heading in its normal form */
export function stateByWords(heading: string, cells: Iterable<RegisterCell>): Target | null {
  if (!STATE || heading.length > 6 || !/(?:状态|状况|现况|现状|情况)$/u.test(heading)) return null;
  const texts = [...cells].map((cell) => squeezeText(cell.text)).filter((text) => text !== '');
  const meant = texts.filter((text) => wordOf(STATE, text)?.how === 'exact');
  const says = meant.length >= texts.length * 0.6 && meant.some((text) => OF_ENTERPRISES.test(text));
  return says ? STATE : null;
}

function stemIndex(): Map<string, Target> {
  const found = new Map<string, Target>();
  const doubled = new Set<string>();
  for (const target of TARGETS) {
    for (const heading of target.headings) {
      const stem = stemOf(heading);
      if ([...stem].length < 2) continue;
      const known = found.get(stem);
      if (known && known !== target) doubled.add(stem);
      else found.set(stem, target);
    }
  }
  for (const stem of doubled) found.delete(stem);
  return found;
}

const STEMS = stemIndex();

/** The target one of whose headings has the same stem; null where two have. @param heading in its normal form */
export function stemTarget(heading: string): Target | null {
  for (const part of [heading, ...alternatives(heading)]) {
    const found = STEMS.get(stemOf(part));
    if (found) return found;
  }
  return null;
}
