// How an article of law is named on screen: short title and article; in print an unverified one is named by its title alone.
import type { LawCitation } from '../../contract/knowledge.ts';

/** 危险废物贮存污染控制标准 第6.2条 */
export function lawText(law: LawCitation): string {
  return law.label.includes(law.shortTitle) ? law.label : `${law.shortTitle} ${law.label}`.trim();
}
