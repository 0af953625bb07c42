// The values of a paper as they are printed: looked up in its data, worded and masked as the dictionary says.
import type { FieldMeta } from '../../domain/dictionary/field.ts';
import { clausesOf, type PaperDefinition, type PaperText, type When } from '../../domain/dictionary/paper.ts';
import { templateParts, templatePaths, type TemplatePart } from '../../domain/dictionary/template.ts';
import { valueText } from '../../domain/dictionary/value-text.ts';
import { fieldOf } from '../../domain/papers.ts';
import { personText, phoneText, type Contacts } from '../../domain/reports/masking.ts';
import { inAct } from '../../domain/projects/act.ts';
import { dayLine, dayText } from '../../domain/reports/words.ts';

/** Data of a paper: plain JSON. */
export type PaperData = Readonly<Record<string, unknown>>;

/** Where a text is filled: the data of a row, the rows around it, the row's number. */
export interface Place {
  readonly data: PaperData;
  /** Path of the row's list from the root. */
  readonly at: readonly string[];
  readonly number: number;
  readonly around: Place | null;
}

/** Whether a value says something. */
export const says = (value: unknown): boolean =>
  value !== null &&
  value !== undefined &&
  value !== '' &&
  value !== false &&
  !(Array.isArray(value) && value.length === 0);

const isRecord = (value: unknown): value is PaperData =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

function inside(data: unknown, path: readonly string[]): unknown {
  const [step, ...rest] = path;
  if (step === undefined) return data;
  if (Array.isArray(data))
    return step === '#' ? data.length : data.map((one) => inside(one, path)).filter((one) => says(one));
  return isRecord(data) ? inside(data[step], rest) : undefined;
}

const DAY = /^\d{4}-\d{2}-\d{2}$/;

/** Words of one paper for one reader. */
export class PaperWords {
  readonly paper: PaperDefinition;
  readonly contacts: Contacts;
  readonly #act: string | undefined;

  /** `act`: the project's word for a visit, in which the paper's own text is printed. */
  constructor(paper: PaperDefinition, contacts: Contacts, act?: unknown) {
    this.paper = paper;
    this.contacts = contacts;
    this.#act = typeof act === 'string' ? act : undefined;
  }

  /** The value at a path, of the nearest row that has it, with the path from the root. */
  find(place: Place, path: string): { value: unknown; path: readonly string[] } {
    const steps = path.split('.');
    for (let now: Place | null = place; now; now = now.around) {
      if ((steps[0] ?? '') in now.data || !now.around)
        return { value: inside(now.data, steps), path: [...now.at, ...steps] };
    }
    return { value: undefined, path: steps };
  }

  /** Rows of a list. */
  rows(place: Place, path: string): Place[] {
    const { value, path: at } = this.find(place, path);
    const list = Array.isArray(value) ? (value as unknown[]) : isRecord(value) ? [value] : [];
    return list.map((row, index) => ({
      data: isRecord(row) ? row : { value: row },
      at,
      number: index + 1,
      around: place,
    }));
  }

  /** Sentences of a list, or the lines of a long text. */
  sentences(place: Place, path: string): string[] {
    const { value } = this.find(place, path);
    if (typeof value === 'string') return value.split('\n');
    return this.rows(place, path).map(({ data }) => String((data.value as string | null) ?? ''));
  }

  /** Whether a block is printed here. */
  holds(place: Place, when: When | undefined): boolean {
    if (when === undefined) return true;
    const [, not, path = '', wanted] = /^(!?)([^=]+)(?:=(.*))?$/.exec(when) ?? [];
    const { value } = this.find(place, path);
    return wanted !== undefined ? wanted.split('|').includes(String(value)) : says(value) !== (not === '!');
  }

  /** A personal text as this reader may see it. */
  masked(text: string, personal: boolean): string {
    return personal ? personText(text, this.contacts) : phoneText(text, this.contacts);
  }

  /** A value in words; empty for none. `cell`: a day as lists write it, on one line. */
  value(place: Place, path: string, cell = false): string {
    if (path === '#') return String(place.number);
    const { value, path: full } = this.find(place, path);
    return this.#worded(fieldOf(this.paper, full), value, this.paper.open.includes(path), cell);
  }

  #worded(meta: FieldMeta | null, value: unknown, open: boolean, cell: boolean): string {
    if (Array.isArray(value))
      return [...new Set(value.map((one) => this.#worded(meta, one, open, cell)).filter(Boolean))].join('、');
    if (value === null || value === undefined) return '';
    // What a reference leads to, by its name.
    if (isRecord(value)) return this.#worded(meta, value[''], open, cell);
    const text = String(value as string | number | boolean);
    if (DAY.test(text) || meta?.kind === 'day') return cell ? dayLine(text) : dayText(text);
    // A reference comes as the name of what it leads to; a word that is none of the vocabulary's is one already.
    const words = meta && meta.kind !== 'reference' ? valueText(meta, value) : text;
    return open ? words : this.masked(words, meta?.masked === true || meta?.person === true);
  }

  /** A text on paper. */
  text(place: Place, text: PaperText, cell = false): string {
    const of = (parts: readonly TemplatePart[]): string =>
      parts
        .map((part) => (typeof part === 'string' ? part : this.value(place, part.path, cell) || of(part.fallback)))
        .join('');
    const filled = clausesOf(inAct(text, this.#act)).map((part) => {
      if ('text' in part) return of(templateParts(part.text));
      const whole = templatePaths(part.clause).every((path) => this.value(place, path) !== '');
      return of(templateParts(whole ? part.clause : part.otherwise));
    });
    return filled.join('').replace(/^\s+|(?<!\s)\s+$/g, '');
  }
}

/** The words of a paper's title, or of its file's name. */
export const paperText = (paper: PaperDefinition, data: PaperData, text: string): string =>
  new PaperWords(paper, 'shown', data.act).text({ data, at: [], number: 1, around: null }, text);
