// Reads what a paper prints from the dictionary alone: fields, what references lead to, parts, photos.
import { actWordOf } from '../act-word.ts';
import { fieldsOf, isSeen, saysAnything, type EntityDefinition } from '../../domain/dictionary/entity.ts';
import { metaOf } from '../../domain/dictionary/field.ts';
import { asBound, asKnown } from '../../domain/dictionary/value-text.ts';
import { shownPhotos } from '../../domain/attachments/shown.ts';
import type { PaperDefinition } from '../../domain/dictionary/paper.ts';
import { entityNamed, hasEntity } from '../../domain/entities.ts';
import { fieldAt, PAPER_PHOTOS, pathsOfBlocks, pathsOfText, placesOf } from '../../domain/papers.ts';
import type { PhotoRef } from '../../domain/reports/figures.ts';
import type { Reader } from '../../db/index.ts';
import { attachmentsOf, captionOnPaper, photoForPaper } from '../attachments/index.ts';
import { OWN_ORGANISATION } from '../conditions/index.ts';
import type { Context } from '../context.ts';
import type { PaperData } from '../documents/index.ts';
import { notFound } from '../errors.ts';
import { namesOf } from '../records/index.ts';

type Row = Record<string, unknown>;

/** What a row holds; a vague day as exactly as it is known (paper makes no first of the month of it), a bound with its sign. */
function known(row: Row, field: string, sign: string | undefined): unknown {
  const value = row[field] ?? null;
  if (sign && value !== null) return asBound(String(value), row[sign]);
  return typeof value === 'string' ? asKnown(value, row[`${field}Precision`]) : value;
}

/** The field by which rows of one kind hang on rows of another: the parent, else the first reference to it. */
export function linkTo(part: EntityDefinition, whole: EntityDefinition): string | null {
  const references = fieldsOf(part).filter(({ meta }) => meta.kind === 'reference' && meta.target === whole.name);
  return references.find(({ name }) => name === part.parent)?.name ?? references[0]?.name ?? null;
}

/** Paths by their first step, each with what follows it. */
function bySteps(paths: readonly string[]): Map<string, string[]> {
  const steps = new Map<string, string[]>();
  for (const path of new Set(paths)) {
    const [step = '', ...rest] = path.split('.');
    steps.set(step, [...(steps.get(step) ?? []), ...(rest.length > 0 ? [rest.join('.')] : [])]);
  }
  return steps;
}

const idsOf = (rows: readonly Row[], field: string): string[] => [
  ...new Set(rows.map((row) => row[field]).filter((id): id is string => typeof id === 'string')),
];

/**
 * The values at the paths of each row, nested as the paths are: fields as they are stored, what a reference leads to as
 * an object whose name stands under `''`, parts as lists.
 */
export async function readPaths(
  read: Reader,
  entity: EntityDefinition,
  rows: readonly Row[],
  paths: readonly string[],
): Promise<Row[]> {
  const done: Row[] = rows.map((row) => ({ id: row.id }));
  const put = (step: string, of: (row: Row) => unknown): void => {
    rows.forEach((row, index) => {
      const place = done[index];
      if (place) place[step] = of(row);
    });
  };
  for (const [step, rest] of bySteps(paths)) {
    const field = entity.fields[step];
    const target = field && metaOf(field).target;
    if (target) {
      const names = await namesOf(read, idsOf(rows, step));
      const led =
        rest.length > 0 ? await rowsById(read, entityNamed(target), idsOf(rows, step), rest) : new Map<string, Row>();
      put(step, (row) => {
        const id = row[step] as string | null;
        return id === null ? null : { ...led.get(id), '': names.get(id) ?? '' };
      });
    } else if (field || step in (rows[0] ?? {})) put(step, (row) => known(row, step, field && metaOf(field).sign));
    else if (hasEntity(step)) {
      const parts = await partsOf(read, entityNamed(step), entity, idsOf(rows, 'id'), rest);
      put(step, (row) => parts.get(String(row.id)) ?? []);
    }
  }
  return done;
}

async function rowsById(
  read: Reader,
  entity: EntityDefinition,
  ids: readonly string[],
  paths: readonly string[],
): Promise<Map<string, Row>> {
  const rows = (await read.find(entity, { id: ids } as never, { withDeleted: true })) as unknown as Row[];
  const values = await readPaths(read, entity, rows, paths);
  return new Map(rows.map((row, index) => [String(row.id), values[index] ?? {}]));
}

async function partsOf(
  read: Reader,
  part: EntityDefinition,
  whole: EntityDefinition,
  ids: readonly string[],
  paths: readonly string[],
): Promise<Map<string, Row[]>> {
  const link = linkTo(part, whole);
  if (link === null) return new Map();
  const order = { order: { id: 'ASC' } as never };
  const found = (await read.find(part, { [link]: ids } as never, order)) as unknown as Row[];
  const { over } = part;
  const rows = found.filter(
    (row) => (over === null || row[over] === null) && isSeen(part, row) && saysAnything(part, row),
  );
  const values = await readPaths(read, part, rows, paths);
  const byOwner = new Map<string, Row[]>();
  rows.forEach((row, index) => {
    const owner = String(row[link]);
    byOwner.set(owner, [...(byOwner.get(owner) ?? []), values[index] ?? {}]);
  });
  return byOwner;
}

