// The text of a periodic report: figures in, blocks out. The preview and the Word writer show the same blocks.
import { textParagraph, type Block } from './blocks.ts';
import type { ReportFigures } from './figures.ts';
import type { Contacts } from './masking.ts';
import { casesSection, comparisonSection } from './section-comparison.ts';
import { findingsSection } from './section-findings.ts';
import { annexSection, attentionSection } from './section-lists.ts';
import { overviewSection } from './section-overview.ts';
import {
  adviceSection, causesSection, complaintsSection, filesSection, labelsSection, planSection, tasksSection, trainingSection,
} from './section-services.ts';
import { printedSections, sectionTitle, type SectionId } from './sections.ts';
import { chineseNumber, dayText, withoutStop } from './words.ts';
import { createWriter, type Writer } from './writer.ts';

/** What of a report is printed. */
export interface ReportTextOptions {
  /** Sections chosen by the user; else those of the kind for which there is data. */
  readonly sections?: readonly SectionId[];
  /** Default `masked`. */
  readonly contacts?: Contacts;
}

const BUILDERS: Readonly<Record<SectionId, (w: Writer) => Block[]>> = {
  overview: overviewSection,
  findings: findingsSection,
  attention: attentionSection,
  tasks: tasksSection,
  complaints: complaintsSection,
  training: trainingSection,
  files: filesSection,
  labels: labelsSection,
  comparison: comparisonSection,
  cases: casesSection,
  causes: causesSection,
  advice: adviceSection,
  plan: planSection,
  annex: annexSection,
};

/**
 * The blocks of a periodic report (周报, 月报, 季报, 年度总结; domain reference 5.5). Headings come numbered over the
 * sections actually printed; tables and charts are numbered through.
 */
export function reportText(figures: ReportFigures, options: ReportTextOptions = {}): Block[] {
  const w = createWriter(figures, options.contacts ?? 'masked');
  const sections = printedSections(figures, options.sections);
  const blocks: Block[] = [
    { type: 'title', text: figures.title, subtitle: subtitle(figures) },
    ...(figures.clientName ? [textParagraph(`${figures.clientName}：`, 'salutation')] : []),
  ];
  sections.filter((id) => id !== 'annex').forEach((id, index) => {
    blocks.push({ type: 'heading', level: 1, text: `${chineseNumber(index + 1)}、${sectionTitle(id, figures.kind)}`, section: id });
    blocks.push(...numberSubheadings(BUILDERS[id](w)));
  });
  for (const [index, note] of figures.notes.entries()) {
    blocks.push(textParagraph(`${index === 0 ? '注：' : ''}${figures.notes.length > 1 ? `${index + 1}.` : ''}${withoutStop(note)}。`, 'note'));
  }
  const annex = sections.includes('annex');
  if (annex) blocks.push(textParagraph('附件：问题清单', 'attachment'));
  blocks.push(textParagraph(figures.orgName, 'signature'), textParagraph(dayText(figures.issuedOn ?? figures.asOf), 'date'));
  if (annex) blocks.push(...BUILDERS.annex(w));
  return blocks;
}

/** （2026年11月，截至2026年11月18日） */
function subtitle(figures: ReportFigures): string {
  return `（${figures.period.label}，截至${dayText(figures.asOf)}）`;
}

/** Second-level headings of one section get （一）（二）…, third-level ones 1. 2. … under each. */
function numberSubheadings(blocks: readonly Block[]): Block[] {
  let second = 0;
  let third = 0;
  return blocks.map((block) => {
    if (block.type !== 'heading' || block.level === 1) return block;
    if (block.level === 2) {
      second += 1;
      third = 0;
      return { ...block, text: `（${chineseNumber(second)}）${block.text}` };
    }
    third += 1;
    return { ...block, text: `${third}.${block.text}` };
  });
}
