// Doing something for a person: the way of every button, dialog and form of the window.
import { nextTick } from 'vue';
import { makeAction, type Action } from './action-state.ts';
import { missingOf, problemsOf, sentenceOf } from './client.ts';
import { toFaulty } from './focus-trap.ts';
import { notifyDone, notifyError, rememberAction } from './notify.ts';
import { useSession } from './session.ts';

/**
 * For one button, dialog or form; those that go on at the same time have one each. What the back end refused for a field leaves the
 * focus on that field.
 */
export function useAction(): Action {
  const { bump } = useSession();
  const action = makeAction({ notifyDone, notifyError, rememberAction, sentenceOf, missingOf, problemsOf, bump });
  return {
    ...action,
    run: async (work, manner) => {
      const begun = document.activeElement;
      const done = await action.run(work, manner);
      if (done === null && action.problems.value.length > 0) void nextTick(() => toFaulty(begun));
      return done;
    },
  };
}
