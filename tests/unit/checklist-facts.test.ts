// Facts of the file in three values, found in the dictionary by name; what items require of them; scores of checklists.
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { defineEntity } from '../../domain/dictionary/entity.ts';
import { INNER } from '../../domain/dictionary/facets.ts';
import { decimal, text } from '../../domain/dictionary/field.ts';
import { ENTITIES } from '../../domain/entities.ts';
import {
  canBeRead,
  conditionOf,
  factHolds,
  judgeRequirement,
  type Fact,
  type KnownFile,
} from '../../domain/knowledge/facts.ts';
import { scoreOf, type ScoringRule } from '../../domain/knowledge/scoring.ts';
import { enterpriseId, ofEnterprise } from '../../domain/enterprises/part.ts';

const read = (name: string): never =>
  JSON.parse(readFileSync(new URL(`../../resources/content/${name}`, import.meta.url), 'utf8')) as never;
const { facts } = read('facts.json') as { facts: Fact[] };
const { scoringRules } = read('checklists.json') as { scoringRules: Record<string, ScoringRule> };
const factNamed = (id: string): Fact => facts.find((fact) => fact.id === id)!;
type Rows = Record<string, Record<string, unknown>[]>;
const file = (rows: Rows, ...verified: string[]): KnownFile => ({
  rowsOf: (entity) => rows[entity.name] ?? [],
  isVerified: (section) => verified.includes(section),
});
const holds = (id: string, rows: Rows, ...verified: string[]) =>
  factHolds({ entities: ENTITIES }, factNamed(id), file(rows, ...verified));

test.each([
  ['permit.certificate', { permit: [{ managementClass: 'simplified' }] }, [], true],
  ['permit.certificate', { permit: [{ managementClass: 'registration' }] }, [], null],
  ['permit.certificate', { permit: [{ managementClass: 'registration' }] }, ['formalities'], false],
  ['permit.listed', { permit: [{ managementClass: 'not_required' }] }, [], false],
  ['permit.listed', {}, [], null],
  ['permit.listed', {}, ['formalities'], false],
  // Two things of one row: approved is who has a report and its number.
  ['eia.approved', { eiaProject: [{ documentKind: 'report_form', approvalNo: '沪环〔2021〕1号' }] }, [], true],
  [
    'eia.approved',
    {
      eiaProject: [
        { documentKind: 'report_form', approvalNo: null },
        { documentKind: 'exempt', approvalNo: 'x' },
      ],
    },
    [],
    null,
  ],
  ['eia.approved', { eiaProject: [{ documentKind: 'report_form', approvalNo: null }] }, ['formalities'], false],
  ['car.paint_booth', { carRepairBlock: [{ sprayBooths: 2 }] }, [], true],
  ['car.paint_booth', { carRepairBlock: [{ sprayBooths: 0 }] }, [], false],
  ['bio.pathogen', { laboratoryBlock: [{ biosafetyLevel: 'none' }] }, [], false],
  ['emergency.plan_required', { emergencyPlan: [{ required: 'yes' }] }, [], true],
  ['emergency.plan_required', { emergencyPlan: [{ required: 'no' }] }, [], false],
  ['emergency.plan_required', { emergencyPlan: [{ required: 'unknown' }] }, [], null],
  ['disclosure.listed', { keyListEntry: [{ list: 'key_polluter' }] }, [], true],
  // Only ever true: a missing tag proves nothing, whatever was verified.
  ['warning.listed', { enterpriseTag: [{ tag: '应急减排清单 2026' }] }, [], true],
  ['warning.listed', {}, ['basic', 'production'], null],
  // Told in words by the content, kept in fields since: another field of the row, of the row it hangs on, or another kind.
  ['risk.leak', { material: [{ category: 'chemical', form: 'liquid' }] }, [], true],
  ['risk.leak', { material: [{ category: 'chemical', form: 'solid' }] }, ['emergency'], null],
  ['chem.new_substance', { material: [{ category: 'raw', isNewChemical: 1 }] }, [], true],
  ['exhaust.fugitive', { complaint: [{ content: '夜间有异味，像油漆' }] }, [], true],
  ['project.new_or_expanding', { acceptance: [{ kind: 'pending' }] }, [], true],
  ['project.new_or_expanding', { eiaProject: [{ nature: 'new' }] }, ['formalities'], null],
  [
    'wastewater.process',
    { outlet: [{ id: 'o', medium: 'wastewater' }], outletLimit: [{ outletId: 'o', pollutant: '总铬' }] },
    [],
    true,
  ],
  [
    'wastewater.process',
    { outlet: [{ id: 'o', medium: 'wastewater' }], outletLimit: [{ outletId: 'o', pollutant: '动植物油' }] },
    [],
    null,
  ],
  [
    'wastewater.voc',
    { outlet: [{ id: 'o', medium: 'wastewater' }], outletLimit: [{ outletId: 'o', pollutant: '挥发性有机物' }] },
    [],
    true,
  ],
  [
    'wastewater.voc',
    { outlet: [{ id: 'o', medium: 'air' }], outletLimit: [{ outletId: 'o', pollutant: '挥发性有机物' }] },
    [],
    null,
  ],
  // Nobody keeps such records yet, or only people can tell: unknown, never false.
  ['building.renovation', {}, ['basic', 'waste'], null],
  ['incident.recorded', {}, ['emergency'], null],
] as const)('%s of %j verified %j is %s', (id, rows, verified, truth) => {
  expect(holds(id, rows as never, ...verified)).toBe(truth);
});

