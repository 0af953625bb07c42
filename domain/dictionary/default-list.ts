// The list of a kind that has none of its own: it follows from the fields.
import { shownFields, type EntityDefinition } from './entity.ts';
import { ALL_VIEW, defineList, type ListDefinition, type Order } from './list.ts';

/** Newest day first where there is one, else as entered. */
function defaultOrder(entity: EntityDefinition): Order {
  if ('seq' in entity.fields) return ['seq', 'id'];
  const day = shownFields(entity).find((f) => f.meta.kind === 'day' && f.meta.list);
  return day ? [`-${day.name}`, '-id'] : ['createdAt', 'id'];
}

/** So many searched fields are named in the empty search box. */
const MOST_NAMED = 4;

/** What names a row, and what is long, takes the room that is left. */
const widthOf = (entity: EntityDefinition, field: ReturnType<typeof shownFields>[number]): string | null => {
  if (field.name === entity.parent || field.name === entity.title) return 'minmax(150px,1.4fr)';
  return field.meta.kind === 'longText' || field.meta.kind === 'text' ? 'minmax(110px,1fr)' : null;
};

/** Columns: what a row belongs to, the listed fields, and all others hidden. Searched: texts that are listed, and the title. */
export function defaultList(entity: EntityDefinition): ListDefinition {
  const fields = shownFields(entity);
  const listed = fields.filter((f) => f.meta.list || [entity.parent, entity.title, entity.unseen].includes(f.name));
  const shown = new Set((listed.length > 1 ? listed : fields).map((f) => f.name));
  const texts = fields.filter((f) => f.meta.kind === 'text' || f.meta.kind === 'longText');
  const searched = texts.filter((f) => f.meta.list || f.name === entity.title);
  const enterprise = fields.find((f) => f.meta.kind === 'reference' && f.meta.target && f.name === entity.parent);
  const found = [...(searched.length > 0 ? searched : texts), ...(enterprise ? [enterprise] : [])];
  return defineList({
    of: entity.name,
    title: entity.label,
    counted: '条',
    columns: fields.map((field) => {
      const [{ name }, width] = [field, widthOf(entity, field)];
      return { key: name, path: name, ...(width && { width }), ...(!shown.has(name) && { hidden: true as const }) };
    }),
    views: [ALL_VIEW],
    order: defaultOrder(entity),
    search: found.map((f) => f.name),
    placeholder: found
      .slice(0, MOST_NAMED)
      .map((f) => f.meta.label)
      .join('、'),
  });
}
