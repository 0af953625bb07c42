// Completeness of an enterprise file on two levels: what a file needs (必填, 建档) and what a good one says besides (建议), over all
// sections that apply to the object kind (domain reference 2.2, 4.2, 8.2).
import { fieldsOf, type EntityDefinition } from '../dictionary/entity.ts';
import type { Advised, FieldMeta } from '../dictionary/field.ts';
import { contact, enterprise } from './entities.ts';
import { FILE_PARTS, fileSectionOf } from './file-tabs.ts';
import { FILE_SECTIONS } from './vocabulary.ts';
import { eiaProject, permit } from '../formalities/entities.ts';

/** What the file must say, beside the enterprise's own fields. */
export interface FileFacts {
  row: Record<string, unknown>;
  contacts: number;
  environmentManagers: number;
  /** Class of the newest EIA and permit row, null when there is none. */
  eiaKind: string | null;
  permitClass: string | null;
  /** Rows of the kinds that have advised fields, by kind. */
  parts: ReadonlyMap<string, readonly Readonly<Record<string, unknown>>[]>;
}

/** A field that is still needed. */
export interface Missing {
  section: string;
  sectionLabel: string;
  entity: string;
  field: string;
  label: string;
}

/** One level: integers, and what is missing. */
export interface Level {
  filled: number;
  required: number;
  missing: Missing[];
}

/** How complete a file is: what it needs, what it should say besides, and the share of both together. */
export interface Completeness extends Level {
  percent: number;
  advised: Level;
}

/** A field that a good file says, and the section it stands in. */
export interface AdvisedField {
  readonly entity: EntityDefinition;
  readonly field: string;
  readonly meta: FieldMeta;
  readonly section: string;
  readonly objectKinds: readonly string[] | null;
}

/** All advised fields of the file, whatever kinds of record it has. */
export const ADVISED_FIELDS: readonly AdvisedField[] = [enterprise, ...FILE_PARTS.map((part) => part.entity)].flatMap(
  (entity: EntityDefinition) =>
    fieldsOf(entity)
      .filter(({ meta }) => meta.advised !== undefined)
      .map(({ name, meta }) => ({
        entity,
        field: name,
        meta,
        section: fileSectionOf(entity),
        objectKinds: meta.advised?.objectKinds ?? entity.facets.file?.objectKinds ?? null,
      })),
);

/** Kinds of record by which advised fields are judged, the enterprise not among them, each with what is asked of its rows. */
export const ADVISED_PARTS: ReadonlyMap<EntityDefinition, readonly string[]> = new Map(
  FILE_PARTS.map(({ entity }): [EntityDefinition, string[]] => [entity, fieldsJudged(entity)]).filter(
    ([, fields]) => fields.length > 0,
  ),
);

/** Fields of a kind that are advised, say whether others are meant, or answer for another kind. */
function fieldsJudged(entity: EntityDefinition): string[] {
  const own = ADVISED_FIELDS.filter((one) => one.entity === entity).flatMap(({ field, meta }) => [
    field,
    ...(meta.advised?.unless ? [meta.advised.unless.field] : []),
  ]);
  const others = ADVISED_FIELDS.flatMap(({ meta }) =>
    meta.advised?.also?.kind === entity.name ? [meta.advised.also.field, meta.advised.also.where.field] : [],
  );
  return [...new Set([...own, ...others])];
}

/** Fields that the light profile of micro firms and laboratories does not ask for (domain reference 2.2, LG-14). */
const LIGHT_SKIPS: readonly string[] = ['industryCode', 'operatingStatusBasis', 'operatingStatusDate'];

const required = fieldsOf(enterprise).filter((f) => f.meta.required === 'A' && f.name !== 'villageId');

const isFilled = (value: unknown): boolean =>
  value !== null && value !== undefined && value !== '' && value !== 'unknown';

/** A kind and its field in one word: 竣工环保验收 and 验收类型 are 竣工环保验收类型. */
function joined(whole: string, part: string): string {
  let shared = Math.min(whole.length, part.length);
  while (shared > 0 && !whole.endsWith(part.slice(0, shared))) shared -= 1;
  return whole + part.slice(shared);
}

