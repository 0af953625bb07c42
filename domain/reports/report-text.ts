// The text of a periodic report: figures in, blocks out. The preview and the Word writer show the same blocks.
import { textParagraph, type Block } from './blocks.ts';
import type { LeftOut, ReportFigures } from './figures.ts';
import type { Contacts } from './masking.ts';
import { reportOf } from './paper.ts';
import { printedSections, sectionTitle, type SectionId } from './sections.ts';
import { chineseNumber, dayText, withoutStop } from './words.ts';
import { createWriter } from './writer.ts';

/** What of a report is printed. */
export interface ReportTextOptions {
  /** Sections chosen by the user; else those of the kind for which there is data. */
  readonly sections?: readonly SectionId[];
  /** Default `masked`. */
  readonly contacts?: Contacts;
}

/**
 * The blocks of a periodic report (周报, 月报, 季报, 年度总结; domain reference 5.5). Headings come numbered over the
 * sections actually printed; tables and charts are numbered through.
 */
export function reportText(figures: ReportFigures, options: ReportTextOptions = {}): Block[] {
  const w = createWriter(figures, options.contacts ?? 'masked');
  const sections = printedSections(figures, options.sections);
  const text = sections
    .filter((section) => !section.annex)
    .flatMap((section, index): Block[] => {
      const title = `${chineseNumber(index + 1)}、${sectionTitle(section, figures.kind)}`;
      return [{ type: 'heading', level: 1, text: title, section: section.id }, ...numberSubheadings(section.blocks(w))];
    });
  const annexes = annexesOf(w, sections);
  return [
    ...frontMatter(figures, text, annexes),
    { type: 'title', text: figures.title, subtitle: subtitle(figures) },
    ...(figures.clientName ? [textParagraph(`${figures.clientName}：`, 'salutation')] : []),
    ...text,
    ...notes(figures),
    ...(annexes.length > 0 ? [textParagraph(`附件：${annexes.map(named).join('　')}`, 'attachment')] : []),
    textParagraph(figures.orgName, 'signature'),
    textParagraph(dayText(figures.issuedOn ?? figures.asOf), 'date'),
    ...annexes.flatMap((annex, at) => annexBlocks(annex, at, annexes.length)),
  ];
}

/** Something behind the signature on pages of its own. */
interface Annex {
  readonly title: string;
  readonly heading: string;
  readonly section: string;
  readonly orientation: 'portrait' | 'landscape';
  readonly blocks: readonly Block[];
}

/** The annexes of the kind, and behind them the lists that were too long for the text. */
function annexesOf(w: ReturnType<typeof createWriter>, sections: ReturnType<typeof printedSections>): Annex[] {
  const own = sections
    .filter((section) => section.annex)
    .map((section): Annex => {
      const blocks = section.blocks(w);
      const wide = blocks.some((block) => block.type === 'table');
      const title = sectionTitle(section, w.f.kind);
      return {
        title,
        heading: `${title}（${w.asOf}）`,
        section: section.id,
        orientation: wide ? 'landscape' : 'portrait',
        blocks,
      };
    });
  const long = w.long.map(({ title, table }): Annex => ({
    title,
    heading: title,
    section: `annex-${table.id}`,
    orientation: 'portrait',
    blocks: [{ ...table, caption: w.table(table.caption) }],
  }));
  return [...own, ...long];
}

const named = ({ title }: Annex, at: number, all: readonly Annex[]): string =>
  all.length > 1 ? `${at + 1}.${title}` : title;

function annexBlocks({ heading, section, orientation, blocks }: Annex, at: number, count: number): Block[] {
  return [
    { type: 'page', orientation },
    textParagraph(count > 1 ? `附件${at + 1}` : '附件', 'annexLabel'),
    { type: 'heading', level: 1, text: heading, section },
    ...blocks,
  ];
}

function notes({ notes: all }: ReportFigures): Block[] {
  const lead = (index: number): string => `${index === 0 ? '注：' : ''}${all.length > 1 ? `${index + 1}.` : ''}`;
  return all.map((note, index) => textParagraph(`${lead(index)}${withoutStop(note)}。`, 'note'));
}

/** Cover and contents, for the kinds of report that have them. */
function frontMatter(figures: ReportFigures, text: readonly Block[], annexes: readonly Annex[]): Block[] {
  if (!reportOf(figures.kind).cover) return [];
  const entries = text.flatMap((block) =>
    block.type === 'heading' && block.level < 3 ? [{ level: block.level as 1 | 2, text: block.text }] : [],
  );
  return [
    {
      type: 'cover',
      title: figures.title,
      subtitle: subtitle(figures),
      lines: [
        ...(figures.clientName ? [{ label: '委托单位', text: figures.clientName }] : []),
        { label: '编制单位', text: figures.orgName },
        { label: '报告期间', text: `${dayText(figures.period.from)}至${dayText(figures.period.to)}` },
        { label: '编制日期', text: dayText(figures.issuedOn ?? figures.asOf) },
      ],
    },
    {
      type: 'contents',
      entries: [...entries, ...annexes.map(({ title }) => ({ level: 1 as const, text: title }))],
    },
  ];
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

/** Figures that the text would name, had they anything to say. */
export function unsaidFigures(figures: ReportFigures, options: ReportTextOptions = {}): LeftOut[] {
  const asked = new Set<string | symbol>();
  const watched = new Proxy(figures.figures, {
    get: (known, code) => {
      asked.add(code);
      return Reflect.get(known, code) as unknown;
    },
  });
  reportText({ ...figures, figures: watched }, options);
  const unsaid = (figures.leftOut ?? []).filter(({ code }) => asked.has(code));
  // A figure that says nothing of the period and of the year for one reason is named once.
  return [...Map.groupBy(unsaid, ({ label, why }) => `${label.replace(/^本[期年]/, '')} ${why}`).values()].flatMap(
    ([first]) => first ?? [],
  );
}
