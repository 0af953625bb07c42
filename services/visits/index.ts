// Visits.
export { findingsOfVisit, getVisit, listVisits, visitRows } from './read.ts';
export { answerItem, answerRest, finishVisit, removeVisit, setVisitMembers, signVisit, startVisit, updateVisit } from './write.ts';
