// What one kind of record is made of in a tree of sources: files that are there for it alone, and the lines by which other files
// name those. Found by syntax, so that the same word in another sense (`drill` of a number to its list) is none of it.
import { readFileSync } from 'node:fs';
import { dirname, join, posix } from 'node:path';
import ts from 'typescript';
import { foldersOfKinds, placesOf, scriptsOf } from './kind-lists.ts';

/** The pieces of a kind, by their paths in the tree. */
export interface KindPieces {
  /** Kinds of its capability: itself and its parts. */
  readonly kinds: readonly string[];
  /** Files that are there for it alone. */
  readonly own: readonly string[];
  /** Migrations that make tables for it alone. */
  readonly migrations: readonly string[];
  /** Files that name a piece of it, with their text as it is without the kind. */
  readonly shared: ReadonlyMap<string, string>;
  /** Other places that say its name or read its table: none are meant. */
  readonly named: readonly string[];
}

/** Released migrations make tables of whatever was there; scripts are no part of the program. */
const UNCOUNTED = /^(scripts|db\/migrations)\//;

interface Span {
  readonly start: number;
  readonly end: number;
}

const isSource = (file: string): boolean => /\.(ts|vue)$/.test(file);
const snake = (name: string): string => name.replace(/[A-Z]/g, (c) => `_${c.toLowerCase()}`);

/** Tables that a text makes. */
const tablesMade = (text: string): string[] =>
  [...text.matchAll(/CREATE TABLE "?([a-z_]+)"?/g)].map(([, table = '']) => table);

/** The whole lines of a node in a list, with the comma that belongs to it. */
function lineSpan(text: string, start: number, end: number): Span {
  const comma = /^\s*,/.exec(text.slice(end))?.[0].length ?? 0;
  const isLast = comma === 0;
  let from = start;
  let to = end + comma;
  // The last of a list without a comma behind it (JSON): the one before it loses its own.
  if (isLast) from -= /,\s*$|(?<!\s)\s*$/.exec(text.slice(0, from))?.[0].length ?? 0;
  else {
    const lineStart = text.lastIndexOf('\n', from - 1) + 1;
    const lineEnd = text.indexOf('\n', to);
    if (text.slice(lineStart, from).trim() === '' && text.slice(to, lineEnd).trim() === '')
      [from, to] = [lineStart, lineEnd + 1];
  }
  return { start: from, end: to };
}

/** The element of a list, property of an object or statement that a node stands in. */
function elementOf(node: ts.Node): ts.Node {
  let at = node;
  while (
    !ts.isArrayLiteralExpression(at.parent) &&
    !ts.isObjectLiteralExpression(at.parent) &&
    !ts.isUnionTypeNode(at.parent) &&
    !ts.isBlock(at.parent) &&
    !ts.isSourceFile(at.parent)
  )
    at = at.parent;
  return at;
}

const withoutSpans = (text: string, spans: readonly Span[]): string =>
  spans.toSorted((a, b) => b.start - a.start).reduce((left, s) => left.slice(0, s.start) + left.slice(s.end), text);

/** A source without its imports of these files and without what uses them; null where it has none. */
export function withoutUses(file: string, text: string, gone: ReadonlySet<string>): string | null {
  const spans: Span[] = [];
  for (const script of scriptsOf(file, text)) {
    const source = ts.createSourceFile(file, script.text, ts.ScriptTarget.Latest, true);
    const names = new Set<string>();
    const take = (node: ts.Node): void => {
      const span = lineSpan(script.text, node.getStart(), node.getEnd());
      const isStatement = ts.isStatement(node);
      const end = isStatement && script.text[node.getEnd()] === '\n' ? node.getEnd() + 1 : node.getEnd();
      const { start, end: to } = isStatement ? { start: node.getStart(), end } : span;
      spans.push({ start: start + script.offset, end: to + script.offset });
    };
    for (const one of source.statements) {
      const from = (ts.isImportDeclaration(one) || ts.isExportDeclaration(one)) && one.moduleSpecifier;
      if (!from || !ts.isStringLiteral(from)) continue;
      if (!gone.has(posix.join(dirname(file), from.text))) continue;
      take(one);
      const named = ts.isImportDeclaration(one) ? one.importClause?.namedBindings : undefined;
      if (named && ts.isNamedImports(named)) for (const { name } of named.elements) names.add(name.text);
    }
    const taken = new Set<ts.Node>();
    const visit = (node: ts.Node): void => {
      if (ts.isImportDeclaration(node)) return;
      if (ts.isIdentifier(node) && names.has(node.text)) {
        const element = elementOf(node);
        if (!taken.has(element)) take(element);
        taken.add(element);
      } else ts.forEachChild(node, visit);
    };
    visit(source);
  }
  return spans.length === 0 ? null : withoutSpans(text, spans);
}

