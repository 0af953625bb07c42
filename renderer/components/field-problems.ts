// What is wrong in the fields of a dialog: the dialog says it and cannot be confirmed until it is put right.
import { inject, onScopeDispose, provide, shallowReactive, useId, type InjectionKey } from 'vue';

/** A sentence of the dialog, with its id: the field names it as what describes it. */
interface FieldProblemLine {
  id: string;
  sentence: string;
  /** The form says it at the field itself. */
  own: boolean;
}

const PROBLEMS: InjectionKey<Map<symbol, FieldProblemLine>> = Symbol('problems of fields');

/**
 * For dialogs, and forms of a new row: what is typed and fits no field, so that nothing is stored without it; a dialog says what
 * the fields inside do not say themselves.
 */
export function useFieldProblems(): ReadonlyMap<symbol, FieldProblemLine> {
  const problems = shallowReactive(new Map<symbol, FieldProblemLine>());
  provide(PROBLEMS, problems);
  return problems;
}

/**
 * For fields: `tell` tells the dialog around what is wrong, or with null that nothing is, and gives false where no dialog is
 * around; `id` is that of the sentence there.
 */
export function useFieldProblem(): { id: string; tell: (sentence: string | null, own?: boolean) => boolean } {
  const problems = inject(PROBLEMS, null);
  const field = Symbol('field');
  const id = useId();
  onScopeDispose(() => problems?.delete(field));
  return {
    id,
    tell: (sentence, own = false) => {
      if (sentence === null) problems?.delete(field);
      else problems?.set(field, { id, sentence, own });
      return problems !== null;
    },
  };
}
