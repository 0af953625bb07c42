// Recognises the columns of a register: which field each one fills, and how that was found out (domain reference 6.1).
import { normaliseHeading, squeezeText } from '../values/text.ts';
import type { RegisterCell } from './cell.ts';
import { isPlausible, lookAtColumn, placeByLook, targetByLook, type ColumnLook } from './column-values.ts';
import { levelsOf } from './heading-levels.ts';
import { placeHeading, stateByWords, stateQuestion, stemTarget } from './heading-stems.ts';
import { fieldOf, PEOPLE, registerKind, SUBJECT } from './kinds.ts';
import type { CellReading } from '../dictionary/field.ts';
import type { ProfileHeading } from './profiles.ts';
import { AREA_FIELDS } from './row-content.ts';
import {
  containedTargets,
  headingTarget,
  isIgnoredHeading,
  sharedTargets,
  targetOf,
  TARGETS,
  type Target,
} from './targets.ts';
import { knowsNoWord, saysNothingButNumbers } from './words.ts';

/** A column as it stands in the sheet. */
export interface SourceColumn {
  readonly index: number;
  /** Heading as written; levels of a merged heading joined with `/`. */
  readonly heading: string;
  /** Cells below it, top down. */
  readonly cells: () => Iterable<RegisterCell>;
}

/** How a column was recognised; the contract's words. */
export type Recognition =
  'exact' | 'synonym' | 'stem' | 'contains' | 'values' | 'profile' | 'remembered' | 'chosen' | 'ignored' | 'none';

/**
 * A recognised column. `slot` tells several of one kind apart: 1 and 2 for 联系人 and 联系人2, and the slots of people whose
 * heading says who they are.
 */
export interface MappedColumn {
  readonly index: number;
  readonly heading: string;
  readonly target: Target | null;
  readonly how: Recognition;
  readonly slot: number;
  /** What the profile takes an unrecognised column for, to be confirmed. */
  readonly proposed?: string;
}

/** What is known beforehand about columns. */
export interface MappingHints {
  /** A person's choice by column index; null: do not import. */
  readonly chosen: ReadonlyMap<number, string | null>;
  /** Earlier choices for this client by normalised heading; null: do not import. */
  readonly remembered: ReadonlyMap<string, string | null>;
  /** Headings of the profile of the ledger, in their normal form. */
  readonly profile: ReadonlyMap<string, ProfileHeading>;
  /** Headings that the profile only guesses: proposed for columns that nothing else recognises. */
  readonly guessed?: ReadonlyMap<string, ProfileHeading>;
}

interface Candidate {
  column: number;
  target: Target | null;
  how: Recognition;
  slot: number;
  points: number;
}

const TIER: Readonly<Record<string, number>> = {
  chosen: 7e6,
  remembered: 6e6,
  profile: 5.5e6,
  exact: 5e6,
  synonym: 4e6,
  stem: 3.5e6,
  contains: 3e6,
  values: 2e6,
};

/** Slots of people whose heading says who they are; above those that a number in the heading gives. */
export const LEGAL_SLOT = 103;
export const MANAGER_SLOT = 104;
const MANAGER = /环保|EHS|安环/iu;

const NUMBERS = '123456789';
const HAN_NUMBERS = '一二三四五六七八九';

/** `联系人2`, `电话(二)`: the heading without its number, and the number. */
function withoutNumber(heading: string): { base: string; slot: number } {
  const match = /^(.*?\p{Script=Han})(?:[(（]?([1-9一二三四五六七八九])[)）]?)$/u.exec(heading);
  if (!match?.[1] || !match[2]) return { base: heading, slot: 1 };
  return { base: match[1], slot: Math.max(NUMBERS.indexOf(match[2]), HAN_NUMBERS.indexOf(match[2])) + 1 };
}

/** 联系人二 over 姓名 and 联系电话: which of several alike the columns below it are; null for a heading without a number. */
function groupNumber(heading: string): number | null {
  const group = normaliseHeading(levelsOf(heading).at(-2) ?? '');
  const { base, slot } = withoutNumber(group);
  return base === group ? null : slot;
}

