// An enterprise with its records as an import sees it: on file, or about to be made by an earlier row.

/** One record; `id` is null until it is written. */
export interface StateRow {
  id: string | null;
  values: Record<string, unknown>;
}

/** The enterprise row and the records that hang on it, by kind. */
export interface EnterpriseState {
  readonly own: StateRow;
  readonly children: Record<string, StateRow[]>;
}

/** The records of a kind; the list may be added to. */
export const rowsOf = (state: EnterpriseState, kind: string): StateRow[] => (state.children[kind] ??= []);

/** A write that a change needs. `insert` adds to the list of children when it is done. */
export type Write =
  | { readonly kind: 'enterprise'; readonly patch: Record<string, unknown> }
  | {
      readonly kind: 'update';
      readonly entity: string;
      readonly row: StateRow;
      readonly patch: Record<string, unknown>;
    }
  | { readonly kind: 'insert'; readonly entity: string; readonly row: StateRow };

/** One difference: shown to people, and what it writes when the new value is used. */
export interface PlannedChange {
  readonly target: string;
  readonly label: string;
  readonly before: string | null;
  readonly after: string | null;
  use: 'new' | 'old';
  readonly note: string;
  /** Another source says otherwise: the value on file stays until a person decides. */
  readonly waits?: boolean;
  readonly writes: readonly Write[];
}

/** A state with no records. */
export function emptyState(values: Record<string, unknown>, id: string | null = null): EnterpriseState {
  return { own: { id, values }, children: {} };
}

/** Does the writes on the state, so that later rows of the same import see them. */
export function applyWrites(state: EnterpriseState, writes: readonly Write[]): void {
  for (const write of writes) {
    if (write.kind === 'enterprise') Object.assign(state.own.values, write.patch);
    else if (write.kind === 'update') Object.assign(write.row.values, write.patch);
    else rowsOf(state, write.entity).push(write.row);
  }
}
