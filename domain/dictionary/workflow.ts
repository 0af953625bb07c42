// State machines: one transition table per kind of record. Guards, buttons, dialogs, the command line and the checks of
// merged rows read it.
import type { Vocabulary } from './vocabulary.ts';

/** A value that a person gives with an event. */
export type EventValue = string | number | boolean | null;
/** What a person gives with an event, by name of the field that is asked for. */
export type EventValues = Readonly<Record<string, EventValue>>;

/** Something that stands in the way of an event: a code for tests and programs, a Chinese sentence that says what to do. */
export interface Missing {
  readonly code: string;
  readonly sentence: string;
}

/** A field that an event asks for. */
export interface Ask {
  /** Name of the field, and of its value among those given. */
  readonly field: string;
  /** Kind whose field it is, where that is not the kind that the workflow names in `asksOf`. */
  readonly of?: string;
  /** Where the field's own label would say too little. */
  readonly label?: string;
  /** An example, shown in the empty field. */
  readonly example?: string;
  /** The sentence of the refusal without it; without such a sentence it may be left out. */
  readonly required?: string;
  /** A flag asked beside it: needed only where that is ticked, or (with `!` in front) only where it is not. */
  readonly requiredWhen?: string;
  /** Asked for only where a flag before it is ticked, (with `!` in front) is not, or a choice is `field=value`. */
  readonly when?: string;
  /** Of a choice, the ids that make sense here. */
  readonly choices?: readonly string[];
  /** What stands there before anybody types: the day of today, or one of the choices. */
  readonly initial?: 'today' | { readonly value: EventValue };
}

/** Where a window offers an event: as the step that leads on, as a button beside it, or in the menu of the other ones. */
export type Place = 'main' | 'side' | 'menu';

/** What every guard knows of the person and the day, and what was given. */
export interface Given {
  readonly today: string;
  readonly by: string;
  readonly role: string;
  readonly values: EventValues;
}

/** A row of a transition table: from which states to which, who may, what it asks for, what it looks at. */
export interface WorkflowEvent<S extends string, F, I> {
  /** Words of the button. */
  readonly label: string;
  /** States in which it may happen; none for an event that makes the record or that only the program writes. */
  readonly from: readonly S[];
  /** The state it leads to; `same` leaves it; `before_void` needs `becomes`. */
  readonly to: S | 'same' | 'before_void';
  /** The state it leads to where the table alone can't say. */
  becomes?(facts: F): S;
  /** Fields that it asks for, in the order of the dialog. */
  readonly asks: readonly (string | Ask)[];
  /** The sentence without a reason: it then asks for one, which stands in the history with the event. */
  readonly reason?: string;
  /** Roles of the dictionary's staff that may do it. */
  readonly allowedTo: readonly string[];
  /** Event that it takes back. */
  readonly undoOf?: string;
  /** Fields of the record that it sets beside the state and what it asks for. */
  readonly sets?: EventValues;
  /** Event that is recorded first, in the same action, where that leads into `from`. */
  readonly through?: string;
  /** What is said in a state where it can't happen, where the general sentence would say too little. */
  readonly elsewhere?: Readonly<Partial<Record<S, string>>>;
  /** What the window says when it is done. */
  readonly said?: string;
  /** Name of the action in the history, where the label would say too little there. */
  readonly action?: string;
  readonly place?: Place;
  readonly danger?: true;
  /** Key of the window that does it, shown on its button. */
  readonly key?: string;
  /** Whether it is offered at all in its state. */
  suits?(facts: F): boolean;
  /** What stands in its way; `input` is null before anything was entered. */
  guard?(facts: F, input: I | null): Missing[];
}

/** What stands still in a state: the sentence that refuses a change, and the kinds of file that still come then. */
export interface Settled {
  readonly sentence: string;
  readonly files: readonly string[];
}

/** A state machine of one kind of record. */
export interface Workflow<S extends string = string, F = never, I = unknown, E extends string = string> {
  /** Name of the kind. */
  readonly of: string;
  /** Field that holds the state. */
  readonly state: string;
  readonly states: Vocabulary<S>;
  /** Kind whose fields the events ask for; the kind itself unless its events are rows of their own. */
  readonly asksOf: string;
  /** States in which the content of a record, its rows and its files stand still until an event opens it again. */
  readonly settled?: Readonly<Partial<Record<S, Settled>>>;
  /** Kinds of file of this kind that stand still with the record that a field names. */
  readonly settledWith?: { readonly field: string; readonly files: readonly string[] };
  /** What every event is held against, before its own guard. */
  always?(facts: F, input: I | null): Missing[];
  /** By id, in the order of the buttons. */
  readonly events: Readonly<Record<E, WorkflowEvent<S, F, I>>>;
  /** What the guards are given, from what the person gave. */
  input(given: Given): I;
}

