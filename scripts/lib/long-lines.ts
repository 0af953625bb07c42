// Lines that are too long to read: more than 140 characters, outside SQL and data.
import { readdirSync, readFileSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import ts from 'typescript';
import { ROOT } from './run.ts';

/** Characters of a line, Chinese ones counted as one. */
export const MOST_CHARACTERS = 140;

/** Folders of code; resources and fixtures are data. */
const FOLDERS = ['bench', 'contract', 'db', 'domain', 'electron', 'host', 'renderer', 'scripts', 'services', 'tests'];
const DATA = join('tests', 'fixtures');
const ENDINGS = ['.ts', '.vue', '.mjs', '.css'];

/** A text that is SQL: it begins with one of its words, or is a condition of the query around it. */
const WORDS =
  'SELECT WITH INSERT UPDATE DELETE CREATE ALTER DROP FROM JOIN LEFT WHERE AND OR NOT EXISTS CASE UNION EXPLAIN GROUP ORDER PRAGMA';
const SQL = new RegExp(`^[\\s(]*(?:${WORDS.replaceAll(' ', '|')})\\b`);
const QUERY = new RegExp(
  [
    /\bSELECT\s[\s\S]*\bFROM\b/,
    /\b(?:INSERT\s+(?:OR \w+ )?INTO|UPDATE\s+\S+\s+SET|CREATE\s+(?:TABLE|INDEX|TRIGGER))\b/,
    /\bIS (?:NOT )?NULL\b|\bNOT IN\b|\bcoalesce\(/,
  ]
    .map((part) => part.source)
    .join('|'),
);

/** A line that is too long, by its number. */
export interface LongLine {
  readonly line: number;
  readonly characters: number;
}

/** Numbers of the lines that string literals with SQL stand on. */
function sqlLines(source: ts.SourceFile): Set<number> {
  const lines = new Set<number>();
  const visit = (node: ts.Node): void => {
    if (ts.isStringLiteralLike(node) || ts.isTemplateExpression(node)) {
      const text = node.getText(source).slice(1, -1);
      if (SQL.test(text) || QUERY.test(text)) {
        const first = source.getLineAndCharacterOfPosition(node.getStart(source)).line;
        const last = source.getLineAndCharacterOfPosition(node.getEnd()).line;
        for (let line = first; line <= last; line += 1) lines.add(line);
      }
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  return lines;
}

/** The lines of a file that are too long. Only TypeScript can hold SQL. */
export function longLines(text: string, isTypeScript = true): LongLine[] {
  const long = text.split(/\r?\n/).flatMap((line, index) => {
    const { length } = [...line];
    return length > MOST_CHARACTERS ? [{ line: index + 1, characters: length }] : [];
  });
  if (long.length === 0 || !isTypeScript) return long;
  const exempt = sqlLines(ts.createSourceFile('x.ts', text, ts.ScriptTarget.Latest, true));
  return long.filter(({ line }) => !exempt.has(line - 1));
}

/** Every file of code. */
function files(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (relative(ROOT, path).startsWith(DATA + sep) || relative(ROOT, path) === DATA) return [];
    if (entry.isDirectory()) return files(path);
    return ENDINGS.some((ending) => entry.name.endsWith(ending)) ? [path] : [];
  });
}

/** Names every line of the project that is too long; resolves with how many there are, as an exit code. */
export async function checkLongLines(): Promise<number> {
  const found = FOLDERS.flatMap((folder) =>
    files(join(ROOT, folder)).flatMap((path) =>
      longLines(readFileSync(path, 'utf8'), path.endsWith('.ts')).map(
        ({ line, characters }) => `${relative(ROOT, path)}:${line} ${characters} characters`,
      ),
    ),
  );
  for (const one of found) console.log(one);
  return await Promise.resolve(found.length === 0 ? 0 : 1);
}
