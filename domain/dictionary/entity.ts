// Entity definitions: one kind of record, described once; columns, triggers, contract, forms and imports follow from it.
import { z } from 'zod';
import type { Facets, Template } from './facets.ts';
import type { TodayRule } from './today.ts';
import { degreesFault } from '../values/coordinates.ts';
import { lookup } from '../values/lookup.ts';
import { choice, instant, metaOf, reference, type FieldMeta, type FieldOptions } from './field.ts';
import type { PaperDefinition } from './paper.ts';
import type { ScannedPaper } from './scanned.ts';
import type { NamedCondition } from './filter.ts';
import type { ListDefinition } from './list.ts';
import type { QualityCheck } from './quality.ts';
import type { SectionDefinition } from './section.ts';
import type { DimensionDefinition, FigureDefinition } from './figure.ts';
import type { Vocabulary } from './vocabulary.ts';
import type { AnyWorkflow } from './workflow.ts';

/** `record`: stands alone. The others belong to a parent; see architecture section 2 for how each is stored and merged. */
export type Shape = 'record' | 'child' | 'set' | 'extension' | 'steps' | 'attachment';

/** `shared`: exchanged. `office`: history and undo only. `local`: not captured at all. */
export type Scope = 'shared' | 'office' | 'local';

/** Home stream of a row: everyone's, its own, or that of the first of these references that is set (else its own). */
export type Home = 'g' | 'self' | { readonly follow: readonly string[] };

/** Schema number of the first release: what it knew, any program reads. */
export const FIRST_SCHEMA = 1;

/** A rule on a whole row: what is wrong or doubtful although it may be stored. */
export interface Check<Row> {
  readonly code: string;
  /** Field under which a form shows the sentence. */
  readonly field: string;
  /** How bad it is, by where the row comes from; absent means not checked there. */
  readonly severity: {
    readonly form?: 'error' | 'warn';
    readonly import?: 'error' | 'warn';
    readonly handoff?: 'warn';
  };
  /** Days of the row that can't stand in the other order (`daysInOrder`). */
  readonly days?: readonly [from: string, to: string];
  /** The Chinese sentence saying what is wrong and what to do, or null. */
  run(row: Row): string | null;
}

/** Fields by camelCase name, in the order of the form. */
export type Fields = Readonly<Record<string, z.ZodType>>;

const baseFields = {
  id: z.uuid(),
  createdAt: instant({ label: '建立时间', required: 'F', derived: true, level: 'auto' }),
  updatedAt: instant({ label: '更新时间', required: 'F', derived: true, level: 'auto' }),
  deletedAt: instant({ label: '删除时间', level: 'must' }),
};

/** A row as stored: the entity's fields and id, createdAt, updatedAt, deletedAt. */
export type RowOf<E> =
  E extends EntityDefinition<infer F>
    ? { [K in keyof F]: z.infer<F[K]> } & { id: string; createdAt: string; updatedAt: string; deletedAt: string | null }
    : never;

/** What a caller gives to make a row: nullable fields and fields with an initial value may be left out. */
export type NewRow<E> =
  E extends EntityDefinition<infer F> ? { [K in keyof F]?: z.infer<F[K]> } & { id?: string } : never;

/** What a caller gives to change a row. */
export type Patch<E> = E extends EntityDefinition<infer F> ? { [K in keyof F]?: z.infer<F[K]> } : never;

/**
 * A derived reference to an earlier row alike: the newest row with the same values of `same` whose day `after` lies at most `days` before
 * the row's own `day`.
 */
export interface EarlierRule {
  readonly field: string;
  readonly same: readonly string[];
  readonly day: string;
  readonly after: string;
  readonly days: number;
}

/**
 * What a new row takes from another one where it says nothing of it itself: the row of `from` whose fields hold the values that `by`
 * names (field there -> own field); `fields`: own field -> field there.
 */
export interface BorrowRule {
  readonly from: string;
  readonly by: Readonly<Record<string, string>>;
  readonly fields: Readonly<Record<string, string>>;
}

/** How rows are offered where one is chosen: what stands beside the title, whose vocabulary orders them, which are offered. */
export interface Offer {
  readonly detail: Template;
  /** Where it is: tells two alike apart. */
  readonly place?: Template;
  readonly order?: string;
  readonly only?: Readonly<Record<string, string | number>>;
  /** What a row holds beside its name and its parent when it is made where one is chosen; without it none is made there. */
  readonly add?: (name: string) => Readonly<Record<string, string>>;
}

/** What an approval allows of a row: found more, or found at all where a field says that it is not in it, is a difference. */
export interface ApprovedRule {
  readonly found: string;
  /** Field with what was approved; without it `found` says itself, by `no`, that it is not. */
  readonly approved?: string;
  /** What approved it, in words. */
  readonly by: string;
}

