// Conditions with a name on formalities.
import { defineCondition, type NamedCondition } from '../dictionary/filter.ts';

/** Of several permits, plans, licences of a kind or contracts of an enterprise the one that runs longest counts. */
export const inForce = (of: string): readonly NamedCondition[] => [
  defineCondition({ id: 'inForce', of, label: '现行', yes: '是', no: '已被替代', where: 'sql' }),
];
