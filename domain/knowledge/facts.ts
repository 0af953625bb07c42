// Facts of an enterprise's file and what an item of a checklist requires of them, in three values (content library, facts.json).
// Records and fields are found in the dictionary by name; what the dictionary does not know is unknown, never false.
import type { EntityDefinition } from '../dictionary/entity.ts';
import { metaOf } from '../dictionary/field.ts';
import { keptAs, type FactSource } from './kept-as.ts';

/** `null`: unknown. */
export type Truth = boolean | null;

const anyOf = (values: readonly Truth[]): Truth =>
  values.includes(true) ? true : values.every((value) => value === false) ? false : null;
const allOf = (values: readonly Truth[]): Truth =>
  values.includes(false) ? false : values.every((value) => value === true) ? true : null;

export type { FactSource };

export interface Fact {
  readonly id: string;
  readonly label: string;
  /** Part of the file whose verification lets an absent record mean no. */
  readonly section?: string;
  readonly decides: 'both' | 'true_only';
  readonly sources: readonly FactSource[];
  readonly note?: string;
}

/** What an item requires: facts, nested, or nothing. */
export type Requirement =
  | { readonly always: true }
  | { readonly all: readonly (string | Requirement)[] }
  | { readonly any: readonly (string | Requirement)[] };

type Row = Readonly<Record<string, unknown>>;

/** The kinds of the dictionary by which sources are found. */
export interface FactDictionary {
  readonly entities: readonly EntityDefinition[];
}

/** Where a source is read: rows of a kind, one field of each. */
export interface FactPlace {
  readonly entity: EntityDefinition;
  readonly field: string;
  /** Only rows that hold this, where a kind keeps several things. */
  readonly only?: Readonly<Row>;
}

const BLOCK = /^ExtensionBlock\((\w+)\)$/;

/** The kind that a record of the content is. `ExtensionBlock(catering)`: the block of the file for that sort of object. */
function kindOf({ entities }: FactDictionary, record: string): EntityDefinition | undefined {
  const sort = BLOCK.exec(record)?.[1];
  if (sort) return entities.find((e) => e.shape === 'extension' && e.facets.file?.objectKinds?.includes(sort));
  const name = record.charAt(0).toLowerCase() + record.slice(1);
  return entities.find((e) => e.name === name);
}

/** Where the dictionary keeps what a source names: a field, the state, or rows of a kind of their own; null where nowhere. */
export function placeOfFact(dictionary: FactDictionary, named: FactSource): FactPlace | null {
  const source = keptAs(named);
  const entity = kindOf(dictionary, source.record);
  if (!entity) return null;
  if (source.field === 'id' || Object.hasOwn(entity.fields, source.field)) return { entity, field: source.field };
  if (source.field === 'status' && entity.workflow) return { entity, field: entity.workflow.state };
  const rows = dictionary.entities.find((e) => e.listOfParent === source.field && e.title !== null);
  return rows?.title ? { entity: rows, field: rows.title } : null;
}

const isSaid = (value: unknown): boolean =>
  value !== null && value !== undefined && value !== '' && value !== 'unknown';
const isYes = (value: unknown): boolean => value === true || value === 'yes' || value === 1;

/** Values by which somebody said that there is none. */
const NO: readonly unknown[] = [false, 0, '0', 'no', 'not_applicable', 'none', 'not_required', 'exempt'];

/** Asked of a value, and of its label where it is a choice. */
type Test = (value: unknown, label?: string) => boolean;

const words = (text: string): string[] => text.split(/[,，]/).map((word) => word.trim());
const compare: Readonly<Record<string, (a: number, b: number) => boolean>> = {
  '>': (a, b) => a > b,
  '>=': (a, b) => a >= b,
  '<': (a, b) => a < b,
  '<=': (a, b) => a <= b,
};
const plain = (value: unknown): string => (value === true ? 'true' : value === false ? 'false' : String(value));
const equals = (value: unknown, word: string, label?: string): boolean =>
  isSaid(value) && (plain(value) === word || label === word || (word === 'true' && isYes(value)));

/** The test that a plain condition is; null for one in words that only people understand. */
function testOf(condition: string): Test | null {
  if (condition === 'present') return isSaid;
  const [, no] = /^present and not (\w+)$/.exec(condition) ?? [];
  if (no) return (value) => isSaid(value) && value !== no;
  const [, sign, number] = /^(>=|<=|>|<) (\d+(?:\.\d+)?)$/.exec(condition) ?? [];
  if (sign) return (value) => isSaid(value) && compare[sign]?.(Number(value), Number(number)) === true;
  const [, one] = /^= (\S+)$/.exec(condition) ?? [];
  if (one) return (value, label) => equals(value, one, label);
  const [, other] = /^!= (\S+)$/.exec(condition) ?? [];
  if (other) return (value) => isSaid(value) && value !== other;
  const [, listed] = /^in ([^\s]+)$/.exec(condition) ?? [];
  if (listed) return (value, label) => words(listed).some((word) => equals(value, word, label));
  const [, beyond] = /^beyond (\S+)$/.exec(condition) ?? [];
  if (beyond) return (value) => isSaid(value) && !words(beyond).some((word) => String(value).includes(word));
  const [, contained] = /^(?:contains|any of) ([^\s]+)$/.exec(condition) ?? [];
  if (contained) return (value) => isSaid(value) && words(contained).some((word) => String(value).includes(word));
  const [, classes] = /^category ([A-Z0-9,]+)$/.exec(condition) ?? [];
  if (classes) return (value) => isSaid(value) && words(classes).includes(`HW${String(value).slice(-2)}`);
  return null;
}

