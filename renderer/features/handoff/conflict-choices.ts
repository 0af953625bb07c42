// What can be chosen in a conflict, and how it is said: by its class, and by who stands in which column.
import type { ConflictItem, ConflictSide, Decision } from '../../../contract/handoff.ts';

/** The sides of an item by column; `more` are those beyond two. */
export interface Columns {
  ours: ConflictSide | null;
  theirs: ConflictSide | null;
  more: ConflictSide[];
}

/** One way to decide. `key` is the digit that does it; `edit` opens the field for a value of one's own. */
export interface Choice {
  key: '1' | '2' | '3' | '4';
  label: string;
  title: string;
  side: ConflictSide | null;
  decision: Omit<Decision, 'conflictId' | 'reason'> | null;
  edit: boolean;
}

/** Ours is what this device wrote, else what a colleague of this office wrote, else (both from elsewhere) the first. */
export function columnsOf(item: ConflictItem, office: string): Columns {
  const alone = item.sides.length === 1 ? item.sides[0] : undefined;
  const ours =
    item.sides.find((side) => side.own) ??
    item.sides.find((side) => side.office === office) ??
    (alone ? null : (item.sides[0] ?? null));
  const [theirs = null, ...more] = item.sides.filter((side) => side !== ours);
  return { ours, theirs, more };
}

const SHORT = 12;
const short = (text: string): string => (text.length > SHORT ? `${text.slice(0, SHORT)}…` : text);
const bySide = (side: ConflictSide): Choice['decision'] => ({ dot: side.dot });

function nameOf(side: ConflictSide, office: string, other: ConflictSide | null): string {
  if (other?.office === side.office) return side.person || side.device;
  return side.own || side.office === office ? '本驻点' : side.office;
}

function deletion(item: ConflictItem): Choice[] {
  const gone = item.sides.find((side) => side.value !== null) ?? null;
  const kept = item.sides.find((side) => side.value === null) ?? null;
  const choices: Choice[] = [
    {
      key: '1',
      label: '保留',
      title: '保留这一条，删除不作数',
      side: kept,
      decision: { dot: kept?.dot ?? null, value: null },
      edit: false,
    },
  ];
  if (gone)
    choices.push({
      key: '2',
      label: '删除',
      title: '放入回收站，以后还能恢复',
      side: gone,
      decision: bySide(gone),
      edit: false,
    });
  return choices;
}

/** Ways to decide, in the order of their keys; none while data are missing. */
export function choicesOf(item: ConflictItem, office: string): Choice[] {
  if (item.waiting) return [];
  if (item.class === 'delete-vs-edit') return deletion(item);
  const { ours, theirs } = columnsOf(item, office);
  const choices: Choice[] = [];
  const take = (key: '1' | '2', side: ConflictSide | null, other: ConflictSide | null): void => {
    if (!side) return;
    const name = nameOf(side, office, other);
    const title =
      item.class === 'closed-loop'
        ? `闭环从${name}的“${side.text}”继续`
        : item.class === 'duplicate'
          ? `按${name}：${side.text}`
          : `用${name}的“${short(side.text)}”`;
    choices.push({
      key,
      label: item.class === 'duplicate' ? short(side.text) : name,
      title,
      side,
      decision: bySide(side),
      edit: false,
    });
  };
  take('1', ours, theirs);
  take('2', theirs, ours);
  if (item.class === 'closed-loop' || item.class === 'duplicate') return choices;
  if (item.merged !== null)
    choices.push({
      key: '4',
      label: '合并',
      title: '两边改的不是同一段，合在一起',
      side: null,
      decision: { dot: null, value: item.merged },
      edit: false,
    });
  choices.push({ key: '3', label: '改写', title: '另填一个值', side: null, decision: null, edit: true });
  return choices;
}

/** What happened, in one sentence, and what is shown until somebody decides. */
export function storyOf(item: ConflictItem): { what: string; meanwhile: string } {
  const shown = item.sides.find((side) => side.shown);
  const until = shown ? `未决定前先按“${short(shown.text)}”显示` : '';
  const papers = item.level === 'must' && item.enterpriseId ? '，该企业的报告暂不能出' : '';
  switch (item.class) {
    case 'text':
      return item.merged !== null
        ? { what: '两边改的不是同一段，可以合在一起。', meanwhile: `${until}（较晚填写的一方）${papers}。` }
        : { what: '两边改了同一段文字，互相没看到。', meanwhile: `${until}（较晚填写的一方）${papers}。` };
    case 'delete-vs-edit':
      return { what: '一边删除，另一边同时还在填写。', meanwhile: `未决定前先保留${papers}。` };
    case 'closed-loop':
      return {
        what: '两边各自办理了这个问题，互相没看到。',
        meanwhile: shown
          ? `未决定前按办得较少的“${shown.text}”显示${papers}。`
          : `未决定前按办得较少的一方显示${papers}。`,
      };
    case 'duplicate':
      return { what: '可能重复，两边各建了一份。', meanwhile: '未决定前两份都在。' };
    case 'resolution-disagrees':
      return { what: '两边都作过决定，结果不一样。', meanwhile: `${until}（较晚决定的一方）${papers}。` };
    case 'waiting':
      return { what: '缺少依据，收到对方的交换包后自动判定。', meanwhile: '现在不用处理。' };
    default:
      return { what: '两边都改过，互相没看到。', meanwhile: `${until}（较晚填写的一方）${papers}。` };
  }
}

/** What the column says when this side wrote nothing on the field. */
export const absentText = (item: ConflictItem): string =>
  item.waiting ? '缺少依据' : item.class === 'delete-vs-edit' ? '继续填写' : '';

/** Title of the other column: the office, when all have the same one. */
export function otherTitle(items: readonly ConflictItem[], office: string): string {
  const names = new Set(
    items.map((item) => columnsOf(item, office).theirs?.office).filter((name) => name !== undefined && name !== office),
  );
  return names.size === 1 ? ([...names][0] ?? '对方') : '对方';
}
