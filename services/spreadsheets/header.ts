// Where the headings of a sheet are: the row that scores best among the first fifteen, and the levels above and below it.
import { normaliseHeading, squeezeText } from '../../domain/values/text.ts';
import type { ReadCell } from './cell.ts';
import { EMPTY_CELL } from './cell.ts';
import type { Merge, ReadSheet } from './sheet.ts';

/** Rows looked at for headings, and levels that merged headings may have. */
const SEARCHED_ROWS = 15;
const MAX_LEVELS = 3;

/** Signature lines and titles around a table; they are no headings even where they stand in several cells. */
const SIGNATURE =
  /^(?:填表|填报|制表|编制|审核|审批|复核|上报|报送|校对|统计)(?:人员?|单位|部门|日期|时间|负责人)?(?:\(?(?:签字|签名|签章|盖章)\)?)?(?:$|[:：])/u;
const LABELLED =
  /^(?:单位|日期|时间|负责人|单位负责人|分管领导|联系人|联系电话|电话|备注|注|附注|附|说明|填表说明|填报说明|注意事项|盖章|公章|签字|签名)(?:\((?:盖章|公章|签字|签名|签章)\))?[:：]/u;
const TITLE =
  /(?:台账|汇总表|一览表|登记表|统计表|情况表|调查表|明细表|信息表|清单|名单|名录|目录)(?:\(.*\))?$|^\d{4}年/u;

/** Is this the label of a line around the table (`填表人：张三`, `备注：…`)? */
export function isNoteText(text: string): boolean {
  const squeezed = squeezeText(text);
  return SIGNATURE.test(squeezed) || LABELLED.test(squeezed);
}

/** Units and instructions that stand in a row of their own below the headings. */
const HINT =
  /^(?:[(（].{1,30}[)）]|家|个|人|名|岁|台|套|座|吨|t|t\/a|吨\/年|kg|公斤|千克|万?元|平方米|㎡|m[23²³]|立方米|亩|公里|年月日?|日期|h|小时|%|必填|选填|可不填|必填项|下拉选择|自动生成|同上|〃)$/iu;

/** How a column is to be filled in: 18位, 4位数字, 与营业执照一致, 请填写…, 格式如… */
const INSTRUCTION = new RegExp(
  [
    String.raw`^(?:\d+位|(?:必|选|可不?|自动|无需|不)填|必须|请|按|下拉|从下拉|单选|多选|填写|填报|格式|不超过|最多|填)`,
    String.raw`^(?:例如?[:：,，]|如[:：]?\S|与.{2,20}(?:一致|相同)|文本|数字|日期|YYYY)`,
    String.raw`^.{0,12}(?:一致|格式|为准|代替|隔开|全称)$`,
    String.raw`^(?:required|optional|mandatory|select(?:one|from.*)?|choose.*|drop-?down(?:list)?)$`,
    String.raw`^(?:free-?text|auto(?:matic)?|(?:same)?asabove)$`,
    String.raw`^\d+-?(?:digits?|chars?|characters?)$`,
  ].join('|'),
  'iu',
);

const isHint = (cell: ReadCell): boolean => {
  const text = squeezeText(cell.text);
  return cell.kind === 'text' && (HINT.test(text) || INSTRUCTION.test(text));
};

/** Does a row below the headings only say in what units, or how, the columns are to be filled? One cell may be a value shown. */
export function isHintRow(cells: readonly ReadCell[]): boolean {
  const filled = cells.filter((cell) => cell.kind !== 'empty');
  const hints = filled.filter(isHint).length;
  return hints > 0 && (hints === filled.length || (hints >= 3 && hints >= filled.length * 0.75));
}

const SAMPLE =
  /^[(（【[]?(?:示例|样例|范例|举例|填写示例|例如|例|example|sample|e\.g\.?)(?:\d{0,2}[)）】\]:：]|$)|^e\.g\.\S/iu;
/** A name or a code that is made up to show the form of one. */
const PLACEHOLDER = /某某|××|示例|样例|X{6,}|\*{6,}|x{6,}/u;

/** Is a row right below the headings an example of how to fill it in: 例：…, or a made-up name with a made-up code? */
export function isSampleRow(cells: readonly ReadCell[]): boolean {
  const texts = cells.filter((cell) => cell.kind === 'text').map((cell) => squeezeText(cell.text));
  return (
    texts.slice(0, 3).some((text) => SAMPLE.test(text)) || texts.filter((text) => PLACEHOLDER.test(text)).length >= 2
  );
}

