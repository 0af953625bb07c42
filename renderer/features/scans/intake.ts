// Files on their way into the tray: uploaded and taken in by portions, so that what is in stays in; goes on when one looks elsewhere.
import { reactive } from 'vue';
import type { JobState } from '../../../contract/jobs.ts';
import { SCANS_AT_ONCE, type LeftFile } from '../../../contract/scans.ts';
import { api, sentenceOf, uploadFile } from '../../desk/client.ts';
import { notifyDone } from '../../desk/notify.ts';
import { useSession } from '../../desk/session.ts';

/** What is coming in now, and what did not come in the last time. */
export const intake = reactive({
  state: null as JobState | null,
  left: [] as LeftFile[],
  stopped: false,
});

/** The name of a file with the folders it was chosen with. */
const nameOf = (file: File): string => (file.webkitRelativePath || file.name).slice(-260);

interface Portion {
  uploads: { id: string; name: string }[];
  left: LeftFile[];
}

/** One file that can't be read keeps no other one away. */
async function upload(files: readonly File[]): Promise<Portion> {
  const portion: Portion = { uploads: [], left: [] };
  for (const file of files) {
    const name = nameOf(file);
    try {
      portion.uploads.push({ id: (await uploadFile(file, name)).id, name });
    } catch (error) {
      portion.left.push({ name, sentence: sentenceOf(error) });
    }
  }
  return portion;
}

/** Takes files in; `stopTaking` ends it after the portion under way. */
export async function takeScans(files: readonly File[]): Promise<void> {
  if (intake.state || files.length === 0) return;
  const begun = performance.now();
  const session = useSession();
  Object.assign(intake, { left: [], stopped: false });
  let [added, actionId] = [0, null as string | null];
  const show = (done: number): void => {
    intake.state = {
      ...{ id: 'intake', name: '收进待归档', state: 'running', step: '', done, total: files.length },
      elapsed: Math.round(performance.now() - begun),
    };
  };
  try {
    for (let at = 0; at < files.length && !intake.stopped; at += SCANS_AT_ONCE) {
      show(at);
      const portion = await upload(files.slice(at, at + SCANS_AT_ONCE));
      intake.left.push(...portion.left);
      if (portion.uploads.length === 0) continue;
      const done = await api.scans.add({ uploads: portion.uploads });
      intake.left.push(...done.left);
      added += done.added;
      actionId = done.actionId ?? actionId;
      session.bump();
    }
  } catch (error) {
    intake.left.push({ name: '其余的文件', sentence: sentenceOf(error) });
  } finally {
    intake.state = null;
  }
  if (added > 0) notifyDone(`收进 ${added} 份待归档文件`, files.length <= SCANS_AT_ONCE ? actionId : null);
}

/** Ends taking files in; what is in stays. */
export function stopTaking(): void {
  intake.stopped = true;
}
