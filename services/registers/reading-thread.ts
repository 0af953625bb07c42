// Task of the thread that reads register files.
import { UnreadableFile } from '../spreadsheets/index.ts';
import { stageLedgers } from './ledgers/stage.ts';
import type { StagedLedgers } from './ledgers/staged.ts';
import { stageFiles, type ReadInput } from './stage.ts';
import type { Staged } from './staged.ts';

/** Files as rows of values, or why one of them can't be read: errors lose their kind on the way out of a thread. */
export type Reading<S = Staged | StagedLedgers> =
  { ok: true; staged: S } | { ok: false; code: string; sentence: string };

/** Reads all files of an import. */
export default function read(input: ReadInput): Reading {
  try {
    return { ok: true, staged: input.as === 'ledgers' ? stageLedgers(input) : stageFiles(input) };
  } catch (error) {
    if (error instanceof UnreadableFile) return { ok: false, code: error.code, sentence: error.sentence };
    throw error;
  }
}
