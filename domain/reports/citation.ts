// How a law is cited in print: an article only when it has been verified, articles of one law together.

/** One legal basis, as a document prints it. */
export interface Citation {
  /** 中华人民共和国…法, without 《》. */
  readonly lawTitle: string;
  /** Document number such as 国务院令第736号. */
  readonly documentNo?: string | null;
  /** 第十四条 or 14; printed only when `verified`. */
  readonly article?: string | null;
  /** Whether the article has been checked against the text in force. */
  readonly verified: boolean;
}

/** When a text was adopted or amended stands beside its title in the library; a citation does without. */
const ADOPTED = /（\d{4}年?[^（）]*(?:修订|修正|通过)）$/;
/** A number of a paper, and no note on how it came about or whether it was checked. */
const NOTE = /通过|修订|修正|批准|印发|发布|待核|凭记忆/;

/** 《大气污染防治法》: the title as it is cited, without 《》. */
export const citedTitle = (title: string): string => title.replace(/^《|》$/g, '').replace(ADOPTED, '');

const numberOf = (documentNo: string | null | undefined): string => {
  // The year of a number stands in brackets of its own in the library.
  const number = (documentNo?.trim() ?? '').replace(/（\d{4}）$/, '');
  return number === '' || NOTE.test(number) ? '' : `（${number}）`;
};

const articleOf = (article: string | null | undefined): string => {
  const label = article?.trim() ?? '';
  return /^\d+$/.test(label) ? `第${label}条` : label;
};

/** Citations of one law: 《排污许可管理条例》（国务院令第736号）第十四条、第十七条; without a verified article the title alone. */
function ofOneLaw(citations: readonly Citation[]): string {
  const [first] = citations;
  if (!first) return '';
  const verified = citations.filter((one) => one.verified);
  const title = `《${citedTitle(first.lawTitle)}》`;
  if (verified.length === 0) return title;
  const articles = [...new Set(verified.map((one) => articleOf(one.article)).filter(Boolean))];
  return `${title}${numberOf(verified[0]?.documentNo)}${articles.join('、')}`;
}

/** One citation; an article that is not verified is left away. */
export const citationText = (citation: Citation): string => ofOneLaw([citation]);

/** Laws one to a line, each once with all its articles; empty without any. */
export function citationLines(citations: readonly Citation[]): string[] {
  const byLaw = new Map<string, Citation[]>();
  for (const one of citations) {
    const title = citedTitle(one.lawTitle);
    byLaw.set(title, [...(byLaw.get(title) ?? []), one]);
  }
  return [...byLaw.values()].map(ofOneLaw);
}

/** Laws one to a line; the empty list says so. */
export const citationsText = (citations: readonly Citation[]): string => citationLines(citations).join('\n') || '－';
