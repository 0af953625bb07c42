// The file of one enterprise as data for its dossier: the kinds say by their facet `dossier` what of them is printed where.
import { ATTACHMENT_KINDS } from '../../domain/attachments/entities.ts';
import { labelOf } from '../../domain/dictionary/vocabulary.ts';
import type { EntityDefinition } from '../../domain/dictionary/entity.ts';
import { fieldsOf, isSeen, saysAnything, shownFields } from '../../domain/dictionary/entity.ts';
import type { DossierColumn, DossierFacet } from '../../domain/dictionary/facets.ts';
import type { FieldMeta } from '../../domain/dictionary/field.ts';
import { fillTemplate, templatePaths } from '../../domain/dictionary/template.ts';
import { asKnown, valueText } from '../../domain/dictionary/value-text.ts';
import { DOSSIER_SECTIONS } from '../../domain/enterprises/dossier-sections.ts';
import { enterprise } from '../../domain/enterprises/entities.ts';
import { dossierPaper } from '../../domain/enterprises/paper.ts';
import { CREDIT_CODE_MISSING_REASONS, LETTING_KINDS, OPERATING_STATUSES } from '../../domain/enterprises/vocabulary.ts';
import { layoutMark } from '../../domain/production/entities.ts';
import { LAYOUT_PICTURE } from '../../domain/production/layout.ts';
import { ENTITIES, entityNamed, ownerOf } from '../../domain/entities.ts';
import { fieldAt } from '../../domain/papers.ts';
import type { PhotoRef } from '../../domain/reports/figures.ts';
import { dayText } from '../../domain/reports/words.ts';
import { localDay } from '../../domain/values/clock.ts';
import { filesOfSites } from '../attachments/index.ts';
import { archiveDocument } from '../archive/index.ts';
import { OWN_ORGANISATION } from '../conditions/index.ts';
import type { NearEnterprise } from '../../contract/enterprises.ts';
import type { Context } from '../context.ts';
import { completenessOf } from '../derived/index.ts';
import type { DossierData, DossierFact, DossierSection, WholeTable } from '../documents/index.ts';
import { notFound } from '../errors.ts';
import type { PicturePoint } from '../photos/index.ts';
import { layoutOf } from './layout.ts';
import { sitesOf, tenantsOf } from './premises.ts';
import { linkTo, photosOfRows } from '../papers/index.ts';
import { referenceNames, wordsOf, type Words } from '../records/index.ts';
import { inWorker } from '../workers/index.ts';

type Row = Record<string, unknown>;
type PhotosOfRows = Awaited<ReturnType<typeof photosOfRows>>['photos'];

/** Kinds of one section, in their order. */
const kindsOf = (section: string): readonly { entity: EntityDefinition; facet: DossierFacet }[] =>
  ENTITIES.flatMap((entity) => (entity.facets.dossier ? [{ entity, facet: entity.facets.dossier }] : []))
    .filter(({ facet }) => facet.section === section)
    .toSorted((a, b) => a.facet.order - b.facet.order);

const isSaid = (value: unknown): boolean =>
  value !== null && value !== undefined && value !== '' && value !== false && value !== 'unknown';
const isPersonal = (meta: FieldMeta | null): boolean => meta?.masked === true || meta?.person === true;
/** A value that needs a line of its own. */
const LONG = 18;

/** What a record says, field by field; what it does not say is left out. */
async function factsOf(ctx: Context, entity: EntityDefinition, facet: DossierFacet, row: Row): Promise<DossierFact[]> {
  const [names = {}] = await referenceNames(ctx.store.read, entity, [row]);
  return shownFields(entity)
    .filter(({ name, meta }) => {
      const inner = meta.derived || meta.level === 'auto' || meta.kind === 'instant' || name.endsWith('Precision');
      return !inner && name !== entity.parent && !facet.skip?.includes(name) && isSaid(row[name]);
    })
    .map(({ name, meta }) => {
      const value =
        meta.kind === 'day'
          ? dayText(asKnown(String(row[name]), row[`${name}Precision`]))
          : valueText(meta, row[name], { name: () => names[name] });
      return {
        label: meta.label,
        value,
        ...((meta.kind === 'longText' || value.length > LONG) && { long: true }),
        ...(isPersonal(meta) && { personal: true }),
      };
    });
}

/** Columns of a kind: those of its facet, else those of its default list. */
const columnsOf = (entity: EntityDefinition, facet: DossierFacet): readonly DossierColumn[] =>
  facet.columns ??
  fieldsOf(entity)
    .filter(({ meta }) => meta.list)
    .map(({ name, meta }) =>
      meta.kind === 'text' || meta.kind === 'longText'
        ? { path: name, weight: 3 }
        : { path: name, weight: 2, align: 'center' },
    );