/** JSON of resources without the entries `{ "of": kind, … }`; null where it has none. */
export function withoutEntries(file: string, text: string, kinds: readonly string[]): string | null {
  const spans: Span[] = [];
  const source = ts.parseJsonText(file, text);
  const isEntry = (property: ts.ObjectLiteralElementLike): boolean =>
    ts.isPropertyAssignment(property) &&
    ts.isStringLiteral(property.name) &&
    property.name.text === 'of' &&
    ts.isStringLiteral(property.initializer) &&
    kinds.includes(property.initializer.text);
  const visit = (node: ts.Node): void => {
    if (ts.isObjectLiteralExpression(node) && node.properties.some(isEntry))
      spans.push(lineSpan(text, node.getStart(source), node.getEnd()));
    else ts.forEachChild(node, visit);
  };
  visit(source);
  return spans.length === 0 ? null : withoutSpans(text, spans);
}

/** Is this text the name of one of these kinds, or SQL that reads the table of one? */
const saysKind = (text: string, kinds: readonly string[]): boolean =>
  kinds.some((kind) => text === kind || new RegExp(`\\b(FROM|JOIN|INTO|UPDATE)\\s+"?${snake(kind)}\\b`).test(text));

/** Lines of a source that say the name of one of these kinds as a value; a key of that name (`asked['drill']`) is none. */
export function linesNaming(file: string, text: string, kinds: readonly string[]): number[] {
  const lines = new Set<number>();
  for (const script of scriptsOf(file, text)) {
    const source = ts.createSourceFile(file, script.text, ts.ScriptTarget.Latest, true);
    const visit = (node: ts.Node): void => {
      const isKey =
        ts.isElementAccessExpression(node.parent) ||
        (ts.isLiteralTypeNode(node.parent) && ts.isIndexedAccessTypeNode(node.parent.parent)) ||
        (ts.isPropertyAssignment(node.parent) && node.parent.name === node);
      const said = ts.isStringLiteralLike(node) ? node.text : ts.isTemplateExpression(node) ? node.getText() : null;
      if (said !== null && !isKey && saysKind(said, kinds))
        lines.add(source.getLineAndCharacterOfPosition(node.getStart()).line + 1 + script.line);
      ts.forEachChild(node, visit);
    };
    ts.forEachChild(source, visit);
  }
  return [...lines];
}

/**
 * The pieces of a kind: everything under the name of its capability in any room, and what names these files.
 * @param files every file of the tree, without tests and documents
 * @throws where no definition has that name
 */
export function piecesOf(root: string, files: readonly string[], kind: string): KindPieces {
  const folders = foldersOfKinds(root, files);
  const capability = folders.get(kind);
  if (capability === undefined) throw new Error(`no definition of ${kind}`);
  const read = (file: string): string => readFileSync(join(root, file), 'utf8');
  const kinds = [...folders].filter(([, folder]) => folder === capability).map(([name]) => name);
  const tables = new Set(kinds.map(snake));
  const own = files.filter((file) => isSource(file) && placesOf(file).has(capability));
  const migrations = files.filter((file) => {
    if (!/^db\/migrations\/\d/.test(file)) return false;
    const made = tablesMade(read(file));
    return made.length > 0 && made.every((table) => tables.has(table));
  });
  const gone = new Set([...own, ...migrations]);
  const shared = new Map<string, string>();
  const named: string[] = [];
  for (const file of files.filter((one) => !gone.has(one))) {
    if (isSource(file) && !UNCOUNTED.test(file))
      named.push(...linesNaming(file, read(file), kinds).map((line) => `${file}:${line} names ${kind}`));
    const text = isSource(file)
      ? withoutUses(file, read(file), gone)
      : /^resources\/demo\/.*\.json$/.test(file)
        ? withoutEntries(file, read(file), kinds)
        : null;
    if (text !== null) shared.set(file, text);
  }
  return { kinds, own, migrations, shared, named };
}