/** The headings that were found; indexes are those of the sheet's `rows`. */
export interface Header {
  readonly first: number;
  readonly last: number;
  /** For each column, its headings from the outermost to the innermost level, without repeats. */
  readonly levels: readonly (readonly string[])[];
  /** Columns that only widen the heading at their left. */
  readonly continued: ReadonlySet<number>;
}

interface Grid {
  readonly sheet: ReadSheet;
  readonly width: number;
  own: (row: number, column: number) => ReadCell;
  mergeAt: (row: number, column: number) => Merge | undefined;
}

const shown = (cell: ReadCell): string =>
  cell.text.replace(/(?<!\s)\s*\n\s*/g, '').replace(/(?<=\p{Script=Han})\s+(?=\p{Script=Han})/gu, '');

function gridOf(sheet: ReadSheet): Grid {
  const width = sheet.columnNumbers.length;
  const near = sheet.merges.filter((merge) => merge.firstRow < SEARCHED_ROWS + MAX_LEVELS);
  const covers = new Map<number, Merge>();
  for (const merge of near) {
    const lastRow = Math.min(merge.lastRow, SEARCHED_ROWS + MAX_LEVELS);
    for (let r = merge.firstRow; r <= lastRow; r += 1) {
      for (let c = merge.firstColumn; c <= Math.min(merge.lastColumn, width - 1); c += 1)
        covers.set(r * width + c, merge);
    }
  }
  const mergeAt = (row: number, column: number): Merge | undefined => covers.get(row * width + column);
  const own = (row: number, column: number): ReadCell => {
    const merge = mergeAt(row, column);
    if (merge !== undefined && (merge.firstRow !== row || merge.firstColumn !== column)) return EMPTY_CELL;
    return sheet.rows[row]?.[column] ?? EMPTY_CELL;
  };
  return { sheet, width, own, mergeAt };
}

const columnsOf = (grid: Grid, row: number): number[] =>
  Array.from({ length: grid.width }, (_, c) => c).filter((c) => grid.own(row, c).kind !== 'empty');

const spanOf = (merge: Merge | undefined): number =>
  merge === undefined ? 1 : merge.lastColumn - merge.firstColumn + 1;

/** A heading over the columns of one table, not the title over all of them. */
function isGroupText(grid: Grid, row: number, column: number): boolean {
  const text = squeezeText(grid.own(row, column).text);
  if (text === '' || (/[:：]/u.test(text) && isNoteText(text)) || TITLE.test(text)) return false;
  return spanOf(grid.mergeAt(row, column)) <= Math.max(3, grid.width * 0.8);
}

/** The column whose heading in `row` stands over `column`: its merge, or in an unmerged sheet the next text at the left. */
function ownerOf(grid: Grid, row: number, column: number): number {
  const merge = grid.mergeAt(row, column);
  if (merge !== undefined) return merge.firstRow <= row ? merge.firstColumn : -1;
  for (let c = column; c >= 0; c -= 1) {
    if (grid.mergeAt(row, c) !== undefined) return c === column ? c : -1;
    if (grid.own(row, c).kind !== 'empty') return c;
  }
  return -1;
}

/** Is `row` the level of headings below `row - 1`? Every text in it must stand under a heading that spans columns. */
function isLowerLevel(grid: Grid, row: number, score: (heading: string) => number): boolean {
  const { sheet } = grid;
  const upper = row - 1;
  if (upper < 0 || row >= sheet.rows.length || (sheet.rowNumbers[row] ?? 0) !== (sheet.rowNumbers[upper] ?? 0) + 1)
    return false;
  const above = columnsOf(grid, upper);
  if (above.length < 2 || !above.every((c) => isGroupText(grid, upper, c))) return false;
  const texts = columnsOf(grid, row);
  if (texts.length === 0 || texts.some((c) => grid.own(row, c).kind !== 'text')) return false;
  const under = new Set(texts);
  // Beside merged headings one may stand over a single column: 环评 over 批复文号.
  let [merged, lone] = [0, 0];
  for (const column of texts) {
    const owner = ownerOf(grid, upper, column);
    if (owner < 0 || grid.own(upper, owner).kind === 'empty') return false;
    const merge = grid.mergeAt(upper, owner);
    if (merge !== undefined) {
      if (merge.lastRow > upper || spanOf(merge) < 2) return false;
      merged += 1;
    } else if (owner === column && !(under.has(column + 1) && grid.own(upper, column + 1).kind === 'empty')) lone += 1;
  }
  if (lone > 0 && lone * 2 > merged) return false;
  if (merged > 0) return true;
  // without merged cells: some heading must go down to this level by itself, and the texts must be known headings
  return above.some((c) => !under.has(c)) && texts.some((c) => score(normaliseHeading(grid.own(row, c).text)) > 0);
}

