// Views of lists that somebody saved: conditions, order and columns under a name, for everybody in the office.
import { defineEntity } from '../dictionary/entity.ts';
import { INNER } from '../dictionary/facets.ts';
import { flag, longText, text } from '../dictionary/field.ts';

export const savedView = defineEntity({
  name: 'savedView',
  label: '列表视图',
  scope: 'office',
  home: 'self',
  title: 'name',
  facets: { ...INNER, write: ['lists.saveView', 'lists.removeView'], travels: 'never', since: 1 },
  fields: {
    list: text({ label: '列表', required: 'F', max: 60, list: true }),
    name: text({ label: '名称', required: 'F', max: 20, list: true }),
    /** JSON of the filter. */
    filterJson: longText({ label: '条件', required: 'F', max: 4_000_000 }),
    sortField: text({ label: '排序列', max: 120 }),
    sortDescending: flag({ label: '从大到小' }),
    /** JSON of the keys of the columns; none: those of the list. */
    columnsJson: longText({ label: '列' }),
  },
  indexes: [['list']],
});

export const VIEW_ENTITIES = [savedView] as const;
