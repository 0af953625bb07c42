// Counts what a kind of record costs: it is taken out of a copy of the tree and put back, and what this touched is its cost.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { faultsOf, MOST_FILES, type TouchedFile } from './kind-limits.ts';
import { piecesOf } from './kind-pieces.ts';
import { filesOfTree, TreeCopy } from './tree-copy.ts';

/** The kinds by which it is shown what one costs: a row of a parent, and a record with a life of its own. */
export const PROOF = [
  { kind: 'drill', as: 'part' },
  { kind: 'complaint', as: 'record' },
] as const;

/** What a kind costs. */
export interface KindCount {
  readonly kind: string;
  readonly touched: readonly TouchedFile[];
  readonly lines: number;
  /** The migration that was drafted for it anew. */
  readonly migration: string;
  /** What is not as it should be. */
  readonly faults: readonly string[];
  /** The tree with the kind put back; whoever asked closes it. */
  readonly copy: TreeCopy;
}

const RUN = join('scripts', 'run.mjs');
const checked = (copy: TreeCopy, name: string): string | null => copy.script(RUN, join('scripts', 'check.ts'), name);

/** What does not hold in the copy while the kind is gone: its types, its lists, its tables. */
function faultsWithout(copy: TreeCopy, depth: 'counted' | 'built'): string[] {
  const drafted = copy.script(RUN, join('scripts', 'draft-migration.ts'), 'none');
  const left = copy.touched().map(({ file }) => file);
  const faults = [drafted, left.length > 0 ? `without the kind a migration is due: ${left.join(', ')}` : null];
  if (depth === 'built') {
    const types = copy.script(
      join('node_modules', 'typescript', 'bin', 'tsc'),
      '-p',
      'tsconfig.build.json',
      '--noEmit',
    );
    faults.push(types, checked(copy, 'types of the window'), checked(copy, 'kinds'));
  }
  return faults.filter((fault) => fault !== null);
}

/**
 * Takes a kind out of a copy of the tree and puts it back.
 * @param depth `built`: the copy is also checked without it and built with it
 */
export function countKind({ kind, as }: (typeof PROOF)[number], depth: 'counted' | 'built'): KindCount {
  const files = filesOfTree();
  const copy = new TreeCopy(files);
  const pieces = piecesOf(copy.folder, files, kind);
  for (const file of [...pieces.own, ...pieces.migrations]) copy.remove(file);
  for (const [file, text] of pieces.shared) copy.write(file, text);
  copy.commit();
  const faults = [...pieces.named, ...faultsWithout(copy, depth)];

  const index = 'db/migrations/index.ts';
  for (const file of [...pieces.own, ...pieces.shared.keys()]) if (file !== index) copy.fetch(file);
  const drafted = copy.script(RUN, join('scripts', 'draft-migration.ts'), kind);
  if (drafted !== null) faults.push(drafted);
  const all = copy.touched();
  const migration = all.find(({ file, isNew }) => isNew && file.startsWith('db/migrations/'))?.file ?? '';
  if (migration === '') faults.push('no migration was drafted');
  const touched = all
    .filter(({ file }) => !file.startsWith('db/migrations/'))
    .map(({ file, added, isNew }) => ({ file, added, isNew, text: copy.read(file) }));
  faults.push(...faultsOf(touched, MOST_FILES[as]));
  if (depth === 'built') {
    const built = copy.script(RUN, join('scripts', 'build.ts'));
    if (built !== null || !existsSync(join(copy.folder, 'dist', 'host', 'cli.js'))) faults.push(built ?? 'not built');
  }
  const lines = touched.reduce((sum, { added }) => sum + added, 0);
  return { kind, touched, lines, migration, faults, copy };
}

/** Files and lines by kind, as the tables of the document have them; that of `npm run kind-costs` counts otherwise. */
export function figuresIn(document: string): Map<string, { files: number; lines: number }> {
  const [counted = ''] = document.split('<!-- costs -->');
  const rows = counted.matchAll(/^\| `(\w+)`[^|]*\|\s*(\d+)\s*\|\s*(\d+)\s*\|/gm);
  return new Map(
    [...rows].map(([, kind = '', files, lines]) => [kind, { files: Number(files), lines: Number(lines) }]),
  );
}
