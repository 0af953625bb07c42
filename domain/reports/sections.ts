// The sections of the periodic reports, collected from the kinds of record that bring them.
import type { SectionDefinition } from '../dictionary/section.ts';
import { ENTITIES } from '../entities.ts';
import type { Block } from './blocks.ts';
import type { ReportFigures, ReportKind } from './figures.ts';
import type { Writer } from './writer.ts';

/** Id of a section. */
export type SectionId = string;

/** A section as the reports use it. */
export interface ReportSection extends Omit<SectionDefinition, 'has' | 'blocks'> {
  has(figures: ReportFigures): boolean;
  blocks(writer: Writer): readonly Block[];
}

/** Sections in printing order. Numbers 一、二、… are given over those actually printed. */
export const REPORT_SECTIONS: readonly ReportSection[] = (
  ENTITIES.flatMap((entity) => entity.sections) as unknown as ReportSection[]
).toSorted((a, b) => a.order - b.order);

/** Title of a section without its number. */
export function sectionTitle({ title }: ReportSection, kind: ReportKind): string {
  return typeof title === 'string' ? title : (title[kind] ?? '');
}

/**
 * Sections a report prints: those chosen, else those of its kind, and only where data is given for them.
 * @returns sections in printing order
 */
export function printedSections(figures: ReportFigures, chosen?: readonly SectionId[]): ReportSection[] {
  return REPORT_SECTIONS.filter((section) =>
    chosen ? chosen.includes(section.id) : section.kinds.includes(figures.kind),
  ).filter((section) => section.has(figures));
}
