// Where a kind of record appears: each kind states or declines every facet, and every list of kinds is derived from them.

/** Text with fields in it: `{outcome|进行中}` is the field's value in words, or what stands behind the bar where it has none. */
export type Template = string;

/** A field of the kind, or one reached through references: `status`, `trainingId.title`. */
export type Path = string;

/** Table (or form, for an extension) in the enterprise file. */
export interface FileFacet {
  /** Id of a tab in `domain/enterprises/file-tabs.ts`. */
  readonly tab: string;
  /** Place within the tab. */
  readonly order: number;
  /** Rows are counted on the tab; by this field where several rows are one thing to people. */
  readonly count?: true | Path;
  /** Only for enterprises of these object kinds. */
  readonly objectKinds?: readonly string[];
  /** The tab draws these rows in a way of its own, not as a plain table. */
  readonly drawn?: true;
}

/** One line in the story of an enterprise. */
export interface TimelineFacet {
  /** When it happened: a day, or an instant of which the day here is taken. */
  readonly day: Path;
  /** Instant that orders the lines of a day; without it when the row was made. */
  readonly at?: Path;
  readonly title: Template;
  readonly detail: Template;
  readonly who: Template;
  /** Sign before the line: an icon, or a field whose value names a state of the kind. */
  readonly glyph: string | { readonly stateOf: string; readonly field: Path };
  /** Way to the enterprise. */
  readonly enterprise: Path;
  /** Rows that share this field are one line. */
  readonly once?: Path;
  /** Record that the line opens, where it is not the row itself. */
  readonly opens?: Path;
  /** Values of a field that are not told. */
  readonly unless?: Readonly<Record<Path, readonly string[]>>;
}

/** A column of the printed file: a field under its label, or the number of rows of another kind. */
export type DossierColumn = {
  readonly weight?: number;
  readonly align?: 'center';
} & (
  | {
      readonly path: Path;
      /** Words in place of the field's own; it still gives the heading. */
      readonly text?: Template;
      readonly heading?: string;
    }
  | { readonly count: string }
);

/** Rows in the printed file (一企一档). */
export interface DossierFacet {
  /** Id of a section in `domain/enterprises/dossier-sections.ts`. */
  readonly section: string;
  readonly order: number;
  readonly caption?: string;
  /** What is printed, in this order; without it the columns of the default list (facts, for an extension). */
  readonly columns?: readonly DossierColumn[];
  /** Fields that say nothing to a reader, among the facts. */
  readonly skip?: readonly string[];
  /** Field that orders the rows. */
  readonly by?: Path;
  /** Values of a field that are not printed. */
  readonly unless?: Readonly<Record<Path, readonly string[]>>;
}

/** How a row of a client's spreadsheet finds its record. */
export interface RegisterFacet {
  /** Place among the kinds that a row may fill. */
  readonly order: number;
  /** Fields that tell one record of an enterprise from another, strongest first; none: there is one record. */
  readonly find: readonly string[];
  /** A row may hold several, in columns of their own or in one cell. */
  readonly several?: true;
  /** Only all fields of `find` together tell it. */
  readonly together?: true;
  /** The only record on file is meant even where `find` differs: its number was corrected, or renewed. */
  readonly only?: true;
  /** Day by which the latest record holds: another value makes a new record and leaves the old one. */
  readonly history?: string;
  /** What a new record says in fields that it needs and registers leave out; `{enterprise}` and `{today}` are filled in. */
  readonly otherwise?: Readonly<Record<string, string>>;
  readonly ledger?: LedgerFacet;
}

