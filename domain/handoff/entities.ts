// Rows that the hand-off itself adds to the log: which rows are one and the same (hand-off design 6).
import { defineEntity } from '../dictionary/entity.ts';
import { INNER } from '../dictionary/facets.ts';
import { reference, text } from '../dictionary/field.ts';

/** Says that two rows are one. Its id is the UUIDv5 of both ids, the smaller first; un-merging puts it into the bin. */
export const alias = defineEntity({
  name: 'alias',
  label: '合并',
  home: 'g',
  facets: { ...INNER, write: ['enterprises.merge'], travels: 'always', since: 1 },
  fields: {
    entity: text({ label: '种类', required: 'F', max: 40 }),
    lowId: reference('', { label: '其一', required: 'F', kindIn: 'entity' }),
    highId: reference('', { label: '其二', required: 'F', kindIn: 'entity' }),
  },
});

export const HANDOFF_ENTITIES = [alias] as const;
