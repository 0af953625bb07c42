// When a duty of an enterprise is due: by its rule, its file and what was done.
import { metaOf } from '../dictionary/field.ts';
import type { Fact, FactDictionary, FactPlace } from '../knowledge/facts.ts';
import { nextMeasurement, periodsIn, type PlanFacts, type ResultFacts } from '../monitoring/compliance.ts';
import { addDays, addMonths, type Day, type DayRange } from '../values/day.ts';
import { addWorkDays } from '../values/work-days.ts';
import type { DueRule, DutyDefinition } from './definition.ts';
import { dayIn, latest, placeOf, rowsOf, titleIn, type DutyFile, type Proof, type Row } from './file.ts';
import { daysWithin, occurrenceOf } from './periods.ts';

/** One occurrence of a duty. */
export interface Occurrence {
  readonly day: Day;
  /** It can't be done before. */
  readonly opens: Day | null;
  readonly subject: string | null;
  readonly done: boolean;
}

/** The occurrences of a duty: those of a range, and the next that nobody did. */
export interface Schedule {
  within(range: DayRange): Occurrence[];
  readonly next: Occurrence | null;
  readonly last: Day | null;
}

interface Asked {
  readonly dictionary: FactDictionary;
  readonly rule: DutyDefinition;
  readonly file: DutyFile;
  readonly proofs: readonly Proof[];
}

const at = (day: Day, done: boolean, rest: Partial<Occurrence> = {}): Occurrence => ({
  opens: null,
  subject: null,
  ...rest,
  day,
  done,
});

/** A day of the rule counted from another one. */
function counted({ due, workdays }: DutyDefinition, from: Day): Day {
  if (due.offsetMonths) return addMonths(from, due.offsetMonths);
  const days = due.offsetDays ?? 0;
  return due.unit === 'working' && workdays ? addWorkDays(workdays, from, days) : addDays(from, days);
}

const lastProof = (proofs: readonly Proof[]): Day | null => latest(proofs.map((one) => one.doneDate));
const within = (range: DayRange) => (one: Occurrence) => one.day >= range.from && one.day <= range.to;
const firstOpen = (list: readonly Occurrence[]): Occurrence | null =>
  list.filter((one) => !one.done).sort((a, b) => (a.day < b.day ? -1 : 1))[0] ?? null;

/** A duty whose occurrences are all known: one by one, each done or not. */
const listed = (all: readonly Occurrence[], last: Day | null): Schedule => ({
  within: (range) => all.filter(within(range)),
  next: firstOpen(all),
  last,
});

/** An occurrence is done where a proof names it, or one that came later. */
const isProven = (proofs: readonly Proof[], day: Day): boolean =>
  proofs.some((proof) => (proof.dueDate ?? proof.doneDate) >= day);

/** Years that are looked through for the next occurrence. */
const YEARS_AHEAD = 3;

/** Of fixed days and periods: done up to the latest that a proof or the file tells. */
function recurring(asked: Asked): Schedule {
  const { due } = asked.rule;
  const place = placeOf(asked.dictionary, asked.rule.completedBy);
  const told =
    place && latest(rowsOf(asked.dictionary, asked.rule, asked.file, place).map((r) => dayIn(r, place.field)));
  const through = latest([
    told ? occurrenceOf(due, told) : null,
    ...asked.proofs.map((proof) => proof.dueDate ?? occurrenceOf(due, proof.doneDate)),
  ]);
  const list = (range: DayRange) => daysWithin(due, range).map((day) => at(day, through !== null && day <= through));
  const from = through && through >= asked.file.since ? addDays(through, 1) : asked.file.since;
  return {
    within: list,
    next: firstOpen(list({ from, to: addMonths(from, YEARS_AHEAD * 12) })),
    last: latest([told, lastProof(asked.proofs)]),
  };
}

