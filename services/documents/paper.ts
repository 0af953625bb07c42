// Makes any paper of the dictionary from its description and its data.
import { PageBreak, Paragraph, type FileChild } from 'docx';
import { shownFields } from '../../domain/dictionary/entity.ts';
import type { FieldMeta } from '../../domain/dictionary/field.ts';
import type {
  FormRow,
  PaperBlock,
  PaperBox,
  PaperColumn,
  PaperDefinition,
  Slot,
} from '../../domain/dictionary/paper.ts';
import { entityNamed, hasEntity } from '../../domain/entities.ts';
import { columnsOfTable, fieldOf } from '../../domain/papers.ts';
import type { PhotoRef } from '../../domain/reports/figures.ts';
import type { Contacts } from '../../domain/reports/masking.ts';
import { chineseNumber, withoutStop } from '../../domain/reports/words.ts';
import { contentsPage, coverPage } from './layout/cover.ts';
import { packDocument } from './layout/document.ts';
import { formTable, line, pairRow, photoPairs, photoRows, signatureTable, signed, wideRow } from './layout/form.ts';
import { gap } from './layout/gap.ts';
import { mm, TEXT_WIDTH, type DocumentPart, type Orientation } from './layout/page.ts';
import { captionParagraph, headingParagraph, titleParagraphs } from './layout/paragraphs.ts';
import { photoGrid } from './layout/photo-grid.ts';
import { resolvePhotos, type PhotoBytes } from './layout/picture.ts';
import { gridTable, gridWidths, listTable, type Align, type GridRow } from './layout/table.ts';
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