test('a kind that the dictionary does not have leaves its facts unknown; one that is added is read without a change', () => {
  const known = (fact: Fact, entities: readonly never[], rows: Rows) =>
    factHolds({ entities }, fact, file(rows, fact.section ?? ''));
  const fact: Fact = {
    id: 'x',
    label: '有放射源',
    section: 'production',
    decides: 'both',
    sources: [{ record: 'MadeUpSource', field: 'activity', condition: '> 0 where form = sealed' }],
  };
  expect(known(fact, ENTITIES as never, {})).toBeNull();
  const madeUpSource = defineEntity({
    name: 'madeUpSource',
    label: '放射源',
    ...ofEnterprise,
    facets: { ...INNER, write: 'plain', travels: 'parent', since: 1 },
    fields: { enterpriseId, activity: decimal({ label: '活度' }), form: text({ label: '形态' }) },
  });
  const more = [...ENTITIES, madeUpSource] as never;
  expect(known(fact, more, { madeUpSource: [{ activity: '3.7', form: 'sealed' }] })).toBe(true);
  expect(known(fact, more, { madeUpSource: [{ activity: '3.7', form: 'open' }] })).toBe(false);
  expect(known(fact, more, {})).toBe(false);
});

test('who rents in a building is read from the tenants, not from the building itself', () => {
  const building = (tenants: Rows[string], ...verified: string[]) =>
    factHolds({ entities: ENTITIES }, factNamed('building.catering_tenant'), {
      ...file({ enterprise: [{ objectKind: 'catering' }] }, ...verified),
      tenants,
    });
  expect(building([{ objectKind: 'laboratory' }, { objectKind: 'catering' }])).toBe(true);
  expect(building([{ objectKind: 'laboratory' }])).toBeNull();
  expect(building([{ objectKind: 'laboratory' }], 'basic')).toBe(false);
});

test('of all sources of facts these alone name what no file keeps: whoever adds such a kind strikes its line', () => {
  const unread = facts.flatMap(({ id, sources }) =>
    sources
      .filter((source) => !canBeRead({ entities: ENTITIES }, source))
      .map(({ record, field }) => `${id} ${record}.${field}`),
  );
  expect(unread).toEqual([
    'project.new_or_expanding PreEntryReview.id',
    'site.land_transfer PreEntryReview.land',
    'incident.recorded Complaint.topic',
    'incident.recorded EmergencyPlan.drills',
    'warning.heavy_pollution Visit.manual',
    'building.renovation Visit.manual',
    'vehicle.observed Visit.manual',
  ]);
});

test('conditions in words that only people understand are no tests', () => {
  expect(conditionOf('in new,rebuild and no passed Acceptance')).toBeNull();
  expect(conditionOf('由巡查人员当次勾选')).toBeNull();
  expect(conditionOf('in warehouse,room where waste = hazardous')).toMatchObject({ where: { field: 'waste' } });
  expect(conditionOf('kind in 住宅,学校,医院 within 200 m')).toMatchObject({ of: 'kind', within: 200 });
  const told = facts.flatMap((f) => f.sources).filter((s) => !conditionOf(s.condition));
  expect(told.length).toBeLessThanOrEqual(10);
});

test('what an item requires is judged in three values, with the facts that decide', () => {
  const truths: Record<string, boolean | null> = { yes: true, no: false, open: null };
  const judge = (requirement: never) =>
    judgeRequirement(requirement, (id) => ({ label: id, truth: truths[id] ?? null }));
  expect(judge({ always: true } as never)).toEqual({ applies: true, because: [] });
  expect(judge({ all: ['yes', 'no', 'open'] } as never)).toEqual({ applies: false, because: ['no'] });
  expect(judge({ all: ['yes', 'open'] } as never)).toEqual({ applies: null, because: ['open'] });
  expect(judge({ any: ['no', { all: ['no', 'yes'] }] } as never)).toEqual({ applies: false, because: ['no', 'no'] });
  expect(judge({ any: ['no', 'yes'] } as never).applies).toBe(true);
});

const item = (result: string, weight = 1, handlingClass = 'deadline', rectified = false) => ({
  weight,
  handlingClass,
  result,
  rectified,
});

test('a checklist is scored by its rule: factors, what is left out, thresholds, the veto, and provisional', () => {
  const score = (...items: ReturnType<typeof item>[]) => scoreOf(scoringRules['default'] as ScoringRule, items);
  const good = Array.from({ length: 8 }, () => item('conforming'));
  expect(score(...good, item('nonconforming'), item('partial'))).toEqual({
    rate: '85.0%',
    level: 'good',
    provisional: false,
  });
  expect(score(...good, item('nonconforming', 2))).toMatchObject({ rate: '80.0%', level: 'fair' });
  expect(score(item('conforming'), item('nonconforming'))).toMatchObject({ rate: '50.0%', level: 'unqualified' });
  expect(score(...good, ...good, item('nonconforming', 1, 'major'))).toMatchObject({ level: 'unqualified' });
  expect(score(...good, ...good, item('nonconforming', 1, 'major', true))).toMatchObject({ level: 'fair' });
  expect(score(item('conforming'), item('unchecked'), item('not_applicable'))).toMatchObject({ provisional: true });
  expect(score(item('unchecked'))).toEqual({ rate: '－', level: null, provisional: true });
});