type Row = Readonly<Record<string, unknown>>;

/** Whether another field says that there is nothing to ask for. */
const saysNone = (rows: readonly Row[], unless: Advised['unless']): boolean =>
  unless !== undefined && rows.length > 0 && rows.every((row) => unless.is.includes(String(row[unless.field])));

/** Whether rows of another kind say it. */
const saidElsewhere = (also: Advised['also'], parts: FileFacts['parts']): boolean =>
  also !== undefined &&
  (parts.get(also.kind) ?? []).some(
    (row) => also.where.is.includes(String(row[also.where.field])) && isFilled(row[also.field]),
  );

function judgeAdvised({ row, parts }: FileFacts): Level {
  const asked = ADVISED_FIELDS.filter(({ entity, meta, objectKinds }) => {
    const rows = entity.name === enterprise.name ? [row] : (parts.get(entity.name) ?? []);
    const isMeant = objectKinds === null || objectKinds.includes(String(row.objectKind));
    return isMeant && !saysNone(rows, meta.advised?.unless);
  });
  const missing = asked.filter(({ entity, field, meta }) => {
    const rows = entity.name === enterprise.name ? [row] : (parts.get(entity.name) ?? []);
    return !rows.some((one) => isFilled(one[field])) && !saidElsewhere(meta.advised?.also, parts);
  });
  return {
    filled: asked.length - missing.length,
    required: asked.length,
    missing: missing.map(({ entity, field, meta, section }) => ({
      section,
      sectionLabel: (FILE_SECTIONS.labels as Readonly<Record<string, string>>)[section] ?? section,
      entity: entity.name,
      field,
      label: entity.name === enterprise.name || meta.label.length > 4 ? meta.label : joined(entity.label, meta.label),
    })),
  };
}

/**
 * Judges a file. `not_applicable` is filled, `unknown` is not; a village or a park will do; a stated reason stands for
 * a missing credit code.
 */
export function judgeCompleteness(facts: FileFacts): Completeness {
  const { row } = facts;
  const light = row.scale === 'micro' || row.objectKind === 'laboratory';
  const basic = (entity: string, field: string, label: string): Missing => ({
    section: 'basic',
    sectionLabel: FILE_SECTIONS.labels.basic,
    entity,
    field,
    label,
  });
  const formal = (entity: string, field: string, label: string): Missing => ({
    section: 'formalities',
    sectionLabel: FILE_SECTIONS.labels.formalities,
    entity,
    field,
    label,
  });
  const asked: [Missing, boolean][] = required
    .filter((f) => !(light && LIGHT_SKIPS.includes(f.name)))
    .map((f) => [
      basic('enterprise', f.name, f.meta.label),
      f.name === 'creditCode'
        ? isFilled(row.creditCode) || isFilled(row.creditCodeMissingReason)
        : isFilled(row[f.name]),
    ]);
  asked.push(
    [basic('enterprise', 'villageId', '村居或园区'), isFilled(row.villageId) || isFilled(row.parkId)],
    [basic('enterprise', 'operatingStatus', '经营状态'), isFilled(row.operatingStatus)],
    [basic(contact.name, 'name', '联系人'), facts.contacts > 0],
    [formal(eiaProject.name, 'documentKind', '环评情况'), isFilled(facts.eiaKind) && facts.eiaKind !== 'missing'],
    [
      formal(permit.name, 'managementClass', '排污许可情况'),
      isFilled(facts.permitClass) && facts.permitClass !== 'missing',
    ],
  );
  if (!light) asked.push([basic(contact.name, 'post', '环保负责人'), facts.environmentManagers > 0]);
  const missing = asked.filter(([, ok]) => !ok).map(([m]) => m);
  const filled = asked.length - missing.length;
  const advised = judgeAdvised(facts);
  const all = asked.length + advised.required;
  const percent = Math.floor(((filled + advised.filled) * 100) / all);
  return { filled, required: asked.length, percent, missing, advised };
}
