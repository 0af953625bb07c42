// Data of 一企一档; how it is printed says domain/enterprises/paper.ts.
import { dossierPaper } from '../../domain/enterprises/paper.ts';
import type { PhotoRef } from '../../domain/reports/figures.ts';
import { chineseNumber } from '../../domain/reports/words.ts';
import type { WholeTable } from './blocks/tables.ts';
import { makePaper, type PaperOptions } from './paper.ts';

/** A fact with its label; `long` takes a row of its own; `personal` is masked unless contacts are shown. */
export interface DossierFact {
  readonly label: string;
  readonly value: string;
  readonly long?: boolean;
  readonly personal?: boolean;
}

/** A section: facts, then lists. One without either prints that nothing is there yet. */
export interface DossierSection {
  readonly title: string;
  readonly facts: readonly DossierFact[];
  readonly tables: readonly WholeTable[];
  /** Photos and drawings of what stands in it. */
  readonly photos: readonly PhotoRef[];
  /** Layout pictures, each over the whole width. */
  readonly drawings: readonly PhotoRef[];
  readonly missing: readonly string[];
}

/** What a dossier prints: plain JSON; labels in Chinese, days `YYYY-MM-DD`. */
export interface DossierData {
  readonly orgName: string;
  readonly compiledOn: string;
  readonly compiledBy: string;
  readonly enterprise: {
    readonly name: string;
    readonly creditCode: string | null;
    readonly internalCode: string;
    readonly address: string | null;
  };
  /** Fields that a complete file has, and how many of them this one has. */
  readonly completeness: { readonly filled: number; readonly required: number };
  readonly sections: readonly DossierSection[];
}

/** What a section holds, in a few words. */
function holds(section: DossierSection): string {
  const lists = section.tables
    .filter((table) => table.rows.length > 0)
    .map((table) => `${table.caption} ${table.rows.length}`);
  const photos = section.photos.length > 0 ? [`照片 ${section.photos.length}`] : [];
  const drawings = section.drawings.length > 0 ? [`平面布置图 ${section.drawings.length}`] : [];
  const facts = section.facts.length > 0 ? [`${section.facts.length} 个字段`] : [];
  return [...facts, ...lists, ...drawings, ...photos].join('，');
}

/** The dossier as a Word document: a cover with an overview, then the sections. */
export async function dossier(data: DossierData, options: PaperOptions = {}): Promise<Uint8Array> {
  const sections = data.sections.map((section, index) => ({
    ...section,
    numbered: `${chineseNumber(index + 1)}、${section.title}`,
    holds: holds(section),
    isEmpty: holds(section) === '',
    lacks: section.missing.length > 0 ? `${section.missing.length} 项` : '',
  }));
  return await makePaper(dossierPaper, { ...data, sections }, options);
}
