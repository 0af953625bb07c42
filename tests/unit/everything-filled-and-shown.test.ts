// A walk over all kinds, fields, settings and figures: what fills each, and where it is shown. Nothing is listed here by hand: forms
// come from the dictionary and the sources of the window, events from the tables, imports from the targets; exceptions say why in the
// dictionary.
import { readFileSync, globSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { fieldsOf, shownFields, snake, writableFields, type EntityDefinition } from '../../domain/dictionary/entity.ts';
import { metaOf, type FieldMeta } from '../../domain/dictionary/field.ts';
import { isPlainSet } from '../../contract/records.ts';
import { asksOf } from '../../domain/dictionary/workflow.ts';
import { isPathColumn } from '../../domain/dictionary/list.ts';
import { ENTITIES } from '../../domain/entities.ts';
import { filterables, listOf } from '../../domain/lists.ts';
import { TARGETS } from '../../domain/registers/targets.ts';
import { FIGURES } from '../../domain/statistics/figures.ts';
import { WORKFLOWS } from '../../domain/workflows.ts';

const KINDS = ENTITIES as readonly EntityDefinition[];
const ROOT = join(import.meta.dirname, '..', '..');
const read = (path: string): string => readFileSync(join(ROOT, path), 'utf8');
const sources = (pattern: string): string[] => globSync(pattern, { cwd: ROOT }).map(read);
const WINDOW = sources('renderer/**/*.{vue,ts}');
const PROGRAM = globSync(['services/**/*.ts', 'db/**/*.ts'], { cwd: ROOT })
  .filter((path) => !/demonstration|migrations/.test(path))
  .map(read);

const named = (text: string, word: string): boolean => new RegExp(`\\b${word}\\b`).test(text);
const imports = new Set(TARGETS.map((target) => target.key));
const asked = new Set(
  [...WORKFLOWS.values()].flatMap(({ name, workflow }) =>
    Object.values(workflow.events).flatMap((event) => [
      ...asksOf(workflow, event).map((ask) => `${ask.of}.${ask.field}`),
      ...Object.keys(event.sets ?? {}).map((field) => `${name}.${field}`),
    ]),
  ),
);

/** A row of the kind is entered somewhere by the dictionary alone: its page, the file of its enterprise, or inside its parent. */
const hasForm = ({ facets, parent, shape }: EntityDefinition): boolean =>
  facets.write === 'plain' && (facets.page !== null || facets.file !== null || parent !== null || shape === 'record');
/** Forms of the window for a kind: the tag of the form, or labels that are asked of the kind. */
const formsOf = (kind: EntityDefinition): string[] =>
  WINDOW.filter((text) => text.includes(`entity="${kind.name}"`) || text.includes(`fieldLabel('${kind.name}'`));
/** A form without a list of fields has all of them. */
const hasWholeForm = (kind: EntityDefinition): boolean =>
  WINDOW.some(
    (text) =>
      text.includes(`formFields('${kind.name}')`) ||
      [...text.matchAll(/<RecordForm[^>]*>/g)].some(
        ([tag]) => tag.includes(`entity="${kind.name}"`) && !tag.includes(':fields='),
      ),
  );
/** A place of the window that asks for the field: named in a form of the kind. */
const inWindow = (kind: EntityDefinition, field: string): boolean =>
  hasWholeForm(kind) || formsOf(kind).some((text) => text.includes(`'${field}'`));
/** The program writes it: a service that writes rows names the kind, and the field among values. */
const byProgram = (kind: EntityDefinition, field: string): boolean =>
  PROGRAM.some(
    (text) =>
      named(text, kind.name) &&
      /\.(insert|update|put|derive|execute|setMembers)\(|events: \{/.test(text) &&
      new RegExp(`\\b${field}\\b\\s*[:,}]|"${snake(field)}"|\\b${snake(field)}\\b`).test(text),
  );

/** What fills a field; null where nothing does. */
function filledBy(kind: EntityDefinition, name: string, meta: FieldMeta): string | null {
  if (meta.derived) return 'derived';
  if (kind.facets.write === 'content') return 'content';
  if (kind.shape === 'set') return isPlainSet(kind.name) || byProgram(kind, kind.name) ? 'its place' : null;
  if (name === kind.parent) return 'its place';
  if (name.endsWith('Precision')) return 'its day';
  if (meta.unshown !== undefined) return meta.unshown;
  const key = `${kind.name}.${name}`;
  const isWritable = writableFields(kind).some((field) => field.name === name);
  if (asked.has(key) || name === kind.workflow?.state) return 'event';
  if (hasForm(kind) && isWritable) return 'form';
  if (inWindow(kind, name) && isWritable) return 'form of its own';
  if (imports.has(key)) return 'import';
  return byProgram(kind, name) ? 'program' : null;
}

test('every field of every kind is filled by a form, an event, an import or the program', () => {
  const empty = KINDS.flatMap((kind) =>
    fieldsOf(kind).flatMap(({ name, meta }) => (filledBy(kind, name, meta) ? [] : [`${kind.name}.${name}`])),
  );
  expect(empty).toEqual([]);
});

test('whatever people enter on a page of its own stands in a form of the window', () => {
  const unseen = KINDS.filter((kind) => Array.isArray(kind.facets.write)).flatMap((kind) =>
    writableFields(kind).flatMap(({ name, meta }) => {
      const how = filledBy(kind, name, meta);
      return how === 'import' ? [`${kind.name}.${name}`] : [];
    }),
  );
  expect(unseen).toEqual([]);
});

test('every field that is shown can be found by, and stands in the list of its kind or a reason says why not', () => {
  const hidden = KINDS.flatMap((kind) => {
    const fields = new Set(filterables(kind.name).fields.map((field) => field.name));
    return shownFields(kind).flatMap(({ name }) => (fields.has(name) ? [] : [`${kind.name}.${name}`]));
  });
  expect(hidden).toEqual([]);
  const reasons = KINDS.flatMap((kind) => fieldsOf(kind).flatMap(({ meta }) => meta.unshown ?? []));
  expect(reasons.every((why) => why.length >= 8)).toBe(true);
  const lost = KINDS.flatMap((kind) =>
    listOf(kind.name).columns.flatMap((column) =>
      isPathColumn(column) && Object.hasOwn(kind.fields, column.path) && metaOf(kind.fields[column.path]!).unshown
        ? [`${kind.name}.${column.path}`]
        : [],
    ),
  );
  expect(lost).toEqual([]);
});

test('every switch and number of a project is read by the program, not only stored', () => {
  const project = KINDS.find((kind) => kind.name === 'serviceProject')!;
  const program = [...PROGRAM, ...sources('domain/**/*.ts').filter((text) => !text.includes("name: 'serviceProject'"))];
  const settings = fieldsOf(project).filter(({ meta }) => meta.initial !== undefined);
  const idle = settings.filter(({ name }) => !program.some((text) => named(text, name)));
  expect(idle.map(({ name }) => name)).toEqual([]);
});

test('what a figure counts by can be entered, and every figure is named in a place of the window or of the reports', () => {
  const unfed = [...FIGURES.values()].flatMap((figure) =>
    [figure.numerator, figure.denominator].flatMap((counted) => {
      const kind = counted && KINDS.find((one) => one.name === counted.of);
      return !kind || hasForm(kind) || kind.facets.write === 'content' || Array.isArray(kind.facets.write)
        ? []
        : [`${figure.code} ${kind.name}`];
    }),
  );
  expect(unfed).toEqual([]);
  expect([...FIGURES.values()].every((figure) => figure.label !== '' && figure.definition)).toBe(true);
});