/** What a ledger (a list of permits, outlets, results) says of its records beside what a register does. */
export interface LedgerFacet {
  /** A register of enterprises has no columns of it. */
  readonly only?: true;
  /** Words besides the label by which a title, or a heading over several columns, names the kind. */
  readonly called?: readonly string[];
  /** What one field says of another: `DA001` is an outlet of air. */
  readonly told?: readonly {
    readonly field: Path;
    readonly by: Path;
    readonly as: readonly (readonly [pattern: RegExp, value: string])[];
  }[];
  /** Headings that only a ledger of such records has for a field: in a register 截止日期 may be anything. */
  readonly headings?: Readonly<Record<Path, readonly string[]>>;
  /** References that no column names: to the record of the enterprise that says the same in these fields. */
  readonly links?: Readonly<Record<Path, readonly string[]>>;
  /** Where words stay that name no record on file: a point of monitoring that is no outlet. */
  readonly unlinked?: Readonly<Record<Path, Path>>;
  /** Lists that say by their title alone what each enterprise on them is: the field, and its value by words of the title. */
  readonly listed?: { readonly field: Path; readonly as: readonly (readonly [pattern: RegExp, value: string])[] };
  /** Tables that give each year, day or list a column of its own: the field that the headings say, and that of the cells; none: ticks. */
  readonly across?: { readonly by: Path; readonly value?: Path };
  /** Field that a title may say for all rows: 2024年度. */
  readonly titled?: Path;
  /** Fields that the program works out: a row that says otherwise contradicts itself and is refused. */
  readonly agrees?: readonly Path[];
  /** Fields that events of the record set: what a row says of them becomes its first steps. */
  readonly steps?: readonly Path[];
  /** Field that takes the next number of its series where a row says none. */
  readonly numbers?: Path;
  /** Field that takes what no other field of the record could hold. */
  readonly remark?: Path;
}

/** What search finds a row by. */
export interface SearchFacet {
  /** Place of its hits among those of other kinds. */
  readonly order: number;
  readonly icon: string;
  readonly title: Template;
  readonly detail: Template;
  /** Shown at the end of a hit. */
  readonly tail: Template;
  /** Names: found as written, spelled out and by initials. */
  readonly spelled: readonly Path[];
  /** Codes and other words: found as written. */
  readonly words: readonly Path[];
  /** The enterprise (or other record) it hangs on, which hides it in the bin. */
  readonly parent?: Path;
  /** Rows of these values have no entry while the other field says nothing: photos that nobody named. */
  readonly unless?: { readonly field: string; readonly is: readonly string[]; readonly named: string };
  /** Its words find that record as well. */
  readonly lends?: true;
}

/** Words of a part by which its owner is found as well. */
export interface SearchPartFacet {
  readonly owner: string;
  readonly spelled: readonly Path[];
  readonly words: readonly Path[];
}

/** Where a record is looked at: on a page of its own, or in the record that a field points to. */
export type PageFacet =
  | {
      readonly route: string;
      readonly room: string;
      readonly order: number;
      /** What the list is called, where it is not the label of the kind. */
      readonly label?: string;
    }
  | {
      readonly within: Path;
      /** Room in which the list of all rows stands. */
      readonly room?: string;
      readonly order?: number;
    };

/**
 * Who writes rows: `plain` the dictionary alone, `parent` whatever writes the record they are part of, `content` the program's
 * content, else the procedures named.
 */
export type WriteFacet = 'plain' | 'parent' | 'content' | readonly string[];

/**
 * How rows travel in a package that is cut by territory: `always`; `area` where an area of their own, or of their parts, is sent;
 * `enterprises` with the enterprises they are about; `parent` with the record they are part of; `project` with its contract; `never`.
 * What belongs to an enterprise from birth goes with it whatever is said here, and so does what something that is sent refers to.
 */
export type TravelsFacet = 'always' | 'area' | 'enterprises' | 'parent' | 'project' | 'never';

/** Every facet of a kind. `null` declines it. */
export interface Facets {
  readonly file: FileFacet | null;
  readonly timeline: TimelineFacet | null;
  readonly dossier: DossierFacet | null;
  readonly register: RegisterFacet | null;
  /** Kinds of paper it may carry. */
  readonly attach: readonly string[] | null;
  readonly search: SearchFacet | SearchPartFacet | null;
  readonly page: PageFacet | null;
  readonly write: WriteFacet;
  readonly travels: TravelsFacet;
  /** Schema number of the exchange in which the kind first appeared (hand-off design 9). */
  readonly since: number;
}

/** Declines what only rows that people meet by themselves have: for links, steps and the program's own rows. */
export const INNER = {
  file: null,
  timeline: null,
  dossier: null,
  register: null,
  attach: null,
  search: null,
  page: null,
} as const satisfies Partial<Facets>;
