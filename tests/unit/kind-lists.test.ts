// Lists of kinds kept by hand are found wherever they stand; what names its own kinds, or one, is none.
import { expect, test } from 'vitest';
import { kindLists, kindListsIn, type KindList } from '../../scripts/lib/kind-lists.ts';

const FOLDERS = new Map([
  ['finding', 'findings'],
  ['followUp', 'findings'],
  ['visit', 'visits'],
  ['permit', 'formalities'],
]);
const found = (text: string, file = 'services/today/rows.ts'): (KindList['how'] | string)[] =>
  kindListsIn(file, text, FOLDERS).flatMap((one) => [one.how, ...one.names]);

test('the house keeps no list of kinds by hand', () => {
  expect(kindLists()).toEqual([]);
});

test.each([
  ['an array', "export const a = ['finding', 'visit'];", 'array'],
  [
    'an array of definitions',
    [
      "import { finding } from '../../domain/findings/entities.ts';",
      "import { visit } from '../../domain/visits/entities.ts';",
      'export const a = [finding, visit.name];',
    ].join('\n'),
    'array',
  ],
  ['the keys of an object', 'export const a = { finding: 1, visit: 2 };', 'keys'],
  [
    'the cases of a switch',
    "export const a = (k: string) => { switch (k) { case 'finding': return 1; case 'visit': return 2; } };",
    'switch',
  ],
  ['a union', "export type A = 'finding' | 'visit' | 'other';", 'union'],
  ['the arms of a UNION', 'export const a = `SELECT id FROM finding UNION ALL SELECT id FROM visit`;', 'sql'],
  ['names in SQL', "export const a = `CASE entity WHEN 'finding' THEN 0 WHEN 'visit' THEN 1 END`;", 'sql'],
])('%s that names kinds is found', (_, text, how) => {
  expect(found(text)).toEqual([how, 'finding', 'visit']);
});

test('a component is looked into, with the line in its file', () => {
  const page = "<script setup lang=\"ts\">\nconst a = ['finding', 'visit'];\n</script>\n<template>{{ a }}</template>\n";
  expect(kindListsIn('renderer/features/today/Rows.vue', page, FOLDERS).map((one) => one.line)).toEqual([2]);
});

test('one name is no list, and a capability may name its own kinds', () => {
  expect(found("export const a = ['finding', 'other'];")).toEqual([]);
  expect(found("export const a = ['finding', 'followUp'];", 'services/findings/rows.ts')).toEqual([]);
  expect(found("export const a = ['finding', 'followUp'];", 'contract/findings.ts')).toEqual([]);
  expect(found("export const a = ['finding', 'followUp', 'visit'];", 'services/findings/rows.ts')).toEqual([]);
  expect(found('export const a = { finding: 1, heading: 2, unit: 3, visit: 4 };')).toEqual([]);
});
