// Makes any paper of the dictionary from its description and its data.
import { PageBreak, Paragraph, type FileChild } from 'docx';
import type { PaperBlock, PaperDefinition } from '../../domain/dictionary/paper.ts';
import type { Contacts } from '../../domain/reports/masking.ts';
import { chineseNumber } from '../../domain/reports/words.ts';
import { codeBlock } from './blocks/code.ts';
import { factTable, givenFacts, saidFacts } from './blocks/facts.ts';
import { formRows } from './blocks/form.ts';
import { boxesOf, photoBlock } from './blocks/pictures.ts';
import { sentences } from './blocks/sentences.ts';
import { DASH, type Sheet } from './blocks/sheet.ts';
import { tableBlock, wholeTables } from './blocks/tables.ts';
import { contentsPage, coverPage } from './layout/cover.ts';
import { packDocument } from './layout/document.ts';
import { formTable, line, signatureTable, signed } from './layout/form.ts';
import { gap } from './layout/gap.ts';
import { TEXT_WIDTH, type DocumentPart, type Orientation } from './layout/page.ts';
import { headingParagraph, titleParagraphs } from './layout/paragraphs.ts';
import type { PhotoBytes } from './layout/picture.ts';
import { createTheme, POINTS, type LayoutOptions, type Theme } from './layout/theme.ts';
import { paperText, PaperWords, says, type PaperData, type Place } from '../paper-words/index.ts';

/** Options of any paper. */
export interface PaperOptions extends LayoutOptions {
  readonly photos?: PhotoBytes;
  /** Persons and phones; as the paper says by default. */
  readonly contacts?: Contacts;
}

/** The paper as a Word document. `data` is plain JSON that holds what its blocks name, `orgName` for the properties. */
export async function makePaper(
  paper: PaperDefinition,
  data: PaperData,
  options: PaperOptions = {},
): Promise<Uint8Array> {
  const theme = createTheme({ bodySize: paper.bodySize, ...options });
  const press = new Press(theme, new PaperWords(paper, options.contacts ?? paper.contacts, data.act), options.photos);
  await press.print(paper.blocks, { data, at: [], number: 1, around: null });
  const orgName = typeof data.orgName === 'string' ? data.orgName : '';
  const contents = paper.blocks.some(({ type }) => type === 'contents');
  const title = paperText(paper, data, paper.title);
  return await packDocument(theme, { title, orgName, contents, update: contents }, press.parts);
}

/** A block that stands in a part among others. */
type InPart = Exclude<PaperBlock, { type: 'page' | 'repeat' | 'cover' | 'contents' }>;

/** Prints block after block onto the pages of its parts. */
class Press {
  readonly parts: DocumentPart[] = [];
  readonly #theme: Theme;
  readonly #words: PaperWords;
  readonly #photos: PhotoBytes | undefined;
  #children: FileChild[] = [];
  #orientation: Orientation = 'portrait';
  #headings = 0;

  constructor(theme: Theme, words: PaperWords, photos: PhotoBytes | undefined) {
    this.#theme = theme;
    this.#words = words;
    this.#photos = photos;
    this.#part('portrait');
  }

  #part(orientation: Orientation): void {
    this.#children = [];
    this.#orientation = orientation;
    this.parts.push({ orientation, children: this.#children });
  }

  /** A new part; it takes the place of one that is still empty. */
  #next(orientation: Orientation): void {
    if (this.#children.length === 0) this.parts.pop();
    this.#part(orientation);
  }

  #cover(place: Place, { title, subtitle, lines }: Extract<PaperBlock, { type: 'cover' }>): FileChild[] {
    const text = (template: string): string => this.#words.text(place, template);
    return coverPage(this.#theme, {
      type: 'cover',
      title: text(title),
      subtitle: subtitle === undefined ? '' : text(subtitle),
      lines: lines.map((line) => ({ label: line.label, text: text(line.text) || DASH })),
    });
  }

  /** Prints blocks. */
  async print(blocks: readonly PaperBlock[], place: Place): Promise<void> {
    for (const block of blocks) {
      if (!this.#words.holds(place, block.when)) continue;
      if (block.type === 'page') {
        this.#next(block.orientation ?? 'portrait');
      } else if (block.type === 'cover' || block.type === 'contents') {
        this.#next('portrait');
        this.#children.push(...(block.type === 'cover' ? this.#cover(place, block) : contentsPage(this.#theme)));
        this.#part('portrait');
      } else if (block.type === 'repeat') {
        for (const row of this.#words.rows(place, block.of)) await this.print(block.blocks, row);
      } else this.#children.push(...(await this.#block(block, place)));
    }
  }

  async #block(block: InPart, place: Place): Promise<FileChild[]> {
    const theme = this.#theme;
    const width = TEXT_WIDTH[this.#orientation];
    const sheet: Sheet = { theme, words: this.#words, photos: this.#photos, width };
    const text = (template: string): string => this.#words.text(place, template);
    switch (block.type) {
      case 'title':
        this.#headings = 0;
        return titleParagraphs(theme, text(block.text), block.subtitle && text(block.subtitle));
      case 'heading':
        return [this.#heading(block.level ?? 1, text(block.text))];
      case 'paragraph':
        return [
          line(theme, text(block.text), {
            ...(!block.plain && !block.align && { indent: true }),
            ...(block.small && { points: POINTS.note }),
            ...(block.strong && { use: 'heading1' as const }),
            ...(block.align && { align: block.align }),
            ...(block.keepNext && { keepNext: true }),
          }),
        ];
      case 'lines':
        return sentences(sheet, place, block);
      case 'form': {
        const rows = await formRows(sheet, place, block.rows);
        return [
          formTable(theme, rows, block.dense && { width: sheet.width }),
          gap(theme, block.dense && 0, rows.at(-1)?.keepNext),
        ];
      }
      case 'facts':
        return factTable(sheet, givenFacts(sheet, place, block.of), block.none);
      case 'fields':
        return factTable(sheet, saidFacts(sheet, place, block.of, block.skip), block.none);
      case 'choices': {
        const boxes = this.#words.rows(place, block.of);
        const ticked = boxes.map(({ data }) => `${says(data.checked) ? '☑' : '□'}${String(data.label)}`);
        return [line(theme, ticked.join('　'), { indent: true })];
      }
      case 'table':
        return tableBlock(sheet, place, block);
      case 'tables':
        return wholeTables(sheet, place, block);
      case 'photos':
        return await photoBlock(sheet, place, block);
      case 'signatures':
        return [await signatureTable(theme, boxesOf(sheet, place, block.boxes))];
      case 'code':
        return await codeBlock(theme, block.texts.map(text), text(block.caption ?? ''));
      case 'signed': {
        const { value } = this.#words.find(place, block.day);
        return signed(theme, text(block.unit), typeof value === 'string' && value ? value : null, block.keepNext);
      }
      case 'gap':
        return [gap(theme, block.points, block.keepNext)];
      case 'break':
        return [new Paragraph({ children: [new PageBreak()] })];
      case 'sections':
        throw new Error('sections are printed by periodicReport');
    }
  }

  #heading(level: 1 | 2 | 3, text: string): FileChild {
    if (level === 1) this.#headings += 1;
    return headingParagraph(this.#theme, level, level === 1 ? `${chineseNumber(this.#headings)}、${text}` : text);
  }
}
