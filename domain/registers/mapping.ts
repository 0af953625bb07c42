// Recognises the columns of a register: which field each one fills, and how that was found out (domain reference 6.1).
import { normaliseHeading, squeezeText } from '../values/text.ts';
import type { RegisterCell } from './cell.ts';
import { isPlausible, lookAtColumn, targetByLook, type ColumnLook } from './column-values.ts';
import { containedTargets, headingTarget, isIgnoredHeading, targetOf, type Target } from './targets.ts';
import { saysNothingButNumbers } from './words.ts';

/** A column as it stands in the sheet. */
export interface SourceColumn {
  readonly index: number;
  /** Heading as written; levels of a merged heading joined with `/`. */
  readonly heading: string;
  /** Cells below it, top down. */
  readonly cells: () => Iterable<RegisterCell>;
}

/** How a column was recognised; the contract's words. */
export type Recognition = 'exact' | 'synonym' | 'contains' | 'values' | 'remembered' | 'chosen' | 'ignored' | 'none';

/** A recognised column. `slot` tells several of one kind apart: 1 and 2 for 联系人 and 联系人2, 3 for the legal representative, 4 for the environmental manager. */
export interface MappedColumn { readonly index: number; readonly heading: string; readonly target: Target | null; readonly how: Recognition; readonly slot: number }

/** What is known beforehand about columns. */
export interface MappingHints {
  /** A person's choice by column index; null: do not import. */
  readonly chosen: ReadonlyMap<number, string | null>;
  /** Earlier choices for this client by normalised heading; null: do not import. */
  readonly remembered: ReadonlyMap<string, string | null>;
}

interface Candidate { column: number; target: Target | null; how: Recognition; slot: number; points: number }

const TIER: Readonly<Record<string, number>> = { chosen: 7e6, remembered: 6e6, exact: 5e6, synonym: 4e6, contains: 3e6, values: 2e6 };

/** Slots of people whose heading says who they are. */
const LEGAL_SLOT = 3;
const MANAGER_SLOT = 4;

/** `联系人2`, `电话(二)`: the heading without its number, and the number. */
function withoutNumber(heading: string): { base: string; slot: number } {
  const match = /^(.*?\p{Script=Han})(?:[(（]?([1-2１２一二])[)）]?)$/u.exec(heading);
  if (!match?.[1] || !match[2]) return { base: heading, slot: 1 };
  return { base: match[1], slot: '2二'.includes(match[2].normalize('NFKC')) ? 2 : 1 };
}

/** The forms in which a joined heading is tried, with points for how much of it is used. */
function formsOf(heading: string): { text: string; points: number }[] {
  const whole = normaliseHeading(heading);
  const levels = heading.split('/').map(normaliseHeading).filter((l) => l !== '');
  const leaf = levels.at(-1) ?? '';
  const forms = [{ text: whole, points: 900 }];
  if (levels.length > 1) {
    forms.push({ text: levels.slice(-2).join(''), points: 800 }, { text: levels.join(''), points: 700 }, { text: leaf, points: 600 });
  }
  return forms;
}

/** Does a column only count rows? 编号 does; below 排污许可 it does so only where it holds nothing but small numbers, else it is the number of the permit. */
function countsRows({ heading, cells }: SourceColumn): boolean {
  const levels = heading.split('/').map(normaliseHeading).filter((l) => l !== '');
  if (!isIgnoredHeading(levels.at(-1) ?? '')) return false;
  if (levels.length === 1) return true;
  for (const cell of cells()) if (!/^\d{0,6}$/.test(squeezeText(cell.text))) return false;
  return true;
}

