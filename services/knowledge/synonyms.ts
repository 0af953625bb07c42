// Trade words that a search takes for the same, read once per folder of resources.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { synonymsOf, type Synonyms } from '../../domain/values/search-key.ts';

const indexes = new Map<string, Synonyms>();

/** @param resources folder of the product's resources */
export function synonymsIn(resources: string): Synonyms {
  let index = indexes.get(resources);
  if (!index) {
    const content = JSON.parse(readFileSync(join(resources, 'content', 'synonyms.json'), 'utf8')) as {
      groups: { words: string[] }[];
    };
    indexes.set(resources, (index = synonymsOf(content.groups)));
  }
  return index;
}
