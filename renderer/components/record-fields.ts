// Fields of a dictionary entity as forms and read-only views need them.
import { entityNamed } from '../../domain/entities.ts';
import { fieldsOf, writableFields } from '../../domain/dictionary/entity.ts';
import type { FieldMeta } from '../../domain/dictionary/field.ts';
import { valueText } from '../../domain/dictionary/value-text.ts';
import type { Values } from '../../contract/shared.ts';

/** One field of a form. */
export interface FormField {
  name: string;
  meta: FieldMeta;
  /** Name of the field that says how exactly it is known: a vague day, or a number that may be a bound. */
  precision: string | null;
  /** The field beside it that holds the unit of the number. */
  unitField?: { name: string; meta: FieldMeta } | null;
}

/** Value of a field as it travels. */
export type FieldContent = Values[string];

/**
 * Fields that a person may fill in, in the order of the dictionary (or of `only`); the parent reference (unless
 * `only` names it), `seq`, the state, numbers that the program gives, precisions and
 * what a button of its own says (`unseen`) are not among them.
 */
export function formFields(entity: string, only?: readonly string[]): FormField[] {
  const definition = entityNamed(entity);
  const all = fieldsOf(definition);
  const names = new Set(all.map((field) => field.name));
  const usable = writableFields(definition)
    .filter(
      (field) =>
        !field.meta.numbered &&
        (field.name !== definition.parent || only?.includes(field.name) === true) &&
        field.name !== 'seq' &&
        field.name !== definition.unseen &&
        !(field.name.endsWith('Precision') && names.has(field.name.slice(0, -9))),
    )
    .map((field) => ({
      ...field,
      precision: field.meta.sign ?? (names.has(`${field.name}Precision`) ? `${field.name}Precision` : null),
      unitField: all.find(({ name }) => name === field.meta.unitIn) ?? null,
    }));
  return only
    ? only.map((name) => usable.find((field) => field.name === name)).filter((field) => field !== undefined)
    : usable;
}

/** Fields of a form that stand together under a heading; without a label where the form is not divided. */
export interface FormGroup {
  label: string | null;
  fields: FormField[];
  folded: boolean;
}

/** The groups of a form that shows all fields of its kind; one without a label for a form of some, or of a kind without groups. */
export function formGroups(entity: string, only?: readonly string[]): FormGroup[] {
  const fields = formFields(entity, only);
  const { groups } = entityNamed(entity);
  if (groups.length === 0 || fields.length < formFields(entity).length) return [{ label: null, fields, folded: false }];
  return groups.map(({ label, fields: names, folded = false }) => ({
    label,
    folded,
    fields: names.flatMap((name) => fields.find((field) => field.name === name) ?? []),
  }));
}

/** Columns of a table of rows: what the dictionary lists, also what the program works out; all that is filled in where it lists nothing. */
export function tableFields(entity: string, only?: readonly string[]): FormField[] {
  const form = formFields(entity, only);
  const listed = fieldsOf(entityNamed(entity)).flatMap((field): FormField[] => {
    if (!field.meta.list) return [];
    const filled = form.find(({ name }) => name === field.name);
    return filled ? [filled] : field.meta.derived && !only ? [{ ...field, precision: null }] : [];
  });
  const shown = listed.length > 0 ? listed : form;
  // A number is read with its unit: that needs no column of its own.
  const units = shown.map(({ unitField }) => unitField?.name);
  return shown.filter(({ name }) => !units.includes(name));
}

/** Metadata of one field, derived ones too. @throws when the entity has no such field */
export function fieldMetaOf(entity: string, field: string): FieldMeta {
  const found = fieldsOf(entityNamed(entity)).find((other) => other.name === field);
  if (!found) throw new Error(`no field ${entity}.${field}`);
  return found.meta;
}

/** A number with the unit that stands in a field of its own beside it. */
export function amountText(field: FormField, row: Values): string | undefined {
  const value = row[field.name];
  if (!field.unitField || value === null || value === undefined) return undefined;
  const unit = valueText(field.unitField.meta, row[field.unitField.name]);
  return unit === '' ? undefined : `${valueText(field.meta, value, { precision: row[field.precision ?? ''] })} ${unit}`;
}

/** Label of a field. */
export const fieldLabel = (entity: string, field: string): string => fieldMetaOf(entity, field).label;

/** A value as people read it; `－` when there is none. `name` is what a reference points to. */
export function shownValue(
  meta: FieldMeta,
  value: FieldContent | undefined,
  name?: string,
  precision?: FieldContent,
  masked = true,
): string {
  return valueText(meta, value, { name: () => name, precision, masked }) || '－';
}

/** Initial values of a new row, as the dictionary states them. */
export function initialValues(entity: string): Values {
  const values: Values = {};
  for (const { name, meta } of fieldsOf(entityNamed(entity)))
    if (meta.initial !== undefined && !meta.derived && name !== 'seq') values[name] = meta.initial;
  return values;
}