/** Kinds of which a row may hold several, each in columns of its own. */
const maySeveral = (target: Target): boolean => registerKind(target.entity)?.facet.several === true;
const isPeople = (target: Target): boolean => PEOPLE !== null && target.entity === PEOPLE.entity.name;
const peopleTarget = (reading: 'phone', nth: number): Target | null =>
  TARGETS.filter((t) => isPeople(t) && t.meta.cell === reading)[nth] ?? null;
const REMARK = TARGETS.find((t) => t.meta.cell === 'remark') ?? null;
const areaTarget = (level: keyof typeof AREA_FIELDS): Target | null =>
  targetOf(`${SUBJECT.name}.${AREA_FIELDS[level]}`);

/** The forms in which a joined heading is tried, with points for how much of it is used. */
function formsOf(heading: string): { text: string; points: number }[] {
  const whole = normaliseHeading(heading);
  const levels = levelsOf(heading)
    .map(normaliseHeading)
    .filter((l) => l !== '');
  const leaf = levels.at(-1) ?? '';
  const forms = [{ text: whole, points: 900 }];
  if (levels.length > 1) {
    forms.push(
      { text: levels.slice(-2).join(''), points: 800 },
      { text: levels.join(''), points: 700 },
      { text: leaf, points: 600 },
    );
  }
  return forms;
}

/**
 * Does a column only count rows? 编号 does; below 排污许可 it does so only where it holds nothing but small numbers, else it
 * is the number of the permit.
 */
function countsRows({ heading, cells }: SourceColumn): boolean {
  const levels = levelsOf(heading)
    .map(normaliseHeading)
    .filter((l) => l !== '');
  if (!isIgnoredHeading(levels.at(-1) ?? '')) return false;
  if (levels.length === 1) return true;
  for (const cell of cells()) if (!/^\d{0,6}$/.test(squeezeText(cell.text))) return false;
  return true;
}

/** The people's column that a heading means, or null. */
const peopleReading = (heading: string): CellReading | null => {
  const leaf = normaliseHeading(levelsOf(heading).at(-1) ?? '');
  const target = headingTarget(leaf)?.target ?? stemTarget(leaf);
  return target && isPeople(target) ? (target.meta.cell ?? null) : null;
};

/**
 * Where several names each have a phone right behind them, the phone is that person's: the slots of both by column. People
 * whose group says which they are (联系人二) stay what it says.
 */
function pairedPeople(columns: readonly SourceColumn[]): Map<number, number> {
  const pairs = columns.flatMap((column, n) => {
    const next = columns[n + 1];
    const isPair = peopleReading(column.heading) === 'person' && next && peopleReading(next.heading) === 'phone';
    return isPair && groupNumber(column.heading) === null ? [[column, next] as const] : [];
  });
  if (pairs.length < 2) return new Map();
  const manager = pairs.find(([{ heading }]) => MANAGER.test(heading));
  return new Map(
    pairs.flatMap((pair, n) => pair.map(({ index }) => [index, pair === manager ? MANAGER_SLOT : n + 1] as const)),
  );
}

