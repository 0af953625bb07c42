// Rows that the hand-off itself adds to the log: which rows are one and the same (hand-off design 6).
import { defineEntity } from '../dictionary/entity.ts';
import { reference, text } from '../dictionary/field.ts';

/** Says that two rows are one. Its id is the UUIDv5 of both ids, the smaller first; un-merging puts it into the bin. */
export const alias = defineEntity({
  name: 'alias', label: '合并', home: 'g',
  fields: {
    entity: text({ label: '种类', required: 'F', max: 40 }),
    lowId: reference('', { label: '其一', required: 'F' }),
    highId: reference('', { label: '其二', required: 'F' }),
  },
});

export const HANDOFF_ENTITIES = [alias];
