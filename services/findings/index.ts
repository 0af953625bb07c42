// Findings and the closed loop.
export { findingStory } from './story.ts';
export { issueDoubts } from './doubts.ts';
export { decideRepeat, withdrawRepeat } from './recurrence.ts';
export { measureRadar, type LabelledPair, type RadarMeasure, type WrongPair } from './radar-measure.ts';
export { FINDING_WRITERS } from './writers.ts';
export { factsOf, findingRows, getFinding, missingToIssue, timing } from './read.ts';
export {
  addFollowUp,
  appendStep,
  assignFindings,
  createFinding,
  defaultDeadline,
  insertFinding,
  removeDraft,
  updateFinding,
} from './write.ts';
export { takeOverFinding, type StorySoFar } from './taken-over.ts';
export { issueNotice, noticeFile, type WrittenDocument } from './notice.ts';
export { FINDING_EFFECTS } from './workflow.ts';
