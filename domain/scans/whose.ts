// Whose a file is by its name: code, number of the office, name, former name; a part of a name only proposes.
import type { NameRead } from './file-name.ts';

/** An enterprise as names of files may mean it; names are folded. */
export interface KnownEnterprise {
  readonly id: string;
  readonly name: string;
  readonly key: string;
  readonly creditCode: string | null;
  readonly siteNo: string;
  readonly internalCode: string;
  /** Former and short names, folded. */
  readonly others: readonly string[];
}

/** What was found: `sure` needs no second look at whose it is. */
export interface WhoseScan {
  readonly id: string | null;
  readonly reason: string;
  readonly doubt: string | null;
  /** The words that told it: they tell no paper. */
  readonly said: readonly string[];
}

const NOBODY: WhoseScan = { id: null, reason: '', doubt: '文件名里没有认出企业', said: [] };
const LEAST = 3;
/** So many that share a part of a name are named. */
const NAMED = 3;

const named = (all: readonly KnownEnterprise[]): string =>
  all
    .slice(0, NAMED)
    .map(({ name, siteNo }) => (siteNo === '001' ? `“${name}”` : `“${name}”${siteNo}`))
    .join('、');

function only(all: readonly KnownEnterprise[], reason: string, said: readonly string[]): WhoseScan | null {
  const [first, second] = all;
  if (!first) return null;
  if (!second) return { id: first.id, reason, doubt: null, said };
  return { id: null, reason: '', doubt: `${reason}，但有 ${all.length} 家：${named(all)}，请选一家`, said };
}

/** Whether a number stands in a text by itself: 12 is not in 2012. */
function stands(text: string, number: string): boolean {
  const at = text.indexOf(number);
  if (at < 0 || number.length < LEAST) return false;
  const [before, after] = [text[at - 1] ?? '', text[at + number.length] ?? ''];
  return !/[a-z0-9]/.test(before) && !/[a-z0-9]/.test(after);
}

function byCode(read: NameRead, all: readonly KnownEnterprise[]): WhoseScan | null {
  if (!read.code) return null;
  const same = all.filter(({ creditCode }) => creditCode === read.code);
  const site = read.siteNo === null ? [] : same.filter(({ siteNo }) => siteNo === read.siteNo);
  return only(site.length > 0 ? site : same, `信用代码 ${read.code}`, []);
}

/** The longest name in the text counts: 某某公司 is also in 某某公司二厂. */
function byName(read: NameRead, all: readonly KnownEnterprise[]): WhoseScan | null {
  let [said, found, reason] = ['', [] as KnownEnterprise[], ''];
  const take = (one: KnownEnterprise, word: string, why: string): void => {
    if (word.length < LEAST || word.length < said.length || !read.folded.includes(word)) return;
    if (word.length > said.length) found = [];
    [said, reason] = [word, why];
    if (!found.includes(one)) found.push(one);
  };
  for (const one of all) {
    take(one, one.key, '企业名称');
    for (const other of one.others) take(one, other, `曾用名或简称“${other}”`);
  }
  return only(found, reason, [said]);
}

/** A word that stands in the name of one enterprise alone. */
function byPart(read: NameRead, all: readonly KnownEnterprise[]): WhoseScan | null {
  const words = read.rest.filter((word) => word.length >= LEAST && /\p{Script=Han}/u.test(word));
  for (const word of words.sort((a, b) => b.length - a.length)) {
    const found = all.filter(({ key }) => key.includes(word.toLowerCase()));
    const [first, second] = found;
    if (!first) continue;
    if (second)
      return { ...NOBODY, doubt: `有 ${found.length} 家的名称含“${word}”：${named(found)}，请选一家`, said: [word] };
    return {
      id: first.id,
      reason: `名称含“${word}”的只有这一家`,
      doubt: `只写了名称的一部分“${word}”，请看一眼`,
      said: [word],
    };
  }
  return null;
}

function byNumber(read: NameRead, all: readonly KnownEnterprise[]): WhoseScan | null {
  const found = all.filter(({ internalCode }) => stands(read.folded, internalCode.toLowerCase()));
  return only(
    found,
    '内部编号',
    found.map(({ internalCode }) => internalCode.toLowerCase()),
  );
}

/** Whose a file is. Strongest first; where a name says two enterprises, nobody's. */
export function whoseScan(read: NameRead, all: readonly KnownEnterprise[]): WhoseScan {
  const told = [byCode(read, all), byNumber(read, all), byName(read, all)].filter((one) => one !== null);
  const said = told.flatMap((one) => one.said);
  const ids = new Set(told.flatMap(({ id }) => id ?? []));
  if (ids.size > 1) return { ...NOBODY, doubt: '文件名里的名称、代码或编号不是同一家，请选一家', said };
  const found = told.find(({ id }) => id !== null) ?? told[0];
  if (!found) return byPart(read, all) ?? NOBODY;
  const onFile = all.find(({ id }) => id === found.id)?.creditCode ?? null;
  const differs = read.code !== null && onFile !== null && onFile !== read.code;
  return {
    ...found,
    said,
    doubt: differs ? `文件名里的信用代码 ${read.code ?? ''} 与档案的不同，请核对` : found.doubt,
  };
}
