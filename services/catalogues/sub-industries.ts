// Sub-industries that catalogues know, found by a word, with the classes that the editions in force give them.
import { namesIn } from '../../domain/catalogues/classify.ts';
import { CATALOGUE_CLASSES } from '../../domain/catalogues/vocabulary.ts';
import { labelOf } from '../../domain/dictionary/vocabulary.ts';
import { squeezeText } from '../../domain/values/text.ts';
import type { IndustryHit } from '../../contract/knowledge.ts';
import type { Context } from '../context.ts';
import { cataloguesOf } from './load.ts';

/** Sub-industries in whose name all of a text stands; `name`: the classes by the latest edition of each catalogue. */
export async function findSubIndustries(ctx: Context, text: string, limit: number): Promise<IndustryHit[]> {
  const all = await cataloguesOf(ctx.store.read);
  const latest = all.filter(({ id }) => !all.some((other) => other.before === id));
  const classes = new Map<string, string[]>();
  for (const { name, entries } of latest)
    for (const entry of entries)
      for (const sub of namesIn(entry.subIndustries))
        classes.set(sub, [...(classes.get(sub) ?? []), `${labelOf(CATALOGUE_CLASSES, entry.outcome)}（${name}）`]);
  const asked = squeezeText(text).toLowerCase();
  return [...classes]
    .filter(([sub]) => squeezeText(sub).toLowerCase().includes(asked))
    .slice(0, limit)
    .map(([code, said]) => ({ code, name: said.join('、'), spoken: null }));
}
