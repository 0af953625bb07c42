// Every state machine of the dictionary: what it names is there, every state can be reached, every event says who may and what it asks for.
import { describe, expect, test } from 'vitest';
import {
  asksOf,
  eventOf,
  notPossible,
  phaseOf,
  reachableStates,
  type AnyWorkflow,
} from '../../domain/dictionary/workflow.ts';
import { metaOf, type FieldMeta } from '../../domain/dictionary/field.ts';
import { fieldsOf, writableFields } from '../../domain/dictionary/entity.ts';
import { ENTITIES, entityNamed, hasEntity } from '../../domain/entities.ts';
import { STAFF_ROLES } from '../../domain/identity/entities.ts';
import { WORKFLOWS } from '../../domain/workflows.ts';

test('the six machines of the closed loop are pulled in by their kinds', () => {
  for (const kind of ['round', 'roundTarget', 'visit', 'finding', 'rectificationNotice', 'training'])
    expect([...WORKFLOWS.keys()]).toContain(kind);
});

/** Words of a life cycle; two of them in one vocabulary make it one. */
const STAGES =
  /^(draft|planned|pending|running|open|issued|applied|in_progress|done|finished|closed|archived|undone|voided)$/;
const MACHINES = [...WORKFLOWS.values()].map((kind) => kind.workflow);

/** Whether a field says how far its record has come. */
function isState(name: string, meta: FieldMeta): boolean {
  const ids = meta.vocabulary?.ids ?? [];
  const staged = ids.filter((id) => STAGES.test(id)).length > 1;
  const shared = MACHINES.some((machine) => machine.states.ids.join() === ids.join());
  return meta.kind === 'choice' && (/(state|status)$/i.test(name) || staged || shared);
}

test('every state of the dictionary has its machine, is derived, is what people observe, or stands in a row that an event writes', () => {
  const lost = ENTITIES.flatMap((kind) =>
    fieldsOf(kind)
      .filter(({ name, meta }) => isState(name, meta))
      .filter(({ name, meta }) => kind.workflow?.state !== name && !meta.derived && !meta.observed)
      .filter(() => !MACHINES.some((machine) => machine.asksOf === kind.name && machine.of !== kind.name))
      .map(({ name }) => `${kind.name}.${name}`),
  );
  expect(lost).toEqual([]);
  // The net catches something at all.
  const caught = ENTITIES.flatMap((kind) => fieldsOf(kind).filter(({ name, meta }) => isState(name, meta)));
  expect(caught.length).toBeGreaterThan(WORKFLOWS.size + 3);
});

describe.each([...WORKFLOWS.values()].map((kind) => ({ name: kind.name, kind })))('$name', ({ kind }) => {
  const { workflow } = kind;
  const states: readonly string[] = workflow.states.ids;
  const events = Object.entries(workflow.events);

  test('it names its own kind, and a field whose choices are its states', () => {
    expect(workflow.of).toBe(kind.name);
    const schema = kind.fields[workflow.state];
    expect(schema && metaOf(schema).vocabulary?.ids).toEqual(states);
    expect(schema && states.includes(String(metaOf(schema).initial))).toBe(true);
  });

  test('the state is no field that a form or a file writes', () => {
    expect(writableFields(kind).map((f) => f.name)).not.toContain(workflow.state);
  });

  test('every event goes from states to a state of the vocabulary, and every state can be reached', () => {
    for (const [id, event] of events) {
      for (const state of event.from) expect(states, `${id} from`).toContain(state);
      if (event.to === 'before_void') expect(event.becomes, `${id} becomes`).toBeTypeOf('function');
      else if (event.to !== 'same') expect(states, `${id} to`).toContain(event.to);
      if (event.through) expect(eventOf(workflow, event.through), `${id} through`).not.toBeNull();
      if (event.undoOf) expect(eventOf(workflow, event.undoOf), `${id} undoOf`).not.toBeNull();
    }
    expect([...reachableStates(workflow)].sort()).toEqual([...states].sort());
  });

  test('every event has its label, its sentence where it can not happen, and roles that there are', () => {
    const labels = events.map(([, event]) => event.label);
    for (const [id, event] of events) {
      expect(event.label, id).toMatch(/^\p{Script=Han}[\p{Script=Han}，]*$/u);
      expect(event.allowedTo.length, `${id} allowedTo`).toBeGreaterThan(0);
      for (const role of event.allowedTo) expect(STAFF_ROLES.ids, `${id} allowedTo`).toContain(role);
      for (const state of states.filter((s) => !event.from.includes(s)))
        expect(notPossible(workflow, id, state), `${id} in ${state}`).toMatch(/\p{Script=Han}{3}/u);
    }
    expect(new Set(labels).size).toBe(labels.length);
    expect(notPossible(workflow, 'explode', states[0] ?? '')).toContain('没有“explode”这一事项');
  });

  test('what it asks for and sets are fields of the kind; choices and first values are of their vocabulary', () => {
    for (const [id, event] of events) {
      for (const field of Object.keys(event.sets ?? {})) expect(kind.fields, `${id} sets`).toHaveProperty(field);
      const asked = asksOf(workflow, event).map((ask) => ask.field);
      for (const ask of asksOf(workflow, event)) {
        expect(hasEntity(ask.of), `${id} asks of ${ask.of}`).toBe(true);
        const schema = entityNamed(ask.of).fields[ask.field];
        expect(schema, `${id} asks ${ask.of}.${ask.field}`).toBeDefined();
        if (!schema) continue;
        expect(metaOf(schema).derived, `${id} asks a derived field`).toBeUndefined();
        const ids = metaOf(schema).vocabulary?.ids ?? [];
        for (const choice of ask.choices ?? []) expect(ids, `${id} ${ask.field}`).toContain(choice);
        if (typeof ask.initial === 'object') expect(ids, `${id} ${ask.field}`).toContain(ask.initial.value);
        if (ask.initial === 'today') expect(metaOf(schema).kind, `${id} ${ask.field}`).toBe('day');
        for (const flag of [ask.when, ask.requiredWhen])
          if (flag)
            expect([...Object.keys(kind.fields), ...asked], `${id} ${flag}`).toContain(flag.replace(/^!|=.*$/g, ''));
      }
      if (event.reason !== undefined) expect(event.reason, id).toMatch(/^请写/);
    }
  });

  test('what takes an event back starts where that event led, or asks why', () => {
    for (const [id, event] of events) {
      const first = event.undoOf ? eventOf(workflow, event.undoOf) : null;
      if (first && first.to !== 'same' && first.to !== 'before_void') expect(event.from, id).toContain(first.to);
    }
  });
});

test('the phase of a state follows from the table: what leads on is under way, what was refused is no success', () => {
  const of = (kind: string, state: string) =>
    phaseOf((WORKFLOWS.get(kind) as { workflow: AnyWorkflow }).workflow, state);
  expect(['received', 'surveyed', 'closed', 'not_accepted'].map((s) => of('complaint', s))).toEqual([
    'new',
    'underWay',
    'done',
    'dropped',
  ]);
  expect(['draft', 'recorded', 'signed', 'locked'].map((s) => of('visit', s))).toEqual([
    'new',
    'underWay',
    'done',
    'done',
  ]);
});
