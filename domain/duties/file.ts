// What duties are judged by: the rows of one enterprise's file, and where a field that the content names is kept.
import type { EntityDefinition } from '../dictionary/entity.ts';
import { passesFact, placeOfFact, type FactDictionary, type FactPlace, type KnownFile } from '../knowledge/facts.ts';
import type { Requirement } from '../knowledge/facts.ts';
import { isDay, type Day } from '../values/day.ts';
import { lookup } from '../values/lookup.ts';
import type { DutyDefinition } from './definition.ts';

export type Row = Readonly<Record<string, unknown>>;

/** One occurrence of a duty that somebody did. */
export interface Proof {
  readonly dueDate: Day | null;
  readonly doneDate: Day;
}

/** The file of an enterprise as duties see it. */
export interface DutyFile extends KnownFile {
  readonly objectKind: string;
  /** The day on which the file was begun: what was due before it is not asked. */
  readonly since: Day;
  readonly today: Day;
  /** The last day on which a field of the enterprise itself was changed to something else. */
  changedOn(field: string): Day | null;
}

/** Fields that the dictionary keeps under another name. */
const KEPT_AS: Readonly<Record<string, string>> = lookup({
  'TreatmentFacility.maintainDate': 'TreatmentFacility.lastMaintainedDate',
  'TreatmentFacility.lastCleanDate': 'ExtensionBlock(catering).purifierCleanedDate',
});

/** Kinds of the content that the dictionary keeps among others of a kind. */
const KEPT_AMONG: Readonly<Record<string, { readonly record: string; readonly only: Row }>> = lookup({
  DrainLicence: { record: 'OtherLicence', only: { kind: 'drainage' } },
  RadiationLicence: { record: 'OtherLicence', only: { kind: 'radiation' } },
});

/** Where a field is kept that a duty names as `Permit.validTo`; null where no field holds it and only proofs tell. */
export function placeOf(dictionary: FactDictionary, path: string | undefined): FactPlace | null {
  const named = KEPT_AS[path ?? ''] ?? path ?? '';
  const at = named.lastIndexOf('.');
  if (at < 0) return null;
  const among = KEPT_AMONG[named.slice(0, at)];
  const record = among?.record ?? named.slice(0, at);
  const place = placeOfFact(dictionary, { record, field: named.slice(at + 1), condition: 'present' });
  return place && among ? { ...place, only: among.only } : place;
}

/** The kind of waste that a fact speaks of, for stores that say which waste they hold. */
const WASTE_OF_FACT: Readonly<Record<string, string>> = lookup({
  'waste.medical': 'medical',
  'waste.hazardous': 'hazardous',
});

/** Whether a row is one that the requirement speaks of: facts about other kinds of row say nothing of it. */
function takesPart(
  dictionary: FactDictionary,
  rule: DutyDefinition,
  entity: EntityDefinition,
  row: Row,
  requirement: Requirement,
): boolean {
  if ('always' in requirement) return true;
  const asked = ('all' in requirement ? requirement.all : requirement.any).flatMap((part): boolean[] => {
    if (typeof part !== 'string') return [takesPart(dictionary, rule, entity, row, part)];
    const waste = WASTE_OF_FACT[part];
    if (waste && 'waste' in entity.fields) return [row.waste === waste];
    const fact = rule.facts.find((one) => one.id === part);
    const passes = fact ? passesFact(dictionary, fact, entity, row) : null;
    return passes === null ? [] : [passes];
  });
  return asked.length === 0 || ('all' in requirement ? asked.every(Boolean) : asked.some(Boolean));
}

const isOf = ({ only = {} }: FactPlace, row: Row): boolean =>
  Object.entries(only).every(([field, value]) => row[field] === value);

/** Rows of a place that a duty is about. */
export const rowsOf = (dictionary: FactDictionary, rule: DutyDefinition, file: DutyFile, place: FactPlace): Row[] =>
  file
    .rowsOf(place.entity)
    .filter((row) => isOf(place, row) && takesPart(dictionary, rule, place.entity, row, rule.requires));

/** A day that a row holds. */
export const dayIn = (row: Row, field: string): Day | null => {
  const value = row[field];
  return isDay(value) ? value : null;
};

/** What a row is called. */
export const titleIn = ({ entity }: FactPlace, row: Row): string | null => {
  const said = entity.title ? row[entity.title] : null;
  return typeof said === 'string' ? said : null;
};

/** The latest of days; null of none. */
export const latest = (days: readonly (Day | null)[]): Day | null => {
  const known = days.filter((one): one is Day => one !== null).sort();
  return known.at(-1) ?? null;
};
