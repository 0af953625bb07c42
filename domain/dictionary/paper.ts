// Papers as descriptions: what is printed of a record, block by block. One maker in services/documents makes any of them.
import type { Path, Template } from './facets.ts';

/**
 * Text on paper: a template (`{path|fallback}`) in which `[…]` is left out where one of its fields says nothing, and
 * `[…||…]` has its second half printed then. `{#}` is the number of the row, `{list.#}` the length of a list.
 */
export type PaperText = Template;

/** Whether a block is printed: a path that says something, `!path` that says nothing, or `path=value`, `path=one|other`. */
export type When = string;

/** A labelled value: a field under its own label, or words of one's own. */
export type Slot =
  | Path
  /** A field with words that help whoever fills it in, on a paper to be filled in. */
  | {
      readonly field: Path;
      /** Field that says why there is no value. */
      readonly or?: Path;
      readonly help?: string;
      readonly wide?: true;
      readonly when?: When;
    }
  | {
      readonly label: PaperText;
      readonly text: PaperText;
      /** Over the whole width; long texts are anyway. */
      readonly wide?: true;
      /** Least height in millimetres, to write in. */
      readonly height?: number;
      readonly keepNext?: true;
      readonly when?: When;
    };

/** A line of a form: a slot, a heading over its width that is repeated on the next page, or photos two to a row. */
export type FormRow =
  | Slot
  | { readonly head: PaperText; readonly when?: When }
  /** Rows of a part in one cell, at most so many of them; the rest is counted. */
  | {
      readonly list: Path;
      readonly label: string;
      readonly text: PaperText;
      readonly most: number;
      /** Between two of them. */
      readonly between?: string;
      /** Printed on a paper to be filled in, with room of so many millimetres. */
      readonly help?: string;
      readonly room?: number;
    }
  /** What an extension of the record says. */
  | { readonly fields: string; readonly when?: When }
  | {
      readonly photos: Path;
      readonly label: string;
      readonly none: PaperText;
      /** Photos of another list at the right of each: before and after. */
      readonly beside?: Path;
      /** What stands above the two. */
      readonly heads?: readonly [string, string];
      readonly when?: When;
    };

/** A column of a table: a field under its own label, or words of one's own. */
export type PaperColumn =
  | Path
  | {
      readonly heading: string;
      readonly text: PaperText;
      readonly weight?: number;
      readonly align?: 'left' | 'center' | 'right';
    };

/** A box to sign in. */
export interface PaperBox {
  readonly label: PaperText;
  readonly names?: PaperText;
  /** A signature drawn on the screen. */
  readonly image?: Path;
  readonly day?: Path;
  readonly lines?: readonly PaperText[];
  readonly when?: When;
}

/** The kinds of block. Paths within a repeated block or a table are those of its row first. */
export type PaperBlock = { readonly when?: When } & (
  | { readonly type: 'title'; readonly text: PaperText; readonly subtitle?: PaperText }
  /** A page of its own: the title in its upper half, labelled lines in the lower. */
  | {
      readonly type: 'cover';
      readonly title: PaperText;
      readonly subtitle?: PaperText;
      readonly lines: readonly { readonly label: string; readonly text: PaperText }[];
    }
  /** The headings with their pages, on pages of their own. */
  | { readonly type: 'contents' }
  /** Of level 1 with the next Chinese number. */
  | { readonly type: 'heading'; readonly text: PaperText; readonly level?: 1 | 2 | 3 }
  | {
      readonly type: 'paragraph';
      readonly text: PaperText;
      /** Not indented. */
      readonly plain?: true;
      /** In the size of a note. */
      readonly small?: true;
      readonly strong?: true;
      readonly align?: 'right' | 'center';
      readonly keepNext?: true;
    }
  /** Sentences of a list, numbered where there are several. */
  | { readonly type: 'lines'; readonly of: Path; readonly none?: string; readonly keepNext?: true }
  /** `dense`: small, so that much of it stands on one page. */
  | { readonly type: 'form'; readonly rows: readonly FormRow[]; readonly dense?: true }
  /** Labelled values that the data brings: `label`, `value`, `long`, `personal`. */
  | { readonly type: 'facts'; readonly of: Path; readonly none?: string }
  /** Everything that is said in the fields of the paper's kind, or of an extension of it. */
  | { readonly type: 'fields'; readonly of?: string; readonly skip?: readonly string[]; readonly none?: string }
  /** Boxes that are ticked or not: `label`, `checked`. */
  | { readonly type: 'choices'; readonly of: Path }
  | {
      readonly type: 'table';
      /** A child kind of the paper's, or a list that the data brings. */
      readonly of: Path;
      /** Without them the columns of the kind's default list. */
      readonly columns?: readonly PaperColumn[];
      readonly caption?: string;
      /** Rows are kept together under a head each. */
      readonly groups?: { readonly head: PaperText; readonly of: Path };
      readonly none?: string;
      /** Empty rows under the others: as many as this path says. */
      readonly blank?: Path;
      /** What is not known is left empty, to be written in by hand. */
      readonly toWrite?: true;
      /** Least height of a row in millimetres. */
      readonly height?: number;
      /** Its last row stays with what follows: a signature. */
      readonly keepNext?: true;
      /** Field of a child kind that orders the rows. */
      readonly by?: Path;
      /** Values of a field of a child kind whose rows are not printed. */
      readonly unless?: Readonly<Record<Path, readonly string[]>>;
      /** The newest so many of those that `by` orders. */
      readonly newest?: number;
    }
  /** Whole tables that the data brings: `caption`, `columns`, `rows`; those without rows are left out. */
  | {
      readonly type: 'tables';
      readonly of: Path;
      /** Each under a heading of level 2 instead of a caption, so that the contents name it. */
      readonly heads?: true;
    }
  /** Photos of a list that the data brings, or of the record: `attachments.all`, `attachments.photo_before`. */
  | {
      readonly type: 'photos';
      readonly of: Path;
      readonly none?: string;
      /** Each over the whole width. */ readonly wide?: true;
    }
  | { readonly type: 'signatures'; readonly boxes: readonly PaperBox[] }
  /** A QR code of these lines; of a letter, all that it says. */
  | { readonly type: 'code'; readonly texts: readonly PaperText[]; readonly caption?: PaperText }
  /** Unit and day under a text. */
  | { readonly type: 'signed'; readonly unit: PaperText; readonly day: Path; readonly keepNext?: true }
  | { readonly type: 'repeat'; readonly of: Path; readonly blocks: readonly PaperBlock[] }
  | { readonly type: 'gap'; readonly points?: number; readonly keepNext?: true }
  /** A new page in the same part, or a new part with pages of this orientation. */
  | { readonly type: 'break' }
  | { readonly type: 'page'; readonly orientation?: 'portrait' | 'landscape' | 'narrow' }
  /** The sections of a periodic report: see domain/dictionary/section.ts. */
  | { readonly type: 'sections' }
);

