// Files come into the tray. What is on file already, byte by byte, does not come in a second time.
import type { LeftFile, ScansAdded } from '../../contract/scans.ts';
import { scan } from '../../domain/scans/entities.ts';
import { wholeCharacters } from '../../domain/values/text.ts';
import type { Reader } from '../../db/index.ts';
import { act, type Context } from '../context.ts';
import { inWorker, type WorkerTasks } from '../workers/index.ts';
import { knownEnterprises, propose, type Proposal } from './propose.ts';
import { placeOnFile } from './on-file.ts';

/** A file that comes in; its name may hold folders. */
export interface NewFile {
  readonly name: string;
  readonly bytes: Uint8Array;
  /** What it is, where that is known. */
  readonly look?: Look;
}

type Look = Pick<Awaited<ReturnType<WorkerTasks['lookAtFile']>>, 'mime' | 'width' | 'height'>;

interface Ready {
  readonly name: string;
  readonly look: Look;
  readonly blob: { sha256: string; size: number };
  readonly proposal: Proposal;
}

/** What systems leave in folders beside what people put there. */
const OF_SYSTEM = /(?:^|\/)(?:\.[^/]*|thumbs\.db|desktop\.ini|ehthumbs\.db|~\$[^/]*)$/i;

/** Why a file does not come in; null where it does. */
async function whyLeft(
  read: Reader,
  file: NewFile,
  sha256: string,
  taken: ReadonlySet<string>,
): Promise<string | null> {
  if (OF_SYSTEM.test(file.name)) return '是系统自己的文件，没有收进来';
  if (file.bytes.length === 0) return '文件是空的，没有收进来';
  if (taken.has(sha256)) return '这一批里有一份一模一样的，只收一份';
  return await placeOnFile(read, sha256);
}

/** Puts files into the tray, each with what its name says. Those left out are named with the reason. */
export async function addScans(ctx: Context, files: readonly NewFile[]): Promise<ScansAdded> {
  const { read, blobs } = ctx.store;
  const all = await knownEnterprises(read);
  const left: LeftFile[] = [];
  const ready: Ready[] = [];
  const taken = new Set<string>();
  for (const file of files) {
    const blob = await blobs.addBytes(file.bytes);
    const sentence = await whyLeft(read, file, blob.sha256, taken);
    if (sentence) {
      left.push({ name: file.name, sentence });
      continue;
    }
    taken.add(blob.sha256);
    const look = file.look ?? (await inWorker('lookAtFile', { bytes: file.bytes, name: file.name }));
    ready.push({ name: wholeCharacters(file.name, 260), look, blob, proposal: await propose(read, file.name, all) });
  }
  if (ready.length === 0) return { actionId: null, added: 0, left };
  const { actionId } = await act(ctx, `收进 ${ready.length} 份待归档文件`, 'form', async (tx) => {
    for (const { name, look, blob, proposal } of ready)
      await tx.insert(scan, {
        ...proposal,
        ...{ name, sha256: blob.sha256, size: blob.size },
        ...{ mime: look.mime, width: look.width, height: look.height },
      });
  });
  return { actionId, added: ready.length, left };
}
