// What older programs can read: schema numbers of kinds, fields and choices, and the dictionaries of all releases.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { defineEntity, FIRST_SCHEMA, laterInitials, type EntityDefinition } from '../../domain/dictionary/entity.ts';
import { INNER } from '../../domain/dictionary/facets.ts';
import { choice, flag, reference, text } from '../../domain/dictionary/field.ts';
import { vocabulary } from '../../domain/dictionary/vocabulary.ts';
import { ENTITIES } from '../../domain/entities.ts';
import { ADOPTION_SCHEMA, readerOf, SCHEMA, schemaOf } from '../../domain/handoff/schema.ts';
import { breaksWith, frozenDictionary, travelFaults, type FrozenDictionary } from '../support/frozen-dictionary.ts';

const FIXTURES = join('tests', 'fixtures');
const releases = readdirSync(FIXTURES).filter((name) => /^dictionary-.*\.json$/.test(name));
const released = (file: string): FrozenDictionary =>
  JSON.parse(readFileSync(join(FIXTURES, file), 'utf8')) as FrozenDictionary;

test('the dictionary of the first release is kept', () => {
  expect(releases).toContain('dictionary-0.1.0.json');
  expect(released('dictionary-0.1.0.json').schema).toBe(ADOPTION_SCHEMA);
});

test.each(releases)('whatever came after %s says so in its since, and nothing that it knew has changed', (file) => {
  expect(breaksWith(released(file), ENTITIES)).toEqual([]);
});

test('the program reads what its dictionary says, at least seals of an office in place of its device', () => {
  expect(SCHEMA).toBe(Math.max(ADOPTION_SCHEMA, schemaOf(ENTITIES)));
  expect(Math.min(...ENTITIES.map((e) => e.facets.since))).toBe(FIRST_SCHEMA);
});

test('every kind says how it travels in a way that its fields allow, and a row of two parents follows the enterprise', () => {
  expect(travelFaults(ENTITIES)).toEqual([]);
});

const facets = (since = FIRST_SCHEMA) => ({ ...INNER, write: 'plain', travels: 'enterprises', since }) as const;

/** A small dictionary with changes. */
const dictionary = (of: {
  fields?: Record<string, ReturnType<typeof text>>;
  options?: object;
  kinds?: readonly EntityDefinition[];
  ids?: ReturnType<typeof vocabulary>;
}): EntityDefinition[] => [
  defineEntity({
    name: 'thing',
    label: '东西',
    home: 'self',
    facets: facets(),
    fields: {
      name: text({ label: '名称', required: 'F', max: 20 }),
      kind: choice(of.ids ?? vocabulary({ one: '一' }), { label: '种类', initial: 'one' }),
      ...of.fields,
    } as never,
    ...of.options,
  }),
  ...(of.kinds ?? []),
];
const before: FrozenDictionary = { schema: 2, kinds: frozenDictionary(dictionary({})) };
const drill = (since?: number): EntityDefinition =>
  defineEntity({ name: 'drill', label: '演练', home: 'self', facets: facets(since), fields: {} });

describe('a dictionary that breaks with a release is found', () => {
  const cases: readonly (readonly [string, Parameters<typeof dictionary>[0], readonly string[]])[] = [
    ['nothing new', {}, []],
    ['a kind without since', { kinds: [drill()] }, ['drill is new and has no since']],
    ['a kind with the since of the release', { kinds: [drill(2)] }, ['drill is new and has no since']],
    ['a kind with since', { kinds: [drill(3)] }, []],
    [
      'a field without since',
      { fields: { note: text({ label: '说明' }) as never } },
      ['thing.note is new and has no since'],
    ],
    ['a field with since', { fields: { note: text({ label: '说明', since: 3 }) as never } }, []],
    [
      "a field that can't be empty",
      { fields: { note: text({ label: '说明', required: 'F', since: 3 }) } },
      ["thing.note is new and can't be empty"],
    ],
    ['a flag with since', { fields: { done: flag({ label: '完成', since: 3 }) as never } }, []],
    [
      'a choice without since',
      { ids: vocabulary({ one: '一', two: '二' }) },
      ['thing.kind has the new two without since'],
    ],
    ['a choice with since', { ids: vocabulary({ one: '一', two: '二' }, {}, { since: { two: 3 } }) }, []],
    [
      'a choice taken away',
      { ids: vocabulary({ two: '二' }, {}, { since: { two: 3 } }) },
      ['thing.kind no longer has one'],
    ],
    [
      'a choice that is no longer offered',
      { ids: vocabulary({ two: '二' }, {}, { since: { two: 3 }, retired: { one: '一' } }) },
      [],
    ],
    ['another home', { options: { home: 'g' } }, ['thing has another home']],
    ['a since put on what was released', { options: { facets: facets(3) } }, ['thing was released before its since']],
    [
      'a longer text',
      { fields: { name: text({ label: '名称', required: 'F', max: 40 }) } },
      [
        'thing.name was {"kind":"text","required":true,"level":"may","max":20}, is {"kind":"text","required":true,"level":"may","max":40}',
      ],
    ],
  ];
  test.each(cases)('%s', (_, change, faults) => {
    expect(breaksWith(before, dictionary(change))).toEqual(faults);
  });

  test('a kind taken away', () => {
    expect(breaksWith(before, [])).toEqual(['thing is gone']);
  });
});

describe('the lowest program that can read an operation', () => {
  const note = defineEntity({
    name: 'note',
    label: '便签',
    home: 'g',
    facets: facets(),
    fields: {
      ownerKind: text({ label: '所属', required: 'F' }),
      ownerId: reference('', { label: '所属', kindIn: 'ownerKind' }),
    },
  });
  const entities = [
    ...dictionary({
      ids: vocabulary({ one: '一', two: '二' }, {}, { since: { two: 4 } }),
      fields: { note: text({ label: '说明', since: 3 }) as never, done: flag({ label: '完成', since: 5 }) as never },
      kinds: [drill(6), note],
    }),
  ];
  const reader = readerOf(entities);
  test.each([
    ['thing', 'c', { name: '甲', kind: 'one' }, 1],
    ['thing', 'c', { name: '甲', note: '乙' }, 3],
    ['thing', 'u', { note: ['乙', []] }, 3],
    ['thing', 'u', { kind: ['two', []] }, 4],
    ['thing', 'u', { kind: ['one', []] }, 1],
    ['thing', 'r', { done: [1, []], _reason: '核对过' }, 5],
    ['thing', 'd', { deletedAt: ['2026-11-18T00:00:00.000Z', []], _seen: [] }, 1],
    ['drill', 'd', { deletedAt: ['2026-11-18T00:00:00.000Z', []], _seen: [] }, 6],
    ['note', 'c', { ownerKind: 'thing', ownerId: 'x' }, 1],
    ['note', 'c', { ownerKind: 'drill', ownerId: 'x' }, 6],
    ['note', 'u', { ownerKind: ['drill', []] }, 6],
  ] as const)('%s %s %j: %i', (entity, kind, body, expected) => {
    expect(reader({ entity, kind, body })).toBe(expected);
  });

  test('the program with this dictionary reads the highest of it', () => {
    expect(schemaOf(entities)).toBe(6);
  });

  test('a field that came later and is never empty means its initial value where nothing is said', () => {
    expect(laterInitials(entities[0] as EntityDefinition)).toEqual(new Map([['done', 0]]));
  });
});
