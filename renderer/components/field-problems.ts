// What is wrong in the fields of a dialog: the dialog says it and cannot be confirmed until it is put right.
import { inject, onScopeDispose, provide, shallowReactive, type InjectionKey } from 'vue';

const PROBLEMS: InjectionKey<Map<symbol, string>> = Symbol('problems of fields');

/** For dialogs: the sentences of the fields inside. */
export function useFieldProblems(): ReadonlyMap<symbol, string> {
  const problems = shallowReactive(new Map<symbol, string>());
  provide(PROBLEMS, problems);
  return problems;
}

/** For fields: tells the dialog around what is wrong, or with null that nothing is; false where no dialog is around. */
export function useFieldProblem(): (sentence: string | null) => boolean {
  const problems = inject(PROBLEMS, null);
  const field = Symbol('field');
  onScopeDispose(() => problems?.delete(field));
  return (sentence) => {
    if (sentence === null) problems?.delete(field); else problems?.set(field, sentence);
    return problems !== null;
  };
}
