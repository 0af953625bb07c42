// Days of recurring duties: month ends, quarters, years, working days, and a class that changes in the middle of a year.
import { expect, test } from 'vitest';
import { appliesOn } from '../../domain/duties/applies.ts';
import type { DueRule, DutyDefinition } from '../../domain/duties/definition.ts';
import type { DutyFile, Row } from '../../domain/duties/file.ts';
import { daysWithin, occurrenceOf } from '../../domain/duties/periods.ts';
import { scheduleOf } from '../../domain/duties/schedule.ts';
import { TOLD_BY } from '../../domain/duties/told.ts';
import type { EntityDefinition } from '../../domain/dictionary/entity.ts';
import { ENTITIES, TODAY_RULES } from '../../domain/entities.ts';
import { nextMeasurement, periodsIn } from '../../domain/monitoring/compliance.ts';
import { addWorkDays } from '../../domain/values/work-days.ts';

const DICTIONARY = { entities: ENTITIES as readonly EntityDefinition[] };
const YEAR = { from: '2027-01-01', to: '2027-12-31' };
const ruleOf = (due: DueRule, rest: Partial<DutyDefinition> = {}): DutyDefinition => ({
  code: 'du-made-up',
  due,
  group: 'permit',
  permitClasses: ['key', 'simplified', 'registration', 'not_required'],
  hazWasteClasses: null,
  objectKinds: ['industrial'],
  requires: { always: true },
  completedBy: 'Ledger',
  facts: [],
  watch: [],
  workdays: null,
  ...rest,
});
const fileOf = (rows: Readonly<Record<string, readonly Row[]>> = {}, today = '2027-07-10'): DutyFile => ({
  objectKind: 'industrial',
  since: '2027-01-01',
  today,
  rowsOf: (entity) => rows[entity.name] ?? [],
  isVerified: () => false,
  changedOn: () => null,
});
const nextOf = (rule: DutyDefinition, file: DutyFile, proofs: Parameters<typeof scheduleOf>[3] = []) =>
  scheduleOf(DICTIONARY, rule, file, proofs).next?.day ?? null;

test('a period is due some days after its end, whatever the length of the month', () => {
  const monthly: DueRule = { kind: 'per_period', period: 'month', offsetDays: 0, unit: 'calendar' };
  expect(daysWithin(monthly, { from: '2028-01-01', to: '2028-04-30' })).toEqual([
    '2028-01-31',
    '2028-02-29',
    '2028-03-31',
    '2028-04-30',
  ]);
  const quarterly: DueRule = { kind: 'per_period', period: 'quarter', offsetDays: 15, unit: 'calendar' };
  expect(daysWithin(quarterly, YEAR)).toEqual(['2027-01-15', '2027-04-15', '2027-07-15', '2027-10-15']);
  // What is reported on 8 April reports the first quarter; on 2 January that of the year before.
  expect(occurrenceOf(quarterly, '2027-04-08')).toBe('2027-04-15');
  expect(occurrenceOf(quarterly, '2027-01-02')).toBe('2027-01-15');
  const leap: DueRule = { kind: 'fixed_date', month: 2, day: 29, unit: 'calendar' };
  expect(daysWithin(leap, { from: '2027-01-01', to: '2028-12-31' })).toEqual(['2027-02-28', '2028-02-29']);
});

test('what was done takes away its occurrence and those before it, and the next is due', () => {
  const rule = ruleOf({ kind: 'per_period', period: 'month', offsetDays: 10, unit: 'calendar' });
  expect(nextOf(rule, fileOf())).toBe('2027-01-10');
  expect(nextOf(rule, fileOf(), [{ dueDate: '2027-03-10', doneDate: '2027-03-20' }])).toBe('2027-04-10');
  const interval = ruleOf({ kind: 'interval', field: 'SoilDuty.date', months: 6, unit: 'calendar' });
  // Nothing tells when it was done last: no day is made up.
  expect(nextOf(interval, fileOf())).toBeNull();
  expect(nextOf(interval, fileOf(), [{ dueDate: null, doneDate: '2027-08-31' }])).toBe('2028-02-29');
});