function textAt(grid: Grid, row: number, column: number, last: number): string {
  const merge = grid.mergeAt(row, column);
  if (merge !== undefined) return shown(grid.sheet.rows[merge.firstRow]?.[merge.firstColumn] ?? EMPTY_CELL);
  const own = grid.own(row, column);
  if (own.kind !== 'empty' || row === last) return shown(own);
  // an unmerged parent goes on to the right as far as there are children and no heading of another merge
  const hasChild = Array.from({ length: last - row }, (_, i) => row + 1 + i).some(
    (r) => grid.own(r, column).kind !== 'empty',
  );
  const owner = hasChild ? ownerOf(grid, row, column) : -1;
  return owner < 0 ? '' : shown(grid.own(row, owner));
}

/** Without known headings: the first row of distinct short texts that fills most of the columns and has rows below it. */
function likelyRow(grid: Grid): number {
  const { rows } = grid.sheet;
  for (let row = 0; row < Math.min(SEARCHED_ROWS, rows.length - 1); row += 1) {
    const filled = columnsOf(grid, row);
    if (filled.length < 2 || filled.length < grid.width * 0.6) continue;
    const texts = filled
      .map((c) => grid.own(row, c))
      .map((cell) => (cell.kind === 'text' ? squeezeText(cell.text) : ''));
    const isHeading = texts.every((text) => text !== '' && text.length <= 30 && !/^[\d.,-]+$/.test(text));
    if (isHeading && new Set(texts).size === texts.length && !texts.every(isNoteText)) return row;
  }
  return -1;
}

/**
 * Finds the headings of a sheet; where `score` knows none, a row that looks like headings; else null.
 * @param score how well a normalised heading is known; 0 for not at all.
 */
export function findHeader(sheet: ReadSheet, score: (heading: string) => number): Header | null {
  const grid = gridOf(sheet);
  let best = { row: -1, hits: 0, sum: 0 };
  for (let row = 0; row < Math.min(SEARCHED_ROWS, sheet.rows.length); row += 1) {
    const headings = new Set(columnsOf(grid, row).map((c) => normaliseHeading(grid.own(row, c).text)));
    // a sheet of one or two columns may have one heading; elsewhere a lone known word is a remark
    if (headings.size < 2 && grid.width > 2) continue;
    const scores = [...headings].map(score).filter((value) => value > 0);
    const sum = scores.reduce((total, value) => total + value, 0);
    if (scores.length > best.hits || (scores.length === best.hits && sum > best.sum))
      best = { row, hits: scores.length, sum };
  }
  // One known word below a row that looks like headings is a value: a list of equipment may say 喷漆房.
  const likely = best.hits <= 1 && grid.width > 1 ? likelyRow(grid) : -1;
  const base = best.hits > 0 && !(likely >= 0 && likely < best.row) ? best.row : likelyRow(grid);
  if (base < 0) return null;
  let [first, last] = [base, base];
  while (last - first + 1 < MAX_LEVELS && isLowerLevel(grid, last + 1, score)) last += 1;
  while (last - first + 1 < MAX_LEVELS && isLowerLevel(grid, first, score)) first -= 1;
  const continued = new Set<number>();
  const levels = Array.from({ length: grid.width }, (_, column) => {
    const texts: string[] = [];
    for (let row = first; row <= last; row += 1) {
      const text = textAt(grid, row, column, last);
      if (text !== '' && texts.at(-1) !== text) texts.push(text);
    }
    const merge = grid.mergeAt(last, column);
    if (merge !== undefined && column > merge.firstColumn) continued.add(column);
    return texts;
  });
  return { first, last, levels, continued };
}