const UNKNOWN = '不详';
const DASH = '－';
/** What a value needs to stand on one line of half the page. */
const LONG = 18;
const isLong = (meta: FieldMeta | null, text: string): boolean => meta?.kind === 'longText' || text.length > LONG;

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
        return this.#lines(place, block);
      case 'form': {
        const rows = await this.#form(place, block.rows);
        return [
          formTable(theme, rows, block.dense && { width: TEXT_WIDTH[this.#orientation] }),
          gap(theme, block.dense && 0, rows.at(-1)?.keepNext),
        ];
      }
      case 'facts':
        return this.#facts(this.#given(place, block.of), block.none);
      case 'fields':
        return this.#facts(this.#said(place, block.of, block.skip), block.none);
      case 'choices': {
        const boxes = this.#words.rows(place, block.of);
        const ticked = boxes.map(({ data }) => `${says(data.checked) ? '☑' : '□'}${String(data.label)}`);
        return [line(theme, ticked.join('　'), { indent: true })];
      }
      case 'table':
        return this.#table(place, block);
      case 'tables':
        return this.#tables(place, block);
      case 'photos':
        return await this.#pictures(place, block);
      case 'signatures':
        return [await signatureTable(theme, await this.#boxes(place, block.boxes))];
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

  #none(none: string | undefined): FileChild[] {
    return none === undefined ? [] : [line(this.#theme, none, { indent: true })];
  }

  #lines(place: Place, { of, none, keepNext }: Extract<PaperBlock, { type: 'lines' }>): FileChild[] {
    const said = this.#words
      .sentences(place, of)
      .map((sentence) => this.#words.masked(sentence, false))
      .filter((sentence) => sentence.trim() !== '');
    if (said.length === 0) return this.#none(none);
    return said.map((sentence, index) =>
      line(this.#theme, `${said.length > 1 ? `${index + 1}.` : ''}${withoutStop(sentence)}。`, {
        indent: true,
        ...(keepNext && { keepNext }),
      }),
    );
  }

  /** A slot with its label and what it says. */
  #slot(place: Place, slot: Slot): Labelled {
    if (typeof slot !== 'string' && 'field' in slot) {
      const { label, text, wide } = this.#slot(place, slot.field);
      return { label, text: this.#help(slot.field, slot.help) ?? text, wide: slot.wide ?? wide };
    }
    if (typeof slot !== 'string')
      return {
        label: this.#words.text(place, slot.label),
        text: this.#words.text(place, slot.text) || (slot.height === undefined ? UNKNOWN : ''),
        wide: slot.wide ?? slot.height !== undefined,
        ...(slot.height !== undefined && { minHeight: mm(slot.height) }),
        ...(slot.keepNext && { keepNext: true }),
      };
    const meta = fieldOf(this.#words.paper, this.#words.find(place, slot).path);
    const text = this.#words.value(place, slot);
    return { label: meta?.label ?? slot, text: text || UNKNOWN, wide: isLong(meta, text) };
  }

  /** What stands in place of a value on a paper that is filled in by hand. */
  #help(path: string, help: string | undefined): string | null {
    const { blank } = this.#words.paper;
    if (blank === null || blank.includes(path)) return null;
    const meta = fieldOf(this.#words.paper, path.split('.'));
    return meta ? toFillIn(meta, help) : (help ?? '');
  }

  /** Rows of a part in one cell. */
  #listed(place: Place, { list, label, text, most, help, ...row }: Listed): GridRow {
    if (this.#words.paper.blank)
      return wideRow(label, help ?? '', { ...(row.room !== undefined && { minHeight: mm(row.room) }) });
    const rows = this.#words.rows(place, list).map((one) => this.#words.text(one, text));
    const [between, said] = [row.between ?? '；', rows.filter((one) => one !== '')];
    let shown = Math.min(most, said.length);
    while (shown > 1 && said.slice(0, shown).join(between).length > MOST_IN_CELL) shown -= 1;
    const rest = said.length > shown ? `${between === '；' ? '；' : ' '}等 ${said.length} 项，详见一企一档` : '';
    return wideRow(label, said.slice(0, shown).join(between) + rest || UNKNOWN);
  }

  async #form(place: Place, rows: readonly FormRow[]): Promise<GridRow[]> {
    const done: GridRow[] = [];
    let waiting: Labelled[] = [];
    const flush = (): void => {
      done.push(...pairs(waiting));
      waiting = [];
    };
    for (const row of rows) {
      if (typeof row !== 'string' && 'when' in row && !this.#words.holds(place, row.when)) continue;
      if (typeof row !== 'string' && 'list' in row) {
        flush();
        done.push(this.#listed(place, row));
      } else if (typeof row !== 'string' && 'fields' in row) waiting.push(...this.#extension(place, row.fields));
      else if (typeof row === 'string' || 'text' in row || 'field' in row) waiting.push(this.#slot(place, row));
      else if ('head' in row) {
        flush();
        const content = this.#words.text(place, row.head);
        // The heading of the whole form stands again above what goes on over the page.
        const header = done.length === 0;
        done.push({
          cells: [{ content, head: true, span: 5, align: 'left' }],
          keepNext: true,
          ...(header && { header }),
        });
      } else {
        flush();
        done.push(...(await this.#photoRows(place, row)));
      }
    }
    flush();
    return done;
  }

  async #photoRows(place: Place, row: Extract<FormRow, { photos: string }>): Promise<GridRow[]> {
    const photos = resolvePhotos(this.#refs(place, row.photos), this.#photos);
    const none = this.#words.text(place, row.none);
    if (row.beside === undefined) return await photoRows(this.#theme, row.label, photos, none);
    const others = resolvePhotos(this.#refs(place, row.beside), this.#photos);
    return await photoPairs(this.#theme, row.label, [photos, others], { heads: row.heads ?? ['', ''], none });
  }

  #facts(facts: readonly Labelled[], none: string | undefined): FileChild[] {
    if (facts.length === 0) return this.#none(none);
    return [formTable(this.#theme, pairs(facts)), gap(this.#theme)];
  }

  /** Facts that the data brings. */
  #given(place: Place, of: string): Labelled[] {
    return this.#words.rows(place, of).map(({ data }) => ({
      label: String(data.label),
      text: says(data.value)
        ? this.#words.masked(String(data.value), data.personal === true)
        : data.blank === true
          ? ''
          : UNKNOWN,
      wide: data.long === true,
    }));
  }

  /** Fields of an extension: what is said, or what to fill in. */
  #extension(place: Place, of: string): Labelled[] {
    if (this.#words.paper.blank === null) return this.#said(place, of);
    return shownFields(entityNamed(of))
      .filter(({ name, meta }) => !meta.derived && name !== entityNamed(of).parent)
      .map(({ name, meta }) => ({
        label: meta.label,
        text: this.#help(`${of}.${name}`, undefined) ?? '',
        wide: meta.kind === 'longText',
      }));
  }

  /** Fields of a kind that say something, but those that only the program reads. */
  #said(place: Place, of: string | undefined, skip: readonly string[] = []): Labelled[] {
    const { paper } = this.#words;
    if (!hasEntity(of ?? paper.of)) return [];
    return shownFields(entityNamed(of ?? paper.of))
      .filter(({ name, meta }) => !meta.derived && !skip.includes(name) && !name.endsWith('Precision'))
      .filter(({ name }) => !of || name !== entityNamed(of).parent)
      .filter(({ meta }) => meta.kind !== 'instant')
      .flatMap(({ name, meta }) => {
        const text = this.#words.value(place, of ? `${of}.${name}` : name);
        return text ? [{ label: meta.label, text, wide: isLong(meta, text) }] : [];
      });
  }

  #columns(of: string, columns: readonly PaperColumn[] | undefined, place: Place): WrittenColumn[] {
    const at = this.#words.find(place, of).path;
    return columnsOfTable(of, columns).map((column) => {
      if (typeof column !== 'string')
        return {
          heading: this.#words.text(place, column.heading),
          text: column.text,
          weight: column.weight ?? 2,
          align: column.align ?? 'center',
        };
      const meta = fieldOf(this.#words.paper, [...at, ...column.split('.')]);
      const isText = meta?.kind === 'text' || meta?.kind === 'longText';
      return {
        heading: meta?.label ?? column,
        text: `{${column}}`,
        weight: isText ? 3 : 2,
        align: isText ? 'left' : 'center',
      };
    });
  }

  #table(place: Place, block: Extract<PaperBlock, { type: 'table' }>): FileChild[] {
    const theme = this.#theme;
    const width = TEXT_WIDTH[this.#orientation];
    const columns = this.#columns(block.of, block.columns, place);
    const rows = this.#words.rows(place, block.of);
    const blank = block.blank ? Number(this.#words.find(place, block.blank).value ?? 0) : 0;
    if (rows.length + blank === 0) return this.#none(block.none && this.#words.text(place, block.none));
    const caption = block.caption ? [captionParagraph(theme, this.#words.text(place, block.caption), 'above')] : [];
    if (block.groups) return [...caption, this.#grouped(rows, block.groups, columns, width), gap(theme)];
    const cells = (row: Place): string[] => columns.map((column) => this.#words.text(row, column.text, true) || '');
    const empty = (number: number): Place => ({ data: {}, at: [], number, around: null });
    const body = [
      ...rows.map((row) =>
        cells(row).map((cell, index) => cell || (block.toWrite || columns[index]?.text === '' ? '' : DASH)),
      ),
      ...Array.from({ length: blank }, (_, index) => cells(empty(rows.length + index + 1))),
    ];
    return [
      ...caption,
      listTable(theme, columns, body, width, {
        ...(block.height !== undefined && { minHeight: mm(block.height) }),
        ...(block.keepNext && { keepNext: true }),
      }),
      gap(theme, undefined, block.keepNext),
    ];
  }

  #grouped(
    groups: readonly Place[],
    { head, of }: { head: string; of: string },
    columns: readonly WrittenColumn[],
    width: number,
  ): FileChild {
    const rows: GridRow[] = [{ header: true, cells: columns.map(({ heading }) => ({ content: heading })) }];
    let number = 0;
    for (const group of groups) {
      const content = this.#words.text(group, head);
      rows.push({ cells: [{ content, head: true, span: columns.length, align: 'left' }], keepNext: true });
      for (const row of this.#words.rows(group, of)) {
        number += 1;
        const place = { ...row, number };
        rows.push({
          cells: columns.map(({ text, align }) => ({ content: this.#words.text(place, text, true) || DASH, align })),
        });
      }
    }
    const widths = gridWidths(
      columns.map(({ weight }) => weight),
      width,
    );
    return gridTable(this.#theme, widths, rows);
  }

  #tables(place: Place, { of, heads }: Extract<PaperBlock, { type: 'tables' }>): FileChild[] {
    const tables = this.#words.rows(place, of).map(({ data }) => data as unknown as WholeTable);
    return tables
      .filter(({ rows }) => rows.length > 0)
      .flatMap((table, at) => {
        const head = `（${chineseNumber(at + 1)}）${table.caption}`;
        return [
          heads ? headingParagraph(this.#theme, 2, head) : captionParagraph(this.#theme, table.caption, 'above'),
          ...this.#whole(table),
        ];
      });
  }

  #whole(table: WholeTable): FileChild[] {
    const rows = table.rows.map((row) =>
      row.map((cell, index) => this.#words.masked(cell, table.columns[index]?.personal === true)),
    );
    return [listTable(this.#theme, table.columns, rows, TEXT_WIDTH[this.#orientation]), gap(this.#theme)];
  }

  #refs(place: Place, of: string): PhotoRef[] {
    return this.#words.rows(place, of).map(({ data }) => data as unknown as PhotoRef);
  }

  async #pictures(place: Place, { of, none, wide }: Extract<PaperBlock, { type: 'photos' }>): Promise<FileChild[]> {
    const photos = resolvePhotos(this.#refs(place, of), this.#photos);
    if (photos.length === 0) return this.#none(none);
    return [await photoGrid(this.#theme, photos, TEXT_WIDTH[this.#orientation], wide ? 1 : 2), gap(this.#theme)];
  }

  async #boxes(place: Place, boxes: readonly PaperBox[]): Promise<Parameters<typeof signatureTable>[1]> {
    return await Promise.resolve(
      boxes
        .filter((box) => this.#words.holds(place, box.when))
        .map((box) => {
          const day = box.day ? this.#words.find(place, box.day).value : null;
          const [image] = box.image ? resolvePhotos(this.#refs(place, box.image), this.#photos) : [];
          return {
            label: this.#words.text(place, box.label),
            names: box.names ? this.#words.text(place, box.names) : '',
            image: image ?? null,
            day: typeof day === 'string' && day ? day : null,
            ...(box.lines && { lines: box.lines.map((text) => this.#words.text(place, text)) }),
          };
        }),
    );
  }
}

type Listed = Extract<FormRow, { list: string }>;
/** Letters that a cell over the whole width holds in three lines. */
const MOST_IN_CELL = 150;
/** So many choices stand beside boxes to tick. */
const FEW_CHOICES = 8;

/** A field on a paper that is filled in by hand: boxes to tick, room for a day or a number, and help. */
function toFillIn(meta: FieldMeta, help = meta.help): string {
  const helped = help ? `（${help}）` : '';
  const choices = meta.vocabulary ? Object.values(meta.vocabulary.labels as Record<string, string>) : [];
  if (meta.kind === 'choice' && choices.length <= FEW_CHOICES)
    return `${choices.map((label) => `□${label}`).join(' ')}${helped}`;
  if (meta.kind === 'fourState') return `□是 □否 □不涉及${helped}`;
  if (meta.kind === 'flag') return `□是 □否${helped}`;
  if (meta.kind === 'day') return `　　年　　月　　日${helped}`;
  return `${meta.unit ? `　　　　${meta.unit}` : ''}${helped}`;
}

interface Labelled {
  readonly label: string;
  readonly text: string;
  readonly wide: boolean;
  readonly minHeight?: number;
  readonly keepNext?: true;
}

interface WrittenColumn {
  readonly heading: string;
  readonly text: string;
  readonly weight: number;
  readonly align: Align;
}

/** A table as the data brings it; cells as they are printed. */
export interface WholeTable {
  readonly caption: string;
  readonly columns: readonly {
    readonly heading: string;
    readonly weight: number;
    readonly align?: 'left' | 'center';
    /** Masked unless contacts are shown. */
    readonly personal?: boolean;
  }[];
  readonly rows: readonly (readonly string[])[];
}

/** Labelled values two to a row; a wide one, and one left over, over the whole width. */
function pairs(facts: readonly Labelled[]): GridRow[] {
  const rows: GridRow[] = [];
  let waiting: Labelled | null = null;
  const alone = (fact: Labelled): void => {
    const { minHeight, keepNext } = fact;
    rows.push(
      wideRow(fact.label, fact.text, { ...(minHeight !== undefined && { minHeight }), ...(keepNext && { keepNext }) }),
    );
  };
  for (const fact of facts) {
    if (fact.wide) {
      if (waiting) alone(waiting);
      waiting = null;
      alone(fact);
    } else if (waiting) {
      rows.push(pairRow(waiting.label, waiting.text, fact.label, fact.text));
      waiting = null;
    } else waiting = fact;
  }
  if (waiting) alone(waiting);
  return rows;
}
