// What the papers of the dictionary name: their fields, and everything that has to be read for them.
import { fieldsOf, type EntityDefinition } from './dictionary/entity.ts';
import { metaOf, type FieldMeta } from './dictionary/field.ts';
import {
  clausesOf,
  type FormRow,
  type PaperBlock,
  type PaperColumn,
  type PaperDefinition,
} from './dictionary/paper.ts';
import { templatePaths } from './dictionary/template.ts';
import { entityNamed, hasEntity } from './entities.ts';

/** Values that every paper may print without reading a field: who issues it, for whom, and today. */
export const PAPER_OWN = ['orgName', 'clientName', 'projectName', 'operatorName', 'today'] as const;
/** Photos of the record: all of them, or those of one kind of attachment. */
export const PAPER_PHOTOS = 'attachments';

/** The field at a path of a kind: through references, and through its parts by their name. Null where there is none. */
export function fieldAt(entity: EntityDefinition, path: readonly string[]): FieldMeta | null {
  const [step = '', ...rest] = path;
  const field = entity.fields[step];
  if (field && rest.length === 0) return metaOf(field);
  const target = field ? metaOf(field).target : hasEntity(step) ? step : null;
  return target ? fieldAt(entityNamed(target), rest) : null;
}

/** The field that a path of a paper stands for. */
export function fieldOf(paper: PaperDefinition, path: readonly string[]): FieldMeta | null {
  const given = paper.given[path.join('.')];
  if (given === null) return null;
  const [kind = '', ...field] = given?.split('.') ?? [paper.of, ...path];
  return hasEntity(kind) ? fieldAt(entityNamed(kind), field) : null;
}

/** Every path that a text on paper names. */
export const pathsOfText = (text: string): string[] =>
  clausesOf(text).flatMap((part) =>
    'text' in part ? templatePaths(part.text) : [part.clause, part.otherwise].flatMap(templatePaths),
  );

const pathOfWhen = (when: string | undefined): string[] => (when ? when.replace(/^!/, '').split('=', 1) : []);

function pathsOfRow(row: FormRow): string[] {
  if (typeof row === 'string') return [row];
  if ('list' in row) return [row.list, ...pathsOfText(row.text).map((path) => `${row.list}.${path}`)];
  if ('field' in row) return [...pathOfWhen(row.when), row.field, ...(row.or ? [row.or] : [])];
  if ('fields' in row)
    return [...pathOfWhen(row.when), ...fieldsOf(entityNamed(row.fields)).map(({ name }) => `${row.fields}.${name}`)];
  if ('head' in row) return [...pathOfWhen(row.when), ...pathsOfText(row.head)];
  const text =
    'photos' in row
      ? [row.photos, ...(row.beside ? [row.beside] : []), ...pathsOfText(row.none)]
      : pathsOfText(row.text);
  return [...pathOfWhen(row.when), ...text];
}

/** Columns of a table: those named, else those of the kind's default list. */
export function columnsOfTable(of: string, columns: readonly PaperColumn[] | undefined): readonly PaperColumn[] {
  if (columns) return columns;
  if (!hasEntity(of)) return [];
  return fieldsOf(entityNamed(of)).flatMap(({ name, meta }) => (meta.list ? [name] : []));
}

/** A path that a block names, and the lists in whose rows the block stands, outermost first. */
export interface NamedPath {
  readonly path: string;
  readonly within: readonly string[];
}

function pathsOfBlock(block: PaperBlock): { own: string[]; rows?: { of: string; paths: string[] } } {
  const own = pathOfWhen(block.when);
  switch (block.type) {
    case 'title':
      return { own: [...own, ...pathsOfText(block.text), ...pathsOfText(block.subtitle ?? '')] };
    case 'cover':
      return {
        own: [block.title, block.subtitle ?? '', ...block.lines.map(({ text }) => text)].flatMap(pathsOfText),
      };
    case 'heading':
    case 'paragraph':
      return { own: [...own, ...pathsOfText(block.text)] };
    case 'form':
      return { own: [...own, ...block.rows.flatMap(pathsOfRow)] };
    case 'lines':
    case 'facts':
    case 'choices':
    case 'tables':
    case 'photos':
      return { own: [...own, block.of] };
    case 'code':
      return { own: [...own, ...block.texts.flatMap(pathsOfText), ...pathsOfText(block.caption ?? '')] };
    case 'signed':
      return { own: [...own, block.day, ...pathsOfText(block.unit)] };
    case 'signatures':
      return {
        own: block.boxes.flatMap((box) => [
          ...pathOfWhen(box.when),
          ...[box.label, box.names ?? '', ...(box.lines ?? [])].flatMap(pathsOfText),
          ...[box.image, box.day].filter((path) => path !== undefined),
        ]),
      };
    case 'table': {
      const texts = columnsOfTable(block.of, block.columns).flatMap((column) =>
        typeof column === 'string' ? [column] : pathsOfText(column.text),
      );
      const rows = block.groups
        ? [...pathsOfText(block.groups.head), block.groups.of, ...texts.map((path) => `${block.groups?.of}.${path}`)]
        : texts;
      return {
        own: [...own, block.of, ...(block.blank ? [block.blank] : [])],
        rows: { of: block.of, paths: [...rows, ...(block.by ? [block.by] : []), ...Object.keys(block.unless ?? {})] },
      };
    }
    default:
      return { own };
  }
}

/** Every path that the blocks name, numbers of rows left out. */
export function pathsOfBlocks(blocks: readonly PaperBlock[], within: readonly string[] = []): NamedPath[] {
  return blocks
    .flatMap((block): NamedPath[] => {
      if (block.type === 'repeat')
        return [{ path: block.of, within }, ...pathsOfBlocks(block.blocks, [...within, block.of])];
      const { own, rows } = pathsOfBlock(block);
      return [
        ...own.map((path) => ({ path, within })),
        ...(rows?.paths.map((path) => ({ path, within: [...within, rows.of] })) ?? []),
      ];
    })
    .filter(({ path }) => path !== '#' && !path.endsWith('.#'));
}

/** The places where a path may be found: in the row, then in the rows around it, then in the record. */
export const placesOf = ({ path, within }: NamedPath): string[] =>
  Array.from({ length: within.length + 1 }, (_, out) => [...within.slice(0, within.length - out), path].join('.'));
