// What `useAction` is made of: one thing at a time, with what was done said and undoable, or what is wrong shown where it is.
import { computed, ref, shallowRef, type ComputedRef, type Ref, type ShallowRef } from 'vue';
import type { FieldProblem } from '../../contract/shared.ts';

/** What a finished action gives back: with an action id it can be undone; problems are those of fields that were stored all the same. */
interface Outcome {
  actionId?: string | null;
  problems?: FieldProblem[];
}

/** What is to be said and done about an action. */
export interface Manner<T> {
  /** What is said when it is done, with its undo; nothing is said without it (Ctrl+Z knows the action all the same). */
  said?: string | ((done: T) => string);
  /** False for what writes nothing: pages are not fetched again. */
  writes?: boolean;
  /** For fields that are saved as they are left: it waits for the one under way instead of not being begun. */
  waits?: boolean;
  /** Where a refusal is shown: in `refused`, for dialogs that list it, or (without this) as a message. */
  inPlace?: boolean;
}

/** Something that a component does. */
export interface Action {
  /** True while something is being done; a second one is not begun, or waits. */
  busy: Ref<boolean>;
  /** Problems of single fields, of the last that was refused or done. */
  problems: ShallowRef<FieldProblem[]>;
  /** Sentences of what stood in the way the last time. */
  refused: ShallowRef<string[]>;
  /** The same in one line; null when nothing did. */
  failure: ComputedRef<string | null>;
  /** Forgets what was wrong. */
  clear: () => void;
  /** Does it. Gives back what came of it, or null when it failed or another one was under way. */
  run: <T>(work: () => Promise<T>, manner?: Manner<T>) => Promise<T | null>;
}

/** How the window says things, and what it reads of a failure. */
export interface ActionTools {
  notifyDone: (text: string, actionId?: string | null) => void;
  rememberAction: (actionId: string | null | undefined) => void;
  notifyError: (error: unknown) => void;
  sentenceOf: (error: unknown) => string;
  missingOf: (error: unknown) => { sentence: string }[];
  problemsOf: (error: unknown) => FieldProblem[];
  /** Something was written: pages fetch again. */
  bump: () => void;
}

/** Makes an action that says things by `tools`. */
export function makeAction(tools: ActionTools): Action {
  const busy = ref(false);
  const problems = shallowRef<FieldProblem[]>([]);
  const refused = shallowRef<string[]>([]);

  const failure = computed(() => refused.value.join('；') || null);
  let last: Promise<unknown> = Promise.resolve();
  let under = 0;

  function clear(): void {
    problems.value = [];
    refused.value = [];
  }

  function fail(error: unknown, inPlace: boolean): void {
    problems.value = tools.problemsOf(error);
    if (problems.value.length > 0 && !inPlace) return;
    const missing = tools.missingOf(error).map((item) => item.sentence);
    if (inPlace) refused.value = missing.length > 0 ? missing : [tools.sentenceOf(error)];
    else tools.notifyError(error);
  }

  async function run<T>(work: () => Promise<T>, manner: Manner<T> = {}): Promise<T | null> {
    if (busy.value && !manner.waits) return null;
    under += 1;
    busy.value = true;
    const mine = last.then(() => doIt(work, manner));
    last = mine;
    return await mine;
  }

  async function doIt<T>(work: () => Promise<T>, manner: Manner<T>): Promise<T | null> {
    refused.value = [];
    try {
      const done = await work();
      const { actionId, problems: left } = (done ?? {}) as Outcome;
      problems.value = left ?? [];
      const said = typeof manner.said === 'function' ? manner.said(done) : manner.said;
      if (said) tools.notifyDone(said, actionId);
      else tools.rememberAction(actionId);
      if (manner.writes !== false) tools.bump();
      return done;
    } catch (error) {
      fail(error, manner.inPlace ?? false);
      return null;
    } finally {
      under -= 1;
      busy.value = under > 0;
    }
  }

  return { busy, problems, refused, failure, clear, run };
}
