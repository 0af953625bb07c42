// The long steps of a hand-off, for worker threads.
export { makePackage, type MakeInput, type Made } from './make.ts';
export {
  judge,
  stagePackage,
  unpackParts,
  type StageInput,
  type Staged,
  type Trust,
  type UnpackInput,
} from './stage.ts';
