// Fields that the content proposes: each is kept, under its own name or another, or stands in not-taken.json with the reason, and no
// reason outlives its field. A field that is in neither would be dropped without a word.
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { ENTITIES } from '../../domain/entities.ts';
import { placesOfContentField, type ContentField, type NotTaken } from '../../domain/registers/content-fields.ts';
import { notTakenOf } from '../../services/registers/profiles.ts';

const read = (name: string): unknown => JSON.parse(readFileSync(`resources/content/${name}`, 'utf8'));
const { entityFields } = read('import-profiles.json') as { entityFields: readonly ContentField[] };
const { fields } = read('not-taken.json') as { fields: readonly NotTaken[] };

function isKept(place: string): boolean {
  const [kind, field = ''] = place.split('.');
  const entity = ENTITIES.find(({ name }) => name === kind);
  if (!entity) return false;
  return field in entity.fields || entity.workflow?.state === field || ENTITIES.some((e) => e.listOfParent === field);
}

test('every proposed field is kept or not taken for a reason, and nothing is said of others', () => {
  const proposed = entityFields.filter(({ state }) => state === 'proposed').map(({ id }) => id);
  const left = proposed.filter((id) => !placesOfContentField(id).some(isKept));
  expect(fields.map(({ id }) => id).toSorted()).toEqual(left.toSorted());
  expect(new Set(left).size).toBe(fields.length);
  for (const { reason } of fields) expect(reason.length).toBeGreaterThan(5);
});

test('the import tells the reason by the heading of the column', () => {
  expect(notTakenOf('resources').get('紧急程度')).toContain('工单系统');
  expect(notTakenOf('resources').get('编制单位')).toBeUndefined();
});
