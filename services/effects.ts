// What the events of a capability do beside setting fields: the shape of it. `services/workflow` performs the events.
import type { Made } from '../contract/workflow.ts';
import type { EventValues } from '../domain/dictionary/workflow.ts';
import type { Reader, Writer } from '../db/index.ts';
import type { Context } from './context.ts';

/** A record as the guards see it. */
export interface Seen {
  readonly row: Readonly<Record<string, unknown>>;
  readonly state: string;
  readonly facts: unknown;
}

/** An event that may happen, before it is written. */
export interface Happening extends Seen {
  readonly id: string;
  readonly event: string;
  readonly to: string;
  /** What the person gave, checked, with the days that were left out. */
  readonly values: EventValues;
}

/** Fields of the record that an event sets. */
export type FieldPatch = Readonly<Record<string, unknown>>;

/** What one event does beside setting the state and the fields that it asks for. */
export interface EventEffect {
  /** Name of the action where it depends on what was given. */
  name?(values: EventValues): string;
  /** What somebody should look twice at before it, of all records at once; it stops nothing. */
  doubts?(ctx: Context, ids: readonly string[]): Promise<string[]>;
  /** Before the record is written: what is read or worked out without the writer. Its fields are set with the state. */
  prepare?(ctx: Context, id: string, values: EventValues): Promise<FieldPatch>;
  /** Values for the event that is recorded first. */
  first?(values: EventValues): EventValues;
  /** Inside the action, before the state changes; the fields it gives back are set with the state. */
  run?(ctx: Context, tx: Writer, happening: Happening): Promise<FieldPatch | void>;
  /** Inside the action, once for all records. Gives back what it made. */
  together?(ctx: Context, tx: Writer, happenings: readonly Happening[]): Promise<Made[]>;
  /** After the action: what may fail without taking it back. */
  after?(ctx: Context, ids: readonly string[], made: readonly Made[]): Promise<void>;
}

/** What a capability adds to the workflow of one of its kinds. A kind without any needs none. */
export interface Effects {
  /** Name of the kind. */
  readonly of: string;
  /** Source of the values in the log (`form`). */
  readonly source?: string;
  /** What the guards look at; the row itself where there is nothing more. @throws NOT_FOUND */
  see?(ctx: Context, read: Reader, id: string): Promise<Seen>;
  /** Writes the event, where it is a row of its own and the state is derived from such rows. */
  record?(ctx: Context, tx: Writer, happening: Happening): Promise<void>;
  readonly events?: Readonly<Record<string, EventEffect>>;
}