/** A test with what must hold of another field of the same row: `= point where waste = hazardous`. */
interface Condition {
  readonly test: Test;
  readonly where: { readonly field: string; readonly test: Test } | null;
  /** So many different values must pass. */
  readonly different: number;
  /** Field of the rows that is asked, where the condition names one: `kind = 河道` of a list. */
  readonly of: string | null;
  /** No farther than so many metres. */
  readonly within: number | null;
  /** Asked of the tenants of an enterprise in place of itself. */
  readonly ofTenants: boolean;
}

/** A condition on those that lie inside of an enterprise or in its building. */
const OF_TENANTS = /^tenant (= \S+)$/;

/** A condition on a field of the rows of a list, perhaps with how near they are. */
const OF_ROWS = /^(kind) ((?:=|in) \S+)(?: within (\d+) m)?$/;

/** What a condition of the content asks; null where it is told in words only. */
export function conditionOf(text: string): Condition | null {
  const [whole = '', where] = text.split(' where ');
  const [, of = null, inner, metres] = OF_ROWS.exec(whole) ?? [];
  const [, ofTenant] = OF_TENANTS.exec(whole) ?? [];
  const asked = inner ?? ofTenant ?? whole;
  const several = asked === 'two or more different';
  const test = several ? isSaid : testOf(asked);
  const [, field, value] = /^(\w+) = (\S+)$/.exec(where ?? '') ?? [];
  if (!test || (where && !field)) return null;
  return {
    test,
    where: field && value ? { field, test: (given, label) => equals(given, value, label) } : null,
    different: several ? 2 : 1,
    of,
    within: metres === undefined ? null : Number(metres),
    ofTenants: ofTenant !== undefined,
  };
}

/** What is known of an enterprise: rows of a kind, and which parts of the file somebody verified. */
export interface KnownFile {
  rowsOf(entity: EntityDefinition): readonly Row[];
  /** The enterprises inside of it or in its building; left out where nobody asks for them. */
  readonly tenants?: readonly Row[];
  isVerified(section: string): boolean;
}

/** A source that can be asked: where it is kept, and what is asked of it. */
interface Asked extends FactPlace {
  readonly condition: Condition;
  /** Field that says how far away it is. */
  readonly near: string;
  /** The kind on whose row a condition's other field stands, as the medium of a limit on its outlet; null where on its own. */
  readonly owner: EntityDefinition | null;
}

/** How the name of a field begins that says how far away something is. */
const DISTANCE = 'distance';

/** What was found for the sources of a dictionary: thousands of files are asked by the same ones. */
const found = new WeakMap<FactDictionary, WeakMap<FactSource, Asked | null>>();

function askedOf(dictionary: FactDictionary, source: FactSource): Asked | null {
  const known = found.get(dictionary) ?? new WeakMap<FactSource, Asked | null>();
  found.set(dictionary, known);
  const before = known.get(source);
  if (before !== undefined) return before;
  const asked = findAsked(dictionary, source);
  known.set(source, asked);
  return asked;
}

/** Whether anything in a file can answer a source. */
export const canBeRead = (dictionary: FactDictionary, source: FactSource): boolean =>
  askedOf(dictionary, source) !== null;

function findAsked(dictionary: FactDictionary, source: FactSource): Asked | null {
  const place = placeOfFact(dictionary, source);
  const condition = conditionOf(keptAs(source).condition);
  if (!place || !condition) return null;
  const { fields } = place.entity;
  const near = Object.keys(fields).find((name) => name.startsWith(DISTANCE)) ?? DISTANCE;
  const named = [condition.of, condition.within === null ? null : near];
  if (named.some((name) => name && !Object.hasOwn(fields, name))) return null;
  const other = condition.where?.field;
  const owner = other && !Object.hasOwn(fields, other) ? ownerIn(dictionary, place.entity) : null;
  if (other && !Object.hasOwn((owner ?? place.entity).fields, other)) return null;
  return { ...place, field: condition.of ?? place.field, near, condition, owner };
}

