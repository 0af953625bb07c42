// Finds lists of kinds kept by hand: two or more names of kinds that stand together in an array, in the keys of an object, in the cases of
// a switch, in a union or in SQL, outside the folder of their capability. What is derived from the dictionary names none.
import { readdirSync, readFileSync } from 'node:fs';
import { basename, join, relative, sep } from 'node:path';
import { parse } from 'vue/compiler-sfc';
import ts from 'typescript';
import { ENTITIES } from '../../domain/entities.ts';
import { ROOT } from './run.ts';

/** A list of kinds that somebody keeps by hand. */
export interface KindList {
  readonly file: string;
  readonly line: number;
  readonly how: 'array' | 'keys' | 'switch' | 'union' | 'sql';
  readonly names: readonly string[];
}

/** The folder of the capability that defines each kind, read from the definitions. */
export function foldersOfKinds(root: string, files: readonly string[]): Map<string, string> {
  const folders = new Map<string, string>();
  for (const file of files) {
    const folder = /^domain\/([^/]+)\/[^/]+\.ts$/.exec(file)?.[1];
    if (!folder) continue;
    const text = readFileSync(join(root, file), 'utf8');
    for (const [, name] of text.matchAll(/define(?:Entity|Set)\(\{\s*name: '([A-Za-z]+)'/g))
      if (name) folders.set(name, folder);
  }
  return folders;
}

/** The capabilities that a file belongs to, by the names of its folders and of itself. */
export const placesOf = (file: string): Set<string> =>
  new Set([...file.split('/').slice(0, -1), basename(file).replace(/\.[a-z]+$/, '')]);

const snake = (name: string): string => name.replace(/[A-Z]/g, (c) => `_${c.toLowerCase()}`);
const TABLES = new Map(ENTITIES.map((e) => [snake(e.name), e.name]));

/** Kinds whose tables are read by the arms of a UNION, or whose names are quoted in SQL. */
function kindsInSql(text: string): string[] {
  if (!/\b(SELECT|CASE)\b/.test(text)) return [];
  const arms = text.split(/\bUNION\b/);
  const read = arms.map((arm) => TABLES.get(/\bFROM\s+"?([a-z_]+)"?/.exec(arm)?.[1] ?? ''));
  const quoted = [...text.matchAll(/'([A-Za-z]+)'/g)].map(([, name]) => (name && isKind(name) ? name : undefined));
  return [...(arms.length > 1 ? read : []), ...quoted].filter((name) => name !== undefined);
}

const isKind = (name: string): boolean => ENTITIES.some((e) => e.name === name);

/** The name of a kind that an expression says: a text, or the name of an imported definition. */
function kindOf(node: ts.Node, imported: ReadonlyMap<string, string>): string | null {
  if (ts.isStringLiteralLike(node)) return isKind(node.text) ? node.text : null;
  if (ts.isLiteralTypeNode(node)) return kindOf(node.literal, imported);
  if (ts.isPropertyAccessExpression(node) && node.name.text === 'name') return kindOf(node.expression, imported);
  return ts.isIdentifier(node) ? (imported.get(node.text) ?? null) : null;
}

/** Definitions of kinds that a file imports from the dictionary, by their name here. */
function importedKinds(source: ts.SourceFile): Map<string, string> {
  const kinds = new Map<string, string>();
  for (const statement of source.statements) {
    if (!ts.isImportDeclaration(statement) || !ts.isStringLiteral(statement.moduleSpecifier)) continue;
    if (
      !/domain\/[a-z-]+\/(entities|blocks)\.ts$|^\.\.?\/([a-z-]+\/)?(entities|blocks)\.ts$/.test(
        statement.moduleSpecifier.text,
      )
    )
      continue;
    const named = statement.importClause?.namedBindings;
    if (named && ts.isNamedImports(named))
      for (const one of named.elements) if (isKind(one.name.text)) kinds.set(one.name.text, one.name.text);
  }
  return kinds;
}

/** What stands together at a node. */
function together(
  node: ts.Node,
  imported: ReadonlyMap<string, string>,
): (Pick<KindList, 'how'> & { names: (string | null)[] }) | null {
  if (ts.isArrayLiteralExpression(node)) return { how: 'array', names: node.elements.map((e) => kindOf(e, imported)) };
  if (ts.isUnionTypeNode(node)) return { how: 'union', names: node.types.map((t) => kindOf(t, imported)) };
  if (ts.isCaseBlock(node))
    return {
      how: 'switch',
      names: node.clauses.map((clause) => (ts.isCaseClause(clause) ? kindOf(clause.expression, imported) : null)),
    };
  if (ts.isStringLiteralLike(node)) return { how: 'sql', names: kindsInSql(node.text) };
  if (ts.isTemplateExpression(node)) return { how: 'sql', names: kindsInSql(node.getText()) };
  if (ts.isObjectLiteralExpression(node)) return { how: 'keys', names: keysOf(node) };
  return null;
}

/** Keys of an object that are names of kinds, where most of its keys are. */
function keysOf(node: ts.ObjectLiteralExpression): (string | null)[] {
  const names = node.properties.map((p) => {
    const key = p.name && (ts.isIdentifier(p.name) || ts.isStringLiteral(p.name)) ? p.name.text : null;
    return ts.isPropertyAssignment(p) && key !== null && isKind(key) ? key : null;
  });
  return names.filter(Boolean).length * 2 > names.length ? names : [];
}

/** The scripts of a file: itself, or those of a component. */
export function scriptsOf(file: string, text: string): { text: string; line: number; offset: number }[] {
  if (!file.endsWith('.vue')) return [{ text, line: 0, offset: 0 }];
  const { descriptor } = parse(text, { sourceMap: false });
  return [descriptor.script, descriptor.scriptSetup].flatMap((block) =>
    block ? [{ text: block.content, line: block.loc.start.line - 1, offset: block.loc.start.offset }] : [],
  );
}

/** Lists of kinds in one file. */
export function kindListsIn(file: string, text: string, folders: ReadonlyMap<string, string>): KindList[] {
  const places = placesOf(file);
  const found: KindList[] = [];
  for (const script of scriptsOf(file, text)) {
    const source = ts.createSourceFile(file, script.text, ts.ScriptTarget.Latest, true);
    const imported = importedKinds(source);
    const visit = (node: ts.Node): void => {
      const group = together(node, imported);
      const foreign = new Set(
        (group?.names ?? []).filter((name) => name !== null && !places.has(folders.get(name) ?? '')) as string[],
      );
      if (group && foreign.size > 1) {
        const line = source.getLineAndCharacterOfPosition(node.getStart()).line + 1 + script.line;
        found.push({ file, line, how: group.how, names: [...foreign] });
      }
      ts.forEachChild(node, visit);
    };
    visit(source);
  }
  return found;
}

/** Rooms that hold no list of kinds by hand. */
const ROOMS = ['domain', 'contract', 'services', 'db', 'host', 'renderer', 'electron'];

/** Source files below a folder, as paths from the checkout's, with `/` between the names. */
function sourcesBelow(folder: string): string[] {
  return readdirSync(join(ROOT, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /\.(ts|vue)$/.test(entry.name))
    .map((entry) => relative(ROOT, join(entry.parentPath, entry.name)).split(sep).join('/'));
}

/** Every list of kinds that is kept by hand in the house. */
export function kindLists(): KindList[] {
  const files = ROOMS.flatMap(sourcesBelow);
  const folders = foldersOfKinds(ROOT, files);
  return files.flatMap((file) => kindListsIn(file, readFileSync(join(ROOT, file), 'utf8'), folders));
}

/** Prints the lists that are kept by hand; 1 when there are any. */
export async function checkKindLists(): Promise<number> {
  const found = kindLists();
  for (const { file, line, how, names } of found)
    console.log(`${file}:${line} names kinds by hand (${how}): ${names.join(', ')}`);
  return await Promise.resolve(found.length === 0 ? 0 : 1);
}