const INSTANT = /^\d{4}-\d{2}-\d{2}T/;

/** What is said of a row that nobody saw yet. */
const unseenLabel = (entity: EntityDefinition): string => fieldAt(entity, [entity.unseen ?? ''])?.label ?? '';

/** A day of a list stands on one line: 2026-11-18. */
const cellOf = (words: string): string => (INSTANT.test(words) ? localDay(words) : words) || '－';

/** Rows of a kind that hang on rows of another, without those that it does not print itself. */
async function rowsOn(ctx: Context, entity: EntityDefinition, link: string, ids: readonly string[]): Promise<Row[]> {
  const rows = (await ctx.store.read.find(entity, { [link]: ids } as never, {
    order: { id: 'ASC' } as never,
  })) as unknown as Row[];
  const unless = Object.entries(entity.facets.dossier?.unless ?? {});
  return rows.filter(
    (row) => saysAnything(entity, row) && unless.every(([field, values]) => !values.includes(String(row[field]))),
  );
}

/** The field that leads from a kind to the enterprise. */
const linkOf = (entity: EntityDefinition): string | null => linkTo(entity, enterprise as unknown as EntityDefinition);

/** What was printed so far: the rows that papers and photos hang on, with their names. */
type Printed = Map<string, string>;
/** What is told of rather than kept: its photos and papers are printed with it elsewhere. */
const TOLD: readonly string[] = ['inspection', 'services', 'attachments'];

/** Notes rows of the file under their names. */
function note(printed: Printed, entity: EntityDefinition, section: string, rows: readonly Row[]): void {
  if (TOLD.includes(section)) return;
  const meta = entity.title ? fieldAt(entity, [entity.title]) : null;
  for (const row of rows) printed.set(String(row.id), meta ? valueText(meta, row[entity.title ?? '']) : entity.label);
}

/** Rows of a kind in the file of an enterprise: its own, or those on its own, as limits on outlets. */
async function rowsInFile(ctx: Context, entity: EntityDefinition, id: string, on: Printed): Promise<Row[]> {
  const link = linkOf(entity);
  if (entity.shape === 'attachment') return await rowsOn(ctx, entity, entity.parent ?? '', [id, ...on.keys()]);
  if (link) return await rowsOn(ctx, entity, link, [id]);
  const owner = ownerOf(entity);
  if (!owner || !entity.parent) return [];
  const own = await rowsInFile(ctx, entityNamed(owner), id, on);
  return await rowsOn(
    ctx,
    entity,
    entity.parent,
    own.map((row) => String(row.id)),
  );
}

/** How many rows of another kind hang on each row. */
async function counted(
  ctx: Context,
  entity: EntityDefinition,
  columns: readonly DossierColumn[],
  rows: readonly Row[],
): Promise<Map<string, Map<string, number>>> {
  const counts = new Map<string, Map<string, number>>();
  for (const column of columns) {
    if (!('count' in column)) continue;
    const part = entityNamed(column.count);
    const link = linkTo(part, entity);
    const own = new Map<string, number>();
    const ids = rows.map((row) => String(row.id));
    for (const row of link ? await rowsOn(ctx, part, link, ids) : [])
      own.set(String(row[link ?? '']), (own.get(String(row[link ?? ''])) ?? 0) + 1);
    counts.set(column.count, own);
  }
  return counts;
}

/** Why there is no credit code, in words. */
const reasonOf = (id: string | null): string | null => id && labelOf(CREDIT_CODE_MISSING_REASONS, id);

/** Sorts after all words. */
const LAST = '\uffff';

/** Rows that are one thing to people stand on one line, in the order that the facet names. */
function linesOf(
  entity: EntityDefinition,
  facet: DossierFacet,
  rows: readonly Row[],
  words: Map<string, Words>,
): Row[][] {
  const once = entity.facets.timeline?.once;
  const lines = new Map<string, Row[]>();
  for (const row of rows) {
    const key = String(once ? row[once] : row.id);
    lines.set(key, [...(lines.get(key) ?? []), row]);
  }
  // Rows without a value come last, as in lists.
  const place = ([row]: Row[]): string => (facet.by && words.get(String(row?.id))?.(facet.by)) || LAST;
  return [...lines.values()].toSorted((a, b) => (place(a) < place(b) ? -1 : place(a) > place(b) ? 1 : 0));
}