/** Counted from a day of each row: done where the row says when, or a proof does. */
function fromField(asked: Asked): Schedule {
  const { dictionary, rule, file, proofs } = asked;
  const place = placeOf(dictionary, rule.due.field);
  if (!place) return listed([], lastProof(proofs));
  const ends = placeOf(dictionary, rule.completedBy);
  const told = ends?.entity === place.entity && ends.field !== place.field && isTold(ends) ? ends.field : null;
  const opens = rule.due.windowOpensDaysBefore;
  const rows = rowsOf(dictionary, rule, file, place);
  // Of papers that follow each other the one that runs longest counts.
  const newest =
    place.only || place.entity.conditions.some((one) => one.id === 'inForce')
      ? latest(rows.map((row) => dayIn(row, place.field)))
      : null;
  const all = rows.flatMap((row) => {
    const from = dayIn(row, place.field);
    if (!from || (newest && from !== newest)) return [];
    const day = counted(rule, from);
    const done = (told !== null && dayIn(row, told) !== null) || isProven(proofs, day);
    return [at(day, done, { subject: titleIn(place, row), opens: opens ? addDays(day, -opens) : null })];
  });
  return listed(all, lastProof(proofs));
}

/** A field that people don't fill says nothing of what they did. */
const isTold = ({ entity, field }: FactPlace): boolean => {
  const schema = entity.fields[field];
  return schema !== undefined && metaOf(schema).kind === 'day' && !metaOf(schema).derived;
};

/** So many occurrences are foreseen at most. */
const FORESEEN = 60;

/** The last day and how long until the next, of each row or of all; repeated as if each were done on its day. */
function interval(asked: Asked): Schedule {
  const { dictionary, rule, file, proofs } = asked;
  const { due } = rule;
  const place = placeOf(dictionary, due.field);
  const rows = place ? rowsOf(dictionary, rule, file, place) : [];
  const cycle = placeOf(dictionary, due.daysField);
  const step = (row: Row | null) => (day: Day) => {
    const days = Number((cycle && row?.[cycle.field]) || due.days || due.fallbackDays || 0);
    return due.months ? addMonths(day, due.months) : days > 0 ? addDays(day, days) : null;
  };
  const proven = lastProof(proofs);
  const known = place ? rows.map((row) => ({ row, day: dayIn(row, place.field) })) : [];
  const isStory = place?.field === 'date';
  const starts = isStory || known.length === 0 ? [{ row: known[0]?.row ?? null, day: null }] : known;
  const told = latest(known.map((one) => one.day));
  const list = (range: DayRange): Occurrence[] =>
    starts.flatMap(({ row, day }) => {
      const subject = row && place && !isStory ? titleIn(place, row) : null;
      const next = step(row);
      let when = latest([isStory ? told : day, proven]);
      const found: Occurrence[] = [];
      for (let n = 0; when && n < FORESEEN && (when = next(when)) && when <= range.to; n += 1)
        if (when >= range.from) found.push(at(when, false, { subject }));
      return found;
    });
  const far = { from: '0001-01-01', to: addMonths(file.today, 12 * 12) };
  return { within: list, next: firstOpen(list(far)), last: latest([told, proven]) };
}

const REPORT_KINDS: Readonly<Record<string, string>> = { year: 'annual', quarter: 'quarterly', month: 'monthly' };

/** As printed on the permit, entered row by row; without rows the year's report alone is foreseen. */
function printed(asked: Asked): Schedule {
  const { dictionary, rule, file, proofs } = asked;
  const kind = REPORT_KINDS[rule.due.fallbackOffset?.period ?? 'year'];
  const reports = placeOf(dictionary, rule.completedBy);
  const rows = reports ? file.rowsOf(reports.entity).filter((row) => row.kind === kind) : [];
  if (!reports || rows.length === 0)
    return isSurelyPrinted(rule.due) ? recurring(asked) : listed([], lastProof(proofs));
  const all = rows.flatMap((row) => {
    const day = dayIn(row, 'dueDate');
    const done = dayIn(row, reports.field) !== null || (day !== null && isProven(proofs, day));
    return day ? [at(day, done, { subject: titleIn(reports, row) })] : [];
  });
  return listed(all, latest([...rows.map((row) => dayIn(row, reports.field)), lastProof(proofs)]));
}