interface WorkflowOptions<S extends string, F, I, E extends string> {
  of: string;
  state: string;
  states: Vocabulary<S>;
  asksOf?: string;
  input?: (given: Given) => I;
  always?: (facts: F, input: I | null) => Missing[];
  settled?: Readonly<Partial<Record<NoInfer<S>, Settled>>>;
  settledWith?: { field: string; files: readonly string[] };
  events: Readonly<Record<E, WorkflowEvent<NoInfer<S>, F, I>>>;
}

/**
 * Defines the state machine of a kind; `defineEntity({ workflow })` pulls it in. It names the kind and its fields as strings, so that
 * there is no circle; a test walks all machines and checks that what they name is there.
 * @returns a builder, so that the facts of the guards are named while states and events are inferred
 */
export const defineWorkflow =
  <F, I = Given>() =>
  <const S extends string, const E extends string>(options: WorkflowOptions<S, F, I, E>): Workflow<S, F, I, E> => ({
    of: options.of,
    state: options.state,
    states: options.states,
    asksOf: options.asksOf ?? options.of,
    events: options.events,
    input: options.input ?? ((given) => given as I),
    ...(options.always && { always: options.always }),
    ...(options.settled && { settled: options.settled }),
    ...(options.settledWith && { settledWith: options.settledWith }),
  });

/** Any machine, for what is common to all. */
export type AnyWorkflow = Workflow<string, never, unknown, string>;
/** The sentence with which a file of a kind (without one: any other content) is refused in a state, or null. */
export function settledIn(workflow: AnyWorkflow, state: string, file?: string): string | null {
  const settled = workflow.settled?.[state];
  return !settled || (file !== undefined && settled.files.includes(file)) ? null : settled.sentence;
}

/** Any row of a table. */
export type AnyEvent = WorkflowEvent<string, never, unknown>;

/** `condition` as a list of what is missing. */
export const missingWhen = (bad: boolean, code: string, sentence: string): Missing[] =>
  bad ? [{ code, sentence }] : [];

/** The fields that an event asks for, each with the kind it belongs to. */
export function asksOf(workflow: AnyWorkflow, event: AnyEvent): (Ask & { readonly of: string })[] {
  return event.asks.map((ask) => ({ of: workflow.asksOf, ...(typeof ask === 'string' ? { field: ask } : ask) }));
}

/** Whether a flag is ticked, or with `!` in front is not, or a choice has a value; true without a condition. */
const holds = (condition: string | undefined, values: EventValues): boolean => {
  if (!condition) return true;
  const [field = '', value] = condition.split('=');
  if (value !== undefined) return values[field] === value;
  return condition.startsWith('!') ? values[condition.slice(1)] !== true : values[condition] === true;
};

/** Whether a field is asked for beside what else was given. */
export const isAsked = (ask: Ask, values: EventValues): boolean => holds(ask.when, values);

/** Whether an event may do without a field. */
export const isNeeded = (ask: Ask, values: EventValues): boolean =>
  ask.required !== undefined && isAsked(ask, values) && holds(ask.requiredWhen, values);

/** The event of that name, or null. */
export function eventOf(workflow: AnyWorkflow, id: string): AnyEvent | null {
  return Object.hasOwn(workflow.events, id) ? (workflow.events[id] ?? null) : null;
}

/** Label of a state. */
export const stateLabel = (workflow: AnyWorkflow, state: string): string =>
  (workflow.states.labels as Readonly<Record<string, string>>)[state] ?? state;

/** Words for the events that the table has from a state. */
function nowPossible(workflow: AnyWorkflow, state: string): string {
  const labels = Object.values(workflow.events).flatMap((e) => (e.from.includes(state) ? [`“${e.label}”`] : []));
  return labels.length > 0 ? `现在可以${labels.join('、')}` : '这一状态下没有可办的事项';
}

/** The sentence for an event that is not in the table, or not from this state: what is wrong and what can be done. */
export function notPossible(workflow: AnyWorkflow, id: string, state: string): string {
  const event = eventOf(workflow, id);
  if (!event) return `没有“${id}”这一事项；${nowPossible(workflow, state)}`;
  return (
    event.elsewhere?.[state] ??
    `“${stateLabel(workflow, state)}”时不能“${event.label}”；${nowPossible(workflow, state)}`
  );
}

