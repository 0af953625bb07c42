// Two files of one enterprise: which of their values are chosen between, and which go together.
import { fieldsOf, type EntityDefinition } from '../dictionary/entity.ts';

/** Fields of which one makes sense only with the others of its file: chosen together, named by the first. */
const TOGETHER: readonly (readonly string[])[] = [
  ['creditCode', 'creditCodeConfirmedFrom', 'creditCodeConfirmedBy', 'creditCodeConfirmedDate'],
  ['industryCode', 'industryName'],
  ['operatingStatus', 'operatingStatusDate', 'operatingStatusBasis'],
  ['townId', 'villageId', 'parkId', 'parcelId', 'buildingId', 'roomNo', 'gridId'],
  ['longitude', 'latitude', 'coordinateSystem'],
];

/** What is no choice: the number that the program gave, and the mark that led here. */
const NO_CHOICE = ['internalCode', 'suspectedDuplicate'];

/** The field under which a field is chosen. */
export function chosenUnder(field: string): string {
  const day = field.replace(/Precision$/, '');
  return TOGETHER.find((group) => group.includes(day))?.[0] ?? day;
}

type Row = Readonly<Record<string, unknown>>;
const isEmpty = (value: unknown): boolean => value === null || value === undefined || value === '';

/** A choice between two files: the field that names it, and the fields that go with it. */
export interface MergeChoice {
  readonly name: string;
  readonly fields: readonly string[];
}

/** What two files both say, and differently. */
export function mergeChoices(entity: EntityDefinition, one: Row, other: Row): MergeChoice[] {
  const fields = fieldsOf(entity).filter(({ name, meta }) => !meta.derived && !NO_CHOICE.includes(name));
  const groups = Map.groupBy(fields, ({ name }) => chosenUnder(name));
  return [...groups].flatMap(([name, members]) => {
    const differ = members.some(
      (f) => !isEmpty(one[f.name]) && !isEmpty(other[f.name]) && one[f.name] !== other[f.name],
    );
    return differ ? [{ name, fields: members.map((f) => f.name) }] : [];
  });
}
