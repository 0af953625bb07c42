// What a person was asked before: a value is put once, and one that was decided is not put again.
import { isTakenBack, type Reader } from '../../../db/index.ts';
import type { Question } from '../../../domain/registers/ledgers/plan.ts';

/** The record that a question is about. */
export const recordOf = ({ row }: Question): string => row.id ?? String(row.values.id);

const keyOf = (recordId: string, field: string, theirs: string): string => `${recordId} ${field} ${theirs}`;
const keyOfQuestion = (q: Question): string => keyOf(recordOf(q), q.field, q.theirs);

/** Questions of imports that were not taken back. */
export class Asked {
  readonly #asked: Set<string>;
  readonly #kept: Set<string>;

  private constructor(rows: readonly { recordId: string; field: string; theirs: string; isKept: number }[]) {
    const keys = (some: typeof rows): Set<string> =>
      new Set(some.map(({ recordId, field, theirs }) => keyOf(recordId, field, theirs)));
    this.#asked = keys(rows);
    this.#kept = keys(rows.filter(({ isKept }) => isKept === 1));
  }

  /** Reads what was asked. */
  static async load(read: Reader): Promise<Asked> {
    return new Asked(
      await read.sql(
        `SELECT q.record_id AS "recordId", q.field, q.theirs, q.is_kept AS "isKept" FROM import_question q
         JOIN import_run n ON n.id = q.run_id WHERE q.deleted_at IS NULL AND NOT ${isTakenBack('n.action_id')}`,
      ),
    );
  }

  /** Did a person say that the value on file stays? */
  isSettled = (question: Question): boolean => this.#kept.has(keyOfQuestion(question));

  /** Says that a question is put; false where it has been before. */
  put(question: Question): boolean {
    const key = keyOfQuestion(question);
    if (this.#asked.has(key)) return false;
    this.#asked.add(key);
    return true;
  }
}
