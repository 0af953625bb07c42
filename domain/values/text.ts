// Cleaning of text that people typed or a spreadsheet carried: edges, full-width forms, headings.

/** Characters without width that spreadsheets and web pages leave behind (zero-width, direction marks, BOM, soft hyphen). */
const INVISIBLE = /[\u00AD\u200B-\u200F\u202A-\u202E\u2060-\u2064\uFEFF]/g;
/** Control characters other than tab, line feed and carriage return. */
const CONTROL = /[\u0000-\u0008\u000B\u000C\u000E-\u001F\u007F]/g;

/** Text of which there is nothing to clean, as most cells hold: ASCII without spaces and the common Chinese characters, all of them their own NFKC. */
const CLEAN = /^[!-~\u4E00-\u9FFF]*$/;

/** The text without invisible characters and edge spaces (also full-width ones); nothing inside is changed. */
export function trimEdges(text: string): string {
  return CLEAN.test(text) ? text : text.replace(INVISIBLE, '').replace(CONTROL, '').trim();
}

/** NFKC (full width to half width, `㎡` to `m2`), no invisible characters, no edge spaces. For comparing, not for storing. */
export function normaliseText(text: string): string {
  return CLEAN.test(text) ? text : trimEdges(text.normalize('NFKC'));
}

/** `normaliseText` with every space and line break removed. */
export function squeezeText(text: string): string {
  return CLEAN.test(text) ? text : normaliseText(text).replace(/\s+/gu, '');
}

/** Cell contents that stand for "nothing known" in registers. */
const UNKNOWN_TOKENS = new Set(
  ['无', '不详', '未知', '不清楚', '不明', '暂无', '暂缺', '待定', '待补', '待补充', '待核实', '未提供', '未填', '空', '空白', '略',
    '/', '//', '///', '\\', '-', '--', '---', '—', '——', '–', '_', '.', '*', '?', '??', 'N/A', 'NA', 'NULL', 'NONE', 'NIL', '#N/A'],
);

/** A figure, or more characters that mean something than any token has. */
const MEANINGFUL = /^(?:\d|[A-Za-z\u4E00-\u9FFF]{5})/;

/** Is this one of the tokens by which a register says that it does not know (domain reference 6.2)? Blank text is not one. */
export function isUnknownToken(text: string): boolean {
  return !MEANINGFUL.test(text) && UNKNOWN_TOKENS.has(squeezeText(text).toUpperCase());
}

const UNIT_ATOM =
  '万?(?:吨|千克|公斤|毫克|微克|克|立方米|平方米|立方|平方|平米|公里|千米|厘米|毫米|米|公顷|亩|毫升|升|元|人民币|人次|人|个|家次|家|台|套|件|辆|只|条|块|处|项|次|张|份|倍|' +
  '小时|分钟|天|日|月|年|季度|季|班|千瓦时|千瓦|度|摄氏度|分贝|百分比|无量纲|t|kg|g|mg|μg|ug|ml|l|m3|m2|m\\^?3|m\\^?2|nm3|m|km2|km|cm|mm|ha|h|d|a|min|s|kw|kwh|mw|mpa|kpa|pa|' +
  'db(?:\\(a\\))?|ppm|ppb|%|‰|°c|°|rmb|cny|tce)';
const UNIT = new RegExp(`^(?:单位[:为]?)?(?:万|亿|百万)?(?:${UNIT_ATOM})?(?:[/·.*每-]?(?:${UNIT_ATOM}))*$`, 'iu');
/** Remarks in a heading that say how to fill the column in, not what it is. */
const HEADING_NOTE = /^(?:必填|选填|必填项|选填项|必录|非必填|可选|下拉|下拉选择|单选|多选|文本|数字|日期|自动|自动生成|勿填|不填|请勿修改|例如?[:如].*|如[:].*|格式.*|填写.*|注[:].*|请.*|选择.*|没有填.*|无则.*|单位[:为].*|\d+位|\d+位数字?|18位.*|yyyy.*)$/iu;

/** Length of the bracket group that ends the text, counted from its opening bracket; -1 if the text ends otherwise. */
function lastGroupStart(text: string): number {
  const close = text.at(-1);
  const open = close === ')' ? '(' : close === ']' ? '[' : close === '】' ? '【' : close === '}' ? '{' : undefined;
  if (open === undefined || close === undefined) return -1;
  let depth = 0;
  for (let i = text.length - 1; i >= 0; i -= 1) {
    if (text[i] === close) depth += 1;
    else if (text[i] === open && (depth -= 1) === 0) return i;
  }
  return -1;
}

/** Is this text a unit of measure such as `吨/年`, `m2`, `单位:万元`, `dB(A)`? */
export function isUnitText(text: string): boolean {
  const squeezed = squeezeText(text);
  return squeezed !== '' && UNIT.test(squeezed);
}

/** A heading taken apart: the normal form for matching, and the unit that stood in brackets behind it. */
export interface HeadingParts { heading: string; unit: string | null }

/**
 * Takes a spreadsheet heading apart (domain reference 6.1): NFKC, without spaces, line breaks, `*`, `(必填)` and the unit
 * in brackets. Other brackets belong to the name and stay (`村(居)`). Latin letters become upper case.
 */
export function headingParts(text: string): HeadingParts {
  let rest = squeezeText(text).replace(/[*★☆※]/gu, '').replace(/[〈《]/gu, '(').replace(/[〉》]/gu, ')');
  let unit: string | null = null;
  for (;;) {
    rest = rest.replace(/[:;,.、。]+$/u, '');
    const start = lastGroupStart(rest);
    if (start <= 0) break;
    const inner = rest.slice(start + 1, -1);
    if (inner !== '' && isUnitText(inner)) unit ??= inner.replace(/^单位[:为]?/u, '');
    else if (inner !== '' && !HEADING_NOTE.test(inner)) break;
    rest = rest.slice(0, start);
  }
  rest = rest.replace(/^[([【](?:必填|选填|必填项|选填项)[)\]】]/u, '');
  return { heading: rest.toUpperCase(), unit };
}

/** The normal form of a heading; see {@link headingParts}. Compare it only with headings normalised the same way. */
export function normaliseHeading(text: string): string {
  return headingParts(text).heading;
}

/** Levenshtein distance, counted in characters (code points), given up above `limit` (then `limit + 1`). */
export function editDistance(a: string, b: string, limit = Number.POSITIVE_INFINITY): number {
  const left = [...a];
  const right = [...b];
  if (Math.abs(left.length - right.length) > limit) return limit + 1;
  let previous = Array.from({ length: right.length + 1 }, (_, i) => i);
  for (let i = 1; i <= left.length; i += 1) {
    const current = [i];
    let best = i;
    for (let j = 1; j <= right.length; j += 1) {
      const cost = left[i - 1] === right[j - 1] ? 0 : 1;
      const value = Math.min((previous[j] ?? 0) + 1, (current[j - 1] ?? 0) + 1, (previous[j - 1] ?? 0) + cost);
      current.push(value);
      best = Math.min(best, value);
    }
    if (best > limit) return limit + 1;
    previous = current;
  }
  return previous[right.length] ?? 0;
}
