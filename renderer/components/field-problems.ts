// What is wrong in the fields of a dialog: the dialog says it and cannot be confirmed until it is put right.
import { inject, onScopeDispose, provide, shallowReactive, useId, type InjectionKey } from 'vue';

/** A sentence of the dialog, with its id: the field names it as what describes it. */
interface FieldProblemLine {
  id: string;
  sentence: string;
}

const PROBLEMS: InjectionKey<Map<symbol, FieldProblemLine>> = Symbol('problems of fields');

/** For dialogs: the sentences of the fields inside. */
export function useFieldProblems(): ReadonlyMap<symbol, FieldProblemLine> {
  const problems = shallowReactive(new Map<symbol, FieldProblemLine>());
  provide(PROBLEMS, problems);
  return problems;
}

/**
 * For fields: `tell` tells the dialog around what is wrong, or with null that nothing is, and gives false where no dialog is
 * around; `id` is that of the sentence there.
 */
export function useFieldProblem(): { id: string; tell: (sentence: string | null) => boolean } {
  const problems = inject(PROBLEMS, null);
  const field = Symbol('field');
  const id = useId();
  onScopeDispose(() => problems?.delete(field));
  return {
    id,
    tell: (sentence) => {
      if (sentence === null) problems?.delete(field);
      else problems?.set(field, { id, sentence });
      return problems !== null;
    },
  };
}
