// The recipe of the demonstration town: names and phrases from resources/demo/recipe.json.
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Dice } from './random.ts';

/** A line of business. */
export interface Business { word: string; sign?: string; code: string; industry: string; product?: string; unit?: string; waste: string | null; air: boolean }

/** How enterprises of an object kind are made. `individual` is the share of individual businesses. */
export interface KindRecipe { count: number; legal: boolean; individual: number; park?: boolean; businesses: Business[] }

/** Everything the town is made from. */
export interface Recipe {
  seed: number; district: string; town: string; adminCode: string; client: string; project: string; villages: string[]; park: string; roads: string[]; inspectors: string[];
  surnames: string; given: string; tradeFirst: string; tradeSecond: string; kinds: Record<string, KindRecipe>; locations: Record<string, string[]>;
  contactWords: string[]; evidence: string[]; passComments: string[]; failReasons: string[]; extendReasons: string[]; summaries: string[];
  trainings: { title: string; kinds: string[]; topic: string }[];
}

/** Reads the recipe. */
export async function readRecipe(resources: string): Promise<Recipe> {
  return JSON.parse(await readFile(join(resources, 'demo', 'recipe.json'), 'utf8')) as Recipe;
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
