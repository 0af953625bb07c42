// What a kind of record costs, counted as npm run recount does; and that the counting sees what it is there for.
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { countKind, figuresIn, PROOF } from '../../scripts/lib/kind-count.ts';
import { costsOfFile, costTable } from '../../scripts/lib/kind-costs.ts';
import { faultsOf } from '../../scripts/lib/kind-limits.ts';
import { linesNaming, withoutEntries, withoutUses } from '../../scripts/lib/kind-pieces.ts';

const documented = figuresIn(readFileSync('docs/adding-a-kind.md', 'utf8'));

test.each(PROOF)('$kind taken out of a copy of the tree and put back costs what the document says', (proof) => {
  const { touched, migration, faults, copy } = countKind(proof, 'counted');
  copy.close();
  expect(faults).toEqual([]);
  expect(touched.length).toBe(documented.get(proof.kind)?.files);
  expect(migration).toMatch(/^db\/migrations\/\d+-/);
});

test('a file that imports a kind, or says its name, is none without it; a key of that name is another thing', () => {
  const gone = new Set(['domain/drills/entities.ts']);
  const list =
    "import { a } from './a.ts';\nimport { drill } from './drills/entities.ts';\nexport const k = [\n  a,\n  drill,\n];\n";
  expect(withoutUses('domain/entities.ts', list, gone)).toBe(
    "import { a } from './a.ts';\nexport const k = [\n  a,\n];\n",
  );
  expect(withoutUses('domain/entities.ts', "import { a } from './a.ts';\n", gone)).toBeNull();
  expect(linesNaming('services/x.ts', "const a = 1;\nif (kind === 'drill') go();\n", ['drill'])).toEqual([2]);
  expect(linesNaming('services/x.ts', 'sql(`SELECT id FROM drill WHERE ${a}`);\n', ['drill'])).toEqual([1]);
  expect(linesNaming('renderer/x.ts', "type A = Asked['drill'];\nconst a = { 'drill': 1 };\n", ['drill'])).toEqual([]);
  expect(withoutEntries('a.json', '[\n  { "of": "visit" },\n  { "of": "drill" }\n]\n', ['drill'])).toBe(
    '[\n  { "of": "visit" }\n]\n',
  );
});

test('a file of two jobs, a long one, one named for something else and one too many are each said', () => {
  const file = (name: string, text: string) => ({ file: name, added: 1, isNew: true, text });
  const one = "defineEntity({ name: 'a' });";
  expect(faultsOf([file('domain/a/entities.ts', one)], 1)).toEqual([]);
  expect(faultsOf([file('domain/a/entities.ts', `${one}\ndefineWorkflow({});`)], 1)).toEqual([
    'domain/a/entities.ts does several things: entities, workflow',
  ]);
  expect(faultsOf([file('domain/a/things.ts', one)], 0)).toEqual([
    '1 files, at most 0 are meant',
    'domain/a/things.ts is not named for what it holds: entities',
  ]);
  expect(faultsOf([file('domain/a/entities.ts', `${one}\n`.repeat(251))], 1)).toEqual([
    'domain/a/entities.ts has 251 lines, at most 250 are meant',
  ]);
});

test('the table of costs says what npm run kind-costs counts, for every kind of the enterprise file', () => {
  const bare = (table: string): string[] =>
    table
      .split('\n')
      .filter((line) => line.startsWith('| `'))
      .map((line) => line.replaceAll(/\s+/g, ''));
  const [, counted = ''] = readFileSync('docs/adding-a-kind.md', 'utf8').split('<!-- costs -->');
  expect(bare(counted)).toEqual(bare(costTable(costsOfFile())));
});
