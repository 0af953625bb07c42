// What the general list offers: every field and every child of a kind as a condition, columns beyond its own, rooms that are not empty.
import { formFields } from '../../renderer/components/record-fields.ts';
import { expect, test } from 'vitest';
import type { Condition } from '../../domain/dictionary/filter.ts';
import { ENTITIES } from '../../domain/entities.ts';
import { filterFault, parseFilter, printFilter } from '../../domain/lists.ts';
import { RAIL } from '../../renderer/app/rail.ts';
import { columnsOfKind } from '../../renderer/components/list/list-columns.ts';
import {
  conditionFor,
  editedOf,
  foundSubjects,
  operatorsFor,
  subjectGroups,
  subjectKeyOf,
  subjectOf,
  type Subject,
} from '../../renderer/components/list/subjects.ts';
import { listLink, sortOf, sortText, textOf, withText } from '../../renderer/desk/list-state.ts';

const allSubjects = (kind: string): Subject[] => subjectGroups(kind).flatMap((group) => [...group.subjects]);
const ID = '0198c0de-0000-7000-8000-000000000001';

/** A value that a field of that kind can be compared with. */
function sample(subject: Subject): Condition | null {
  if (subject.about.type !== 'field') return null;
  const { meta } = subject.about;
  const values = {
    text: '化工',
    longText: '化工',
    choice: meta.vocabulary?.ids[0] ?? 'x',
    fourState: meta.vocabulary?.ids[0] ?? 'x',
    flag: true,
    day: '2026-11',
    instant: '2026',
    integer: 3,
    decimal: '3.5',
    money: 1200,
    reference: ID,
  } as const;
  const op = operatorsFor(meta)[0]!;
  const value = values[meta.kind];
  return conditionFor(subject, { op, values: op === 'between' ? [value, value] : [value] });
}

test.each(ENTITIES.map((entity) => entity.name))(
  'every subject of %s makes a condition that fits, that the address carries and that is found again from its chip',
  (kind) => {
    const subjects = allSubjects(kind);
    expect(new Set(subjects.map((s) => s.key)).size).toBe(subjects.length);
    for (const subject of subjects) {
      expect(subjectOf(kind, subject.key)?.key, subject.key).toBe(subject.key);
      const condition = sample(subject);
      if (!condition) continue;
      expect(filterFault(kind, [condition]), subject.key).toBeNull();
      expect(subjectKeyOf(condition)).toBe(subject.key);
      const again = parseFilter(kind, printFilter(kind, [condition]));
      const meta = subject.about.type === 'field' ? subject.about.meta : null;
      expect(editedOf(again[0] ?? null, meta!), printFilter(kind, [condition])).toEqual(editedOf(condition, meta!));
    }
  },
);

test('the fields of children and of what a record refers to are found by typing, and not before', () => {
  const groups = subjectGroups('enterprise');
  const keys = (text: string): string[] => foundSubjects(groups, text).flatMap((g) => g.subjects.map((s) => s.key));
  expect(keys('')).not.toContain('has:permit.validTo');
  expect(keys('许可 有效')).toContain('has:permit.validTo');
  expect(foundSubjects(groups, '没有这样的词')).toEqual([]);
  expect(subjectGroups('finding').flatMap((g) => g.subjects.map((s) => s.key))).toContain(
    'enterpriseId.operatingStatus',
  );
});

test('a condition on a field of a child asks whether there is such a child', () => {
  const subject = subjectOf('enterprise', 'has:permit.validTo');
  expect(conditionFor(subject!, { op: 'lt', values: [{ today: 90 }] })).toEqual({
    has: 'permit',
    where: [{ field: 'validTo', op: 'lt', value: { today: 90 } }],
  });
  // Half a range is no condition yet.
  expect(conditionFor(subject!, { op: 'between', values: ['2026'] })).toBeNull();
});

test('what holds conditions of its own is edited as a whole: the child, or the conditions of which one holds', () => {
  expect(subjectKeyOf({ any: [[{ is: 'overdue' }]] })).toBe('any');
  const [empty, ended] = [{ field: 'validTo', op: 'empty' } as const, { is: 'inForce', not: true } as const];
  expect(subjectKeyOf({ has: 'permit', where: [empty] })).toBe('has:permit.validTo');
  expect(subjectKeyOf({ has: 'permit', where: [empty, ended] })).toBe('has:permit');
  expect(subjectKeyOf({ has: 'permit', where: [empty], not: true })).toBe('has:permit');
  expect(subjectKeyOf({ text: '海明' })).toBeNull();
});

test('any field may become a column, each once', () => {
  for (const { name } of ENTITIES) {
    const keys = columnsOfKind(name).map((column) => column.key);
    expect(new Set(keys).size, name).toBe(keys.length);
  }
  const finding = columnsOfKind('finding');
  expect(finding.find((column) => column.key === 'enterpriseId.industryName')).toMatchObject({ further: true });
  expect(
    finding.filter((column) => column.label === '信用代码' || column.key === 'enterpriseId.creditCode'),
  ).toHaveLength(1);
});

test('an address carries the conditions and the order, and a typed text stays one condition', () => {
  expect(listLink('finding', [{ is: 'dueWithinDays', value: 3 }])).toBe('/findings?filter=dueWithinDays%3A3');
  expect(listLink('permit', [])).toBe('/records/permit?filter=');
  expect(sortOf(sortText({ field: 'deadline', descending: true }))).toEqual({ field: 'deadline', descending: true });
  const typed = withText(withText([{ is: 'open' }], '废漆'), '废漆桶 ');
  expect(typed).toEqual([{ is: 'open' }, { text: '废漆桶' }]);
  expect(textOf(typed)).toBe('废漆桶');
  expect(withText(typed, '')).toEqual([{ is: 'open' }]);
});

test('every kind with a page stands in a room that exists, once, and no room is empty', () => {
  const paths = RAIL.flatMap((entry) => [entry.path, ...(entry.children ?? []).map((child) => child.path)]);
  for (const { name, facets } of ENTITIES) {
    const { page } = facets;
    if (!page || !('route' in page)) continue;
    expect(
      paths.some((path) => page.route === path || page.route.startsWith(`${path}/`)),
      name,
    ).toBe(true);
  }
  expect(RAIL.every((entry) => entry.path !== '')).toBe(true);
});

test('a part that is made from the general list asks whose it is; in the file of its owner it does not', () => {
  const names = (only?: string[]): string[] => formFields('drill', only).map((field) => field.name);
  expect(names()).not.toContain('enterpriseId');
  expect(names(['enterpriseId', 'date'])).toEqual(['enterpriseId', 'date']);
});
