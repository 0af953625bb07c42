// Makes the files of enterprises full by what the dictionary says: rows of every kind that is printed and that people write.
import type { Writer } from '../../db/index.ts';
import { attachment } from '../../domain/attachments/entities.ts';
import { writableFields, type EntityDefinition } from '../../domain/dictionary/entity.ts';
import type { FieldMeta } from '../../domain/dictionary/field.ts';
import { enterprise } from '../../domain/enterprises/entities.ts';
import { ENTITIES, entityNamed } from '../../domain/entities.ts';
import { addDays } from '../../domain/values/day.ts';
import { addAttachment } from '../../services/attachments/index.ts';
import { act, type Context } from '../../services/context.ts';
import { linkTo } from '../../services/papers/index.ts';
import { pick } from './made-up.ts';
import { TODAY } from './workspace.ts';

/** Rows of each kind that a full file has at least. */
export const ROWS = 3;

type Row = Record<string, unknown>;
const idsOf = (rows: readonly object[]): string[] => rows.map((row) => (row as { id: string }).id);

/** An enterprise whose file is filled, and the rows that are in it by now. */
interface Filling {
  readonly tx: Writer;
  readonly id: string;
  readonly objectKind: string;
  readonly there: Map<string, string[]>;
}

/** Values of which every field that is no choice takes one; `n` makes them differ. */
const valuesFor = (label: string, n: number): readonly unknown[] => [
  addDays(TODAY, -30 * n - 1),
  `${TODAY}T0${n}:00:00.000Z`,
  `${label}（第${n}项）`,
  `A-${n}`,
  `0${n}:00`,
  String(12 * n),
  n,
  2020 + n,
  true,
];

function valueOf(entity: EntityDefinition, name: string, meta: FieldMeta, row: Row, n: number): unknown {
  if (name === entity.workflow?.state) return undefined;
  const by = meta.choicesBy;
  const ids = by ? by.ids[String(row[by.field])] : meta.vocabulary?.ids;
  if (meta.vocabulary) return ids && ids.length > 0 ? pick(ids, n) : null;
  return valuesFor(meta.label, n).find((value) => entity.fields[name]?.safeParse(value).success) ?? null;
}

/** A row that a reference may lead to: of this file, else any of the store. */
async function leadsTo({ tx, there }: Filling, target: string, n: number): Promise<string | null> {
  const own = there.get(target) ?? [];
  const rows = own.length > 0 ? own : idsOf(await tx.read.find(entityNamed(target), {}, { limit: ROWS }));
  return rows.length > 0 ? pick(rows, n) : null;
}

/** Inserts a row that says something in every field that people write. */
async function insertFull(file: Filling, entity: EntityDefinition, n: number): Promise<void> {
  const row: Row = {};
  for (const { name, meta } of writableFields(entity)) {
    if (meta.numbered) row[name] = await file.tx.nextNumber(entity.name, TODAY);
    else if (meta.kind !== 'reference') row[name] = valueOf(entity, name, meta, row, n);
    else if (meta.target === enterprise.name) row[name] = file.id;
    else if (meta.target && meta.target !== entity.name) row[name] = await leadsTo(file, meta.target, n);
  }
  const { id } = (await file.tx.insert(entity as never, row as never)) as { id: string };
  file.there.get(entity.name)?.push(id);
}

/** Rows of a kind in the file: by its way to the enterprise, else on the rows of the kind that it belongs to. */
async function rowsThere({ tx, id, there }: Filling, entity: EntityDefinition): Promise<string[]> {
  const link = linkTo(entity, enterprise as unknown as EntityDefinition);
  const owner = ENTITIES.find((one) => linkTo(entity, one) === entity.parent && entity.parent !== null);
  const where = link ? { [link]: id } : { [entity.parent ?? '']: there.get(owner?.name ?? '') ?? [] };
  return idsOf(await tx.read.find(entity, where as never));
}

/** Says what a complete file says of the enterprise itself and of what extends it. */
async function complete(file: Filling, entity: EntityDefinition, id: string): Promise<void> {
  const row = (await file.tx.read.get(entity as never, id)) as Row | null;
  const asked = writableFields(entity).filter(
    ({ name, meta }) =>
      (meta.required === 'A' || meta.advised) && meta.kind !== 'reference' && (row?.[name] ?? null) === null,
  );
  const patch = Object.fromEntries(asked.map(({ name, meta }) => [name, valueOf(entity, name, meta, row ?? {}, 1)]));
  if (asked.length > 0) await file.tx.update(entity as never, id, patch as never);
}

/** Whether people write rows of the kind into files of enterprises of this object kind. */
const isWritten = ({ facets }: EntityDefinition, objectKind: string): boolean =>
  facets.dossier !== null && facets.write === 'plain' && (facets.file?.objectKinds?.includes(objectKind) ?? true);

async function fillRows(file: Filling): Promise<void> {
  for (const entity of ENTITIES.filter((one) => isWritten(one, file.objectKind))) {
    file.there.set(entity.name, await rowsThere(file, entity));
    const least = entity.shape === 'extension' ? 1 : ROWS;
    for (let n = file.there.get(entity.name)?.length ?? 0; n < least; n += 1) await insertFull(file, entity, n + 1);
    for (const id of file.there.get(entity.name) ?? []) await complete(file, entity, id);
  }
}

/** Papers and a photo of the enterprise: the photo is one that the store has. */
async function addFiles(ctx: Context, id: string): Promise<void> {
  const [photo] = await ctx.store.read.find(attachment, { mime: 'image/jpeg' }, { limit: 1 });
  if (!photo) throw new Error('the store has no photo');
  const given = { ownerEntity: enterprise.name, ownerId: id };
  const bytes = await ctx.store.blobs.read(photo.sha256);
  await addAttachment(ctx, { ...given, bytes, name: '厂区.jpg', kind: 'photo' });
  for (let n = 1; n < ROWS; n += 1)
    await addAttachment(ctx, { ...given, bytes: Buffer.from(`第 ${n} 份`), name: `资料${n}.txt`, kind: 'document' });
}

/** Fills the file of an enterprise. */
export async function fillFile(ctx: Context, id: string): Promise<void> {
  const row = await ctx.store.read.get(enterprise, id);
  if (!row) throw new Error(`no enterprise ${id}`);
  await act(ctx, '档案', 'bench', async (tx) => {
    const file = { tx, id, objectKind: row.objectKind, there: new Map<string, string[]>() };
    await complete(file, enterprise as unknown as EntityDefinition, id);
    await fillRows(file);
  });
  await addFiles(ctx, id);
}