test('a class that changes in the middle of the year brings the duties of each half', () => {
  const rule = ruleOf(
    { kind: 'per_period', period: 'month', offsetDays: 15, unit: 'calendar' },
    { permitClasses: ['key'] },
  );
  const permit = [
    { managementClass: 'simplified', validFrom: '2024-07-01', validTo: '2027-06-30' },
    { managementClass: 'key', validFrom: '2027-07-01', validTo: '2032-06-30' },
  ];
  const file = fileOf({ permit });
  const days = scheduleOf(DICTIONARY, rule, file, [])
    .within(YEAR)
    .filter(({ day }) => appliesOn(DICTIONARY, rule, file, day).applies === true);
  expect(days.map((one) => one.day.slice(5))).toEqual(['07-15', '08-15', '09-15', '10-15', '11-15', '12-15']);
  // Without a permit on file nobody knows, and that is said.
  expect(appliesOn(DICTIONARY, rule, fileOf(), '2027-07-15')).toEqual({ applies: null, because: ['排污许可类别'] });
});

test('working days leave out holidays and take in the days worked instead', () => {
  const calendar = {
    years: [2026],
    holidays: [{ from: '2026-10-01', to: '2026-10-07' }],
    makeUp: ['2026-10-10'],
  };
  expect(addWorkDays(calendar, '2026-09-30', 3)).toBe('2026-10-10');
  // A year that nobody published goes by weekends.
  expect(addWorkDays(calendar, '2027-10-01', 1)).toBe('2027-10-04');
});

test('only full periods of a plan count, and the first without a result is the one that is due', () => {
  const plan = {
    outletId: null,
    point: '厂界 N1',
    pollutant: '噪声',
    frequency: 'quarterly',
    from: '2027-02-15',
    to: null,
    createdAt: '2027-02-15T00:00:00.000Z',
  };
  expect(periodsIn(plan, YEAR).map((one) => one.to)).toEqual(['2027-06-30', '2027-09-30', '2027-12-31']);
  const result = { kind: 'self', outletId: null, point: '厂界N1', pollutant: '噪声', judgement: null };
  const measured = [{ ...result, date: '2027-05-02' }];
  expect(nextMeasurement(plan, [], '2027-07-10', new Set())).toBe('2027-06-30');
  expect(nextMeasurement(plan, [], '2027-07-10', new Set(['2027-06-30']))).toBe('2027-09-30');
  expect(nextMeasurement({ ...plan, point: '厂界N1' }, measured, '2027-07-10', new Set())).toBe('2027-09-30');
  expect(periodsIn({ ...plan, frequency: 'continuous' }, YEAR)).toEqual([]);
});

test('what another rule of Today tells is told by a rule that is there', () => {
  for (const rule of Object.values(TOLD_BY)) expect([...TODAY_RULES.keys()]).toContain(rule);
});

test('a project that was built is not told to begin within five years; where the file tells no stage, nobody is warned', () => {
  const rule = ruleOf(
    { kind: 'from_field', field: 'EiaProject.approvalDate', offsetMonths: 60, unit: 'calendar' },
    { completedBy: 'EiaProject.constructionStartDate' },
  );
  const eiaProject = [{ projectName: '新建厂房', approvalDate: '2022-03-01' }];
  const at = (lifecycleStage: string | null) => fileOf({ eiaProject, enterprise: [{ lifecycleStage }] });
  const applies = (stage: string | null) => appliesOn(DICTIONARY, rule, at(stage), '2027-07-10').applies;
  expect([null, 'operation', 'permit'].map(applies)).toEqual([null, false, true]);
  expect(nextOf(rule, at('permit'))).toBe('2027-03-01');
});

test('a drainage licence is renewed by the day of the newest one of its sort, whatever other licences say', () => {
  const rule = ruleOf(
    { kind: 'from_field', field: 'DrainLicence.validTo', offsetDays: -30, unit: 'calendar' },
    { completedBy: 'DrainLicence.validTo' },
  );
  const otherLicence = [
    { kind: 'drainage', number: 'QP2022-1', validTo: '2027-08-30' },
    { kind: 'drainage', number: 'QP2027-9', validTo: '2032-08-30' },
    { kind: 'food', number: 'JY1', validTo: '2027-09-30' },
  ];
  expect(nextOf(rule, fileOf({ otherLicence: otherLicence.slice(0, 1) }))).toBe('2027-07-31');
  expect(nextOf(rule, fileOf({ otherLicence }))).toBe('2032-07-31');
  expect(nextOf(rule, fileOf({ otherLicence: otherLicence.slice(2) }))).toBeNull();
});