/** The kind that the rows of a kind hang on. */
function ownerIn({ entities }: FactDictionary, { parent, fields }: EntityDefinition): EntityDefinition | null {
  const schema = parent ? fields[parent] : undefined;
  return entities.find((one) => schema && one.name === metaOf(schema).target) ?? null;
}

/** The label of a choice: the content names some choices by it. */
function labelIn(entity: EntityDefinition, field: string, row: Row): string | undefined {
  const schema = entity.fields[field];
  return (schema && metaOf(schema).vocabulary?.labels)?.[String(row[field])];
}

function passes(asked: Asked, row: Row, file?: KnownFile): boolean {
  const { entity, owner, field, near, condition } = asked;
  const { test, where, within } = condition;
  const holds = (one: Test, of: string, on: EntityDefinition, held: Row): boolean =>
    one(held[of], labelIn(on, of, held));
  if (!holds(test, field, entity, row)) return false;
  const home = owner ? file?.rowsOf(owner).find(({ id }) => id === row[entity.parent ?? '']) : row;
  if (where && !(home && holds(where.test, where.field, owner ?? entity, home))) return false;
  return within === null || (isSaid(row[near]) && Number(row[near]) <= within);
}

/** Whether a source says yes; no, where its part of the file is verified or every row says that there is none. */
function truthOf(asked: Asked | null, fact: Fact, file: KnownFile): Truth {
  if (!asked) return null;
  const rows = asked.condition.ofTenants ? (file.tenants ?? []) : file.rowsOf(asked.entity);
  const found = new Set(rows.filter((row) => passes(asked, row, file)).map((row) => row[asked.field]));
  if (found.size >= asked.condition.different) return true;
  if (fact.decides !== 'both') return null;
  if (rows.length > 0 && rows.every((row) => NO.includes(row[asked.field]))) return false;
  return fact.section && file.isVerified(fact.section) ? false : null;
}

/** Whether a row is one by which a fact holds: by any of its sources, by all where it says so; null where it speaks of other kinds. */
export function passesFact(dictionary: FactDictionary, fact: Fact, entity: EntityDefinition, row: Row): boolean | null {
  const asked = fact.sources
    .map((source) => askedOf(dictionary, source))
    .filter((one) => one !== null && one.entity.name === entity.name) as Asked[];
  if (asked.length === 0) return null;
  return TOGETHER.test(fact.note ?? '')
    ? asked.every((one) => passes(one, row))
    : asked.some((one) => passes(one, row));
}

/** Several sources on one row at once: 两项同时满足, 同一排放口同时满足. */
const TOGETHER = /同时满足/;

function together(asked: readonly (Asked | null)[], fact: Fact, file: KnownFile): Truth {
  const known = asked.filter((one) => one !== null);
  const [first] = known;
  if (!first || known.length < asked.length || known.some((one) => one.entity !== first.entity)) return null;
  if (file.rowsOf(first.entity).some((row) => known.every((one) => passes(one, row, file)))) return true;
  // No row has all of it; that alone means no only where each part could have said so.
  const values = known.map((one) => truthOf(one, fact, file));
  if (values.includes(false)) return false;
  return fact.decides === 'both' && fact.section && file.isVerified(fact.section) ? false : null;
}

/** Whether a fact holds for a file. */
export function factHolds(dictionary: FactDictionary, fact: Fact, file: KnownFile): Truth {
  const asked = fact.sources.map((source) => askedOf(dictionary, source));
  if (TOGETHER.test(fact.note ?? '')) return together(asked, fact, file);
  return anyOf(asked.map((one) => truthOf(one, fact, file)));
}

/** What an item requires of the file, with the facts that decided it or that are not known. */
export interface Applicability {
  readonly applies: Truth;
  /** Labels of the facts that are false where it does not apply, of those that are unknown where that is open. */
  readonly because: readonly string[];
}

/** Judges a requirement by facts that were judged already. */
export function judgeRequirement(
  requirement: Requirement | null,
  truthOfFact: (id: string) => { readonly label: string; readonly truth: Truth },
): Applicability {
  if (!requirement || 'always' in requirement) return { applies: true, because: [] };
  const parts = ('all' in requirement ? requirement.all : requirement.any).map((part): Applicability => {
    if (typeof part !== 'string') return judgeRequirement(part, truthOfFact);
    const { label, truth } = truthOfFact(part);
    return { applies: truth, because: [label] };
  });
  const values = parts.map((part) => part.applies);
  const applies = 'all' in requirement ? allOf(values) : anyOf(values);
  if (applies === true) return { applies, because: [] };
  return { applies, because: parts.filter((part) => part.applies === applies).flatMap((part) => part.because) };
}

/** Ids of the facts that a requirement names. */
export const factsNamed = (requirement: Requirement | null): string[] =>
  !requirement || 'always' in requirement
    ? []
    : ('all' in requirement ? requirement.all : requirement.any).flatMap((part) =>
        typeof part === 'string' ? [part] : factsNamed(part),
      );
