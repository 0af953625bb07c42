// Cleaning of text that people typed or a spreadsheet carried: edges, full-width forms, headings.

/** Characters without width or ink that spreadsheets and web pages leave behind: marks of direction, fillers, tags. */
const INVISIBLE =
  /[\u00AD\u034F\u061C\u115F\u1160\u180E\u200B-\u200F\u202A-\u202E\u2060-\u206F\u2800\u3164\uFEFF\uFFA0\uFFF0-\uFFFB\u{E0000}-\u{E007F}]/gu;
/** Control characters other than tab, line feed and carriage return, also those of ISO 8859. */
const CONTROL = /[\u0000-\u0008\u000B\u000C\u000E-\u001F\u007F-\u009F]/g;

/** The text without characters that nobody sees; tabs and ends of lines stay. */
export const visibleText = (text: string): string => (isClean(text) ? text : unseen(text));

/**
 * Text of which there is nothing to clean, as most cells hold: ASCII without spaces and the common Chinese characters,
 * all of them their own NFKC.
 */
const CLEAN = /^[!-~\u4E00-\u9FFF]*$/;

/** Texts so long that they are worth remembering: a sheet may say one in many cells. */
const LONG = 400;
const REMEMBERED = 64;

/** The same work for the same long text is done once: a sheet may say one in thousands of cells. */
export function once(work: (text: string) => string): (text: string) => string {
  const known = new Map<string, string>();
  return (text) => {
    if (text.length < LONG) return work(text);
    const before = known.get(text);
    if (before !== undefined) return before;
    if (known.size >= REMEMBERED) known.clear();
    const made = work(text);
    known.set(text, made);
    return made;
  };
}

const isClean = (text: string): boolean => text.length < LONG && CLEAN.test(text);
const unseen = once((text) => text.replace(INVISIBLE, '').replace(CONTROL, ''));
const trimmed = once((text) => unseen(text).trim());
const normalised = once((text) => unseen(text.normalize('NFKC')).trim());
const squeezed = once((text) => normalised(text).replace(/\s+/gu, ''));

/** The text without invisible characters and edge spaces (also full-width ones); nothing inside is changed. */
export function trimEdges(text: string): string {
  return isClean(text) ? text : trimmed(text);
}

/** NFKC (full width to half width, `㎡` to `m2`), no invisible characters, no edge spaces. For comparing, not for storing. */
export function normaliseText(text: string): string {
  return isClean(text) ? text : normalised(text);
}

/** `normaliseText` with every space and line break removed. */
export function squeezeText(text: string): string {
  return isClean(text) ? text : squeezed(text);
}

/** Full-width letters and figures in half width; signs stay, which are Chinese punctuation as often. */
export const halfWidth = (text: string): string =>
  text.replace(/[０-９Ａ-Ｚａ-ｚ]/gu, (sign) => sign.normalize('NFKC'));

const CHARACTERS = new Intl.Segmenter('zh', { granularity: 'grapheme' });

/** The beginning of a text, cut between two characters as people see them and never inside one. */
export function wholeCharacters(text: string, max: number): string {
  if (text.length <= max) return text;
  let end = 0;
  for (const { index, segment } of CHARACTERS.segment(text.slice(0, max + 40))) {
    if (index + segment.length > max) break;
    end = index + segment.length;
  }
  return text.slice(0, end);
}

