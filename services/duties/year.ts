// The duties of one enterprise: each with what decides it, and its occurrences over a year.
import type { DutyDay, DutyOfYear, DutyYear } from '../../contract/duties.ts';
import { appliesOn, permitClassOn } from '../../domain/duties/applies.ts';
import { dutyRule } from '../../domain/duties/entities.ts';
import { scheduleOf } from '../../domain/duties/schedule.ts';
import { DUTY_HORIZON_DAYS } from '../../domain/duties/vocabulary.ts';
import type { RowOf } from '../../domain/dictionary/entity.ts';
import { addDays, type Day } from '../../domain/values/day.ts';
import { isPublished } from '../../domain/values/work-days.ts';
import type { Context } from '../context.ts';
import { notFound } from '../errors.ts';
import { readFiles, type ReadFile } from './files.ts';
import { DICTIONARY, loadedDuties, type LoadedDuty } from './rules.ts';

/** How an occurrence stands today. */
function standingOf(day: Day, done: boolean, { since, today }: ReadFile): string {
  if (done) return 'done';
  if (day < today) return day < since ? 'before' : 'overdue';
  return day <= addDays(today, DUTY_HORIZON_DAYS) ? 'due' : 'later';
}

/** A duty of the list; null where the file says that it does not apply. */
function dutyIn(rule: LoadedDuty, words: RowOf<typeof dutyRule>, file: ReadFile): DutyOfYear | null {
  const { applies, because } = appliesOn(DICTIONARY, rule, file, file.today);
  if (applies === false) return null;
  const { next, last } = scheduleOf(DICTIONARY, rule, file, file.proofsOf(rule.id));
  return {
    ruleId: rule.id,
    code: rule.code,
    name: words.name,
    group: words.group,
    rule: words.rule,
    proof: words.proof,
    responsible: words.responsible,
    ifMissed: words.ifMissed,
    basis: words.basis,
    origin: words.origin,
    applies: applies ? 'yes' : 'unknown',
    because: [...new Set(because)],
    dueDate: applies ? (next?.day ?? null) : null,
    opensDate: applies ? (next?.opens ?? null) : null,
    lastDate: last,
    subject: next?.subject ?? null,
    standing: applies && next ? standingOf(next.day, false, file) : null,
    unpublished: rule.workdays !== null && next !== null && !isPublished(rule.workdays, next.day),
  };
}

/** Occurrences of a duty in a year: those days on which the enterprise has it for certain, by its class of that day. */
function daysIn(rule: LoadedDuty, name: string, file: ReadFile, year: number): DutyDay[] {
  const { within } = scheduleOf(DICTIONARY, rule, file, file.proofsOf(rule.id));
  return within({ from: `${year}-01-01`, to: `${year}-12-31` })
    .filter(({ day }) => appliesOn(DICTIONARY, rule, file, day).applies === true)
    .map(({ day, done, subject }) => ({
      ruleId: rule.id,
      name,
      day,
      subject,
      standing: standingOf(day, done, file),
    }));
}

const byDay = (a: { dueDate: string | null }, b: { dueDate: string | null }): number =>
  (a.dueDate ?? '9999') < (b.dueDate ?? '9999') ? -1 : 1;

/** The duties of an enterprise with their rules, and the calendar of a year. @throws NOT_FOUND */
export async function dutyYear(ctx: Context, enterpriseId: string, year: number): Promise<DutyYear> {
  const { read } = ctx.store;
  const rules = await loadedDuties(read);
  const [file] = await readFiles(read, rules, [enterpriseId], ctx.today());
  if (!file) throw notFound('企业');
  const words = new Map((await read.find(dutyRule, {})).map((row) => [row.id, row]));
  const told = rules.flatMap((rule) => {
    const of = words.get(rule.id);
    return of ? [{ rule, of }] : [];
  });
  const duties = told.flatMap(({ rule, of }) => dutyIn(rule, of, file) ?? []);
  return {
    year,
    today: ctx.today(),
    permitClass: permitClassOn(DICTIONARY, file, ctx.today()),
    duties: [
      ...duties.filter((one) => one.applies === 'yes').sort(byDay),
      ...duties.filter((one) => one.applies === 'unknown'),
    ],
    days: told
      .flatMap(({ rule, of }) => daysIn(rule, of.name, file, year))
      .sort((a, b) => (a.day + a.name < b.day + b.name ? -1 : 1)),
  };
}