/** Fields that stand together in the form; what is rarely needed stays folded until somebody opens it. */
export interface FieldGroup<F extends string = string> {
  readonly label: string;
  readonly fields: readonly F[];
  readonly folded?: true;
}

/** How a paper of an enterprise stands: there, missing, not needed, or nobody knows. */
export type PaperStanding = 'there' | 'missing' | 'needless' | 'unknown';

/** A paper that an enterprise should have, told by its rows of a kind. */
export interface InOrder {
  readonly label: string;
  /** Not looked at for enterprises of these object kinds. */
  readonly notFor?: readonly string[];
  /** How the paper stands by all rows of an enterprise. */
  judge(rows: readonly Readonly<Record<string, unknown>>[]): PaperStanding;
  /** Rows of another kind by which it is there, whatever its own rows say: nothing is asked for twice. */
  readonly also?: { readonly kind: string; says(row: Readonly<Record<string, unknown>>): boolean };
  /** The day to watch, the latest of the rows counts, and what it is the day of. */
  readonly until?: { readonly field: string; readonly label: string };
}

/** One kind of record of the dictionary. */
export interface EntityDefinition<F extends Fields = Fields, N extends string = string, X extends Facets = Facets> {
  /** camelCase; the table is its snake_case. */
  readonly name: N;
  readonly label: string;
  readonly shape: Shape;
  readonly scope: Scope;
  readonly home: Home;
  /** Rows that an export may leave out; they live in a companion stream. */
  readonly personal: boolean;
  /** Built-in content: loaded uncaptured, read-only. */
  readonly builtin: boolean;
  /** For rows that belong to a parent: the reference field to it. */
  readonly parent: string | null;
  /** Field that names a row to people. */
  readonly title: string | null;
  /** Name under which the content library speaks of its rows as of a list in their parent: `keyListFlags` of an enterprise. */
  readonly listOfParent: string | null;
  readonly fields: F;
  /** Columns with an index, each a list of field names. */
  readonly indexes: readonly (readonly string[])[];
  /** Many rows of other kinds hang on its rows, and are hidden with one that is in the bin. */
  readonly owns: boolean;
  readonly checks: readonly Check<never>[];
  /** How its rows are listed; null where that follows from its fields. */
  readonly list: ListDefinition | null;
  /** Conditions with a name that its rows may be asked by. */
  readonly conditions: readonly NamedCondition[];
  /** What it brings to Today. */
  readonly today: readonly TodayRule[];
  /** Checks of data quality over its rows, besides those that follow from its fields (`domain/quality`). */
  readonly quality: readonly QualityCheck[];
  /** Derived columns that a row's own values decide. */
  readonly derive: ((row: Record<string, unknown>) => Record<string, unknown>) | null;
  /** References to earlier rows alike, found anew whenever one of them changes. */
  readonly earlier: readonly EarlierRule[];
  /** How its rows are offered where one is chosen. */
  readonly offer: Offer | null;
  /** Work of colleagues on a row, each with the field that says who and the field that says on which day: counted as person-days. */
  readonly work: readonly { readonly who: string; readonly day: string }[];
  /** What a new row takes from others. */
  readonly borrows: readonly BorrowRule[];
  /** Fields whose values together its owner holds once: another such row is refused on entry (a merge may still bring one). */
  readonly once: readonly (readonly string[])[];
  /** Fields that rows of one paper have alike, as results of one report: the next row that is entered begins with them. */
  readonly alike: readonly string[];
  /** Papers of the kind that come as scans. */
  readonly scanned: readonly ScannedPaper[];
  /** How its rows say whether a paper of an enterprise is in order (手续齐); null for what is no such paper. */
  readonly inOrder: InOrder | null;
  /** Field of the day on which a row is over: it stays on file, and nothing is asked of it or printed for whoever calls. */
  readonly over: string | null;
  /** Flag of rows that nobody saw at the place yet: they are shown as such, and nothing is judged, counted or printed as a fact by them. */
  readonly unseen: string | null;
  /** How a form of all its fields is divided; none where it is short. */
  readonly groups: readonly FieldGroup[];
  /** What approvals allow of its rows: at a visit what is found is held against it. */
  readonly approved: readonly ApprovedRule[];
  /** Where it appears. */
  readonly facets: X;
  /** What is printed of it. */
  readonly papers: readonly PaperDefinition[];
  /** What the periodic reports say of it. */
  readonly sections: readonly SectionDefinition[];
  /** Its state machine: no other way leads to another state. */
  readonly workflow: AnyWorkflow | null;
  /** What is counted of it, and what its rows (and those that belong to them) are split by. */
  readonly figures: readonly FigureDefinition[];
  readonly dimensions: readonly DimensionDefinition[];
  /** Whole row as stored. */
  readonly schema: z.ZodObject;
}

