// The classification of industries, read once per folder of resources.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { makeIndustryIndex, type IndustryContent, type IndustryIndex } from '../../domain/values/industry-code.ts';

const indexes = new Map<string, IndustryIndex>();

/** @param resources folder of the product's resources */
export function industriesOf(resources: string): IndustryIndex {
  let index = indexes.get(resources);
  if (!index) {
    const content = JSON.parse(readFileSync(join(resources, 'content', 'classifications.json'), 'utf8')) as {
      industries: IndustryContent;
    };
    indexes.set(resources, (index = makeIndustryIndex(content.industries)));
  }
  return index;
}
