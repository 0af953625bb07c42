// The recipe of the demonstration town: names and phrases from resources/demo/recipe.json.
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Dice } from './random.ts';

/** A line of business. */
export interface Business {
  word: string;
  sign?: string;
  code: string;
  industry: string;
  /** Sub-industry of the catalogues. */
  sub?: string;
  product?: string;
  unit?: string;
  waste: string | null;
  air: boolean;
}

/** How enterprises of an object kind are made. `individual` is the share of individual businesses. */
export interface KindRecipe {
  count: number;
  legal: boolean;
  individual: number;
  park?: boolean;
  businesses: Business[];
}

/** How a value is made up; anything else stands as it is. */
export type MadeValue =
  | { readonly daysAgo: readonly [least: number, most: number] }
  | { readonly daysAfter: readonly [field: string, least: number, most: number] }
  | { readonly pick: readonly string[] }
  /** A row of the built-in content, by its kind and code. */
  | { readonly content: readonly [kind: string, code: string] }
  | { readonly between: readonly [least: number, most: number] }
  /** A number of an authority's: its beginning and as many digits more. */
  | { readonly number: readonly [beginning: string, digits: number] }
  | { readonly one: 'inspector' | 'village' }
  /** What the enterprise itself says. */
  | { readonly of: 'villageId' };

export type RecordValues = Readonly<Record<string, string | number | boolean | null | MadeValue>>;

/** Rows of a kind: for a share of the enterprises of these object kinds, one of the variants by weight. */
export interface RecordRecipe {
  readonly of: string;
  readonly objectKinds: readonly string[];
  readonly share: number;
  readonly values: RecordValues;
  readonly variants?: readonly { readonly weight: number; readonly values: RecordValues }[];
  /** Values that go together, by the kind of enterprise. */
  readonly scenes?: Readonly<Record<string, readonly RecordValues[]>>;
  /** For a share of the rows a second one that says the same in these fields. */
  readonly again?: { readonly share: number; readonly same: readonly string[] };
  /** Rows that hang on it. */
  readonly parts?: readonly PartRecipe[];
}

/** Rows that hang on a record by a field, `enterpriseId` without it: one for each of `rows`, or one. */
export interface PartRecipe {
  readonly of: string;
  readonly by?: string;
  /** What all of them say. */
  readonly values?: RecordValues;
  readonly rows?: readonly RecordValues[];
  readonly parts?: readonly PartRecipe[];
}

/** A file that was filled from paper: what a share of the enterprises of these object kinds has on record together. */
export interface FileRecipe {
  readonly objectKinds: readonly string[];
  readonly share: number;
  readonly records: readonly PartRecipe[];
}

/** Everything the town is made from. */
export interface Recipe {
  seed: number;
  district: string;
  town: string;
  adminCode: string;
  client: string;
  project: string;
  villages: string[];
  park: string;
  roads: string[];
  inspectors: string[];
  surnames: string;
  given: string;
  tradeFirst: string;
  tradeSecond: string;
  kinds: Record<string, KindRecipe>;
  locations: Record<string, string[]>;
  contactWords: string[];
  evidence: string[];
  passComments: string[];
  failReasons: string[];
  extendReasons: string[];
  summaries: string[];
  trainings: {
    title: string;
    kinds: string[];
    topic: string;
    /** What was noted of it: questions and answers, what to do better. */
    told: { summary: string; questions: string; improvements: string };
  }[];
  /** What is written into reports, a line to a point. */
  reportTexts: { causes: string; advice: string };
  /** Editions of catalogues with their entries, and rules of exemption. */
  catalogues: readonly {
    readonly values: Readonly<Record<string, string>>;
    readonly entries: readonly Readonly<Record<string, string>>[];
  }[];
  exemptionRules: readonly Readonly<Record<string, string>>[];
  /** Records of further kinds. */
  records: readonly RecordRecipe[];
  /** Sections of the file. */
  files: readonly FileRecipe[];
}

/** Reads the recipe. */
export async function readRecipe(resources: string): Promise<Recipe> {
  const read = async (name: string): Promise<unknown> =>
    JSON.parse(await readFile(join(resources, 'demo', `${name}.json`), 'utf8')) as unknown;
  return { ...((await read('recipe')) as Omit<Recipe, 'files'>), files: (await read('files')) as FileRecipe[] };
}

/** A made-up person. */
export function personName(recipe: Recipe, dice: Dice): string {
  const given = dice.pick([...recipe.given]) + (dice.chance(0.6) ? dice.pick([...recipe.given]) : '');
  return dice.pick([...recipe.surnames]) + given;
}

/** A mobile number of a range that is plainly made up: 138 0000 xxxx. */
export function madeUpMobile(dice: Dice): string {
  return `1380000${String(dice.int(0, 9999)).padStart(4, '0')}`;
}
