// Finds SQL that only one engine understands, or that reads the tables of the log, outside the room that knows the engine: everything
// else says it through `db/dialect`, so that a second engine is a matter of that folder.
import { readdirSync, readFileSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import ts from 'typescript';
import { ROOT } from './run.ts';

/** A piece of SQL that is not everybody's. */
export interface EngineSql {
  readonly file: string;
  readonly line: number;
  readonly what: string;
}

/** What is written where a template puts in a value. */
const GAP = '§';
const FUNCTIONS =
  'json_each json_extract json_array_length json_object json_group_array instr group_concat julianday strftime unixepoch ' +
  'datetime date time printf ifnull iif total random randomblob zeroblob hex quote typeof changes last_insert_rowid';
/** A text that is SQL, whole or in part: it has one of its words, or a function that nothing else has. */
const SQL = new RegExp(
  [
    String.raw`\b(SELECT|FROM|WHERE|HAVING|VALUES|(ORDER|GROUP) BY|INSERT (OR \w+ )?INTO|UPDATE \S+ SET|DELETE FROM|IN \(|PRAGMA)\b`,
    String.raw`\bIS (NOT )?(NULL|\?)|\b(coalesce|count|json_each|json_extract|instr|group_concat|julianday|strftime)\(`,
  ].join('|'),
);

/** Signs of one engine's SQL, asked of the text without its quoted parts. */
const SIGNS: readonly (readonly [RegExp, (found: string) => string])[] = [
  [new RegExp(`\\b(${FUNCTIONS.replaceAll(' ', '|')})\\(`), (f) => `the function ${f.slice(0, -1)}`],
  [/\b_?rowid_?\b/, () => 'the number of a row (rowid)'],
  [/->>?/, () => 'reaching into JSON'],
  [/\b(GROUP|ORDER) BY \d/, () => 'a column by its place'],
  [/\b(WHERE|AND|OR|NOT|ON|HAVING|WHEN) [01]\b(?! *[=<>+*/-])/, () => 'a number for true or false'],
  [/\bIS (NOT )?(?!(NOT )?(NULL|TRUE|FALSE|DISTINCT)\b)\S/, () => 'IS between values'],
  [/\b(LIKE|GLOB|MATCH|REGEXP)\b/, (f) => f],
  [/\b(INDEXED BY|PRAGMA|ATTACH|WITHOUT ROWID|INSERT OR|COLLATE)\b/, (f) => f],
  [/\bsqlite_\w+/, (f) => `the table ${f}`],
  [/\b(sync_\w+|action_log)\b/, (f) => `the table ${f} of the log`],
  [/\b[a-z]+[A-Z]\w*/, (f) => `the name ${f} without quotes`],
];

/** Text of a literal with a mark for every value put in. */
function textOf(node: ts.Node): string | null {
  if (ts.isStringLiteral(node) || ts.isNoSubstitutionTemplateLiteral(node)) return node.text;
  if (!ts.isTemplateExpression(node)) return null;
  return node.head.text + node.templateSpans.map((span) => GAP + span.literal.text).join('');
}

const withoutQuoted = (sql: string): string => sql.replace(/'[^']*'/g, "''").replace(/"[^"]*"/g, '""');

/** What is wrong with a text, if it is SQL. */
function signsIn(text: string): string[] {
  const bare = withoutQuoted(text);
  if (!SQL.test(bare)) return [];
  return SIGNS.flatMap(([sign, say]) => {
    const found = sign.exec(bare)?.[0];
    return found === undefined ? [] : [say(found)];
  });
}

/** Engine-specific SQL in one file. */
export function engineSqlIn(file: string, text: string): EngineSql[] {
  const source = ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true);
  const found: EngineSql[] = [];
  const visit = (node: ts.Node): void => {
    const literal = textOf(node);
    if (literal !== null) {
      const line = source.getLineAndCharacterOfPosition(node.getStart(source)).line + 1;
      found.push(...signsIn(literal).map((what) => ({ file, line, what })));
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  return found;
}

/** Rooms above the database. */
const ROOMS = ['domain', 'contract', 'services', 'host', 'electron', 'renderer'];

function sourcesBelow(folder: string): string[] {
  return readdirSync(join(ROOT, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith('.ts'))
    .map((entry) => relative(ROOT, join(entry.parentPath, entry.name)).split(sep).join('/'));
}

/** All engine-specific SQL above the database. */
export const engineSql = (): EngineSql[] =>
  ROOMS.flatMap(sourcesBelow).flatMap((file) => engineSqlIn(file, readFileSync(join(ROOT, file), 'utf8')));

/** Prints what is found; 1 where there is any. */
export async function checkEngineSql(): Promise<number> {
  const found = engineSql();
  for (const { file, line, what } of found) console.log(`${file}:${line} has SQL of one engine: ${what}`);
  return await Promise.resolve(found.length === 0 ? 0 : 1);
}