interface EntityOptions<F extends Fields, N extends string, X extends Facets> {
  name: N;
  label: string;
  shape?: Shape;
  scope?: Scope;
  home: Home;
  personal?: boolean;
  builtin?: boolean;
  parent?: Extract<keyof F, string>;
  title?: Extract<keyof F, string>;
  listOfParent?: string;
  today?: readonly TodayRule[];
  quality?: readonly QualityCheck[];
  derive?: (row: Record<string, unknown>) => Record<string, unknown>;
  earlier?: readonly EarlierRule[];
  offer?: Offer;
  work?: readonly { who: Extract<keyof F, string>; day: Extract<keyof F, string> }[];
  borrows?: readonly BorrowRule[];
  once?: readonly (readonly Extract<keyof F, string>[])[];
  alike?: readonly Extract<keyof F, string>[];
  scanned?: readonly ScannedPaper<Extract<keyof F, string>>[];
  inOrder?: InOrder;
  over?: Extract<keyof F, string>;
  unseen?: Extract<keyof F, string>;
  groups?: readonly FieldGroup<Extract<keyof F, string>>[];
  approved?: readonly ApprovedRule[];
  facets: X;
  papers?: readonly PaperDefinition[];
  sections?: readonly SectionDefinition[];
  fields: F;
  indexes?: readonly (readonly (Extract<keyof F, string> | 'deletedAt')[])[];
  owns?: true;
  checks?: readonly Check<{ [K in keyof F]: z.infer<F[K]> }>[];
  list?: ListDefinition;
  conditions?: readonly NamedCondition[];
  workflow?: AnyWorkflow;
  figures?: readonly FigureDefinition[];
  dimensions?: readonly DimensionDefinition[];
}

/** Defines a kind of record. @throws when a field was not made by a builder or a name does not exist. */
export function defineEntity<const F extends Fields, const N extends string, const X extends Facets>(
  options: EntityOptions<F, N, X>,
): EntityDefinition<F, N, X> {
  for (const schema of Object.values(options.fields)) metaOf(schema);
  return {
    name: options.name,
    label: options.label,
    shape: options.shape ?? 'record',
    scope: options.scope ?? 'shared',
    home: options.home,
    personal: options.personal ?? false,
    builtin: options.builtin ?? false,
    parent: options.parent ?? null,
    title: options.title ?? null,
    listOfParent: options.listOfParent ?? null,
    // Without a prototype: `constructor` is no field of anything, whoever asks.
    fields: lookup(options.fields),
    indexes: options.indexes ?? [],
    owns: options.owns ?? false,
    checks: (options.checks ?? []) as readonly Check<never>[],
    list: options.list ?? null,
    conditions: options.conditions ?? [],
    today: options.today ?? [],
    quality: options.quality ?? [],
    derive: options.derive ?? null,
    earlier: options.earlier ?? [],
    offer: options.offer ?? null,
    work: options.work ?? [],
    borrows: options.borrows ?? [],
    once: options.once ?? [],
    alike: options.alike ?? [],
    scanned: options.scanned ?? [],
    inOrder: options.inOrder ?? null,
    over: options.over ?? null,
    unseen: options.unseen ?? null,
    groups: options.groups ?? [],
    approved: options.approved ?? [],
    facets: options.facets,
    papers: options.papers ?? [],
    sections: options.sections ?? [],
    workflow: options.workflow ?? null,
    figures: options.figures ?? [],
    dimensions: options.dimensions ?? [],
    schema: z.object({ ...baseFields, ...options.fields }) as unknown as z.ZodObject,
  };
}

/**
 * Defines a set: link rows between `parent` and either rows of another entity or ids of a vocabulary.
 * A link's id is UUIDv5 of the pair, so that two offices that add the same link make the same row.
 */
export function defineSet<const N extends string, const X extends Facets>(options: {
  name: N;
  label: string;
  facets: X;
  parent: { entity: string; field: string };
  of: { entity: string; field: string } | { vocabulary: Vocabulary; field: string };
  home?: Home;
  headings?: readonly string[];
}): EntityDefinition<Fields, N, X> {
  const { parent, of } = options;
  const member: FieldOptions = {
    label: options.label,
    required: 'F',
    level: 'auto',
    ...(options.headings && { headings: options.headings }),
  };
  return defineEntity({
    name: options.name,
    label: options.label,
    shape: 'set',
    parent: parent.field,
    home: options.home ?? { follow: [parent.field] },
    fields: {
      [parent.field]: reference(parent.entity, { label: options.label, required: 'F' }),
      [of.field]: 'entity' in of ? reference(of.entity, member) : choice(of.vocabulary, member),
    } as Fields,
    indexes: [[parent.field], ...('entity' in of ? [[of.field]] : [])],
    facets: options.facets,
  }) as unknown as EntityDefinition<Fields, N, X>;
}