/** The rows of a kind as a table. */
async function tableOf(
  ctx: Context,
  entity: EntityDefinition,
  facet: DossierFacet,
  id: string,
  printed: Printed,
): Promise<WholeTable> {
  const columns = columnsOf(entity, facet);
  const rows = await rowsInFile(ctx, entity, id, printed);
  note(printed, entity, facet.section, rows);
  const textOf = (column: DossierColumn): string => ('path' in column ? (column.text ?? `{${column.path}}`) : '');
  const paths = [...columns.flatMap((column) => templatePaths(textOf(column))), ...(facet.by ? [facet.by] : [])];
  const ids = rows.map((row) => String(row.id));
  const words = await wordsOf(ctx.store.read, entity, ids, [...new Set(paths)]);
  const counts = await counted(ctx, entity, columns, rows);
  const isFile = entity.shape === 'attachment';
  const cells = async (line: readonly Row[]): Promise<string[]> => {
    const own = line.map((row) => words.get(String(row.id)) ?? (() => ''));
    const texts = columns.map((column) => {
      if ('count' in column) return String(counts.get(column.count)?.get(String(line[0]?.id)) ?? 0);
      const said = own.map((one) => fillTemplate(textOf(column), one)).filter(Boolean);
      const words = cellOf([...new Set(said)].join('、'));
      // What is only usual in the trade stands on paper as that.
      const isNamed = column.path === entity.title;
      return isNamed && line.some((row) => !isSeen(entity, row)) ? `${words}（${unseenLabel(entity)}）` : words;
    });
    if (!isFile) return texts;
    const owner = printed.get(String(line[0]?.ownerId)) ?? '';
    return [
      texts[0] ?? '',
      owner || '企业',
      ...texts.slice(1),
      (await ctx.store.blobs.has(String(line[0]?.sha256))) ? '有' : '不在本机',
    ];
  };
  return {
    caption: facet.caption ?? entity.label,
    columns: [
      ...columns.map((column) => {
        const { weight = 2, align } = column;
        const meta = 'path' in column ? fieldAt(entity, column.path.split('.')) : null;
        const heading = 'path' in column ? (column.heading ?? meta?.label ?? '') : entityNamed(column.count).label;
        return { heading, weight, ...(align && { align }), ...(isPersonal(meta) && { personal: true }) };
      }),
      ...(isFile ? [{ heading: '原件', weight: 2, align: 'center' as const }] : []),
    ].toSpliced(1, 0, ...(isFile ? [{ heading: '所属', weight: 3 }] : [])),
    rows: [
      ...(await Promise.all(linesOf(entity, facet, rows, words).map(cells))),
      ...(isFile ? await filesFromSites(ctx, id) : []),
    ],
  };
}

/** Papers of other sites of the legal person in the list of papers, each with where it is kept. */
async function filesFromSites(ctx: Context, id: string): Promise<string[][]> {
  return (await filesOfSites(ctx, id)).map((file) => [
    file.title ?? file.name,
    `来自厂区 ${file.site.siteNo}：${file.of}`,
    labelOf(ATTACHMENT_KINDS, file.kind),
    file.documentDate ?? localDay(file.createdAt),
    file.isHere ? '有' : '不在本机',
  ]);
}

/** Who else is on the premises, where the basic information is told. */
async function neighboursOf(ctx: Context, row: Row): Promise<WholeTable[]> {
  const { read } = ctx.store;
  const isBuilding = LETTING_KINDS.includes(String(row.objectKind));
  const label = (field: string): string => fieldAt(enterprise as unknown as EntityDefinition, [field])?.label ?? '';
  const columns = [
    { heading: label('name'), weight: 5 },
    { heading: '位置', weight: 4 },
    { heading: label('operatingStatus'), weight: 2, align: 'center' as const },
    { heading: '未销号问题', weight: 2, align: 'center' as const },
  ];
  const table = (caption: string, rows: readonly NearEnterprise[]): WholeTable => ({
    caption,
    columns,
    rows: rows.map((one) => [
      `${one.name}${one.unregistered ? '（未登记）' : ''}`,
      one.siteName ?? one.roomNo ?? one.address ?? '－',
      labelOf(OPERATING_STATUSES, one.operatingStatus),
      String(one.openFindings),
    ]),
  });
  return [
    table(isBuilding ? '租户' : '厂内企业', await tenantsOf(read, row)),
    table('其他厂区', await sitesOf(read, row)),
  ].filter(({ rows }) => rows.length > 0);
}

