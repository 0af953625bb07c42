// How the rows of a kind are listed: columns, ready views, what is searched. Compiled by services/lists, drawn by the window.
import type { FieldKind, FieldMeta } from './field.ts';
import type { Filter } from './filter.ts';
import type { Vocabulary } from './vocabulary.ts';

/** Order of rows, most important first: a path, with `-` before it for the largest first. Rows without a value come last. */
export type Order = readonly string[];

/** How a column looks. `with`: further columns that its cell needs. `sort`: paths it is sorted by in place of itself. */
interface ColumnLook {
  readonly label?: string;
  readonly width?: number | string;
  readonly align?: 'right';
  readonly hidden?: true;
  readonly fixed?: true;
  readonly with?: readonly string[];
  /**
   * A day by which something is due: the column with the days that are left, negative for those by which it is late; where these are
   * counted in their own way, their column.
   */
  readonly due?: { readonly left: string; readonly overdue?: string };
  readonly sort?: Order;
  /** `false`: the window offers no sorting by it. */
  readonly sortable?: false;
  /** How a sheet prints the stored value, where the field alone does not say it. */
  readonly text?: (value: string) => string;
  /** Width of the column on a sheet, in characters. */
  readonly chars?: number;
}

/** The value of the first child row in an order: `field` is a path of the child, or several of which the first that is filled counts. */
export interface Pick {
  readonly child: string;
  readonly field: string | readonly string[];
  readonly order: Order;
  readonly where?: Filter;
}

/** A field by its path, under a key of its own. */
export interface PathColumn extends ColumnLook {
  readonly key: string;
  readonly path: string;
}
export interface PickColumn extends ColumnLook {
  readonly key: string;
  readonly label: string;
  readonly pick: Pick;
}
/** How many child rows there are. */
export interface CountColumn extends ColumnLook {
  readonly key: string;
  readonly label: string;
  readonly count: { readonly child: string; readonly where?: Filter };
}
/** Values of all child rows in one text, names of references for them; ids of a vocabulary stay ids, split by `,`. */
export interface JoinColumn extends ColumnLook {
  readonly key: string;
  readonly label: string;
  readonly join: { readonly child: string; readonly field: string; readonly where?: Filter };
}
/** The first of several columns or paths that is filled. */
export interface FirstColumn extends ColumnLook {
  readonly key: string;
  readonly label: string;
  readonly first: readonly string[];
}
/** One number column of another, printed as a percentage. */
export interface RateColumn extends ColumnLook {
  readonly key: string;
  readonly label: string;
  readonly rate: readonly [numerator: string, denominator: string];
}
/** Days from today to a day of the row, negative when it has passed; none for rows that `where` does not take. */
export interface UntilColumn extends ColumnLook {
  readonly key: string;
  readonly label: string;
  readonly until: { readonly day: string; readonly where: Filter };
}
/** An expression that only SQL can say, by its name in services/conditions. */
export interface SqlColumn extends ColumnLook {
  readonly key: string;
  readonly label: string;
  readonly kind: FieldKind;
  readonly vocabulary?: Vocabulary;
  readonly unit?: string;
  readonly sql: string;
}
export type ComputedColumn = PickColumn | CountColumn | JoinColumn | FirstColumn | RateColumn | UntilColumn | SqlColumn;
export type ListColumn = PathColumn | ComputedColumn;

/** A view that comes with the product. */
export interface ListView {
  readonly id: string;
  readonly label: string;
  readonly filter: Filter;
  readonly sort?: { readonly field: string; readonly descending: boolean };
  readonly columns?: readonly string[];
}

/** A column of a sheet: a column of the list, under its label or a heading of its own. */
export type SheetHeading = string | { readonly key: string; readonly heading: string };

/** The form in which a list is printed: its columns (`#` is the running number, `''` stays empty for notes), and its order. */
export interface ListSheet {
  readonly columns: readonly SheetHeading[];
  readonly order?: Order;
}

/** A list as it is written down. */
export interface ListDefinition {
  readonly of: string;
  /** Word that counts its rows: 家, 项, 次. */
  readonly counted: string;
  readonly columns: readonly ListColumn[];
  /** Paths, conditions (`is:…`) and children (`has:…`) offered first when a condition is added; every other field is offered below. */
  readonly filters: readonly string[];
  readonly views: readonly ListView[];
  /** View that is shown first. */
  readonly initial: string;
  readonly order: Order;
  /** What a typed word is looked for in: text fields by path; a reference, or `id` for the row itself, by its entry of the search. */
  readonly search: readonly string[];
  readonly placeholder: string;
  /** The sheet when no columns are asked for; null where it is all columns. */
  readonly sheet: ListSheet | null;
  readonly title: string;
}

interface ListOptions {
  of: string;
  title: string;
  counted: string;
  columns: readonly (string | (Omit<PathColumn, 'key'> & { key?: string }) | ComputedColumn)[];
  filters?: readonly string[];
  views?: readonly ListView[];
  initial?: string;
  order: Order;
  search: readonly string[];
  placeholder?: string;
  sheet?: ListSheet;
}

/** The view without any condition. */
export const ALL_VIEW: ListView = { id: 'all', label: '全部', filter: [] };

/** Defines the list of a kind; it is named in the definition of the kind. */
export function defineList(options: ListOptions): ListDefinition {
  const views = options.views ?? [ALL_VIEW];
  return {
    of: options.of,
    title: options.title,
    counted: options.counted,
    columns: options.columns.map((c): ListColumn => {
      if (typeof c === 'string') return { key: c, path: c };
      return 'path' in c ? { ...c, key: c.key ?? c.path } : c;
    }),
    filters: options.filters ?? [],
    views,
    initial: options.initial ?? views[0]?.id ?? ALL_VIEW.id,
    order: options.order,
    search: options.search,
    placeholder: options.placeholder ?? '',
    sheet: options.sheet ?? null,
  };
}

export const isPathColumn = (c: ListColumn): c is PathColumn => 'path' in c;

/** A field of an order without its sign, and whether the largest come first. */
export const orderTerm = (term: string): { path: string; descending: boolean } =>
  term.startsWith('-') ? { path: term.slice(1), descending: true } : { path: term, descending: false };

/** Metadata of a column that no field stands for. */
export const plainMeta = (kind: FieldKind, label: string, more: Partial<FieldMeta> = {}): FieldMeta => ({
  kind,
  label,
  level: 'auto',
  ...more,
});
