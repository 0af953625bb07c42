// Visits.
export { findingsOfVisit, getVisit, listVisits, visitRows } from './read.ts';
export { recordData, recordFile } from './record.ts';
export { answerItem, answerRest, finishVisit, removeVisit, setVisitMembers, signVisit, startVisit, updateVisit } from './write.ts';