function candidatesOf(
  column: SourceColumn,
  look: ColumnLook,
  hints: MappingHints,
  pairs: ReadonlyMap<number, number>,
): Candidate[] {
  const index = column.index;
  const at = (target: Target | null, how: Recognition, points: number, slot = 1): Candidate => ({
    column: index,
    target,
    how,
    slot,
    points: (TIER[how] ?? 0) + points,
  });
  const isManager = MANAGER.test(column.heading);
  const paired = pairs.get(index);
  const slotted = (target: Target, slot: number): number => (isPeople(target) && isManager ? MANAGER_SLOT : slot);
  if (hints.chosen.has(index)) {
    const chosen = hints.chosen.get(index) ?? null;
    return [at(chosen === null ? null : targetOf(chosen), 'chosen', 0)];
  }
  const forms = formsOf(column.heading);
  const whole = forms[0]?.text ?? '';
  const remembered = hints.remembered.get(whole);
  if (remembered !== undefined) return [at(remembered === null ? null : targetOf(remembered), 'remembered', 0)];
  const inProfile = hints.profile.get(whole) ?? hints.profile.get(forms.at(-1)?.text ?? '');
  const counts = isIgnoredHeading(forms.at(-1)?.text ?? '');
  if (countsRows(column)) return [];

  const found: Candidate[] = [];
  const legal =
    /法人|法定代表人|负责人|经营者|企业主/.test(whole) &&
    !/环保|EHS|安全/.test(whole) &&
    /(?:电话|手机|手机号|联系方式|号码)$/u.test(whole);
  if (legal) {
    const mobile = peopleTarget('phone', 0);
    if (mobile && isPlausible(mobile, look)) found.push(at(mobile, 'contains', 500, LEGAL_SLOT));
    return found;
  }
  const numbered = groupNumber(column.heading);
  const add = (target: Target, how: Recognition, points: number, given: number): void => {
    if (paired !== undefined && isPeople(target)) return void found.push(at(target, how, points, paired));
    const slot = isPeople(target) && given === 1 ? (numbered ?? 1) : given;
    found.push(at(target, how, points, slotted(target, slot)));
    // A second column of people or phones makes a second contact; a second one of phones is first taken for the landline.
    if (!isPeople(target) || isManager || (slot !== 1 && numbered === null)) return;
    const landline = target === peopleTarget('phone', 0) ? peopleTarget('phone', 1) : null;
    if (landline) found.push(at(landline, how, points - 1, slot));
    if (numbered === null) found.push(at(target, how, points - 2, 2));
  };
  for (const form of counts ? forms.slice(0, -1) : forms) {
    const { base, slot } = withoutNumber(form.text);
    for (const [text, n] of base === form.text
      ? [[form.text, 1] as const]
      : [[form.text, 1] as const, [base, slot] as const]) {
      const known = headingTarget(text);
      if (!known) continue;
      // A second number only makes sense where there may be two.
      if (n > 1 && !maySeveral(known.target)) continue;
      add(known.target, known.how, form.points, n);
    }
  }
  const leaf = forms.at(-1)?.text ?? '';
  if (SITE_NAME && SITE_NAMED.test(leaf)) found.push(at(SITE_NAME, 'synonym', 300));
  if (inProfile !== undefined) {
    const target = targetOf(inProfile.target);
    if (target && inProfile.kept) found.push(at(target, 'profile', 0, KEPT_SLOT));
    else if (target) add(target, 'profile', 0, 1);
  }
  found.push(...stemCandidates(whole, leaf, look, at, slotted));
  const inner = counts
    ? forms.slice(0, 2).map((form) => form.text)
    : [forms.at(-1)?.text ?? '', ...(forms.length > 1 ? [forms[1]?.text ?? ''] : [])];
  inner.forEach((text, i) => {
    const { base, slot } = withoutNumber(text);
    for (const c of containedTargets(base).filter(({ target }) => target.meta.cell !== 'name' || isNamed(base, look)))
      add(c.target, 'contains', c.score - i * 50, maySeveral(c.target) ? slot : 1);
  });
  const byLook = targetByLook(look, whole);
  const looked =
    (byLook?.meta.cell === 'name' && NOT_NAMED.test(whole) ? null : byLook) ?? stateByWords(leaf, column.cells());
  if (looked) found.push(at(looked, 'values', look.filled > 0 ? 1 : 0));
  // What the profile has a guess for is asked, not taken for the nearest thing.
  const isGuessed = hints.guessed?.has(leaf) === true;
  return found
    .filter(
      (c) =>
        c.target &&
        !(isGuessed && LOOSE.has(c.how)) &&
        isPlausible(c.target, look) &&
        !(c.how !== 'exact' && saysNothingButNumbers(c.target, column.cells())),
    )
    .map((c) =>
      c.target && knowsNoWord(c.target, column.cells())
        ? { ...c, points: c.points - (c.how === 'exact' ? WORDLESS_LABEL : WORDLESS) }
        : c,
    );
}

/** Codes and numbers that the source gave: by them its next list is found again. */
const SOURCE_CODE = /^(?:.{2,}(?:编码|编号|代码|ID|流水号)|档案号|案卷号|系统号)$/u;