/** A value by which rows stand in order. */
const rank = (row: Row, path: string): string => {
  const value = path.split('.').reduce<unknown>((at, step) => (at as Row | null | undefined)?.[step], row);
  return typeof value === 'string' || typeof value === 'number' ? String(value) : '';
};

type TableBlock = Extract<PaperDefinition['blocks'][number], { type: 'table' }>;

/** Rows of a table: those that it takes, in its order. */
function takenBy({ by, unless, newest }: TableBlock, rows: readonly Row[]): Row[] {
  const taken = rows.filter((row) =>
    Object.entries(unless ?? {}).every(([field, values]) => !values.includes(rank(row, field))),
  );
  if (by === undefined) return taken;
  const inOrder = taken.toSorted((a, b) => (rank(a, by) < rank(b, by) ? -1 : rank(a, by) > rank(b, by) ? 1 : 0));
  return newest === undefined ? inOrder : inOrder.slice(-newest);
}

/** Tables of parts that take some rows, or have an order of their own. */
function sorted(paper: PaperDefinition, data: Row): Row {
  for (const block of paper.blocks) {
    if (block.type !== 'table' || (block.by === undefined && block.unless === undefined)) continue;
    const rows = data[block.of];
    if (Array.isArray(rows)) data[block.of] = takenBy(block, rows as Row[]);
  }
  return data;
}

/** Paths of the dictionary that a paper names, from its kind on. */
function dictionaryPaths(paper: PaperDefinition, entity: EntityDefinition): string[] {
  const whole = paper.blocks.flatMap((block) => {
    if (block.type !== 'fields') return [];
    const kind = block.of ? entityNamed(block.of) : entity;
    return fieldsOf(kind).map(({ name }) => (block.of ? `${block.of}.${name}` : name));
  });
  const named = [
    ...pathsOfBlocks(paper.blocks),
    ...[paper.title, paper.file].flatMap(pathsOfText).map((path) => ({ path, within: [] })),
  ].flatMap((one) => placesOf(one).find((path) => fieldAt(entity, path.split('.')) !== null) ?? []);
  return [...new Set([...whole, ...named])];
}

/** Photos of the record: all under `all`, and those of each kind of attachment under its id; with their bytes. */
async function photosOf(ctx: Context, id: string): Promise<{ refs: Row; bytes: Record<string, Uint8Array> }> {
  const { photos, bytes } = await photosOfRows(ctx, [id]);
  const refs: Record<string, unknown[]> = { all: [] };
  for (const { kind, ref } of photos.get(id) ?? []) {
    refs.all?.push(ref);
    (refs[kind] ??= []).push(ref);
  }
  return { refs, bytes };
}

/** Photos of each of many records as papers print them, and their bytes; a marked copy is printed in place of its original. */
export async function photosOfRows(
  ctx: Context,
  ids: readonly string[],
): Promise<{ photos: Map<string, { kind: string; ref: PhotoRef }[]>; bytes: Record<string, Uint8Array> }> {
  const bytes: Record<string, Uint8Array> = {};
  const photos = new Map<string, { kind: string; ref: PhotoRef }[]>();
  for (const [owner, attachments] of await attachmentsOf(ctx, ids)) {
    for (const photo of shownPhotos(attachments).filter((one) => one.isImage)) {
      const content = await photoForPaper(ctx, photo);
      if (content) bytes[photo.id] = content;
      const caption = captionOnPaper(photo, photo.caption ?? photo.title ?? photo.takenAt?.slice(0, 10) ?? '');
      const ref = { id: photo.id, ...(caption && { caption }) };
      photos.set(owner, [...(photos.get(owner) ?? []), { kind: photo.kind, ref }]);
    }
  }
  return { photos, bytes };
}

/** Everything that a paper without values of its own prints of a record. @throws NOT_FOUND */
export async function readPaper(
  ctx: Context,
  paper: PaperDefinition,
  id: string,
): Promise<{ data: PaperData; photos: Record<string, Uint8Array> }> {
  const { read } = ctx.store;
  const entity = entityNamed(paper.of);
  const row = (await read.get(entity, id)) as Row | null;
  if (!row || row.deletedAt !== null) throw notFound(entity.label);
  const [values = {}] = await readPaths(read, entity, [row], dictionaryPaths(paper, entity));
  const people = await read.sqlOne<{ org: string | null; client: string | null; project: string | null }>(
    `SELECT ${OWN_ORGANISATION} AS org, p.name AS project, (SELECT c.name FROM organisation c WHERE c.id = p.client_id) AS client
     FROM (SELECT ? AS id) x LEFT JOIN service_project p ON p.id = x.id`,
    [ctx.projectId()],
  );
  const wantsPhotos = pathsOfBlocks(paper.blocks).some(({ path }) => path.split('.')[0] === PAPER_PHOTOS);
  const photos = wantsPhotos ? await photosOf(ctx, id) : { refs: {}, bytes: {} };
  const data = {
    ...sorted(paper, values),
    [PAPER_PHOTOS]: photos.refs,
    act: await actWordOf(ctx),
    orgName: people?.org ?? '',
    clientName: people?.client ?? '',
    projectName: people?.project ?? '',
    operatorName: ctx.operator().name,
    today: ctx.today(),
  };
  return { data, photos: photos.bytes };
}
