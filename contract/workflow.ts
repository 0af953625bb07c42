// Events of the state machines: what may happen with a record now, and making it happen; for every kind that has a workflow.
import { type as typed } from '@orpc/contract';
import { z } from 'zod';
import type { Missing, Place } from '../domain/dictionary/workflow.ts';
import { WORKFLOWS } from '../domain/workflows.ts';
import { base, id, values, type Done, type Values } from './shared.ts';

/** Records that one event may happen with at once. */
export const MOST_AT_ONCE = 500;

/** A field that an event asks for, as the dialog draws it. */
export interface AskedField {
  field: string;
  /** Kind whose field it is. */
  of: string;
  /** In place of the field's own label. */
  label: string | null;
  example: string | null;
  /** A flag that is asked before it: only where it is ticked, or with `!` in front where it is not. */
  when: string | null;
  choices: readonly string[] | null;
  initial: Values[string];
}

/** An event that the table has from the present state. `missing` is empty when nothing stands in the way. */
export interface AllowedEvent {
  event: string;
  label: string;
  to: string;
  missing: Missing[];
  /** What should be looked at twice; it stops nothing. */
  doubts: string[];
  asks: AskedField[];
  /** Asks for a reason that stands in the history. */
  reason: boolean;
  place: Place;
  danger: boolean;
  key: string | null;
  /** What the window says when it is done. */
  said: string;
  /** Event that is recorded first, because the state does not have this one yet. */
  through: string | null;
}

/** An event that some of several records may have now: how many of them, and what stands in the way where that is so for all. */
export interface OfferedEvent extends AllowedEvent {
  possible: number;
}

/** A record that an event left as it is, with what stood in its way. */
export interface LeftOut {
  id: string;
  name: string;
  sentence: string;
}

/** A record that came into being through an event. */
export interface Made {
  kind: string;
  id: string;
}

const kind = z.enum([...WORKFLOWS.keys()]);
const ids = z.array(id).min(1).max(MOST_AT_ONCE);

export const workflow = {
  allowed: base.input(z.object({ kind, id })).output(typed<AllowedEvent[]>()),
  /** What may happen with several records at once: every event that at least one of them may have. */
  offered: base.input(z.object({ kind, ids })).output(typed<OfferedEvent[]>()),
  /**
   * One event on one or many records, as one action. A day that is left out is today. All or none; with `each` those that
   * it may not happen with are left out and named, unless that is so for all.
   */
  act: base
    .input(
      z.object({
        kind,
        ids,
        event: z.string().min(1).max(40),
        values: values.default({}),
        each: z.boolean().default(false),
      }),
    )
    .output(typed<Done & { made: Made[]; left: LeftOut[] }>()),
};