/** A periodic report among the papers: how its period is called. */
export interface ReportPaper {
  /** Short name by which sections say in which reports they stand. */
  readonly kind: string;
  /** As the window names it. */
  readonly name: string;
  /** Behind the client's name in the title: 工作月报. */
  readonly title: string;
  /** Months of its period, 0 for a week. */
  readonly months: number;
  /** Title of the section that compares, by what it compares with. */
  readonly comparison: string;
  readonly compares: readonly string[];
  /** Whether a cover and the contents stand before its text. */
  readonly cover: boolean;
}

/** A letter of the content that a paper prints before its own blocks (resources/content/letters.json). */
export interface LetterUse {
  readonly id: string;
  /** What stands for each of its placeholders. */
  readonly words: Readonly<Record<string, PaperText>>;
}

/** A paper of the dictionary. */
export interface PaperDefinition<I extends string = string> {
  /** Id under which it is archived. */
  readonly id: I;
  readonly label: string;
  /** Kind of record that it is about. */
  readonly of: string;
  /** Whether what was issued is kept, with its data. */
  readonly archive: boolean;
  /** Title in the document's properties. */
  readonly title: PaperText;
  /** Name of its file, without ending. */
  readonly file: PaperText;
  /** Size of its text in points. */
  readonly bodySize: 12 | 14 | 16;
  /** Whether persons and phones are printed unless somebody says otherwise. */
  readonly contacts: 'masked' | 'shown';
  /**
   * Values that the service of its capability brings, with the field they stand for (`kind.field`: label, words and
   * masking are the field's), or null. Empty for a paper that is read from the dictionary alone.
   */
  readonly given: Readonly<Record<Path, string | null>>;
  /** Values that are never masked: one's own channel for answers. */
  readonly open: readonly Path[];
  readonly report: ReportPaper | null;
  /** To be filled in by hand: help stands in place of values but of these fields. */
  readonly blank: readonly Path[] | null;
  readonly letter: LetterUse | null;
  readonly blocks: readonly PaperBlock[];
}

/** Defines a paper. */
export function definePaper<const I extends string>(
  options: Pick<PaperDefinition<I>, 'id' | 'label' | 'of' | 'archive' | 'blocks'> &
    Partial<Omit<PaperDefinition<I>, 'id' | 'label' | 'of' | 'archive' | 'blocks'>>,
): PaperDefinition<I> {
  return {
    title: options.label,
    file: options.label,
    bodySize: 12,
    contacts: 'masked',
    given: {},
    open: [],
    report: null,
    blank: null,
    letter: null,
    ...options,
  };
}

/** A template between its optional clauses: `text` always, or `clause` with what stands for it where it says nothing. */
export type Clause = { readonly text: string } | { readonly clause: string; readonly otherwise: string };

/** The clauses of a text on paper. */
export function clausesOf(text: PaperText): readonly Clause[] {
  return text.split(/(\[[^[\]]*\])/).flatMap((part): Clause[] => {
    if (part === '') return [];
    if (!part.startsWith('[') || !part.endsWith(']')) return [{ text: part }];
    const [clause = '', otherwise = ''] = part.slice(1, -1).split('||');
    return [{ clause, otherwise }];
  });
}
