// What a list can be narrowed by: fields, columns, named conditions, the kinds that refer to it and their fields.
import type { FieldMeta } from '../../../domain/dictionary/field.ts';
import {
  isAny,
  isField,
  isHas,
  isNamed,
  operandsOf,
  OPERATORS,
  WITH_LIST,
  WITHOUT_VALUE,
  type Condition,
  type NamedCondition,
  type Operand,
  type Operator,
} from '../../../domain/dictionary/filter.ts';
import { DAY_WORDS, OPERATOR_WORDS } from '../../../domain/dictionary/filter-check.ts';
import { isFound } from '../../../domain/values/search-key.ts';
import { filterables, listOf, pathEnd, shownColumns } from '../../../domain/lists.ts';
import { AREA_LEVELS } from '../../../domain/areas/entities.ts';

/** One thing that a condition may be about. */
export interface Subject {
  /** `objectKind`, `is:overdue`, `has:permit`, `has:permit.validTo`. */
  readonly key: string;
  readonly label: string;
  readonly about:
    | { readonly type: 'field'; readonly path: string; readonly meta: FieldMeta; readonly has?: string }
    | { readonly type: 'named'; readonly condition: NamedCondition }
    | { readonly type: 'child'; readonly has: string }
    | { readonly type: 'any' };
}

/** Subjects under a heading. `deep`: offered only once something is typed. */
export interface SubjectGroup {
  readonly label: string;
  readonly deep?: true;
  readonly subjects: readonly Subject[];
}

const fieldSubject = (path: string, label: string, meta: FieldMeta): Subject => ({
  key: path,
  label,
  about: { type: 'field', path, meta },
});

/** One of several groups of conditions holds. */
const ANY: Subject = { key: 'any', label: '满足其中一种', about: { type: 'any' } };

/** The subject of a key, or null where the kind has none of that name. */
export function subjectOf(kind: string, key: string): Subject | null {
  if (key === ANY.key) return ANY;
  const { conditions, children } = filterables(kind);
  if (key.startsWith('is:')) {
    const condition = conditions.find((c) => c.id === key.slice(3));
    return condition ? { key, label: condition.label, about: { type: 'named', condition } } : null;
  }
  if (!key.startsWith('has:')) {
    const end = pathEnd(kind, key);
    return end && fieldSubject(key, end.label, end.meta);
  }
  const all = childSubjects(children).sort((a, b) => b.subject.key.length - a.subject.key.length);
  const whole = all.find((one) => one.subject.key === key);
  if (whole) return whole.subject;
  const child = all.find((one) => key.startsWith(`${one.subject.key}.`));
  const path = child ? key.slice(child.subject.key.length + 1) : '';
  const end = child && pathEnd(child.kind, path);
  if (!child || !end) return null;
  const has = child.subject.key.slice(4);
  return {
    key,
    label: `${child.subject.label} · ${end.label}`,
    about: { type: 'field', path, meta: end.meta, has },
  };
}

/** A kind that refers by several fields is there once for each of them. */
function childSubjects(children: ReturnType<typeof filterables>['children']): { kind: string; subject: Subject }[] {
  return children
    .filter((child) => child.entity.scope === 'shared' && child.field !== 'id')
    .map(({ entity, field }, _, all) => {
      const same = all.filter((other) => other.entity === entity);
      const first = same.find((other) => other.field === entity.parent) ?? same[0];
      const has = first?.field === field ? entity.name : `${entity.name}.${field}`;
      const meta = same.length > 1 ? pathEnd(entity.name, field)?.meta : undefined;
      const label = meta && first?.field !== field ? `${entity.label}（${meta.label}）` : entity.label;
      return { kind: entity.name, subject: { key: `has:${has}`, label, about: { type: 'child', has } } };
    });
}

/** Fields of the kinds that a kind refers to: `企业 · 行业`. */
export const referredFields = (kind: string): { path: string; label: string; meta: FieldMeta }[] =>
  filterables(kind).fields.flatMap(({ name, meta }) =>
    meta.kind !== 'reference' || !meta.target || name === 'id'
      ? []
      : filterables(meta.target).fields.flatMap((field) => {
          const end = field.name === 'id' ? null : pathEnd(kind, `${name}.${field.name}`);
          return end ? [{ path: `${name}.${field.name}`, label: end.label, meta: end.meta }] : [];
        }),
  );

/** Fields of the kinds that refer to a kind: `排污许可 · 有效期至`. */
const childFields = (kind: string): Subject[] =>
  childSubjects(filterables(kind).children).flatMap(({ kind: child, subject }) =>
    filterables(child).fields.flatMap(({ name, meta }): Subject[] =>
      name === 'id' || meta.target === kind
        ? []
        : [
            {
              key: `${subject.key}.${name}`,
              label: `${subject.label} · ${meta.label}`,
              about: { type: 'field', path: name, meta, has: subject.key.slice(4) },
            },
          ],
    ),
  );

const known = new Map<string, SubjectGroup[]>();

/** Everything a list can be narrowed by, what its definition names first. */
export function subjectGroups(kind: string): SubjectGroup[] {
  const made = known.get(kind) ?? makeGroups(kind);
  known.set(kind, made);
  return made;
}

