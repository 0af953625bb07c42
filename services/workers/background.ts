// Long work on whole files: backups and checks of databases. Every export is a task. Expected failures come back as values,
// since of a thrown error only the message survives the crossing.
import { join } from 'node:path';
import type { MessagePort } from 'node:worker_threads';
import {
  checkDatabase,
  copyDatabase,
  databaseFacts,
  databaseOwner,
  foreignSchema,
  forgetIncarnation,
  loadDriver,
} from '../../db/index.ts';
import {
  asFault,
  BackupFault,
  hashOf,
  needOwnSchema,
  readBackup,
  writeBackup,
  type BackupFaultCode,
  type Checked,
  type Progress,
  type ReadInput,
  type WriteInput,
  type Written,
} from '../backup-file/index.ts';
import type { ResultCode } from '../../domain/handoff/results.ts';
import { PackageError } from '../handoff-package/index.ts';
import {
  makePackage,
  stagePackage,
  unpackParts,
  type Made,
  type MakeInput,
  type Staged,
  type StageInput,
  type UnpackInput,
} from '../handoff-tasks/index.ts';

loadDriver();

/** What a task gave, or why it could not. */
export type Outcome<T, C extends string = BackupFaultCode> =
  { ok: true; value: T } | { ok: false; code: C; detail: string };

/** Every task is given a port on which it says how far it is, and a number that becomes 1 when it is to stop. */
export interface Ported {
  port: MessagePort;
  stop: Int32Array;
}

const EVERY_MS = 100;

/** What a task says on its port: first that it has begun, since its thread may have taken longer to start than a cancel should last. */
export type Said = 'begun' | { done: number; total: number; step: string };

function sayOn({ port, stop }: Ported): Progress {
  let [last, step] = [0, ''];
  return (done, total, now) => {
    if (Atomics.load(stop, 0) === 1) throw new BackupFault('CANCELLED');
    if (now === step && Date.now() - last < EVERY_MS && done < total) return;
    [last, step] = [Date.now(), now];
    port.postMessage({ done, total, step: now });
  };
}

async function outcome<T, C extends string = BackupFaultCode>(
  ported: Ported,
  work: (progress: Progress) => Promise<T>,
): Promise<Outcome<T, C>> {
  ported.port.postMessage('begun' satisfies Said);
  try {
    return { ok: true, value: await work(sayOn(ported)) };
  } catch (error) {
    const fault = asFault(error);
    if (fault instanceof BackupFault) return { ok: false, code: fault.code as string as C, detail: fault.detail };
    if (error instanceof PackageError)
      return { ok: false, code: error.code as string as C, detail: JSON.stringify(error.data) };
    throw error;
  } finally {
    ported.port.close();
  }
}

/** Writes a backup file and reads it again as a trial restore. */
export async function makeBackup(input: WriteInput & Ported): Promise<Outcome<Written & { checked: Checked }>> {
  return await outcome(input, async (progress) => {
    const written = await writeBackup(input, progress);
    // The medium, not the cache of this process, is to show what was written; and nothing is called a backup that can't be restored.
    if ((await hashOf(input.partial)) !== written.sha256) throw new BackupFault('MEDIUM_FAILED');
    const checked = await readBackup(
      {
        file: input.partial,
        passphrase: input.passphrase,
        scratch: join(input.scratch, 'trial'),
        attachmentFolder: null,
      },
      (done, total) => {
        progress(done, total, '试恢复核对');
      },
    );
    if (checked.problems.length > 0) throw new BackupFault('MEDIUM_FAILED', checked.problems[0]);
    return { ...written, checked };
  });
}

/** A trial restore of a backup file; with an attachment folder the attachments are unpacked too. */
export async function unpackBackup(input: ReadInput & Ported): Promise<Outcome<Checked>> {
  return await outcome(input, async (progress) => await readBackup(input, progress));
}

/** Copies and checks a bare database of an earlier version. */
export async function unpackDatabase(
  input: { file: string; target: string } & Ported,
): Promise<Outcome<{ counts: Record<string, number>; owner: { office: string }; foreignKeyProblems: number }>> {
  return await outcome(input, async (progress) => {
    await copyDatabase(input.file, input.target, (done, total) => {
      progress(done, total, '读取备份');
    });
    await needOwnSchema(input.target);
    const problems = checkDatabase(input.target, true);
    if (problems.length > 0) throw new BackupFault('DAMAGED', problems[0]);
    const facts = databaseFacts(input.target);
    if (!facts.counts.sync_op && facts.counts.sync_op !== 0) throw new BackupFault('NOT_A_BACKUP');
    if (facts.unknownMigrations.length > 0) throw new BackupFault('NEWER_SCHEMA', facts.unknownMigrations.join(', '));
    return {
      counts: facts.counts,
      owner: { office: databaseOwner(input.target).office },
      foreignKeyProblems: facts.foreignKeyProblems,
    };
  });
}

/** Makes an unpacked database a new incarnation; the hashes of the files that it knows of. */
export async function prepareRestored(input: { file: string } & Ported): Promise<Outcome<{ attachments: string[] }>> {
  return await outcome(input, async () => {
    forgetIncarnation(input.file);
    return await Promise.resolve({ attachments: databaseOwner(input.file).attachments });
  });
}

/** Whether the schema of a database that may be in use is ours, and SQLite's check of it. */
export async function examine(input: { file: string; thorough: boolean } & Ported): Promise<Outcome<string[]>> {
  return await outcome(input, async () => {
    const foreign = await foreignSchema(input.file).catch(() => []);
    return foreign.length > 0
      ? foreign.map((name) => `not of this program: ${name}`)
      : checkDatabase(input.file, input.thorough);
  });
}

const isStopped =
  ({ stop }: Ported) =>
  (): boolean =>
    Atomics.load(stop, 0) === 1;

/** Progress of a hand-off: it stops by itself at its next step, with a result code of its own. */
const saying =
  (progress: Progress) =>
  (done: number, total: number, step: string): void => {
    try {
      progress(done, total, step);
    } catch (error) {
      if (!(error instanceof BackupFault)) throw error;
    }
  };

/** Writes a package of the hand-off. */
export async function writeHandoff(input: MakeInput & Ported): Promise<Outcome<Made, ResultCode>> {
  return await outcome(input, async (progress) => await makePackage(input, saying(progress), isStopped(input)));
}

/** Stages a package of the hand-off and folds it on trial. */
export async function stageHandoff(input: StageInput & Ported): Promise<Outcome<Staged, ResultCode>> {
  return await outcome(input, async (progress) => await stagePackage(input, saying(progress), isStopped(input)));
}

/** Stores the attachments of a package. */
export async function unpackHandoff(
  input: UnpackInput & Ported,
): Promise<Outcome<Awaited<ReturnType<typeof unpackParts>>, ResultCode>> {
  return await outcome(input, async (progress) => await unpackParts(input, saying(progress), isStopped(input)));
}
