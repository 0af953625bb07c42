// Visits.
export { findingsOfVisit, getVisit, listVisits, visitRows } from './read.ts';
export { recordData, recordFile } from './record.ts';
export { signVisit, unsignVisit } from './sign.ts';
export { answerItem, answerRest, finishVisit, removeVisit, setVisitMembers, startVisit, updateVisit } from './write.ts';