const OPENING = /[（［｛〔【〖「『《〈[{]/gu;
const CLOSING = /[）］｝〕】〗」』》〉\]}]/gu;
const DASHES = /[‐-―−﹣~～]/gu;
const QUOTES = /[“”„‟‘’‚‛`´′″']/gu;
/** Small letters, figures and common Chinese characters: nothing to fold. */
const FOLDED = /^[0-9a-z\u4E00-\u9FFF]*$/;

/** A text for comparing: half width, one kind of bracket, dash and quote, small letters, no blanks and nothing unseen. */
export function foldText(text: string): string {
  if (FOLDED.test(text)) return text;
  return squeezeText(text)
    .replace(OPENING, '(')
    .replace(CLOSING, ')')
    .replace(DASHES, '-')
    .replace(QUOTES, '"')
    .replace(/[•・‧]/gu, '·')
    .toLowerCase();
}

/** Cell contents that stand for "nothing known" in registers. */
const UNKNOWN_TOKENS = new Set([
  '无',
  '不详',
  '未知',
  '不清楚',
  '不明',
  '暂无',
  '暂缺',
  '待定',
  '待补',
  '待补充',
  '待核实',
  '未提供',
  '未填',
  '未参评',
  '未评级',
  '未评',
  '不参评',
  '空',
  '空白',
  '略',
  '/',
  '//',
  '///',
  '\\',
  '-',
  '--',
  '---',
  '—',
  '——',
  '–',
  '_',
  '.',
  '*',
  '?',
  '??',
  'N/A',
  'NA',
  'NULL',
  'NONE',
  'NIL',
  '#N/A',
]);

/** A figure, or more characters that mean something than any token has. */
const MEANINGFUL = /^(?:\d|[A-Za-z\u4E00-\u9FFF]{5})/;

/** Is this one of the tokens by which a register says that it does not know (domain reference 6.2)? Blank text is not one. */
export function isUnknownToken(text: string): boolean {
  return !MEANINGFUL.test(text) && UNKNOWN_TOKENS.has(squeezeText(text).toUpperCase());
}

const UNIT_ATOM =
  '万?(?:吨|千克|公斤|毫克|微克|克|立方米|平方米|立方|平方|平米|公里|千米|厘米|毫米|米|公顷|亩|毫升|升|元|人民币|人次|人|个|家次|家|台|套|件|辆|只|条|块|处|项|次|张|份|倍|' +
  '小时|分钟|天|日|月|年|季度|季|班|千瓦时|千瓦|度|摄氏度|分贝|百分比|无量纲|' +
  't|kg|g|mg|μg|ug|ml|l|m3|m2|m\\^?3|m\\^?2|nm3|m|km2|km|cm|mm|ha|h|d|a|min|s|kw|kwh|mw|mpa|kpa|pa|' +
  'db(?:\\(a\\))?|ppm|ppb|%|‰|°c|°|rmb|cny|tce)';
const UNIT = new RegExp(`^(?:单位[:为]?)?(?:万|亿|百万)?(?:${UNIT_ATOM})?(?:[/·.*每-]?(?:${UNIT_ATOM}))*$`, 'iu');
/** What is longer is no heading; taking it apart would take time by the square of its length. */
const LONGEST_HEADING = 400;
/** Units may be read in many ways (`ha` or `h`, `a`): each more character doubles the ways, and no unit has as many as these. */
const LONGEST_UNIT = 24;
/** Remarks in a heading that say how to fill the column in, not what it is. */
const HEADING_NOTE = new RegExp(
  String.raw`^(?:必填|选填|必填项|选填项|必录|非必填|可选|下拉|下拉选择|单选|多选|文本|数字|日期|自动|自动生成|勿填|不填|请勿修改|` +
    String.raw`例如?[:如].*|如[:].*|格式.*|填写.*|注[:].*|请.*|选择.*|没有填.*|无则.*|单位[:为].*|\d+位|\d+位数字?|18位.*|yyyy.*)$`,
  'iu',
);

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
  return squeezed !== '' && squeezed.length <= LONGEST_UNIT && UNIT.test(squeezed);
}

/** A heading taken apart: the normal form for matching, and the unit that stood in brackets behind it. */
export interface HeadingParts {
  heading: string;
  unit: string | null;
}

/**
 * Takes a spreadsheet heading apart (domain reference 6.1): NFKC, without spaces, line breaks, `*`, `(必填)` and the unit
 * in brackets. Other brackets belong to the name and stay (`村(居)`). Latin letters become upper case.
 */
export function headingParts(text: string): HeadingParts {
  let rest = squeezeText(text)
    .slice(0, LONGEST_HEADING)
    .replace(/[*★☆※_]/gu, '')
    .replace(/[〈《]/gu, '(')
    .replace(/[〉》]/gu, ')');
  let unit: string | null = null;
  for (;;) {
    rest = rest.replace(/(?<![:;,.、。])[:;,.、。]+$/u, '');
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

/**
 * Levenshtein distance, counted in characters (code points), given up above `limit` (then `limit + 1`). Only as many places as that to
 * either side of the diagonal are looked at.
 */
export function editDistance(a: string, b: string, limit = Number.POSITIVE_INFINITY): number {
  const left = [...a];
  const right = [...b];
  if (Math.abs(left.length - right.length) > limit) return limit + 1;
  const width = Math.min(limit, Math.max(left.length, right.length));
  const far = Number.POSITIVE_INFINITY;
  // The place `k` of a line stands for the column `i + k - width`.
  let previous = Array.from({ length: 2 * width + 1 }, (_, k) => (k < width ? far : k - width));
  for (let i = 1; i <= left.length; i += 1) {
    const current = new Array<number>(2 * width + 1).fill(far);
    for (let j = Math.max(0, i - width); j <= Math.min(right.length, i + width); j += 1) {
      const k = j - i + width;
      const cost = left[i - 1] === right[j - 1] ? 0 : 1;
      const turned = Math.min((previous[k + 1] ?? far) + 1, (current[k - 1] ?? far) + 1);
      current[k] = j === 0 ? i : Math.min(turned, (previous[k] ?? far) + cost);
    }
    if (current.every((value) => value > limit)) return limit + 1;
    previous = current;
  }
  return previous[right.length - left.length + width] ?? 0;
}
