// Doing something for a person: the way of every button, dialog and form of the window.
import { makeAction, type Action } from './action-state.ts';
import { missingOf, problemsOf, sentenceOf } from './client.ts';
import { notifyDone, notifyError, rememberAction } from './notify.ts';
import { useSession } from './session.ts';

/** For one button, dialog or form; those that go on at the same time have one each. */
export function useAction(): Action {
  const { bump } = useSession();
  return makeAction({ notifyDone, notifyError, rememberAction, sentenceOf, missingOf, problemsOf, bump });
}
