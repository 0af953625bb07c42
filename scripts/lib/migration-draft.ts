// Drafts the migration from what a database has to what the dictionary says: statements, and the file that runs them.
import { columnsOf, tableOf } from '../../db/index.ts';
import { indexesOf as tableIndexes, indexSql } from '../../db/schema/indexes.ts';
import { snake, type EntityDefinition } from '../../domain/dictionary/entity.ts';

/** Asks the database that the migrations make so far. */
export type Ask = (sql: string) => Record<string, unknown>[];

/** What is to be done to the tables, and the kinds that it is about. */
export interface SchemaChange {
  readonly statements: readonly string[];
  /** Kinds that get a table. */
  readonly made: readonly EntityDefinition[];
  /** Kinds whose table changes. */
  readonly changed: readonly EntityDefinition[];
}

type Column = ReturnType<typeof columnsOf>[number];

const WIDTH = 120;

/** The definition of a column as every migration writes it. */
const columnSql = (column: Column): string =>
  `"${column.column}" ${column.type}${column.field === 'id' ? ' PRIMARY KEY' : ''}${column.nullable ? '' : ' NOT NULL'}`;

const keySql = (table: string, { column, meta }: Column): string =>
  `CONSTRAINT "fk_${table}_${column}" FOREIGN KEY ("${column}") REFERENCES "${snake(meta?.target ?? '')}" ("id")` +
  ' ON DELETE NO ACTION ON UPDATE NO ACTION DEFERRABLE INITIALLY DEFERRED';

const isKey = ({ meta }: Column): boolean => meta?.kind === 'reference' && Boolean(meta.target);

/** Columns filled into lines. */
function lines(parts: readonly string[]): string[] {
  const filled: string[] = [];
  for (const part of parts) {
    const last = filled.at(-1);
    if (last !== undefined && `    ${last}, ${part},`.length <= WIDTH) filled[filled.length - 1] = `${last}, ${part}`;
    else filled.push(part);
  }
  return filled;
}

/** The statement that makes the table of a kind; `as` gives it another name for the time of a rebuild. */
export function tableSql(entity: EntityDefinition, as = tableOf(entity)): string {
  const columns = columnsOf(entity);
  const parts = [
    ...lines(columns.map(columnSql)),
    ...columns.filter(isKey).map((column) => keySql(tableOf(entity), column)),
  ];
  return `CREATE TABLE "${as}" (\n    ${parts.join(',\n    ')}\n  ) STRICT`;
}

/** Indexes of a kind by name. */
function indexesOf(entity: EntityDefinition): Map<string, string> {
  return new Map(tableIndexes(entity).map((index) => [index.name, indexSql(tableOf(entity), index)]));
}

/** What old rows have in a new column. @throws when a value is needed and the dictionary gives none */
function oldValue(entity: EntityDefinition, column: Column): string {
  if (column.initial === null && column.nullable) return 'NULL';
  if (column.initial === null)
    throw new Error(`${entity.name}.${column.field} is required and has no initial value: rows from before need one`);
  return typeof column.initial === 'string'
    ? `'${column.initial.replaceAll("'", "''")}'`
    : String(Number(column.initial));
}

/** A table made anew with the rows of the old one: SQLite adds neither a named key nor a column in the middle. */
function rebuilt(entity: EntityDefinition, present: ReadonlySet<string>): string[] {
  const table = tableOf(entity);
  const columns = columnsOf(entity);
  const names = lines(columns.map(({ column }) => `"${column}"`)).join(',\n    ');
  const values = lines(
    columns.map((column) => (present.has(column.column) ? `"${column.column}"` : oldValue(entity, column))),
  ).join(',\n    ');
  return [
    tableSql(entity, `${table}_new`),
    `INSERT INTO "${table}_new" (\n    ${names}\n  ) SELECT\n    ${values}\n  FROM "${table}"`,
    `DROP TABLE "${table}"`,
    `ALTER TABLE "${table}_new" RENAME TO "${table}"`,
    ...indexesOf(entity).values(),
  ];
}

function changesOf(entity: EntityDefinition, ask: Ask): string[] {
  const table = tableOf(entity);
  const columns = columnsOf(entity);
  const present = ask(`SELECT name, lower(type) AS type, "notnull" AS needed FROM pragma_table_info('${table}')`);
  const same = present.every(({ name, type, needed }, place) => {
    const column = columns[place];
    return column && column.column === name && column.type === type && column.nullable === (needed === 0);
  });
  const added = columns.slice(present.length);
  if (!same || added.some((column) => isKey(column) || !column.nullable))
    return rebuilt(entity, new Set(present.map(({ name }) => String(name))));
  const indexes = indexesOf(entity);
  const known = ask(
    `SELECT name FROM sqlite_master WHERE type = 'index' AND tbl_name = '${table}' AND sql IS NOT NULL`,
  ).map(({ name }) => String(name));
  return [
    ...known.filter((name) => !indexes.has(name)).map((name) => `DROP INDEX "${name}"`),
    ...added.map((column) => `ALTER TABLE "${table}" ADD COLUMN ${columnSql(column)}`),
    ...[...indexes].filter(([name]) => !known.includes(name)).map(([, sql]) => sql),
  ];
}

