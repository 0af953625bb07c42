// Which fields a register can fill: walked from the dictionary, so that no heading is written down twice.
import { fieldsOf, type EntityDefinition } from '../dictionary/entity.ts';
import type { FieldMeta } from '../dictionary/field.ts';
import { contact, enterprise, formerName, label, product } from '../enterprises/entities.ts';
import { acceptance, eiaProject, hazWasteProfile, permit } from '../formalities/entities.ts';
import { normaliseHeading } from '../values/text.ts';

/** A field that a column can be mapped to. */
export interface Target {
  /** `entity.field`, e.g. `enterprise.name`. */
  readonly key: string;
  readonly entity: string;
  readonly field: string;
  readonly label: string;
  /** Label of the entity: the group it is offered under. */
  readonly group: string;
  readonly meta: FieldMeta;
  /** Normalised headings of the dictionary. */
  readonly headings: readonly string[];
}

/** Entities whose fields a register fills, in the order in which they are offered. */
const IMPORTED: readonly EntityDefinition[] = [
  enterprise, contact, formerName, product, eiaProject, acceptance, permit, hazWasteProfile, label,
].map((e) => e as unknown as EntityDefinition);

/** Fields that only the product itself fills. */
const OWN = new Set([
  'enterprise.internalCode', 'enterprise.creditCodeQuarantine', 'enterprise.expandedFromId', 'enterprise.hostEnterpriseId', 'enterprise.organisationId',
  'enterprise.responsibleStaffId', 'enterprise.suspectedDuplicate', 'enterprise.operatingStatusBasis', 'enterprise.isModelEnterprise',
]);

/** Fields of children without headings that may still be met by their label, since the label says whose they are. */
const BY_LABEL = new Set(['eiaProject', 'acceptance', 'permit', 'hazWasteProfile', 'enterprise']);

function importable(entity: EntityDefinition, name: string, meta: FieldMeta): boolean {
  if (meta.derived || meta.kind === 'instant' || name.endsWith('Precision') || name === entity.parent || name === 'seq') return false;
  if (OWN.has(`${entity.name}.${name}`)) return false;
  if (meta.headings) return true;
  return BY_LABEL.has(entity.name) && meta.kind !== 'reference';
}

/** All targets, enterprise first. */
export const TARGETS: readonly Target[] = IMPORTED.flatMap((entity) => fieldsOf(entity)
  .filter((f) => importable(entity, f.name, f.meta))
  .map(({ name, meta }): Target => ({
    key: `${entity.name}.${name}`, entity: entity.name, field: name, label: meta.label, group: entity.label, meta,
    headings: (meta.headings ?? []).map(normaliseHeading),
  })));

const byKey = new Map(TARGETS.map((t) => [t.key, t]));

/** The target of that key, or null. */
export const targetOf = (key: string): Target | null => byKey.get(key) ?? null;

/** How a heading was recognised; better ones first. */
export type HeadingMatch = 'exact' | 'synonym' | 'contains';

/** Headings of columns that only count rows. */
const IGNORED = new Set(['序号', '编号', 'NO', 'NO.', '#', '行号', '序', 'ID', '顺序号', '№'].map(normaliseHeading));

/** Is this the heading of a column that only counts rows? */
export const isIgnoredHeading = (heading: string): boolean => IGNORED.has(heading.replace(/\.$/u, ''));

function exactIndex(): Map<string, Target> {
  const index = new Map<string, Target>();
  const doubled = new Set<string>();
  const synonyms = new Set(TARGETS.flatMap((t) => t.headings));
  const put = (text: string, target: Target): void => {
    const key = normaliseHeading(text);
    // A label that two kinds of record share says nothing, unless it is a heading: then the heading decides.
    if (index.has(key) && index.get(key) !== target) doubled.add(key);
    else index.set(key, target);
  };
  for (const target of TARGETS) {
    const own = normaliseHeading(target.label);
    if (!synonyms.has(own) || target.headings.includes(own)) put(target.label, target);
    put(`${target.group}${target.label}`, target);
  }
  for (const key of doubled) index.delete(key);
  return index;
}

const EXACT = exactIndex();
const SYNONYM = new Map(TARGETS.flatMap((t) => t.headings.map((h) => [h, t] as const)).reverse());
/** Headings long enough to be looked for inside another: one character, or two Latin letters, is found everywhere. */
const INSIDE = [...new Map([...SYNONYM, ...EXACT])].filter(([h]) => [...h].length >= 2 && /\p{Script=Han}/u.test(h));

/** The target that a normalised heading is the label or a listed heading of. */
export function headingTarget(heading: string): { target: Target; how: 'exact' | 'synonym' } | null {
  const exact = EXACT.get(heading);
  if (exact) return { target: exact, how: 'exact' };
  const synonym = SYNONYM.get(heading);
  return synonym ? { target: synonym, how: 'synonym' } : null;
}

/** Targets whose headings stand inside this one, best first: at its end before elsewhere (the noun comes last), longer before shorter. */
export function containedTargets(heading: string): { target: Target; score: number }[] {
  const found = new Map<string, { target: Target; score: number }>();
  for (const [inside, target] of INSIDE) {
    if (inside.length >= heading.length || !heading.includes(inside)) continue;
    const score = inside.length + (heading.endsWith(inside) ? 100 : 0);
    const known = found.get(target.key);
    if (!known || known.score < score) found.set(target.key, { target, score });
  }
  return [...found.values()].sort((a, b) => b.score - a.score);
}

/**
 * How well a heading (in its normal form) is known, for finding the heading row: 3 a label or listed heading, 2 a column
 * that only counts rows, 1 a longer text that ends with a heading (受检企业名称), 0 not at all.
 */
export function headingScore(heading: string): number {
  if (heading === '') return 0;
  if (headingTarget(heading)) return 3;
  if (isIgnoredHeading(heading)) return 2;
  // Titles and values hold short headings too; they are long, or the heading is short.
  return heading.length <= 14 && INSIDE.some(([inside]) => inside.length >= 3 && inside.length < heading.length && heading.endsWith(inside)) ? 1 : 0;
}

/** All field names of an imported entity, also those no column can fill. */
export function entityFieldNames(entity: string): string[] {
  return Object.keys(IMPORTED.find((e) => e.name === entity)?.fields ?? {});
}
