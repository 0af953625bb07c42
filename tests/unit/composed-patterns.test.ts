// Patterns that are put together from texts, which no lint sees whole: each is made of constants of its own file and needs no more
// than linear time. Would catch one that takes in what people typed, and one that takes the square of its text or worse.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { runInNewContext } from 'node:vm';
import { Linter } from 'eslint';
import regexp from 'eslint-plugin-regexp';
import ts from 'typescript';
import { expect, test } from 'vitest';

const ROOMS = ['contract', 'db', 'domain', 'electron', 'host', 'renderer', 'services'];

/** Read only after the length of the text was looked at: a unit has at most 24 characters. */
const BOUNDED: Readonly<Record<string, string>> = { 'domain/values/text.ts': 'UNIT' };

interface Composed {
  at: string;
  source: string;
  flags: string;
}

/** The scripts of a file: itself, or what stands between the script tags of a component. */
const scriptOf = (file: string, text: string): string =>
  file.endsWith('.vue')
    ? [...text.matchAll(/<script[^<>]*>([^]*?)<\/script>/g)].map((found) => found[1] ?? '').join('\n')
    : text;

/** Constants of the file's own, by name, as they are written. */
function constantsOf(file: ts.SourceFile): Map<string, ts.Expression> {
  const found = new Map<string, ts.Expression>();
  for (const statement of file.statements)
    if (ts.isVariableStatement(statement))
      for (const { name, initializer } of statement.declarationList.declarations)
        if (ts.isIdentifier(name) && initializer) found.set(name.text, initializer);
  return found;
}

/** Names that an expression takes in, without those of its own functions and of properties. */
function namesIn(expression: ts.Node): string[] {
  const own = new Set<string>();
  const names: string[] = [];
  const walk = (node: ts.Node): void => {
    if (ts.isParameter(node) && ts.isIdentifier(node.name)) own.add(node.name.text);
    const isName = ts.isIdentifier(node) && !(ts.isPropertyAccessExpression(node.parent) && node.parent.name === node);
    if (isName && !ts.isParameter(node.parent)) names.push(node.text);
    ts.forEachChild(node, walk);
  };
  walk(expression);
  return names.filter((name) => !own.has(name) && !['String', 'RegExp', 'const', 'undefined'].includes(name));
}

/** The value of an expression over the constants of its file. @throws where it takes in anything else */
function valueOf(expression: ts.Expression, constants: Map<string, ts.Expression>): unknown {
  const lines: string[] = [];
  const seen = new Set<string>();
  const need = (part: ts.Expression): void => {
    for (const name of namesIn(part)) {
      if (seen.has(name)) continue;
      seen.add(name);
      const constant = constants.get(name);
      if (!constant) throw new Error(`takes in ${name}`);
      need(constant);
      lines.push(`const ${name} = ${constant.getText()};`);
    }
  };
  need(expression);
  const { outputText } = ts.transpileModule(`${lines.join('\n')}\nresult = ${expression.getText()};`, {
    compilerOptions: { target: ts.ScriptTarget.ESNext, module: ts.ModuleKind.ESNext },
  });
  return runInNewContext(`let result; ${outputText}; result`);
}

/** All patterns of a file that are put together. */
function composedIn(file: string, text: string): { patterns: Composed[]; dynamic: string[] } {
  const source = ts.createSourceFile(file, text, ts.ScriptTarget.ESNext, true);
  const constants = constantsOf(source);
  const patterns: Composed[] = [];
  const dynamic: string[] = [];
  const walk = (node: ts.Node): void => {
    ts.forEachChild(node, walk);
    if (!(ts.isNewExpression(node) || ts.isCallExpression(node)) || node.expression.getText() !== 'RegExp') return;
    const [given, flags] = node.arguments ?? [];
    const name = ts.isVariableDeclaration(node.parent) ? node.parent.name.getText() : node.getText().slice(0, 60);
    try {
      const value = given ? valueOf(given, constants) : '';
      const pattern = typeof value === 'string' ? value : (value as RegExp).source;
      patterns.push({ at: `${file} ${name}`, source: pattern, flags: flags ? String(valueOf(flags, constants)) : '' });
    } catch (error) {
      dynamic.push(`${file} ${name}: ${(error as Error).message}`);
    }
  };
  walk(source);
  return { patterns, dynamic };
}

/** What is wrong with a pattern: it needs more than linear time. */
function slow({ source, flags }: Pick<Composed, 'source' | 'flags'>): string[] {
  const literal = `/${new RegExp(source, flags).source}/${flags};`;
  return new Linter()
    .verify(literal, {
      languageOptions: { ecmaVersion: 2024, sourceType: 'module' },
      plugins: { regexp },
      rules: {
        'regexp/no-super-linear-backtracking': ['error', { report: 'potential' }],
        'regexp/no-super-linear-move': ['error', { report: 'potential' }],
      },
    })
    .map(({ message }) => message.slice(0, 160));
}

const all = ROOMS.flatMap((room) =>
  readdirSync(room, { recursive: true, encoding: 'utf8' })
    .map((file) => join(room, file).replaceAll('\\', '/'))
    .filter((file) => /\.(ts|cts|vue)$/.test(file))
    .flatMap((file) => {
      const text = readFileSync(file, 'utf8');
      return /\bRegExp\(/.test(text) ? [composedIn(file, scriptOf(file, text))] : [];
    }),
);

test('every pattern that is put together is made of constants of its file alone', () => {
  expect(all.flatMap(({ patterns }) => patterns).length).toBeGreaterThan(8);
  expect(all.flatMap(({ dynamic }) => dynamic)).toEqual([]);
});

test('none of them needs more than linear time, unless the text was measured before', () => {
  const wrong = all
    .flatMap(({ patterns }) => patterns)
    .filter(({ at }) => !Object.entries(BOUNDED).some(([file, name]) => at === `${file} ${name}`))
    .flatMap((pattern) => slow(pattern).map((message) => `${pattern.at}: ${message}`));
  expect(wrong).toEqual([]);
});

test('planted ones are found', () => {
  for (const source of ['a*a*$', '(?:a+)+$', '\\s+x']) expect(slow({ source, flags: '' }), source).not.toEqual([]);
  const planted = composedIn(
    'planted.ts',
    "const of = (name: string) => new RegExp(`${name}+`); const A = 'x'; new RegExp(A);",
  );
  expect(planted).toMatchObject({ patterns: [{ source: 'x' }], dynamic: [expect.stringContaining('takes in name')] });
});