/**
 * What has to be done so that a database has exactly the tables, columns, keys and indexes of these kinds. A table of a kind
 * that is no longer in the dictionary stays: what was entered is not thrown away.
 */
export function schemaChange(entities: readonly EntityDefinition[], ask: Ask): SchemaChange {
  const tables = new Set(ask("SELECT name FROM sqlite_master WHERE type = 'table'").map(({ name }) => String(name)));
  const made = entities.filter((entity) => !tables.has(tableOf(entity)));
  const changes = entities
    .filter((entity) => !made.includes(entity))
    .map((entity) => ({ entity, statements: changesOf(entity, ask) }))
    .filter(({ statements }) => statements.length > 0);
  return {
    made,
    changed: changes.map(({ entity }) => entity),
    statements: [
      ...made.flatMap((entity) => [tableSql(entity), ...indexesOf(entity).values()]),
      ...changes.flatMap(({ statements }) => statements),
    ],
  };
}

/** A migration as its file is written. */
export interface MigrationFile {
  /** Beside the other migrations. */
  readonly fileName: string;
  readonly className: string;
  readonly text: string;
}

const pascal = (name: string): string =>
  name.replace(/(^|(?<![^A-Za-z0-9])[^A-Za-z0-9]+)([A-Za-z0-9])/g, (_, _gap, letter: string) => letter.toUpperCase());
const kebab = (name: string): string => snake(name).replaceAll('_', '-').replace(/^-/, '');
const quoted = (sql: string): string =>
  sql.includes('\n') ? `\`${sql.replaceAll('\\', '\\\\')}\`` : sql.includes("'") ? JSON.stringify(sql) : `'${sql}'`;

/** Kinds named in a comment; of many the first ones. */
const NAMED = 2;

/** What becomes of kinds, in words. */
function said(kinds: readonly EntityDefinition[], becomes: string): string[] {
  const rest = kinds.length - NAMED;
  const lines = kinds.slice(0, NAMED).map((entity) => `${entity.label} (${entity.name}) ${becomes}`);
  return rest > 0 ? [...lines, `so do ${rest} more`] : lines;
}

/**
 * The file of a migration. Migrations are numbered by hundreds; `stamp` is the moment that TypeORM sorts them by.
 * @param known numbers and moments of the migrations there are
 */
export function migrationFile(
  change: SchemaChange,
  known: readonly { number: number; stamp: number }[],
  now: number,
  name = [...change.made, ...change.changed]
    .map((entity) => kebab(entity.name))
    .slice(0, 3)
    .join('-'),
): MigrationFile {
  const number = Math.max(...known.map((one) => one.number)) + 100;
  const stamp = Math.max(now, ...known.map((one) => one.stamp + 1000));
  const className = `${pascal(name)}${stamp}`;
  const about = [...said(change.made, 'gets its table'), ...said(change.changed, 'changes')].join('; ');
  return {
    fileName: `${number}-${kebab(name)}.ts`,
    className,
    text: `// ${about}.
import type { MigrationInterface, QueryRunner } from 'typeorm';

const STATEMENTS: readonly string[] = [
${change.statements.map((sql) => `  ${quoted(sql)},`).join('\n')}
];

/** ${about}. */
export class ${className} implements MigrationInterface {
  readonly name = '${className}';

  async up(runner: QueryRunner): Promise<void> {
    for (const sql of STATEMENTS) await runner.query(sql);
  }

  async down(): Promise<void> {
    await Promise.reject(new Error('what was entered since is not thrown away'));
  }
}
`,
  };
}

/** The index of the migrations with one more line for the file. @throws when it is not written as expected */
export function indexWith(index: string, { fileName, className }: MigrationFile): string {
  const lastImport = /(?:^import \{[^}]+\} from '\.\/[^']+';\n)+/m.exec(index);
  const end = index.indexOf('\n];', index.indexOf('export const MIGRATIONS'));
  if (!lastImport || end < 0) throw new Error('db/migrations/index.ts is not written as the draft expects');
  const at = lastImport.index + lastImport[0].length;
  return (
    index.slice(0, at) +
    `import { ${className} } from './${fileName}';\n` +
    index.slice(at, end) +
    `\n  ${className},` +
    index.slice(end)
  );
}
