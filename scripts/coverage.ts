// Writes docs/coverage.md: which capability or invariant is shown by which test, from the ids in the tests' titles.
import { globSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const ID = /\[((?:[A-Z]{2}-\d{2}|[IF]\d{1,2})(?:[,\s]+(?:[A-Z]{2}-\d{2}|[IF]\d{1,2}))*)\]/g;
const LITERAL = /(['"`])((?:\\.|(?!\1).)*)\1/;
/** A title may be put together of several literals. */
const TITLE = new RegExp(
  `\\b(?:test|it|describe)(?:\\.\\w+)?(?:\\([!\\w.]+\\))?\\(\\s*((?:${LITERAL.source.replace('\\1', '\\2')}[\\s+]*)+)`,
  'g',
);
const shown = new Map<string, Set<string>>();

for (const file of globSync('tests/**/*.test.ts').sort()) {
  for (const [, literals = ''] of readFileSync(join(file), 'utf8').matchAll(TITLE)) {
    const title = [...literals.matchAll(new RegExp(LITERAL, 'g'))].map((part) => part[2]).join('');
    for (const [, ids = ''] of title.matchAll(ID)) {
      for (const id of ids.split(/[,\s]+/)) {
        const tests = shown.get(id) ?? new Set<string>();
        shown.set(
          id,
          tests.add(`${file.replaceAll('\\', '/')}: ${title.replaceAll("\\'", "'").replaceAll('|', '\\|')}`),
        );
      }
    }
  }
}

/** The rows that are kept by hand. */
function notCovered(): string[] {
  const rows = readFileSync(join('docs', 'not-covered.md'), 'utf8')
    .split('\n')
    .filter((line) => line.startsWith('|'));
  return ['## Not covered', '', 'See [not-covered.md](not-covered.md).', '', ...rows, ''];
}

const lines = [
  '# Coverage',
  '',
  'Capabilities (`PD-16`), which a test names in its title only where it shows what the capability asks through the window, the',
  'command line or a paper, and invariants or faults of the hand-off (`I25`, `F4`). Written by `node scripts/coverage.ts`.',
  '',
  '| id | shown by |',
  '|---|---|',
  ...[...shown]
    .sort(([a], [b]) => a.localeCompare(b, 'en', { numeric: true }))
    .map(([id, tests]) => `| ${id} | ${[...tests].join('<br>')} |`),
  '',
  ...notCovered(),
];
writeFileSync(join('docs', 'coverage.md'), lines.join('\n'));
console.log(`${shown.size} ids`);