/** Field metadata with its name, in the order of definition, without the base fields. */
export function fieldsOf(entity: EntityDefinition): { name: string; meta: FieldMeta }[] {
  return Object.entries(entity.fields).map(([name, schema]) => ({ name, meta: metaOf(schema) }));
}

/** Fields that people and files may write: not what is derived or kept for the program, and not the state, which events alone change. */
export function writableFields(entity: EntityDefinition): { name: string; meta: FieldMeta }[] {
  return shownFields(entity).filter((f) => !f.meta.derived && f.name !== entity.workflow?.state);
}

/** Fields that people see. */
export const shownFields = (entity: EntityDefinition): { name: string; meta: FieldMeta }[] =>
  fieldsOf(entity).filter((f) => f.meta.unshown === undefined);

/** Base columns every table has, in their order of storage. */
export const BASE_FIELDS = ['id', 'createdAt', 'updatedAt', 'deletedAt'] as const;

/** Whether a row of the kind may be at home in a stream of its own: a root, with which others travel. */
export function canBeRoot(entity: EntityDefinition): boolean {
  if (entity.scope !== 'shared' || entity.home === 'g') return false;
  if (entity.home === 'self') return true;
  const { follow } = entity.home;
  return fieldsOf(entity).every((f) => !follow.includes(f.name) || f.meta.required !== 'F');
}

/** Whether a row is a fact: not a guess that waits for somebody to see it. */
export const isSeen = (entity: EntityDefinition, row: Readonly<Record<string, unknown>>): boolean =>
  entity.unseen === null || !row[entity.unseen];

/** Whether a row of a parent holds anything that somebody said: without it, paper would print a row of dashes. */
export const saysAnything = (entity: EntityDefinition, row: Readonly<Record<string, unknown>>): boolean =>
  entity.shape !== 'child' ||
  shownFields(entity).some(({ name, meta }) => {
    const value = row[name];
    const isBlank = value === null || value === undefined || value === '' || value === meta.initial;
    return !isBlank && !meta.derived && name !== entity.parent && name !== 'seq';
  });

/** snake_case of a camelCase dictionary name. */
export function snake(name: string): string {
  return name.replace(/[A-Z]/g, (c) => `_${c.toLowerCase()}`);
}

/** Names of the captured fields: everything but what is derived, plus `deletedAt`. */
export function capturedFields(entity: EntityDefinition): string[] {
  return [
    ...fieldsOf(entity)
      .filter((f) => !f.meta.derived)
      .map((f) => f.name),
    'deletedAt',
  ];
}

/**
 * Fields that came later than their kind and are never empty, with what they hold in rows made before: a create that says nothing of
 * one means this.
 */
export function laterInitials(entity: EntityDefinition): ReadonlyMap<string, string | number> {
  const known = initials.get(entity);
  if (known) return known;
  const made = new Map<string, string | number>();
  for (const { name, meta } of fieldsOf(entity))
    if (!meta.derived && (meta.since ?? 0) > entity.facets.since && meta.initial !== undefined)
      made.set(name, typeof meta.initial === 'boolean' ? Number(meta.initial) : meta.initial);
  initials.set(entity, made);
  return made;
}

const initials = new WeakMap<EntityDefinition, ReadonlyMap<string, string | number>>();

/** Result of the checks of a row for one source. */
export interface CheckResult {
  code: string;
  field: string;
  severity: 'error' | 'warn';
  sentence: string;
}

/** Runs an entity's checks; required-to-save fields that are empty come first. */
export function runChecks(
  entity: EntityDefinition,
  row: Record<string, unknown>,
  source: 'form' | 'import' | 'handoff',
): CheckResult[] {
  const results: CheckResult[] = [];
  if (source === 'form') {
    for (const { name, meta } of fieldsOf(entity)) {
      const value = row[name];
      if (meta.required === 'F' && !meta.derived && (value === null || value === undefined || value === '')) {
        results.push({ code: 'REQUIRED', field: name, severity: 'error', sentence: `请填写${meta.label}` });
      }
    }
  }
  for (const { name, meta } of fieldsOf(entity)) {
    const value = row[name];
    const fault = meta.axis && typeof value === 'string' ? degreesFault(meta.axis, meta.label, value) : null;
    if (fault)
      results.push({
        ...{ code: 'DEGREES', field: name, sentence: fault.sentence },
        severity: fault.wrong && source === 'form' ? 'error' : 'warn',
      });
  }
  for (const check of entity.checks) {
    const severity = check.severity[source];
    if (!severity) continue;
    const sentence = check.run(row as never);
    if (sentence) results.push({ code: check.code, field: check.field, severity, sentence });
  }
  return results;
}
