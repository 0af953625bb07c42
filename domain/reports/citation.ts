// How a law is cited in print: an article only when it has been verified.

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

/** 《排污许可管理条例》（国务院令第736号）第十四条; an article that is not verified is left away: the title alone. */
export function citationText(citation: Citation): string {
  const title = `《${citation.lawTitle.replace(/^《|》$/g, '')}》`;
  if (!citation.verified) return title;
  const article = citation.article?.trim() ?? '';
  return `${title}${citation.documentNo ? `（${citation.documentNo}）` : ''}${/^\d+$/.test(article) ? `第${article}条` : article}`;
}

/** Citations one to a line, each once; the empty list says so. */
export function citationsText(citations: readonly Citation[]): string {
  return citations.length === 0 ? '－' : [...new Set(citations.map(citationText))].join('\n');
}