function candidatesOf(column: SourceColumn, look: ColumnLook, hints: MappingHints): Candidate[] {
  const index = column.index;
  const at = (target: Target | null, how: Recognition, points: number, slot = 1): Candidate =>
    ({ column: index, target, how, slot, points: (TIER[how] ?? 0) + points });
  const isManager = /环保|EHS|安环/i.test(column.heading);
  const slotted = (target: Target, slot: number): number => (target.entity !== 'contact' ? 1 : isManager ? MANAGER_SLOT : slot);
  if (hints.chosen.has(index)) {
    const chosen = hints.chosen.get(index) ?? null;
    return [at(chosen === null ? null : targetOf(chosen), 'chosen', 0)];
  }
  const forms = formsOf(column.heading);
  const whole = forms[0]?.text ?? '';
  const remembered = hints.remembered.get(whole);
  if (remembered !== undefined) return [at(remembered === null ? null : targetOf(remembered), 'remembered', 0)];
  const counts = isIgnoredHeading(forms.at(-1)?.text ?? '');
  if (countsRows(column)) return [];

  const found: Candidate[] = [];
  const legal = /法人|法定代表人|负责人|经营者|企业主/.test(whole) && !/环保|EHS|安全/.test(whole) && /(?:电话|手机|手机号|联系方式|号码)$/u.test(whole);
  if (legal) {
    const mobile = targetOf('contact.mobile');
    if (mobile && isPlausible(mobile, look)) found.push(at(mobile, 'contains', 500, LEGAL_SLOT));
    return found;
  }
  const add = (target: Target, how: Recognition, points: number, slot: number): void => {
    found.push(at(target, how, points, slotted(target, slot)));
    // A second column of people or phones makes a second contact; a second one of phones is first taken for the landline.
    if (target.entity !== 'contact' || isManager || slot !== 1) return;
    const landline = target.field === 'mobile' ? targetOf('contact.landline') : null;
    if (landline) found.push(at(landline, how, points - 1, 1));
    found.push(at(target, how, points - 2, 2));
  };
  for (const form of counts ? forms.slice(0, -1) : forms) {
    const { base, slot } = withoutNumber(form.text);
    for (const [text, n] of base === form.text ? [[form.text, 1] as const] : [[form.text, 1] as const, [base, slot] as const]) {
      const known = headingTarget(text);
      if (!known) continue;
      // A second number only makes sense where there may be two.
      if (n > 1 && known.target.entity !== 'contact') continue;
      add(known.target, known.how, form.points, n);
    }
  }
  const inner = counts ? forms.slice(0, 2).map((form) => form.text) : [forms.at(-1)?.text ?? '', ...(forms.length > 1 ? [forms[1]?.text ?? ''] : [])];
  inner.forEach((text, i) => {
    const { base, slot } = withoutNumber(text);
    for (const c of containedTargets(base)) add(c.target, 'contains', c.score - i * 50, slot);
  });
  const byLook = targetByLook(look, whole);
  const looked = byLook === null ? null : targetOf(byLook);
  if (looked) found.push(at(looked, 'values', look.filled > 0 ? 1 : 0));
  return found.filter((c) => c.target && isPlausible(c.target, look) && !(c.how !== 'exact' && saysNothingButNumbers(c.target, column.cells())));
}

/** 行业 holding codes is the code, 行业代码 holding names is the name; the same for 代码 of waste. */
function settle(candidate: Candidate, look: ColumnLook): Candidate {
  if (candidate.target?.key === 'enterprise.industryName' && look.share('industryCode') >= 0.6) {
    return { ...candidate, target: targetOf('enterprise.industryCode') };
  }
  return candidate;
}

/**
 * Recognises all columns of a table. Never two columns for one field: the better recognition wins, then the one further
 * left; the other may fall back to its next meaning, else it stays without a field (and is listed as unmapped).
 */
export function mapColumns(columns: readonly SourceColumn[], hints: MappingHints): MappedColumn[] {
  const all: Candidate[] = [];
  for (const column of columns) {
    const look = lookAtColumn(column.cells());
    all.push(...candidatesOf(column, look, hints).map((c) => settle(c, look)));
  }
  all.sort((a, b) => b.points - a.points || a.column - b.column);
  const byColumn = new Map<number, Candidate>();
  const taken = new Set<string>();
  for (const candidate of all) {
    if (byColumn.has(candidate.column)) continue;
    if (candidate.target) {
      const place = `${candidate.target.key}#${candidate.slot}`;
      if (taken.has(place)) continue;
      taken.add(place);
    }
    byColumn.set(candidate.column, candidate);
  }
  return columns.map((column): MappedColumn => {
    const { index, heading } = column;
    const found = byColumn.get(index);
    if (found) return { index, heading, target: found.target, how: found.how, slot: found.slot };
    return { index, heading, target: null, how: countsRows(column) ? 'ignored' : 'none', slot: 1 };
  });
}
