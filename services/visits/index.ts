// Visits.
export { VISIT_WRITERS } from './writers.ts';
export { roundsFor, setRound } from './joining.ts';
export { findingsOfVisit, getVisit, visitRows } from './read.ts';
export { recordData, recordFile } from './record.ts';
export { VISIT_EFFECTS } from './workflow.ts';
export { answerItem, answerRest, removeVisit, setVisitMembers, startVisit, updateVisit } from './write.ts';
export { fileCheck } from './file-check.ts';
