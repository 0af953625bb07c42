// What a person was asked before: a value is put once, and one that was decided is not put again.
import { importQuestion } from '../../domain/registers/entities.ts';
import { wholeCharacters } from '../../domain/values/text.ts';
import { isTakenBack, type Reader, type Writer } from '../../db/index.ts';

/** A value that a person is asked about. */
export interface AskedValue {
  readonly recordId: string;
  readonly field: string;
  readonly theirs: string;
}

const keyOf = (recordId: string, field: string, theirs: string): string => `${recordId} ${field} ${theirs}`;
const keyOfQuestion = (q: AskedValue): string => keyOf(q.recordId, q.field, q.theirs);

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
  isSettled = (question: AskedValue): boolean => this.#kept.has(keyOfQuestion(question));

  /** Says that a question is put; false where it has been before. */
  put(question: AskedValue): boolean {
    const key = keyOfQuestion(question);
    if (this.#asked.has(key)) return false;
    this.#asked.add(key);
    return true;
  }
}

/** A question, and where what it asks about stood. */
export interface PutQuestion extends AskedValue {
  readonly runId: string;
  readonly enterpriseId: string;
  readonly entity: string;
  readonly ours: string;
  readonly patch: Readonly<Record<string, unknown>>;
  readonly fileName: string;
  readonly sheet: string;
  readonly rowNumber: number;
}

/** Puts a question, unless it has been put before. */
export async function putQuestion(tx: Writer, asked: Asked, question: PutQuestion): Promise<void> {
  if (!asked.put(question)) return;
  await tx.insert(importQuestion, {
    ...question,
    ours: wholeCharacters(question.ours, 500),
    theirs: wholeCharacters(question.theirs, 500),
    patch: JSON.stringify(question.patch),
    fileName: wholeCharacters(question.fileName, 200) || '文件',
    sheet: wholeCharacters(question.sheet, 200) || '表',
  });
}