/** The state that an event leads to. */
export function targetOf(event: AnyEvent, state: string, facts: unknown): string {
  return event.becomes?.(facts as never) ?? (event.to === 'same' ? state : event.to);
}

/** Whether an event may start in a state: directly, or through the event that is recorded first. */
export function leadsThrough(workflow: AnyWorkflow, event: AnyEvent, state: string): string | null {
  const first = event.through ? workflow.events[event.through] : undefined;
  return event.through && first?.from.includes(state) && event.from.includes(first.to) ? event.through : null;
}

/** What the table and its guards have against an event, whoever does it; `input` is null before anything was entered. */
export function obstacles(workflow: AnyWorkflow, id: string, state: string, facts: unknown, input: unknown): Missing[] {
  const event = eventOf(workflow, id);
  if (!event?.from.includes(state)) return [{ code: 'STATE', sentence: notPossible(workflow, id, state) }];
  return [...(workflow.always?.(facts as never, input) ?? []), ...(event.guard?.(facts as never, input) ?? [])];
}

/** Where a record stands, and who looks at it. */
export interface Standing {
  readonly state: string;
  readonly facts: unknown;
  readonly role: string;
}

/**
 * Everything that stands in the way of an event; empty means that it may happen. `given` is null before anything was entered;
 * `roleWords` says a role in words.
 */
export function checkEvent(
  workflow: AnyWorkflow,
  id: string,
  at: Standing,
  given: Given | null,
  roleWords: (role: string) => string,
): Missing[] {
  const event = eventOf(workflow, id);
  if (!event?.from.includes(at.state)) return obstacles(workflow, id, at.state, at.facts, null);
  if (!event.allowedTo.includes(at.role)) {
    const who = event.allowedTo.map(roleWords).join('、');
    return [{ code: 'ROLE', sentence: `“${event.label}”由${who}办理，请换一位使用人` }];
  }
  return [
    ...(given ? missingAsks(workflow, event, given.values) : []),
    ...obstacles(workflow, id, at.state, at.facts, given && workflow.input(given)),
  ];
}

/** What was asked for and not given. */
function missingAsks(workflow: AnyWorkflow, event: AnyEvent, values: EventValues): Missing[] {
  const empty = (value: EventValue | undefined): boolean =>
    value === undefined || value === null || (typeof value === 'string' && value.trim() === '');
  return [
    ...asksOf(workflow, event).flatMap((ask) =>
      isNeeded(ask, values) && empty(values[ask.field])
        ? [{ code: codeOf(ask.field), sentence: ask.required ?? '' }]
        : [],
    ),
    ...missingWhen(event.reason !== undefined && empty(values.reason), 'REASON', event.reason ?? ''),
  ];
}

/** Code of a field that is missing: `signerName` is SIGNER_NAME. */
const codeOf = (field: string): string => field.replace(/[A-Z]/g, (c) => `_${c}`).toUpperCase();

/** States that can be reached from the making of a record by events of the table. */
export function reachableStates(workflow: AnyWorkflow): Set<string> {
  const events = Object.values(workflow.events);
  const reached = new Set(events.filter((e) => e.from.length === 0).map((e) => e.to));
  for (let before = -1; before < reached.size;) {
    before = reached.size;
    for (const e of events) if (e.from.some((state) => reached.has(state))) reached.add(e.to);
  }
  return new Set([...reached].filter((state) => state !== 'same' && state !== 'before_void'));
}

/** The state in which an event of the table makes a record. @throws for an event that leads to none of its own */
export function bornIn<S extends string, E extends string>(workflow: Workflow<S, never, unknown, E>, event: E): S {
  const { to } = workflow.events[event];
  if (to === 'same' || to === 'before_void') throw new Error(`${workflow.of}.${event} makes nothing`);
  return to;
}

/** Where a record stands in its life. */
export type Phase = 'new' | 'underWay' | 'done' | 'dropped';

/** Phase of a state: what no button leads on from has ended, by a dangerous event it was dropped. */
export function phaseOf(workflow: AnyWorkflow, state: string): Phase {
  const events = Object.values(workflow.events);
  const into = events.filter((e) => e.to === state && !e.undoOf);
  const leadsOn = (e: AnyEvent): boolean => !e.undoOf && (e.place === 'main' || e.place === 'side');
  if (events.some((e) => e.from.includes(state) && leadsOn(e)))
    return into.every((e) => e.from.length === 0) ? 'new' : 'underWay';
  return into.some((e) => e.danger) ? 'dropped' : 'done';
}
