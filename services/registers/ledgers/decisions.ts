// What a person decided about rows of ledgers before they are written, and how a row is named for it.
import type { RecordOutcome } from '../../../domain/registers/ledgers/plan.ts';
import type { Write } from '../../../domain/registers/enterprise-state.ts';
import { SUBJECT } from '../../../domain/registers/kinds.ts';
import type { LedgerRow, LedgerSheet, StagedLedgers } from './staged.ts';

/** What becomes of a row: left out, or some of its values taken that would wait. */
export interface LedgerDecision {
  readonly skip: boolean;
  /** `entity.field` of values that are taken at once. */
  readonly take: ReadonlySet<string>;
}

/** Decisions by the place of their row; they outlive a change of columns. */
export type LedgerDecisions = ReadonlyMap<string, LedgerDecision>;

/** Why a row is not taken that a person left out. */
export const LEFT_OUT = '按选择不导入';

/** Place of a row in the files. */
export const placeOfRow = (staged: StagedLedgers, sheet: LedgerSheet, row: LedgerRow): string =>
  [staged.files[sheet.file]?.name ?? '', sheet.name, row.rowNumber, row.part ?? ''].join('\n');

/** The outcome where values that would wait are taken at once. */
export function withTaken(outcome: RecordOutcome, take: ReadonlySet<string>): RecordOutcome {
  const isTaken = ({ entity, field }: RecordOutcome['questions'][number]): boolean => take.has(`${entity}.${field}`);
  const taken = outcome.questions.filter(isTaken);
  if (taken.length === 0) return outcome;
  const writes = taken.map(({ entity, row, patch }): Write =>
    entity === SUBJECT.name
      ? { kind: 'enterprise', patch: { ...patch } }
      : { kind: 'update', entity, row, patch: { ...patch } },
  );
  return {
    ...outcome,
    result: outcome.result === 'unchanged' ? 'updated' : outcome.result,
    writes: [...outcome.writes, ...writes],
    questions: outcome.questions.filter((question) => !isTaken(question)),
  };
}