function makeGroups(kind: string): SubjectGroup[] {
  const { fields, conditions, children } = filterables(kind);
  const offered = listOf(kind).filters.flatMap((key) => subjectOf(kind, key) ?? []);
  const taken = new Set(offered.map((subject) => subject.key));
  const rest = (subjects: readonly Subject[]): Subject[] =>
    subjects.filter((subject) => !taken.has(subject.key) && taken.add(subject.key));
  const columns = shownColumns(kind).filter((c) => !('path' in c.column));
  const childList = childSubjects(children);
  const groups: SubjectGroup[] = [
    { label: '常用', subjects: offered },
    { label: '条件', subjects: [...rest(conditions.map((c) => subjectOf(kind, `is:${c.id}`) as Subject)), ANY] },
    {
      label: '字段',
      subjects: rest(
        fields
          .filter((f) => f.name !== 'id' && f.name !== 'deletedAt')
          .map((f) => fieldSubject(f.name, f.meta.label, f.meta)),
      ),
    },
    { label: '算出来的列', subjects: rest(columns.map((c) => fieldSubject(c.key, c.label, c.meta))) },
    { label: '有没有', subjects: rest(childList.map((one) => one.subject)) },
    {
      label: '所属记录的字段',
      deep: true,
      subjects: rest(referredFields(kind).map((f) => fieldSubject(f.path, f.label, f.meta))),
    },
    { label: '下级记录的字段', deep: true, subjects: rest(childFields(kind)) },
  ];
  return groups.filter((group) => group.subjects.length > 0);
}

/** Groups with what contains the typed words; without any, those that are not deep. */
export function foundSubjects(groups: readonly SubjectGroup[], text: string): SubjectGroup[] {
  if (text.trim() === '') return groups.filter((group) => !group.deep);
  const hit = (subject: Subject): boolean => isFound(subject.label, text);
  return groups
    .map((group) => ({ ...group, subjects: group.subjects.filter(hit) }))
    .filter((group) => group.subjects.length > 0);
}

/** What the editor of a condition holds. */
export interface Edited {
  readonly op: Operator;
  readonly values: readonly Operand[];
}

/** Key of the subject of a condition; null for the words of the search box. A child with several conditions is edited as a whole. */
export function subjectKeyOf(c: Condition): string | null {
  if (isField(c)) return c.field;
  if (isNamed(c)) return `is:${c.is}`;
  if (isAny(c)) return ANY.key;
  if (!isHas(c)) return null;
  const [only, ...more] = c.where ?? [];
  if (!only) return `has:${c.has}`;
  return more.length === 0 && isField(only) && !c.not ? `has:${c.has}.${only.field}` : `has:${c.has}`;
}

const isChosen = (meta: FieldMeta): boolean => meta.vocabulary !== undefined || meta.kind === 'reference';

/** Operator and values of a condition on a field, of the kind itself or of a child; one choice is a list of one. */
export function editedOf(c: Condition | null, meta: FieldMeta): Edited | null {
  const field = c && isHas(c) ? c.where?.[0] : c;
  if (!field || !isField(field)) return null;
  const several = isChosen(meta) && (field.op === 'eq' || field.op === 'ne');
  return { op: several ? (field.op === 'eq' ? 'in' : 'notIn') : field.op, values: operandsOf(field) };
}

/** Operators that the editor offers for a field, the usual one first. */
export function operatorsFor(meta: FieldMeta): Operator[] {
  if (meta.kind === 'flag') return ['eq', 'empty'];
  const all = OPERATORS[meta.kind].filter((op) =>
    isChosen(meta) ? op !== 'eq' && op !== 'ne' : !WITH_LIST.includes(op) || meta.kind === 'text',
  );
  return meta.kind === 'reference' && !meta.target ? all.filter((op) => WITHOUT_VALUE.includes(op)) : all;
}

/** An operator in words, for the field it stands beside. */
export function operatorWord(meta: FieldMeta, op: Operator): string {
  const words = meta.kind === 'day' || meta.kind === 'instant' ? DAY_WORDS : OPERATOR_WORDS;
  return words[op] ?? op;
}

/** The condition that an editor says, or null where a value is missing. */
export function conditionFor(subject: Subject, { op, values }: Edited): Condition | null {
  if (subject.about.type !== 'field') return null;
  const { path, has } = subject.about;
  const needed = WITHOUT_VALUE.includes(op) ? 0 : op === 'between' ? 2 : 1;
  if (values.length < needed) return null;
  const value =
    needed === 0 ? {} : { value: WITH_LIST.includes(op) || op === 'between' ? [...values] : (values[0] as Operand) };
  const field: Condition = { field: path, op, ...value };
  return has ? { has, where: [field] } : field;
}

/** The kind that a condition on a child speaks of: `permit`, or `enterprise.hostEnterpriseId`. */
export const childKindOf = (has: string): string => has.split('.')[0] ?? has;

/** Level of the areas that a field refers to, by its name: `villageId` means villages. */
export function areaLevelOf(kind: string, path: string): string | null {
  const column = listOf(kind).columns.find((c) => c.key === path);
  const asked = column && 'first' in column ? (column.first[0] ?? path) : path;
  const name = (asked.split('.').at(-1) ?? '').replace(/Id$/, '');
  return (AREA_LEVELS.ids as readonly string[]).includes(name) ? name : null;
}
