// The conflicts as a list: groups, what was decided here and now, and where the cursor goes next.
import type { ConflictItem } from '../../../contract/handoff.ts';

/** A decision made on this page since it was opened: it stays in sight and can be taken back. */
export interface Decided {
  item: ConflictItem;
  actionId: string;
  dot: string | null;
  said: string;
  /** Taken back: the value from before is shown again, and the line says so. */
  undone: boolean;
}

export type GroupId = 'must' | 'may' | 'waiting';

/** A line: open when `decided` is null. */
export interface ConflictLine {
  item: ConflictItem;
  decided: Decided | null;
}

/** A group of lines; `open` of them are still to be decided. */
export interface ConflictGroup {
  id: GroupId;
  title: string;
  open: number;
  lines: ConflictLine[];
}

const TITLES: Readonly<Record<GroupId, string>> = { must: '必须决定', may: '建议看一眼', waiting: '等待数据' };

/** Which group an item belongs to. */
export const groupOf = (item: ConflictItem): GroupId => (item.waiting ? 'waiting' : item.level);

const byPlace = (a: ConflictLine, b: ConflictLine): number =>
  a.item.enterpriseName.localeCompare(b.item.enterpriseName, 'zh-CN') ||
  a.item.title.localeCompare(b.item.title, 'zh-CN') ||
  (a.item.rowId < b.item.rowId ? -1 : a.item.rowId > b.item.rowId ? 1 : a.item.field < b.item.field ? -1 : 1);

/** Groups with lines, in the order must, may, waiting. What is open again (its decision was undone) is no longer decided. */
export function conflictGroups(
  items: readonly ConflictItem[],
  decided: readonly Decided[],
  withDecided: boolean,
): ConflictGroup[] {
  const open = new Set(items.map((item) => item.id));
  const lines: ConflictLine[] = [
    ...items.map((item) => ({ item, decided: null })),
    ...(withDecided
      ? decided.filter((one) => !open.has(one.item.id)).map((one) => ({ item: one.item, decided: one }))
      : []),
  ];
  return (['must', 'may', 'waiting'] as const)
    .map((id) => {
      const own = lines.filter((line) => groupOf(line.item) === id).sort(byPlace);
      return { id, title: TITLES[id], open: own.filter((line) => !line.decided).length, lines: own };
    })
    .filter((group) => group.lines.length > 0);
}

/**
 * The line to go to with U: the next one after `from` that must be decided, else the next that may, around the end.
 * Null when no other is left.
 */
export function nextOpen(lines: readonly ConflictLine[], from: number): number | null {
  for (const level of ['must', 'may'] as const) {
    for (let step = 1; step < lines.length; step += 1) {
      const at = (Math.max(0, from) + step) % lines.length;
      const line = lines[at];
      if (line && !line.decided && groupOf(line.item) === level) return at;
    }
  }
  return null;
}

/** Villages or fields that occur, for the filters. */
export function occurring(items: readonly ConflictItem[], of: (item: ConflictItem) => string): string[] {
  return [...new Set(items.map(of).filter(Boolean))].sort((a, b) => a.localeCompare(b, 'zh-CN'));
}

/** `3 项要决定，12 项按规则处理`. */
export function outcomeText(counts: { must: number; may: number; waiting: number }): string {
  const parts = [
    counts.must ? `${counts.must} 项要决定` : '',
    counts.may ? `${counts.may} 项已按规则处理，建议看一眼` : '',
    counts.waiting ? `${counts.waiting} 项等对方的数据` : '',
  ].filter(Boolean);
  return parts.length ? parts.join('，') : '两边没有冲突';
}