/** Beside a better name of the enterprise these name the site; alone they are its name. */
const SITE_NAMED = /^(?:污染源|排污点|点源|厂区|分厂|生产场所|经营场所|场所|门店)名称?$/u;
const SITE_NAME = targetOf(`${SUBJECT.name}.siteName`);

/** What registers list by name or 单位; of other names (设备名称, 点位名称) the values tell. */
const NAMED = /企业|单位|公司|厂|店|户|排污|污染源|产废|受检|被检|经营者|业主|法人|机构|主体|对象|个体/u;
/** Units of measure, and others than the enterprise itself: who does something for it or decides about it (被检查单位 is it). */
const NOT_NAMED = new RegExp(
  [
    '(?<![被受])(?:计量|计价|浓度|数量|金额|货币|主管|管理|监管|监督|审批|批复|审查|审核|备案|编制|环评|环境?评价|评价|评估|评审|验收|' +
      '处置|处理|利用|接收|接受|转移|运输|承运|清运|收运|收集|回收|贮存|监测|检测|化验|采样|供货|供应|供水|供电|施工|设计|' +
      '监理|安装|发证|核发|颁发|维护|运维|维保|运营|治理|咨询|服务|技术|第三方|受托|委托|出租|租赁|产权|上级|牵头|配合|' +
      '执法|检查|巡查|填报|填表|报告|上报|报送|录入|来源|培训|投保|保险|担保|制造|生产商|制造商|收款|付款|开户|证明|下达|指导|' +
      '协作|合作|承接|承办|主办|组织|举办|演练|应急|发布|颁布|发文|来文|收文|印发|制定|起草|出具|签发|出版|销售|经销|代理|' +
      '采购|研发|保管|移交|归档|举报|投诉)(?:单位|公司|企业|机构|厂家|厂商|部门)',
    '(?:生产|制造|供应|设备)(?:厂家|厂商|商)',
  ].join('|'),
  'u',
);

/** May a heading that is no listed one of the name speak of the enterprise? */
const isNamed = (heading: string, look: ColumnLook): boolean =>
  !NOT_NAMED.test(heading) && (NAMED.test(heading) || look.share('enterpriseName') >= 0.3);

/** How far a shared stem stands below a heading inside another. */
const BELOW_CONTAINED = 8e5;

/** Recognitions that a guess of a profile is better than. */
const LOOSE: ReadonlySet<Recognition> = new Set(['stem', 'contains', 'values']);

/** A choice none of whose words stand in the column gives way to any other meaning of its heading. */
const WORDLESS = 3e6;
/** A label gives way to a listed heading alone: 联系人职务 is no name, whatever it says. */
const WORDLESS_LABEL = 1.8e6;

type At = (target: Target | null, how: Recognition, points: number, slot?: number) => Candidate;

/** What the stem of a heading says: a level of territory, a question about the state, or a heading in other words. */
function stemCandidates(
  whole: string,
  leaf: string,
  look: ColumnLook,
  at: At,
  slotted: (target: Target, slot: number) => number,
): Candidate[] {
  const found: Candidate[] = [];
  for (const [n, text] of (whole === leaf ? [whole] : [whole, leaf]).entries()) {
    const place = placeHeading(text);
    const values = placeByLook(look);
    const level = place === 'byValues' || (place !== null && values === 'above') ? values : place;
    if (level === 'village' || level === 'town') found.push(at(areaTarget(level), 'stem', 400 - n));
    else if (level === 'above') found.push(at(REMARK, 'stem', 400 - n, KEPT_SLOT));
    const question = stateQuestion(text);
    if (question) found.push(at(question.target, 'stem', 300 - n));
    const target = stemTarget(text);
    // A heading that stands whole inside this one says more than a stem that they share.
    if (target) found.push(at(target, 'stem', 200 - n - BELOW_CONTAINED, slotted(target, 1)));
  }
  return found;
}

/** Several columns may be kept in the remark, each with its heading. */
export const KEPT_SLOT = 2;

