// Loads the recurring duties of the content library: their words, and what the program judges them by.
import { dutyRule } from '../../domain/duties/entities.ts';
import { dueWords, type DueRule, type DutyDefinition } from '../../domain/duties/definition.ts';
import { placeOf } from '../../domain/duties/file.ts';
import { DUTY_GROUPS } from '../../domain/duties/vocabulary.ts';
import type { EntityDefinition } from '../../domain/dictionary/entity.ts';
import { metaOf } from '../../domain/dictionary/field.ts';
import { ENTITIES } from '../../domain/entities.ts';
import { factsNamed, type Fact, type Requirement } from '../../domain/knowledge/facts.ts';
import { law, legalBasis } from '../../domain/knowledge/entities.ts';
import type { WorkCalendar } from '../../domain/values/work-days.ts';
import { naturalId, type Writer } from '../../db/index.ts';
import { upsert } from './upsert.ts';

interface ContentDuty {
  id: string;
  name: string;
  group: string;
  condition: string;
  permitClasses: string[];
  hazWasteClasses?: string[];
  objectKinds: string[];
  due: DueRule;
  completedBy: string;
  evidence: string[];
  ifMissed?: string;
  legalBasis?: { lawId: string; article: string }[];
  responsible?: string;
  source: string;
  sourceRef: string;
  requires: Requirement;
}

export interface DutyFile {
  duties: ContentDuty[];
  events: { id: string; name: string; watch: string[] }[];
}

export interface WorkdayFile {
  years: { year: number; status: string; holidays?: { from: string; to: string }[]; makeUpWorkdays?: string[] }[];
}

const DICTIONARY = { entities: ENTITIES as readonly EntityDefinition[] };

function calendarOf({ years }: WorkdayFile): WorkCalendar {
  const published = years.filter((one) => one.status === 'published');
  return {
    years: published.map((one) => one.year),
    holidays: published.flatMap((one) => one.holidays?.map(({ from, to }) => ({ from, to })) ?? []),
    makeUp: published.flatMap((one) => one.makeUpWorkdays ?? []),
  };
}

/** What a duty counts from, in words: a field by its label, an event by its name. */
function fromWords(duty: ContentDuty, file: DutyFile): string {
  const event = file.events.find((one) => one.id === duty.due.event);
  if (event) return event.name;
  const place = placeOf(DICTIONARY, duty.due.field);
  const schema = place?.entity.fields[place.field];
  return schema ? metaOf(schema).label : '';
}

function definitionOf(duty: ContentDuty, file: DutyFile, facts: readonly Fact[], work: WorkCalendar): DutyDefinition {
  const named = new Set(factsNamed(duty.requires));
  return {
    code: duty.id,
    due: duty.due,
    group: duty.group,
    permitClasses: duty.permitClasses,
    hazWasteClasses: duty.hazWasteClasses ?? null,
    objectKinds: duty.objectKinds,
    requires: duty.requires,
    completedBy: duty.completedBy,
    facts: facts.filter((fact) => named.has(fact.id)),
    watch: file.events.find((one) => one.id === duty.due.event)?.watch ?? [],
    workdays: duty.due.unit === 'working' ? work : null,
  };
}

/** Titles of the articles that a duty rests on; those that nobody verified without their number. */
async function basisOf(tx: Writer, duty: ContentDuty): Promise<string> {
  const said: string[] = [];
  for (const { lawId, article } of duty.legalBasis ?? []) {
    const row = await tx.read.get(legalBasis, naturalId(legalBasis, `${lawId}#${article}`));
    const of = await tx.read.get(law, naturalId(law, lawId));
    if (of) said.push(`《${of.shortTitle ?? of.title}》${row?.confidence === 'verified' ? row.label : ''}`);
  }
  return [...new Set(said)].join('、');
}

const MARKS: Readonly<Record<string, string>> = { seed: '案例', verified: '公开文本', proposal: '建议值' };

/** Writes the duties of enterprises; what villages owe and how often is visited are followed in rounds. */
export async function loadDuties(
  tx: Writer,
  file: DutyFile,
  facts: readonly Fact[],
  workdays: WorkdayFile,
): Promise<void> {
  const work = calendarOf(workdays);
  const groups: readonly string[] = DUTY_GROUPS.ids;
  const ids = new Set<string>();
  for (const [place, duty] of file.duties.entries()) {
    if (!groups.includes(duty.group)) continue;
    ids.add(
      await upsert(tx, dutyRule, [duty.id], {
        code: duty.id,
        name: duty.name,
        group: duty.group,
        rule: dueWords(duty.due, fromWords(duty, file)),
        condition: duty.condition,
        proof: duty.evidence.join('、'),
        responsible: duty.responsible,
        ifMissed: duty.ifMissed,
        basis: (await basisOf(tx, duty)) || null,
        origin: `${MARKS[duty.source] ?? duty.source}：${duty.sourceRef}`,
        seq: place + 1,
        definition: JSON.stringify(definitionOf(duty, file, facts, work)),
      }),
    );
  }
  // What every enterprise owes may have changed.
  tx.touched.set(dutyRule.name, ids);
}
