// What the name of a file says: code, number, day, and what paper it is. Nothing is guessed: two papers in one name are none.
import { checkCreditCode } from '../values/credit-code.ts';
import { makeDay } from '../values/calendar.ts';
import { foldText, squeezeText, wholeCharacters } from '../values/text.ts';

/** A paper and the words that tell it. */
export interface PaperWords {
  readonly id: string;
  readonly label: string;
  readonly words: readonly string[];
}

/** What a name says. */
export interface NameRead {
  /** A right code of 18 characters, alone or at the head of a permit's number, and the site that stands in that number. */
  readonly code: string | null;
  readonly siteNo: string | null;
  /** The name as it is compared, without its ending. */
  readonly folded: string;
  /** Papers that it may be: one where it is plain. */
  readonly papers: readonly string[];
  readonly number: string | null;
  readonly day: string | null;
  /** Words that say nothing of the above. */
  readonly rest: readonly string[];
  /** A month or a year, where no day is said. */
  readonly period: string | null;
}

const ENDING = /\.[a-z0-9]{1,5}$/i;
const CODE = /[0-9A-Z]{18}/g;
const PERMIT = /([0-9A-Z]{18})(\d{3})[A-Z]/;
/** 沪浦环保许评〔2021〕12号: what stands before the year, without words that only lead to it. */
const DOCUMENT = /[\p{Script=Han}A-Za-z]{0,14}[〔[(【]\d{4}[〕\])】]\s?第?[\p{Script=Han}A-Za-z]{0,2}\d{1,5}号/u;
const FILING = /(?<!\d)\d{6}-\d{4}-\d{1,4}(?:-[LMH]){1,2}(?![A-Za-z0-9])/i;
const REPORT = /(?<![A-Za-z0-9])[A-Z]{2,8}-?\d{4,}(?:-\d+)*(?![A-Za-z0-9])/;
const DAY = /(?<!\d)((?:19|20)\d{2})(?:[-.年](\d{1,2})[-.月](\d{1,2})日?|(\d{2})(\d{2}))(?!\d)/;
const PERIOD = /(?<!\d)(?:(?:19|20)\d{2}[-.年]\d{1,2}月?|(?:19|20)\d{2}年?(?:度|第?[一二三四1-4]季度)?)(?!\d)/;
const BETWEEN = /[\s_,，、;；+&()[\]（）【】《》"“”.]+|-{1,3}|[—–]+/u;

/** The words of a name without its ending. */
export const stemOf = (name: string): string => name.replace(ENDING, '');

const LEADS = /^.*(?:公司|厂|店|部|中心|批复|意见|许可|报告|决定书|文号|号[:：])/u;

/** The first right code in a text, with the site that a permit's number says. */
function codeIn(text: string): Pick<NameRead, 'code' | 'siteNo'> & { permit: string | null } {
  const [permit, holder, siteNo] = PERMIT.exec(text) ?? [];
  if (permit && holder && siteNo && checkCreditCode(holder).ok) return { code: holder, siteNo, permit };
  const code = (text.match(CODE) ?? []).find((one) => checkCreditCode(one).ok) ?? null;
  return { code, siteNo: null, permit: null };
}

function dayIn(text: string): { day: string; said: string } | null {
  const found = DAY.exec(text);
  if (!found) return null;
  const day = makeDay(Number(found[1]), Number(found[2] ?? found[4]), Number(found[3] ?? found[5]));
  return day ? { day, said: found[0] } : null;
}

/** Papers whose words are the longest ones in a text, and the word. */
function papersIn(text: string, papers: readonly PaperWords[]): { ids: string[]; said: string } {
  let [said, ids] = ['', [] as string[]];
  for (const { id, label, words } of papers)
    for (const word of [label, ...words]) {
      if (word.length < said.length || !text.includes(word)) continue;
      if (word.length > said.length) ids = [];
      said = word;
      if (!ids.includes(id)) ids.push(id);
    }
  return { ids, said };
}

/** Words of the paper that another one's longest word does not cover: 批复 beside 验收意见. */
const otherPapers = (text: string, said: string, papers: readonly PaperWords[]): string[] =>
  said === '' ? [] : papersIn(text.replaceAll(said, ' '), papers).ids;

const documentNumber = (text: string): string | null => DOCUMENT.exec(text)?.[0].replace(LEADS, '') ?? null;

/** Takes words out of a text; they are folded, which changes no length. */
function takenOut(text: string, words: readonly string[]): string {
  let left = text;
  for (const word of words)
    for (let at = foldText(left).indexOf(word); at >= 0 && word !== ''; at = foldText(left).indexOf(word))
      left = `${left.slice(0, at)}_${left.slice(at + word.length)}`;
  return left;
}

/**
 * Reads the name of a file (with its folders, if it has any). `without` is what is known already, the name of the enterprise or its
 * number: its words are no words of a paper.
 */
export function readFileName(name: string, papers: readonly PaperWords[], without: readonly string[] = []): NameRead {
  const plain = squeezeText(stemOf(name).replaceAll('/', ' ').replace(/\s+/g, '_'));
  const folded = foldText(plain);
  const { code, siteNo, permit } = codeIn(plain.toUpperCase());
  let left = takenOut(plain, without);
  if (code) left = left.replace(permit ?? code, '_');
  const { ids, said } = papersIn(left, papers);
  const others = otherPapers(left, said, papers);
  const found = dayIn(left);
  const number = permit ?? documentNumber(left) ?? FILING.exec(left)?.[0] ?? REPORT.exec(left)?.[0] ?? null;
  for (const one of [number, found?.said, said]) if (one) left = left.replace(one, '_');
  const period = found ? null : (PERIOD.exec(left)?.[0] ?? null);
  if (period) left = left.replace(period, '_');
  return {
    ...{ code, siteNo, folded, number, day: found?.day ?? null, period },
    papers: [...ids, ...others.filter((id) => !ids.includes(id))],
    rest: left.split(BETWEEN).filter((word) => word !== ''),
  };
}

/** What scanners and cameras call files: it says nothing to people. */
const DEVICE = /^(?:img|dsc|scan|doc|wechat|mmexport|扫描|扫描件|微信图片|图片|照片|\d+)$/i;

/** Title of a scan: what it is, its number, its day, and what else its name says. */
export function titleOf(
  label: string,
  read: Pick<NameRead, 'number' | 'day' | 'period'>,
  rest: readonly string[],
): string {
  const words = [label, read.number, read.day ?? read.period, ...rest.filter((word) => !DEVICE.test(word))];
  return wholeCharacters(words.filter((word) => !!word).join(' '), 200);
}