/** A label that several kinds share belongs to the one that has most of the other columns; a tie leaves it open. */
function settleShared(columns: readonly SourceColumn[], byColumn: Map<number, Candidate>): void {
  const taken = new Set([...byColumn.values()].flatMap((c) => (c.target ? [c.target.key] : [])));
  const weight = (kind: string): number => [...byColumn.values()].filter((c) => c.target?.entity === kind).length;
  for (const column of columns) {
    if (byColumn.has(column.index)) continue;
    const leaf = formsOf(column.heading).at(-1)?.text ?? '';
    const ranked = sharedTargets(leaf)
      .filter((target) => !taken.has(target.key) && isPlausible(target, lookAtColumn(column.cells())))
      .map((target) => ({ target, weight: weight(target.entity) }))
      .sort((a, b) => b.weight - a.weight);
    const [best, next] = ranked;
    if (!best || best.weight === 0 || best.weight === next?.weight) continue;
    taken.add(best.target.key);
    byColumn.set(column.index, { column: column.index, target: best.target, how: 'synonym', slot: 1, points: 0 });
  }
}

/** Columns of the program's own list that it works out itself: they come back with it, and say nothing. */
const COMPUTED = new Set(
  (SUBJECT.list?.columns ?? [])
    .filter((column) => !('path' in column) || (fieldOf(SUBJECT, column.path)?.derived ?? false))
    .map((column) =>
      normaliseHeading(column.label ?? fieldOf(SUBJECT, 'path' in column ? column.path : '')?.label ?? ''),
    ),
);
const isComputed = (heading: string): boolean => COMPUTED.has(formsOf(heading).at(0)?.text.split('/')[0] ?? '');

/** 行业 holding codes is the code, 行业代码 holding names is the name; the same for 代码 of waste. */
function settle(candidate: Candidate, look: ColumnLook): Candidate {
  if (candidate.target?.meta.cell === 'industryName' && look.share('industryCode') >= 0.6) {
    return { ...candidate, target: TARGETS.find((t) => t.meta.cell === 'industryCode') ?? null };
  }
  return candidate;
}

/**
 * Recognises all columns of a table. Never two columns for one field: the better recognition wins, then the one further
 * left; the other may fall back to its next meaning, else it stays without a field (and is listed as unmapped).
 */
export function mapColumns(columns: readonly SourceColumn[], hints: MappingHints): MappedColumn[] {
  const all: Candidate[] = [];
  const pairs = pairedPeople(columns);
  for (const column of columns) {
    const look = lookAtColumn(column.cells());
    all.push(...candidatesOf(column, look, hints, pairs).map((c) => settle(c, look)));
  }
  all.sort((a, b) => b.points - a.points || a.column - b.column);
  const byColumn = new Map<number, Candidate>();
  const taken = new Set<string>();
  for (const candidate of all) {
    if (byColumn.has(candidate.column)) continue;
    if (candidate.target) {
      const place = `${candidate.target.key}#${candidate.slot}`;
      if (taken.has(place) && !(candidate.target === REMARK && candidate.slot === KEPT_SLOT)) continue;
      taken.add(place);
    }
    byColumn.set(candidate.column, candidate);
  }
  settleShared(columns, byColumn);
  const isOwn = [...byColumn.values()].some((c) => c.target?.meta.cell === 'ownNumber');
  return columns.map((column): MappedColumn => {
    const { index, heading } = column;
    const found = byColumn.get(index);
    if (found) return { index, heading, target: found.target, how: found.how, slot: found.slot };
    if (countsRows(column) || (isOwn && isComputed(heading)))
      return { index, heading, target: null, how: 'ignored', slot: 1 };
    const guess = hints.guessed?.get(formsOf(heading).at(-1)?.text ?? '')?.target;
    const free = guess !== undefined && !taken.has(`${guess}#1`);
    if (!free && SOURCE_CODE.test(formsOf(heading).at(-1)?.text ?? ''))
      return { index, heading, target: REMARK, how: 'stem', slot: KEPT_SLOT };
    return { index, heading, target: null, how: 'none', slot: 1, ...(free && { proposed: guess }) };
  });
}