/** A section: the facts of the record and its extensions, the rows of everything else. */
async function sectionOf(
  ctx: Context,
  section: (typeof DOSSIER_SECTIONS)[number],
  row: Row,
  missing: readonly { section: string; label: string }[],
  printed: Printed,
): Promise<DossierSection> {
  const id = String(row.id);
  const facts: DossierFact[] = [];
  const tables: WholeTable[] = [];
  for (const { entity, facet } of kindsOf(section.id)) {
    if (entity.name === enterprise.name) {
      facts.push(...(await factsOf(ctx, entity, facet, row)));
      tables.push(...(await neighboursOf(ctx, row)));
    } else if (entity.shape === 'extension') {
      const kinds = entity.facets.file?.objectKinds;
      const own = (await ctx.store.read.first(entity, { [entity.parent ?? '']: id } as never)) as Row | null;
      if (own && (!kinds || kinds.includes(String(row.objectKind)))) {
        note(printed, entity, section.id, [own]);
        facts.push(...(await factsOf(ctx, entity, facet, own)));
      }
    } else tables.push(await tableOf(ctx, entity, facet, id, printed));
  }
  const lacking = 'lacking' in section ? section.lacking : null;
  return {
    title: section.title,
    facts,
    tables,
    photos: [],
    drawings: [],
    missing: missing.filter((one) => one.section === lacking).map((one) => one.label),
  };
}

/** Photos of rows, each under the name of what it shows. */
function named(photos: PhotosOfRows, rows: Iterable<readonly [id: string, name: string]>): PhotoRef[] {
  return [...rows].flatMap(([id, name]) =>
    (photos.get(id) ?? []).map(({ ref }) => ({
      id: ref.id,
      caption: [name, ref.caption].filter((text) => text && text !== '').join('：'),
    })),
  );
}

/** Everything the dossier of an enterprise prints, the bytes of its photos and the points on them. @throws NOT_FOUND */
export async function dossierData(
  ctx: Context,
  id: string,
): Promise<{
  data: DossierData;
  photos: Record<string, Uint8Array>;
  points: Record<string, readonly PicturePoint[]>;
}> {
  const { read } = ctx.store;
  const row = (await read.get(enterprise, id)) as Row | null;
  if (!row) throw notFound(enterprise.label);
  const text = (field: string): string | null => (row[field] as string | null | undefined) || null;
  const completeness = await completenessOf(read, id);
  const org = await read.sqlOne<{ name: string }>(`SELECT ${OWN_ORGANISATION} AS name`);
  const missing = [...(completeness?.missing ?? []), ...(completeness?.advised.missing ?? [])];
  const sections: { section: DossierSection; rows: Printed }[] = [];
  const printed: Printed = new Map();
  const layout = await layoutOf(ctx, id);
  for (const section of DOSSIER_SECTIONS) {
    const before = printed.size;
    const made = await sectionOf(ctx, section, row, missing, printed);
    const rows = new Map([...printed].slice(before));
    const drawings = section.id === layoutMark.facets.dossier?.section ? layout.refs : [];
    // Photos of the enterprise itself stand with the list of its papers.
    sections.push({ section: { ...made, drawings }, rows: section.id === 'attachments' ? new Map([[id, '']]) : rows });
  }
  const { photos, bytes } = await photosOfRows(ctx, [id, ...printed.keys()]);
  const own = (photos.get(id) ?? []).filter(({ kind }) => kind !== LAYOUT_PICTURE);
  photos.set(id, own);
  const data: DossierData = {
    orgName: org?.name ?? '',
    compiledOn: ctx.today(),
    compiledBy: ctx.operator().name,
    enterprise: {
      name: text('name') ?? '',
      creditCode: text('creditCode') ?? reasonOf(text('creditCodeMissingReason')),
      internalCode: text('internalCode') ?? '',
      address: text('address'),
    },
    completeness: { filled: completeness?.filled ?? 0, required: completeness?.required ?? 0 },
    sections: sections.map(({ section, rows }) => ({
      ...section,
      photos: named(photos, rows),
    })),
  };
  return { data, photos: { ...bytes, ...layout.bytes }, points: layout.points };
}

/** The dossier in Word, archived with what it says. @throws NOT_FOUND */
export async function dossierFile(
  ctx: Context,
  id: string,
  contacts: 'masked' | 'shown',
): Promise<{ bytes: Uint8Array; fileName: string }> {
  const { data, photos, points } = await dossierData(ctx, id);
  const bytes = await inWorker('writeDossier', { data, options: { contacts }, photos, points });
  const { name, internalCode } = data.enterprise;
  return await archiveDocument(ctx, {
    kind: dossierPaper.id,
    title: `${dossierPaper.label} ${internalCode}`,
    subjectId: id,
    asOfDate: data.compiledOn,
    figures: data,
    bytes,
    fileName: `${dossierPaper.label}_${name}_${data.compiledOn}.docx`,
  });
}
