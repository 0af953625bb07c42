// What the kinds of the enterprise file cost beside their definition: the files and lines that name them.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { snake } from '../../domain/dictionary/entity.ts';
import { ENTITIES } from '../../domain/entities.ts';
import { linesNaming } from './kind-pieces.ts';
import { ROOT } from './run.ts';
import { filesOfTree } from './tree-copy.ts';

/** Lines of a kind: in its definition, in the demonstration, and in whatever else names it, with how many files those are. */
export interface KindCost {
  readonly kind: string;
  readonly definition: number;
  readonly demonstration: number;
  readonly named: readonly { readonly file: string; readonly lines: number }[];
}

interface Source {
  readonly file: string;
  readonly text: string;
}

const ROOMS = /^(?:contract|db|domain|host|renderer|services)\/.*\.(?:ts|vue)$/;
const DEMONSTRATION = /^(?:resources\/demo\/|services\/demonstration\/)/;
const GENERATED = /^db\/migrations\//;

const sources = (): Source[] =>
  filesOfTree()
    .filter((file) => (ROOMS.test(file) || file.startsWith('resources/demo/')) && !GENERATED.test(file))
    .map((file) => ({ file, text: readFileSync(join(ROOT, file), 'utf8') }));

/** The lines of a kind's definition, from `export const` to its end; null where it stands in another file. */
function definitionIn(text: string, kind: string): { lines: number; constant: string } | null {
  const lines = text.split('\n');
  const name = lines.findIndex((line) => line.trim() === `name: '${kind}',`);
  if (name < 0) return null;
  const from = lines.findLastIndex((line, at) => at <= name && line.startsWith('export const '));
  const end = lines.findIndex((line, at) => (at > name && line.startsWith(')')) || (at > name && line.startsWith('}')));
  const [, constant = ''] = /^export const (\w+)/.exec(lines[from] ?? '') ?? [];
  return { lines: end - from + 1, constant };
}

/** Lines that name a kind: by its word, in SQL, or by its definition where that is imported. */
function namedIn({ file, text }: Source, kind: string, constant: string): number {
  if (![kind, constant, snake(kind)].some((word) => text.includes(word))) return 0;
  if (file.endsWith('.json')) return text.split('\n').filter((line) => line.includes(`"${kind}"`)).length;
  const quoted = text.includes(`'${kind}'`) || text.includes(snake(kind));
  const named = new Set(quoted ? linesNaming(file, text, [kind]) : []);
  if (new RegExp(`import[^;]*\\b${constant}\\b[^;]*from`).test(text))
    for (const [at, line] of text.split('\n').entries())
      if (new RegExp(`\\b${constant}\\b`).test(line)) named.add(at + 1);
  return named.size;
}

/** The costs of every kind that has its place in the enterprise file. */
export function costsOfFile(): KindCost[] {
  const all = sources();
  return ENTITIES.filter((entity) => entity.facets.file !== null).map(({ name }) => {
    const home = all.find(({ text }) => definitionIn(text, name) !== null);
    const definition = home && definitionIn(home.text, name);
    if (!home || !definition) throw new Error(`no definition of ${name}`);
    const counted = all
      .filter(({ file }) => file !== home.file)
      .map((source) => ({ file: source.file, lines: namedIn(source, name, definition.constant) }))
      .filter(({ lines }) => lines > 0);
    const demonstration = counted.filter(({ file }) => DEMONSTRATION.test(file));
    return {
      kind: name,
      definition: definition.lines,
      demonstration: demonstration.reduce((sum, { lines }) => sum + lines, 0),
      named: counted.filter(({ file }) => !DEMONSTRATION.test(file)),
    };
  });
}

/** The table of the costs, in Markdown. */
export function costTable(costs: readonly KindCost[]): string {
  const rows = costs.map(({ kind, definition, demonstration, named }) => {
    const lines = named.reduce((sum, one) => sum + one.lines, 0);
    return `| \`${kind}\` | ${definition} | ${demonstration} | ${named.length} | ${lines} |`;
  });
  return ['| kind | definition | demonstration | other files | lines in them |', '|---|---|---|---|---|', ...rows].join(
    '\n',
  );
}

const MARKS = ['<!-- costs -->', '<!-- end of costs -->'] as const;

/** A page with another table between its marks. */
export function withTable(page: string, table: string): string {
  const [from, to] = MARKS.map((mark) => page.indexOf(mark)) as [number, number];
  if (from < 0 || to < from) throw new Error(`docs/adding-a-kind.md has no ${MARKS.join(' and ')}`);
  return `${page.slice(0, from + MARKS[0].length)}\n\n${table}\n\n${page.slice(to)}`;
}