/** Every permit asks for the report of the year; whether for more stands on it. */
export const isSurelyPrinted = (due: DueRule): boolean => due.fallbackMonthDay !== undefined;

/** By the plan of measurements: the ends of its periods. */
function byPlan({ dictionary, file, proofs }: Asked): Schedule {
  const named = (name: string) => dictionary.entities.find((one) => one.name === name);
  const [plans, records] = [named('monitoringPlan'), named('monitoringRecord')];
  const rows = (entity: typeof plans) => (entity ? file.rowsOf(entity) : []) as unknown[];
  const explained = new Set(proofs.flatMap((proof) => proof.dueDate ?? []));
  const all = rows(plans) as (PlanFacts & Row)[];
  const results = rows(records) as ResultFacts[];
  const next = all.flatMap((plan): Occurrence[] => {
    const day = nextMeasurement(plan, results, file.today, explained);
    return day ? [at(day, false, { subject: plan.pollutant })] : [];
  });
  const list = (range: DayRange) =>
    all.flatMap((plan) => {
      const open = nextMeasurement(plan, results, file.today, explained);
      return periodsIn(plan, range).map(({ to }) => at(to, open === null || to < open, { subject: plan.pollutant }));
    });
  return { within: list, next: firstOpen(next), last: latest(results.map((one) => one.date)) };
}

/** Some days after something happened: a day that the file tells, or a change of the enterprise's own fields. */
function afterEvent(asked: Asked): Schedule {
  const { dictionary, rule, file, proofs } = asked;
  const begun = rule.watch.flatMap((path): Occurrence[] => {
    const place = placeOf(dictionary, path);
    if (!place) return [];
    if (place.entity.name === 'enterprise') {
      const day = file.changedOn(place.field);
      return day ? [occurred(asked, day, null)] : [];
    }
    return file.rowsOf(place.entity).flatMap((row) => {
      const day = dayIn(row, place.field);
      return day && day >= file.since ? [occurred(asked, day, titleIn(place, row))] : [];
    });
  });
  return listed(begun, lastProof(proofs));
}

/** What began on a day; done where a proof or the file tells something from that day on. */
function occurred({ dictionary, rule, file, proofs }: Asked, day: Day, subject: string | null): Occurrence {
  const ends = placeOf(dictionary, rule.completedBy);
  const told = ends ? latest(file.rowsOf(ends.entity).map((row) => dayIn(row, ends.field))) : null;
  return at(counted(rule, day), (told !== null && told >= day) || proofs.some((p) => p.doneDate >= day), { subject });
}

const NONE = (asked: Asked): Schedule => listed([], lastProof(asked.proofs));

const BY_KIND: Readonly<Record<DueRule['kind'], (asked: Asked) => Schedule>> = {
  fixed_date: recurring,
  per_period: recurring,
  printed,
  from_field: fromField,
  interval,
  per_plan: byPlan,
  after_event: afterEvent,
  // What has no day of its own stands in the list without one.
  before_event: NONE,
  threshold: NONE,
  retention: NONE,
};

/** When a duty is due. */
export const scheduleOf = (
  dictionary: FactDictionary,
  rule: DutyDefinition,
  file: DutyFile,
  proofs: readonly Proof[],
): Schedule => BY_KIND[rule.due.kind]({ dictionary, rule, file, proofs });

/** Facts that duties name, by their ids. */
export const factsBy = (rule: DutyDefinition): ReadonlyMap<string, Fact> =>
  new Map(rule.facts.map((fact) => [fact.id, fact]));
