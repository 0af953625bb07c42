// Task of the thread that reads register files.
import { stageFiles, type ReadInput } from './stage.ts';
import type { Staged } from './staged.ts';

/** Files as rows of values. @throws UnreadableFile */
export default function read(input: ReadInput): Staged {
  return stageFiles(input);
}
