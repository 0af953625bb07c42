// The rules by which model offices work, each to be replaced by a planted fault.
import { aliasRoots } from '../../domain/handoff/alias.ts';
import { covers, union, type Coverage } from '../../domain/handoff/coverage.ts';
import { foldRow, type FoldedField } from '../../domain/handoff/fold.ts';
import type { Operation } from '../../domain/handoff/operation.ts';

/** What is held, by stream and device. */
export type Have = Map<string, Map<string, Coverage>>;

/** What a planted fault can replace; the defaults are the production functions and the rules of the triggers. */
export interface Rules {
  fold: typeof foldRow;
  roots: typeof aliasRoots;
  union: typeof union;
  /** Dots that an ordinary edit replaces. */
  editBasis(field: FoldedField): readonly string[];
  /** Dots that a decision replaces. */
  decisionBasis(field: FoldedField): readonly string[];
  followsClocks: boolean;
  renewsTag: boolean;
  /** Whether a number that comes is held already. */
  isHeld: typeof covers;
  /** What of a package is taken in. */
  taken(ops: readonly Operation[]): readonly Operation[];
  /** What a partner counts as holding, of what it proved. */
  base(proved: Have): Have;
  /** Operations that a package about some streams carries, of all that are held. */
  inScope(ops: readonly Operation[], streams: ReadonlySet<string>): readonly Operation[];
  /** What a package about some streams says that its maker holds. */
  haveOf(have: Have, streams: ReadonlySet<string>): Have;
}

export const PRODUCTION: Rules = {
  fold: foldRow,
  roots: aliasRoots,
  union,
  editBasis: (f) => f.w,
  decisionBasis: (f) => [...f.w, ...f.rivals],
  followsClocks: true,
  renewsTag: true,
  isHeld: covers,
  taken: (ops) => ops,
  base: (proved) => proved,
  inScope: (ops, streams) => ops.filter((op) => streams.has(op.stream)),
  haveOf: (have, streams) => new Map([...have].filter(([stream]) => streams.has(stream))),
};
